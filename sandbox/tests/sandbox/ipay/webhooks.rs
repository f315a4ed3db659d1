//! Signed events: what is told, to whom, and until when.

use serde_json::{Value, json};

use super::mac::hex;
use super::merchant::{Merchant, books};
use crate::running::Running;
use crate::shop::{Received, Shop};
use crate::webhooks::tries;

fn register(sandbox: &Running, shop: &Shop, more: &Value) -> String {
    let mut body = json!({"url": shop.url("/webhooks/ipay")});
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    let made = sandbox.post("/_sandbox/ipay/webhook_endpoints", &body);
    made["id"].as_str().unwrap().to_owned()
}

fn signature(received: &Received) -> String {
    let found = received.head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("ipay-signature").then_some(value)
    });
    found.unwrap().to_owned()
}

#[test]
fn every_event_is_signed_over_its_raw_body() {
    let sandbox = Running::start();
    let (merchant, shop) = (Merchant::of(&sandbox), Shop::open());
    register(&sandbox, &shop, &json!({}));
    let secret = sandbox.line["ipay"]["webhook_secret"].as_str().unwrap();
    let next = |kind: &str| -> Value {
        let received = shop.next_answered(200);
        assert_eq!(received.line(), "POST /webhooks/ipay HTTP/1.1");
        assert_eq!(signature(&received), hex(secret, received.body.as_bytes()));
        let event = received.json();
        assert_eq!(event["type"], kind);
        assert!(event["id"].as_str().unwrap().starts_with("evt_"));
        assert!(event["created"].is_u64());
        event["data"].clone()
    };
    let customer = merchant.post("/customers", &json!({"name": "山田"}));
    assert_eq!(next("customer.created"), customer);
    let paid = merchant.paid(&json!({"metadata": {"orderId": "A-1"}}));
    let told = next("payment.succeeded");
    assert_eq!(
        (&told["id"], &told["metadata"]["orderId"]),
        (&json!(paid), &json!("A-1"))
    );
    assert_eq!(told, merchant.get(&format!("/payments/{paid}")));
    merchant.post("/refunds", &json!({"payment": paid, "amount": 1}));
    assert_eq!(next("payment.refunded")["amount_refunded"], 1);
    sandbox.post(
        &format!("/_sandbox/ipay/payments/{paid}/dispute"),
        &json!({}),
    );
    assert_eq!(next("payment.disputed")["id"], json!(paid));
    let declined = merchant
        .pay(&merchant.card("4000000000009995"), &json!({}))
        .json();
    let told = next("payment.failed");
    assert_eq!(told["id"], declined["payment"]["id"]);
    assert_eq!(
        (&told["failure_code"], &told["failure_message"]),
        (
            &json!("insufficient_funds"),
            &json!("Your card has insufficient funds.")
        )
    );
    let made = merchant.post(
        "/subscriptions",
        &json!({
            "customer": customer["id"], "payment_method": merchant.card("4242424242424242"),
            "amount": 1, "currency": "JPY", "interval": "month"
        }),
    );
    let path = format!("/subscriptions/{}", made["id"].as_str().unwrap());
    merchant.post(&path, &json!({"amount": 2}));
    assert_eq!(next("customer.subscription.updated")["amount"], 2);
    assert_eq!(books(&sandbox, "events").len(), 6);
}

#[test]
fn a_delivery_is_the_same_letter_until_any_2xx() {
    let sandbox = Running::start();
    sandbox.freeze();
    let (merchant, shop) = (Merchant::of(&sandbox), Shop::open());
    register(&sandbox, &shop, &json!({}));
    merchant.paid(&json!({}));
    let first = shop.next_answered(500);
    let mut wait = 10;
    for (count, status) in [(1, 302), (2, 404), (3, 204)] {
        tries(&sandbox, 1, count);
        sandbox.advance(wait);
        let again = shop.next_answered(status);
        assert_eq!(
            (&again.body, signature(&again)),
            (&first.body, signature(&first))
        );
        wait *= 2;
    }
    let delivery = tries(&sandbox, 1, 4);
    sandbox.advance(1_000_000);
    assert_eq!(delivery["state"], "delivered");
    assert_eq!(delivery["kind"], "event");
    assert!(shop.heard_nothing());
    sandbox.post("/_sandbox/deliveries/1/redeliver", &json!({}));
    assert_eq!(shop.next_answered(200).body, first.body);
}

