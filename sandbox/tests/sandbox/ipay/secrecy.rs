//! Card numbers, codes and secrets are in no output.

use std::process::Stdio;

use serde_json::json;

use super::auth::jwt;
use super::merchant::{JSON, Merchant};
use crate::client::{FORM, form};
use crate::running::Running;

/// Nobody's, and none of the test cards: a number that somebody typed in all the same.
const TYPED: &str = "4111111111111111";
const CODE: &str = "9173";

#[test]
fn card_numbers_codes_and_secrets_are_shown_nowhere() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let log = format!("{folder}/secrecy-{}.log", std::process::id());
    let error = Stdio::from(std::fs::File::create(&log).unwrap());
    let mut sandbox = Running::saying(&["--log"], error);
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
    let endpoint = json!({"url": "http://127.0.0.1:9/webhooks"});
    sandbox.post("/_sandbox/ipay/webhook_endpoints", &endpoint);
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
    let now = sandbox.get("/_sandbox/clock")["now"].as_u64().unwrap();
    let claims = json!({"iss": own("key"), "exp": now + 60});
    let signed = jwt(&own("secret"), &json!({"alg": "HS256"}), &claims);
    let (_, signed) = signed.split_once(' ').unwrap();
    for bearer in [signed, &own("webhook_secret"), "not-one-canary"] {
        let bearer = format!("Authorization: Bearer {bearer}");
        shop.raw("GET", "/account", &[&bearer], "");
    }
    let named = json!({"name": TYPED, "metadata": {"note": TYPED}, "phone": TYPED});
    let named = shop.raw(
        "POST",
        "/customers",
        &[&shop.basic, JSON],
        &named.to_string(),
    );
    let customer = named.json()["id"].as_str().unwrap().to_owned();

    let mut shown = vec![sandbox.get("/_sandbox/ledger").to_string()];
    for row in sandbox.requests() {
        let path = format!("/?view=requests&id={}", row["seq"]);
        shown.push(sandbox.http("GET", &path, &[], "").body);
    }
    let deliveries = sandbox.get("/_sandbox/deliveries");
    let deliveries = deliveries["deliveries"].as_array().unwrap().clone();
    assert!(!deliveries.is_empty());
    let lists = [
        "requests",
        "deliveries",
        "invoices",
        "faults",
        "payments",
        "customers",
    ];
    let mut views = lists.map(str::to_owned).to_vec();
    views.extend([
        format!("payments&id={made}"),
        format!("customers&id={customer}"),
    ]);
    views.extend(
        deliveries
            .iter()
            .map(|it| format!("deliveries&id={}", it["id"])),
    );
    for view in views {
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
        &own("webhook_secret"),
        &token,
        signed,
        "not-one-canary",
        secret.as_str().unwrap(),
    ];
    let rows = sandbox.requests();
    assert!(rows.iter().any(|row| row["idempotency_key"] == "•••1111"));
    // The number and the code of a card are not even kept.
    let kept = sandbox.get("/_sandbox/snapshot").to_string();
    assert!(!kept.contains("378282246310005") && !kept.contains(CODE));
    sandbox.child.kill().unwrap();
    sandbox.child.wait().unwrap();
    let logged = std::fs::read_to_string(&log).unwrap();
    std::fs::remove_file(log).unwrap();
    assert!(logged.contains("POST /api/tokens 200"), "{logged}");
    shown.push(logged);
    for text in &shown {
        for hidden in hidden {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
    }
}
