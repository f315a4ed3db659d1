//! What a row of the core's tables gives.
//!
//! A function of C has a place for one kind of result. That it is the kind of its
//! row is checked when this is compiled; were a row to give another all the same,
//! its call was executed, and the error says so.

use std::collections::BTreeMap;

use kessai::model::Model;
use kessai::returned::{Returned, Returns};
use kessai::service::{CLIENTS, MODELS};
use kessai::{Error, Result};

use crate::handle::{Handle, Several};

/// Refuses to compile where the table does not say this of a client's method.
pub(crate) const fn method(module: &str, class: &str, name: &str, gives: Returns) {
    let (mut clients, mut fits) = (CLIENTS, false);
    while let [client, others @ ..] = clients {
        if is_same(client.module, module) && is_same(client.name, class) {
            let mut rest = client.methods;
            while let [row, others @ ..] = rest {
                if is_same(row.name, name) {
                    fits = is_kind(row.returns, gives);
                }
                rest = others;
            }
        }
        clients = others;
    }
    assert!(fits, "the core's table says otherwise: run `make generate`");
}

/// The same of what a model is asked.
pub(crate) const fn question(module: &str, model: &str, name: &str, gives: Returns) {
    let (mut models, mut fits) = (MODELS, false);
    while let [info, others @ ..] = models {
        if is_same(info.module, module) && is_same(info.name, model) {
            let mut rest = info.asks;
            while let [row, others @ ..] = rest {
                if is_same(row.name, name) {
                    fits = is_kind(row.returns, gives);
                }
                rest = others;
            }
        }
        models = others;
    }
    assert!(fits, "the core's table says otherwise: run `make generate`");
}

const fn is_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([a, more @ ..], [b, others @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        (one, other) = (more, others);
    }
    one.is_empty() && other.is_empty()
}

/// Words are several texts.
const fn is_kind(row: Returns, function: Returns) -> bool {
    match (row, function) {
        (Returns::Model(a), Returns::Model(b))
        | (Returns::Models(a), Returns::Models(b))
        | (Returns::Page(a), Returns::Page(b))
        | (Returns::Resumed(a), Returns::Resumed(b)) => is_same(a, b),
        (Returns::Text, Returns::Text)
        | (Returns::Json, Returns::Json)
        | (Returns::Texts | Returns::Words(_), Returns::Texts)
        | (Returns::Map, Returns::Map)
        | (Returns::Answer, Returns::Answer) => true,
        _ => false,
    }
}

/// What a resumed call made, and the identifiers of others like it.
pub(crate) type Resumed = Option<(Handle, Vec<String>)>;

/// A place for each kind, of which one is filled.
#[derive(Default)]
struct Kinds {
    model: Option<Box<dyn Model>>,
    several: Option<Several>,
    resumed: Option<Resumed>,
    text: Option<String>,
    texts: Option<Vec<String>>,
    map: Option<BTreeMap<String, String>>,
    answer: Option<Option<bool>>,
}

impl From<Returned> for Kinds {
    fn from(returned: Returned) -> Self {
        let mut kinds = Self::default();
        match returned {
            Returned::Model(model) => kinds.model = Some(model),
            Returned::Models(models) => kinds.several = Some(models.into()),
            Returned::Page(page) => kinds.several = Some(page.into()),
            Returned::Resumed(resumed) => {
                kinds.resumed = Some(resumed.map(|(model, others)| (model.into(), others)));
            }
            Returned::Text(text) | Returned::Json(text) => kinds.text = Some(text),
            Returned::Texts(texts) => kinds.texts = Some(texts),
            Returned::Map(map) => kinds.map = Some(map),
            Returned::Answer(answer) => kinds.answer = Some(answer),
        }
        kinds
    }
}

pub(crate) fn model(returned: Returned) -> Result<Handle> {
    let found = Kinds::from(returned).model;
    found.map(Handle::from).ok_or_else(Error::of_a_lost_result)
}

/// Several models, or a page of them.
pub(crate) fn several(returned: Returned) -> Result<Several> {
    let found = Kinds::from(returned).several;
    found.ok_or_else(Error::of_a_lost_result)
}

pub(crate) fn resumed(returned: Returned) -> Result<Resumed> {
    let found = Kinds::from(returned).resumed;
    found.ok_or_else(Error::of_a_lost_result)
}

/// Text, or JSON.
pub(crate) fn text(returned: Returned) -> Result<String> {
    let found = Kinds::from(returned).text;
    found.ok_or_else(Error::of_a_lost_result)
}

pub(crate) fn texts(returned: Returned) -> Result<Vec<String>> {
    let found = Kinds::from(returned).texts;
    found.ok_or_else(Error::of_a_lost_result)
}

pub(crate) fn map(returned: Returned) -> Result<BTreeMap<String, String>> {
    let found = Kinds::from(returned).map;
    found.ok_or_else(Error::of_a_lost_result)
}

/// Yes, no, or not known.
pub(crate) fn answer(returned: Returned) -> Result<Option<bool>> {
    let found = Kinds::from(returned).answer;
    found.ok_or_else(Error::of_a_lost_result)
}
