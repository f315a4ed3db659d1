//! Answers as documented or seen, read to the last digit.

use kessai::model::{Model as _, Value as Field};
use kessai::zaif::Client;
use kessai_tests::{Scripted, data, json};
use serde_json::{Value, json};

fn shown(field: &Field<'_>) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(yes) => json!(yes),
        Field::Int(whole) => json!(whole.to_string()),
        Field::Time(seconds) => json!(seconds),
        Field::Decimal(exact) => json!(exact.to_string()),
        Field::Text(text) => json!(text),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_language_reads_the_same() {
    let cases = data("vectors/invoices.json");
    for case in cases["cases"].as_array().unwrap() {
        let name = &case["name"];
        let server = Scripted::start(std::iter::repeat_n(
            json(case["answer"].as_str().unwrap()),
            2,
        ));
        let client = Client::builder("sandbox_key", "sandbox_secret")
            .endpoint(server.url())
            .trust_clock(true);
        let invoice = client.build().unwrap();
        let invoice = invoice
            .get_invoice("d7dd735c-1650-11e5-b412-4437e6999eec")
            .unwrap();
        for (field, expected) in case["expect"].as_object().unwrap() {
            let value = invoice.field(field).unwrap();
            assert_eq!(&shown(&value), expected, "{name}: {field}");
        }
        if let Some(text) = case["raw_contains"].as_str() {
            assert!(invoice.raw().contains(text), "{name}: {}", invoice.raw());
        }
    }
}
