//! The payment API: messages, credentials, shapes, worked examples.

use serde_json::{Value, json};

use crate::client::{FORM, exchange, form, outcome};
use crate::running::Running;

fn names(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn the_worked_example_in_bitcoin_comes_out_to_the_last_digit() {
    let sandbox = Running::start();
    let pairs = [
        ("currency", "btc"),
        ("amount", "10800"),
        ("speed", "high"),
        ("orderNumber", "A-1"),
        ("referenceNumber", "R-1"),
        ("buyerId", "B-1"),
    ];
    let made = sandbox.client().call("createInvoice", &pairs).unwrap();
    let expected = "BIP21 address amount btc buyerId created currency expired invoiceId \
                    invoiceIframeUri invoiceUri orderNumber rate referenceNumber speed";
    assert_eq!(names(&made).join(" "), expected);
    assert_eq!(made["rate"], "30012");
    assert_eq!(made["btc"], "0.359856");
    assert_eq!(made["amount"], 10_800);
    assert_eq!(made["speed"], "high");
    assert_eq!(made["currency"], "btc");
    let [created, expired] = ["created", "expired"].map(|name| made[name].as_u64().unwrap());
    assert_eq!(expired - created, 600);
    let address = made["address"].as_str().unwrap();
    bs58::decode(address)
        .with_check(Some(0))
        .into_vec()
        .unwrap();
    assert_eq!(made["BIP21"], format!("bitcoin:{address}?amount=0.359856"));
    let (url, id) = (&sandbox.line["url"], made["invoiceId"].as_str().unwrap());
    let url = url.as_str().unwrap();
    assert_eq!(made["invoiceUri"], format!("{url}/invoice/form/{id}"));
    assert_eq!(
        made["invoiceIframeUri"],
        format!("{url}/invoice/iframe/{id}")
    );
}

#[test]
fn the_worked_example_in_monacoin_comes_out_to_the_last_digit() {
    let sandbox = Running::start();
    let pairs = [("currency", "mona"), ("amount", "10000")];
    let made = sandbox.client().call("createInvoice", &pairs).unwrap();
    assert_eq!(made["rate"], "20.0000");
    assert_eq!(made["mona"], "500.000000");
    assert_eq!(made["speed"], "medium");
    let address = made["address"].as_str().unwrap();
    bs58::decode(address)
        .with_check(Some(0x32))
        .into_vec()
        .unwrap();
    assert_eq!(
        made["BIP21"],
        format!("monacoin:{address}?amount=500.000000")
    );
    assert_eq!(made.get("orderNumber"), None);
    assert_eq!(made.get("btc"), None);
}

#[test]
fn rates_can_be_set_and_hold_for_new_invoices_only() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let before = client.create(&[]);
    sandbox.post("/_sandbox/zaif/rates", &json!({"btc": "15000000.5"}));
    let after = client.look(&client.create(&[("amount", "10")]));
    assert_eq!(after["rate"], "15000000.5");
    assert_eq!(after["btc"], "0.000001");
    assert_eq!(client.look(&before)["rate"], "30012");
    // What would come to nothing cannot be asked for.
    let nothing = client.call("createInvoice", &[("currency", "btc"), ("amount", "1")]);
    assert_eq!(nothing, Err("invalid parameter amount".into()));
}

#[test]
fn billing_in_coins_has_no_rate() {
    let sandbox = Running::start();
    let pairs = [
        ("currency", "btc"),
        ("billingCurrency", "btc"),
        ("amount", "0.5"),
    ];
    let made = sandbox.client().call("createInvoice", &pairs).unwrap();
    assert_eq!(made.get("rate"), None);
    assert_eq!(made["amount"], "0.500000");
    assert_eq!(made["btc"], "0.500000");
}

#[test]
fn get_invoice_has_the_documented_fields_and_no_others() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[("orderNumber", "A-1"), ("buyerId", "B")]);
    let looked = client.look(&id);
    let expected = "BIP21 address amount btc created currency expired invoiceId orderNumber \
                    rate settled speed status";
    assert_eq!(names(&looked).join(" "), expected);
    assert_eq!(looked["status"], "new");
    assert_eq!(looked["settled"], Value::Null);
    let canceled = client.call("cancelInvoice", &[("invoiceId", &id)]).unwrap();
    assert_eq!(names(&canceled).join(" "), expected);
    assert_eq!(canceled["status"], "canceled");
}

#[test]
fn orders_are_looked_up_across_all_keys_oldest_first() {
    let sandbox = Running::start();
    let (one, two) = (sandbox.client(), sandbox.client_with(&json!({})));
    let ids = [
        one.create(&[("orderNumber", "A-1")]),
        two.create(&[("orderNumber", "A-1"), ("currency", "mona")]),
    ];
    one.create(&[("orderNumber", "A-10")]);
    let find = |order| one.call("getInvoiceIdsByOrderNumber", &[("orderNumber", order)]);
    assert_eq!(find("A-1"), Ok(json!({"invoiceIds": ids, "counts": 2})));
    assert_eq!(find("a-1"), Ok(json!({"invoiceIds": [], "counts": 0})));
    assert_eq!(find(""), Err("invalid parameter orderNumber".into()));
    assert_eq!(two.look(&ids[0])["status"], "new");
}

