//! Answers that are made to hurt: each ends its call in time, with the right
//! code, and without taking memory. Measured in a process of its own, since
//! memory is a process's.

use std::time::Duration;

use kessai_tests::{Act, Sandbox, Scripted, Shop, data, json as answer, show};
use serde_json::json;

const SHOP: &str = env!("CARGO_BIN_EXE_shop");
/// How much a process may grow under any answer.
const MOST_GROWTH: u64 = 32 << 20;
const LIMIT: Duration = Duration::from_secs(9);

/// Makes one good call and one that is answered with hostility; gives what that
/// came to.
fn call(name: &str, endpoint: &str, key: &str, secret: &str) -> String {
    let millis = LIMIT.as_millis().to_string();
    let mut shop = Shop::start(SHOP, [endpoint, key, secret], "clock", &["find", &millis]);
    let line = shop.line();
    shop.finish();
    let mut told = line.split(' ');
    let code = told.next().unwrap().to_owned();
    let mut figure = || -> u64 { told.next().unwrap().parse().unwrap() };
    let took = Duration::from_millis(figure());
    assert!(took <= LIMIT + Duration::from_secs(1), "{name}: {took:?}");
    let grew = figure();
    assert!(grew < MOST_GROWTH, "{name}: grew by {grew} bytes");
    show(&format!(
        "{name}: {code} after {took:?}, {} KiB more",
        grew >> 10
    ));
    code
}

#[test]
fn a_hostile_answer_is_refused_in_time_and_in_little_memory() {
    let cases = data("scenarios/hostile.json");
    for case in cases["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let sandbox = Sandbox::start();
        // The same steps as everywhere: a fault, a good call, and a hostile answer.
        let [fault, _, hostile] = &case["steps"].as_array().unwrap()[..] else {
            panic!("{name}");
        };
        sandbox.act("faults", &fault["body"]);
        let endpoint = format!("http://127.0.0.1:{}/ecapi", sandbox.port());
        let code = call(name, &endpoint, &sandbox.key, &sandbox.secret);
        assert_eq!(json!(code), hostile["fails"]["code"], "{name}");
    }
}

/// What no sandbox says: bytes that are not text, and floods within a body.
#[test]
fn bytes_that_are_no_answer_at_all_are_refused_as_well() {
    let good = || answer(r#"{"success":1,"return":{"invoiceIds":null,"counts":0}}"#);
    let whole = |body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
        Act::Answer([head.as_bytes(), body].concat())
    };
    let chunks = |chunk: &str| {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        Act::AnswerAndClose(format!("{head}{}", chunk.repeat(100_000)).into_bytes())
    };
    let chunk_size = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n",
        u64::MAX
    );
    let text = b"{\"success\":0,\"return\":\"\xff\xfe\"}";
    let malformed = "transport.malformed";
    for (name, act, codes) in [
        ("not UTF-8", whole(text), [malformed, malformed]),
        (
            "nothing but zeros",
            whole(&[0; 1 << 20]),
            [malformed, malformed],
        ),
        (
            "no HTTP at all",
            Act::AnswerAndClose(b"220 mail ready\r\n".to_vec()),
            [malformed, "transport.broken"],
        ),
        (
            "a hundred thousand chunks of one byte",
            chunks("1\r\n \r\n"),
            [malformed, "transport.broken"],
        ),
        (
            "a chunk of 16 EiB",
            Act::AnswerAndClose(chunk_size.into_bytes()),
            [malformed, "transport.broken"],
        ),
        (
            "one header line without end",
            Act::Flood(vec![b'a'; 4096]),
            [malformed, "transport.too_large"],
        ),
    ] {
        let server = Scripted::start([good(), act]);
        let code = call(name, &server.url(), "sandbox_key", "sandbox_secret");
        assert!(codes.contains(&code.as_str()), "{name}: {code}");
    }
}
