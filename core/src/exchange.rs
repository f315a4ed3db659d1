//! JSON between the core and languages that read and write it: exact in both
//! directions.

use std::fmt::Write as _;

use serde_json::value::RawValue;

use crate::argument::{Arg, Takes};
use crate::error::{Error, Result};
use crate::json::{self, Members};
use crate::model::Value;
use crate::naming::camel;
use crate::returned::Detail;

/// How names are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// `order_number`.
    Snake,
    /// `orderNumber`.
    Camel,
}

/// The largest whole number that a double holds with all of its neighbours:
/// what JSON's readers are sure to agree on.
const MOST_EXACT: u64 = (1 << 53) - 1;

/// Named values as one JSON object: whole numbers as numbers, exact ones as
/// text, spans in milliseconds, what is absent as null.
#[must_use]
pub fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Value<'a>)>, names: Names) -> String {
    object_in(fields, names, Detail::Raw)
}

/// The same, models within it told in this detail.
#[must_use]
pub(crate) fn object_in<'a>(
    fields: impl IntoIterator<Item = (&'a str, Value<'a>)>,
    names: Names,
    detail: Detail,
) -> String {
    let mut out = String::from("{");
    for (number, (name, value)) in fields.into_iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        match names {
            Names::Snake => quote(&mut out, name),
            Names::Camel => quote(&mut out, &camel(name)),
        }
        out.push(':');
        write_value(&mut out, &value, names, detail);
    }
    out.push('}');
    out
}

fn write_value(out: &mut String, value: &Value<'_>, names: Names, detail: Detail) {
    let _ = match value {
        Value::Null => write!(out, "null"),
        Value::Bool(yes) => write!(out, "{yes}"),
        Value::Int(whole) | Value::Time(whole) => write!(out, "{whole}"),
        Value::Decimal(exact) => write!(out, "\"{exact}\""),
        Value::Span(span) => match span.subsec_micros() % 1_000 {
            0 => write!(out, "{}", span.as_millis()),
            rest => write!(out, "{}.{rest:03}", span.as_millis()),
        },
        Value::Text(text) => {
            quote(out, text);
            Ok(())
        }
        Value::Texts(all) => {
            texts(out, all);
            Ok(())
        }
        // Its names are the service's.
        Value::Map(map) => {
            let fields = map.iter().map(|(n, t)| (n.as_str(), Value::Text(t)));
            out.push_str(&object(fields, Names::Snake));
            Ok(())
        }
        Value::Json(json) => {
            out.push_str(&match detail {
                Detail::Raw => (*json).to_owned(),
                Detail::Stored => exact(json),
            });
            Ok(())
        }
        Value::Model(model) => {
            out.push_str(&model.to_json(names, detail));
            Ok(())
        }
    };
}

/// Appends texts as a JSON array.
pub(crate) fn texts(out: &mut String, all: &[String]) {
    out.push('[');
    for (number, text) in all.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        quote(out, text);
    }
    out.push(']');
}

/// Appends text as a JSON string.
pub(crate) fn quote(out: &mut String, text: &str) {
    // Writing a string cannot fail; if it did, null would be the honest answer.
    out.push_str(&serde_json::to_string(text).unwrap_or_else(|_| "null".to_owned()));
}

/// Reads the arguments that a caller wrote as one JSON object. Numbers are taken
/// as they are spelled, spans are whole milliseconds, null is not given.
///
/// # Errors
///
/// [`ErrorKind::Input`](crate::ErrorKind::Input), naming the argument.
pub fn arguments(text: &str, takes: impl Fn(&str) -> Option<Takes>) -> Result<Vec<(String, Arg)>> {
    let members = Members::parse(text).map_err(|_| {
        Error::input(
            "arguments",
            "arguments must be one JSON object without a name that stands twice",
        )
    })?;
    let mut given = Vec::new();
    for (name, value) in members.iter() {
        if !json::is_null(value) {
            let arg = argument(name, value, takes(name))?;
            if let Some(what) = takes(name).and_then(|takes| lacks(takes, &arg)) {
                return Err(Error::input(name, format!("{name} must be {what}")));
            }
            given.push((name.to_owned(), arg));
        }
    }
    Ok(given)
}

