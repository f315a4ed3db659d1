//! Idempotency, alone, in a crowd and under faults.

use std::thread;

use serde_json::{Value, json};

use super::merchant::{JSON, Merchant, books, refusal};
use crate::client::send;
use crate::running::Running;

fn order(method: &str) -> Value {
    json!({"amount": 100, "currency": "USD", "payment_method": method, "confirm": true})
}

#[test]
fn the_same_request_is_answered_the_same_for_a_day() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    for (number, status) in [("4242424242424242", 200), ("4000000000000002", 402)] {
        let body = order(&shop.card(number));
        let first = shop.keyed(number, "/payments", &body);
        let again = shop.keyed(number, "/payments", &body);
        assert_eq!((first.status, again.status), (status, status));
        assert_eq!(first.body, again.body);
        assert_eq!(first.header("idempotent-replayed"), None);
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
        sandbox.advance(86_399);
        assert_eq!(shop.keyed(number, "/payments", &body).body, first.body);
        sandbox.advance(1);
        assert_ne!(shop.keyed(number, "/payments", &body).body, first.body);
    }
    assert_eq!(books(&sandbox, "payments").len(), 4);
}

#[test]
fn another_request_with_the_same_key_is_422() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let body = order(&shop.card("4242424242424242"));
    let made = shop.keyed("k", "/payments", &body).json();
    let mut other = body.clone();
    other["amount"] = json!(101);
    let path = format!("/payments/{}/cancel", made["id"].as_str().unwrap());
    let reply = shop.keyed("k", "/payments", &other);
    assert_eq!(
        refusal(&reply),
        (422, "idempotency_error".into(), String::new())
    );
    assert_eq!(shop.keyed("k", &path, &body).status, 422);
    // The same object in other bytes is another request.
    let headers = [shop.basic.as_str(), JSON, "Idempotency-Key: k"];
    let spaced = format!(" {body}");
    assert_eq!(shop.raw("POST", "/payments", &headers, &spaced).status, 422);
    assert_eq!(
        shop.raw("DELETE", "/customers/cus_x", &headers, "").status,
        422
    );
    // Reading needs no key, and spoils none.
    assert_eq!(shop.raw("GET", "/account", &headers, "").status, 200);
    assert_eq!(books(&sandbox, "payments").len(), 1);
}

#[test]
fn what_was_not_carried_out_leaves_its_key_free() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let body = order(&shop.card("4242424242424242"));
    assert_eq!(
        shop.keyed("k", "/payments", &json!({"amount": 1})).status,
        400
    );
    let nobody = ["Authorization: Basic eDp5", JSON, "Idempotency-Key: k"];
    assert_eq!(shop.raw("POST", "/payments", &nobody, "{}").status, 401);
    for status in [429, 500, 503] {
        sandbox.faults(&json!({
            "match": {"service": "ipay", "route": "POST /payments"},
            "fault": "status", "status": status, "times": 1
        }));
        let reply = shop.keyed("k", "/payments", &body);
        assert_eq!(refusal(&reply).0, status);
    }
    let made = shop.keyed("k", "/payments", &body);
    assert_eq!(
        (made.status, made.header("idempotent-replayed")),
        (200, None)
    );
    assert_eq!(books(&sandbox, "payments").len(), 1);
}

#[test]
fn an_answer_that_was_lost_is_kept_all_the_same() {
    for rule in [
        json!({"fault": "reset_after_execute"}),
        json!({"fault": "cut_answer"}),
        json!({"fault": "garbage"}),
        json!({"fault": "status_after_execute", "status": 500}),
        json!({"fault": "message_after", "message": "boom"}),
        json!({"fault": "delivered_twice"}),
        json!({"fault": "commit_lag", "seconds": 3600}),
    ] {
        let sandbox = Running::start();
        let shop = Merchant::of(&sandbox);
        let body = order(&shop.card("4242424242424242"));
        let mut rule = rule;
        rule["match"] = json!({"service": "ipay", "route": "POST /payments"});
        rule["times"] = json!(1);
        sandbox.faults(&rule);
        let headers = [shop.basic.as_str(), JSON, "Idempotency-Key: k"];
        let _ = crate::client::exchange(
            &shop.host,
            "POST",
            "/api/payments",
            &headers,
            &body.to_string(),
        );
        let again = shop.keyed("k", "/payments", &body);
        assert_eq!(again.status, 200, "{rule}");
        assert_eq!(again.header("idempotent-replayed"), Some("true"), "{rule}");
        let made = books(&sandbox, "payments");
        assert_eq!(made.len(), 1, "{rule}");
        assert_eq!(made[0]["id"], again.json()["id"]);
        let rows = sandbox.requests();
        let last = rows.last().unwrap();
        assert_eq!(
            (
                &last["idempotency_key"],
                &last["replayed"],
                &last["executed"]
            ),
            (&json!("k"), &json!(true), &json!(false))
        );
    }
}

#[test]
fn while_the_first_one_runs_its_key_is_taken() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let body = order(&shop.card("4242424242424242"));
    sandbox.faults(&json!({
        "match": {"service": "ipay", "route": "POST /payments"},
        "fault": "latency", "ms": 2_000, "times": 1
    }));
    let before = sandbox.requests().len();
    let headers = [shop.basic.as_str(), JSON, "Idempotency-Key: k"];
    let text = body.to_string();
    let slow = send(&sandbox.host, "POST", "/api/payments", &headers, &text).unwrap();
    while sandbox.requests().len() == before {
        thread::yield_now();
    }
    let reply = shop.keyed("k", "/payments", &body);
    assert_eq!(
        refusal(&reply),
        (409, "idempotency_in_progress".into(), String::new())
    );
    assert_eq!(shop.keyed("k", "/payments", &json!({})).status, 422);
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut { slow }, &mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(
        shop.keyed("k", "/payments", &body)
            .header("idempotent-replayed"),
        Some("true")
    );
    assert_eq!(books(&sandbox, "payments").len(), 1);
}

fn at_once(threads: usize, act: impl Fn(usize) -> u16 + Sync) -> Vec<u16> {
    thread::scope(|scope| {
        let started: Vec<_> = (0..threads)
            .map(|number| {
                scope.spawn({
                    let act = &act;
                    move || act(number)
                })
            })
            .collect();
        started.into_iter().map(|it| it.join().unwrap()).collect()
    })
}

#[test]
fn a_crowd_with_one_key_makes_one_payment() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let body = order(&shop.card("4242424242424242"));
    let seen = at_once(32, |_| shop.keyed("k", "/payments", &body).status);
    assert_eq!(seen, vec![200; 32]);
    assert_eq!(books(&sandbox, "payments").len(), 1);
}

#[test]
fn a_crowd_never_captures_or_refunds_too_much() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let id = shop.paid(&json!({"capture_method": "manual"}));
    let path = format!("/payments/{id}/capture");
    let seen = at_once(16, |_| {
        shop.send("POST", &path, &json!({"amount": 1000})).status
    });
    assert_eq!(seen.iter().filter(|status| **status == 200).count(), 1);
    let body = json!({"payment": id, "amount": 90});
    let seen = at_once(16, |number| {
        shop.keyed(&format!("r{number}"), "/refunds", &body).status
    });
    assert_eq!(seen.iter().filter(|status| **status == 200).count(), 11);
    let refunded: u64 = books(&sandbox, "refunds")
        .iter()
        .map(|it| it["amount"].as_u64().unwrap())
        .sum();
    assert_eq!(refunded, 990);
    assert_eq!(books(&sandbox, "payments")[0]["amount_captured"], 1000);
}
