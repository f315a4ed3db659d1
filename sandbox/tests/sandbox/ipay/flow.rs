//! The table of statuses, row by row.

use serde_json::json;

use super::merchant::{Merchant, books, refusal};
use crate::running::Running;

fn invalid(param: &str) -> (u16, String, String) {
    (400, "invalid_request".into(), param.into())
}

fn state() -> (u16, String, String) {
    (409, "invalid_state".into(), String::new())
}

#[test]
fn without_a_method_then_confirmed_with_one() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let made = shop.post("/payments", &json!({"amount": 5, "currency": "jpy"}));
    assert_eq!(made["status"], "requires_payment_method");
    assert_eq!(
        (&made["currency"], &made["object"]),
        (&json!("jpy"), &json!("payment"))
    );
    let path = format!("/payments/{}/confirm", made["id"].as_str().unwrap());
    assert_eq!(shop.refused(&path, &json!({})), invalid("payment_method"));
    let method = shop.card("5555555555554444");
    let paid = shop.post(&path, &json!({"payment_method": method}));
    assert_eq!(
        (&paid["status"], &paid["amount_captured"]),
        (&json!("succeeded"), &json!(5))
    );
    assert_eq!(shop.refused(&path, &json!({})), state());
}

#[test]
fn with_a_method_confirmed_later_and_captured_in_part() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let method = shop.card("4242424242424242");
    let more = json!({"confirm": false, "capture_method": "manual"});
    let made = shop.pay(&method, &more).json();
    assert_eq!(made["status"], "requires_confirmation");
    let path = |act: &str| format!("/payments/{}/{act}", made["id"].as_str().unwrap());
    assert_eq!(shop.refused(&path("capture"), &json!({})), state());
    assert_eq!(
        shop.post(&path("confirm"), &json!({}))["status"],
        "requires_capture"
    );
    assert_eq!(
        shop.refused(&path("capture"), &json!({"amount": 3000})),
        invalid("amount")
    );
    let captured = shop.post(&path("capture"), &json!({"amount": 1000}));
    assert_eq!(
        (&captured["status"], &captured["amount_captured"]),
        (&json!("succeeded"), &json!(1000))
    );
    assert_eq!(shop.refused(&path("capture"), &json!({})), state());
    assert_eq!(shop.refused(&path("cancel"), &json!({})), state());
}

#[test]
fn three_d_secure_is_accepted_refused_or_fails() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    for (number, asked, ok, end) in [
        ("4000002500003155", false, true, "succeeded"),
        ("4000002500003155", true, true, "succeeded"),
        ("4000002500003155", true, false, "failed"),
        ("4000000000003055", true, true, "succeeded"),
        ("4000008400001280", true, true, "failed"),
        ("4000008260003178", true, true, "failed"),
    ] {
        let more = json!({"confirmation_token": asked});
        let made = shop.pay(&shop.card(number), &more).json();
        assert_eq!(made["status"], "requires_action", "{number}");
        let (id, secret) = (&made["id"], &made["client_secret"]);
        let (id, secret) = (id.as_str().unwrap(), secret.as_str().unwrap());
        assert_eq!(
            made["next_action"],
            json!({"type": "redirect_to_url", "redirect_to_url": {"url": format!(
                "http://{}/ipay/authenticate/{id}?client_secret={secret}", sandbox.host
            )}})
        );
        let path = format!("/_sandbox/ipay/payments/{id}/authenticate");
        sandbox.post(&path, &json!({"ok": ok}));
        let seen = shop.get(&format!("/payments/{id}"));
        assert_eq!(
            (&seen["status"], &seen["next_action"]),
            (&json!(end), &json!(null))
        );
        let again = sandbox.http("POST", &path, &[], r#"{"ok": true}"#);
        assert_eq!(again.status, 409);
    }
    let frictionless = shop.pay(&shop.card("4000000000003055"), &json!({}));
    assert_eq!(frictionless.json()["status"], "succeeded");
    let plain = shop.pay(
        &shop.card("4242424242424242"),
        &json!({"confirmation_token": true}),
    );
    assert_eq!(plain.json()["status"], "succeeded");
}

