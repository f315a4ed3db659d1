//! The service's other habits, and webhooks out of order.

use serde_json::{Value, json};

use crate::client::{Client, FORM, exchange, form};
use crate::running::Running;
use crate::shop::Shop;

fn set(sandbox: &Running, modes: &Value) {
    sandbox.post("/_sandbox/zaif/modes", modes);
}

/// What getInvoiceIdsByOrderNumber answers to credentials in these places.
fn answer(client: &Client, in_headers: bool, in_body: bool) -> Value {
    let nonce = client.next_nonce();
    let mut pairs = vec![
        ("method", "getInvoiceIdsByOrderNumber"),
        ("nonce", &nonce),
        ("orderNumber", "A-1"),
    ];
    if in_body {
        pairs.extend([
            ("key", client.key.as_str()),
            ("sha1secret", client.sha1.as_str()),
        ]);
    }
    let credentials = client.headers();
    let mut headers = vec![FORM];
    if in_headers {
        headers.extend(credentials.iter().map(String::as_str));
    }
    let reply = exchange(&client.host, "POST", "/ecapi", &headers, &form(&pairs));
    reply.unwrap().json()
}

#[test]
fn credentials_can_be_demanded_in_one_place_or_both() {
    let sandbox = Running::start();
    let client = sandbox.client();
    for (mode, expected) in [
        ("headers", [true, false, true]),
        ("body", [false, true, true]),
        ("both", [false, false, true]),
        ("any", [true, true, true]),
    ] {
        set(&sandbox, &json!({"credentials": mode}));
        let outcomes = [(true, false), (false, true), (true, true)]
            .map(|(headers, body)| answer(&client, headers, body)["success"] == 1);
        assert_eq!(outcomes, expected, "{mode}");
    }
    set(&sandbox, &json!({"credentials": "both"}));
    assert_eq!(
        answer(&client, true, false)["return"],
        "no data found for the key"
    );
}

#[test]
fn the_old_spelling_of_answers_and_webhooks() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    set(&sandbox, &json!({"spelling": "old"}));
    assert_eq!(
        answer(&client, true, true),
        json!({"success": 1, "return": {"invoideIds": null, "counts": "0"}})
    );
    let id = client.create(&[("orderNumber", "A-1"), ("webhookUrl", &shop.url("/"))]);
    assert_eq!(
        answer(&client, true, true)["return"],
        json!({"invoideIds": [id], "counts": "1"})
    );
    let looked = client.look(&id);
    assert_eq!(looked["amount"], "10800");
    assert!(looked["expired"].is_string());
    assert_eq!(looked["settled"], Value::Null);
    let failure = client.exchange("nothing", &[]).unwrap().json();
    assert_eq!(failure, json!({"success": 0, "error": "method not found"}));
    sandbox.pay(&id, None);
    let told = shop.next_answered(200).json();
    assert_eq!(told["amount"], "10800");
    assert!(told["created"].is_string());
}

#[test]
fn short_at_the_end_is_invalid_or_expired() {
    let sandbox = Running::start();
    let client = sandbox.client();
    for status in ["invalid", "expired"] {
        set(&sandbox, &json!({"short_at_end": status}));
        let id = client.create(&[]);
        sandbox.pay(&id, Some("0.1"));
        let slow = client.create(&[]);
        sandbox.pay(&slow, None);
        sandbox.advance(600);
        assert_eq!(client.status(&id), status);
        sandbox.advance(3_000);
        assert_eq!(client.status(&slow), "invalid");
    }
}

#[test]
fn orders_are_found_across_the_account_or_by_key() {
    let sandbox = Running::start();
    let (client, other) = (sandbox.client(), sandbox.client_with(&json!({})));
    client.create(&[("orderNumber", "A-1")]);
    let count = |client| answer(client, true, false)["return"]["counts"].clone();
    assert_eq!((count(&client), count(&other)), (json!(1), json!(1)));
    set(&sandbox, &json!({"order_lookup": "key"}));
    assert_eq!((count(&client), count(&other)), (json!(1), json!(0)));
}

#[test]
fn modes_are_read_changed_one_by_one_and_checked() {
    let sandbox = Running::start();
    set(&sandbox, &json!({"spelling": "old"}));
    set(&sandbox, &json!({"order_lookup": "key"}));
    let modes = sandbox.get("/_sandbox/zaif/modes");
    assert_eq!(
        modes,
        json!({"credentials": "any", "spelling": "old", "short_at_end": "invalid", "order_lookup": "key"})
    );
    for (body, named) in [
        (json!({"speling": "old"}), "speling"),
        (
            json!({"spelling": "older"}),
            "spelling must be current or old",
        ),
        (json!({"credentials": 1}), "credentials"),
    ] {
        let reply = sandbox.http("POST", "/_sandbox/zaif/modes", &[], &body.to_string());
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.body.contains(named), "{}", reply.body);
    }
    sandbox.post("/_sandbox/reset", &json!({}));
    assert_eq!(sandbox.get("/_sandbox/zaif/modes")["spelling"], "current");
}

#[test]
fn webhooks_are_held_and_arrive_out_of_order() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    sandbox.post("/_sandbox/deliveries/hold", &json!({}));
    let id = client.create(&[("webhookUrl", &shop.url("/"))]);
    sandbox.pay(&id, None);
    sandbox.mine("btc", 3);
    assert_eq!(sandbox.get("/_sandbox/deliveries")["held"], true);
    sandbox.post("/_sandbox/deliveries/reorder", &json!({"ids": [3, 1, 2]}));
    assert!(shop.heard_nothing());
    sandbox.post("/_sandbox/deliveries/release", &json!({}));
    let told: Vec<Value> = (0..3)
        .map(|_| shop.next_answered(200).json()["status"].clone())
        .collect();
    assert_eq!(json!(told), json!(["complete", "paid", "confirmed"]));
    for (body, status, named) in [
        (json!({"ids": [1]}), 409, "delivery 1"),
        (json!({"ids": [7]}), 404, "7"),
        (json!({"ids": []}), 400, "ids"),
        (json!({"id": [1]}), 400, "id"),
    ] {
        let path = "/_sandbox/deliveries/reorder";
        let reply = sandbox.http("POST", path, &[], &body.to_string());
        assert_eq!(reply.status, status, "{body}");
        assert!(reply.body.contains(named), "{}", reply.body);
    }
}
