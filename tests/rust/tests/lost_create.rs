//! A create whose answer is lost, under every fault: judged by the sandbox's
//! own books.

use std::time::{Duration, Instant, SystemTime};

use kessai::nonce::Nonce;
use kessai::zaif::{Client, CreateInvoice, Resumed};
use kessai::{Outcome, Yen};
use kessai_tests::{Act, Sandbox, Scripted, data, json as scripted_json};
use serde_json::{Value, json};

fn run(case: &Value) {
    let name = case["name"].as_str().unwrap();
    let sandbox = Sandbox::start();
    sandbox.act("faults", &case["rules"]);
    let seconds = |field: &str| Duration::from_secs(case[field].as_u64().unwrap());
    let client = sandbox
        .client()
        .settle(seconds("settle"))
        .timeout(seconds("timeout"))
        .max_retries(u32::try_from(case["max_retries"].as_u64().unwrap_or(20)).unwrap())
        .build()
        .unwrap();
    let order = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");

    let result = client.create_invoice(&order);

    let books = sandbox.invoices_of("A-1");
    assert_eq!(json!(books.len()), case["live"], "{name}: {result:?}");
    let said = match &result {
        Ok(invoice) if invoice.adopted => "adopted",
        Ok(_) => "made",
        Err(error) => error.code().as_str(),
    };
    assert_eq!(said, case["result"], "{name}: {result:?}");
    match result {
        Ok(invoice) => assert_eq!(json!(invoice.invoice_id), books[0]["invoice_id"], "{name}"),
        Err(error) => {
            assert_eq!(
                json!(error.outcome().as_str()),
                case["outcome"],
                "{name}: {error}"
            );
            let handle = error.resume().map(str::to_owned);
            assert_eq!(
                handle.is_some(),
                error.outcome() == Outcome::Unknown,
                "{name}"
            );
            if let Some(handle) = handle {
                let resumed = match client.resume(&handle).unwrap() {
                    Resumed::Done { invoice, others } => {
                        assert!(others.is_empty(), "{name}");
                        assert_eq!(json!(invoice.invoice_id), books[0]["invoice_id"], "{name}");
                        "done"
                    }
                    Resumed::NotDone => "not_done",
                };
                assert_eq!(resumed, case["resume"], "{name}");
            }
        }
    }
}

#[test]
fn never_makes_two_invoices_and_never_loses_one() {
    let cases = data("scenarios/lost_create.json");
    std::thread::scope(|scope| {
        for case in cases["cases"].as_array().unwrap() {
            scope.spawn(move || run(case));
        }
    });
}

#[test]
fn without_an_order_number_it_is_reported_and_not_repeated() {
    let sandbox = Sandbox::start();
    sandbox.fault(
        &json!({"match": {"method": "createInvoice"}, "fault": "reset_before_execute", "times": 1}),
    );
    let client = sandbox.client().build().unwrap();
    let request = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500));
    let error = client.create_invoice(&request).unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.resume(), None);
    assert_eq!(sandbox.calls(), ["createInvoice"]);
}

#[test]
fn two_live_invoices_are_named_oldest_first() {
    let sandbox = Sandbox::start();
    let client = sandbox
        .client()
        .settle(Duration::from_secs(1))
        .build()
        .unwrap();
    let order = CreateInvoice::new("mona".parse().unwrap(), Yen::new(500)).order_number("A-1");
    let first = client.create_invoice(&order).unwrap();
    sandbox.act("clock", &json!({"advance": 5}));
    let second = client.create_invoice(&order).unwrap();
    assert_ne!(
        first.invoice_id, second.invoice_id,
        "the service checks no order numbers"
    );
    sandbox.fault(
        &json!({"match": {"method": "createInvoice"}, "fault": "reset_before_execute", "times": 1}),
    );
    let error = client.create_invoice(&order).unwrap_err();
    assert_eq!(error.kind(), kessai::ErrorKind::DuplicateInvoice);
    assert_eq!(error.invoice_ids(), [first.invoice_id, second.invoice_id]);
}

#[test]
fn a_lost_cancel_is_made_certain() {
    for fault in [
        "reset_after_execute",
        "reset_before_execute",
        "garbage",
        "delivered_twice",
        "cut_answer",
    ] {
        let sandbox = Sandbox::start();
        let client = sandbox.client().build().unwrap();
        let order = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");
        let invoice = client.create_invoice(&order).unwrap();
        sandbox.fault(&json!({"match": {"method": "cancelInvoice"}, "fault": fault, "times": 1}));
        let canceled = client.cancel_invoice(&invoice.invoice_id).unwrap();
        assert_eq!(
            canceled.status,
            Some(kessai::zaif::Status::Canceled),
            "{fault}"
        );
        assert_eq!(
            sandbox.invoices_of("A-1")[0]["status"],
            "canceled",
            "{fault}"
        );
    }
}

#[test]
fn a_cancel_is_refused_once_money_is_seen() {
    let sandbox = Sandbox::start();
    let client = sandbox.client().build().unwrap();
    let order = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");
    let invoice = client.create_invoice(&order).unwrap();
    sandbox.act(
        &format!("zaif/invoices/{}/pay", invoice.invoice_id),
        &json!({}),
    );
    let error = client.cancel_invoice(&invoice.invoice_id).unwrap_err();
    assert_eq!(error.code(), kessai::Code::ZaifMoneySeen);
    assert_eq!(error.outcome(), Outcome::NotDone);
    let canceled = client
        .cancel_invoice_even_if_money_seen(&invoice.invoice_id)
        .unwrap();
    assert_eq!(canceled.status, Some(kessai::zaif::Status::Canceled));
}

