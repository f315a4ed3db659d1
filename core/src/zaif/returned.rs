//! What a method gives, on its way into another language.

use std::collections::BTreeMap;

use super::{Invoice, Resumed};
use crate::exchange::{self, Names};
use crate::model::{Model as _, Value};

/// What a method gives. As with [`Takes`](crate::argument::Takes), who matches it
/// matches all of it.
#[derive(Debug)]
pub enum Returned {
    /// An invoice.
    Invoice(Box<Invoice>),
    /// Invoices.
    Invoices(Vec<Invoice>),
    /// What a resumed call turned out to have done.
    Resumed(Resumed),
    /// Text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// Texts by name.
    Map(BTreeMap<String, String>),
    /// JSON of a form that the documents do not tell.
    Json(String),
    /// Yes, no, or don't know.
    Answer(Option<bool>),
}

/// The kinds of [`Returned`], for the stubs of other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returns {
    /// See [`Returned::Invoice`].
    Invoice,
    /// See [`Returned::Invoices`].
    Invoices,
    /// See [`Returned::Resumed`].
    Resumed,
    /// See [`Returned::Text`].
    Text,
    /// See [`Returned::Texts`].
    Texts,
    /// See [`Returned::Map`].
    Map,
    /// See [`Returned::Json`].
    Json,
    /// See [`Returned::Answer`].
    Answer,
    /// See [`Returned::Texts`]: words of the set of this name.
    Words(&'static str),
}

/// How an invoice is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Its fields, and the object as the service sent it as `raw`.
    Raw,
    /// Its fields, and all of it as one text as `stored`.
    Stored,
}

impl Returned {
    /// As JSON: whole numbers as numbers, exact ones as text.
    #[must_use]
    pub fn to_json(&self, names: Names, detail: Detail) -> String {
        let mut out = String::new();
        match self {
            Self::Invoice(invoice) => out = invoice.to_json(names, detail),
            Self::Invoices(invoices) => {
                let each = invoices
                    .iter()
                    .map(|invoice| invoice.to_json(names, detail));
                out = format!("[{}]", each.collect::<Vec<_>>().join(","));
            }
            Self::Resumed(Resumed::Done { invoice, others }) => {
                out.push_str(r#"{"outcome":"done","invoice":"#);
                out.push_str(&invoice.to_json(names, detail));
                out.push_str(r#","others":"#);
                exchange::texts(&mut out, others);
                out.push('}');
            }
            Self::Resumed(Resumed::NotDone) => out.push_str(r#"{"outcome":"not_done"}"#),
            Self::Text(text) => exchange::quote(&mut out, text),
            Self::Texts(texts) => exchange::texts(&mut out, texts),
            // Its names are the service's.
            Self::Map(map) => {
                let fields = map
                    .iter()
                    .map(|(name, text)| (name.as_str(), Value::Text(text)));
                out = exchange::object(fields, Names::Snake);
            }
            Self::Json(json) => out.push_str(json),
            Self::Answer(None) => out.push_str("null"),
            Self::Answer(Some(yes)) => out.push_str(if *yes { "true" } else { "false" }),
        }
        out
    }
}

impl Invoice {
    /// Its fields as JSON: whole numbers as numbers, exact ones as text.
    #[doc(hidden)]
    #[must_use]
    pub fn to_json(&self, names: Names, detail: Detail) -> String {
        let fields = Self::FIELDS
            .iter()
            .filter_map(|field| Some((field.name, self.field(field.name)?)));
        let mut out = exchange::object(fields, names);
        out.pop();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invoice_is_told_exactly_and_comes_back() {
        let raw = r#"{"invoiceId":"a-1","created":1,"expired":2,"amount":500,"currency":"btc","rate":"2.50","address":"x","btc":"0.10","new":1.5}"#;
        let stored = format!(
            r#"{{"raw":{},"adopted":true}}"#,
            serde_json::to_string(raw).unwrap()
        );
        let invoice = Invoice::restore(&stored).unwrap();
        let told = invoice.to_json(Names::Camel, Detail::Raw);
        for part in [
            r#""invoiceId":"a-1""#,
            r#""amount":500"#,
            r#""coinAmount":"0.10""#,
            r#""rate":"2.50""#,
            r#""isSettled":null"#,
            r#""adopted":true"#,
            r#""new":1.5"#,
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert_eq!(Invoice::restore(&invoice.store()).unwrap(), invoice);
        let made = Returned::Resumed(Resumed::Done {
            invoice: Box::new(invoice),
            others: vec!["b\"".to_owned()],
        });
        let told = made.to_json(Names::Snake, Detail::Stored);
        assert!(told.ends_with(r#""others":["b\""]}"#), "{told}");
    }
}
