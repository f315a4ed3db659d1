//! What the clock alone brings about: subscriptions, disputes, and the account's lines.

use serde_json::{Value, json};

use super::merchant::{Merchant, books};
use crate::running::Running;

fn subscribed(shop: &Merchant, number: &str, interval: &str) -> String {
    let customer = shop.post("/customers", &json!({}));
    let made = shop.post(
        "/subscriptions",
        &json!({
            "customer": customer["id"], "payment_method": shop.card(number),
            "amount": 980, "currency": "JPY", "interval": interval,
            "metadata": {"plan": "basic"}
        }),
    );
    assert_eq!(
        (&made["status"], &made["object"]),
        (&json!("active"), &json!("subscription"))
    );
    made["id"].as_str().unwrap().to_owned()
}

fn events(sandbox: &Running, kind: &str) -> usize {
    let all = books(sandbox, "events");
    all.iter().filter(|event| event["type"] == kind).count()
}

#[test]
fn a_subscription_is_paid_at_the_end_of_every_interval() {
    let sandbox = Running::start();
    sandbox.freeze();
    let shop = Merchant::of(&sandbox);
    let id = subscribed(&shop, "4242424242424242", "week");
    assert!(books(&sandbox, "payments").is_empty());
    sandbox.advance(7 * 86_400 - 1);
    assert!(books(&sandbox, "payments").is_empty());
    sandbox.advance(1);
    let paid = books(&sandbox, "payments");
    assert_eq!(paid.len(), 1);
    assert_eq!(
        (&paid[0]["status"], &paid[0]["amount"], &paid[0]["metadata"]),
        (&json!("succeeded"), &json!(980), &json!({"plan": "basic"}))
    );
    let path = format!("/subscriptions/{id}");
    let seen = shop.get(&path);
    assert_eq!(seen["latest_payment"], paid[0]["id"]);
    assert_eq!(
        seen["current_period_start"].as_u64().unwrap() + 7 * 86_400,
        seen["current_period_end"].as_u64().unwrap()
    );
    sandbox.advance(3 * 7 * 86_400);
    assert_eq!(books(&sandbox, "payments").len(), 4);
    assert_eq!(events(&sandbox, "customer.subscription.updated"), 4);
    // Each payment is as old as the end of its period.
    let created: Vec<u64> = books(&sandbox, "payments")
        .iter()
        .map(|it| it["created"].as_u64().unwrap())
        .collect();
    assert!(
        created
            .windows(2)
            .all(|pair| pair[1] - pair[0] == 7 * 86_400)
    );
    assert_eq!(shop.post(&path, &json!({"amount": 1_980}))["amount"], 1_980);
    sandbox.advance(7 * 86_400);
    assert_eq!(books(&sandbox, "payments")[4]["amount"], 1_980);
    let ended = shop.send("DELETE", &path, &json!({})).json();
    assert_eq!(ended["status"], "canceled");
    assert_eq!(shop.refused(&path, &json!({"amount": 1})).0, 409);
    sandbox.advance(70 * 86_400);
    assert_eq!(books(&sandbox, "payments").len(), 5);
    assert_eq!(shop.get("/subscriptions")["data"], json!([ended]));
}

#[test]
fn a_subscription_that_cannot_be_paid_is_past_due_until_it_can() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    for (number, reason) in [
        ("4000000000009995", "insufficient_funds"),
        ("4000002500003155", "authentication_required"),
    ] {
        let id = subscribed(&shop, number, "day");
        sandbox.advance(86_400);
        let path = format!("/subscriptions/{id}");
        let seen = shop.get(&path);
        assert_eq!(seen["status"], "past_due");
        let failed = shop.get(&format!(
            "/payments/{}",
            seen["latest_payment"].as_str().unwrap()
        ));
        assert_eq!(
            (&failed["status"], &failed["failure_code"]),
            (&json!("failed"), &json!(reason))
        );
        shop.post(
            &path,
            &json!({"payment_method": shop.card("4242424242424242")}),
        );
        sandbox.advance(86_400);
        assert_eq!(shop.get(&path)["status"], "active");
        shop.send("DELETE", &path, &json!({}));
    }
}

#[test]
fn a_dispute_comes_by_the_clock_or_by_hand_and_once() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let method = shop.card("4000000000000259");
    let made = shop.pay(&method, &json!({})).json();
    sandbox.advance(3_599);
    assert_eq!(events(&sandbox, "payment.disputed"), 0);
    sandbox.advance(1);
    assert_eq!(events(&sandbox, "payment.disputed"), 1);
    let path = |id: &Value| format!("/_sandbox/ipay/payments/{}/dispute", id.as_str().unwrap());
    assert_eq!(
        sandbox.http("POST", &path(&made["id"]), &[], "").status,
        409
    );
    let other = json!(shop.paid(&json!({})));
    assert_eq!(sandbox.post(&path(&other), &json!({}))["disputed"], true);
    assert_eq!(events(&sandbox, "payment.disputed"), 2);
    assert_eq!(
        sandbox.http("POST", &path(&json!("pay_x")), &[], "").status,
        404
    );
}

#[test]
fn every_movement_of_money_is_a_line_of_the_account() {
    let sandbox = Running::start();
    sandbox.freeze();
    let shop = Merchant::of(&sandbox);
    let start = sandbox.get("/_sandbox/clock")["now"].as_u64().unwrap();
    let charge = shop.paid(&json!({}));
    sandbox.advance(10);
    let capture = shop.paid(&json!({"capture_method": "manual"}));
    shop.post(
        &format!("/payments/{capture}/capture"),
        &json!({"amount": 1000}),
    );
    sandbox.advance(10);
    let refund = shop.post("/refunds", &json!({"payment": capture, "amount": 400}));
    sandbox.post(
        &format!("/_sandbox/ipay/payments/{charge}/dispute"),
        &json!({}),
    );
    let rows = |query: &str| -> Vec<(String, i64, String)> {
        let page = shop.get(&format!("/transactions{query}"));
        let data = page["data"].as_array().unwrap();
        data.iter()
            .map(|it| {
                let text = |name: &str| it[name].as_str().unwrap().to_owned();
                (
                    text("type"),
                    it["amount"].as_i64().unwrap(),
                    text("payment"),
                )
            })
            .collect()
    };
    let row = |kind: &str, amount: i64, id: &str| (kind.to_owned(), amount, id.to_owned());
    let all = [
        row("dispute", -2999, &charge),
        row("refund", -400, &capture),
        row("capture", 1000, &capture),
        row("charge", 2999, &charge),
    ];
    assert_eq!(rows(""), all);
    let (from, to) = (start + 10, start + 20);
    assert_eq!(rows(&format!("?from={from}")), all[..3]);
    assert_eq!(rows(&format!("?from={from}&to={to}")), all[2..3]);
    let listed = shop.get("/transactions?limit=2");
    assert_eq!(listed["has_more"], true);
    let newest = &listed["data"][0]["id"];
    let after = format!("?starting_after={}", newest.as_str().unwrap());
    assert_eq!(rows(&after), all[1..]);
    assert_eq!(listed["data"][1]["refund"], refund["id"]);
}
