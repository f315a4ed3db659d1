//! Whole stories, from the first call to the sandbox's books.

use std::collections::BTreeMap;

use kessai::Error;
use kessai::argument::{Arg, Args};
use kessai::model::{Model as _, Value as Field};
use kessai::zaif::methods::Returned;
use kessai::zaif::{Client, Invoice, Resumed};
use kessai_tests::{Sandbox, data};
use serde_json::{Value, json};

type Names = BTreeMap<String, String>;

fn arg(value: &Value, names: &Names) -> Arg {
    match value {
        Value::Bool(yes) => Arg::Bool(*yes),
        Value::Number(whole) => Arg::Int(whole.as_i64().unwrap().into()),
        Value::Object(map) => Arg::Map(
            map.iter()
                .map(|(name, value)| (name.clone(), arg(value, names)))
                .collect(),
        ),
        text => Arg::Text(filled(text.as_str().unwrap(), names)),
    }
}

fn filled(text: &str, names: &Names) -> String {
    names.iter().fold(text.to_owned(), |text, (name, value)| {
        text.replace(&format!("${name}"), value)
    })
}

fn filled_in(value: &Value, names: &Names) -> Value {
    let text = filled(&value.to_string(), names);
    serde_json::from_str(&text).unwrap()
}

fn shown(invoice: &Invoice, field: &str) -> Value {
    match invoice.field(field).unwrap() {
        Field::Null => Value::Null,
        Field::Bool(yes) => json!(yes),
        Field::Int(whole) => json!(whole.to_string()),
        Field::Time(seconds) => json!(seconds),
        Field::Decimal(exact) => json!(exact.to_string()),
        Field::Text(text) => json!(text),
        other => panic!("{other:?}"),
    }
}

fn check_invoice(invoice: &Invoice, expect: &Value, step: &Value) {
    for (field, expected) in expect.as_object().unwrap() {
        assert_eq!(&shown(invoice, field), expected, "{field} in {step}");
    }
}

/// Compares, and gives what the step's name stands for from now on.
fn check(returned: &Returned, expect: &Value, step: &Value) -> Option<String> {
    match returned {
        Returned::Invoice(invoice) => {
            check_invoice(invoice, expect, step);
            Some(invoice.invoice_id.clone())
        }
        Returned::Invoices(invoices) => {
            let ids: Vec<_> = invoices.iter().map(|i| &i.invoice_id).collect();
            assert_eq!(&json!(ids), expect, "{step}");
            None
        }
        Returned::Texts(texts) => {
            assert_eq!(&json!(texts), expect, "{step}");
            None
        }
        Returned::Map(map) => {
            assert_eq!(&json!(map), expect, "{step}");
            None
        }
        Returned::Resumed(Resumed::NotDone) => {
            assert_eq!(expect, &json!({"outcome": "not_done"}), "{step}");
            None
        }
        Returned::Resumed(Resumed::Done { invoice, others }) => {
            let told = json!({
                "outcome": "done",
                "invoice_id": invoice.invoice_id,
                "others": others,
            });
            assert_eq!(&told, expect, "{step}");
            None
        }
        Returned::Text(text) => Some(text.clone()),
        other => panic!("{other:?} from {step}"),
    }
}

fn check_error(error: &Error, expect: &Value, step: &Value) {
    let told = json!({
        "code": error.code().as_str(),
        "kind": error.kind().as_str(),
        "outcome": error.outcome().as_str(),
        "retryable": error.is_retryable(),
        "param": error.param(),
        "invoice_ids": error.invoice_ids(),
    });
    for (name, expected) in expect.as_object().unwrap() {
        assert_eq!(&told[name], expected, "{name} of {error} in {step}");
    }
}

fn client(sandbox: &Sandbox, case: &Value) -> Client {
    let options = case["options"].as_object().into_iter().flatten();
    options
        .fold(sandbox.client(), |builder, (name, value)| {
            builder.set(name, arg(value, &Names::new())).unwrap()
        })
        .build()
        .unwrap()
}

fn play(case: &Value) {
    let sandbox = Sandbox::start();
    let client = client(&sandbox, case);
    let mut names = Names::new();
    for step in case["steps"].as_array().unwrap() {
        if let Some(path) = step["sandbox"].as_str() {
            sandbox.act(&filled(path, &names), &step["body"]);
            continue;
        }
        let given = step["with"].as_object().unwrap();
        let given = given
            .iter()
            .map(|(name, value)| (name.clone(), arg(value, &names)));
        let result = client.invoke(step["do"].as_str().unwrap(), Args::new(given.collect()));
        match (result, step.get("fails")) {
            (Err(error), Some(expect)) => check_error(&error, &filled_in(expect, &names), step),
            (Ok(returned), None) => {
                let expect = step
                    .get("gives")
                    .map_or(json!({}), |e| filled_in(e, &names));
                let named = check(&returned, &expect, step);
                if let (Some(name), Some(value)) = (step["as"].as_str(), named) {
                    names.insert(name.to_owned(), value);
                }
            }
            (result, _) => panic!("{result:?} from {step}"),
        }
    }
    for (order, count) in case["live"].as_object().into_iter().flatten() {
        let live = sandbox.invoices_of(order).into_iter().filter(|invoice| {
            ["new", "paid", "confirmed", "complete"].contains(&invoice["status"].as_str().unwrap())
        });
        assert_eq!(json!(live.count()), *count, "live invoices of {order}");
    }
}

#[test]
fn every_story_ends_as_told() {
    let cases = data("scenarios/journeys.json");
    std::thread::scope(|scope| {
        let plays: Vec<_> = cases["cases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|case| (&case["name"], scope.spawn(move || play(case))))
            .collect();
        let failed: Vec<_> = plays
            .into_iter()
            .filter_map(|(name, play)| play.join().err().map(|_| name))
            .collect();
        assert!(failed.is_empty(), "{failed:?}");
    });
}
