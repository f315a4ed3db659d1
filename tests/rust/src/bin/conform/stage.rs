//! The sandbox in which a case plays: its own account, controls and books.

use serde_json::{Value, json};

/// The states of an invoice that a customer could pay or has paid.
const LIVE: [&str; 4] = ["new", "paid", "confirmed", "complete"];

pub(crate) struct Stage {
    url: String,
}

/// Who calls, and where.
pub(crate) struct Account {
    pub(crate) key: String,
    pub(crate) secret: String,
    pub(crate) endpoint: String,
}

impl Stage {
    /// A sandbox as it is at the start, with keys that no case had before.
    pub(crate) fn new(number: usize) -> Self {
        let url = std::env::var("KESSAI_TEST_URL").unwrap();
        let stage = Self { url };
        stage.act("reset", &json!({"seed": number}));
        stage
    }

    /// The account of a case.
    pub(crate) fn account(&self, key: &Value) -> Account {
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
        let text = |name: &str| issued[name].as_str().unwrap().to_owned();
        Account {
            key: text("key"),
            secret: text("secret"),
            endpoint: std::env::var("KESSAI_TEST_ENDPOINT").unwrap(),
        }
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

    fn ledger(&self) -> Value {
        let mut answer = ureq::get(self.path("ledger")).call().unwrap();
        serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
    }

    fn path(&self, path: &str) -> String {
        format!("{}/_sandbox/{path}", self.url)
    }
}
