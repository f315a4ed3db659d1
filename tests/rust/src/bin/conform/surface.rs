//! What the crate offers, compared with the data.

use std::collections::BTreeMap;

use kessai::argument::{ArgInfo, Takes};
use kessai::model::{Described as _, Shape};
use kessai::option::{ON_EVENT, THREADS};
use kessai::returned::Returns;
use kessai::zaif::sets::SETS;
use kessai::zaif::{Client, ClientBuilder, Invoice};
use kessai::{Code, Error, ErrorKind};
use serde_json::{Value, json};

use crate::told::Difference;

/// Each part of the surface with what is wrong with it.
pub(crate) fn compare(expected: &Value) -> Vec<(String, Result<(), Difference>)> {
    let parts = expected.as_object().unwrap().iter();
    parts
        .filter(|(part, _)| *part != "about")
        .map(|(part, rows)| (part.clone(), differences(rows, &told(part))))
        .collect()
}

fn differences(expected: &Value, told: &Value) -> Result<(), Difference> {
    let (there, here) = (by_name(expected), by_name(told));
    let mut found = Vec::new();
    for (name, row) in &there {
        match here.get(name) {
            None => found.push(format!("{name} is missing")),
            Some(told) if told != row => found.push(format!("{name} is {told}, not {row}")),
            Some(_) => {}
        }
    }
    for name in here.keys().filter(|name| !there.contains_key(*name)) {
        found.push(format!("{name} is nowhere else"));
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(found.join("; "))
    }
}

/// Rows by what they are called.
fn by_name(rows: &Value) -> BTreeMap<String, &Value> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| {
        let name = ["name", "code", "kind"].iter().find_map(|key| row.get(key));
        (name.unwrap_or(row).as_str().unwrap().to_owned(), row)
    })
    .collect()
}

fn told(part: &str) -> Value {
    match part {
        "methods" => rows(Client::METHODS, |method| {
            json!({
                "name": method.name,
                "positional": method.positional,
                "arguments": rows(&method.arguments(), argument),
                "returns": returns(method.returns),
            })
        }),
        "options" => rows(
            ClientBuilder::OPTIONS,
            |option| json!({"name": option.name, "takes": takes(option.takes)}),
        ),
        // What other languages have; here `on_event` is a method of the builder.
        "own_options" => json!([THREADS.0, ON_EVENT.0]),
        "codes" => rows(
            Code::ALL,
            |code| json!({"number": code.number(), "code": code.as_str(), "kind": code.kind().as_str()}),
        ),
        "kinds" => rows(
            ErrorKind::ALL,
            |kind| json!({"kind": kind.as_str(), "class": kind.class_name()}),
        ),
        "facts" => rows(&Error::of_a_defect().facts(), |(name, _)| json!(name)),
        "invoice" => rows(Invoice::FIELDS, |field| {
            json!({
                "name": field.name,
                "shape": shape(field.shape),
                "optional": field.optional,
                "unless_known": field.unless_known,
            })
        }),
        "asks" => rows(Invoice::ASKS, |ask| {
            json!({
                "name": ask.name,
                "arguments": rows(ask.args, argument),
                "returns": returns(ask.returns),
            })
        }),
        "words" => rows(SETS, |set| {
            let words = rows(set.words, |(word, _)| json!(word));
            json!({"name": set.name, "open": set.open, "words": words})
        }),
        other => panic!("there is no part called {other}"),
    }
}

fn rows<T>(all: &[T], row: impl Fn(&T) -> Value) -> Value {
    all.iter().map(row).collect()
}

fn argument(info: &ArgInfo) -> Value {
    json!({"name": info.name, "takes": takes(info.takes), "required": info.required})
}

fn takes(takes: Takes) -> String {
    format!("{takes:?}").to_lowercase()
}

fn shape(shape: Shape) -> String {
    match shape {
        Shape::Word(set) => set.to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn returns(returns: Returns) -> String {
    match returns {
        Returns::Words(set) => set.to_owned(),
        Returns::Model(_) => "invoice".to_owned(),
        Returns::Models(_) => "invoices".to_owned(),
        Returns::Resumed(_) => "resumed".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}
