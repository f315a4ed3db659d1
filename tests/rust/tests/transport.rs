//! The door to the network, against a server that misbehaves on purpose.

use std::net::TcpListener;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use kessai::nonce::Nonce;
use kessai::zaif::{Client, ClientBuilder, CreateInvoice};
use kessai::{Error, Outcome, Yen};
use kessai_tests::{Act, Scripted, json};

const KEY: &str = "sandbox_canary_key";
const SECRET: &str = "sandbox_canary_secret";
/// The SHA-1 of the secret.
const DIGEST: &str = "00dccf76e6f26451e8423668ab828b4fb27ad04b";
const FOUND: &str = r#"{"success":1,"return":{"invoiceIds":["a-1"],"counts":1}}"#;

fn client(url: &str) -> ClientBuilder {
    Client::builder(KEY, SECRET)
        .endpoint(url)
        .max_retries(0)
        .trust_clock(true)
}

/// A write that cannot be looked up, so that its outcome is told as it is.
fn write(client: ClientBuilder) -> Error {
    let request = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500));
    client
        .build()
        .unwrap()
        .create_invoice(&request)
        .unwrap_err()
}

fn answer(head: &str, body: &str) -> Act {
    let length = body.len();
    Act::Answer(format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes())
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Scripted::start([json(FOUND)]);
    for status in [301, 302, 303, 307, 308] {
        let head = format!("{status} Moved\r\nlocation: {}", elsewhere.url());
        let server = Scripted::start([answer(&head, "")]);
        let error = write(client(&server.url()));
        let cause = error.cause().unwrap();
        assert_eq!(cause.code(), kessai::Code::TransportRedirect);
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert_eq!(error.http_status(), Some(status));
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[test]
fn what_was_never_sent_is_certainly_not_done() {
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let refused = write(client(&format!("http://127.0.0.1:{closed}/ecapi")));
    assert_eq!(refused.code(), kessai::Code::TransportConnect);

    // A handshake with a server that speaks no TLS.
    let plain = Scripted::start([]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = std::io::Write::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n");
        }
    });
    let tls = write(client(&format!("https://127.0.0.1:{port}/ecapi")));
    assert_eq!(tls.code(), kessai::Code::TransportTls);
    assert!(plain.requests().is_empty());

    let unknown_host = write(client("https://no-such-host.invalid/ecapi"));
    assert_eq!(unknown_host.code(), kessai::Code::TransportLookup);

    for error in [refused, tls, unknown_host] {
        assert_eq!(error.outcome(), Outcome::NotDone, "{error}");
        assert!(error.is_retryable(), "{error}");
    }
}

