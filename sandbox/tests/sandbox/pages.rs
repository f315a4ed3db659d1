//! The payment page, as served and as it follows the invoice.

use std::io::{BufRead, BufReader};

use serde_json::Value;

use crate::client::{Reply, send};
use crate::running::Running;

fn page(sandbox: &Running, id: &str, headers: &[&str], query: &str) -> Reply {
    let reply = sandbox.http("GET", &format!("/invoice/form/{id}{query}"), headers, "");
    assert_eq!(reply.status, 200);
    reply
}

fn press(sandbox: &Running, id: &str, act: &str) -> Reply {
    let origin = format!("Origin: http://{}", sandbox.host);
    let body = format!("act={act}&view=form&lang=en");
    sandbox.http("POST", &format!("/_sandbox/page/{id}"), &[&origin], &body)
}

#[test]
fn both_languages_are_chosen_by_address_and_browser() {
    let sandbox = Running::start();
    let id = sandbox.client().create(&[]);
    let ja = "お支払いをお待ちしています。";
    let en = "Waiting for payment.";
    for (headers, query, lang, words) in [
        (&[][..], "", "ja", ja),
        (&["Accept-Language: en-US,en;q=0.9"][..], "", "en", en),
        (&["Accept-Language: en"][..], "?lang=ja", "ja", ja),
        (&["Accept-Language: ja"][..], "?lang=en", "en", en),
    ] {
        let body = page(&sandbox, &id, headers, query).body;
        assert!(body.contains(&format!("<html lang=\"{lang}\">")));
        assert!(body.contains(words));
    }
}

#[test]
fn all_that_must_be_there_is_there_and_escaped() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[
        ("merchantName", "<script>alert(1)</script>"),
        ("itemName", "\"><img src=x>"),
        ("orderNumber", "A-1"),
        ("tax", "982"),
        ("buyerName", "見本の購入者"),
        ("buyerId", "never-shown"),
    ]);
    let looked = client.look(&id);
    let body = page(&sandbox, &id, &[], "?lang=en").body;
    let address = looked["address"].as_str().unwrap();
    for there in [
        address,
        &format!("bitcoin:{address}?amount=0.359856"),
        "0.359856",
        "¥10,800",
        "1 BTC = 30,012 yen",
        "¥982",
        &id,
        "A-1",
        "見本の購入者",
        "Exchanges deduct fees",
        "<svg id=\"qr\" role=\"img\"",
        "width=\"240\"",
        "http-equiv=\"refresh\" content=\"10\"",
        "role=\"timer\"",
        "&#60;script&#62;",
    ] {
        assert!(body.contains(there), "{there}");
    }
    for absent in ["<script>alert", "<img", "never-shown", "style=", "onclick"] {
        assert!(!body.contains(absent), "{absent}");
    }
}

