//! Every message of the service, from the sandbox to the caller.

use kessai::argument::{Arg, Args};
use kessai::zaif::{Client, ClientBuilder, CreateInvoice};
use kessai::{Error, Yen};
use kessai_tests::{Sandbox, data};
use serde_json::{Value, json};

fn builder(sandbox: &Sandbox, key: &Value) -> ClientBuilder {
    match key.as_str() {
        Some("own") => sandbox.client(),
        Some("unknown") => sandbox.client_of("00000000-0000-0000-0000-000000000000", "x"),
        Some("wrong_secret") => {
            sandbox.client_of(&sandbox.key, "not the secret".replace(' ', "_").as_str())
        }
        Some(other) => panic!("{other}"),
        None => {
            let issued = sandbox.act("zaif/keys", key);
            sandbox.client_of(
                issued["key"].as_str().unwrap(),
                issued["secret"].as_str().unwrap(),
            )
        }
    }
}

fn client(sandbox: &Sandbox, case: &Value) -> Client {
    let mut builder = builder(sandbox, &case["key"]);
    for (name, value) in case["options"].as_object().into_iter().flatten() {
        let value = Arg::Int(value.as_u64().unwrap().into());
        builder = builder.set(name, value).unwrap();
    }
    builder.build().unwrap()
}

fn call(client: &Client, call: &Value) -> Error {
    let arguments = call[1].as_object().unwrap().iter().map(|(name, value)| {
        let value = match value.as_i64() {
            Some(whole) => Arg::Int(whole.into()),
            None => Arg::Text(value.as_str().unwrap().to_owned()),
        };
        (name.clone(), value)
    });
    let method = call[0].as_str().unwrap();
    client
        .invoke(method, Args::new(arguments.collect()))
        .unwrap_err()
}

#[test]
fn each_becomes_its_error() {
    let cases = data("scenarios/messages.json");
    for case in cases["cases"].as_array().unwrap() {
        let name = &case["name"];
        let sandbox = Sandbox::start();
        for step in case["arrange"].as_array().into_iter().flatten() {
            sandbox.act(step[0].as_str().unwrap(), &step[1]);
        }
        let error = call(&client(&sandbox, case), &case["call"]);
        let expect = &case["expect"];
        assert_eq!(
            json!(error.code().as_str()),
            expect["code"],
            "{name}: {error}"
        );
        assert_eq!(json!(error.kind().as_str()), expect["kind"], "{name}");
        assert_eq!(json!(error.outcome().as_str()), expect["outcome"], "{name}");
        assert_eq!(json!(error.is_retryable()), expect["retryable"], "{name}");
        assert_eq!(json!(error.param()), expect["param"], "{name}");
    }
}

#[test]
fn a_stale_nonce_is_recovered_inside_the_call() {
    let sandbox = Sandbox::start();
    let client = sandbox.client().build().unwrap();
    let order = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");
    let invoice = client.create_invoice(&order).unwrap();
    sandbox.fault(
        &json!({"match": {}, "fault": "message", "message": "nonce not incremented", "times": 12}),
    );
    assert_eq!(
        client.get_invoice(&invoice.invoice_id).unwrap().invoice_id,
        invoice.invoice_id
    );
}