#[test]
fn what_was_sent_and_not_answered_is_unknown_and_sent_once() {
    let cut =
        Act::AnswerAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"success\"".to_vec());
    for act in [
        Act::Close,
        cut,
        Act::AnswerAndClose(b"HTTP/1.1 200".to_vec()),
    ] {
        let server = Scripted::start([act.clone(), act]);
        let error = write(client(&server.url()));
        assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[test]
fn answers_are_capped() {
    let endless_body = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        .iter()
        .copied()
        .chain(
            b"1000\r\n"
                .iter()
                .copied()
                .chain(std::iter::repeat_n(b' ', 0x1000))
                .chain(*b"\r\n"),
        )
        .collect::<Vec<u8>>();
    let chunk =
        endless_body[b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".len()..].to_vec();
    let mut endless = endless_body;
    for _ in 0..1_000 {
        endless.extend_from_slice(&chunk);
    }
    let long = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 2 << 20).into_bytes();
    let long = [long, vec![b' '; 2 << 20]].concat();
    let headers =
        Act::Flood(b"x-filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".to_vec());
    for (name, script) in [
        ("chunked", vec![Act::AnswerAndClose(endless)]),
        ("announced", vec![Act::AnswerAndClose(long)]),
        ("headers", vec![headers]),
    ] {
        let server = Scripted::start(script);
        let began = Instant::now();
        let error = write(client(&server.url()).timeout(Duration::from_secs(9)));
        assert_eq!(error.outcome(), Outcome::Unknown, "{name}");
        assert!(
            began.elapsed() < Duration::from_secs(8),
            "{name}: {:?}",
            began.elapsed()
        );
        let code = error.cause().unwrap().code();
        let told = [
            kessai::Code::TransportTooLarge,
            kessai::Code::TransportMalformed,
            kessai::Code::TransportBroken,
        ];
        assert!(told.contains(&code), "{name}: {error:?}");
    }
}

#[test]
fn a_compressed_answer_is_not_unpacked() {
    let server = Scripted::start([answer("200 OK\r\ncontent-encoding: gzip", "xxxx")]);
    let error = write(client(&server.url()));
    assert_eq!(
        error.cause().unwrap().code(),
        kessai::Code::TransportMalformed
    );
}

#[test]
fn one_limit_bounds_the_whole_call() {
    let drip = Act::AnswerAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n".to_vec());
    for act in [Act::Silence, drip] {
        let server = Scripted::start(std::iter::repeat_n(act, 50));
        let limit = Duration::from_millis(600);
        let client = client(&server.url())
            .timeout(limit)
            .max_retries(20)
            .build()
            .unwrap();
        let began = Instant::now();
        let error = client.find_invoice_ids("A-1").unwrap_err();
        assert!(
            began.elapsed() < limit + Duration::from_secs(1),
            "{:?}",
            began.elapsed()
        );
        assert!(error.is_retryable(), "{error}");
    }
}

#[test]
fn a_connection_is_kept_for_reads_and_fresh_for_writes() {
    let server = Scripted::start(std::iter::repeat_n(json(FOUND), 9));
    let client = client(&server.url()).build().unwrap();
    for _ in 0..5 {
        client.find_invoice_ids("A-1").unwrap();
    }
    assert_eq!(server.connections(), 1);
    std::thread::sleep(Duration::from_millis(1_100));
    client.find_invoice_ids("A-1").unwrap();
    assert_eq!(server.connections(), 1);
    std::thread::sleep(Duration::from_millis(1_100));
    // Idle for a second: a create does not trust it any more.
    let request = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500));
    let unusable = client.create_invoice(&request).unwrap_err();
    assert_eq!(unusable.outcome(), Outcome::Done);
    assert_eq!(server.connections(), 2);
}

#[test]
fn credentials_go_where_they_are_wanted() {
    for (place, in_head, in_body) in [
        ("both", true, true),
        ("headers", true, false),
        ("body", false, true),
    ] {
        let server = Scripted::start([json(FOUND)]);
        let client = client(&server.url())
            .credentials_in(place)
            .digest("md5")
            .build()
            .unwrap();
        client.find_invoice_ids("A-1").unwrap();
        let request = server.requests().remove(0);
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert_eq!(
            head.to_lowercase().contains("\r\nmd5secret: "),
            in_head,
            "{place}"
        );
        assert_eq!(head.contains(KEY), in_head, "{place}");
        assert_eq!(body.contains("&md5secret="), in_body, "{place}");
        assert_eq!(body.contains(KEY), in_body, "{place}");
        assert!(!request.contains(SECRET), "the secret itself never travels");
    }
}

fn nonces(server: &Scripted) -> Vec<Nonce> {
    let nonce = |r: &String| r.split("nonce=").nth(1)?.split('&').next()?.parse().ok();
    server.requests().iter().filter_map(nonce).collect()
}

