//! The pages that customers see of iPay.

use serde_json::{Value, json};

use super::merchant::Merchant;
use crate::client::{FORM, Reply, form};
use crate::running::Running;

const ASKS: &str = "4000002500003155";

/// A payment that asks the customer: its answer, and the path of its page.
fn asking(sandbox: &Running, shop: &Merchant, more: &Value) -> (Value, String) {
    let payment = shop.pay(&shop.card(ASKS), more).json();
    assert_eq!(payment["status"], "requires_action");
    let url = payment["next_action"]["redirect_to_url"]["url"].as_str();
    let url = url.unwrap().to_owned();
    let path = url.strip_prefix(&format!("http://{}", sandbox.host));
    (payment.clone(), path.unwrap().to_owned())
}

fn decide(sandbox: &Running, payment: &Value, act: &str, back: &str, origin: &str) -> Reply {
    let id = payment["id"].as_str().unwrap();
    let secret = payment["client_secret"].as_str().unwrap();
    let body = form(&[
        ("client_secret", secret),
        ("return_url", back),
        ("lang", "en"),
        ("act", act),
    ]);
    let path = format!("/ipay/authenticate/{id}");
    let origin = format!("Origin: {origin}");
    sandbox.http("POST", &path, &[&origin, FORM], &body)
}

#[test]
fn the_customer_authenticates_or_refuses_and_returns_to_the_shop() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let own = format!("http://{}", sandbox.host);
    for (act, more, status) in [
        ("accept", json!({}), "succeeded"),
        (
            "accept",
            json!({"capture_method": "manual"}),
            "requires_capture",
        ),
        ("refuse", json!({}), "failed"),
    ] {
        let (payment, path) = asking(&sandbox, &shop, &more);
        let id = payment["id"].as_str().unwrap();
        let page = sandbox.http("GET", &format!("{path}&lang=en"), &[], "");
        assert_eq!(page.status, 200);
        for there in [
            "29.99 USD",
            "Sandbox Shop",
            "visa •••• 3155",
            "Authenticate",
            "Refuse",
        ] {
            assert!(page.body.contains(there), "{there}");
        }
        let back = "http://localhost:1/thanks?order=1";
        let done = decide(&sandbox, &payment, act, back, &own);
        let to = format!("{back}&payment={id}");
        assert_eq!(
            (done.status, done.header("location")),
            (303, Some(to.as_str()))
        );
        assert_eq!(shop.status(id), status);
        // What was decided stays so, and is shown.
        assert_eq!(decide(&sandbox, &payment, "accept", "", &own).status, 303);
        assert_eq!(shop.status(id), status);
        let again = sandbox.http("GET", &format!("{path}&lang=en"), &[], "");
        assert!(!again.body.contains("name=\"act\""));
    }
}

#[test]
fn only_who_was_sent_by_the_shop_sees_a_payment_or_decides_it() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let (payment, path) = asking(&sandbox, &shop, &json!({}));
    let id = payment["id"].as_str().unwrap();
    let status = |path: &str| sandbox.http("GET", path, &[], "").status;
    assert_eq!(status(&path), 200);
    assert_eq!(status(&format!("/ipay/authenticate/{id}")), 403);
    assert_eq!(
        status(&format!("/ipay/authenticate/{id}?client_secret=x")),
        403
    );
    assert_eq!(status("/ipay/authenticate/pay_x?client_secret=x"), 404);
    let own = format!("http://{}", sandbox.host);
    let mut other = payment.clone();
    other["client_secret"] = json!("x");
    assert_eq!(decide(&sandbox, &other, "accept", "", &own).status, 403);
    for origin in ["https://shop.test", "null"] {
        assert_eq!(decide(&sandbox, &payment, "accept", "", origin).status, 403);
    }
    assert_eq!(decide(&sandbox, &payment, "explode", "", &own).status, 400);
    assert_eq!(shop.status(id), "requires_action");
}

