//! Who may call what.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::mac::hmac;
use super::merchant::{JSON, Merchant, refusal};
use crate::client::{FORM, Reply, form};
use crate::running::Running;

fn text(sandbox: &Running, name: &str) -> String {
    sandbox.line["ipay"][name].as_str().unwrap().to_owned()
}

fn account(shop: &Merchant, authorization: &str) -> Reply {
    let header = format!("Authorization: {authorization}");
    shop.raw("GET", "/account", &[&header], "")
}

/// The status and the code of a refusal; 200 and nothing for the account.
fn told(reply: &Reply) -> (u16, String) {
    let code = reply.json()["code"].as_str().unwrap_or_default().to_owned();
    (reply.status, code)
}

#[test]
fn the_ready_line_names_both_services() {
    let sandbox = Running::start();
    for (name, start) in [
        ("key", "test_"),
        ("secret", "secret_"),
        ("publishable_key", "pk_test_"),
        ("webhook_secret", "whsec_"),
        ("client_id", "client_"),
        ("client_secret", ""),
    ] {
        assert!(text(&sandbox, name).starts_with(start), "{name}");
    }
    assert_eq!(
        text(&sandbox, "base_url"),
        format!("http://{}/api", sandbox.host)
    );
    // A reset says the same of what there is from then on.
    let same = sandbox.post("/_sandbox/reset", &json!({}));
    assert_eq!(same, sandbox.line);
    let other = sandbox.post("/_sandbox/reset", &json!({"seed": 5}));
    assert_ne!(other["ipay"]["key"], same["ipay"]["key"]);
    assert_ne!(other["zaif"]["key"], same["zaif"]["key"]);
    assert_eq!(other, sandbox.post("/_sandbox/reset", &json!({"seed": 5})));
    assert_eq!(account(&Merchant::of(&sandbox), "Basic x").status, 401);
}

#[test]
fn basic_is_key_and_secret_and_live_keys_are_refused() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let seen = shop.get("/account");
    assert_eq!(seen["business_name"], "Sandbox Shop");
    let basic = |pair: &str| format!("Basic {}", STANDARD.encode(pair));
    let own = text(&sandbox, "key");
    for (sent, code) in [
        (basic(&format!("{own}:wrong")), "credentials_invalid"),
        (basic("live_x:secret_x"), "live_key"),
        ("Bearer live_x".to_owned(), "live_key"),
        ("Bearer pk_live_x".to_owned(), "live_key"),
        (basic("no colon"), "credentials_malformed"),
        ("Basic ???".to_owned(), "credentials_malformed"),
        ("Bearer x".to_owned(), "credentials_invalid"),
        ("Bearer ".to_owned(), "credentials_missing"),
        ("Digest x".to_owned(), "credentials_missing"),
    ] {
        let reply = account(&shop, &sent);
        assert_eq!(told(&reply), (401, code.to_owned()), "{sent}");
        assert_eq!(refusal(&reply).1, "authentication_error");
    }
    assert_eq!(shop.raw("GET", "/account", &[], "").status, 401);
}

#[test]
fn the_publishable_key_hands_cards_over_and_nothing_else_does() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    assert_eq!(shop.token("4242424242424242").status, 200);
    let refused = shop.raw("GET", "/account", &[&shop.browser], "");
    assert_eq!(told(&refused), (403, "secret_key_required".to_owned()));
    assert_eq!(refusal(&refused).1, "permission_error");
    let card = json!({"card": {
        "number": "4242424242424242", "exp_month": 12, "exp_year": 2099, "cvc": "123"
    }});
    let refused = shop.send("POST", "/tokens", &card);
    assert_eq!(told(&refused), (403, "publishable_key_required".to_owned()));
}

#[test]
fn pages_of_other_origins_may_hand_cards_over() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let asks = [
        "Origin: https://shop.test",
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: authorization, content-type",
    ];
    let reply = shop.raw("OPTIONS", "/tokens", &asks, "");
    assert_eq!(reply.status, 204);
    let header = |name| reply.header(name).unwrap();
    assert_eq!(header("access-control-allow-origin"), "*");
    assert_eq!(header("access-control-allow-methods"), "POST");
    assert!(header("access-control-allow-headers").contains("authorization"));
    for reply in [shop.token("4242424242424242"), shop.token("1")] {
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    }
    let other = shop.raw("OPTIONS", "/payments", &asks, "");
    assert_eq!(other.header("access-control-allow-origin"), None);
    assert_eq!(other.status, 405);
}

fn ask(shop: &Merchant, headers: &[&str], pairs: &[(&str, &str)]) -> Reply {
    let all = [&[FORM], headers].concat();
    shop.raw("POST", "/oauth/token", &all, &form(pairs))
}

