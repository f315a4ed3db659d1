//! Fault rules as they are written in JSON, checked field by field.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::faults::{Fault, Harm, Rule};

/// Faults, each with the fields it needs and the fields it may have.
const KINDS: [(&str, &[&str], &[&str]); 15] = [
    ("message", &["message"], &[]),
    ("message_after", &["message"], &[]),
    ("status", &["status"], &["headers", "body"]),
    ("status_after_execute", &["status"], &["headers", "body"]),
    ("reset_before_execute", &[], &[]),
    ("reset_after_execute", &[], &[]),
    ("timeout_before_execute", &[], &[]),
    ("timeout_after_execute", &[], &[]),
    ("cut_answer", &[], &[]),
    ("garbage", &[], &[]),
    ("garbage_before_execute", &[], &[]),
    ("redirect", &["location"], &[]),
    ("latency", &["ms"], &["jitter_ms"]),
    ("commit_lag", &["seconds"], &[]),
    ("delivered_twice", &[], &[]),
];

/// Delays and lags stay below a day, so no sum of them overflows.
const LONGEST_MS: u64 = 86_400_000;

/// Which requests a rule is for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matches {
    /// Calls of this method only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only the nth request of that kind since the rule was posted, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// Only so many in a thousand, or the same as a decimal string (`"0.25"`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<Value>,
}

/// A rule as written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// Which requests it is for; all when absent.
    #[serde(default, rename = "match")]
    pub matches: Matches,
    /// The fault's name.
    pub fault: String,
    /// How often it is played; without end when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jitter_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u64>,
}

/// Reads a list of rules, or a single one. All of them are right, or none is taken.
///
/// # Errors
/// Says in words which rule and which field is wrong.
pub fn parse(json: &[u8]) -> Result<Vec<Rule>, String> {
    let value: Value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    let list = match value {
        Value::Array(list) => list,
        other => vec![other],
    };
    list.into_iter()
        .enumerate()
        .map(|(index, value)| {
            let rule: Result<RuleText, _> = serde_json::from_value(value);
            rule.map_err(|error| error.to_string())
                .and_then(RuleText::check)
                .map_err(|error| format!("rule {}: {error}", index + 1))
        })
        .collect()
}

impl RuleText {
    fn check(self) -> Result<Rule, String> {
        let Some((name, needed, allowed)) = KINDS.iter().find(|kind| kind.0 == self.fault) else {
            let known: Vec<&str> = KINDS.iter().map(|kind| kind.0).collect();
            let (unknown, known) = (&self.fault, known.join(", "));
            return Err(format!("unknown fault `{unknown}`; there are {known}"));
        };
        for (field, given) in self.details() {
            if given && !needed.contains(&field) && !allowed.contains(&field) {
                return Err(format!("field `{field}` means nothing to fault `{name}`"));
            }
            if !given && needed.contains(&field) {
                return Err(format!("fault `{name}` needs the field `{field}`"));
            }
        }
        if self.matches.nth == Some(0) {
            return Err("field `nth` counts from 1".to_owned());
        }
        let permille = permille(self.matches.probability.as_ref())?;
        let fault = self.fault()?;
        Ok(Rule::new(self, name, fault, permille))
    }

