//! All of iPay's state goes from one process to another.

use serde_json::{Value, json};

use super::merchant::{Merchant, books};
use crate::client::{FORM, form};
use crate::running::Running;
use crate::shop::Shop;

#[test]
fn a_fresh_process_goes_on_where_another_was() {
    let (first, hook) = (Running::start(), Shop::open());
    let shop = Merchant::of(&first);
    let endpoint = json!({"url": hook.url("/hook")});
    first.post("/_sandbox/ipay/webhook_endpoints", &endpoint);
    first.post("/_sandbox/deliveries/hold", &json!({}));
    first.post("/_sandbox/ipay/modes", &json!({"errors": "nested"}));
    let body = json!({
        "amount": 100, "currency": "USD", "confirm": true,
        "payment_method": shop.card("4242424242424242")
    });
    let paid = shop.keyed("k", "/payments", &body);
    let bank = shop.post("/payment_methods", &json!({"type": "bank_transfer"}));
    let sent = shop.pay(bank["id"].as_str().unwrap(), &json!({})).json();
    let customer = shop.post("/customers", &json!({"name": "A"}));
    shop.post(
        "/subscriptions",
        &json!({
            "customer": customer["id"], "payment_method": shop.card("4242424242424242"),
            "amount": 5, "currency": "JPY", "interval": "day"
        }),
    );
    let token = shop.token("4242424242424242").json();
    let own = |name: &str| first.line["ipay"][name].as_str().unwrap().to_owned();
    let (id, secret) = (own("client_id"), own("client_secret"));
    let grant = ("grant_type", "client_credentials");
    let pairs = [grant, ("client_id", &id), ("client_secret", &secret)];
    let access = shop
        .raw("POST", "/oauth/token", &[FORM], &form(&pairs))
        .json();
    let snapshot = first.get("/_sandbox/snapshot");

    let second = Running::start();
    second.post("/_sandbox/restore", &snapshot);
    assert_eq!(second.get("/_sandbox/snapshot"), snapshot);
    assert_eq!(
        first.get("/_sandbox/ledger")["ipay"],
        second.get("/_sandbox/ledger")["ipay"]
    );
    let there = Merchant {
        host: second.host.clone(),
        ..shop
    };
    let again = there.keyed("k", "/payments", &body);
    assert_eq!((again.body, again.status), (paid.body, 200));
    let bearer = format!(
        "Authorization: Bearer {}",
        access["access_token"].as_str().unwrap()
    );
    assert_eq!(there.raw("GET", "/account", &[&bearer], "").status, 200);
    let unknown = there.raw("GET", "/payments/x", &[&there.basic], "");
    assert_eq!(unknown.json()["error"]["type"], "not_found");
    there.post(
        "/payment_methods",
        &json!({"type": "card", "token": token["id"]}),
    );
    second.advance(86_400);
    assert_eq!(there.status(sent["id"].as_str().unwrap()), "succeeded");
    assert_eq!(books(&second, "payments").len(), 3);
    second.post("/_sandbox/deliveries/release", &json!({}));
    let told: Vec<Value> = (0..5)
        .map(|_| hook.next_answered(200).json()["type"].clone())
        .collect();
    assert_eq!(told[0], "payment.succeeded");
    assert!(told.contains(&json!("customer.subscription.updated")));
}
