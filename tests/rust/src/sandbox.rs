//! A sandbox of this test's own.

use std::thread;

use kessai::zaif::{Client, ClientBuilder};
use kessai_sandbox::domain::faults_text::parse;
use kessai_sandbox::hub::Hub;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// A running sandbox; it stops when this is dropped.
#[derive(Debug)]
pub struct Sandbox {
    url: String,
    /// The API key.
    pub key: String,
    /// Its secret.
    pub secret: String,
    /// What iPay's account was drawn as.
    pub ipay: Value,
    /// The certificate to trust, where it speaks https.
    pub ca_file: Option<String>,
    /// What is controlled without a request: one could meet a fault itself.
    hub: Hub,
    runtime: Option<Runtime>,
}

impl Sandbox {
    /// Starts one.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(kessai_sandbox::Options::default())
    }

    /// Starts one that speaks https.
    #[must_use]
    pub fn start_with_tls() -> Self {
        Self::start_with(kessai_sandbox::Options {
            tls: true,
            ..kessai_sandbox::Options::default()
        })
    }

    fn start_with(options: kessai_sandbox::Options) -> Self {
        let runtime = Runtime::new().unwrap();
        let bound = runtime.block_on(kessai_sandbox::Sandbox::bind(options));
        let sandbox = bound.unwrap();
        let ca_file = sandbox
            .ca_file()
            .map(|path| path.to_str().unwrap().to_owned());
        let line: Value = serde_json::from_str(sandbox.start_line()).unwrap();
        let hub = sandbox.hub();
        runtime.spawn(sandbox.serve());
        let text = |v: &Value| v.as_str().unwrap().to_owned();
        Self {
            url: text(&line["url"]),
            key: text(&line["zaif"]["key"]),
            secret: text(&line["zaif"]["secret"]),
            ipay: line["ipay"].clone(),
            ca_file,
            hub,
            runtime: Some(runtime),
        }
    }

    /// The port on which it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.url.rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A client for its account, to be given options.
    #[must_use]
    pub fn client(&self) -> ClientBuilder {
        self.client_of(&self.key, &self.secret)
    }

    /// A client for another key.
    #[must_use]
    pub fn client_of(&self, key: &str, secret: &str) -> ClientBuilder {
        Client::builder(key, secret).endpoint(format!("{}/ecapi", self.url))
    }

    /// Acts through the control API.
    pub fn act(&self, path: &str, body: &Value) -> Value {
        let address = format!("{}/_sandbox/{path}", self.url);
        let mut answer = ureq::post(address)
            .content_type("application/json")
            .send(body.to_string())
            .unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Reads through the control API.
    #[must_use]
    pub fn look(&self, path: &str) -> Value {
        let mut answer = ureq::get(format!("{}/_sandbox/{path}", self.url))
            .call()
            .unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    /// Adds one rule for what goes wrong.
    pub fn fault(&self, rule: &Value) {
        let rules = parse(rule.to_string().as_bytes()).unwrap();
        self.hub.with(|world, _| world.faults.add(rules));
    }

    /// Ends all faults: what comes now goes right.
    pub fn heal(&self) {
        self.hub.with(|world, _| world.faults.clear());
    }

    /// What really happened.
    #[must_use]
    pub fn ledger(&self) -> Value {
        self.hub.with(|world, _| json!(world.books()))
    }

    /// Every request that arrived, as the ledger has it.
    #[must_use]
    pub fn rows(&self) -> Vec<Value> {
        let ledger = self.ledger();
        ledger["requests"].as_array().unwrap().clone()
    }

    /// Every invoice that the ledger knows.
    #[must_use]
    pub fn invoices(&self) -> Vec<Value> {
        let ledger = self.ledger();
        ledger["invoices"].as_array().unwrap().clone()
    }

    /// The methods called so far, but for the question for the time.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        let ledger = self.ledger();
        let all = ledger["requests"].as_array().unwrap().iter();
        all.filter_map(|r| r["method"].as_str())
            .filter(|method| *method != "getSupportedCurrencies")
            .map(str::to_owned)
            .collect()
    }

    /// Every invoice that the ledger knows for an order.
    #[must_use]
    pub fn invoices_of(&self, order: &str) -> Vec<Value> {
        let ledger = self.ledger();
        let all = ledger["invoices"].as_array().unwrap().iter();
        all.filter(|i| i["order_number"] == order)
            .cloned()
            .collect()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Clients may still hold connections open: nobody waits for them.
            thread::spawn(move || runtime.shutdown_background())
                .join()
                .unwrap();
        }
    }
}