#[test]
fn endpoints_hear_what_they_asked_for_and_until_they_go() {
    let sandbox = Running::start();
    let merchant = Merchant::of(&sandbox);
    let (some, all) = (Shop::open(), Shop::open());
    let few = register(&sandbox, &some, &json!({"events": ["payment.failed"]}));
    let every = register(&sandbox, &all, &json!({}));
    let listed = sandbox.get("/_sandbox/ipay/webhook_endpoints");
    let ids = |listed: &Value| -> Vec<Value> {
        let all = listed["webhook_endpoints"].as_array().unwrap();
        all.iter().map(|it| it["id"].clone()).collect()
    };
    assert_eq!(json!(ids(&listed)), json!([few, every]));
    merchant.paid(&json!({}));
    assert_eq!(all.next_answered(200).json()["type"], "payment.succeeded");
    let path = format!("/_sandbox/ipay/webhook_endpoints/{every}");
    assert_eq!(sandbox.http("DELETE", &path, &[], "").status, 200);
    assert_eq!(sandbox.http("DELETE", &path, &[], "").status, 404);
    merchant.pay(&merchant.card("4000000000000002"), &json!({}));
    assert_eq!(some.next_answered(200).json()["type"], "payment.failed");
    assert!(all.heard_nothing() && some.heard_nothing());
    for body in [
        json!({"url": "ftp://127.0.0.1/"}),
        json!({"url": "x"}),
        json!({}),
        json!({"url": "http://127.0.0.1/", "events": ["payment.lost"]}),
        json!({"url": "http://127.0.0.1/", "evnets": []}),
    ] {
        let reply = sandbox.http(
            "POST",
            "/_sandbox/ipay/webhook_endpoints",
            &[],
            &body.to_string(),
        );
        assert_eq!(reply.status, 400, "{body}");
    }
}

#[test]
fn what_waits_for_an_endpoint_ends_with_it() {
    let sandbox = Running::start();
    let (merchant, shop) = (Merchant::of(&sandbox), Shop::open());
    let endpoint = register(&sandbox, &shop, &json!({}));
    merchant.paid(&json!({}));
    shop.next_answered(503);
    tries(&sandbox, 1, 1);
    let path = format!("/_sandbox/ipay/webhook_endpoints/{endpoint}");
    assert_eq!(sandbox.http("DELETE", &path, &[], "").status, 200);
    let ended = sandbox.get("/_sandbox/deliveries")["deliveries"][0].clone();
    assert_eq!(
        (&ended["state"], &ended["next_try"]),
        (&json!("ended"), &Value::Null)
    );
    sandbox.advance(1_000_000);
    assert!(shop.heard_nothing());
}

#[test]
fn events_come_out_of_order_if_they_are_told_to() {
    let sandbox = Running::start();
    let (merchant, shop) = (Merchant::of(&sandbox), Shop::open());
    register(&sandbox, &shop, &json!({}));
    sandbox.post("/_sandbox/deliveries/hold", &json!({}));
    let paid = merchant.paid(&json!({}));
    merchant.post("/refunds", &json!({"payment": paid}));
    sandbox.post("/_sandbox/deliveries/reorder", &json!({"ids": [2, 1]}));
    sandbox.post("/_sandbox/deliveries/release", &json!({}));
    let told: Vec<Value> = (0..2)
        .map(|_| shop.next_answered(200).json()["type"].clone())
        .collect();
    assert_eq!(
        json!(told),
        json!(["payment.refunded", "payment.succeeded"])
    );
}

#[test]
fn a_new_secret_signs_what_comes_after_it() {
    let sandbox = Running::start();
    let (merchant, shop) = (Merchant::of(&sandbox), Shop::open());
    register(&sandbox, &shop, &json!({}));
    let made = sandbox.post("/_sandbox/ipay/webhook_secret/rotate", &json!({}));
    let secret = made["webhook_secret"].as_str().unwrap();
    let mut account = sandbox.line["ipay"].clone();
    assert_ne!(secret, account["webhook_secret"]);
    account["webhook_secret"] = json!(secret);
    assert_eq!(sandbox.get("/_sandbox/ipay/account"), account);
    merchant.paid(&json!({}));
    let received = shop.next_answered(200);
    assert_eq!(signature(&received), hex(secret, received.body.as_bytes()));
}