#[test]
fn nonces_rise_and_follow_the_services_clock() {
    let dated = |date: &str| answer(&format!("200 OK\r\ndate: {date}"), FOUND);
    // The service's clock is some years ahead of any machine's: believed when
    // it says so twice.
    let server = Scripted::start([
        json(FOUND),
        dated("Fri, 01 Jan 2100 00:00:00 GMT"),
        dated("Fri, 01 Jan 2100 00:00:00 GMT"),
        json(FOUND),
    ]);
    let client = client(&server.url()).build().unwrap();
    for _ in 0..4 {
        client.find_invoice_ids("A-1").unwrap();
    }
    let nonces = nonces(&server);
    assert!(nonces.is_sorted_by(|a, b| a < b), "{nonces:?}");
    let in_2100 = 4_102_444_800_000_000..4_102_444_810_000_000;
    let believed: Vec<_> = nonces
        .iter()
        .map(|n| in_2100.contains(&n.as_micros()))
        .collect();
    assert_eq!(believed, [false, false, false, true]);
}

#[test]
fn a_proxys_clock_is_nobodys() {
    let page = "502 Bad Gateway\r\ndate: Fri, 01 Jan 2100 00:00:00 GMT";
    let server = Scripted::start([answer(page, "<html>"), answer(page, "<html>"), json(FOUND)]);
    let client = client(&server.url()).max_retries(5).build().unwrap();
    client.find_invoice_ids("A-1").unwrap();
    for nonce in nonces(&server) {
        assert!(nonce.as_micros() < 4_000_000_000_000_000, "{nonce}");
    }
}

#[test]
fn clients_of_different_age_agree_on_the_time() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = u64::try_from(now.as_micros()).unwrap();
    let date = httpdate::fmt_http_date(SystemTime::now());
    let dated = answer(&format!("200 OK\r\ndate: {date}"), FOUND);
    let server = Scripted::start(std::iter::repeat_n(dated, 9));
    let old = client(&server.url()).build().unwrap();
    old.find_invoice_ids("A-1").unwrap();
    std::thread::sleep(Duration::from_millis(2_500));
    let young = client(&server.url()).build().unwrap();
    young.find_invoice_ids("A-1").unwrap();
    old.find_invoice_ids("A-1").unwrap();
    let last = nonces(&server).pop().unwrap().as_micros();
    assert!(last < now + 4_500_000, "{} us ahead", last - now);
}

#[test]
fn a_service_that_asks_for_patience_gets_it() {
    for head in [
        "429 Too Many\r\nretry-after: 1",
        "503 Busy\r\nretry-after: 1",
    ] {
        let server = Scripted::start([answer(head, "<html>"), json(FOUND)]);
        let client = client(&server.url()).max_retries(3).build().unwrap();
        let began = Instant::now();
        client.find_invoice_ids("A-1").unwrap();
        assert!(
            began.elapsed() >= Duration::from_secs(1),
            "{head}: {:?}",
            began.elapsed()
        );
    }
    let server = Scripted::start([answer("429 Too Many\r\nretry-after: 3600", "")]);
    let error = write(client(&server.url()));
    assert_eq!(error.kind(), kessai::ErrorKind::RateLimit);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3_600)));
    assert_eq!(error.outcome(), Outcome::NotDone);
}

#[test]
fn an_html_502_keeps_its_request_id() {
    let server = Scripted::start([answer("502 Bad Gateway\r\nx-request-id: r-77", "<html>")]);
    let error = write(client(&server.url()));
    assert_eq!(error.request_id(), Some("r-77"));
    assert_eq!(error.http_status(), Some(502));
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn no_credential_shows_anywhere() {
    let server = Scripted::start([Act::Close]);
    let built = client(&server.url());
    let shown = format!("{built:?}");
    let client = built.build().unwrap();
    let request = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");
    let error = client.create_invoice(&request).unwrap_err();
    let handle = error.resume().unwrap().to_owned();
    for text in [
        shown,
        format!("{client:?}"),
        format!("{error:?} {error}"),
        handle,
    ] {
        for canary in [KEY, SECRET, DIGEST] {
            assert!(!text.contains(canary), "{text}");
        }
    }
}

#[test]
fn a_service_that_echoes_its_requests_shows_no_credential() {
    let echo = format!(r#"{{"success":0,"return":"what is key={KEY}&sha1secret={DIGEST}?"}}"#);
    let server = Scripted::start([json(&echo)]);
    let error = write(client(&server.url()));
    assert_eq!(error.code(), kessai::Code::ZaifApiError);
    assert!(error.message().contains("***"), "{error}");
    for canary in [KEY, DIGEST] {
        assert!(!format!("{error:?} {error}").contains(canary));
    }
}

/// Keeps what every library logs, down to the finest level.
struct Log(Mutex<String>);

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        use std::fmt::Write as _;
        let _ = writeln!(self.0.lock().unwrap(), "{}", record.args());
    }
    fn flush(&self) {}
}

