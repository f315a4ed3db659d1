//! Every fault on a payment: what was carried out, and what a repeat with its key does.

use serde_json::{Value, json};

use super::merchant::{JSON, Merchant, books};
use crate::client::{exchange, send};
use crate::running::Running;

fn order(shop: &Merchant) -> String {
    let body = json!({
        "amount": 100, "currency": "USD",
        "payment_method": shop.card("4242424242424242"), "confirm": true
    });
    body.to_string()
}

fn fault(sandbox: &Running, mut rule: Value) {
    rule["match"] = json!({"service": "ipay", "route": "POST /payments"});
    rule["times"] = json!(1);
    sandbox.faults(&rule);
}

/// Waits until the last request was carried out, or was not and never will be.
fn settled(sandbox: &Running, arrived: usize, executed: bool) {
    loop {
        let rows = sandbox.requests();
        if rows.len() > arrived && rows[arrived]["executed"] == executed {
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn what_was_carried_out_is_answered_again_and_what_was_not_is_done() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let before = [
        json!({"fault": "timeout_before_execute"}),
        json!({"fault": "reset_before_execute"}),
        json!({"fault": "garbage_before_execute"}),
        json!({"fault": "redirect", "location": "http://127.0.0.1:1/"}),
        json!({"fault": "message", "message": "no"}),
        json!({"fault": "status", "status": 429, "headers": {"Retry-After": "3"}}),
    ];
    let after = [
        json!({"fault": "timeout_after_execute"}),
        json!({"fault": "reset_after_execute"}),
        json!({"fault": "reset_in_answer"}),
        json!({"fault": "cut_answer"}),
        json!({"fault": "wrong_length", "by": 5}),
        json!({"fault": "slow_drip", "ms": 50}),
        json!({"fault": "garbage"}),
        json!({"fault": "huge_body"}),
        json!({"fault": "endless_headers"}),
        json!({"fault": "gzip_bomb", "bytes": 1_000_000}),
        json!({"fault": "deep_json"}),
        json!({"fault": "redirect_after_execute", "location": "http://127.0.0.1:1/"}),
        json!({"fault": "message_after", "message": "no"}),
        json!({"fault": "status_after_execute", "status": 503}),
    ];
    let (done, left) = (after.len(), before.len());
    let all = before.into_iter().map(|rule| (rule, false));
    let all = all.chain(after.into_iter().map(|rule| (rule, true)));
    for (number, (rule, executed)) in all.enumerate() {
        let body = order(&shop);
        fault(&sandbox, rule.clone());
        let key = format!("Idempotency-Key: k{number}");
        let headers = [shop.basic.as_str(), JSON, &key];
        let arrived = sandbox.requests().len();
        let lost = send(&sandbox.host, "POST", "/api/payments", &headers, &body).unwrap();
        settled(&sandbox, arrived, executed);
        drop(lost);
        let again = shop.raw("POST", "/payments", &headers, &body);
        assert_eq!(again.status, 200, "{rule}");
        assert_eq!(
            again.header("idempotent-replayed").is_some(),
            executed,
            "{rule}"
        );
        assert_eq!(books(&sandbox, "payments").len(), number + 1, "{rule}");
    }
    assert_eq!(books(&sandbox, "payments").len(), done + left);
}

#[test]
fn the_service_speaks_in_its_own_words() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let rule = |rule: Value| {
        sandbox.faults(&rule);
        shop.raw("GET", "/account", &[&shop.basic], "")
    };
    let limited = rule(json!({
        "match": {"service": "ipay"}, "fault": "status", "status": 429,
        "headers": {"Retry-After": "7"}, "times": 1
    }));
    assert_eq!(
        (limited.status, limited.header("retry-after")),
        (429, Some("7"))
    );
    assert_eq!(limited.json()["type"], "rate_limited");
    let message = rule(json!({"fault": "message", "message": "out of order", "times": 1}));
    let body = message.json();
    assert_eq!(message.status, 500);
    assert_eq!(
        (&body["message"], &body["type"]),
        (&json!("out of order"), &json!("api_error"))
    );
    let own = rule(json!({"fault": "status", "status": 502, "body": "<h1>", "times": 1}));
    assert_eq!((own.status, own.body.as_str()), (502, "<h1>"));
    let deep = rule(json!({"fault": "deep_json", "depth": 3, "times": 1}));
    assert_eq!(deep.body, r#"{"data":[[[]]]}"#);
}

#[test]
fn late_twice_cut_off_or_not_visible_yet() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    // Executed a second after it arrived: meanwhile its repeat was.
    let body = order(&shop);
    fault(
        &sandbox,
        json!({"fault": "execute_later", "seconds": 1, "reset": true}),
    );
    let headers = [shop.basic.as_str(), JSON, "Idempotency-Key: late"];
    let arrived = sandbox.requests().len();
    assert!(exchange(&sandbox.host, "POST", "/api/payments", &headers, &body).is_err());
    assert_eq!(shop.raw("POST", "/payments", &headers, &body).status, 200);
    while sandbox.requests()[arrived]["replayed"] != true {
        std::thread::yield_now();
    }
    assert_eq!(books(&sandbox, "payments").len(), 1);
    // Without a key a second copy is a second payment.
    let body = order(&shop);
    fault(&sandbox, json!({"fault": "delivered_twice"}));
    shop.raw("POST", "/payments", &[&shop.basic, JSON], &body);
    assert_eq!(books(&sandbox, "payments").len(), 3);
    let rows = sandbox.requests();
    let last = rows.last().unwrap();
    assert_eq!(last["copy_of"], rows[rows.len() - 2]["seq"]);
    // Cut off while it is read: it never arrived.
    let arrived = rows.len();
    let body = order(&shop);
    let arrived = arrived + 2;
    fault(&sandbox, json!({"fault": "reset_in_request"}));
    assert!(exchange(&sandbox.host, "POST", "/api/payments", &headers, &body).is_err());
    assert_eq!(sandbox.requests().len(), arrived);
    // Committed, yet nobody finds it for a while.
    fault(&sandbox, json!({"fault": "commit_lag", "seconds": 3600}));
    let made = shop
        .raw("POST", "/payments", &[&shop.basic, JSON], &body)
        .json();
    let path = format!("/payments/{}", made["id"].as_str().unwrap());
    assert_eq!(shop.raw("GET", &path, &[&shop.basic], "").status, 404);
    assert_ne!(shop.get("/payments")["data"][0]["id"], made["id"]);
    assert_eq!(books(&sandbox, "payments").len(), 4);
}

#[test]
fn rules_for_what_no_request_can_be_are_refused() {
    let sandbox = Running::start();
    for (matches, named) in [
        (json!({"service": "paypal"}), "paypal"),
        (json!({"route": "POST /payment"}), "POST /payment"),
        (
            json!({"service": "ipay", "method": "createInvoice"}),
            "method",
        ),
        (
            json!({"service": "zaif", "route": "POST /payments"}),
            "route",
        ),
    ] {
        let rule = json!({"match": matches, "fault": "garbage"});
        let reply = sandbox.http("POST", "/_sandbox/faults", &[], &rule.to_string());
        assert_eq!(reply.status, 400);
        assert!(reply.body.contains(named), "{}", reply.body);
    }
    // Zaif is left alone by iPay's faults.
    sandbox.faults(&json!({"match": {"service": "ipay"}, "fault": "garbage"}));
    sandbox.client().create(&[]);
}
