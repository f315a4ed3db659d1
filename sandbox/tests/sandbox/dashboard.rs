//! The dashboard as a browser without script meets it, and what its script is fed with.

use std::io::{BufRead, BufReader};

use serde_json::{Value, json};

use crate::client::{Reply, form, send};
use crate::ipay::merchant::Merchant;
use crate::running::Running;
use crate::shop::Shop;

fn page(sandbox: &Running, address: &str) -> String {
    let reply = sandbox.http("GET", address, &[], "");
    assert_eq!(reply.status, 200, "{address}");
    reply.body
}

fn press(sandbox: &Running, pairs: &[(&str, &str)]) -> Reply {
    let own = format!("Origin: http://{}", sandbox.host);
    sandbox.http("POST", "/_sandbox/dashboard", &[&own], &form(pairs))
}

/// Presses a button and answers where that leads.
fn led_to(sandbox: &Running, pairs: &[(&str, &str)]) -> String {
    let reply = press(sandbox, pairs);
    assert_eq!(reply.status, 303);
    reply.header("location").unwrap().to_owned()
}

/// How many lines the list has.
fn lines(page: &str) -> usize {
    page.matches("<li><a id=\"line-").count()
}

#[test]
fn both_languages_and_a_strict_policy() {
    let sandbox = Running::start();
    for (address, headers, lang, word) in [
        ("/", &[][..], "ja", "インボイス"),
        ("/", &["Accept-Language: en"][..], "en", "Invoices"),
        ("/?lang=en", &[][..], "en", "Nothing here yet."),
        ("/?lang=ja&view=faults", &[][..], "ja", "シナリオ"),
    ] {
        let reply = sandbox.http("GET", address, headers, "");
        assert_eq!(reply.status, 200);
        assert!(reply.body.contains(&format!("<html lang=\"{lang}\">")));
        assert!(reply.body.contains(word), "{word}");
        let policy = reply.header("content-security-policy").unwrap();
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "trusted-types 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        for inline in ["<style", " style=", " onclick=", "javascript:"] {
            assert!(!reply.body.contains(inline), "{inline}");
        }
        assert_eq!(reply.body.matches("<script").count(), 1);
    }
}

#[test]
fn assets_are_small_and_from_here() {
    let sandbox = Running::start();
    let mut bytes = 0;
    for name in ["dashboard.js", "dashboard.css", "icon.svg"] {
        let body = page(&sandbox, &format!("/assets/{name}"));
        for outside in ["http://", "https://", "@import", "innerHTML"] {
            let own = body.replace("http://www.w3.org/2000/svg", "");
            assert!(!own.contains(outside), "{name}: {outside}");
        }
        bytes += body.len();
    }
    assert!(bytes < 100_000, "{bytes}");
}

#[test]
fn pages_of_others_neither_see_nor_press_anything() {
    let sandbox = Running::start();
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/_sandbox/events"),
        ("POST", "/_sandbox/dashboard"),
    ] {
        for header in [
            "Host: rebound.test",
            "Origin: http://evil.test",
            "Origin: null",
        ] {
            let reply = sandbox.http(method, path, &[header], "act=hour");
            assert_eq!(reply.status, 403, "{method} {path} with {header}");
        }
    }
}

#[test]
fn lists_are_searched_with_prefixes() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let first = client.create(&[("orderNumber", "A-1")]);
    client.create(&[("orderNumber", "A-2")]);
    let _ = client.call("getInvoice", &[("invoiceId", &first), ("nonce", "1")]);
    sandbox.pay(&first, None);
    for (view, query, count) in [
        ("invoices", "", 2),
        ("invoices", "order:A-1", 1),
        ("invoices", "status:paid", 1),
        ("invoices", "status:new order:A-1", 0),
        ("invoices", &format!("id:{first}"), 1),
        ("requests", "", 3),
        ("requests", "status:refused", 1),
        ("requests", "method:createInvoice order:A", 2),
        ("requests", "incremented", 1),
        ("requests", "key:key_1", 3),
    ] {
        let pairs = form(&[("lang", "en"), ("view", view), ("q", query)]);
        let page = page(&sandbox, &format!("/?{pairs}"));
        assert_eq!(lines(&page), count, "{view} {query}");
        assert!(page.contains("Nothing matches the search.") == (count == 0));
    }
}

