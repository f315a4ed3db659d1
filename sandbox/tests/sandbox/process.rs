//! The program itself: start line, refusals, seed, end.

use std::io::Read;
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::send;
use crate::running::Running;
use crate::shop::Shop;

fn run_to_end(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kessai-sandbox"))
        .args(arguments)
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
fn the_start_line_says_all_a_client_needs() {
    let sandbox = Running::start();
    let (line, host) = (&sandbox.line, &sandbox.host);
    assert_eq!(line["url"], format!("http://{host}"));
    assert_eq!(line["zaif"]["endpoint"], format!("http://{host}/ecapi"));
    assert_eq!(line["zaif"]["key"].as_str().unwrap().len(), 36);
    assert!(
        line["zaif"]["secret"]
            .as_str()
            .unwrap()
            .starts_with("sandbox_")
    );
}

#[test]
fn a_seed_makes_everything_the_same_again() {
    let draw = |arguments: &[&str]| {
        let sandbox = Running::with(arguments);
        let client = sandbox.client();
        let made = client.look(&client.create(&[]));
        let zaif = &sandbox.line["zaif"];
        [
            &zaif["key"],
            &zaif["secret"],
            &made["invoiceId"],
            &made["address"],
        ]
        .map(|value| value.as_str().unwrap().to_owned())
    };
    assert_eq!(draw(&["--seed", "7"]), draw(&["--seed", "7"]));
    assert_ne!(draw(&["--seed", "7"]), draw(&["--seed", "8"]));
    assert_ne!(draw(&[]), draw(&[]));
}

#[test]
fn listening_beyond_loopback_is_refused() {
    for address in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0"] {
        let (code, out, err) = run_to_end(&["--listen", address]);
        assert_eq!((code, out.as_str()), (Some(2), ""));
        assert!(err.contains("loopback") && err.contains("--tls"), "{err}");
    }
    let taken = Running::start();
    let (code, _, err) = run_to_end(&["--listen", &taken.host]);
    assert_eq!(code, Some(1));
    assert!(err.contains("cannot listen"), "{err}");
    assert_eq!(run_to_end(&["--dta", "x"]).0, Some(2));
}

#[test]
fn signals_end_it_at_once_whatever_is_open() {
    for signal in ["TERM", "INT"] {
        let mut sandbox = Running::start();
        let client = sandbox.client();
        // A webhook the shop never answers, one that waits for its repeat, an open
        // page, a connection that said nothing, one held by a fault.
        let shop = Shop::open();
        let id = client.create(&[("webhookUrl", &shop.url("/"))]);
        sandbox.pay(&id, None);
        shop.next();
        let waiting = client.create(&[("webhookUrl", "http://127.0.0.1:1/")]);
        sandbox.pay(&waiting, None);
        let path = format!("/invoice/events/{id}");
        let mut page = send(&sandbox.host, "GET", &path, &[], "").unwrap();
        page.read_exact(&mut [0; 12]).unwrap();
        let _silent = TcpStream::connect(&sandbox.host).unwrap();
        sandbox.faults(&serde_json::json!({"fault": "timeout_before_execute"}));
        let _held = send(&sandbox.host, "POST", "/ecapi", &[], "").unwrap();
        let pid = sandbox.child.id().to_string();
        let start = Instant::now();
        let killed = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(killed.unwrap().success());
        let status = sandbox.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{signal}");
        assert!(start.elapsed() < Duration::from_secs(1), "{signal}");
    }
}

#[test]
fn it_says_where_it_is_and_no_more_unless_asked() {
    for (arguments, speaks) in [(&["--seed", "1"][..], false), (&["--log"][..], true)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kessai-sandbox"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = child.stdout.take().unwrap();
        let mut line = Vec::new();
        while line.last() != Some(&b'\n') {
            let mut byte = [0];
            out.read_exact(&mut byte).unwrap();
            line.push(byte[0]);
        }
        let line: serde_json::Value = serde_json::from_slice(&line).unwrap();
        let host = line["url"]
            .as_str()
            .unwrap()
            .strip_prefix("http://")
            .unwrap();
        let headers = [format!("key: {}", line["zaif"]["key"].as_str().unwrap())];
        let reply = crate::client::exchange(host, "POST", "/ecapi", &[&headers[0]], "method=x");
        assert_eq!(reply.unwrap().status, 200);
        let pid = child.id().to_string();
        Command::new("kill").arg(&pid).status().unwrap();
        let output = child.wait_with_output().unwrap();
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        let mut said = err.lines();
        let url = line["url"].as_str().unwrap();
        assert_eq!(
            said.next(),
            Some(format!("kessai-sandbox: dashboard at {url}/ (Ctrl-C ends it)").as_str())
        );
        assert_eq!(
            (rest.as_str(), said.next().is_some()),
            ("", speaks),
            "{err}"
        );
        assert!(!err.contains(line["zaif"]["key"].as_str().unwrap()));
    }
}
