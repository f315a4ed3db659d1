//! How a name is spelled where names are not spelled as in Rust.

use crate::option::{ON_EVENT, THREADS, TOKEN_SOURCE};
use crate::service::{CLIENTS, MODELS};

/// `order_number` as `orderNumber`.
#[must_use]
pub fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else if std::mem::take(&mut upper) {
            out.push(c.to_ascii_uppercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// `orderNumber` as `order_number`.
#[must_use]
pub fn snake(name: &str) -> String {
    let mut out = String::with_capacity(name.len().saturating_add(4));
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A sentence with the names in it that are `known` in camel case: other words
/// with an underscore, such as a state, are values and stay.
#[must_use]
pub fn in_camel(text: &str, known: impl Fn(&str) -> bool) -> String {
    let part_of_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !part_of_name(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if word.contains('_') && known(word) {
            out.push_str(&camel(word));
        } else {
            out.push_str(word);
        }
        let end = after.find(part_of_name).unwrap_or(after.len());
        let (between, after) = after.split_at_checked(end).unwrap_or((after, ""));
        out.push_str(between);
        rest = after;
    }
    out
}

/// Whether this is the name of a method, an option, an argument or a field: what
/// a binding spells in its own way.
#[must_use]
pub fn is_known(word: &str) -> bool {
    OWN.contains(&word)
        || CLIENTS.iter().any(|client| {
            client.methods.iter().any(|method| {
                method.name == word || method.arguments().iter().any(|a| a.name == word)
            }) || client.options.iter().any(|option| option.name == word)
                || client.credentials.iter().any(|arg| arg.name == word)
        })
        || MODELS.iter().any(|model| {
            model.fields.iter().any(|field| field.name == word)
                || model.asks.iter().any(|ask| ask.name == word)
        })
}

/// Names that no table holds.
const OWN: [&str; 5] = [
    THREADS.0,
    ON_EVENT.0,
    TOKEN_SOURCE.0,
    "per_order",
    "per_process",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (here, there) in [
            ("order_number", "orderNumber"),
            ("buyer_addr1", "buyerAddr1"),
            ("ca_file", "caFile"),
            ("key", "key"),
        ] {
            assert_eq!(camel(here), there);
            assert_eq!(snake(there), here);
        }
    }

    #[test]
    fn a_sentence_keeps_its_values() {
        let known = |name: &str| name == "order_number" || name == "until";
        assert_eq!(
            in_camel(
                "order_number must not be `money_seen`: 注文_order_number",
                known
            ),
            "orderNumber must not be `money_seen`: 注文_order_number"
        );
    }
}
