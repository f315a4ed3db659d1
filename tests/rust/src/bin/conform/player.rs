//! Plays a case, step by step.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::calls::{Calls, Given, Thing};
use crate::stage::Stage;
use crate::told::{self, Difference, compare};

/// What a step of each kind may say.
const KEYS: [(&str, &[&str]); 5] = [
    (
        "do",
        &[
            "do", "with", "of", "as", "gives", "contains", "fails", "within",
        ],
    ),
    ("sandbox", &["sandbox", "body"]),
    ("books", &["books", "ids", "live", "as"]),
    ("calls", &["calls"]),
    ("events", &["events"]),
];
const CASE: &[&str] = &["name", "key", "options", "in", "steps"];

pub(crate) struct Player {
    stage: Stage,
    names: BTreeMap<String, Thing>,
}

impl Player {
    pub(crate) fn new(stage: Stage) -> Self {
        let names = BTreeMap::new();
        Self { stage, names }
    }

    /// Plays it to the end, or to the first difference.
    pub(crate) fn play(&mut self, case: &Value) -> Result<(), Difference> {
        only(case, CASE)?;
        let account = self.stage.account(&case["key"]);
        let options = case["options"].as_object().cloned().unwrap_or_default();
        let calls = Calls::new(account, options).map_err(|e| e.to_string())?;
        for (number, step) in case["steps"].as_array().unwrap().iter().enumerate() {
            self.step(&calls, step)
                .map_err(|why| format!("step {}: {why}", number + 1))?;
        }
        Ok(())
    }

    fn step(&mut self, calls: &Calls, step: &Value) -> Result<(), Difference> {
        let kind = KEYS.iter().find(|(kind, _)| step.get(kind).is_some());
        let (kind, keys) = kind.ok_or_else(|| format!("no step of a known kind: {step}"))?;
        only(step, keys)?;
        match *kind {
            "do" => return self.call(calls, step),
            "sandbox" => {
                let path = self.text(&step["sandbox"]);
                self.stage.act(&path, &self.filled(&step["body"]));
            }
            "books" => {
                let (ids, live) = self.stage.books(step["books"].as_str().unwrap());
                if let Some(expected) = step.get("ids") {
                    compare(&self.filled(expected), &json!(ids))?;
                }
                if let Some(expected) = step.get("live") {
                    compare(expected, &json!(live))?;
                }
                if step.get("as").is_some() {
                    let [id] = &ids[..] else {
                        return Err(format!("the books hold {ids:?}"));
                    };
                    self.remember(step, Thing::Text(id.clone()));
                }
            }
            "events" => compare(&step["events"], &calls.events())?,
            _ => compare(&step["calls"], &json!(self.stage.calls()))?,
        }
        Ok(())
    }

    fn call(&mut self, calls: &Calls, step: &Value) -> Result<(), Difference> {
        let given: Given = match self.filled(&step["with"]) {
            Value::Object(given) => given,
            _ => Given::new(),
        };
        let of = step["of"].as_str().map(|name| &self.names[name]);
        let began = Instant::now();
        let result = calls.make(step["do"].as_str().unwrap(), of, &given);
        let took = began.elapsed();
        let thing = match (result, step.get("fails")) {
            (Ok(thing), None) => thing,
            (Ok(thing), Some(_)) => {
                return Err(format!("it did not fail, but gave {}", thing.told()));
            }
            (Err(error), None) => return Err(format!("it failed: {}", told::failure(&error))),
            (Err(error), Some(expected)) => {
                compare(&self.filled(expected), &told::failure(&error))?;
                Thing::Failed(error)
            }
        };
        if let Some(expected) = step.get("gives") {
            compare(&self.filled(expected), &thing.told())?;
        }
        if let Some(expected) = step.get("contains") {
            let (part, told) = (self.text(expected), thing.told());
            if !told.as_str().is_some_and(|told| told.contains(&part)) {
                return Err(format!("{part:?} is not in {told}"));
            }
        }
        if let Some(most) = step["within"].as_u64()
            && took > Duration::from_secs(most)
        {
            return Err(format!("it took {took:?}"));
        }
        self.remember(step, thing);
        Ok(())
    }

    fn remember(&mut self, step: &Value, thing: Thing) {
        if let Some(name) = step["as"].as_str() {
            self.names.insert(name.to_owned(), thing);
        }
    }

    /// With what is known by now in the place of `$a`.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(_) => Value::String(self.text(value)),
            Value::Array(all) => all.iter().map(|inner| self.filled(inner)).collect(),
            Value::Object(all) => {
                let all = all.iter();
                all.map(|(name, inner)| (name.clone(), self.filled(inner)))
                    .collect()
            }
            other => other.clone(),
        }
    }

    fn text(&self, value: &Value) -> String {
        let text = value.as_str().unwrap().to_owned();
        self.names.iter().fold(text, |text, (name, thing)| {
            let sign = format!("${name}");
            if text.contains(&sign) {
                text.replace(&sign, thing.name())
            } else {
                text
            }
        })
    }
}

/// Refuses what this player does not know.
fn only(value: &Value, known: &[&str]) -> Result<(), Difference> {
    let mut names = value.as_object().unwrap().keys();
    match names.find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(format!("{name} is not known in {value}")),
    }
}
