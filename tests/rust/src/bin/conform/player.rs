//! Plays a case, step by step.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::calls::{Calls, Given, Thing, Walk};
use crate::stage::Stage;
use crate::told::{self, Difference, compare};

/// What a step of each kind may say.
const KEYS: [(&str, &[&str]); 8] = [
    (
        "do",
        &[
            "do", "client", "with", "of", "each", "take", "as", "gives", "contains", "fails",
            "within",
        ],
    ),
    ("sandbox", &["sandbox", "body"]),
    ("books", &["books", "ids", "live", "as"]),
    ("calls", &["calls"]),
    ("events", &["events"]),
    ("wire", &["wire", "tries", "executed", "replayed", "keys"]),
    ("made", &["made", "rows", "count"]),
    ("delivered", &["delivered", "as"]),
];
const CASE: &[&str] = &["name", "client", "key", "options", "in", "steps"];

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
        let client = case["client"].as_str().unwrap_or("zaif");
        let account = self.stage.account(client, &case["key"]);
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
            "wire" => self.wire(step)?,
            "made" => {
                let made = self.stage.made(step["made"].as_str().unwrap());
                if let Some(rows) = step.get("rows") {
                    compare(&self.filled(rows), &made)?;
                }
                if let Some(count) = step.get("count") {
                    compare(count, &json!(made.as_array().unwrap().len()))?;
                }
            }
            "delivered" => {
                let event = step["delivered"].as_str().unwrap();
                let (body, signature) = self
                    .stage
                    .delivered(event)
                    .ok_or_else(|| format!("{event} was not delivered"))?;
                self.remember(step, Thing::Delivered { body, signature });
            }
            _ => compare(&step["calls"], &json!(self.stage.calls()))?,
        }
        Ok(())
    }

    /// How a call of iPay went over the wire.
    fn wire(&self, step: &Value) -> Result<(), Difference> {
        let told = self.stage.wire(step["wire"].as_str().unwrap());
        for name in ["tries", "executed", "replayed"] {
            if let Some(expected) = step.get(name) {
                compare(expected, &told[name]).map_err(|why| format!("{name}: {why}"))?;
            }
        }
        match step.get("keys") {
            Some(keys) if keys.is_array() => compare(&self.filled(keys), &told["keys"]),
            Some(count) => compare(count, &json!(told["keys"].as_array().unwrap().len())),
            None => Ok(()),
        }
    }

    fn call(&mut self, calls: &Calls, step: &Value) -> Result<(), Difference> {
        let given: Given = match self.filled(&step["with"]) {
            Value::Object(given) => given,
            _ => Given::new(),
        };
        let of = step["of"].as_str().map(|name| &self.names[name]);
        let began = Instant::now();
        let name = step["do"].as_str().unwrap();
        let result = match step["client"].as_str() {
            None => calls.make(name, of, &given, &Walk::of(step)),
            Some(client) => {
                let account = self.stage.account(client, &Value::Null);
                Calls::new(account, Given::new())
                    .and_then(|calls| calls.make(name, of, &given, &Walk::of(step)))
            }
        };
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