/// What the place asks for, where the value is of another type: a service might take
/// the text `false` for a yes.
const fn lacks(takes: Takes, arg: &Arg) -> Option<&'static str> {
    match (takes, arg) {
        (Takes::Text | Takes::Hint | Takes::Event, Arg::Text(_))
        | (Takes::Secret, Arg::Secret(_))
        | (Takes::Int, Arg::Int(_))
        | (Takes::Bool, Arg::Bool(_))
        | (Takes::Span, Arg::Span(_))
        | (Takes::Money, Arg::Int(_) | Arg::Text(_))
        | (Takes::Texts, Arg::Texts(_))
        | (Takes::Map, Arg::Map(_))
        | (Takes::Json, Arg::Json(_)) => None,
        (Takes::Text | Takes::Hint | Takes::Event | Takes::Secret, _) => Some("text"),
        (Takes::Int, _) => Some("a whole number"),
        (Takes::Bool, _) => Some("true or false"),
        (Takes::Span, _) => Some("whole milliseconds"),
        (Takes::Money, _) => Some("a number, or text"),
        (Takes::Texts, _) => Some("several texts"),
        (Takes::Map, _) => Some("an object"),
        (Takes::Json, _) => Some("JSON"),
    }
}

fn argument(name: &str, value: &RawValue, takes: Option<Takes>) -> Result<Arg> {
    let wrong = || Error::input(name, format!("{name} cannot be read"));
    let spelled = value.get();
    if takes == Some(Takes::Json) {
        return Ok(Arg::Json(spelled.to_owned()));
    }
    let of_text = |text: String| match takes {
        Some(Takes::Secret) => Arg::Secret(text.into()),
        _ => Arg::Text(text),
    };
    match spelled.bytes().next() {
        Some(b'"') => json::text(value).map(of_text).ok_or_else(wrong),
        Some(b't' | b'f') => Ok(Arg::Bool(spelled == "true")),
        Some(b'[') => serde_json::from_str(spelled)
            .map(Arg::Texts)
            .map_err(|_| Error::input(name, format!("{name} must hold nothing but texts"))),
        Some(b'{') if takes == Some(Takes::Map) => arguments(spelled, |_| None).map(Arg::Map),
        Some(b'{') => Err(Error::input(name, format!("{name} must not be an object"))),
        _ => match (spelled.parse::<i128>(), takes) {
            (Ok(millis), Some(Takes::Span)) => Arg::of_millis(name, millis),
            (Ok(whole), _) => Ok(Arg::Int(whole)),
            (Err(_), Some(Takes::Span)) => Err(Error::input(
                name,
                format!("{name} must be whole milliseconds"),
            )),
            // A decimal, as exact as it was written.
            (Err(_), Some(Takes::Money)) => Ok(Arg::Text(spelled.to_owned())),
            (Err(_), _) => Err(Error::input(
                name,
                format!(
                    "{name} must not be a number with decimals or an exponent: write it as text"
                ),
            )),
        },
    }
}

/// JSON with every number that a double would change as text: what a reader
/// that knows only doubles may read.
///
/// The text must be valid JSON, as every answer is that was read.
#[must_use]
pub fn exact(text: &str) -> String {
    let mut out = String::with_capacity(text.len().saturating_add(16));
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '"' => end_of_string(rest),
            '-' | '0'..='9' => rest
                .find(|c| !matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'))
                .unwrap_or(rest.len()),
            _ => rest
                .find(|c| matches!(c, '"' | '-' | '0'..='9'))
                .unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let is_number = matches!(c, '-' | '0'..='9');
        if is_number && !is_safe(token) {
            quote(&mut out, token);
        } else {
            out.push_str(token);
        }
        rest = after;
    }
    out
}

fn is_safe(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    digits.parse::<u64>().is_ok_and(|whole| whole <= MOST_EXACT)
}

