//! What a row of the core's tables gives.
//!
//! A function of C has a place for one kind of result. That it is the kind of its
//! row is checked when this is compiled; were a row to give another all the same,
//! its call was executed, and the error says so.

use std::collections::BTreeMap;

use kessai::model::Model;
use kessai::returned::{Returned, Returns};
use kessai::zaif::{Client, Invoice, Resumed};
use kessai::{Error, Result};

/// Refuses to compile where the table does not say this of a method.
pub(crate) const fn method(name: &str, gives: Returns) {
    let (mut rest, mut fits) = (Client::METHODS, false);
    while let [row, others @ ..] = rest {
        if is_same(row.name.as_bytes(), name.as_bytes()) {
            fits = is_kind(row.returns, gives);
        }
        rest = others;
    }
    assert!(fits, "the core's table says otherwise: run `make generate`");
}

/// The same of what an invoice is asked.
pub(crate) const fn question(name: &str, gives: Returns) {
    let (mut rest, mut fits) = (Invoice::ASKS, false);
    while let [row, others @ ..] = rest {
        if is_same(row.name.as_bytes(), name.as_bytes()) {
            fits = is_kind(row.returns, gives);
        }
        rest = others;
    }
    assert!(fits, "the core's table says otherwise: run `make generate`");
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
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
    match row {
        Returns::Model(_) => matches!(function, Returns::Model(_)),
        Returns::Models(_) => matches!(function, Returns::Models(_)),
        Returns::Resumed(_) => matches!(function, Returns::Resumed(_)),
        Returns::Text => matches!(function, Returns::Text),
        Returns::Json => matches!(function, Returns::Json),
        Returns::Texts | Returns::Words(_) => matches!(function, Returns::Texts),
        Returns::Map => matches!(function, Returns::Map),
        Returns::Answer => matches!(function, Returns::Answer),
        Returns::Page(_) => matches!(function, Returns::Page(_)),
    }
}

/// A place for each kind, of which one is filled.
#[derive(Default)]
struct Kinds {
    invoice: Option<Invoice>,
    invoices: Option<Vec<Invoice>>,
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
            Returned::Model(model) => kinds.invoice = model.of().cloned(),
            Returned::Models(models) => kinds.invoices = all(&models),
            Returned::Resumed(resumed) => kinds.resumed = of_resumed(resumed),
            Returned::Text(text) | Returned::Json(text) => kinds.text = Some(text),
            Returned::Texts(texts) => kinds.texts = Some(texts),
            Returned::Map(map) => kinds.map = Some(map),
            Returned::Answer(answer) => kinds.answer = Some(answer),
            // No function of this header gives one yet.
            Returned::Page(_) => {}
        }
        kinds
    }
}

fn all(models: &[Box<dyn Model>]) -> Option<Vec<Invoice>> {
    models.iter().map(|model| model.of().cloned()).collect()
}

fn of_resumed(resumed: Option<(Box<dyn Model>, Vec<String>)>) -> Option<Resumed> {
    match resumed {
        None => Some(Resumed::NotDone),
        Some((model, others)) => Some(Resumed::Done {
            invoice: Box::new(model.of().cloned()?),
            others,
        }),
    }
}

pub(crate) fn invoice(returned: Returned) -> Result<Invoice> {
    let found = Kinds::from(returned).invoice;
    found.ok_or_else(Error::of_a_lost_result)
}

pub(crate) fn invoices(returned: Returned) -> Result<Vec<Invoice>> {
    let found = Kinds::from(returned).invoices;
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
