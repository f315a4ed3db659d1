//! The sandbox in which a case plays: its own account, controls and books.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use kessai::ipay::Webhooks;
use serde_json::{Value, json};

use crate::calls::Given;

/// The states of an invoice that a customer could pay or has paid.
const LIVE: [&str; 4] = ["new", "paid", "confirmed", "complete"];

pub(crate) struct Stage {
    url: String,
    /// What the sandbox draws anew for iPay at every reset.
    ipay: Value,
}

/// A token that is signed with the API secret; a bare HMAC is what a webhook's
/// signature is.
pub(crate) fn jwt(account: &Value) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let claims = json!({"iss": account["key"], "exp": now.as_secs() + 60});
    let parts = [json!({"alg": "HS256", "typ": "JWT"}), claims];
    let signed = parts.map(|part| BASE64.encode(part.to_string())).join(".");
    let secret = account["secret"].as_str().unwrap().into();
    let hex = Webhooks::sign(signed.as_bytes(), &secret).unwrap();
    let pairs = hex.as_bytes().chunks(2);
    let signature: Vec<u8> = pairs
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    format!("{signed}.{}", BASE64.encode(signature))
}

/// Who calls, and where.
pub(crate) struct Account {
    /// The class of clients, by its name in the data.
    pub(crate) client: String,
    /// Credentials by name, and the option that tells where.
    pub(crate) named: Given,
    /// What iPay signs webhooks with.
    pub(crate) webhook_secret: String,
}

impl Stage {
    /// A sandbox as it is at the start, with keys that no case had before.
    pub(crate) fn new(number: usize) -> Self {
        let url = std::env::var("KESSAI_TEST_URL").unwrap();
        let ipay = Value::Null;
        let mut stage = Self { url, ipay };
        stage.ipay = stage.act("reset", &json!({"seed": number}))["ipay"].take();
        stage
    }

    /// The account of a case.
    pub(crate) fn account(&self, client: &str, key: &Value) -> Account {
        let named = match client {
            "zaif" => self.zaif(key),
            "ipay" => self.ipay(key),
            "ipay.publishable" => {
                let publishable = &self.ipay["publishable_key"];
                json!({"publishable_key": publishable, "base_url": self.ipay["base_url"]})
            }
            other => panic!("a client that is {other}"),
        };
        Account {
            client: client.to_owned(),
            named: named.as_object().unwrap().clone(),
            webhook_secret: self.ipay["webhook_secret"].as_str().unwrap().to_owned(),
        }
    }

    fn zaif(&self, key: &Value) -> Value {
        let issued = match key.as_str() {
            Some("unknown") => {
                json!({"key": "00000000-0000-0000-0000-000000000000", "secret": "no_secret"})
            }
            Some("wrong_secret") => {
                let mut issued = self.act("zaif/keys", &json!({}));
                issued["secret"] = json!("not_the_secret");
                issued
            }
            Some(other) => panic!("a key that is {other}"),
            None if key.is_null() => self.act("zaif/keys", &json!({})),
            None => self.act("zaif/keys", key),
        };
        let endpoint = std::env::var("KESSAI_TEST_ENDPOINT").unwrap();
        json!({"key": issued["key"], "secret": issued["secret"], "endpoint": endpoint})
    }

    fn ipay(&self, key: &Value) -> Value {
        let ipay = &self.ipay;
        let mut named = match key.as_str() {
            None if key.is_null() => json!({"key": ipay["key"], "secret": ipay["secret"]}),
            None => key.clone(),
            Some("unknown") => json!({"key": "test_unknown", "secret": "secret_unknown"}),
            Some("wrong_secret") => json!({"key": ipay["key"], "secret": "secret_wrong"}),
            Some("client_credentials") => {
                json!({"client_id": ipay["client_id"], "client_secret": ipay["client_secret"]})
            }
            Some("jwt") => {
                json!({"token": jwt(&json!({"key": ipay["key"], "secret": ipay["secret"]}))})
            }
            // Of these a function signs a token each time.
            Some("token_source") => {
                json!({"token_source": {"key": ipay["key"], "secret": ipay["secret"]}})
            }
            Some(other) => panic!("a key that is {other}"),
        };
        named["base_url"] = ipay["base_url"].clone();
        named
    }

    /// Acts through the control API.
    pub(crate) fn act(&self, path: &str, body: &Value) -> Value {
        let request = ureq::post(self.path(path)).content_type("application/json");
        let mut answer = request.send(body.to_string()).unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    /// The ids of an order's invoices as the sandbox's books have them, and how
    /// many are live.
    pub(crate) fn books(&self, order: &str) -> (Vec<String>, usize) {
        let ledger = self.ledger();
        let all = ledger["invoices"].as_array().unwrap().iter();
        let all: Vec<_> = all.filter(|i| i["order_number"] == order).collect();
        let ids = all.iter().map(|i| i["invoice_id"].as_str().unwrap());
        let live = all.iter().map(|i| i["status"].as_str().unwrap());
        (
            ids.map(str::to_owned).collect(),
            live.filter(|status| LIVE.contains(status)).count(),
        )
    }

    /// The methods that were called, but for the question for the time.
    pub(crate) fn calls(&self) -> Vec<String> {
        let ledger = self.ledger();
        let rows = ledger["requests"].as_array().unwrap().iter();
        rows.map(|row| row["method"].as_str().unwrap().to_owned())
            .filter(|method| method != "getSupportedCurrencies")
            .collect()
    }

    /// The requests of a call of iPay: which came, with which keys, and what was
    /// made of them.
    pub(crate) fn wire(&self, call: &str) -> Value {
        let ledger = self.ledger();
        let rows = ledger["requests"].as_array().unwrap().iter();
        let rows: Vec<_> = rows.filter(|row| row["method"] == call).collect();
        let count = |name: &str| rows.iter().filter(|row| row[name] == true).count();
        let mut keys: Vec<_> = rows.iter().map(|row| &row["idempotency_key"]).collect();
        keys.dedup();
        json!({
            "tries": rows.len(),
            "executed": count("executed"),
            "replayed": count("replayed"),
            "keys": keys,
        })
    }

    /// Every object of iPay of this kind, in the order in which they were made.
    pub(crate) fn made(&self, kind: &str) -> Value {
        self.ledger()["ipay"][kind].take()
    }

    /// The last delivery of an event of this type: its body and its signature.
    pub(crate) fn delivered(&self, event: &str) -> Option<(String, String)> {
        let read = self.get("deliveries");
        let all = read["deliveries"].as_array().unwrap().iter();
        all.rev().find_map(|delivery| {
            let body = delivery["body"].as_str().unwrap();
            let told: Value = serde_json::from_str(body).unwrap();
            let mut headers = delivery["headers"].as_array().unwrap().iter();
            let signature = headers.find(|pair| pair[0] == "ipay-signature")?;
            let signature = signature[1].as_str().unwrap();
            (told["type"] == event).then(|| (body.to_owned(), signature.to_owned()))
        })
    }

    fn ledger(&self) -> Value {
        self.get("ledger")
    }

    fn get(&self, path: &str) -> Value {
        let mut answer = ureq::get(self.path(path)).call().unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    fn path(&self, path: &str) -> String {
        format!("{}/_sandbox/{path}", self.url)
    }
}
