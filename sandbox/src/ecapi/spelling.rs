//! The spellings of older answers, made out of today's.

use serde_json::{Map, Value};

use crate::domain::zaif::modes::Spelling;

/// An answer or webhook as `spelling` has it.
#[must_use]
pub fn spelled(body: String, spelling: Spelling) -> String {
    match spelling {
        Spelling::Current => body,
        Spelling::Old => serde_json::from_str(&body).map_or(body, |value| old(value).to_string()),
    }
}

fn old(value: Value) -> Value {
    let Value::Object(mut fields) = value else {
        return value;
    };
    let Some(success) = fields.remove("success") else {
        // A webhook: the invoice itself.
        return in_strings(Value::Object(fields));
    };
    let result = fields.remove("return").unwrap_or_default();
    let name = if success == 1 { "return" } else { "error" };
    let result = in_strings(result);
    Value::Object(Map::from_iter([
        ("success".to_owned(), success),
        (name.to_owned(), result),
    ]))
}

/// Numbers as strings, ids under their old name.
fn in_strings(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| match (name.as_str(), value) {
                ("invoiceIds", ids) => ("invoideIds".to_owned(), none_as_null(ids)),
                (_, value) => (name, in_strings(value)),
            })
            .collect(),
        other => other,
    }
}

fn none_as_null(ids: Value) -> Value {
    match ids {
        Value::Array(ids) if ids.is_empty() => Value::Null,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn in_old(value: &Value) -> Value {
        serde_json::from_str(&spelled(value.to_string(), Spelling::Old)).unwrap()
    }

    #[test]
    fn old_answers_differ_as_they_were_seen_to() {
        assert_eq!(
            in_old(&json!({"success": 0, "return": "method not found"})),
            json!({"success": 0, "error": "method not found"})
        );
        assert_eq!(
            in_old(&json!({"success": 1, "return": {"invoiceIds": [], "counts": 0}})),
            json!({"success": 1, "return": {"invoideIds": null, "counts": "0"}})
        );
        assert_eq!(
            in_old(&json!({"success": 1, "return": {"invoiceIds": ["a"], "counts": 1}})),
            json!({"success": 1, "return": {"invoideIds": ["a"], "counts": "1"}})
        );
        assert_eq!(
            in_old(&json!({"amount": 10_800, "settled": null, "btc": "0.1"})),
            json!({"amount": "10800", "settled": null, "btc": "0.1"})
        );
    }
}
