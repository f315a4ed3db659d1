//! Credentials, tokens and cards of iPay are canaries: no output shows one, whatever
//! the service sends back and whatever goes wrong.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use kessai::ipay::{Client, ClientBuilder, PublishableClient, Webhooks};
use kessai::{Code, Error, Outcome};
use kessai_tests::{Act, Scripted, everything, http, json, logged};

const KEY: &str = "test_canary_key";
const SECRET: &str = "secret_canary";
const BASIC: &str = "dGVzdF9jYW5hcnlfa2V5OnNlY3JldF9jYW5hcnk=";
const CLIENT_SECRET: &str = "oauth_canary_secret";
const FETCHED: &str = "fetched_canary_token";
const JWT: &str = "head.canary_claims.signature";
const PUBLISHABLE: &str = "pk_test_canary";
const CARD: &str = "4000056655665556";
const SPACED: &str = "4000 0566 5566 5556";
const CVC: &str = "7371";
const PAGE_SECRET: &str = "pay_1_canary_of_the_page";
const WEBHOOK_SECRET: &str = "whsec_canary";

const CANARIES: [&str; 11] = [
    KEY,
    SECRET,
    BASIC,
    CLIENT_SECRET,
    FETCHED,
    JWT,
    PUBLISHABLE,
    CARD,
    SPACED,
    PAGE_SECRET,
    WEBHOOK_SECRET,
];

fn assert_clean(what: &str, text: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{what} shows {canary}: {text}");
    }
    // So short a number stands in ports and in times: there it is no word.
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    assert!(
        !words.any(|word| word == CVC),
        "{what} shows the cvc: {text}"
    );
}

/// What the hook was told, in full.
type Told = Arc<Mutex<String>>;

fn limited<C>(builder: ClientBuilder<C>, server: &Scripted, told: &Told) -> ClientBuilder<C> {
    let told = Arc::clone(told);
    builder
        .base_url(format!("http://127.0.0.1:{}/api", server.port()))
        .timeout(Duration::from_secs(1))
        .max_retries(1)
        .on_event(move |event| {
            let text = format!("{event:?} {:?}\n", event.fields());
            told.lock().unwrap().push_str(&text);
        })
}

/// Everything that says who is calling: a name, what it sends, and a call.
type Caller = (
    &'static str,
    &'static [&'static str],
    fn(&Scripted, &Told) -> Result<String, Error>,
);

fn pay(client: &Client) -> Result<String, Error> {
    assert_clean("a client", &format!("{client:?} {client:#?}"));
    let create = client.create_payment(2999, "JPY").confirm(true);
    create.send().map(|made| format!("{made:?} {made:#?}"))
}

const CALLERS: [Caller; 5] = [
    ("a key", &[KEY, SECRET, BASIC], |server, told| {
        pay(&limited(Client::builder(KEY, SECRET), server, told).build()?)
    }),
    (
        "client credentials",
        &[CLIENT_SECRET, FETCHED],
        |server, told| {
            let builder = Client::with_client_credentials("client", CLIENT_SECRET);
            pay(&limited(builder, server, told).build()?)
        },
    ),
    ("a JWT", &[JWT], |server, told| {
        pay(&limited(Client::with_token(JWT), server, told).build()?)
    }),
    ("a JWT from a function", &[JWT], |server, told| {
        let builder = Client::with_token_source(|| Ok(JWT.into()));
        pay(&limited(builder, server, told).build()?)
    }),
    (
        "a card",
        &[PUBLISHABLE, CARD, SPACED, CVC],
        |server, told| {
            let builder = PublishableClient::builder(PUBLISHABLE);
            let page = limited(builder, server, told).build()?;
            let call = page.create_token(SPACED, 12, 2030, CVC);
            assert_clean("a call", &format!("{page:?} {call:?} {call:#?}"));
            call.send().map(|made| format!("{made:?}"))
        },
    ),
];

