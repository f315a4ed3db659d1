//! A create whose answer is lost: how long it waits, and with which nonce it is
//! resumed. What becomes of it is in `tests/scenarios`.

use std::time::{Duration, Instant, SystemTime};

use kessai::Yen;
use kessai::nonce::Nonce;
use kessai::zaif::{Client, CreateInvoice, Resumed};
use kessai_tests::{Act, Sandbox, Scripted, json as scripted_json};
use serde_json::json;

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
