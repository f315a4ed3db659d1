//! Key, secret and both digests are canaries: no output shows one, whatever the
//! service sends back and whatever goes wrong.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::Duration;

use kessai::zaif::{Client, ClientBuilder, CreateInvoice};
use kessai::{Code, Error, Outcome, Secret, Yen};
use kessai_tests::{Act, Scripted, Shop, everything, http, json, logged, unpacked};

const KEY: &str = "sandbox_canary_key";
const SECRET: &str = "sandbox_canary_secret";
const SHA1: &str = "00dccf76e6f26451e8423668ab828b4fb27ad04b";
const MD5: &str = "7644128b9548f2e64bd3e94e6cbbdb2c";
const NONE: &str = r#"{"success":1,"return":{"invoiceIds":null,"counts":0}}"#;

fn assert_clean(what: &str, text: &str) {
    for canary in [KEY, SECRET, SHA1, MD5] {
        assert!(!text.contains(canary), "{what} shows {canary}: {text}");
    }
}

fn client(url: &str, digest: &str) -> ClientBuilder {
    Client::builder(KEY, SECRET)
        .endpoint(url)
        .digest(digest)
        .timeout(Duration::from_secs(1))
        .settle(Duration::from_millis(10))
        .max_retries(1)
        .trust_clock(true)
}

fn order() -> CreateInvoice {
    CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1")
}

