//! What other clients were seen to do wrong, done right.

use std::time::{Duration, SystemTime};

use kessai::zaif::{Client, ClientBuilder, CreateInvoice};
use kessai::{Code, Error, ErrorKind, Outcome, Yen};
use kessai_tests::{Act, Scripted, http, json};

const NONE: &str = r#"{"success":1,"return":{"invoiceIds":null,"counts":0}}"#;
const STALE: &str = r#"{"success":0,"return":"nonce not incremented"}"#;
const MADE: &str = r#"{"success":1,"return":{"invoiceId":"a-1","created":1,"expired":2,"amount":1000,"currency":"btc","rate":"1","btc":"1000.000000","address":"x","orderNumber":"A-1"}}"#;
const THREE: Duration = Duration::from_secs(3);

fn client(server: &Scripted) -> ClientBuilder {
    Client::builder("sandbox_key", "sandbox_secret")
        .endpoint(server.url())
        .settle(Duration::from_millis(10))
        .trust_clock(true)
}

fn order() -> CreateInvoice {
    CreateInvoice::new("btc".parse().unwrap(), Yen::new(1_000)).order_number("A-1")
}

/// Makes an invoice of an order, first answered with `first`: what was refused is
/// looked for once, what is in doubt a second time after `settle`.
fn create(first: Act, looks: usize) -> Scripted {
    let looks = std::iter::repeat_n(json(NONE), looks);
    let server = Scripted::start([first].into_iter().chain(looks).chain([json(MADE)]));
    client(&server)
        .build()
        .unwrap()
        .create_invoice(&order())
        .unwrap();
    server
}

/// Reads, first answered with `first`.
fn read(first: Act) -> Scripted {
    let server = Scripted::start([first, json(NONE)]);
    let ids = client(&server).build().unwrap().find_invoice_ids("A-1");
    assert!(ids.unwrap().is_empty());
    server
}

#[test]
fn a_service_that_asks_for_three_seconds_gets_them() {
    std::thread::scope(|scope| {
        for (head, looks) in [("429 Too Many", 1), ("503 Unavailable", 2)] {
            let busy = move || http(&format!("{head}\r\nretry-after: 3"), "<html>");
            let calls: [Box<dyn Fn() -> Scripted + Send>; 2] = [
                Box::new(move || create(busy(), looks)),
                Box::new(move || read(busy())),
            ];
            for call in calls {
                scope.spawn(move || {
                    let gaps = call().gaps();
                    assert!(gaps[0] >= THREE, "{head}: {gaps:?}");
                });
            }
        }
    });
}

#[test]
fn a_date_in_retry_after_is_counted_from_the_services_own_clock() {
    let at = |offset: u64| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + offset);
        httpdate::fmt_http_date(time)
    };
    let head = format!("503 Busy\r\ndate: {}\r\nretry-after: {}", at(0), at(3));
    let gaps = read(http(&head, "")).gaps();
    assert!(gaps[0] >= THREE && gaps[0] < 3 * THREE, "{gaps:?}");
}

#[test]
fn whoever_asks_for_more_than_is_left_is_not_called_again() {
    for (status, outcome) in [
        ("429 Too Many", Outcome::NotDone),
        ("503 Busy", Outcome::Unknown),
    ] {
        let server = Scripted::start([http(
            &format!("{status}\r\nretry-after: 99999999999999"),
            "",
        )]);
        let error = client(&server)
            .build()
            .unwrap()
            .create_invoice(&order())
            .unwrap_err();
        assert_eq!(error.outcome(), outcome, "{status}");
        assert_eq!(
            error.resume().is_some(),
            outcome == Outcome::Unknown,
            "{status}"
        );
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[test]
fn a_failure_with_status_200_is_a_nonce_error_and_repeated_with_a_higher_nonce() {
    for (server, asks) in [(read(json(STALE)), 2), (create(json(STALE), 1), 3)] {
        let requests = server.requests();
        assert_eq!(requests.len(), asks, "{requests:?}");
        let nonce = |r: &String| r.split("nonce=").nth(1).unwrap()[..17].to_owned();
        let nonces: Vec<String> = requests.iter().map(nonce).collect();
        assert!(nonces.is_sorted_by(|a, b| a < b), "{nonces:?}");
    }
    let server = Scripted::start([json(STALE)]);
    let patient = client(&server).max_retries(0).build().unwrap();
    let error = patient.find_invoice_ids("A-1").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Nonce);
    assert_eq!(error.code(), Code::ZaifNonceNotIncremented);
    assert!(error.is_retryable());
}

#[test]
fn a_page_of_html_keeps_its_request_id_through_all_that_follows() {
    let page = |id: &str| http(&format!("502 Bad Gateway\r\nx-request-id: {id}"), "<html>");
    let server = Scripted::start([page("r-1"), page("r-2")]);
    let hasty = client(&server).max_retries(0).build().unwrap();
    let error: Error = hasty.create_invoice(&order()).unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    // The request in doubt is the create, not the look for it.
    assert_eq!(
        (error.request_id(), error.http_status()),
        (Some("r-1"), Some(502))
    );
    assert!(error.resume().is_some());
}

#[test]
fn a_thousand_yen_are_a_thousand() {
    let server = Scripted::start([json(MADE)]);
    let made = client(&server)
        .build()
        .unwrap()
        .create_invoice(&order())
        .unwrap();
    assert_eq!(made.amount, Yen::new(1_000).into());
    assert!(
        server.requests()[0].contains("&amount=1000&"),
        "{:?}",
        server.requests()
    );
}
