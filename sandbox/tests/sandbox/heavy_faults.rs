//! Faults that are hard on a client's memory, patience or parser.

use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::client::{FORM, form, send};
use crate::running::Running;

const CREATE: [(&str, &str); 2] = [("currency", "btc"), ("amount", "100")];

/// A sandbox with this fault and a connection on which a createInvoice was sent.
fn provoked(rule: &Value) -> (Running, TcpStream) {
    let sandbox = Running::start();
    sandbox.faults(rule);
    let stream = create(&sandbox, "1");
    (sandbox, stream)
}

fn create(sandbox: &Running, nonce: &str) -> TcpStream {
    let pairs = [
        &CREATE[..],
        &[("method", "createInvoice"), ("nonce", nonce)],
    ]
    .concat();
    let [key, secret] = sandbox.client().headers();
    let headers = [key.as_str(), &secret, FORM];
    send(&sandbox.host, "POST", "/ecapi", &headers, &form(&pairs)).unwrap()
}

/// The head, and the body as far as it came.
fn answer(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw).unwrap();
    let end = raw.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(raw[..end].to_vec()).unwrap();
    (head, raw[end + 4..].to_vec())
}

fn executed(sandbox: &Running) -> bool {
    let rows = sandbox.requests();
    rows.last().unwrap()["executed"].as_bool().unwrap()
}

#[test]
fn a_gzip_bomb_is_small_on_the_wire_and_huge_behind_it() {
    let (sandbox, mut stream) = provoked(&json!({"fault": "gzip_bomb"}));
    let (head, body) = answer(&mut stream);
    assert!(head.contains("content-encoding: gzip"), "{head}");
    assert!(body.len() < 2 << 20, "{}", body.len());
    let mut unpacked = GzDecoder::new(body.as_slice());
    let mut chunk = vec![0; 1 << 20];
    for _ in 0..20 {
        unpacked.read_exact(&mut chunk).unwrap();
    }
    assert!(executed(&sandbox));
}

#[test]
fn a_huge_body_is_promised_and_sent() {
    let (sandbox, mut stream) = provoked(&json!({"fault": "huge_body"}));
    let mut start = vec![0; 1 << 20];
    stream.read_exact(&mut start).unwrap();
    let text = String::from_utf8(start).unwrap();
    assert!(text.contains("content-length: 1073741824\r\n"));
    assert!(executed(&sandbox));
    let (_other, mut whole) = provoked(&json!({"fault": "huge_body", "bytes": 3_000_001}));
    assert_eq!(answer(&mut whole).1.len(), 3_000_001);
}

#[test]
fn headers_without_end() {
    let (sandbox, mut stream) = provoked(&json!({"fault": "endless_headers"}));
    let mut start = vec![0; 5 << 20];
    stream.read_exact(&mut start).unwrap();
    assert!(!start.windows(4).any(|it| it == b"\r\n\r\n"));
    drop(stream);
    // The sandbox notices that nobody listens and goes on with others.
    sandbox.http("DELETE", "/_sandbox/faults", &[], "");
    assert!(sandbox.client().call("get_info", &[("nonce", "2")]).is_ok());
}

#[test]
fn a_drip_takes_its_time_for_every_byte() {
    let (sandbox, mut stream) = provoked(&json!({"fault": "slow_drip", "ms": 20}));
    let start = Instant::now();
    let mut status = [0; 12];
    stream.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    assert!(start.elapsed() >= Duration::from_millis(200));
    assert!(executed(&sandbox));
    let (_other, mut quick) = provoked(&json!({"fault": "slow_drip", "ms": 0}));
    let body = answer(&mut quick).1;
    let json: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(json["success"], 1);
}

#[test]
fn json_deeper_than_a_stack() {
    let (_sandbox, mut stream) = provoked(&json!({"fault": "deep_json", "depth": 50_000}));
    let text = String::from_utf8(answer(&mut stream).1).unwrap();
    assert!(text.starts_with("{\"success\":1,\"return\":[[[["));
    assert_eq!(text.matches('[').count(), 50_000);
    assert_eq!(text.matches(']').count(), 50_000);
}

