//! Each fault as a client meets it, and what the books say about it.

use std::io::{ErrorKind, Read};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{FORM, form, outcome, send};
use crate::running::Running;

const CREATE: [(&str, &str); 3] = [
    ("currency", "btc"),
    ("amount", "100"),
    ("orderNumber", "A-1"),
];

fn with_fault(rule: &Value) -> Running {
    let sandbox = Running::start();
    sandbox.faults(&json!([rule]));
    sandbox
}

/// Whether the last request was carried out, and whether it cost a nonce.
fn last(sandbox: &Running) -> (bool, bool) {
    let rows = sandbox.requests();
    let row = rows.last().unwrap();
    assert_eq!(row["faults"].as_array().unwrap().len(), 1, "{row}");
    (
        row["executed"].as_bool().unwrap(),
        row["nonce_consumed"].as_bool().unwrap(),
    )
}

#[test]
fn message_comes_instead_of_execution() {
    let sandbox = with_fault(&json!({"fault": "message", "message": "out of order", "times": 1}));
    let client = sandbox.client();
    let pairs = [&CREATE[..], &[("nonce", "5")]].concat();
    assert_eq!(
        client.call("createInvoice", &pairs),
        Err("out of order".into())
    );
    assert_eq!(last(&sandbox), (false, false));
    assert!(client.call("createInvoice", &pairs).is_ok());
}

#[test]
fn message_after_comes_although_executed() {
    let sandbox = with_fault(&json!({"fault": "message_after", "message": "boom", "times": 1}));
    let client = sandbox.client();
    assert_eq!(client.call("createInvoice", &CREATE), Err("boom".into()));
    assert_eq!(last(&sandbox), (true, true));
    assert_eq!(sandbox.invoices().len(), 1);
}

#[test]
fn status_before_and_after_execution() {
    for (fault, executed) in [("status", false), ("status_after_execute", true)] {
        let sandbox = with_fault(&json!({
            "fault": fault, "status": 503, "headers": {"Retry-After": "3"}, "body": "<h1>no</h1>"
        }));
        let reply = sandbox.client().exchange("createInvoice", &CREATE).unwrap();
        assert_eq!(reply.status, 503);
        assert_eq!(reply.header("retry-after"), Some("3"));
        assert_eq!(reply.body, "<h1>no</h1>");
        assert_eq!(last(&sandbox), (executed, executed));
    }
}

#[test]
fn resets_are_real_ones() {
    for (fault, executed) in [
        ("reset_before_execute", false),
        ("reset_after_execute", true),
    ] {
        let sandbox = with_fault(&json!({"fault": fault}));
        let error = sandbox
            .client()
            .exchange("createInvoice", &CREATE)
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{fault}");
        assert_eq!(last(&sandbox), (executed, executed));
    }
}

#[test]
fn time_outs_hold_the_connection_in_silence() {
    for (fault, executed) in [
        ("timeout_before_execute", false),
        ("timeout_after_execute", true),
    ] {
        let sandbox = with_fault(&json!({"fault": fault}));
        let client = sandbox.client();
        let pairs = [&CREATE[..], &[("method", "createInvoice"), ("nonce", "1")]].concat();
        let [key, secret] = client.headers();
        let headers = [key.as_str(), &secret, FORM];
        let mut stream = send(&sandbox.host, "POST", "/ecapi", &headers, &form(&pairs)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_millis(300)))
            .unwrap();
        let error = stream.read(&mut [0; 16]).unwrap_err();
        assert!(matches!(
            error.kind(),
            ErrorKind::WouldBlock | ErrorKind::TimedOut
        ));
        assert_eq!(last(&sandbox), (executed, executed));
    }
}

#[test]
fn a_cut_answer_ends_in_the_middle_of_its_body() {
    let sandbox = with_fault(&json!({"fault": "cut_answer"}));
    let reply = sandbox.client().exchange("createInvoice", &CREATE).unwrap();
    let promised: usize = reply.header("content-length").unwrap().parse().unwrap();
    assert_eq!(reply.status, 200);
    assert_eq!(reply.body.len(), promised / 2);
    assert!(reply.body.starts_with("{\"success\":1"), "{}", reply.body);
    assert_eq!(reply.head.matches("content-length").count(), 1);
    assert!(reply.header("date").is_some());
    assert_eq!(last(&sandbox), (true, true));
}

#[test]
fn garbage_is_html_with_status_200() {
    for (fault, executed) in [("garbage", true), ("garbage_before_execute", false)] {
        let sandbox = with_fault(&json!({"fault": fault}));
        let reply = sandbox.client().exchange("createInvoice", &CREATE).unwrap();
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, Some("text/html"))
        );
        assert!(reply.body.starts_with("<!DOCTYPE html>"));
        assert_eq!(last(&sandbox), (executed, executed));
    }
}

#[test]
fn redirect_leads_elsewhere_before_execution() {
    let sandbox = with_fault(&json!({"fault": "redirect", "location": "http://127.0.0.1:1/x"}));
    let reply = sandbox.client().exchange("createInvoice", &CREATE).unwrap();
    assert_eq!(reply.status, 302);
    assert_eq!(reply.header("location"), Some("http://127.0.0.1:1/x"));
    assert_eq!(last(&sandbox), (false, false));
}

#[test]
fn latency_waits_and_then_carries_out() {
    let sandbox = with_fault(&json!({"fault": "latency", "ms": 200, "times": 1}));
    let start = Instant::now();
    assert!(sandbox.client().call("createInvoice", &CREATE).is_ok());
    assert!(start.elapsed() >= Duration::from_millis(200));
    assert_eq!(last(&sandbox), (true, true));
}

