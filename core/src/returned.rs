//! What a method gives, on its way into another language.

use std::collections::BTreeMap;

use crate::exchange::{self, Names};
use crate::model::{Model, Value};

/// What a method gives. As with [`Takes`](crate::argument::Takes), who matches it
/// matches all of it.
#[derive(Debug)]
pub enum Returned {
    /// A model.
    Model(Box<dyn Model>),
    /// Models of one kind.
    Models(Vec<Box<dyn Model>>),
    /// One page of a list.
    Page(Page),
    /// What a resumed call turned out to have done: what it made, and the
    /// identifiers of others like it. None where it did nothing.
    Resumed(Option<(Box<dyn Model>, Vec<String>)>),
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

/// One page of a list.
#[derive(Debug)]
pub struct Page {
    /// What stands on it.
    pub items: Vec<Box<dyn Model>>,
    /// What the next page starts after; none on the last.
    pub next: Option<String>,
}

/// The kinds of [`Returned`], for the stubs of other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returns {
    /// See [`Returned::Model`]: a model of this name.
    Model(&'static str),
    /// See [`Returned::Models`].
    Models(&'static str),
    /// See [`Returned::Page`].
    Page(&'static str),
    /// See [`Returned::Resumed`].
    Resumed(&'static str),
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

/// How a model is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Its fields, and the object as the service sent it as `raw`.
    Raw,
    /// Its fields, and all of it as one text as `stored`.
    Stored,
}

impl Returned {
    /// A model.
    pub fn model(model: impl Model) -> Self {
        Self::Model(Box::new(model))
    }

    /// Models of one kind.
    pub fn models(models: impl IntoIterator<Item = impl Model>) -> Self {
        let boxed = |model| -> Box<dyn Model> { Box::new(model) };
        Self::Models(models.into_iter().map(boxed).collect())
    }

    /// As JSON: whole numbers as numbers, exact ones as text.
    #[must_use]
    pub fn to_json(&self, names: Names, detail: Detail) -> String {
        let all = |models: &[Box<dyn Model>]| {
            let each = models.iter().map(|model| model.to_json(names, detail));
            format!("[{}]", each.collect::<Vec<_>>().join(","))
        };
        let mut out = String::new();
        match self {
            Self::Model(model) => out = model.to_json(names, detail),
            Self::Models(models) => out = all(models),
            Self::Page(page) => {
                out.push_str(r#"{"items":"#);
                out.push_str(&all(&page.items));
                out.push_str(r#","next":"#);
                match &page.next {
                    None => out.push_str("null"),
                    Some(next) => exchange::quote(&mut out, next),
                }
                out.push('}');
            }
            Self::Resumed(Some((model, others))) => {
                out.push_str(r#"{"outcome":"done","invoice":"#);
                out.push_str(&model.to_json(names, detail));
                out.push_str(r#","others":"#);
                exchange::texts(&mut out, others);
                out.push('}');
            }
            Self::Resumed(None) => out.push_str(r#"{"outcome":"not_done"}"#),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zaif::Invoice;

    #[test]
    fn an_invoice_is_told_exactly_and_comes_back() {
        let raw = r#"{"invoiceId":"a-1","created":1,"expired":2,"amount":500,"currency":"btc","rate":"2.50","address":"x","btc":"0.10","new":1.5}"#;
        let stored = format!(
            r#"{{"raw":{},"adopted":true}}"#,
            serde_json::to_string(raw).unwrap()
        );
        let invoice = Invoice::restore(&stored).unwrap();
        let boxed: Box<dyn Model> = Box::new(invoice.clone());
        let told = boxed.to_json(Names::Camel, Detail::Raw);
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
        assert_eq!(boxed.class(), "Invoice");
        let made = Returned::Resumed(Some((boxed, vec!["b\"".to_owned()])));
        let told = made.to_json(Names::Snake, Detail::Stored);
        assert!(told.ends_with(r#""others":["b\""]}"#), "{told}");
    }
}
