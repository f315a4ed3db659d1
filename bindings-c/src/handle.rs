//! What every model is behind its type in C: the core's model, and what it lends.
//!
//! The types that C tells apart are made of this one by `generate/src/c/models.rs`.
//! All are transparent, so that a pointer to this can be lent as a pointer to them.

use std::collections::BTreeMap;
use std::ffi::{CStr, CString, c_char};
use std::ptr;
use std::sync::OnceLock;

use kessai::argument::Args;
use kessai::exchange::{self, Names};
use kessai::model::{Model, Value};
use kessai::returned::{Detail, Page, Returned};
use kessai::service::MODELS;
use kessai::{Error, Result};

use crate::boundary::{Utf8, needed, owned};
use crate::given::Given;
use crate::shown::{lent, value, whole};
use crate::text::Text;

/// A model. Immutable but for what it has lent.
#[derive(Debug)]
pub(crate) struct Handle {
    model: Box<dyn Model>,
    lent: OnceLock<Lent>,
    raw: OnceLock<Option<CString>>,
    json: OnceLock<Option<CString>>,
}

/// What was lent, by the name of the field or of the question.
#[derive(Debug, Default)]
struct Lent {
    texts: Vec<(&'static str, CString)>,
    maps: Vec<(&'static str, Vec<(CString, CString)>)>,
    models: Vec<(&'static str, Handle)>,
}

impl From<Box<dyn Model>> for Handle {
    fn from(model: Box<dyn Model>) -> Self {
        Self {
            model,
            lent: OnceLock::new(),
            raw: OnceLock::new(),
            json: OnceLock::new(),
        }
    }
}

impl Lent {
    fn of(model: &dyn Model) -> Self {
        let mut lent = Self::default();
        for field in model.info().fields {
            match model.field(field.name) {
                Some(Value::Map(map)) => {
                    let json = json(map);
                    lent.texts
                        .extend(whole(&json).map(|json| (field.name, json)));
                    let both = map.iter();
                    let both = both.filter_map(|(name, text)| Some((whole(name)?, whole(text)?)));
                    lent.maps.push((field.name, both.collect()));
                }
                Some(Value::Json(json)) => {
                    lent.texts
                        .extend(whole(json).map(|json| (field.name, json)));
                }
                Some(Value::Model(inner)) => {
                    lent.models.push((field.name, inner.copy().into()));
                }
                Some(other) => {
                    lent.texts
                        .extend(value(&other).map(|text| (field.name, text)));
                }
                None => {}
            }
        }
        for ask in model.info().asks.iter().filter(|ask| ask.is_field) {
            if let Ok(Returned::Text(text)) = model.ask(ask.name, Args::default()) {
                lent.texts.extend(whole(&text).map(|text| (ask.name, text)));
            }
        }
        lent
    }
}

/// Texts by name as one JSON object.
fn json(map: &BTreeMap<String, String>) -> String {
    let each = map.iter();
    let each = each.map(|(name, text)| (name.as_str(), Value::Text(text)));
    exchange::object(each, Names::Snake)
}

impl Handle {
    /// The core's own.
    pub(crate) fn core(&self) -> &dyn Model {
        &*self.model
    }

    fn lent(&self) -> &Lent {
        self.lent.get_or_init(|| Lent::of(&*self.model))
    }

    fn text(&self, name: &str) -> Option<&CStr> {
        let found = self.lent().texts.iter().find(|(n, _)| *n == name);
        found.map(|(_, text)| text.as_c_str())
    }
}

/// A model as it was when it was stored.
pub(crate) fn restore(module: &str, name: &str, stored: Utf8<'_>) -> Result<Handle> {
    let stored = stored.needed("stored")?;
    let mut all = MODELS.iter();
    let info = all.find(|info| info.module == module && info.name == name);
    (info.ok_or_else(Error::of_a_defect)?.restore)(stored).map(Handle::from)
}

/// The same once more, as a handle of its own.
pub(crate) fn copy(handle: Option<&Handle>) -> Option<Handle> {
    handle.map(|handle| handle.model.copy().into())
}

/// The object as the service sent it.
pub(crate) fn raw(handle: Option<&Handle>) -> *const c_char {
    let raw = handle.and_then(|h| h.raw.get_or_init(|| whole(h.model.raw())).as_deref());
    lent(raw)
}

/// All of it as JSON.
pub(crate) fn all_json(handle: Option<&Handle>) -> *const c_char {
    let json = |h: &Handle| whole(&h.model.to_json(Names::Snake, Detail::Raw));
    lent(handle.and_then(|h| h.json.get_or_init(|| json(h)).as_deref()))
}

/// A member of the object as the service sent it: its JSON.
pub(crate) fn member_json(handle: Option<&Handle>, name: Utf8<'_>) -> *mut Text {
    let name = name.read("name").ok().flatten();
    let json = handle.zip(name).and_then(|(h, name)| h.model.member(name));
    json.map_or(ptr::null_mut(), |json| owned(json.to_owned().into()))
}

/// The same of a text: what it says.
pub(crate) fn member_text(handle: Option<&Handle>, name: Utf8<'_>) -> *mut Text {
    let name = name.read("name").ok().flatten();
    let text = handle
        .zip(name)
        .and_then(|(h, name)| h.model.member_text(name));
    text.map_or(ptr::null_mut(), |text| owned(text.into()))
}

/// All of it as one text for a store.
pub(crate) fn store(handle: Option<&Handle>, who: &str) -> Result<String> {
    needed(handle, who).map(|handle| handle.model.store())
}

/// A field as text.
pub(crate) fn text(handle: Option<&Handle>, name: &str) -> *const c_char {
    lent(handle.and_then(|handle| handle.text(name)))
}

/// The text of this name in a field of several; NULL where there is none.
pub(crate) fn text_of(handle: Option<&Handle>, name: &str, key: Utf8<'_>) -> *const c_char {
    let key = key.read("name").ok().flatten();
    let found = handle.zip(key).and_then(|(handle, key)| {
        let (_, map) = handle.lent().maps.iter().find(|(n, _)| *n == name)?;
        map.iter()
            .find(|(known, _)| known.to_bytes() == key.as_bytes())
    });
    lent(found.map(|(_, text)| text.as_c_str()))
}

/// A field that is a whole number, where it is there.
pub(crate) fn whole_number(handle: Option<&Handle>, name: &str) -> Option<i64> {
    match handle?.model.field(name)? {
        Value::Int(whole) => Some(whole),
        _ => None,
    }
}

/// A field that is a time; 0 where there is none.
pub(crate) fn time(handle: Option<&Handle>, name: &str) -> i64 {
    match handle.and_then(|handle| handle.model.field(name)) {
        Some(Value::Time(seconds)) => seconds,
        _ => 0,
    }
}

/// A field that is yes, no or not known.
pub(crate) fn answer(handle: Option<&Handle>, name: &str) -> Option<bool> {
    match handle?.model.field(name)? {
        Value::Bool(yes) => Some(yes),
        _ => None,
    }
}

/// A field that is a model itself, lent as the type that C has for it.
pub(crate) fn model<T>(handle: Option<&Handle>, name: &str) -> *const T {
    let found = handle.and_then(|handle| {
        let mut all = handle.lent().models.iter();
        all.find(|(n, _)| *n == name)
    });
    found.map_or(ptr::null(), |(_, inner)| ptr::from_ref(inner).cast())
}

/// The model as the type that C has for this class, where it is of it.
pub(crate) fn of_class<T>(handle: Option<&Handle>, class: &str) -> *const T {
    let found = handle.filter(|handle| handle.model.class() == class);
    found.map_or(ptr::null(), |handle| ptr::from_ref(handle).cast())
}

/// Its class.
pub(crate) fn class(handle: Option<&Handle>) -> &'static str {
    handle.map_or("", |handle| handle.model.class())
}

/// Asks a question of the core's table.
pub(crate) fn ask(
    handle: Option<&Handle>,
    who: &str,
    name: &str,
    tell: impl FnOnce(&mut Given),
) -> Result<Returned> {
    let handle = needed(handle, who)?;
    let told = Given::of(tell)?.into_iter();
    let told = told.map(|(name, value)| (name.to_owned(), value)).collect();
    handle.model.ask(name, Args::new(told))
}

/// Several models, or one page of a list.
#[derive(Debug)]
pub(crate) struct Several {
    items: Vec<Handle>,
    next: Option<CString>,
}

impl From<Vec<Box<dyn Model>>> for Several {
    fn from(models: Vec<Box<dyn Model>>) -> Self {
        Self {
            items: models.into_iter().map(Handle::from).collect(),
            next: None,
        }
    }
}

impl From<Page> for Several {
    fn from(page: Page) -> Self {
        Self {
            next: page.next.as_deref().and_then(whole),
            ..page.items.into()
        }
    }
}

/// How many there are.
pub(crate) fn count(several: Option<&Several>) -> usize {
    several.map_or(0, |several| several.items.len())
}

/// One of them, lent as the type that C has for it; NULL beyond the last.
pub(crate) fn at<T>(several: Option<&Several>, index: usize) -> *const T {
    let found = several.and_then(|several| several.items.get(index));
    found.map_or(ptr::null(), |handle| ptr::from_ref(handle).cast())
}

/// What the next page starts after; NULL on the last.
pub(crate) fn next(several: Option<&Several>) -> *const c_char {
    lent(several.and_then(|several| several.next.as_deref()))
}
