//! Fault rules as they are written in JSON, checked field by field.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fault::{Fault, Harm};
use super::fault_kinds::KINDS;
use super::faults::{Rule, Target};
use super::ipay::routes;

/// Delays and lags stay below a day, so no sum of them overflows.
const LONGEST_MS: u64 = 86_400_000;
/// What an answer too big for any client has unless the rule says otherwise.
const BIG: u64 = 1 << 30;
/// A bomb of this size is still some tens of megabytes.
const BIGGEST: u64 = 1 << 36;
/// Deep enough to end every parser that recurses.
const DEEP: u64 = 100_000;
/// A body of this many brackets is still small.
const DEEPEST: u64 = 10_000_000;

/// Whose requests a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Those of Zaif Payment.
    Zaif,
    /// Those of iPay.
    Ipay,
}

/// Which requests a rule is for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matches {
    /// Those of this service only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// iPay's calls of this route only, such as `POST /payments/{id}/capture`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Zaif's calls of this method only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only the nth request of that kind since the rule was posted, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// Only so many in a thousand, or the same as a decimal string (`"0.25"`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<Value>,
}

impl Matches {
    /// Whether a request is among them.
    #[must_use]
    pub fn is_for(&self, target: Target<'_>) -> bool {
        let (method, route) = match target {
            Target::Connection => (None, None),
            Target::Zaif(method) => (method, None),
            Target::Ipay(route) => (None, route),
        };
        let fits = |wanted: &Option<String>, found| wanted.is_none() || wanted.as_deref() == found;
        (self.service.is_none() || self.service == target.service())
            && fits(&self.method, method)
            && fits(&self.route, route)
    }

    /// Refuses what no request can be.
    fn check(&self) -> Result<(), String> {
        if let Some(route) = &self.route
            && !routes::NAMES.contains(&route.as_str())
        {
            let known = routes::NAMES.join(", ");
            return Err(format!("field `route`: no `{route}`; there are {known}"));
        }
        match (self.service, &self.method, &self.route) {
            (_, Some(_), Some(_)) | (Some(Service::Ipay), Some(_), _) => {
                Err("field `method` is Zaif's: iPay's calls are told by `route`".to_owned())
            }
            (Some(Service::Zaif), _, Some(_)) => {
                Err("field `route` is iPay's: Zaif's calls are told by `method`".to_owned())
            }
            _ => Ok(()),
        }
    }
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
    #[serde(skip_serializing_if = "Option::is_none")]
    reset: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<u64>,
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
    pub(super) fn check(self) -> Result<Rule, String> {
        let Some(kind) = KINDS.iter().find(|kind| kind.name == self.fault) else {
            let known: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
            let (unknown, known) = (&self.fault, known.join(", "));
            return Err(format!("unknown fault `{unknown}`; there are {known}"));
        };
        let name = kind.name;
        for (field, given) in self.details() {
            if given && !kind.needs.contains(&field) && !kind.takes.contains(&field) {
                return Err(format!("field `{field}` means nothing to fault `{name}`"));
            }
            if !given && kind.needs.contains(&field) {
                return Err(format!("fault `{name}` needs the field `{field}`"));
            }
        }
        if self.matches.nth == Some(0) {
            return Err("field `nth` counts from 1".to_owned());
        }
        self.matches.check()?;
        let permille = permille(self.matches.probability.as_ref())?;
        let fault = (kind.read)(&self)?;
        Ok(Rule::new(self, name, fault, permille))
    }

    fn details(&self) -> [(&'static str, bool); 12] {
        [
            ("message", self.message.is_some()),
            ("status", self.status.is_some()),
            ("headers", self.headers.is_some()),
            ("body", self.body.is_some()),
            ("location", self.location.is_some()),
            ("ms", self.ms.is_some()),
            ("jitter_ms", self.jitter_ms.is_some()),
            ("seconds", self.seconds.is_some()),
            ("reset", self.reset.is_some()),
            ("by", self.by.is_some()),
            ("bytes", self.bytes.is_some()),
            ("depth", self.depth.is_some()),
        ]
    }

    pub(super) fn message_harm(&self) -> Harm {
        Harm::Message(self.message.clone().unwrap_or_default())
    }

    pub(super) fn millis(&self) -> Result<u64, String> {
        bounded("ms", self.ms, LONGEST_MS)
    }

    pub(super) fn jitter_millis(&self) -> Result<u64, String> {
        bounded("jitter_ms", self.jitter_ms, LONGEST_MS)
    }

    pub(super) fn wants_reset(&self) -> bool {
        self.reset == Some(true)
    }

    pub(super) fn whole_seconds(&self) -> Result<u64, String> {
        bounded("seconds", self.seconds, LONGEST_MS / 1000)
    }

    pub(super) fn size(&self) -> Result<u64, String> {
        bounded("bytes", self.bytes.or(Some(BIG)), BIGGEST)
    }

    pub(super) fn levels(&self) -> Result<usize, String> {
        let depth = bounded("depth", self.depth.or(Some(DEEP)), DEEPEST)?;
        usize::try_from(depth).map_err(|_| "field `depth` is too great".to_owned())
    }

    pub(super) fn difference(&self) -> Result<i64, String> {
        self.by
            .filter(|by| *by != 0 && by.unsigned_abs() <= BIGGEST)
            .ok_or_else(|| format!("field `by` must be from -{BIGGEST} to {BIGGEST}, not 0"))
    }

    /// A fault from before the body is read: it cannot know Zaif's method, which stands there.
    pub(super) fn before_reading(&self, fault: Fault) -> Result<Fault, String> {
        self.cannot_know("method", self.matches.method.is_some())?;
        Ok(fault)
    }

    /// A fault from before anything is said: it cannot know whose request will come.
    pub(super) fn before_speaking(&self, fault: Fault) -> Result<Fault, String> {
        self.cannot_know("service", self.matches.service.is_some())?;
        self.cannot_know("route", self.matches.route.is_some())?;
        self.before_reading(fault)
    }

    fn cannot_know(&self, field: &str, given: bool) -> Result<(), String> {
        let name = &self.fault;
        if given {
            return Err(format!("field `{field}` means nothing to fault `{name}`"));
        }
        Ok(())
    }

    pub(super) fn status_harm(&self) -> Result<Harm, String> {
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
            body: self.body.clone(),
        })
    }

    pub(super) fn redirect_harm(&self) -> Result<Harm, String> {
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
        for kind in KINDS {
            let (name, needs) = (kind.name, kind.needs);
            let mut rule = json!({"fault": name});
            for field in needs {
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
            (json!({"fault": "wrong_length", "by": 0}), "by"),
            (json!({"fault": "deep_json", "depth": 10_000_001}), "depth"),
            (
                json!({"fault": "reset_in_request", "match": {"method": "x"}}),
                "method",
            ),
            (
                json!({"fault": "tls_fails", "match": {"method": "x"}}),
                "method",
            ),
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
