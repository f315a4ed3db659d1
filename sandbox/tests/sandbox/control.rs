//! The control API: what it shows, what it takes, and whom it obeys.

use serde_json::{Value, json};

use crate::running::Running;

#[test]
fn web_pages_of_others_cannot_drive_the_sandbox() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[]);
    let own = format!("Origin: http://{}", sandbox.host);
    let pay = format!("/_sandbox/zaif/invoices/{id}/pay");
    let bar = format!("/_sandbox/page/{id}");
    for (method, path) in [
        ("POST", pay.as_str()),
        ("POST", bar.as_str()),
        ("POST", "/_sandbox/clock"),
        ("POST", "/_sandbox/faults"),
        ("DELETE", "/_sandbox/faults"),
        ("POST", "/_sandbox/reset"),
        ("POST", "/_sandbox/zaif/keys"),
        ("PATCH", "/_sandbox/zaif/keys/key_1"),
        ("GET", "/_sandbox/ledger"),
        ("POST", "/_sandbox/ipay/webhook_endpoints"),
        ("POST", "/_sandbox/ipay/tokens/revoke"),
    ] {
        for header in [
            "Host: rebound.test",
            "Host: rebound.test:80",
            "Origin: http://evil.test",
            "Origin: null",
            "Origin: http://127.0.0.1:1",
        ] {
            let reply = sandbox.http(method, path, &[header], "{}");
            assert_eq!(reply.status, 403, "{method} {path} with {header}");
        }
    }
    assert_eq!(client.status(&id), "new");
    assert_eq!(sandbox.http("POST", &pay, &[&own], "{}").status, 200);
    assert_eq!(client.status(&id), "paid");
}