#[test]
fn customers_are_sent_to_this_machine_only() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let own = format!("http://{}", sandbox.host);
    let (payment, path) = asking(&sandbox, &shop, &json!({}));
    for bad in [
        "https://shop.test/",
        "//shop.test/",
        "javascript:alert(1)",
        "http://localhost@shop.test/",
        "http://localhost/\r\nx: y",
    ] {
        let query = form(&[("return_url", bad), ("lang", "en")]);
        let page = sandbox.http("GET", &format!("{path}&{query}"), &[], "");
        assert_eq!(page.status, 400, "{bad}");
        assert!(page.body.contains("The return address cannot be used"));
        assert_eq!(
            decide(&sandbox, &payment, "accept", bad, &own).status,
            400,
            "{bad}"
        );
    }
    assert_eq!(
        shop.status(payment["id"].as_str().unwrap()),
        "requires_action"
    );
}

#[test]
fn what_a_shop_sends_is_text_on_the_page_and_nothing_foreign_runs() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let more = json!({"description": "<script>alert(1)</script>\"><img src=x>"});
    let (_, path) = asking(&sandbox, &shop, &more);
    let back = form(&[("return_url", "http://localhost:7/x?a=\"><img>")]);
    let refused = sandbox.http("GET", &format!("{path}&{back}&lang=en"), &[], "");
    let back = form(&[("return_url", "http://localhost:7/x?a='&b=1")]);
    let page = sandbox.http("GET", &format!("{path}&{back}&lang=en"), &[], "");
    for reply in [&refused, &page] {
        for absent in ["<script>alert", "<img", "style=", "onclick"] {
            assert!(!reply.body.contains(absent), "{absent}");
        }
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none';"), "{policy}");
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"));
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("form-action 'self' http://localhost:7;"),
        "{policy}"
    );
    assert!(page.body.contains("&#60;script&#62;"));
    assert!(page.body.contains("a=&#39;&#38;b=1"));
}

#[test]
fn both_languages() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let (_, path) = asking(&sandbox, &shop, &json!({}));
    let page = |headers: &[&str], more: &str| {
        sandbox
            .http("GET", &format!("{path}{more}"), headers, "")
            .body
    };
    assert!(page(&[], "").contains("<html lang=\"ja\">"));
    assert!(page(&[], "").contains("認証する"));
    assert!(page(&["Accept-Language: en"], "").contains("<html lang=\"en\">"));
    assert!(page(&["Accept-Language: en"], "&lang=ja").contains("拒否する"));
}

fn card_page(sandbox: &Running, pairs: &[(&str, &str)]) -> Reply {
    sandbox.http("GET", &format!("/ipay/card?{}", form(pairs)), &[], "")
}

#[test]
fn the_card_page_hands_over_to_this_machine_only_and_escapes_what_it_was_given() {
    let sandbox = Running::start();
    let nasty = "\"><script>alert(1)</script>";
    let back = ("return_url", "http://localhost:7/cards?a='");
    let page = card_page(
        &sandbox,
        &[
            back,
            ("publishable_key", nasty),
            ("state", nasty),
            ("lang", "en"),
        ],
    );
    assert_eq!(page.status, 200);
    assert!(
        page.body
            .contains("action=\"http://localhost:7/cards?a=&#39;\"")
    );
    assert!(
        page.body
            .contains("value=\"&#34;&#62;&#60;script&#62;alert(1)")
    );
    for absent in ["<script>alert", "style=", "onclick"] {
        assert!(!page.body.contains(absent), "{absent}");
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(
        policy.contains("form-action 'self' http://localhost:7;"),
        "{policy}"
    );
    assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
    let key = ("publishable_key", "pk_test_x");
    for bad in [
        "",
        "https://shop.test/",
        "//localhost/",
        "javascript:alert(1)",
        "http://a@localhost/",
    ] {
        let page = card_page(&sandbox, &[key, ("return_url", bad)]);
        assert_eq!(page.status, 400, "{bad}");
    }
    assert_eq!(card_page(&sandbox, &[back]).status, 400);
}

#[test]
fn every_test_card_is_on_the_card_page() {
    let sandbox = Running::start();
    let cards = sandbox.get("/_sandbox/ipay/cards");
    let pairs = [
        ("publishable_key", "pk_test_x"),
        ("return_url", "http://localhost/"),
    ];
    let page = card_page(&sandbox, &pairs).body;
    for card in cards["cards"].as_array().unwrap() {
        let number = card["number"].as_str().unwrap();
        assert!(page.contains(&format!("value=\"{number}\"")), "{number}");
    }
}