#[test]
fn a_request_is_shown_masked_and_copied_with_variables() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let pairs = [
        ("currency", "btc"),
        ("amount", "100"),
        ("itemName", "<script>alert(1)</script>"),
        ("key", &client.key),
        ("md5secret", &client.md5),
    ];
    client.call("createInvoice", &pairs).unwrap();
    let shown = page(&sandbox, "/?lang=en&view=requests&id=1");
    let snapshot = sandbox.get("/_sandbox/snapshot")["traffic"].to_string();
    let secret = sandbox.line["zaif"]["secret"].as_str().unwrap();
    for hidden in [client.key.as_str(), &client.md5, &client.sha1, secret] {
        assert!(!shown.contains(hidden) && !snapshot.contains(hidden));
    }
    assert!(!shown.contains("<script>alert"), "escaped");
    for part in [
        "$ZAIF_KEY",
        "$ZAIF_SHA1SECRET",
        "$ZAIF_MD5SECRET",
        "os.environ",
        "process.env",
        "HTTP 200",
    ] {
        assert!(shown.contains(part), "{part}");
    }
}

#[test]
fn a_clients_mistakes_and_lost_answers_are_told_apart() {
    let sandbox = Running::start();
    let client = sandbox.client();
    led_to(&sandbox, &[("act", "lost_answer"), ("view", "faults")]);
    let lost = client.exchange("createInvoice", &[("currency", "btc"), ("amount", "1")]);
    assert!(lost.is_err());
    assert_eq!(sandbox.invoices().len(), 1);
    let _ = client.call("get_info", &[("sha1secret", "wrong")]);
    let list = page(&sandbox, "/?lang=en&view=requests");
    for part in ["no_answer", "reset_after_execute", "signature mismatch"] {
        assert!(list.contains(part), "{part}");
    }
}

#[test]
fn scenarios_work_with_one_click() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    let en = ("lang", "en");
    for act in ["late_payment", "partial_payment"] {
        let address = led_to(&sandbox, &[("act", act), en]);
        assert!(address.ends_with("&said=no_open_invoice"), "{address}");
        assert!(page(&sandbox, &address).contains("There is no unpaid invoice"));
    }
    let none = led_to(&sandbox, &[("act", "duplicate_webhook"), en]);
    assert!(none.ends_with("&said=no_webhook"), "{none}");

    let id = client.create(&[]);
    let address = led_to(&sandbox, &[("act", "partial_payment"), en]);
    assert!(page(&sandbox, &address).contains("0.179928 BTC"));
    assert_eq!(client.status(&id), "paid");
    let about = format!("view=requests&#38;q=id%3A{}", id.replace('-', "%2D"));
    assert!(page(&sandbox, &address).contains(&about), "{about}");

    let late = client.create(&[("webhookUrl", &shop.url("/"))]);
    led_to(&sandbox, &[("act", "late_payment"), en]);
    assert_eq!(client.status(&late), "invalid");
    assert_eq!(shop.next_answered(200).json()["status"], "expired");
    assert_eq!(shop.next_answered(200).json()["status"], "invalid");
    while sandbox.get("/_sandbox/deliveries")["deliveries"][1]["state"] != "delivered" {
        std::thread::yield_now();
    }
    let address = led_to(&sandbox, &[("act", "duplicate_webhook"), en]);
    assert!(address.contains("view=deliveries&id=3&"), "{address}");
    assert_eq!(shop.next_answered(200).json()["status"], "invalid");
}

