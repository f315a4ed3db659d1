//! What the crate offers, compared with the data.

use std::collections::BTreeMap;

use kessai::argument::{ArgInfo, Takes};
use kessai::model::{ModelInfo, Shape};
use kessai::option::{ON_EVENT, THREADS, TOKEN_SOURCE};
use kessai::returned::Returns;
use kessai::service::{CLIENTS, ClientInfo, MODELS, SETS};
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
        "codes" => rows(
            Code::ALL,
            |code| json!({"number": code.number(), "code": code.as_str(), "kind": code.kind().as_str()}),
        ),
        "kinds" => rows(
            ErrorKind::ALL,
            |kind| json!({"kind": kind.as_str(), "class": kind.class_name()}),
        ),
        "facts" => rows(&Error::of_a_defect().facts(), |(name, _)| json!(name)),
        "clients" => rows(CLIENTS, |info| json!([info.module, info.name].join("."))),
        "models" => rows(MODELS, |info| json!([info.module, info.name].join("."))),
        part => of_module(part).unwrap_or_else(|| panic!("there is no part called {part}")),
    }
}

/// What belongs to one of the services: a model, a part of a client, its words.
fn of_module(part: &str) -> Option<Value> {
    let (module, rest) = part.split_once('.')?;
    if rest == "words" {
        let (_, sets) = SETS.iter().find(|(name, _)| *name == module)?;
        return Some(rows(sets, |set| {
            let words = rows(set.words, |(word, _)| json!(word));
            json!({"name": set.name, "open": set.open, "words": words})
        }));
    }
    if let Some((name, part)) = rest.split_once('.') {
        let mut clients = CLIENTS.iter();
        let info = clients.find(|info| info.module == module && info.name == name)?;
        return client(info, part);
    }
    let mut models = MODELS.iter();
    let info = models.find(|info| info.module == module && info.name == rest)?;
    Some(model(info))
}

fn client(info: &ClientInfo, part: &str) -> Option<Value> {
    Some(match part {
        "credentials" => rows(info.credentials, argument),
        "options" => rows(
            info.options,
            |option| json!({"name": option.name, "takes": takes(option.takes)}),
        ),
        // What other languages have; here they are methods of the builder, or not
        // needed.
        "own_options" => {
            let source = info.takes_token_source.then_some(TOKEN_SOURCE.0);
            [THREADS.0, ON_EVENT.0].into_iter().chain(source).collect()
        }
        "methods" => rows(info.methods, |method| {
            json!({
                "name": method.name,
                "positional": method.positional,
                "arguments": rows(&method.arguments(), argument),
                "returns": returns(method.returns),
            })
        }),
        _ => return None,
    })
}

/// Its fields, what it can be asked, and what it can be.
fn model(info: &ModelInfo) -> Value {
    let fields = info.fields.iter().map(|field| {
        json!({
            "name": field.name,
            "shape": shape(field.shape),
            "optional": field.optional,
            "masked": field.masked,
            "unless_known": field.unless_known,
        })
    });
    let asks = info.asks.iter().map(|ask| {
        json!({
            "name": ask.name,
            "arguments": rows(ask.args, argument),
            "returns": returns(ask.returns),
        })
    });
    let variants = info.variants.iter().map(
        |variant| json!({"name": variant.name, info.told_by: variant.word, "has": variant.has}),
    );
    fields.chain(asks).chain(variants).collect()
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
        Shape::Word(name) | Shape::Model(name) => name.to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

fn returns(returns: Returns) -> String {
    match returns {
        Returns::Model(name) => name.to_owned(),
        Returns::Models(name) => format!("a list of {name}"),
        Returns::Page(name) => format!("pages of {name}"),
        Returns::Resumed(name) => format!("a resumed {name}"),
        Returns::Words(set) => format!("words of {set}"),
        other => format!("{other:?}").to_lowercase(),
    }
}
