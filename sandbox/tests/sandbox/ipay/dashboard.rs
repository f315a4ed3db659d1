//! iPay's half of the dashboard.

use serde_json::{Value, json};

use super::merchant::Merchant;
use crate::client::form;
use crate::running::Running;
use crate::shop::Shop;

fn page(sandbox: &Running, view: &str, pairs: &[(&str, &str)]) -> String {
    let mut all = vec![("lang", "en"), ("view", view)];
    all.extend_from_slice(pairs);
    let reply = sandbox.http("GET", &format!("/?{}", form(&all)), &[], "");
    assert_eq!(reply.status, 200, "{view}");
    reply.body
}

/// Presses a button of what is open; answers what is said of it.
fn press(sandbox: &Running, view: &str, id: &str, act: &str) -> String {
    let own = format!("Origin: http://{}", sandbox.host);
    let body = form(&[("view", view), ("id", id), ("act", act), ("lang", "en")]);
    let reply = sandbox.http("POST", "/_sandbox/dashboard", &[&own], &body);
    assert_eq!(reply.status, 303);
    let address = reply.header("location").unwrap();
    address.split_once("said=").unwrap().1.to_owned()
}

fn lines(page: &str) -> usize {
    page.matches("<li><a id=\"line-").count()
}

fn id(reply: &Value) -> String {
    reply["id"].as_str().unwrap().to_owned()
}

#[test]
fn payments_customers_and_cards_are_listed_searched_and_escaped() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let nasty = "<script>alert(1)</script> 4242424242424242";
    let customer = json!({"name": nasty, "email": "a@shop.test", "metadata": {"tier": nasty}});
    let customer = id(&shop.post("/customers", &customer));
    let card = shop.card("4242424242424242");
    let more = json!({
        "customer": customer, "description": nasty,
        "metadata": {"orderId": "A-1", "note": nasty}
    });
    let payment = id(&shop.pay(&card, &more).json());
    shop.pay(&shop.card("4000000000009995"), &json!({"currency": "JPY"}));
    for (view, query, count) in [
        ("payments", "", 2),
        ("payments", "order:A-1", 1),
        ("payments", "status:failed", 1),
        ("payments", "insufficient", 1),
        ("payments", "2,999", 1),
        ("payments", &format!("id:{customer}"), 1),
        ("customers", "", 1),
        ("customers", "a@shop.test", 1),
        ("requests", "service:ipay", 7),
        ("requests", "service:zaif", 0),
        ("requests", "status:declined", 1),
    ] {
        let list = page(&sandbox, view, &[("q", query)]);
        assert_eq!(lines(&list), count, "{view} {query}");
    }
    for (view, open, there) in [
        ("payments", &payment, "29.99 USD"),
        ("payments", &payment, "visa •••• 4242"),
        ("customers", &customer, "a@shop.test"),
        ("customers", &customer, "•••4242"),
    ] {
        let shown = page(&sandbox, view, &[("id", open)]);
        assert!(shown.contains(there), "{there}");
        assert!(shown.contains("&#60;script&#62;"), "escaped");
        for absent in [
            "<script>alert",
            "4242424242424242",
            "pay_secret",
            "_secret_",
        ] {
            assert!(!shown.contains(absent), "{absent}");
        }
    }
    let cards = page(&sandbox, "cards", &[]);
    for part in [
        ">4242424242424242<",
        "is declined (lost_card)",
        "needs 3-D Secure",
    ] {
        assert!(cards.contains(part), "{part}");
    }
}