#[test]
fn a_decline_is_402_and_names_the_failed_payment() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let cards = sandbox.get("/_sandbox/ipay/cards");
    let mut seen = 0;
    for card in cards["cards"].as_array().unwrap() {
        let Some(reason) = card["outcome"]["declines"].as_str() else {
            continue;
        };
        seen += 1;
        let reply = shop.pay(&shop.card(card["number"].as_str().unwrap()), &json!({}));
        assert_eq!(refusal(&reply), (402, "card_error".into(), String::new()));
        let body = reply.json();
        assert_eq!(
            (&body["code"], &body["decline_code"]),
            (&json!("card_declined"), &json!(reason))
        );
        let failed = shop.get(&format!(
            "/payments/{}",
            body["payment"]["id"].as_str().unwrap()
        ));
        assert_eq!(
            (&failed["status"], &body["payment"]["status"]),
            (&json!("failed"), &json!("failed"))
        );
        assert_eq!(failed["failure_code"], reason);
    }
    assert_eq!(seen, 9);
}

#[test]
fn a_bank_transfer_is_on_its_way_until_the_clock_or_a_clerk_says_so() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let method = shop.post("/payment_methods", &json!({"type": "bank_transfer"}));
    let method = method["id"].as_str().unwrap();
    let pay = || {
        let made = shop.pay(method, &json!({})).json();
        assert_eq!(made["status"], "processing");
        made["id"].as_str().unwrap().to_owned()
    };
    let (by_clock, by_hand, lost) = (pay(), pay(), pay());
    let cancel = format!("/payments/{by_clock}/cancel");
    assert_eq!(shop.refused(&cancel, &json!({})), state());
    let settle = |id: &str, ok: bool| {
        sandbox.post(
            &format!("/_sandbox/ipay/payments/{id}/settle"),
            &json!({"ok": ok}),
        );
    };
    settle(&by_hand, true);
    settle(&lost, false);
    assert_eq!(
        (shop.status(&by_hand), shop.status(&lost)),
        ("succeeded".into(), "failed".into())
    );
    sandbox.advance(86_400);
    assert_eq!(
        (shop.status(&by_clock), shop.status(&lost)),
        ("succeeded".into(), "failed".into())
    );
    // Refunds take the same time, and may fail.
    let refund = || shop.post("/refunds", &json!({"payment": by_hand, "amount": 999}));
    let (first, second) = (refund(), refund());
    assert_eq!(first["status"], "pending");
    let path = format!(
        "/_sandbox/ipay/refunds/{}/settle",
        first["id"].as_str().unwrap()
    );
    assert_eq!(
        sandbox.post(&path, &json!({"ok": false}))["status"],
        "failed"
    );
    sandbox.advance(86_400);
    let second = shop.get(&format!("/refunds/{}", second["id"].as_str().unwrap()));
    assert_eq!(second["status"], "succeeded");
    let payment = shop.get(&format!("/payments/{by_hand}"));
    assert_eq!(payment["amount_refunded"], 999);
    let manual = json!({"capture_method": "manual"});
    assert_eq!(
        refusal(&shop.pay(method, &manual)),
        invalid("capture_method")
    );
}

#[test]
fn cancel_ends_what_is_not_paid() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let (plain, asks) = (shop.card("4242424242424242"), shop.card("4000002500003155"));
    for (method, more) in [
        (&plain, json!({"confirm": false})),
        (&plain, json!({"capture_method": "manual"})),
        (&asks, json!({})),
    ] {
        let id = shop.pay(method, &more).json()["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let path = format!("/payments/{id}/cancel");
        assert_eq!(shop.post(&path, &json!({}))["status"], "canceled");
        assert_eq!(shop.refused(&path, &json!({})), state());
        assert_eq!(shop.refused("/refunds", &json!({"payment": id})), state());
    }
    assert!(books(&sandbox, "transactions").is_empty());
}

#[test]
fn refunds_never_exceed_what_was_captured() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let id = shop.paid(&json!({}));
    let refund = |more: serde_json::Value| {
        let mut body = json!({"payment": id});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    };
    let part = shop.post(
        "/refunds",
        &refund(json!({"amount": 1500, "reason": "partial_ship"})),
    );
    assert_eq!(
        (&part["status"], &part["reason"]),
        (&json!("succeeded"), &json!("partial_ship"))
    );
    assert_eq!(
        shop.refused("/refunds", &refund(json!({"amount": 1500}))),
        invalid("amount")
    );
    let rest = shop.post("/refunds", &refund(json!({})));
    assert_eq!(
        (&rest["amount"], &rest["reason"]),
        (&json!(1499), &json!("requested_by_customer"))
    );
    assert_eq!(shop.refused("/refunds", &refund(json!({}))), state());
    let listed = shop.get(&format!("/refunds?payment={id}"));
    assert_eq!(listed["data"].as_array().unwrap().len(), 2);
    assert_eq!(
        shop.get(&format!("/payments/{id}"))["amount_refunded"],
        2999
    );
}
