//! The faults to play on either service: read from the sandbox's own table, so that a new one is
//! played without a change here.

use kessai_sandbox::domain::faults::Rules;
use kessai_sandbox::domain::faults_text::parse;
use serde_json::{Value, json};

/// Longer than any single try of a call, so that the client is gone by then.
pub const LONG_MS: u64 = 4_000;

/// One way to go wrong.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What it is called in the table of results.
    pub label: String,
    /// The sandbox's rule for it, without a match.
    pub rule: Value,
}

impl Fault {
    fn new(rule: Value) -> Self {
        let name = rule["fault"].as_str().unwrap();
        let details = rule.as_object().unwrap().iter();
        let details: Vec<String> = details
            .filter(|(field, _)| *field != "fault" && *field != "location")
            .map(|(field, value)| format!("{field} {value}").replace('"', ""))
            .collect();
        let label = [&[name.to_owned()], details.as_slice()].concat().join(", ");
        Self { label, rule }
    }

    /// The sandbox's name for it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.rule["fault"].as_str().unwrap()
    }

    /// As a rule for the requests that match.
    #[must_use]
    pub fn on(&self, matching: &Value, times: u64) -> Value {
        let mut rule = self.rule.clone();
        rule["match"] = matching.clone();
        rule["times"] = json!(times);
        rule
    }

    /// Whether it ends the connection before the method is read.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.name() == "reset_in_request"
    }

    /// Whether it is the service's word, which nobody listed.
    #[must_use]
    pub fn is_unlisted_message(&self) -> bool {
        self.rule["message"] == "maintenance"
    }
}

/// Every fault of the table with the least that it needs.
fn whole_table() -> (Vec<Fault>, Vec<Fault>) {
    let complaint = parse(br#"{"fault": "?"}"#).unwrap_err();
    let (_, names) = complaint.split_once("there are ").unwrap();
    let faults = names.split(", ").map(least).map(Fault::new);
    faults.partition(|f| Rules::need_tls(&parse(f.rule.to_string().as_bytes()).unwrap()))
}

/// Those of a request.
#[must_use]
pub fn all() -> Vec<Fault> {
    whole_table().1
}

/// Those of a handshake, which are over before there is a request.
#[must_use]
pub fn of_handshakes() -> Vec<Fault> {
    whole_table().0
}

/// Those of a request, and the other forms in which some of them hurt otherwise.
#[must_use]
pub fn with_variants() -> Vec<Fault> {
    let busy = json!({"Retry-After": "1"});
    let variants = [
        json!({"fault": "message", "message": "nonce not incremented"}),
        json!({"fault": "message", "message": "time wait restriction, please try later."}),
        json!({"fault": "status", "status": 500}),
        json!({"fault": "status", "status": 403, "body": "<html>"}),
        json!({"fault": "status", "status": 429, "headers": busy}),
        json!({"fault": "status", "status": 503, "headers": busy}),
        json!({"fault": "status_after_execute", "status": 200, "body": ""}),
        json!({"fault": "execute_later", "seconds": 1, "reset": true}),
        json!({"fault": "wrong_length", "by": -7}),
        json!({"fault": "slow_drip", "ms": 40}),
        json!({"fault": "latency", "ms": LONG_MS}),
    ];
    let mut faults = all();
    faults.extend(variants.into_iter().map(Fault::new));
    faults
}

/// A rule with the fields that the sandbox asks for, one after the other.
fn least(name: &str) -> Value {
    let mut rule = json!({"fault": name});
    // Enough to be refused, and little to make for hundreds of sandboxes.
    if ["huge_body", "gzip_bomb"].contains(&name) {
        rule["bytes"] = json!(4 << 20);
    }
    while let Err(complaint) = parse(rule.to_string().as_bytes()) {
        let wanted = complaint.split_once("needs the field `").map(|(_, f)| f);
        let field = wanted
            .unwrap_or_else(|| panic!("{complaint}"))
            .trim_end_matches('`');
        assert_eq!(rule[field], Value::Null, "{complaint}");
        rule[field] = match field {
            "message" => json!("maintenance"),
            "status" => json!(502),
            // Nobody listens there, and nobody is to be asked.
            "location" => json!("http://127.0.0.1:9/"),
            "seconds" => json!(1),
            // Byte by byte, but soon over: a variant takes longer than a try.
            "ms" if name == "slow_drip" => json!(0),
            "ms" => json!(50),
            "by" => json!(7),
            other => panic!("say here what a fault's field `{other}` may hold"),
        };
    }
    rule
}