/// Answers that carry back what was sent, in every place that is read.
fn echoes(name: &str, digest: &str) -> Vec<(&'static str, Act)> {
    let all = format!("key={KEY}&{name}secret={digest}");
    let one = format!("{KEY}-{digest}");
    let failure = |message: &str| json(&format!(r#"{{"success":0,"return":"{message}"}}"#));
    vec![
        ("a message", failure(&all)),
        ("a parameter", failure(&format!("invalid parameter {one}"))),
        (
            "a parameter, turned round",
            failure(&format!("invalid {one} parameter")),
        ),
        (
            "the older member",
            json(&format!(r#"{{"success":0,"error":"{all}"}}"#)),
        ),
        (
            "an unusable success",
            json(&format!(r#"{{"success":1,"return":"{all}"}}"#)),
        ),
        (
            "an invoice of somebody",
            json(&format!(
                r#"{{"success":1,"return":{{"invoiceId":"{KEY}","created":"{digest}","{digest}":1}}}}"#
            )),
        ),
        (
            "a list that is none",
            json(&format!(
                r#"{{"success":1,"return":{{"invoiceIds":"{all}","counts":1}}}}"#
            )),
        ),
        (
            "a count that is none",
            json(&format!(
                r#"{{"success":1,"return":{{"invoiceIds":[],"counts":"{digest}"}}}}"#
            )),
        ),
        ("html", http("200 OK", &format!("<html>{all}"))),
        (
            "a request id",
            http(&format!("502 Bad\r\nx-request-id: {one}"), &all),
        ),
        (
            "a trace id",
            http(&format!("500 Bad\r\ncf-ray: {digest}"), &all),
        ),
        (
            "a reason",
            http(&format!("503 {one}\r\nretry-after: {KEY}"), &all),
        ),
        (
            "a redirect",
            http(
                &format!("302 Found\r\nlocation: http://127.0.0.1:9/?{all}"),
                &all,
            ),
        ),
        ("a broken head", http(&format!("200 OK\r\n{one}"), &all)),
        (
            "a coding",
            http(&format!("200 OK\r\ncontent-encoding: {one}"), &all),
        ),
        (
            "a length",
            http(&format!("200 OK\r\ncontent-length: {one}"), &all),
        ),
        (
            "a date",
            http(&format!("429 Slow\r\ndate: {one}\r\nretry-after: 9"), &all),
        ),
        (
            "a cut answer",
            Act::AnswerAndClose(
                format!("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{all}").into_bytes(),
            ),
        ),
        ("no HTTP", Act::AnswerAndClose(all.into_bytes())),
        ("nothing", Act::Close),
        ("silence", Act::Silence),
    ]
}

type Call = fn(&Client) -> Option<Error>;

const CALLS: [(&str, Call); 7] = [
    ("create", |c| c.create_invoice(&order()).err()),
    ("create without order", |c| {
        let request = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500));
        c.create_invoice(&request).err()
    }),
    ("get", |c| c.get_invoice("a-1").err()),
    ("find", |c| c.find_invoice_ids("A-1").err()),
    ("cancel", |c| c.cancel_invoice("a-1").err()),
    ("resume_handle", |c| c.resume_handle(&order()).err()),
    ("call", |c| c.call("shipGoods", &[]).err()),
];

#[test]
fn no_error_and_no_log_shows_what_the_service_echoes() {
    let log = logged();
    let errors = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for (name, digest) in [("sha1", SHA1), ("md5", MD5)] {
            for (place, act) in echoes(name, digest) {
                let errors = &errors;
                scope.spawn(move || {
                    for (method, call) in CALLS {
                        let server = Scripted::start(std::iter::repeat_n(act.clone(), 9));
                        let client = client(&server.url(), name).build().unwrap();
                        let Some(error) = call(&client) else {
                            // The generic call hands over whatever a success holds.
                            assert_eq!(method, "call", "took {place} for an answer");
                            continue;
                        };
                        assert_clean(&format!("{method}, {place}"), &everything(&error));
                        errors.lock().unwrap().push(error);
                    }
                });
            }
        }
    });
    let log = log.lock().unwrap();
    assert!(log.contains("ecapi"), "nothing was logged");
    // Each request was sent with them; what comes back is the service's own, and
    // dumps break texts into short pieces.
    for sent in [
        "\nkey: ",
        "\r\nkey: ",
        "&key=",
        "sha1secret: ",
        "md5secret: ",
        SECRET,
    ] {
        assert!(!log.contains(sent), "the log shows {sent:?}");
    }
    let codes: std::collections::BTreeSet<&str> = errors
        .lock()
        .unwrap()
        .iter()
        .map(|e| e.code().as_str())
        .collect();
    // As many roads as there are, not one road many times.
    assert!(codes.len() >= 9, "{codes:?}");
}

#[test]
fn nothing_that_holds_them_shows_them() {
    let server = Scripted::start([json(NONE)]);
    for digest in ["sha1", "md5"] {
        let built = client(&server.url(), digest);
        assert_clean("a builder", &format!("{built:?} {built:#?}"));
        let client = built.build().unwrap();
        assert_clean("a client", &format!("{client:?} {client:#?}"));
    }
    let secret = Secret::from(SECRET);
    assert_clean(
        "a secret",
        &format!("{secret:?} {secret:#?} {:?}", Some(&secret)),
    );
    let handle = client(&server.url(), "sha1").build().unwrap();
    let handle = handle.resume_handle(&order()).unwrap();
    let content = unpacked(handle.split_once('.').unwrap().0);
    assert!(content.contains("A-1"), "{content}");
    assert_clean("a handle", &format!("{handle} {content}"));
}

#[test]
fn what_is_wrong_with_them_is_said_without_them() {
    let long = format!("{KEY}{}", "x".repeat(300));
    for (key, secret) in [
        (format!("{KEY} {SHA1}"), SECRET.to_owned()),
        (KEY.to_owned(), format!("{SECRET}\n")),
        (long, SECRET.to_owned()),
        (String::new(), SECRET.to_owned()),
    ] {
        let error = Client::builder(key, secret).build().unwrap_err();
        assert_clean("an input error", &everything(&error));
    }
    let address = format!("https://{KEY}:{SHA1}@shop.example/ecapi");
    let error = Client::builder(KEY, SECRET)
        .endpoint(address)
        .build()
        .unwrap_err();
    assert_eq!(error.param(), Some("endpoint"));
    assert_clean("an address", &everything(&error));
    let handle = client("http://127.0.0.1:9/ecapi", "sha1").build().unwrap();
    let error = handle.resume(&format!("{KEY}.{SHA1}")).unwrap_err();
    assert_clean("a handle", &everything(&error));
}

#[test]
fn a_panic_in_the_middle_of_a_call_shows_nothing_and_keeps_the_handle() {
    static SAID: Mutex<String> = Mutex::new(String::new());
    let here = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        let text = format!("{info} {info:?}\n");
        // Other tests may fail meanwhile.
        if std::thread::current().id() == here {
            SAID.lock().unwrap().push_str(&text);
        } else {
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }));
    let server = Scripted::start([Act::Silence]);
    let client = client(&server.url(), "sha1").build().unwrap();
    // Asked while the request is on its way: so it panics with it in its hands.
    let asked = std::cell::Cell::new(0);
    let sent = server.url();
    let question = move || {
        asked.set(asked.get() + 1);
        assert!(asked.get() < 4, "on purpose, while {sent} is silent");
        false
    };
    let call = || kessai::interrupt::interruptible(question, || client.create_invoice(&order()));
    let result = catch_unwind(AssertUnwindSafe(call));
    let _ = std::panic::take_hook();
    let error = result.expect("a panic came out").unwrap_err();
    assert_eq!(
        (error.code(), error.outcome()),
        (Code::Internal, Outcome::Unknown)
    );
    assert!(error.resume().is_some());
    assert_clean("an error", &everything(&error));
    let said = SAID.lock().unwrap();
    assert!(said.contains("on purpose"), "{said}");
    assert_clean("a panic", &said);
}

#[test]
fn no_other_host_hears_of_them() {
    let elsewhere = Scripted::start([json(NONE), json(NONE)]);
    let origin = elsewhere.url().replace("/ecapi", "");
    let moved = http(&format!("307 Moved\r\nlocation: {}", elsewhere.url()), "");
    let server = Scripted::start([json(NONE), moved]);
    let names = [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    ];
    let proxies: Vec<(&str, &str)> = names.iter().map(|name| (*name, origin.as_str())).collect();
    let url = server.url();
    let account = [url.as_str(), KEY, SECRET];
    let program = env!("CARGO_BIN_EXE_shop");
    let mut shop = Shop::start_in(program, account, "clock", &["find", "3000"], &proxies);
    assert!(shop.line().starts_with("transport.redirect "));
    shop.finish();
    assert_eq!(server.requests().len(), 2);
    assert_eq!(elsewhere.connections(), 0);
}