#[test]
fn nothing_foreign_may_run_on_it() {
    let sandbox = Running::start();
    let id = sandbox.client().create(&[]);
    let form = page(&sandbox, &id, &[], "");
    let policy = form.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    assert!(policy.contains("require-trusted-types-for 'script'"));
    assert!(policy.ends_with("frame-ancestors 'none'"));
    assert!(!policy.contains("unsafe"));
    let frame = sandbox.http("GET", &format!("/invoice/iframe/{id}"), &[], "");
    let policy = frame.header("content-security-policy").unwrap();
    assert!(policy.contains("frame-ancestors 'self' http://localhost:*"));
    for (path, kind) in [
        ("/assets/payment.js", "text/javascript; charset=utf-8"),
        ("/assets/payment.css", "text/css; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let file = sandbox.http("GET", path, &[], "");
        assert_eq!(
            (file.status, file.header("content-type")),
            (200, Some(kind))
        );
    }
}

#[test]
fn every_state_has_its_words() {
    let sandbox = Running::start();
    let client = sandbox.client();
    sandbox.freeze();
    let live = |id: &str| sandbox.get(&format!("/invoice/status/{id}?lang=en"));
    let says = |id: &str, state: &str, words: &str| {
        let live = live(id);
        assert_eq!(
            (&live["state"], &live["headline"]),
            (&state.into(), &words.into())
        );
        assert!(page(&sandbox, id, &[], "?lang=en").body.contains(words));
    };
    let id = client.create(&[]);
    assert_eq!(live(&id)["left"], "10 min 0 s left");
    sandbox.advance(480);
    says(
        &id,
        "expiring",
        "Expiring soon. If you have sent it, please wait",
    );
    assert_eq!(press(&sandbox, &id, "pay_half").status, 303);
    says(
        &id,
        "short",
        "0.179928 BTC short. Send the rest to the same address",
    );
    let address = live(&id)["wallet"]["address"].as_str().unwrap().to_owned();
    assert!(address.ends_with("?amount=0.179928"), "{address}");
    press(&sandbox, &id, "pay_all");
    says(
        &id,
        "paid",
        "Payment seen. Awaiting confirmation, not final yet",
    );
    press(&sandbox, &id, "mine");
    says(&id, "confirmed", "Confirming (1 of 3)");
    press(&sandbox, &id, "settle");
    says(&id, "complete", "Payment complete");
    sandbox.pay(&id, Some("0.1"));
    says(&id, "over", "You paid too much. Contact the shop");
    let id = client.create(&[]);
    press(&sandbox, &id, "advance");
    says(&id, "expired", "Expired. Do not send");
    press(&sandbox, &id, "pay_more");
    says(
        &id,
        "invalid",
        "Late or short: cannot be settled automatically",
    );
    let id = client.create(&[]);
    client.call("cancelInvoice", &[("invoiceId", &id)]).unwrap();
    says(&id, "canceled", "Payment canceled");
}

#[test]
fn the_bar_leads_back_to_the_page_it_was_pressed_on() {
    let sandbox = Running::start();
    let id = sandbox.client().create(&[]);
    let reply = press(&sandbox, &id, "pay_all");
    assert_eq!(
        reply.header("location"),
        Some(format!("/invoice/form/{id}?lang=en").as_str())
    );
    assert_eq!(press(&sandbox, &id, "explode").status, 400);
    assert_eq!(press(&sandbox, "none", "pay_all").status, 400);
}

#[test]
fn buyers_return_to_the_shop_only_when_all_was_seen_and_only_to_safe_places() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let safe = client.create(&[("redirectUri", "https://shop.test/thanks?a=1&b=2")]);
    let body = page(&sandbox, &safe, &[], "").body;
    assert!(body.contains("href=\"https://shop.test/thanks?a=1&#38;b=2\""));
    assert!(body.contains("data-leaves=\"false\""));
    sandbox.pay(&safe, Some("0.1"));
    assert!(
        page(&sandbox, &safe, &[], "")
            .body
            .contains("data-leaves=\"false\"")
    );
    sandbox.pay(&safe, None);
    assert!(
        page(&sandbox, &safe, &[], "")
            .body
            .contains("data-leaves=\"true\"")
    );
    let plain = client.create(&[("redirectUri", "http://shop.test/thanks")]);
    assert!(!page(&sandbox, &plain, &[], "").body.contains("shop.test"));
}

#[test]
fn an_unknown_invoice_has_a_page_of_its_own() {
    let sandbox = Running::start();
    let reply = sandbox.http("GET", "/invoice/form/none?lang=en", &[], "");
    assert_eq!(reply.status, 404);
    assert!(reply.body.contains("Invoice not found"));
    assert_eq!(
        sandbox.http("GET", "/invoice/status/none", &[], "").status,
        404
    );
    assert_eq!(
        sandbox.http("GET", "/invoice/events/none", &[], "").status,
        404
    );
}

#[test]
fn an_open_page_hears_of_every_change() {
    let sandbox = Running::start();
    let client = sandbox.client();
    sandbox.freeze();
    let id = client.create(&[]);
    let path = format!("/invoice/events/{id}?lang=en");
    let stream = send(&sandbox.host, "GET", &path, &[], "").unwrap();
    let mut lines = BufReader::new(stream).lines();
    let mut next = || loop {
        let line = lines.next().unwrap().unwrap();
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str::<Value>(data).unwrap();
        }
    };
    assert_eq!(next()["seconds_left"], 600);
    sandbox.advance(100);
    assert_eq!(next()["seconds_left"], 500);
    sandbox.pay(&id, None);
    let seen = next();
    assert_eq!(
        (&seen["state"], &seen["leaves"]),
        (&"paid".into(), &true.into())
    );
    sandbox.mine("btc", 1);
    assert_eq!(next()["headline"], "Confirming (1 of 3)");
}