#[test]
fn a_slow_request_is_carried_out_even_if_its_client_gave_up() {
    let sandbox = with_fault(&json!({"fault": "latency", "ms": 300, "times": 1}));
    let client = sandbox.client();
    let pairs = [&CREATE[..], &[("method", "createInvoice"), ("nonce", "1")]].concat();
    let [key, secret] = client.headers();
    let headers = [key.as_str(), &secret, FORM];
    let stream = send(&sandbox.host, "POST", "/ecapi", &headers, &form(&pairs)).unwrap();
    while sandbox.requests().is_empty() {
        std::thread::yield_now();
    }
    drop(stream);
    assert_eq!(sandbox.invoices().len(), 0);
    while sandbox.invoices().is_empty() {
        std::thread::yield_now();
    }
    assert_eq!(last(&sandbox), (true, true));
}

#[test]
fn a_lagging_commit_is_found_only_later_in_real_time() {
    let sandbox = with_fault(&json!({"fault": "commit_lag", "seconds": 3, "times": 1}));
    let client = sandbox.client();
    let start = Instant::now();
    let id = client.create(&[("orderNumber", "A-1")]);
    sandbox.advance(100);
    let find = || client.call("getInvoiceIdsByOrderNumber", &[("orderNumber", "A-1")]);
    assert_eq!(find().unwrap()["counts"], 0);
    let hidden = Err("invalid parameter invoiceId".to_owned());
    assert_eq!(client.call("getInvoice", &[("invoiceId", &id)]), hidden);
    assert_eq!(sandbox.invoices().len(), 1);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "too slow a machine to tell"
    );
    while find().unwrap()["counts"] == 0 {
        std::thread::yield_now();
    }
    assert!(start.elapsed() >= Duration::from_millis(2_900));
    assert_eq!(find().unwrap()["invoiceIds"], json!([id]));
}

#[test]
fn delivered_twice_is_answered_with_the_second_outcome() {
    let sandbox = with_fault(&json!({"fault": "delivered_twice", "times": 1}));
    let answer = sandbox.client().call("createInvoice", &CREATE);
    assert_eq!(answer, Err("nonce not incremented".into()));
    assert_eq!(sandbox.invoices().len(), 1);
    let rows = sandbox.requests();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (&rows[0]["executed"], &rows[1]["executed"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        (&rows[0]["copy_of"], &rows[1]["copy_of"]),
        (&Value::Null, &json!(1))
    );
}

#[test]
fn rules_are_listed_with_their_counts_and_cleared() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let rule = json!({
        "match": {"method": "createInvoice", "nth": 2},
        "fault": "message", "message": "second", "times": 1
    });
    sandbox.faults(&json!([rule]));
    assert!(client.call("get_info", &[]).is_ok());
    assert!(client.call("createInvoice", &CREATE).is_ok());
    assert_eq!(client.call("createInvoice", &CREATE), Err("second".into()));
    assert!(client.call("createInvoice", &CREATE).is_ok());
    let listed = sandbox.get("/_sandbox/faults");
    assert_eq!(
        listed,
        json!({"faults": [{"rule": rule, "seen": 3, "used": 1}]})
    );
    sandbox.faults(&json!({"fault": "garbage"}));
    assert_eq!(
        sandbox.http("DELETE", "/_sandbox/faults", &[], "").status,
        200
    );
    assert_eq!(sandbox.get("/_sandbox/faults"), json!({"faults": []}));
    assert!(client.call("get_info", &[]).is_ok());
}

#[test]
fn a_mistake_in_a_rule_is_named_and_nothing_is_taken() {
    let sandbox = Running::start();
    for (rules, named) in [
        (
            json!([{"fault": "garbage"}, {"fault": "explode"}]),
            "explode",
        ),
        (json!([{"fault": "garbage", "tmies": 1}]), "tmies"),
        (json!([{"fault": "latency"}]), "ms"),
    ] {
        let reply = sandbox.http("POST", "/_sandbox/faults", &[], &rules.to_string());
        assert_eq!(reply.status, 400);
        let error = reply.json()["error"].as_str().unwrap().to_owned();
        assert!(error.contains(named), "{error}");
    }
    assert_eq!(sandbox.get("/_sandbox/faults"), json!({"faults": []}));
}

#[test]
fn a_connection_is_used_again_after_an_answer() {
    let sandbox = Running::start();
    let mut stream = std::net::TcpStream::connect(&sandbox.host).unwrap();
    for _ in 0..2 {
        let body = "method=getSupportedCurrencies";
        let host = &sandbox.host;
        let request = format!(
            "POST /ecapi HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        let mut raw = vec![0; 4096];
        let count = stream.read(&mut raw).unwrap();
        let text = String::from_utf8_lossy(&raw[..count]).into_owned();
        let json = serde_json::from_str(text.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert!(outcome(&json).is_ok());
    }
}

#[test]
fn a_reset_takes_slow_requests_with_it() {
    let sandbox = with_fault(&json!({"fault": "latency", "ms": 300, "times": 1}));
    let client = sandbox.client();
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| client.exchange("createInvoice", &CREATE));
        while sandbox.requests().is_empty() {
            std::thread::yield_now();
        }
        sandbox.post("/_sandbox/reset", &json!({}));
        let error = slow.join().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    });
    let books = sandbox.get("/_sandbox/ledger");
    assert_eq!(
        (&books["requests"], &books["invoices"]),
        (&json!([]), &json!([]))
    );
}