/// Where the string ends that the text begins with.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at.saturating_add(1),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn values_as_other_languages_read_them() {
        let ids = ["a\"1".to_owned(), "b".to_owned()];
        let fields = [
            ("order_number", Value::Text("A\n1")),
            ("coin_amount", Value::Decimal("0.3598560".parse().unwrap())),
            ("created", Value::Time(1_434_696_690)),
            ("adopted", Value::Bool(false)),
            ("status", Value::Null),
            ("duration", Value::Span(Duration::from_micros(1_500_250))),
            ("retry_after", Value::Span(Duration::from_secs(2))),
            ("invoice_ids", Value::Texts(&ids)),
        ];
        assert_eq!(
            object(fields, Names::Camel),
            r#"{"orderNumber":"A\n1","coinAmount":"0.3598560","created":1434696690,"adopted":false,"status":null,"duration":1500.250,"retryAfter":2000,"invoiceIds":["a\"1","b"]}"#
        );
    }

    #[test]
    fn arguments_are_taken_as_spelled() {
        let takes = |name: &str| match name {
            "timeout" => Some(Takes::Span),
            "params" => Some(Takes::Map),
            "amount" => Some(Takes::Money),
            "cvc" => Some(Takes::Secret),
            "id" => Some(Takes::Text),
            "limit" => Some(Takes::Int),
            "confirm" => Some(Takes::Bool),
            "paths" => Some(Takes::Texts),
            "body" | "rate" | "word" => Some(Takes::Json),
            _ => None,
        };
        let read = |text: &str| arguments(text, takes);
        assert_eq!(
            read(r#"{"a":"x","amount":0.10,"n":12,"timeout":1500,"b":true,"none":null,"l":["x"],"params":{"k":1}}"#)
                .unwrap(),
            [
                ("a".to_owned(), Arg::Text("x".to_owned())),
                ("amount".to_owned(), Arg::Text("0.10".to_owned())),
                ("n".to_owned(), Arg::Int(12)),
                ("timeout".to_owned(), Arg::Span(Duration::from_millis(1_500))),
                ("b".to_owned(), Arg::Bool(true)),
                ("l".to_owned(), Arg::Texts(vec!["x".to_owned()])),
                ("params".to_owned(), Arg::Map(vec![("k".to_owned(), Arg::Int(1))])),
            ]
        );
        assert_eq!(
            read(
                r#"{"cvc":"123","body":{"a":[1.50, {"a":1,"a":2}]},"rate":0.10,"word":"x\u0041"}"#
            )
            .unwrap(),
            [
                ("cvc".to_owned(), Arg::Secret("123".to_owned().into())),
                (
                    "body".to_owned(),
                    Arg::Json(r#"{"a":[1.50, {"a":1,"a":2}]}"#.to_owned())
                ),
                ("rate".to_owned(), Arg::Json("0.10".to_owned())),
                ("word".to_owned(), Arg::Json(r#""x\u0041""#.to_owned())),
            ]
        );
        for (bad, param) in [
            ("", "arguments"),
            ("[]", "arguments"),
            (r#"{"a":1,"a":2}"#, "arguments"),
            (r#"{"timeout":1.5}"#, "timeout"),
            (r#"{"timeout":-1}"#, "timeout"),
            (r#"{"l":[1]}"#, "l"),
            (r#"{"a":{"b":1}}"#, "a"),
            (r#"{"a":10.50}"#, "a"),
            (r#"{"a":1e5}"#, "a"),
            (r#"{"id":1}"#, "id"),
            (r#"{"id":["x"]}"#, "id"),
            (r#"{"cvc":123}"#, "cvc"),
            (r#"{"limit":"1"}"#, "limit"),
            (r#"{"limit":true}"#, "limit"),
            (r#"{"confirm":"false"}"#, "confirm"),
            (r#"{"confirm":0}"#, "confirm"),
            (r#"{"timeout":"1500"}"#, "timeout"),
            (r#"{"amount":true}"#, "amount"),
            (r#"{"paths":"x"}"#, "paths"),
            (r#"{"params":"{}"}"#, "params"),
            (r#"{"params":{"k":0.5}}"#, "k"),
            (r#"{"params":{"k":{}}}"#, "k"),
        ] {
            assert_eq!(read(bad).unwrap_err().param(), Some(param), "{bad}");
        }
    }

    #[test]
    fn no_reader_of_doubles_changes_a_number() {
        for (from, to) in [
            ("", ""),
            ("1", "1"),
            ("-1.50", "\"-1.50\""),
            (
                r#"{"a":9007199254740991,"b":9007199254740992,"c":1e3,"d":"1.5 \" 2.5","e":[0.1,null,true]}"#,
                r#"{"a":9007199254740991,"b":"9007199254740992","c":"1e3","d":"1.5 \" 2.5","e":["0.1",null,true]}"#,
            ),
            ("\"open \\", "\"open \\"),
        ] {
            assert_eq!(exact(from), to);
        }
    }
}
