//! A create whose answer is lost, under every fault: judged by the sandbox's
//! own books.

use std::time::{Duration, Instant};

use kessai::zaif::{CreateInvoice, Resumed};
use kessai::{Outcome, Yen};
use kessai_tests::{Sandbox, data};
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
        .max_retries(case["max_retries"].as_u64().unwrap_or(20))
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
    let ledger = sandbox.look("ledger");
    assert_eq!(ledger["requests"].as_array().unwrap().len(), 1);
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
    let ledger = sandbox.look("ledger");
    // Three creates, and a look before each repetition.
    assert_eq!(ledger["requests"].as_array().unwrap().len(), 5);
}