#[test]
fn buttons_do_what_a_customer_or_a_bank_can_and_only_that() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let asking = || id(&shop.pay(&shop.card("4000002500003155"), &json!({})).json());
    let bank = id(&shop.post("/payment_methods", &json!({"type": "bank_transfer"})));
    let on_its_way = || id(&shop.pay(&bank, &json!({})).json());
    let settled = on_its_way();
    for (payment, act, status) in [
        (asking(), "authenticate", "succeeded"),
        (asking(), "refuse", "failed"),
        (settled.clone(), "payment_arrives", "succeeded"),
        (on_its_way(), "payment_fails", "failed"),
    ] {
        let shown = page(&sandbox, "payments", &[("id", &payment)]);
        assert!(shown.contains(&format!("value=\"{act}\"")), "{act}");
        assert_eq!(press(&sandbox, "payments", &payment, act), "done");
        assert_eq!(shop.status(&payment), status, "{act}");
        assert_eq!(press(&sandbox, "payments", &payment, act), "not_possible");
        let shown = page(&sandbox, "payments", &[("id", &payment)]);
        assert!(!shown.contains(&format!("value=\"{act}\"")), "{act}");
    }
    let refund = id(&shop.post("/refunds", &json!({"payment": settled, "amount": 500})));
    let of_payment = page(&sandbox, "payments", &[("id", &settled)]);
    assert!(
        of_payment.contains("5.00 USD · pending"),
        "a link to the refund"
    );
    assert_eq!(press(&sandbox, "payments", &refund, "refund_fails"), "done");
    assert_eq!(shop.get(&format!("/refunds/{refund}"))["status"], "failed");
    assert_eq!(press(&sandbox, "payments", &settled, "dispute"), "done");
    let disputed = page(&sandbox, "payments", &[("q", "status:disputed")]);
    assert_eq!(lines(&disputed), 1);
    assert_eq!(
        press(&sandbox, "payments", "pay_none", "dispute"),
        "not_possible"
    );
}

#[test]
fn requests_are_shown_masked_and_copied_with_variables() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let payment = shop.paid(&json!({"metadata": {"orderId": "A-1"}}));
    let secret = shop.get(&format!("/payments/{payment}"))["client_secret"].clone();
    let mut all = String::new();
    for seq in ["1", "2", "3", "4"] {
        all.push_str(&page(&sandbox, "requests", &[("id", seq)]));
    }
    for part in [
        "$IPAY_API_KEY:$IPAY_API_SECRET",
        "Bearer $IPAY_PUBLISHABLE_KEY",
        "$IPAY_NUMBER",
        "$IPAY_CVC",
        "os.environ",
        "process.env",
        "HTTP 200",
    ] {
        assert!(all.contains(part), "{part}");
    }
    let ipay = &sandbox.line["ipay"];
    for hidden in [
        &ipay["key"],
        &ipay["secret"],
        &ipay["publishable_key"],
        &secret,
        &json!("4242424242424242"),
    ] {
        assert!(!all.contains(hidden.as_str().unwrap()), "masked");
    }
    let found = page(&sandbox, "requests", &[("q", &payment)]);
    assert_eq!(lines(&found), 2, "what made it and what read it");
}

#[test]
fn events_are_shown_without_secrets_and_sent_again() {
    let sandbox = Running::start();
    let (shop, server) = (Merchant::of(&sandbox), Shop::open());
    let url = json!({"url": server.url("/webhooks/ipay")});
    sandbox.post("/_sandbox/ipay/webhook_endpoints", &url);
    let payment = shop.paid(&json!({"metadata": {"orderId": "A-1"}}));
    let first = server.next_answered(200);
    while sandbox.get("/_sandbox/deliveries")["deliveries"][0]["state"] != "delivered" {
        std::thread::yield_now();
    }
    let pairs = [("id", "1"), ("q", "event:payment.succeeded order:A-1")];
    let shown = page(&sandbox, "deliveries", &pairs);
    assert_eq!(lines(&shown), 1);
    let secret = first.json()["data"]["client_secret"].clone();
    assert!(!shown.contains(secret.as_str().unwrap()));
    for part in ["ipay-signature: ", "event · payment.succeeded", "HTTP 200"] {
        assert!(shown.contains(part), "{part}");
    }
    let payment = format!("view=payments&#38;id={}", payment.replace('_', "%5F"));
    assert!(shown.contains(&payment), "{payment}");
    assert_eq!(press(&sandbox, "deliveries", "1", "redeliver"), "done");
    assert_eq!(server.next_answered(200).body, first.body);
    assert_eq!(press(&sandbox, "faults", "", "duplicate_webhook"), "done");
    assert_eq!(server.next_answered(200).body, first.body);
}

#[test]
fn a_lost_answer_by_one_click() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let card = shop.card("4242424242424242");
    assert_eq!(press(&sandbox, "faults", "", "lost_charge"), "done");
    let body = json!({"amount": 1, "currency": "JPY", "payment_method": card, "confirm": true});
    let headers = [shop.basic.as_str(), super::merchant::JSON];
    let path = "/api/payments";
    let lost = crate::client::exchange(&shop.host, "POST", path, &headers, &body.to_string());
    assert!(lost.is_err());
    assert_eq!(lines(&page(&sandbox, "payments", &[])), 1);
    assert!(page(&sandbox, "requests", &[]).contains("no_answer"));
}
