//! How a model describes itself, so that every language shows the same one.
//!
//! A field is written once, in a `model!` table. From it come the Rust
//! struct, the reading of answers, the attributes that bindings hand out
//! (through [`Value`]) and, through [`FieldInfo`], the generated type stubs.

mod define;
mod member;
mod shared;

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::argument::{ArgInfo, Args};
use crate::doc::Doc;
use crate::error::{Code, Error, Outcome, Result};
use crate::exchange::{self, Names};
use crate::json::{self, Members};
use crate::returned::{Detail, Returned, Returns};

pub(crate) use define::{Own, Table, model, says};
pub(crate) use member::Member;
pub use member::{Masked, RawJson, UnixSeconds};

/// A field's value on its way into another language.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Absent, or not known.
    Null,
    /// Yes or no.
    Bool(bool),
    /// Whole: yen, counts.
    Int(i64),
    /// Exact: coin amounts, rates.
    Decimal(Decimal),
    /// Text, also where the set of values is open.
    Text(&'a str),
    /// Unix seconds.
    Time(i64),
    /// A span of time.
    Span(Duration),
    /// Several texts.
    Texts(&'a [String]),
    /// Texts by name.
    Map(&'a BTreeMap<String, String>),
    /// JSON whose form the documents do not tell, to the letter.
    Json(&'a str),
    /// A model within a model.
    Model(&'a dyn Model),
}

impl<'a> Value<'a> {
    /// Text, where there is some.
    pub(crate) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

/// The type of a field, for the stubs of other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// See [`Value::Bool`].
    Bool,
    /// See [`Value::Int`].
    Int,
    /// See [`Value::Decimal`].
    Decimal,
    /// See [`Value::Text`].
    Text,
    /// See [`Value::Time`].
    Time,
    /// An [`Amount`](crate::money::Amount): whole yen or an exact coin amount.
    Amount,
    /// A word of the set of this name.
    Word(&'static str),
    /// See [`Value::Map`].
    Map,
    /// See [`Value::Json`].
    Json,
    /// See [`Value::Model`]: a model of this name.
    Model(&'static str),
}

/// One field of a model: what bindings and the generator need to know.
#[derive(Debug, Clone, Copy)]
pub struct FieldInfo {
    /// The name, as in Rust and Python.
    pub name: &'static str,
    /// The field's documentation.
    pub doc: Doc,
    /// Its type.
    pub shape: Shape,
    /// Whether it may be absent.
    pub optional: bool,
    /// Whether it is not shown where a model is printed.
    pub masked: bool,
    /// What a language that knows only yes and no says when it is not known:
    /// whatever harms nobody.
    pub unless_known: bool,
}

/// A question that a model answers without the service.
#[derive(Debug, Clone, Copy)]
pub struct AskInfo {
    /// Its name in Rust and Python.
    pub name: &'static str,
    /// Its documentation.
    pub doc: Doc,
    /// What it needs to be told.
    pub args: &'static [ArgInfo],
    /// What it gives.
    pub returns: Returns,
    /// Whether it is as good as a field: it needs nothing and cannot fail.
    pub is_field: bool,
}

/// One of several things that a model can be, each a class of its own, so that
/// none passes for another.
#[derive(Debug, Clone, Copy)]
pub struct VariantInfo {
    /// The name of its class.
    pub name: &'static str,
    /// The word that [`ModelInfo::told_by`] then has.
    pub word: &'static str,
    /// Its documentation.
    pub doc: Doc,
    /// The optional fields that it certainly has.
    pub has: &'static [&'static str],
}

/// What bindings and the generator need to know of a model.
#[derive(Debug)]
pub struct ModelInfo {
    /// The module it belongs to: `zaif` or `ipay`.
    pub module: &'static str,
    /// Its name in every language.
    pub name: &'static str,
    /// Its documentation.
    pub doc: Doc,
    /// Its fields, in order.
    pub fields: &'static [FieldInfo],
    /// What it can be asked.
    pub asks: &'static [AskInfo],
    /// What it can be, where that is not always the same.
    pub variants: &'static [VariantInfo],
    /// The field that tells which of them it is.
    pub told_by: &'static str,
    /// A model of this kind as it was when it was stored.
    pub restore: fn(&str) -> Result<Box<dyn Model>>,
}

/// A model that bindings can show without knowing it.
pub trait Model: Any + fmt::Debug + Send + Sync {
    /// What it is.
    fn info(&self) -> &'static ModelInfo;

    /// A field's value; `None` when there is no such field.
    fn field(&self, name: &str) -> Option<Value<'_>>;

    /// The object as the service sent it, to the letter: unknown fields
    /// included.
    fn raw(&self) -> &str;

    /// What the service calls it: two models with one identifier are readings
    /// of the same object.
    fn id(&self) -> &str;

    /// All of it as one text, for a cache or a queue; [`ModelInfo::restore`]
    /// reads it.
    fn store(&self) -> String;

    /// Its class: the name of the model, or of what it is of several things.
    fn class(&self) -> &'static str {
        let info = self.info();
        let word = match self.field(info.told_by) {
            Some(Value::Text(word)) => word,
            _ => "",
        };
        let variant = info.variants.iter().find(|variant| variant.word == word);
        variant.map_or(info.name, |variant| variant.name)
    }

    /// Asks it a question by its name.
    ///
    /// # Errors
    ///
    /// [`Code::InputUnknown`] for a question that there is not.
    fn ask(&self, name: &str, _args: Args) -> Result<Returned> {
        Err(no_question(self.info().name, name))
    }

    /// What [`of`](#method.of) looks into: not what it is wrapped in.
    fn as_any(&self) -> &dyn Any;

    /// The same once more.
    fn copy(&self) -> Box<dyn Model>;

    /// Whether it is of the same kind and tells the same.
    fn equals(&self, other: &dyn Model) -> bool;

    /// A member of the object as the service sent it, by the service's name: its
    /// JSON, to the letter. For languages that read no JSON themselves.
    fn member(&self, name: &str) -> Option<&str> {
        let members = Members::parse(self.raw()).ok()?;
        members.get(name).map(RawValue::get)
    }

    /// The same where the member is a text: what it says.
    fn member_text(&self, name: &str) -> Option<String> {
        let members = Members::parse(self.raw()).ok()?;
        json::text(members.get(name)?)
    }
}

impl dyn Model {
    /// As what it is.
    #[must_use]
    pub fn of<M: Model>(&self) -> Option<&M> {
        self.as_any().downcast_ref()
    }

    /// Its fields as JSON: whole numbers as numbers, exact ones as text.
    #[must_use]
    pub fn to_json(&self, names: Names, detail: Detail) -> String {
        let fields = self.info().fields.iter();
        let fields = fields.filter_map(|field| Some((field.name, self.field(field.name)?)));
        let mut out = exchange::object_in(fields, names, detail);
        out.pop();
        if !self.info().variants.is_empty() {
            out.push_str(r#","class":"#);
            exchange::quote(&mut out, self.class());
        }
        match detail {
            Detail::Raw => {
                out.push_str(r#","raw":"#);
                out.push_str(self.raw());
            }
            Detail::Stored => {
                out.push_str(r#","stored":"#);
                exchange::quote(&mut out, &self.store());
            }
        }
        out.push('}');
        out
    }
}

impl PartialEq for dyn Model {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other)
    }
}

/// What a model says to a question that it does not know.
pub(crate) fn no_question(model: &str, name: &str) -> Error {
    Error::new(
        Code::InputUnknown,
        Outcome::NotDone,
        format!("{} cannot be asked for {name}", in_words(model)),
    )
    .with_param("name")
}

/// `PaymentMethod` as `a payment method`.
fn in_words(name: &str) -> String {
    let mut words = String::from(if name.starts_with(['A', 'E', 'I', 'O', 'U']) {
        "an"
    } else {
        "a"
    });
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// A model that the compiler knows.
pub trait Described: Model + Sized {
    /// Its fields, in order.
    const FIELDS: &'static [FieldInfo];
    /// Its name in every language.
    const NAME: &'static str;
    /// Its documentation.
    const DOC: &'static str;
    /// All there is to know of it.
    const INFO: ModelInfo;
}

/// A name without what Rust marks it with where it is a word of its own.
pub(crate) const fn plain(name: &str) -> &str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