#[test]
fn every_message_can_be_had() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[]);
    let err = |text: &str| Err(text.to_owned());
    assert_eq!(
        client.call("getInvoice", &[("nonce", "1")]),
        err("nonce not incremented")
    );
    let huge = [("nonce", "1000000000000000")];
    assert_eq!(client.call("get_info", &huge), err("nonce out of range"));
    assert_eq!(client.call("getinvoice", &[]), err("method not found"));
    assert_eq!(
        client.call("getInvoice", &[]),
        err("invalid parameter invoiceId")
    );
    assert_eq!(
        client.call("createInvoice", &[("currency", "eth"), ("amount", "1")]),
        err("invalid parameter currency")
    );
    let refused = sandbox.client_with(&json!({"permission": false}));
    assert_eq!(
        refused.call("getInvoice", &[("invoiceId", &id)]),
        err("account has not permission to use ec api")
    );
    let limit = json!({"rate_limit": {"method": "getInvoice", "calls": 2, "seconds": 10}});
    let limited = sandbox.client_with(&limit);
    sandbox.freeze();
    limited.look(&id);
    limited.look(&id);
    assert_eq!(
        limited.call("getInvoice", &[("invoiceId", &id)]),
        err("time wait restriction, please try later.")
    );
    assert!(limited.call("get_info", &[]).is_ok());
    sandbox.advance(10);
    limited.look(&id);
}

#[test]
fn keys_can_be_arranged_later() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let path = format!("/_sandbox/zaif/keys/{}", client.key);
    let used_up = sandbox.http("PATCH", &path, &[], r#"{"nonce_max": "1"}"#);
    assert_eq!(used_up.status, 200);
    assert!(client.call("get_info", &[("nonce", "1")]).is_ok());
    let dead = client.call("get_info", &[("nonce", "1.5")]);
    assert_eq!(dead, Err("nonce out of range".into()));
    sandbox.post(
        "/_sandbox/zaif/keys/key_1",
        &json!({"nonce_max": "9", "permission": false}),
    );
    let refused = client.call("get_info", &[("nonce", "2")]);
    assert_eq!(
        refused,
        Err("account has not permission to use ec api".into())
    );
}

#[test]
fn credentials_go_in_headers_body_or_both() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let (key, md5, sha1) = (&client.key, &client.md5, &client.sha1);
    let header = |name: &str, value: &str| format!("{name}: {value}");
    let send = |headers: &[String], pairs: &[(&str, &str)]| {
        let nonce = client.next_nonce();
        let mut all = vec![("method", "get_info"), ("nonce", nonce.as_str())];
        all.extend_from_slice(pairs);
        let mut lines: Vec<&str> = headers.iter().map(String::as_str).collect();
        lines.push(FORM);
        let reply = exchange(&sandbox.host, "POST", "/ecapi", &lines, &form(&all)).unwrap();
        outcome(&reply.json()).map(|_| ())
    };
    let in_headers = [header("key", key), header("md5secret", md5)];
    assert_eq!(send(&in_headers, &[]), Ok(()));
    assert_eq!(send(&[], &[("key", key), ("sha1secret", sha1)]), Ok(()));
    let both = [("key", key.as_str()), ("sha1secret", sha1.as_str())];
    assert_eq!(send(&in_headers, &both), Ok(()));
    let mismatch = Err("signature mismatch".to_owned());
    assert_eq!(send(&in_headers, &[("sha1secret", md5)]), mismatch);
    assert_eq!(send(&in_headers[..1], &[]), mismatch);
    assert_eq!(send(&in_headers, &[("key", "other")]), mismatch);
    let unknown = Err("no data found for the key".to_owned());
    assert_eq!(send(&[], &[]), unknown);
    assert_eq!(
        send(&[header("key", "other")], &[("md5secret", md5)]),
        unknown
    );
}

#[test]
fn supported_currencies_need_no_credentials() {
    let sandbox = Running::start();
    let reply = sandbox.http("POST", "/ecapi", &[FORM], "method=getSupportedCurrencies");
    let expected = json!({"btc": "Bitcoin", "mona": "Monacoin"});
    assert_eq!(outcome(&reply.json()), Ok(expected));
}

#[test]
fn what_is_no_form_post_is_turned_away() {
    let sandbox = Running::start();
    assert_eq!(
        sandbox
            .http("GET", "/ecapi?method=get_info", &[], "")
            .status,
        405
    );
    let json = sandbox.http("POST", "/ecapi", &["Content-Type: application/json"], "{}");
    assert_eq!(json.status, 415);
    let long = format!("method={}", "x".repeat(70_000));
    assert_eq!(sandbox.http("POST", "/ecapi", &[FORM], &long).status, 413);
    let odd = sandbox.http("POST", "/ecapi", &[FORM], "&&==&%zz=%ff&\0");
    assert_eq!(odd.status, 200);
    let twice = sandbox.http("POST", "/ecapi", &[FORM], "nonce=1&nonce=2");
    assert_eq!(
        outcome(&twice.json()),
        Err("invalid parameter nonce".into())
    );
    assert!(sandbox.client().call("get_info", &[]).is_ok());
}

#[test]
fn the_date_of_answers_is_the_virtual_one() {
    let sandbox = Running::start();
    sandbox.freeze();
    let now = sandbox.get("/_sandbox/clock")["now"].as_u64().unwrap();
    sandbox.advance(86_400);
    let reply = sandbox.client().exchange("get_info", &[]).unwrap();
    let date = httpdate::parse_http_date(reply.header("date").unwrap()).unwrap();
    let since = date
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    assert_eq!(since, now + 86_400);
}