#[test]
fn no_library_logs_a_credential() {
    static LOG: Log = Log(Mutex::new(String::new()));
    log::set_logger(&LOG).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let server = Scripted::start([json(FOUND)]);
    let client = client(&server.url()).build().unwrap();
    client.find_invoice_ids("A-1").unwrap();
    let log = LOG.0.lock().unwrap();
    assert!(log.contains("ecapi"), "nothing was logged");
    // Dumps break texts into short pieces.
    for canary in [KEY, DIGEST]
        .into_iter()
        .flat_map(|c| c.as_bytes().windows(10))
    {
        let canary = std::str::from_utf8(canary).unwrap();
        assert!(!log.contains(canary), "{canary} in {log}");
    }
}

#[test]
fn a_slow_reader_does_not_stretch_the_limit() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    // Accepts, and never reads.
    std::thread::spawn(move || listener.incoming().flatten().collect::<Vec<_>>());
    let client = client(&format!("http://127.0.0.1:{port}/ecapi"));
    let client = client.timeout(Duration::from_millis(900)).build().unwrap();
    let began = Instant::now();
    let error = client
        .call("shipGoods", &[("x", "y".repeat(60_000))])
        .unwrap_err();
    assert!(
        began.elapsed() < Duration::from_millis(1_900),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn waiting_for_a_turn_leaves_time_for_the_call() {
    let server = Scripted::start([]);
    server.answer_slowly(Duration::from_millis(400), FOUND);
    let client = client(&server.url())
        .window(1)
        .timeout(Duration::from_secs(9));
    let client = client.build().unwrap();
    std::thread::scope(|scope| {
        let calls: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| client.find_invoice_ids("A-1")))
            .collect();
        for call in calls {
            call.join().unwrap().unwrap();
        }
    });
}

#[test]
fn the_first_nonce_waits_for_the_services_time() {
    let ahead = SystemTime::now() + Duration::from_secs(100);
    let head = format!("200 OK\r\ndate: {}", httpdate::fmt_http_date(ahead));
    let server = Scripted::start([
        answer(&head, r#"{"success":1,"return":{}}"#),
        json(FOUND),
        json(FOUND),
    ]);
    let client = client(&server.url()).trust_clock(false).build().unwrap();
    client.find_invoice_ids("A-1").unwrap();
    client.find_invoice_ids("A-1").unwrap();
    let requests = server.requests();
    assert!(
        requests[0].ends_with("\r\n\r\nmethod=getSupportedCurrencies"),
        "{}",
        requests[0]
    );
    assert!(!requests[0].contains(KEY) && !requests[0].contains(DIGEST));
    let nonces = nonces(&server);
    assert_eq!((requests.len(), nonces.len()), (3, 2));
    let there = u64::try_from(ahead.duration_since(UNIX_EPOCH).unwrap().as_micros()).unwrap();
    assert!(nonces[0].as_micros() + 3_000_000 > there, "{nonces:?}");
}

#[test]
fn a_service_that_tells_no_time_is_asked_no_more() {
    let server = Scripted::start(std::iter::repeat_n(json(FOUND), 9));
    let client = client(&server.url()).trust_clock(false).build().unwrap();
    for _ in 0..5 {
        client.find_invoice_ids("A-1").unwrap();
    }
    // Twice, since one strange answer is not believed.
    assert_eq!(server.requests().len(), 5 + 2);
}