    fn details(&self) -> [(&'static str, bool); 8] {
        [
            ("message", self.message.is_some()),
            ("status", self.status.is_some()),
            ("headers", self.headers.is_some()),
            ("body", self.body.is_some()),
            ("location", self.location.is_some()),
            ("ms", self.ms.is_some()),
            ("jitter_ms", self.jitter_ms.is_some()),
            ("seconds", self.seconds.is_some()),
        ]
    }

    fn fault(&self) -> Result<Fault, String> {
        let message = || Harm::Message(self.message.clone().unwrap_or_default());
        Ok(match self.fault.as_str() {
            "message" => Fault::Before(message()),
            "message_after" => Fault::After(message()),
            "status" => Fault::Before(self.status_harm()?),
            "status_after_execute" => Fault::After(self.status_harm()?),
            "reset_before_execute" => Fault::Before(Harm::Reset),
            "reset_after_execute" => Fault::After(Harm::Reset),
            "timeout_before_execute" => Fault::Before(Harm::Silence),
            "timeout_after_execute" => Fault::After(Harm::Silence),
            "cut_answer" => Fault::After(Harm::Cut),
            "garbage" => Fault::After(Harm::Garbage),
            "garbage_before_execute" => Fault::Before(Harm::Garbage),
            "redirect" => Fault::Before(self.redirect_harm()?),
            "latency" => Fault::Latency {
                ms: bounded("ms", self.ms, LONGEST_MS)?,
                jitter_ms: bounded("jitter_ms", self.jitter_ms, LONGEST_MS)?,
            },
            "commit_lag" => Fault::CommitLag {
                seconds: bounded("seconds", self.seconds, LONGEST_MS / 1000)?,
            },
            "delivered_twice" => Fault::Twice,
            other => return Err(format!("unknown fault `{other}`")),
        })
    }

    fn status_harm(&self) -> Result<Harm, String> {
        let status = self.status.unwrap_or_default();
        if !(200..600).contains(&status) {
            return Err("field `status` must be from 200 to 599".to_owned());
        }
        let headers: Vec<(String, String)> = self
            .headers
            .iter()
            .flatten()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        for (name, value) in &headers {
            let named = http::HeaderName::try_from(name).is_ok();
            if !named || http::HeaderValue::try_from(value).is_err() {
                return Err(format!("field `headers`: `{name}` is no valid header"));
            }
        }
        Ok(Harm::Status {
            status,
            headers,
            body: self.body.clone().unwrap_or_default(),
        })
    }

    fn redirect_harm(&self) -> Result<Harm, String> {
        let location = self.location.clone().unwrap_or_default();
        if http::HeaderValue::try_from(&location).is_err() {
            return Err("field `location` is no valid address".to_owned());
        }
        Ok(Harm::Redirect(location))
    }
}

fn bounded(field: &str, value: Option<u64>, most: u64) -> Result<u64, String> {
    let value = value.unwrap_or_default();
    if value > most {
        return Err(format!("field `{field}` must be at most {most}"));
    }
    Ok(value)
}

/// A chance in thousandths, from an integer or a decimal string; certain when absent.
fn permille(value: Option<&Value>) -> Result<u64, String> {
    let wrong = || {
        "field `probability` must be an integer from 0 to 1000 (in a thousand) \
         or a string from \"0\" to \"1\""
            .to_owned()
    };
    let thousandths = match value {
        None => return Ok(1000),
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => Decimal::from_str_exact(text)
            .ok()
            .and_then(|chance| chance.checked_mul(Decimal::ONE_THOUSAND))
            .and_then(|chance| u64::try_from(chance).ok()),
        Some(_) => None,
    };
    thousandths.filter(|count| *count <= 1000).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_fault_of_the_table_can_be_written() {
        for (name, needed, _) in KINDS {
            let mut rule = json!({"fault": name});
            for field in needed {
                rule[*field] = match *field {
                    "message" | "location" => json!("text"),
                    "status" => json!(503),
                    _ => json!(1),
                };
            }
            let parsed = parse(rule.to_string().as_bytes()).unwrap();
            assert_eq!(parsed[0].name, name);
        }
    }

    #[test]
    fn a_mistake_is_named_with_its_field() {
        for (rule, named) in [
            (json!({"fault": "explode"}), "explode"),
            (json!({"fault": "garbage", "tiems": 1}), "tiems"),
            (
                json!({"fault": "garbage", "match": {"methd": "x"}}),
                "methd",
            ),
            (json!({"fault": "garbage", "ms": 5}), "ms"),
            (json!({"fault": "message"}), "message"),
            (json!({"fault": "status", "status": 99}), "status"),
            (
                json!({"fault": "status", "status": 200, "headers": {"a b": "c"}}),
                "a b",
            ),
            (json!({"fault": "redirect", "location": "a\nb"}), "location"),
            (json!({"fault": "latency", "ms": 86_400_001}), "ms"),
            (
                json!({"fault": "garbage", "match": {"probability": 1001}}),
                "probability",
            ),
            (
                json!({"fault": "garbage", "match": {"probability": 0.5}}),
                "probability",
            ),
            (json!({"fault": "garbage", "match": {"nth": 0}}), "nth"),
        ] {
            let error = parse(json!([rule]).to_string().as_bytes()).unwrap_err();
            assert!(error.contains(named) && error.contains("rule 1"), "{error}");
        }
        assert!(parse(b"nonsense").is_err());
    }

    #[test]
    fn chances_are_thousandths_or_decimal_strings() {
        assert_eq!(permille(Some(&json!(250))), Ok(250));
        assert_eq!(permille(Some(&json!("0.25"))), Ok(250));
        assert_eq!(permille(None), Ok(1000));
        assert!(permille(Some(&json!("1.5"))).is_err());
    }
}