#[test]
fn buttons_turn_the_clock_hold_webhooks_and_add_rules() {
    let sandbox = Running::start();
    led_to(&sandbox, &[("act", "freeze")]);
    let before = sandbox.get("/_sandbox/clock");
    led_to(&sandbox, &[("act", "hour")]);
    let after = sandbox.get("/_sandbox/clock");
    assert_eq!(before["frozen"], true);
    assert_eq!(
        after["now"].as_u64().unwrap() - before["now"].as_u64().unwrap(),
        3_600
    );
    led_to(&sandbox, &[("act", "hold")]);
    assert_eq!(sandbox.get("/_sandbox/deliveries")["held"], true);
    let rule = r#"{"fault": "garbage"}"#;
    led_to(&sandbox, &[("act", "add_rule"), ("rule", rule)]);
    assert_eq!(
        sandbox.get("/_sandbox/faults")["faults"][0]["rule"]["fault"],
        "garbage"
    );
    let typed = r#"{"fault": "expl<b>ode"}"#;
    let bad = led_to(
        &sandbox,
        &[("act", "add_rule"), ("rule", typed), ("view", "faults")],
    );
    assert!(bad.contains("&said=bad_rule"), "{bad}");
    let again = page(&sandbox, &bad);
    assert!(
        again.contains("unknown fault `expl&#60;b&#62;ode`"),
        "named"
    );
    led_to(&sandbox, &[("act", "clear_faults")]);
    assert_eq!(sandbox.get("/_sandbox/faults"), json!({"faults": []}));
    let unknown = led_to(&sandbox, &[("act", "explode")]);
    assert!(unknown.ends_with("&said=not_possible"), "{unknown}");
}

#[test]
fn deliveries_show_every_try_and_are_sent_again() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    let id = client.create(&[("webhookUrl", &shop.url("/hook")), ("orderNumber", "A-1")]);
    sandbox.pay(&id, None);
    shop.next_answered(503);
    let tries = |sandbox: &Running| {
        let all = sandbox.get("/_sandbox/deliveries");
        all["deliveries"][0]["tries"].as_array().map(Vec::len)
    };
    while tries(&sandbox) != Some(1) {
        std::thread::yield_now();
    }
    sandbox.advance(10);
    shop.next_answered(200);
    while tries(&sandbox) != Some(2) {
        std::thread::yield_now();
    }
    let shown = page(&sandbox, "/?lang=en&view=deliveries&q=event%3Apaid&id=1");
    assert_eq!(lines(&shown), 1);
    for part in [
        "HTTP 503",
        "HTTP 200",
        "delivered",
        "/hook",
        "2 tries",
        "A-1",
    ] {
        assert!(shown.contains(part), "{part}");
    }
    let pairs = [
        ("act", "redeliver"),
        ("view", "deliveries"),
        ("id", "1"),
        ("lang", "en"),
    ];
    let address = led_to(&sandbox, &pairs);
    assert_eq!(address, "/?lang=en&view=deliveries&id=2&said=done");
    assert_eq!(shop.next_answered(200).json()["status"], "paid");
}

/// The count of changes that comes next.
fn next(news: &mut impl Iterator<Item = String>) -> u64 {
    let data = news.find_map(|line| Some(line.strip_prefix("data: ")?.to_owned()));
    data.unwrap().parse().unwrap()
}

#[test]
fn news_come_at_once_and_after_every_change() {
    let sandbox = Running::start();
    let listen = || {
        let stream = send(&sandbox.host, "GET", "/_sandbox/events", &[], "").unwrap();
        BufReader::new(stream).lines().map_while(Result::ok)
    };
    let mut news = listen();
    let start = next(&mut news);
    let id = sandbox.client().create(&[]);
    let made = next(&mut news);
    assert!(made > start);
    drop(news);
    // Away while something happens: the first thing heard is newer.
    sandbox.pay(&id, None);
    assert!(next(&mut listen()) > made);
}

