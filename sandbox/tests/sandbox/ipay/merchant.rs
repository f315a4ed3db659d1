//! A shop's server and its customer's browser, by hand.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::client::{Reply, exchange};
use crate::running::Running;

pub(crate) const JSON: &str = "Content-Type: application/json";

/// Whoever holds the account's credentials.
pub(crate) struct Merchant {
    pub(crate) host: String,
    pub(crate) basic: String,
    pub(crate) browser: String,
}

impl Merchant {
    pub(crate) fn of(sandbox: &Running) -> Self {
        let text = |name: &str| sandbox.line["ipay"][name].as_str().unwrap().to_owned();
        let pair = format!("{}:{}", text("key"), text("secret"));
        Self {
            host: sandbox.host.clone(),
            basic: format!("Authorization: Basic {}", STANDARD.encode(pair)),
            browser: format!("Authorization: Bearer {}", text("publishable_key")),
        }
    }

    pub(crate) fn raw(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Reply {
        exchange(&self.host, method, &format!("/api{path}"), headers, body).unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let reply = self.raw("GET", path, &[&self.basic], "");
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }

    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.raw(method, path, &[&self.basic, JSON], &body.to_string())
    }

    pub(crate) fn keyed(&self, key: &str, path: &str, body: &Value) -> Reply {
        let key = format!("Idempotency-Key: {key}");
        self.raw("POST", path, &[&self.basic, JSON, &key], &body.to_string())
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let reply = self.send("POST", path, body);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        reply.json()
    }

    /// What the answer refuses: status, type, param.
    pub(crate) fn refused(&self, path: &str, body: &Value) -> (u16, String, String) {
        refusal(&self.send("POST", path, body))
    }

    pub(crate) fn token(&self, number: &str) -> Reply {
        let cvc = if number.len() == 15 { "1234" } else { "123" };
        let card = json!({"number": number, "exp_month": 12, "exp_year": 2099, "cvc": cvc});
        let body = json!({"card": card}).to_string();
        self.raw("POST", "/tokens", &[&self.browser, JSON], &body)
    }

    pub(crate) fn card(&self, number: &str) -> String {
        let token = self.token(number).json();
        let method = self.post(
            "/payment_methods",
            &json!({"type": "card", "token": token["id"]}),
        );
        method["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn pay(&self, method: &str, more: &Value) -> Reply {
        let mut body = json!({
            "amount": 2999, "currency": "USD", "payment_method": method, "confirm": true
        });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.send("POST", "/payments", &body)
    }

    pub(crate) fn paid(&self, more: &Value) -> String {
        let reply = self.pay(&self.card("4242424242424242"), more);
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn status(&self, id: &str) -> String {
        let payment = self.get(&format!("/payments/{id}"));
        payment["status"].as_str().unwrap().to_owned()
    }
}

pub(crate) fn refusal(reply: &Reply) -> (u16, String, String) {
    let body = reply.json();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    assert!(!text("message").is_empty(), "{}", reply.body);
    assert_eq!(
        Some(text("request_id").as_str()),
        reply.header("x-request-id")
    );
    (reply.status, text("type"), text("param"))
}

/// The objects of a kind in the books.
pub(crate) fn books(sandbox: &Running, kind: &str) -> Vec<Value> {
    sandbox.get("/_sandbox/ledger")["ipay"][kind]
        .as_array()
        .unwrap()
        .clone()
}
