//! HTTP by hand: a test has to see resets, cut answers and odd headers as they are.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use kessai_sandbox::domain::hex::hex_lower;
use md5::{Digest, Md5};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use sha1::Sha1;

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// One request on a connection of its own. Headers are written as given; a `Host`
/// is added unless there is one.
pub(crate) fn exchange(
    host: &str,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &str,
) -> io::Result<Reply> {
    let mut stream = send(host, method, path, headers, body)?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw)?;
    let text = String::from_utf8_lossy(&raw);
    let (head, body) = text
        .split_once("\r\n\r\n")
        .ok_or(io::ErrorKind::UnexpectedEof)?;
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Ok(Reply {
        status: status.ok_or(io::ErrorKind::InvalidData)?,
        head: head.to_owned(),
        body: body.to_owned(),
    })
}

/// Writes a request and leaves the answer to be read.
pub(crate) fn send(
    host: &str,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &str,
) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|line| line.starts_with("Host:")) {
        request.push_str(&format!("Host: {host}\r\n"));
    }
    for line in headers {
        request.push_str(&format!("{line}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes())?;
    Ok(stream)
}

pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    let encode = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Somebody with an API key.
pub(crate) struct Client {
    pub(crate) host: String,
    pub(crate) key: String,
    pub(crate) md5: String,
    pub(crate) sha1: String,
    nonce: AtomicU64,
}

impl Client {
    pub(crate) fn new(host: &str, key: &str, secret: &str) -> Self {
        assert!(secret.starts_with("sandbox_"));
        Self {
            host: host.to_owned(),
            key: key.to_owned(),
            md5: hex_lower(&Md5::digest(secret)),
            sha1: hex_lower(&Sha1::digest(secret)),
            nonce: AtomicU64::new(1),
        }
    }

    pub(crate) fn next_nonce(&self) -> String {
        self.nonce.fetch_add(1, Ordering::SeqCst).to_string()
    }

    pub(crate) fn headers(&self) -> [String; 2] {
        [
            format!("key: {}", self.key),
            format!("sha1secret: {}", self.sha1),
        ]
    }

    /// The raw exchange, with a nonce unless one is among the parameters.
    pub(crate) fn exchange(&self, method: &str, pairs: &[(&str, &str)]) -> io::Result<Reply> {
        let nonce = self.next_nonce();
        let mut all = vec![("method", method)];
        if !pairs.iter().any(|pair| pair.0 == "nonce") {
            all.push(("nonce", &nonce));
        }
        all.extend_from_slice(pairs);
        let [key, secret] = self.headers();
        exchange(
            &self.host,
            "POST",
            "/ecapi",
            &[&key, &secret, FORM],
            &form(&all),
        )
    }

    /// What the API answered: the result, or its message.
    pub(crate) fn call(&self, method: &str, pairs: &[(&str, &str)]) -> Result<Value, String> {
        let reply = self.exchange(method, pairs).unwrap();
        assert_eq!(reply.status, 200, "{}", reply.body);
        outcome(&reply.json())
    }

    /// A new invoice over 10,800 yen in BTC, changed by `pairs`; answers its id.
    pub(crate) fn create(&self, pairs: &[(&str, &str)]) -> String {
        let mut all = pairs.to_vec();
        for (name, value) in [("currency", "btc"), ("amount", "10800")] {
            if !pairs.iter().any(|pair| pair.0 == name) {
                all.push((name, value));
            }
        }
        let made = self.call("createInvoice", &all).unwrap();
        made["invoiceId"].as_str().unwrap().to_owned()
    }

    pub(crate) fn look(&self, id: &str) -> Value {
        self.call("getInvoice", &[("invoiceId", id)]).unwrap()
    }

    pub(crate) fn status(&self, id: &str) -> String {
        self.look(id)["status"].as_str().unwrap().to_owned()
    }
}

pub(crate) const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

pub(crate) fn outcome(answer: &Value) -> Result<Value, String> {
    match answer["success"].as_u64() {
        Some(1) => Ok(answer["return"].clone()),
        _ => Err(answer["return"].as_str().unwrap().to_owned()),
    }
}
