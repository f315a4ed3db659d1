//! A running sandbox and the ways to talk to it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::client::{self, Client, Reply};

pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) line: Value,
    pub(crate) host: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    pub(crate) fn start() -> Self {
        Self::with(&[])
    }

    pub(crate) fn with(arguments: &[&str]) -> Self {
        Self::saying(arguments, Stdio::null())
    }

    /// With its standard error there.
    pub(crate) fn saying(arguments: &[&str], error: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kessai-sandbox"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(error)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        let url = line["url"].as_str().unwrap();
        let (_, host) = url.split_once("://").unwrap();
        let host = host.to_owned();
        Self { child, line, host }
    }

    /// A client with the credentials of the start line.
    pub(crate) fn client(&self) -> Client {
        let zaif = &self.line["zaif"];
        Client::new(
            &self.host,
            zaif["key"].as_str().unwrap(),
            zaif["secret"].as_str().unwrap(),
        )
    }

    /// A client with a new key, arranged as `options` says.
    pub(crate) fn client_with(&self, options: &Value) -> Client {
        let made = self.post("/_sandbox/zaif/keys", options);
        Client::new(
            &self.host,
            made["key"].as_str().unwrap(),
            made["secret"].as_str().unwrap(),
        )
    }

    pub(crate) fn http(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Reply {
        client::exchange(&self.host, method, path, headers, body).unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let reply = self.http("GET", path, &[], "");
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let reply = self.http("POST", path, &[], &body.to_string());
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.post("/_sandbox/clock", &json!({"advance": seconds}));
    }

    pub(crate) fn freeze(&self) {
        self.post("/_sandbox/clock", &json!({"freeze": true}));
    }

    pub(crate) fn pay(&self, id: &str, amount: Option<&str>) {
        let body = amount.map_or_else(|| json!({}), |amount| json!({"amount": amount}));
        self.post(&format!("/_sandbox/zaif/invoices/{id}/pay"), &body);
    }

    pub(crate) fn mine(&self, coin: &str, blocks: u64) {
        let body = json!({"coin": coin, "blocks": blocks});
        self.post("/_sandbox/zaif/mine", &body);
    }

    pub(crate) fn requests(&self) -> Vec<Value> {
        let books = self.get("/_sandbox/ledger");
        books["requests"].as_array().unwrap().clone()
    }

    pub(crate) fn invoices(&self) -> Vec<Value> {
        let books = self.get("/_sandbox/ledger");
        books["invoices"].as_array().unwrap().clone()
    }

    pub(crate) fn faults(&self, rules: &Value) {
        self.post("/_sandbox/faults", rules);
    }
}