#[test]
fn payments_are_strings_or_integers_and_never_floats() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[]);
    let path = format!("/_sandbox/zaif/invoices/{id}/pay");
    for (body, named) in [
        (r#"{"amount": 0.1}"#, "float"),
        (r#"{"amount": "0"}"#, "amount"),
        (r#"{"amount": "-1"}"#, "amount"),
        (r#"{"amount": "1e3"}"#, "amount"),
        (r#"{"amount": "0.123456789"}"#, "amount"),
        (r#"{"amonut": "1"}"#, "amonut"),
        ("nonsense", "expected"),
    ] {
        let reply = sandbox.http("POST", &path, &[], body);
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.body.contains(named), "{}", reply.body);
    }
    assert_eq!(client.status(&id), "new");
    let paid = sandbox.post(&path, &json!({"amount": 1}));
    assert_eq!(
        (&paid["received"], &paid["status"]),
        (&json!("1"), &json!("paid"))
    );
    assert_eq!(sandbox.http("POST", &path, &[], "").status, 409);
    let missing = "/_sandbox/zaif/invoices/none/pay";
    assert_eq!(sandbox.http("POST", missing, &[], "").status, 404);
}

#[test]
fn every_path_names_a_field_it_does_not_know() {
    let sandbox = Running::start();
    for (path, body, named) in [
        ("/_sandbox/clock", json!({"advnace": 1}), "advnace"),
        (
            "/_sandbox/zaif/mine",
            json!({"coin": "btc", "block": 1}),
            "block",
        ),
        ("/_sandbox/zaif/mine", json!({"coin": "eth"}), "coin"),
        (
            "/_sandbox/zaif/mine",
            json!({"coin": "btc", "blocks": 0}),
            "blocks",
        ),
        ("/_sandbox/zaif/rates", json!({"eth": "1"}), "eth"),
        ("/_sandbox/zaif/rates", json!({"btc": 1.5}), "btc"),
        (
            "/_sandbox/zaif/keys",
            json!({"permision": true}),
            "permision",
        ),
        (
            "/_sandbox/zaif/keys",
            json!({"nonce_max": "x"}),
            "nonce_max",
        ),
        (
            "/_sandbox/zaif/keys",
            json!({"rate_limit": {"calls": 1}}),
            "method",
        ),
    ] {
        let reply = sandbox.http("POST", path, &[], &body.to_string());
        assert_eq!(reply.status, 400, "{path} {body}");
        assert!(reply.body.contains(named), "{}", reply.body);
    }
    assert_eq!(
        sandbox.http("GET", "/_sandbox/nothing", &[], "").status,
        404
    );
    assert_eq!(
        sandbox.http("GET", "/_sandbox/clock/x", &[], "").status,
        404
    );
}

#[test]
fn the_clock_freezes_advances_and_runs_on() {
    let sandbox = Running::start();
    let frozen = sandbox.post("/_sandbox/clock", &json!({"freeze": true, "advance": 50}));
    assert_eq!(frozen["frozen"], true);
    let now = frozen["now"].as_u64().unwrap();
    assert_eq!(sandbox.get("/_sandbox/clock")["now"], now);
    let running = sandbox.post("/_sandbox/clock", &json!({"freeze": false}));
    assert_eq!(running["frozen"], false);
    assert!(running["now"].as_u64().unwrap() - now <= 1);
}

#[test]
fn the_ledger_tells_what_happened_and_holds_no_credentials() {
    let sandbox = Running::start();
    let (client, other) = (sandbox.client(), sandbox.client_with(&json!({})));
    let id = client.create(&[("orderNumber", "A-1")]);
    let _ = other.call("getInvoice", &[("invoiceId", "none")]);
    let _ = client.call("get_info", &[("sha1secret", "wrong")]);
    let rows = sandbox.requests();
    let cell = |row: usize, name: &str| rows[row][name].clone();
    let of = |name| [cell(0, name), cell(1, name), cell(2, name)];
    assert_eq!(json!(of("seq")), json!([1, 2, 3]));
    assert_eq!(
        json!(of("method")),
        json!(["createInvoice", "getInvoice", "get_info"])
    );
    assert_eq!(json!(of("key")), json!(["key_1", "key_2", null]));
    assert_eq!(json!(of("executed")), json!([true, false, false]));
    assert_eq!(json!(of("nonce_consumed")), json!([true, true, false]));
    assert_eq!(
        json!(of("message")),
        json!([null, "invalid parameter invoiceId", "signature mismatch"])
    );
    assert_eq!(json!(of("made")), json!([id, null, null]));
    let books = sandbox.get("/_sandbox/ledger").to_string();
    let keys = sandbox.get("/_sandbox/zaif/keys").to_string();
    let secret = sandbox.line["zaif"]["secret"].as_str().unwrap();
    for hidden in [
        client.key.as_str(),
        &client.md5,
        &client.sha1,
        &other.key,
        secret,
    ] {
        assert!(!books.contains(hidden) && !keys.contains(hidden));
    }
    let invoices = sandbox.invoices();
    assert_eq!(invoices[0]["invoice_id"], id);
    assert_eq!(
        (&invoices[0]["request"], &invoices[0]["key"]),
        (&json!(1), &json!("key_1"))
    );
}

#[test]
fn reset_goes_back_to_the_beginning() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let first = client.create(&[]);
    sandbox.advance(100);
    sandbox.faults(&json!({"fault": "garbage"}));
    sandbox.post("/_sandbox/zaif/rates", &json!({"btc": "1"}));
    sandbox.post("/_sandbox/reset", &json!({}));
    assert_eq!((sandbox.requests(), sandbox.invoices()), (vec![], vec![]));
    assert_eq!(
        sandbox.get("/_sandbox/zaif/rates"),
        json!({"btc": "30012", "mona": "20.0000"})
    );
    // The same key, an empty nonce book, the same draws.
    let made = client.call(
        "createInvoice",
        &[("currency", "btc"), ("amount", "1"), ("nonce", "1")],
    );
    assert_eq!(made.unwrap()["invoiceId"], Value::String(first.clone()));
    // Another seed: the key of before is unknown, and what is drawn is new.
    sandbox.post("/_sandbox/reset", &json!({"seed": 7}));
    assert!(client.call("getInvoice", &[("invoiceId", &first)]).is_err());
    let issue = || sandbox.post("/_sandbox/zaif/keys", &json!({}))["key"].clone();
    let key = issue();
    sandbox.post("/_sandbox/reset", &json!({"seed": 8}));
    assert_ne!(key, issue());
    sandbox.post("/_sandbox/reset", &json!({"seed": 7}));
    assert_eq!(key, issue());
    let reply = sandbox.http("POST", "/_sandbox/reset", &[], r#"{"seed": "7"}"#);
    assert_eq!(reply.status, 400);
}