/// The token comes first, where one is fetched.
fn script(caller: &str, acts: impl Iterator<Item = Act>) -> Scripted {
    let token = format!(r#"{{"access_token":"{FETCHED}","token_type":"Bearer"}}"#);
    let first = (caller == "client credentials").then(|| json(&token));
    Scripted::start(first.into_iter().chain(acts))
}

/// Answers that carry back what was sent, in every place that is read.
fn echoes(sent: &str) -> Vec<(&'static str, Act)> {
    let failure = format!(
        r#"{{"message":"you sent {sent}","type":"{sent}","code":"{sent}","param":"{sent}","decline_code":"{sent}","request_id":"{sent}","payment":"{sent}"}}"#
    );
    let cut = format!("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{sent}");
    vec![
        ("a refusal", http("400 Bad Request", &failure)),
        ("a decline", http("402 Payment Required", &failure)),
        ("a wrong key", http("401 Unauthorized", &failure)),
        (
            "another body",
            http(
                "422 Unprocessable",
                &failure.replacen(
                    &format!("\"type\":\"{sent}\""),
                    "\"type\":\"idempotency_error\"",
                    1,
                ),
            ),
        ),
        ("a failure", http("500 Bad", &failure)),
        (
            "an unusable success",
            json(&format!(r#"{{"status":"{sent}","amount":"{sent}"}}"#)),
        ),
        ("html", http("200 OK", &format!("<html>{sent}"))),
        (
            "a request id",
            http(&format!("502 Bad\r\nx-request-id: {sent}"), sent),
        ),
        (
            "a reason",
            http(&format!("503 {sent}\r\nretry-after: {sent}"), sent),
        ),
        (
            "a redirect",
            http(
                &format!("302 Found\r\nlocation: http://127.0.0.1:9/?{sent}"),
                sent,
            ),
        ),
        ("a broken head", http(&format!("200 OK\r\n{sent}"), sent)),
        (
            "a coding",
            http(&format!("200 OK\r\ncontent-encoding: {sent}"), sent),
        ),
        (
            "a length",
            http(&format!("200 OK\r\ncontent-length: {sent}"), sent),
        ),
        ("a cut answer", Act::AnswerAndClose(cut.into_bytes())),
        ("no HTTP", Act::AnswerAndClose(sent.as_bytes().to_vec())),
    ]
}

#[test]
fn no_log_no_hook_and_no_error_shows_what_was_sent_or_comes_back() {
    let log = logged();
    // What is sent. The service's answers are its own, and libraries log them.
    for (name, _, call) in CALLERS {
        let told = Told::default();
        let server = script(name, std::iter::repeat_n(http("400 Bad", "{}"), 3));
        let error = call(&server, &told).unwrap_err();
        assert_clean(name, &everything(&error));
        assert!(!server.requests().is_empty(), "{name}");
    }
    log::set_max_level(log::LevelFilter::Off);
    let log = log.lock().unwrap();
    assert!(log.contains("/api"), "nothing was logged");
    let own = log.replace(FETCHED, "");
    assert_clean("the log", &own);

    let codes = Mutex::new(BTreeSet::new());
    let play = &|(name, _, call): Caller, place: &str, act: Act| {
        let told = Told::default();
        let server = script(name, std::iter::repeat_n(act, 3));
        let error = call(&server, &told).expect_err(place);
        assert_clean(&format!("{name}, {place}"), &everything(&error));
        let told = told.lock().unwrap();
        assert!(told.contains("request"), "the hook was told nothing");
        assert_clean(&format!("{name}, the hook of {place}"), &told);
        codes.lock().unwrap().insert(error.code().as_str());
    };
    std::thread::scope(|scope| {
        for caller in CALLERS {
            for one in caller.1 {
                scope.spawn(move || {
                    for (place, act) in echoes(one) {
                        play(caller, place, act);
                    }
                });
            }
        }
    });
    let codes = codes.into_inner().unwrap();
    // As many roads as there are, not one road many times.
    assert!(codes.len() >= 6, "{codes:?}");
}

#[test]
fn nothing_that_holds_them_shows_them() {
    let told = Told::default();
    let server = Scripted::start([json(&format!(
        r#"{{"id":"pay_1","status":"requires_action","amount":2999,"currency":"JPY","client_secret":"{PAGE_SECRET}","next_action":{{"redirect_to_url":{{"url":"https://x.example/?s={PAGE_SECRET}"}}}}}}"#
    ))]);
    let (_, _, call) = CALLERS[0];
    let shown = call(&server, &told).unwrap();
    assert!(shown.contains("requires_action"), "{shown}");
    assert_clean("a payment", &shown);
    assert_clean("the hook", &told.lock().unwrap());
    for builder in [
        format!("{:?}", Client::builder(KEY, SECRET)),
        format!(
            "{:?}",
            Client::with_client_credentials("client", CLIENT_SECRET)
        ),
        format!("{:?}", Client::with_token(JWT)),
        format!("{:?}", PublishableClient::builder(PUBLISHABLE)),
    ] {
        assert_clean("a builder", &builder);
    }
    let webhooks = Webhooks::new([WEBHOOK_SECRET.into()]).unwrap();
    assert_clean("webhooks", &format!("{webhooks:?} {webhooks:#?}"));
    let body =
        format!(r#"{{"type":"payment.succeeded","data":{{"client_secret":"{PAGE_SECRET}"}}}}"#);
    let signature = Webhooks::sign(body.as_bytes(), &WEBHOOK_SECRET.into()).unwrap();
    let event = webhooks.verify(body.as_bytes(), Some(&signature)).unwrap();
    assert_clean("an event", &format!("{event:?} {event:#?}"));
    for forged in [WEBHOOK_SECRET, CARD, ""] {
        let error = webhooks.verify(CARD.as_bytes(), Some(forged)).unwrap_err();
        assert_clean("a forged webhook", &everything(&error));
    }
}

#[test]
fn what_is_wrong_with_them_is_said_without_them() {
    let both = |key: &str, secret: &str| Client::builder(key, secret).build().unwrap_err();
    let long = "x".repeat(9_000);
    for error in [
        both(&format!("{KEY} "), SECRET),
        both(KEY, &format!("{SECRET}\n")),
        both(&format!("{KEY}{long}"), SECRET),
        both(SECRET, KEY),
        both(PUBLISHABLE, SECRET),
        Client::with_token(SECRET).build().unwrap_err(),
        PublishableClient::builder(KEY).build().unwrap_err(),
    ] {
        assert_clean("an input error", &everything(&error));
    }
    let client = Client::builder(KEY, SECRET).base_url("http://127.0.0.1:9/api");
    let client = client.build().unwrap();
    for error in [
        client.create_customer().name(CARD).send().unwrap_err(),
        client.get_payment(CARD).send().unwrap_err(),
        client
            .create_customer()
            .metadata([("note", SPACED)])
            .send()
            .unwrap_err(),
        client
            .request("POST", "/x")
            .body(format!(r#"{{"cvc":"{CVC}"}}"#))
            .send()
            .unwrap_err(),
        client
            .request("GET", format!("/customers?name={CARD}"))
            .send()
            .unwrap_err(),
    ] {
        assert_eq!(error.code(), Code::IpayCardData, "{error:?}");
        assert_clean("the card guard", &everything(&error));
    }
    let error = client
        .resume_payment(&format!("{SECRET}.{CARD}"))
        .unwrap_err();
    assert_clean("a handle", &everything(&error));
}

#[test]
fn a_panic_in_the_middle_of_a_call_shows_nothing_and_keeps_the_handle() {
    static SAID: Mutex<String> = Mutex::new(String::new());
    let here = std::thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        // Other tests may fail meanwhile.
        if std::thread::current().id() == here {
            SAID.lock().unwrap().push_str(&format!("{info} {info:?}\n"));
        } else {
            before(info);
        }
    }));
    let told = Told::default();
    let server = Scripted::start([Act::Silence]);
    let client = limited(Client::builder(KEY, SECRET), &server, &told)
        .build()
        .unwrap();
    // Asked while the request is on its way: so it panics with it in its hands.
    let asked = std::cell::Cell::new(0);
    let question = move || {
        asked.set(asked.get() + 1);
        assert!(asked.get() < 4, "on purpose");
        false
    };
    let call =
        || kessai::interrupt::interruptible(question, || client.create_payment(2999, "JPY").send());
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
    assert_clean("the hook", &told.lock().unwrap());
}
