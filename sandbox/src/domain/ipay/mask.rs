//! Requests and answers as people may see them: no secrets, no card numbers.

use serde_json::Value;

use super::cards::looks_like_a_card;

/// What stands for a secret.
pub const MASK: &str = "•••";
/// Fields whose value nobody sees.
const SECRET: [&str; 11] = [
    "number",
    "cvc",
    "cvv",
    "pan",
    "client_secret",
    "client_assertion",
    "access_token",
    "refresh_token",
    "secret",
    "password",
    "assertion",
];

/// A body, JSON, a form or neither.
#[must_use]
pub fn body(text: &str) -> String {
    // A name may be written with escapes: only a parser sees it then.
    let text = match serde_json::from_str::<Value>(text) {
        Ok(mut value) if text.contains("\\u") => {
            hide(&mut value);
            value.to_string()
        }
        Ok(_) => json(text),
        Err(_) => form(&json(text)),
    };
    card_numbers(&text)
}

fn hide(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if SECRET.contains(&name.as_str()) && !value.is_object() {
                    *value = Value::from(MASK);
                }
                hide(value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        _ => {}
    }
}

/// Hides the values of secret fields in text that is JSON, or began as such.
fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = next_field(rest) {
        out.push_str(before);
        rest = after;
        if SECRET.contains(&name) && !rest.starts_with(['{', '[']) {
            rest = value_end(rest);
            out.push_str(&format!("\"{MASK}\""));
        }
    }
    out.push_str(rest);
    out
}

/// The text up to the value of the next field, the field's name, and what follows.
fn next_field(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('"')?;
        let content = text.get(open + 1..)?;
        let length = string_length(content)?;
        let name = content.get(..length)?;
        let after = content.get(length + 1..)?;
        let trimmed = after.trim_start();
        if let Some(value) = trimmed.strip_prefix(':') {
            let value = value.trim_start();
            let split = text.len() - value.len();
            return Some((text.get(..split)?, name, value));
        }
        from = open + length + 2;
    }
}

/// How long a string of JSON is, up to its closing quote.
fn string_length(content: &str) -> Option<usize> {
    let mut escaped = false;
    for (place, letter) in content.char_indices() {
        match letter {
            '"' if !escaped => return Some(place),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// What follows a value that is no object and no list.
fn value_end(text: &str) -> &str {
    let end = match text.strip_prefix('"') {
        Some(content) => string_length(content).map(|length| length + 2),
        None => text.find([',', '}', ']', ' ', '\n']),
    };
    end.and_then(|end| text.get(end..)).unwrap_or_default()
}

fn form(text: &str) -> String {
    let hidden = text.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if SECRET.contains(&name) => format!("{name}={MASK}"),
        _ => pair.to_owned(),
    });
    hidden.collect::<Vec<_>>().join("&")
}

/// Hides what looks like the number of a card, wherever it stands; its last four
/// digits stay.
#[must_use]
pub fn card_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        if looks_like_a_card(&digits) {
            out.push_str(MASK);
            out.push_str(digits.get(digits.len() - 4..).unwrap_or_default());
        } else {
            out.push_str(&digits);
        }
        digits.clear();
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_card_numbers_are_hidden_and_nothing_else() {
        for (text, shown) in [
            (
                r#"{"card": {"number": "4242424242424242", "exp_month": 12, "cvc" : 123}, "a":"b\"number"}"#,
                r#"{"card": {"number": "•••", "exp_month": 12, "cvc" : "•••"}, "a":"b\"number"}"#,
            ),
            (
                r#"{"note":"4242424242424242 x"}"#,
                r#"{"note":"•••4242 x"}"#,
            ),
            (r#"{"card":{"cvc":"12"#, r#"{"card":{"cvc":"•••""#),
            (
                "grant_type=a&client_secret=b",
                "grant_type=a&client_secret=•••",
            ),
            (r#"{"\u0063vc":"123"}"#, r#"{"cvc":"•••"}"#),
            (r#"{"amount":1700000000000}"#, r#"{"amount":1700000000000}"#),
            ("", ""),
        ] {
            assert_eq!(body(text), shown);
        }
    }
}
