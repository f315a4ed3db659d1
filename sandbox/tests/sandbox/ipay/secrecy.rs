//! Card numbers, codes and secrets are in no output.

use serde_json::json;

use super::merchant::{JSON, Merchant};
use crate::client::{FORM, form};
use crate::running::Running;

/// Nobody's, and none of the test cards: a number that somebody typed in all the same.
const TYPED: &str = "4111111111111111";
const CODE: &str = "9173";

#[test]
fn card_numbers_codes_and_secrets_are_shown_nowhere() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let card = |number: &str| json!({"card": {"number": number, "exp_month": 12, "exp_year": 2099, "cvc": CODE}});
    for body in [
        card("378282246310005").to_string(),
        card(TYPED).to_string(),
        format!("{{\"card\":{{\"number\":{TYPED},\"cvc\":{CODE}"),
        format!("{{\"card\":{{\"\\u0063vc\":\"{CODE}\",\"n\\u0075mber\":\"{TYPED}\"}}}}"),
        format!("number={TYPED}&cvc={CODE}"),
    ] {
        for who in [&shop.browser, &shop.basic] {
            shop.raw("POST", "/tokens", &[who, JSON], &body);
            shop.raw("POST", "/payment_methods", &[who, JSON], &body);
        }
    }
    let key = format!("Idempotency-Key: {TYPED}");
    let headers = [shop.basic.as_str(), JSON, &key];
    shop.raw(
        "POST",
        &format!("/payments/{TYPED}/confirm"),
        &headers,
        "{}",
    );
    shop.raw(
        "GET",
        &format!("/payments?{TYPED}=1&number={TYPED}"),
        &headers,
        "",
    );
    let made = shop.paid(&json!({"metadata": {"note": TYPED}, "description": TYPED}));
    let secret = shop.get(&format!("/payments/{made}"))["client_secret"].clone();
    let own = |name: &str| sandbox.line["ipay"][name].as_str().unwrap().to_owned();
    let (id, client_secret) = (own("client_id"), own("client_secret"));
    let pairs = [
        ("grant_type", "client_credentials"),
        ("client_id", id.as_str()),
        ("client_secret", client_secret.as_str()),
    ];
    let token = shop
        .raw("POST", "/oauth/token", &[FORM], &form(&pairs))
        .json();
    let token = token["access_token"].as_str().unwrap().to_owned();
    let bearer = format!("Authorization: Bearer {token}");
    shop.raw("GET", "/account", &[&bearer], "");

    let mut shown = vec![sandbox.get("/_sandbox/ledger").to_string()];
    for row in sandbox.requests() {
        let path = format!("/?view=requests&id={}", row["seq"]);
        shown.push(sandbox.http("GET", &path, &[], "").body);
    }
    for view in ["requests", "deliveries", "invoices", "faults"] {
        shown.push(sandbox.http("GET", &format!("/?view={view}"), &[], "").body);
    }
    let basic = shop.basic.trim_start_matches("Authorization: Basic ");
    assert!(shown.iter().any(|page| page.contains("POST /api/tokens")));
    let hidden = [
        TYPED,
        CODE,
        "378282246310005",
        basic,
        &own("key"),
        &own("secret"),
        &own("publishable_key"),
        &client_secret,
        &token,
        secret.as_str().unwrap(),
    ];
    for text in &shown {
        for hidden in hidden {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
    }
    // The number and the code of a card are not even kept.
    let kept = sandbox.get("/_sandbox/snapshot").to_string();
    assert!(!kept.contains("378282246310005") && !kept.contains(CODE));
    let rows = sandbox.requests();
    assert!(rows.iter().any(|row| row["idempotency_key"] == "•••1111"));
}
