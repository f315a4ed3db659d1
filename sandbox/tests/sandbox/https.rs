//! The sandbox by https, as a client meets it that trusts nobody but its authority.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, Error, RootCertStore, StreamOwned, crypto::ring,
};

use crate::client::send;
use crate::running::Running;

fn running(arguments: &[&str]) -> Running {
    let sandbox = Running::with(&[&["--tls"][..], arguments].concat());
    assert!(
        sandbox.line["url"]
            .as_str()
            .unwrap()
            .starts_with("https://")
    );
    sandbox
}

fn ca_file(sandbox: &Running) -> &Path {
    Path::new(sandbox.line["ca_file"].as_str().unwrap())
}

/// One request to the sandbox under `name`; its whole answer, or why there is none.
fn ask(sandbox: &Running, name: &str, request: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    let authority = CertificateDer::from_pem_file(ca_file(sandbox)).unwrap();
    roots.add(authority).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let tcp = TcpStream::connect(&sandbox.host)?;
    tcp.set_read_timeout(Some(Duration::from_secs(2)))?;
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, tcp);
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn get(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n")
}

fn post(path: &str, body: &Value) -> String {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

const READY: &str = "/_sandbox/ready";

#[test]
fn whoever_trusts_the_authority_is_answered_under_every_loopback_name() {
    let sandbox = running(&[]);
    for name in ["localhost", "127.0.0.1", "::1"] {
        let answer = ask(&sandbox, name, &get(READY, "")).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.ends_with(r#"{"ready":true}"#), "{answer}");
    }
    let error = ask(&sandbox, "shop.test", &get(READY, "")).unwrap_err();
    let reason = error.get_ref().and_then(|it| it.downcast_ref::<Error>());
    assert!(
        matches!(reason, Some(Error::InvalidCertificate(_))),
        "{error}"
    );
    let endpoint = sandbox.line["zaif"]["endpoint"].as_str().unwrap();
    assert_eq!(endpoint, format!("https://{}/ecapi", sandbox.host));
}

#[test]
fn the_authority_is_for_its_owner_and_goes_with_the_sandbox() {
    let mut sandbox = running(&[]);
    let file = ca_file(&sandbox).to_owned();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file), 0o600);
    assert_eq!(mode(file.parent().unwrap()), 0o700);
    let pid = sandbox.child.id().to_string();
    std::process::Command::new("kill")
        .arg(pid)
        .status()
        .unwrap();
    sandbox.child.wait().unwrap();
    assert!(!file.parent().unwrap().exists());
}

#[test]
fn pages_by_plain_http_do_not_drive_it() {
    let sandbox = running(&[]);
    for (origin, status) in [("https://localhost", 200), ("http://localhost", 403)] {
        let headers = format!("Host: localhost\r\nOrigin: {origin}\r\n");
        let answer = ask(&sandbox, "localhost", &get("/_sandbox/clock", &headers)).unwrap();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
    }
    // And plain HTTP itself is not understood.
    let mut plain = send(&sandbox.host, "GET", READY, &[], "").unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"));
}

#[test]
fn beyond_loopback_it_names_a_host_that_its_certificate_has() {
    let sandbox = running(&["--listen", "0.0.0.0:0"]);
    assert!(sandbox.host.starts_with("localhost:"), "{}", sandbox.host);
    assert!(ask(&sandbox, "localhost", &get(READY, "")).is_ok());
}

#[test]
fn handshakes_fail_and_hang_on_request() {
    let sandbox = running(&[]);
    let ready = || ask(&sandbox, "localhost", &get(READY, ""));
    let rules = json!([
        {"fault": "tls_fails", "times": 1},
        {"fault": "tls_hangs", "times": 1}
    ]);
    ask(&sandbox, "localhost", &post("/_sandbox/faults", &rules)).unwrap();
    let refused = ready().unwrap_err();
    let reason = refused.get_ref().and_then(|it| it.downcast_ref::<Error>());
    assert!(matches!(reason, Some(Error::AlertReceived(_))), "{refused}");
    let silent = ready().unwrap_err();
    assert!(
        matches!(
            silent.kind(),
            std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
        ),
        "{silent}"
    );
    assert!(ready().is_ok());
}

#[test]
fn faults_of_http_are_played_below_the_encryption() {
    let sandbox = running(&[]);
    for (fault, seen) in [
        ("reset_in_answer", "HTTP/1.1 200 OK"),
        ("cut_answer", "HTTP/1.1 200 OK"),
    ] {
        let rule = json!({"fault": fault, "times": 1});
        ask(&sandbox, "localhost", &post("/_sandbox/faults", &rule)).unwrap();
        let call = "POST /ecapi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
            Content-Length: 29\r\n\r\nmethod=getSupportedCurrencies";
        match ask(&sandbox, "localhost", call) {
            Ok(answer) => assert!(
                answer.starts_with(seen) && !answer.ends_with('}'),
                "{answer}"
            ),
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{fault}"),
        }
    }
}

#[test]
fn without_tls_there_is_no_handshake_to_spoil() {
    let sandbox = Running::start();
    let reply = sandbox.http("POST", "/_sandbox/faults", &[], r#"{"fault":"tls_fails"}"#);
    assert_eq!(reply.status, 400);
    assert!(reply.body.contains("--tls"), "{}", reply.body);
    assert_eq!(sandbox.get(READY), json!({"ready": true}));
}