#[test]
fn a_length_field_that_is_wrong_either_way() {
    for by in [-10_i64, 10] {
        let (sandbox, mut stream) = provoked(&json!({"fault": "wrong_length", "by": by}));
        let (head, body) = answer(&mut stream);
        let promised: i64 = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(promised - i64::try_from(body.len()).unwrap(), by);
        assert!(serde_json::from_slice::<Value>(&body).is_ok());
        assert!(executed(&sandbox));
    }
}

#[test]
fn a_reset_in_the_middle_of_the_answer() {
    let (sandbox, mut stream) = provoked(&json!({"fault": "reset_in_answer"}));
    let mut raw = Vec::new();
    let error = stream.read_to_end(&mut raw).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    let text = String::from_utf8(raw).unwrap();
    assert!(text.contains("{\"success\":1"), "{text}");
    assert!(executed(&sandbox));
}

#[test]
fn a_reset_before_the_request_was_read_leaves_no_trace() {
    let sandbox = Running::start();
    sandbox.faults(&json!({"fault": "reset_in_request", "times": 1}));
    let client = sandbox.client();
    let error = client.exchange("createInvoice", &CREATE).unwrap_err();
    assert!(matches!(
        error.kind(),
        ErrorKind::ConnectionReset | ErrorKind::BrokenPipe
    ));
    assert!(sandbox.requests().is_empty());
    assert_eq!(sandbox.get("/_sandbox/faults")["faults"][0]["used"], 1);
    client.create(&[]);
    assert_eq!(sandbox.requests().len(), 1);
}

#[test]
fn executed_only_after_the_client_gave_up() {
    for reset in [false, true] {
        let sandbox = Running::start();
        let rule = json!({"fault": "execute_later", "seconds": 1, "reset": reset, "times": 1});
        sandbox.faults(&rule);
        let start = Instant::now();
        let mut stream = create(&sandbox, "5");
        stream
            .set_read_timeout(Some(Duration::from_millis(200)))
            .unwrap();
        let error = stream.read(&mut [0; 16]).unwrap_err();
        assert_eq!(error.kind() == ErrorKind::ConnectionReset, reset);
        assert!(!executed(&sandbox));
        drop(stream);
        while sandbox.invoices().is_empty() {
            std::thread::yield_now();
        }
        assert!(start.elapsed() >= Duration::from_secs(1));
        assert!(executed(&sandbox));
    }
}

#[test]
fn a_late_request_loses_against_a_greater_nonce() {
    let sandbox = Running::start();
    sandbox.faults(&json!({"fault": "execute_later", "seconds": 1, "reset": true, "times": 1}));
    let _ = create(&sandbox, "5").read(&mut [0; 16]);
    let overtaking = sandbox.client().call("get_info", &[("nonce", "6")]);
    assert!(overtaking.is_ok());
    let message = loop {
        let message = sandbox.requests()[0]["message"].clone();
        if message != Value::Null {
            break message;
        }
    };
    assert_eq!(message, "nonce not incremented");
    assert!(sandbox.invoices().is_empty());
}

#[test]
fn too_many_requests_with_every_kind_of_retry_after() {
    for wait in ["2", "Sun, 22 Nov 2026 23:00:00 GMT", "99999999999999999999"] {
        let (sandbox, mut stream) = provoked(&json!({
            "fault": "status", "status": 429, "headers": {"Retry-After": wait}
        }));
        let head = answer(&mut stream).0;
        assert!(head.starts_with("HTTP/1.1 429 "), "{head}");
        assert!(head.contains(&format!("retry-after: {wait}")), "{head}");
        assert!(!executed(&sandbox));
    }
}

#[test]
fn a_redirect_after_execution() {
    let location = "http://127.0.0.1:1/elsewhere";
    let (sandbox, mut stream) =
        provoked(&json!({"fault": "redirect_after_execute", "location": location}));
    assert!(answer(&mut stream).0.contains(location));
    assert!(executed(&sandbox));
}
