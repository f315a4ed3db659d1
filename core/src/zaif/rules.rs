//! The forms of what shops send and the service answers, checked before
//! anything is sent.

use crate::error::{Error, Result};
use crate::text::plain_text;

/// The rule for order numbers that we make, look up and compare (section 6).
pub(super) fn check_order_number(name: &str, value: &str, any: bool) -> Result<()> {
    if any {
        return plain_text(name, value, 255);
    }
    let fits = (1..=64).contains(&value.len())
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'));
    if fits {
        Ok(())
    } else {
        Err(Error::input(
            name,
            format!(
                "{name} must be 1 to 64 of A-Z a-z 0-9 . _ - (or set allow_any_order_number on \
                 the client)"
            ),
        ))
    }
}

/// The form of an invoice's identifier, wherever one comes from.
pub(super) fn check_invoice_id(value: &str) -> Result<()> {
    let fits = (1..=64).contains(&value.len())
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if fits {
        Ok(())
    } else {
        Err(Error::input(
            "invoice_id",
            "invoice_id must be 1 to 64 of A-Z a-z 0-9 - _",
        ))
    }
}

/// Whether it is an absolute http or https address without credentials.
pub(super) fn is_web_address(value: &str) -> bool {
    let rest = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    let host = rest.map(|r| r.split(['/', '?', '#']).next().unwrap_or(""));
    host.is_some_and(|h| !h.is_empty() && !h.contains(['@', ' ']))
        && !value.chars().any(char::is_whitespace)
}