#[test]
fn a_service_that_is_busy_is_not_pressed() {
    let sandbox = Sandbox::start();
    sandbox.fault(&json!({"match": {"method": "createInvoice"}, "fault": "status", "status": 429, "times": 2}));
    let client = sandbox
        .client()
        .timeout(Duration::from_secs(30))
        .build()
        .unwrap();
    let order = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");
    let began = Instant::now();
    client.create_invoice(&order).unwrap();
    assert!(began.elapsed() >= Duration::from_secs(2));
    let (create, find) = ("createInvoice", "getInvoiceIdsByOrderNumber");
    assert_eq!(sandbox.calls(), [create, find, create, find, create]);
}

#[test]
fn a_resume_fences_with_a_nonce_above_the_lost_creates() {
    // The create went out with the clock of a host that runs ahead.
    let nonce =
        |r: &String| -> Option<Nonce> { r.split("nonce=").nth(1)?.split('&').next()?.parse().ok() };
    let ahead = SystemTime::now() + Duration::from_secs(200);
    let dated = |body: &str| {
        Act::Answer(
            format!(
                "HTTP/1.1 200 OK\r\ndate: {}\r\ncontent-length: {}\r\n\r\n{body}",
                httpdate::fmt_http_date(ahead),
                body.len()
            )
            .into_bytes(),
        )
    };
    let none = r#"{"success":1,"return":{"invoiceIds":null,"counts":0}}"#;
    let server = Scripted::start([
        dated(none),
        Act::Close,
        Act::Close,
        scripted_json(none),
        scripted_json(none),
    ]);
    let client = Client::builder("sandbox_key", "sandbox_secret")
        .trust_clock(true)
        .endpoint(server.url())
        .max_retries(0)
        .build()
        .unwrap();
    client.find_invoice_ids("A-1").unwrap();
    let order = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");
    let error = client.create_invoice(&order).unwrap_err();
    // The resume goes out from another process, which knows nothing of that.
    let path = std::env::temp_dir().join(format!("kessai-resume-{}", std::process::id()));
    let elsewhere = Client::builder("sandbox_key", "sandbox_secret")
        .trust_clock(true)
        .endpoint(server.url())
        .nonces(format!("file:{}", path.display()))
        .settle(Duration::from_millis(10))
        .build()
        .unwrap();
    let resumed = elsewhere.resume(error.resume().unwrap()).unwrap();
    std::fs::remove_file(path).unwrap();
    assert_eq!(resumed, Resumed::NotDone);
    let nonces: Vec<_> = server.requests().iter().filter_map(nonce).collect();
    assert!(nonces[3] > nonces[1], "{nonces:?}");
}

#[test]
fn a_resume_takes_no_older_invoice_for_its_own() {
    let sandbox = Sandbox::start();
    let client = sandbox
        .client()
        .settle(Duration::from_secs(1))
        .max_retries(0)
        .build()
        .unwrap();
    let order = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");
    client.create_invoice(&order).unwrap();
    // Long enough ago that it ran out before the next create was sent.
    sandbox.act("clock", &json!({"advance": 1_200}));
    client.find_invoice_ids("A-1").unwrap();
    client.find_invoice_ids("A-1").unwrap();
    sandbox.fault(
        &json!({"match": {"method": "createInvoice"}, "fault": "reset_before_execute", "times": 1}),
    );
    sandbox.fault(&json!({"match": {"method": "getInvoiceIdsByOrderNumber"}, "fault": "status", "status": 503, "times": 1}));
    let error = client.create_invoice(&order).unwrap_err();
    assert_eq!(
        client.resume(error.resume().unwrap()).unwrap(),
        Resumed::NotDone
    );
}

#[test]
fn an_invoice_that_is_not_the_one_asked_for_is_named() {
    let other = r#"{"success":1,"return":{"invoiceId":"a-1","created":1,"expired":2,"amount":6,"currency":"btc","rate":"1","btc":"1","address":"x"}}"#;
    for request in [
        CreateInvoice::new("btc".parse().unwrap(), Yen::new(5)),
        CreateInvoice::new("btc".parse().unwrap(), Yen::new(5)).order_number("A-1"),
    ] {
        let server = Scripted::start([scripted_json(other)]);
        let client = Client::builder("sandbox_key", "sandbox_secret")
            .trust_clock(true)
            .endpoint(server.url());
        let error = client
            .build()
            .unwrap()
            .create_invoice(&request)
            .unwrap_err();
        assert_eq!(error.outcome(), Outcome::Done);
        assert_eq!(error.invoice_ids(), ["a-1"]);
    }
}

#[test]
fn a_cancel_needs_to_know_that_no_money_was_seen() {
    for status in ["\"partially_paid\"", "null", "\"invalid\""] {
        let invoice = format!(
            r#"{{"success":1,"return":{{"invoiceId":"a-1","created":1,"expired":2,"status":{status},"amount":6,"currency":"btc","rate":"1","btc":"1","address":"x"}}}}"#
        );
        let server = Scripted::start([scripted_json(&invoice)]);
        let client = Client::builder("sandbox_key", "sandbox_secret")
            .trust_clock(true)
            .endpoint(server.url());
        let error = client.build().unwrap().cancel_invoice("a-1").unwrap_err();
        assert_eq!(error.code(), kessai::Code::ZaifMoneySeen, "{status}");
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[test]
fn a_bad_handle_says_nothing_about_the_call() {
    let sandbox = Sandbox::start();
    let client = sandbox.client().build().unwrap();
    let error = client.resume("no.handle").unwrap_err();
    assert_eq!(error.param(), Some("handle"));
    assert_eq!(error.outcome(), Outcome::Unknown);
}