/// An endpoint, and payments and a refund that wait for somebody.
fn something_of_ipay(sandbox: &Running, shop: &Shop) {
    let merchant = Merchant::of(sandbox);
    // It hears of nothing: the newest delivery stays the invoice's.
    let endpoint = json!({"url": shop.url("/webhooks/ipay"), "events": ["customer.created"]});
    sandbox.post("/_sandbox/ipay/webhook_endpoints", &endpoint);
    let bank = merchant.post("/payment_methods", &json!({"type": "bank_transfer"}));
    let bank = bank["id"].as_str().unwrap();
    let settled = merchant.pay(bank, &json!({})).json()["id"].clone();
    let settle = format!(
        "/_sandbox/ipay/payments/{}/settle",
        settled.as_str().unwrap()
    );
    sandbox.post(&settle, &json!({"ok": true}));
    merchant.post("/refunds", &json!({"payment": settled}));
    merchant.pay(bank, &json!({}));
    merchant.pay(&merchant.card("4000002500003155"), &json!({}));
    merchant.paid(&json!({}));
}

#[test]
fn every_control_path_has_an_example_that_works() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    let id = client.create(&[("webhookUrl", &shop.url("/"))]);
    sandbox.post("/_sandbox/deliveries/hold", &json!({}));
    sandbox.pay(&id, Some("0.1"));
    something_of_ipay(&sandbox, &shop);
    let shown = page(&sandbox, "/_sandbox/?lang=en");
    assert!(page(&sandbox, "/_sandbox/?lang=ja").contains("コントロールAPI"));
    assert_eq!(shown.matches("<script").count(), 0);
    let decoded = shown.replace("&#34;", "\"").replace("&#39;", "'");
    let examples: Vec<&str> = decoded
        .split("<pre tabindex=\"0\">")
        .skip(1)
        .filter_map(|part| part.split("</pre>").next())
        .collect();
    assert!(examples.len() >= 38, "{}", examples.len());
    for example in examples {
        let (_, rest) = example.split_once("http://").unwrap();
        let (address, body) = rest.split_once(" -d '").unwrap_or((rest, ""));
        let (_, path) = address.split_once('/').unwrap();
        // A stream without end, and a file that is not there.
        if path == "_sandbox/events" || path.contains("--data-binary") {
            continue;
        }
        let method = match example {
            it if it.contains("-X DELETE") => "DELETE",
            it if it.contains("-X POST") || !body.is_empty() => "POST",
            _ => "GET",
        };
        let body = body.trim_end_matches('\'');
        let reply = sandbox.http(method, &format!("/{path}"), &[], body);
        // Its delivery is made by the one before, which is not under way: held.
        assert_eq!(reply.status, 200, "{example}: {}", reply.body);
    }
}

#[test]
fn everything_starts_over_with_one_button() {
    let sandbox = Running::start();
    sandbox.client().create(&[]);
    let address = led_to(&sandbox, &[("act", "reset"), ("view", "faults")]);
    assert!(address.ends_with("&said=done"), "{address}");
    assert!(sandbox.invoices().is_empty());
}

#[test]
fn at_most_five_hundred_lines_and_older_bodies_are_let_go() {
    let sandbox = Running::start();
    for _ in 0..510 {
        let body = "method=getSupportedCurrencies";
        assert_eq!(sandbox.http("POST", "/ecapi", &[], body).status, 200);
    }
    let list = page(&sandbox, "/?lang=en&view=requests");
    assert_eq!(lines(&list), 500);
    assert!(list.contains("The newest 500 of 510 are shown"));
    let oldest = page(&sandbox, "/?lang=en&view=requests&id=1");
    assert!(oldest.contains("Only the last 500 are kept in full."));
    let kept = sandbox.get("/_sandbox/snapshot");
    assert_eq!(kept["traffic"].as_array().map(Vec::len), Some(500));
    assert_ne!(kept["traffic"][0]["answer"], Value::Null);
}