#[test]
fn client_credentials_give_a_token_for_an_hour_of_the_clock() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let (id, secret) = (text(&sandbox, "client_id"), text(&sandbox, "client_secret"));
    let basic = STANDARD.encode(format!("{id}:{secret}"));
    let basic = format!("Authorization: Basic {basic}");
    let grant = ("grant_type", "client_credentials");
    let both = [grant, ("client_id", &id), ("client_secret", &secret)];
    let made: Vec<Value> = [ask(&shop, &[&basic], &[grant]), ask(&shop, &[], &both)]
        .iter()
        .map(Reply::json)
        .collect();
    for token in &made {
        assert_eq!(
            (&token["token_type"], &token["expires_in"]),
            (&json!("Bearer"), &json!(3600))
        );
    }
    let bearer =
        |number: usize| format!("Bearer {}", made[number]["access_token"].as_str().unwrap());
    assert_ne!(bearer(0), bearer(1));
    assert_eq!(account(&shop, &bearer(0)).status, 200);
    sandbox.advance(3_600);
    assert_eq!(account(&shop, &bearer(0)).status, 401);
    let token = ask(&shop, &[], &both).json();
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    assert_eq!(account(&shop, &bearer).status, 200);
    let revoked = sandbox.post("/_sandbox/ipay/tokens/revoke", &json!({}));
    assert_eq!(revoked, json!({"revoked": 1}));
    assert_eq!(account(&shop, &bearer).status, 401);
}

#[test]
fn wrong_requests_for_a_token_are_refused_as_the_rfc_says() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let (id, secret) = (text(&sandbox, "client_id"), text(&sandbox, "client_secret"));
    let grant = ("grant_type", "client_credentials");
    let (client, key) = (
        ("client_id", id.as_str()),
        ("client_secret", secret.as_str()),
    );
    for (headers, pairs, status, error) in [
        (vec![], vec![grant], 401, "invalid_client"),
        (
            vec![],
            vec![grant, client, ("client_secret", "x")],
            401,
            "invalid_client",
        ),
        (
            vec!["Authorization: Bearer x"],
            vec![grant],
            401,
            "invalid_client",
        ),
        (
            vec!["Authorization: Basic x"],
            vec![grant, client, key],
            400,
            "invalid_request",
        ),
        (vec![], vec![client, key], 400, "invalid_request"),
        (
            vec![],
            vec![("grant_type", "password"), client, key],
            400,
            "unsupported_grant_type",
        ),
    ] {
        let reply = ask(&shop, &headers, &pairs);
        assert_eq!(
            (reply.status, &reply.json()["error"]),
            (status, &json!(error)),
            "{pairs:?}"
        );
    }
    let reply = shop.raw("POST", "/oauth/token", &[JSON], "{}");
    assert_eq!(
        (reply.status, &reply.json()["error"]),
        (400, &json!("invalid_request"))
    );
}

pub(super) fn jwt(secret: &str, head: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(head), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(hmac(secret, signed.as_bytes()));
    format!("Bearer {signed}.{signature}")
}

#[test]
fn a_jwt_is_signed_with_the_secret_and_ends_by_the_clock() {
    let sandbox = Running::start();
    sandbox.freeze();
    let shop = Merchant::of(&sandbox);
    let now = sandbox.get("/_sandbox/clock")["now"].as_u64().unwrap();
    let (key, secret) = (text(&sandbox, "key"), text(&sandbox, "secret"));
    let head = json!({"alg": "HS256", "typ": "JWT"});
    let claims = json!({"iss": key, "exp": now + 60});
    let good = jwt(&secret, &head, &claims);
    assert_eq!(account(&shop, &good).status, 200);
    let changed = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        jwt(&secret, &head, &claims)
    };
    let flipped = format!("{}A", &good[..good.len() - 1]);
    for (token, code) in [
        (jwt("other", &head, &claims), "token_invalid"),
        (
            jwt(&secret, &json!({"alg": "none"}), &claims),
            "token_invalid",
        ),
        (
            jwt(&secret, &json!({"alg": "HS512"}), &claims),
            "token_invalid",
        ),
        (changed("iss", json!("test_other")), "token_invalid"),
        (changed("exp", json!(now)), "token_expired"),
        (changed("exp", json!("soon")), "token_invalid"),
        (changed("exp", Value::Null), "token_invalid"),
        (changed("nbf", json!(now + 1)), "token_invalid"),
        ("Bearer a.b.c".to_owned(), "token_invalid"),
        (format!("{good}="), "token_invalid"),
    ] {
        assert_eq!(
            told(&account(&shop, &token)),
            (401, code.to_owned()),
            "{token}"
        );
    }
    assert!(flipped == good || account(&shop, &flipped).status == 401);
    sandbox.advance(60);
    assert_eq!(
        told(&account(&shop, &good)),
        (401, "token_expired".to_owned())
    );
}

#[test]
fn errors_can_stand_under_error() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let modes = sandbox.post("/_sandbox/ipay/modes", &json!({"errors": "nested"}));
    assert_eq!(modes, json!({"errors": "nested"}));
    let reply = shop.raw("GET", "/payments/pay_none", &[&shop.basic], "");
    assert_eq!(reply.json()["error"]["type"], "not_found");
    assert_eq!(reply.json()["message"], Value::Null);
    let wrong = sandbox.http("POST", "/_sandbox/ipay/modes", &[], r#"{"errors": "x"}"#);
    assert_eq!(wrong.status, 400);
}
