//! What a call of iPay sends, how often, and what it then says: over a socket that
//! does as it is told.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use kessai::ipay::{Client, ClientBuilder, PaymentResult, PublishableClient};
use kessai::{Code, Outcome};
use kessai_tests::{Act, Scripted, http, json};

const PAID: &str = r#"{"id":"pay_1","status":"succeeded","amount":2999,"currency":"JPY","metadata":{"orderId":"A-1"}}"#;

fn base(server: &Scripted) -> String {
    format!("http://127.0.0.1:{}/api", server.port())
}

fn builder(server: &Scripted) -> ClientBuilder {
    Client::builder("test_canary_key", "secret_canary").base_url(base(server))
}

fn client(server: &Scripted) -> Client {
    builder(server).build().unwrap()
}

fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = request.lines().take_while(|line| !line.is_empty());
    lines.find_map(|line| {
        let (n, value) = line.split_once(':')?;
        n.eq_ignore_ascii_case(name).then_some(value.trim())
    })
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

/// Every fault that leaves the call open, and then the stored answer.
#[test]
fn every_try_has_the_same_key_and_the_same_bytes() {
    let failure = r#"{"message":"try again","type":"api_error"}"#;
    for (name, fault) in [
        ("reset", Act::Close),
        (
            "cut",
            Act::AnswerAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{".to_vec()),
        ),
        ("garbage", http("200 OK", "<html>")),
        ("500", http("500 Internal Server Error", failure)),
        ("502", http("502 Bad Gateway", "<html>")),
        (
            "503",
            http("503 Service Unavailable\r\nretry-after: 0", failure),
        ),
        (
            "429",
            http("429 Too Many Requests\r\nretry-after: 0", failure),
        ),
        (
            "409",
            http(
                "409 Conflict",
                r#"{"message":"running","type":"idempotency_in_progress"}"#,
            ),
        ),
    ] {
        let server = Scripted::start([
            fault.clone(),
            fault,
            http("200 OK\r\nidempotent-replayed: true", PAID),
        ]);
        let call = client(&server)
            .create_payment(2999, "JPY")
            .confirm(true)
            .send();
        let PaymentResult::Succeeded(paid) = call.unwrap() else {
            panic!("{name}: not paid");
        };
        assert!(paid.replayed, "{name}");
        let requests = server.requests();
        assert_eq!(requests.len(), 3, "{name}");
        let keys: BTreeSet<_> = requests
            .iter()
            .map(|r| header(r, "idempotency-key").unwrap())
            .collect();
        let bodies: BTreeSet<_> = requests.iter().map(|r| body(r)).collect();
        assert_eq!((keys.len(), bodies.len()), (1, 1), "{name}: {requests:?}");
    }
}

/// Its argument is called as a word of Rust's is.
#[test]
fn a_payment_method_is_made_of_a_type() {
    let server = Scripted::start([json(r#"{"id":"pm_1","type":"card"}"#)]);
    let client = client(&server);
    let call = client.create_payment_method("card").token("tok_1");
    assert_eq!(call.send().unwrap().id, "pm_1");
    let request = &server.requests()[0];
    assert_eq!(body(request), r#"{"type":"card","token":"tok_1"}"#);
}

#[test]
fn two_calls_have_two_keys_and_reads_have_none() {
    let server = Scripted::start([json(PAID), json(PAID), json(PAID)]);
    let client = client(&server);
    for _ in 0..2 {
        client.create_payment(2999, "JPY").send().unwrap();
    }
    client.get_payment("pay_1").send().unwrap();
    let requests = server.requests();
    let keys: BTreeSet<_> = requests
        .iter()
        .map(|r| header(r, "idempotency-key"))
        .collect();
    assert_eq!(keys.len(), 3);
    assert_eq!(header(&requests[2], "idempotency-key"), None);
    assert_eq!(
        header(&requests[0], "authorization"),
        Some("Basic dGVzdF9jYW5hcnlfa2V5OnNlY3JldF9jYW5hcnk=")
    );
    assert!(requests[2].starts_with("GET /api/payments/pay_1 HTTP/1.1\r\n"));
}

#[test]
fn what_was_refused_is_not_repeated_and_not_done() {
    let answer = |status: &str, kind: &str| {
        http(
            status,
            &format!(r#"{{"message":"no","type":"{kind}","request_id":"req_7"}}"#),
        )
    };
    for (status, kind, code) in [
        (
            "400 Bad Request",
            "invalid_request",
            Code::IpayInvalidRequest,
        ),
        (
            "401 Unauthorized",
            "authentication_error",
            Code::IpayAuthentication,
        ),
        ("402 Payment Required", "card_error", Code::IpayCardDeclined),
        ("403 Forbidden", "permission_error", Code::IpayPermission),
        ("404 Not Found", "not_found", Code::IpayNotFound),
        ("409 Conflict", "invalid_state", Code::IpayInvalidState),
        (
            "422 Unprocessable Entity",
            "idempotency_error",
            Code::IpayIdempotencyMismatch,
        ),
    ] {
        let server = Scripted::start([answer(status, kind), json(PAID)]);
        let error = client(&server)
            .create_payment(2999, "JPY")
            .send()
            .unwrap_err();
        assert_eq!(
            (error.code(), error.outcome()),
            (code, Outcome::NotDone),
            "{status}"
        );
        assert_eq!(error.request_id(), Some("req_7"));
        assert!(error.idempotency_key().is_some());
        assert_eq!(error.resume(), None);
        assert!(!error.is_retryable());
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

/// A page of a proxy proves nothing about what lies behind it.
#[test]
fn what_is_not_the_service_s_leaves_the_outcome_unknown() {
    for status in [
        "403 Forbidden",
        "404 Not Found",
        "418 I'm a teapot",
        "302 Found",
    ] {
        let server = Scripted::start([http(status, "<html>"), json(PAID)]);
        let error = client(&server)
            .create_payment(2999, "JPY")
            .send()
            .unwrap_err();
        assert_eq!(error.code(), Code::IpayOutcomeUnknown, "{status}");
        assert!(error.resume().is_some(), "{status}");
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[test]
fn retry_after_is_waited_for_in_seconds_and_as_a_date() {
    let failure = r#"{"message":"slow down"}"#;
    let limited = http("429 Too Many Requests\r\nretry-after: 1", failure);
    let server = Scripted::start([limited, json(PAID)]);
    client(&server).create_payment(2999, "JPY").send().unwrap();
    assert!(
        server.gaps()[0] >= Duration::from_secs(1),
        "{:?}",
        server.gaps()
    );

    let at = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(5));
    let head = format!("503 Service Unavailable\r\nretry-after: {at}");
    let server = Scripted::start([http(&head, failure), json(PAID)]);
    client(&server).create_payment(2999, "JPY").send().unwrap();
    assert!(SystemTime::now() >= httpdate::parse_http_date(&at).unwrap());
    assert_eq!(server.requests().len(), 2);

    // Longer than the call may take: it ends at once, and says how long.
    let server = Scripted::start([http("429 Too Many Requests\r\nretry-after: 86400", failure)]);
    let error = client(&server)
        .create_payment(2999, "JPY")
        .send()
        .unwrap_err();
    assert_eq!(error.code(), Code::IpayRateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(86_400)));
    assert!(error.is_retryable());
}

#[test]
fn a_lost_call_is_resumed_with_its_own_key_and_bytes() {
    let server = Scripted::start([Act::Close, json(PAID)]);
    let client = builder(&server).max_retries(0).build().unwrap();
    let call = client
        .create_payment(2999, "JPY")
        .metadata([("orderId", "A-1")]);
    let error = call.send().unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let result = client.resume_payment(error.resume().unwrap()).unwrap();
    assert!(matches!(result, PaymentResult::Succeeded(_)));
    let requests = server.requests();
    assert_eq!(
        header(&requests[0], "idempotency-key"),
        header(&requests[1], "idempotency-key")
    );
    assert_eq!(
        header(&requests[0], "idempotency-key"),
        error.idempotency_key()
    );
    assert_eq!(body(&requests[0]), body(&requests[1]));
    let wrong = client.resume_refund(error.resume().unwrap()).unwrap_err();
    assert_eq!(wrong.param(), Some("handle"));
}

/// A page that reloads sends the same key again: the handle is as old as the key.
#[test]
fn a_handle_is_as_old_as_the_key_that_the_shop_named() {
    let server = Scripted::start([Act::Close]);
    let client = builder(&server).max_retries(0).build().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let before = i64::try_from(now.unwrap().as_secs()).unwrap() - 22 * 3_600;
    let call = client
        .create_payment(2999, "JPY")
        .idempotency_key("order-1")
        .first_try_at(before);
    let error = call.send().unwrap_err();
    assert_eq!(server.requests().len(), 1);
    let content = error.resume().unwrap().split('.').next().unwrap();
    let content = BASE64.decode(content).unwrap();
    let content: serde_json::Value = serde_json::from_slice(&content).unwrap();
    assert_eq!(content["first_try"], before);
}

/// A first try that may have been executed is not undone by a later refusal.
#[test]
fn a_refusal_after_a_lost_try_says_nothing_about_it() {
    let refusal = http("401 Unauthorized", r#"{"message":"no"}"#);
    let server = Scripted::start([Act::Close, refusal]);
    let error = client(&server)
        .create_payment(2999, "JPY")
        .send()
        .unwrap_err();
    assert_eq!(error.code(), Code::IpayOutcomeUnknown);
    assert_eq!(error.cause().unwrap().code(), Code::IpayAuthentication);
    // The stored answer of a decline is certain, though.
    let declined = http(
        "402 Payment Required",
        r#"{"message":"no","decline_code":"lost_card","payment":{"id":"pay_9"}}"#,
    );
    let server = Scripted::start([Act::Close, declined]);
    let error = client(&server)
        .create_payment(2999, "JPY")
        .send()
        .unwrap_err();
    assert_eq!(
        (error.code(), error.outcome()),
        (Code::IpayCardDeclined, Outcome::NotDone)
    );
    assert_eq!(
        (error.decline_code(), error.payment_id()),
        (Some("lost_card"), Some("pay_9"))
    );
}

fn token(number: u32, lives: u32) -> Act {
    json(&format!(
        r#"{{"access_token":"token_{number}_canary","token_type":"Bearer","expires_in":{lives}}}"#
    ))
}

#[test]
fn one_token_however_many_threads_ask_and_one_more_after_a_401() {
    let server = Scripted::start([token(1, 3_600)]);
    server.answer_slowly(Duration::from_millis(20), PAID);
    let client = Client::with_client_credentials("client", "client_canary")
        .base_url(base(&server))
        .build()
        .unwrap();
    std::thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| client.create_payment(2999, "JPY").send().unwrap());
        }
    });
    let requests = server.requests();
    let fetches = requests
        .iter()
        .filter(|r| r.starts_with("POST /api/oauth/token "));
    assert_eq!((fetches.count(), requests.len()), (1, 33));

    let refusal = || http("401 Unauthorized", r#"{"message":"expired"}"#);
    let server = Scripted::start([
        token(1, 3_600),
        refusal(),
        token(2, 3_600),
        json(PAID),
        refusal(),
        token(3, 3_600),
        refusal(),
    ]);
    let client = Client::with_client_credentials("client", "client_canary")
        .base_url(base(&server))
        .build()
        .unwrap();
    client.create_payment(2999, "JPY").send().unwrap();
    let requests = server.requests();
    assert_eq!(
        header(&requests[1], "authorization"),
        Some("Bearer token_1_canary")
    );
    assert_eq!(
        header(&requests[3], "authorization"),
        Some("Bearer token_2_canary")
    );
    assert_eq!(
        header(&requests[1], "idempotency-key"),
        header(&requests[3], "idempotency-key")
    );
    assert_eq!(body(&requests[0]), "grant_type=client_credentials");
    // Once, not again and again.
    let error = client.create_payment(2999, "JPY").send().unwrap_err();
    assert_eq!(
        (error.code(), error.outcome()),
        (Code::IpayAuthentication, Outcome::NotDone)
    );
    assert_eq!(server.requests().len(), 7);
}

#[test]
fn a_token_that_is_about_to_end_is_renewed_first() {
    let server = Scripted::start([
        token(1, 0),
        json(PAID),
        token(2, 3_600),
        json(PAID),
        json(PAID),
    ]);
    let client = Client::with_client_credentials("client", "client_canary")
        .base_url(base(&server))
        .build()
        .unwrap();
    for _ in 0..3 {
        client.get_payment("pay_1").send().unwrap();
    }
    let paths: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(
        paths.iter().filter(|path| path.ends_with("/token")).count(),
        2,
        "{paths:?}"
    );
}

#[test]
fn a_token_source_is_asked_for_each_call_and_once_more_after_a_401() {
    let refusal = http("401 Unauthorized", r#"{"message":"expired"}"#);
    let server = Scripted::start([json(PAID), refusal, json(PAID)]);
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let client = Client::with_token_source(move || {
        let number = counted.fetch_add(1, Ordering::Relaxed);
        Ok(format!("jwt_{number}").into())
    })
    .base_url(base(&server))
    .build()
    .unwrap();
    client.get_payment("pay_1").send().unwrap();
    client.get_payment("pay_1").send().unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 3);
    let tokens: Vec<_> = server
        .requests()
        .iter()
        .map(|r| header(r, "authorization").unwrap().to_owned())
        .collect();
    assert_eq!(tokens, ["Bearer jwt_0", "Bearer jwt_1", "Bearer jwt_2"]);
}

#[test]
fn a_card_leaves_only_with_the_publishable_key() {
    let server = Scripted::start([json(
        r#"{"id":"tok_1","card":{"brand":"visa","last4":"4242","exp_month":12,"exp_year":2030}}"#,
    )]);
    let card = "4242424242424242";
    let refused = [
        client(&server)
            .create_payment(2999, "JPY")
            .description(card)
            .send()
            .unwrap_err(),
        client(&server)
            .create_customer()
            .metadata([("note", card)])
            .send()
            .unwrap_err(),
        client(&server)
            .create_customer()
            .metadata([(card, "x")])
            .send()
            .unwrap_err(),
        client(&server).get_payment(card).send().unwrap_err(),
        client(&server)
            .list_payments()
            .starting_after(card)
            .send()
            .unwrap_err(),
        client(&server)
            .request("POST", "/x")
            .body(r#"{"card":{"number":"1"}}"#)
            .send()
            .map(|_| ())
            .unwrap_err(),
        client(&server)
            .request("GET", "/x?n=4242+4242+4242+4242")
            .send()
            .map(|_| ())
            .unwrap_err(),
        client(&server)
            .create_payment(2999, "JPY")
            .idempotency_key(card)
            .send()
            .unwrap_err(),
    ];
    for error in refused {
        assert_eq!(
            (error.code(), error.outcome()),
            (Code::IpayCardData, Outcome::NotDone)
        );
        assert!(
            !format!("{error} {error:?}").contains("42424242"),
            "{error}"
        );
    }
    assert!(server.requests().is_empty());
    let page = PublishableClient::builder("pk_test_1")
        .base_url(base(&server))
        .build()
        .unwrap();
    let token = page.create_token(card, 12, 2030, "123").send().unwrap();
    assert_eq!(token.card.unwrap().last4, "4242");
    let request = &server.requests()[0];
    assert_eq!(header(request, "authorization"), Some("Bearer pk_test_1"));
    assert_eq!(
        body(request),
        r#"{"card":{"number":"4242424242424242","exp_month":12,"exp_year":2030,"cvc":"123"}}"#
    );
}

#[test]
fn a_list_is_walked_through_page_by_page() {
    let refund = |n: u32| format!(r#"{{"id":"re_{n}","status":"succeeded","amount":{n}}}"#);
    let page = |from: u32, to: u32, more: bool| {
        let all: Vec<_> = (from..=to).map(refund).collect();
        json(&format!(
            r#"{{"data":[{}],"has_more":{more}}}"#,
            all.join(",")
        ))
    };
    let server = Scripted::start([page(1, 2, true), page(3, 4, true), page(5, 5, false)]);
    let client = client(&server);
    let mut items = client.list_refunds().payment("pay_1").limit(2).iter();
    assert_eq!(items.next().unwrap().unwrap().id, "re_1");
    // Nothing is fetched before it is wanted.
    assert_eq!(server.requests().len(), 1);
    let rest: Vec<_> = items.map(|item| item.unwrap().id).collect();
    assert_eq!(rest, ["re_2", "re_3", "re_4", "re_5"]);
    let paths: Vec<_> = server
        .requests()
        .iter()
        .map(|r| r.split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(
        paths,
        [
            "/api/refunds?payment=pay_1&limit=2",
            "/api/refunds?payment=pay_1&limit=2&starting_after=re_2",
            "/api/refunds?payment=pay_1&limit=2&starting_after=re_4",
        ]
    );
}

#[test]
fn one_s_own_rate_is_limited_by_key() {
    let server = Scripted::start([]);
    server.answer_slowly(Duration::ZERO, PAID);
    let client = builder(&server).rate_limit(2).build().unwrap();
    let pay = |payer: &str| client.create_payment(2999, "JPY").rate_key(payer).send();
    pay("a").unwrap();
    pay("a").unwrap();
    let error = pay("a").unwrap_err();
    assert_eq!(
        (error.code(), error.outcome()),
        (Code::IpayOwnRateLimit, Outcome::NotDone)
    );
    assert!(error.is_retryable());
    pay("b").unwrap();
    client.create_payment(2999, "JPY").send().unwrap();
    assert_eq!(server.requests().len(), 4);
    let error = self::client(&server)
        .create_payment(1, "JPY")
        .rate_key("a")
        .send()
        .unwrap_err();
    assert_eq!(error.param(), Some("rate_key"));
}

/// What the service sends back is shown without what it must not show.
#[test]
fn no_error_shows_a_credential() {
    let echo = |secret: &str| {
        http(
            "400 Bad Request",
            &format!(
                r#"{{"message":"you sent {secret}","code":"{secret}","param":"{secret}","request_id":"{secret}"}}"#
            ),
        )
    };
    let basic = "dGVzdF9jYW5hcnlfa2V5OnNlY3JldF9jYW5hcnk=";
    for secret in ["test_canary_key", "secret_canary", basic] {
        let server = Scripted::start([echo(secret)]);
        let error = client(&server).create_payment(1, "JPY").send().unwrap_err();
        let shown = format!(
            "{error} {error:?} {:?} {:?}",
            error.param(),
            error.request_id()
        );
        assert!(!shown.contains(secret), "{shown}");
    }
    let server = Scripted::start([token(1, 3_600), echo("token_1_canary")]);
    let client = Client::with_client_credentials("client", "client_canary")
        .base_url(base(&server))
        .build()
        .unwrap();
    let error = client.create_payment(1, "JPY").send().unwrap_err();
    assert!(
        !format!("{error} {error:?} {client:?}").contains("canary"),
        "{error:?}"
    );
}

/// Nor what was typed into the card's form.
#[test]
fn no_error_shows_a_card() {
    let echo = r#"{"message":"number 4000056655665556 (4000 0566 5566 5556), cvc 737"}"#;
    let server = Scripted::start([http("400 Bad Request", echo)]);
    let page = PublishableClient::builder("pk_test_1")
        .base_url(base(&server))
        .build()
        .unwrap();
    let call = page.create_token("4000 0566 5566 5556", 12, 2030, "737");
    assert!(!format!("{call:?}").contains("5556"));
    let error = call.send().unwrap_err();
    let shown = format!("{error} {error:?}");
    for part in ["4000056655665556", "4000 0566", "737"] {
        assert!(!shown.contains(part), "{shown}");
    }
}

/// A page of a proxy's may be JSON too: it is asked again, and never taken for done.
#[test]
fn an_answer_that_names_nothing_leaves_the_outcome_unknown() {
    let server = Scripted::start([json(r#"{"error":{"message":"busy"}}"#)]);
    let error = client(&server)
        .create_payment(2999, "JPY")
        .send()
        .unwrap_err();
    assert_eq!(error.code(), Code::IpayOutcomeUnknown);
    assert!(error.resume().is_some() && error.idempotency_key().is_some());
    // One that names what it made was executed, and can be found.
    let server = Scripted::start([json(r#"{"id":"pay_7","status":"succeeded"}"#)]);
    let error = client(&server)
        .create_payment(2999, "JPY")
        .send()
        .unwrap_err();
    assert_eq!(
        (error.code(), error.outcome()),
        (Code::IpayBadAnswer, Outcome::Done)
    );
    assert_eq!(error.payment_id(), Some("pay_7"));
    // What the guide does not tell the form of may have any.
    let odd = r#"{"id":"pay_7","status":"succeeded","amount":1,"currency":"JPY","metadata":[],"created":"2026-11-23T00:00:00Z","customer":{"id":"cus_1"}}"#;
    let server = Scripted::start([json(odd)]);
    let paid = client(&server).create_payment(1, "JPY").send().unwrap();
    assert!(matches!(paid, PaymentResult::Succeeded(_)));
}

#[test]
fn a_first_try_that_runs_is_waited_for_while_there_is_time() {
    let running = || {
        http(
            "409 Conflict",
            r#"{"message":"running","type":"idempotency_in_progress"}"#,
        )
    };
    let server = Scripted::start((0..12).map(|_| running()).chain([json(PAID)]));
    let call = client(&server).create_payment(2999, "JPY").send();
    assert!(matches!(call.unwrap(), PaymentResult::Succeeded(_)));
    assert_eq!(server.requests().len(), 13);
}

#[test]
fn what_was_deleted_without_a_word_is_gone() {
    let server = Scripted::start([Act::Answer(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec())]);
    let gone = client(&server).delete_customer("cus_1").send().unwrap();
    assert_eq!((gone.id.as_str(), gone.deleted), ("cus_1", Some(true)));
}

fn signed(body: &str) -> kessai::ipay::Event {
    use kessai::ipay::Webhooks;
    let signature = Webhooks::sign(body.as_bytes(), &"whsec".into()).unwrap();
    let webhooks = Webhooks::new(["whsec".into()]).unwrap();
    webhooks.verify(body.as_bytes(), Some(&signature)).unwrap()
}

/// A genuine event of an old success: what counts is how the payment is now.
#[test]
fn what_was_given_back_or_hardly_taken_is_not_confirmed() {
    use kessai::ipay::Expected;
    let event = signed(r#"{"type":"payment.succeeded","data":{"id":"pay_1"}}"#);
    let expected = Expected::new("A-1", 2999, "jpy");
    for (more, differs) in [
        ("", None),
        (r#","amount_captured":2999,"amount_refunded":1"#, None),
        (r#","amount_captured":1"#, Some("amount_captured")),
        (r#","amount_refunded":2999"#, Some("amount_refunded")),
    ] {
        let body = PAID.replacen('}', &format!("}}{more}"), 1);
        let server = Scripted::start([json(&body)]);
        let confirmed = client(&server).confirm(&event, &expected);
        assert_eq!(
            confirmed
                .err()
                .and_then(|e| e.param().map(str::to_owned))
                .as_deref(),
            differs
        );
    }
    // A refund is no payment, whatever its status says.
    let refund = r#"{"type":"payment.refunded","data":{"id":"re_1","status":"succeeded","amount":2999,"currency":"JPY","payment":"pay_1"}}"#;
    let event = signed(refund);
    assert_eq!(event.payment(), None);
    let server = Scripted::start([json(PAID)]);
    client(&server).confirm(&event, &expected).unwrap();
    assert!(server.requests()[0].starts_with("GET /api/payments/pay_1 "));
}
