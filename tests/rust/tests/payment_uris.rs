//! Payment links, read and made as in every other language.

use kessai::zaif::PaymentUri;
use kessai::{Error, Outcome, Result};
use kessai_tests::data;
use serde_json::{Value, json};

fn cases(kind: &str) -> Vec<Value> {
    let cases = data("vectors/payment_uris.json");
    let cases = cases[kind].as_array().unwrap();
    assert!(!cases.is_empty());
    cases.clone()
}

fn shown(link: &PaymentUri) -> Value {
    json!({
        "scheme": link.scheme(),
        "coin": link.coin().code(),
        "address": link.address(),
        "amount": link.amount().map(|amount| amount.to_string()),
        "label": link.label(),
        "message": link.message(),
        "parameters": link.parameters(),
    })
}

fn refused(error: &Error, case: &Value) {
    assert_eq!(error.code().as_str(), "input.invalid", "{case}");
    assert_eq!(error.outcome(), Outcome::NotDone, "{case}");
    assert_eq!(error.param(), case["param"].as_str(), "{case}");
}

#[test]
fn every_language_reads_the_same() {
    for case in cases("read") {
        let uri = case["uri"].as_str().unwrap();
        let link = PaymentUri::parse(uri).unwrap();
        for (field, value) in shown(&link).as_object().unwrap() {
            let expected = match &case["expect"][field] {
                Value::Null if field == "parameters" => &json!([]),
                expected => expected,
            };
            assert_eq!(value, expected, "{}: {field}", case["name"]);
        }
        assert_eq!(link.to_string(), case["again"].as_str().unwrap_or(uri));
        assert_eq!(PaymentUri::parse(&link.to_string()).unwrap(), link);
    }
}

#[test]
fn every_language_refuses_the_same() {
    for case in cases("refuse") {
        let uri = case["uri"].as_str().unwrap();
        refused(&PaymentUri::parse(uri).expect_err(uri), &case);
    }
}

#[test]
fn every_language_makes_the_same() {
    let make = |case: &Value| -> Result<PaymentUri> {
        let text = |field: &str| case[field].as_str();
        let coin = text("coin").unwrap().parse()?;
        let mut link = PaymentUri::new(coin, text("address").unwrap())?;
        if let Some(amount) = text("amount") {
            link = link.with_amount(amount.parse()?)?;
        }
        if let Some(label) = text("label") {
            link = link.with_label(label)?;
        }
        if let Some(message) = text("message") {
            link = link.with_message(message)?;
        }
        for pair in case["parameters"].as_array().into_iter().flatten() {
            let [name, value] = [&pair[0], &pair[1]].map(|text| text.as_str().unwrap());
            link = link.with_parameter(name, value)?;
        }
        Ok(link)
    };
    for case in cases("make") {
        match (make(&case), case["uri"].as_str()) {
            (Ok(link), Some(uri)) => assert_eq!(link.to_string(), uri, "{case}"),
            (Err(error), None) => refused(&error, &case),
            (result, _) => panic!("{case}: {result:?}"),
        }
    }
}
