//! The way to the service: under whose certificates, and through which proxy.

use std::sync::{Arc, Mutex};

use kessai::zaif::{Client, CreateInvoice};
use kessai::{Code, Error, Outcome, Yen};
use kessai_tests::{Proxy, Sandbox};

const USER: &str = "sandbox_user:sandbox_canary_password";
const GRANTED: &str = "200 Connection established";

fn order() -> CreateInvoice {
    CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1")
}

fn refused(client: &Client) -> Error {
    let error = client.create_invoice(&order()).unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotDone, "{error}");
    error
}

#[test]
fn only_a_certificate_that_is_trusted_is_spoken_to() {
    let sandbox = Sandbox::start_with_tls();
    let ca_file = sandbox.ca_file.clone().unwrap();
    let trusting = sandbox.client().ca_file(ca_file).build().unwrap();
    assert_eq!(
        trusting
            .create_invoice(&order())
            .unwrap()
            .order_number
            .as_deref(),
        Some("A-1")
    );

    let other = Sandbox::start_with_tls();
    let ours = || sandbox.client().max_retries(0);
    for client in [ours(), ours().ca_file(other.ca_file.clone().unwrap())] {
        let error = refused(&client.build().unwrap());
        assert_eq!(error.code(), Code::TransportTls);
    }
}

#[test]
fn a_proxy_gets_neither_the_request_nor_the_credentials() {
    let sandbox = Sandbox::start_with_tls();
    let proxy = Proxy::start(GRANTED);
    let client = sandbox
        .client()
        .ca_file(sandbox.ca_file.clone().unwrap())
        .proxy(proxy.url(USER))
        .build()
        .unwrap();
    let invoice = client.create_invoice(&order()).unwrap();
    assert_eq!(
        client.get_invoice(&invoice.invoice_id).unwrap().invoice_id,
        invoice.invoice_id
    );

    let heads = proxy.heads();
    assert!(!heads.is_empty());
    for head in heads {
        let head = head.to_ascii_lowercase();
        assert!(head.starts_with("connect 127.0.0.1:"), "{head}");
        assert!(head.contains("proxy-authorization: basic "), "{head}");
        for absent in [sandbox.key.as_str(), "sha1secret", "key:", "ecapi", "nonce"] {
            assert!(!head.contains(absent), "{absent} in {head}");
        }
    }
}

#[test]
fn a_plain_endpoint_is_reached_through_a_tunnel_too() {
    let sandbox = Sandbox::start();
    let proxy = Proxy::start(GRANTED);
    let client = sandbox.client().proxy(proxy.url(USER)).build().unwrap();
    assert!(client.create_invoice(&order()).is_ok());
    assert!(
        proxy
            .heads()
            .iter()
            .all(|head| !head.contains(&sandbox.key))
    );
}

#[test]
fn what_a_proxy_refuses_was_never_sent() {
    let sandbox = Sandbox::start();
    for answer in ["407 Proxy Authentication Required", "502 Bad Gateway"] {
        let proxy = Proxy::start(answer);
        let client = sandbox
            .client()
            .proxy(proxy.url(USER))
            .max_retries(0)
            .build()
            .unwrap();
        let error = refused(&client);
        assert_eq!(error.code(), Code::TransportConnect, "{answer}");
        assert!(!format!("{error:?} {client:?}").contains("sandbox_canary"));
    }
    assert!(sandbox.calls().is_empty());
}

#[test]
fn the_hook_is_told_of_each_request_and_then_of_the_call() {
    let sandbox = Sandbox::start();
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&told);
    let client = sandbox
        .client()
        .settle(std::time::Duration::from_secs(1))
        .on_event(move |event| {
            let code = event.code.map_or("-", Code::as_str);
            let line = format!(
                "{} {} {} {} {code}",
                event.name.as_str(),
                event.method,
                event.attempt,
                event.outcome
            );
            kept.lock().unwrap().push(line);
        })
        .build()
        .unwrap();
    sandbox.fault(&serde_json::json!(
        {"match": {"method": "createInvoice"}, "fault": "reset_before_execute", "times": 1}
    ));
    client.create_invoice(&order()).unwrap();
    assert_eq!(
        told.lock().unwrap().as_slice(),
        [
            "request createInvoice 1 unknown transport.broken",
            "request getInvoiceIdsByOrderNumber 2 done -",
            "request getInvoiceIdsByOrderNumber 3 done -",
            "request createInvoice 4 done -",
            "call create_invoice 4 done -",
        ]
    );
}
