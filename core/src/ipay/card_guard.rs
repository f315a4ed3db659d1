//! Card data must not pass through the shop's server: nothing that looks like
//! it is ever sent with the secret key.
//!
//! Where a browser sends the card to `/tokens` itself, the shop sees a token
//! and no card. What gets into a request all the same, by mistake, is refused
//! before it leaves the process, wherever in the body it stands.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::card_number::{looks_like_one, may_hold_one};
use crate::error::{Code, Error, Outcome, Result};
use crate::json;
use crate::money::decimal_from_wire;

/// No request nests nearly as deep.
const DEEPEST: usize = 64;

/// Members of these very names are card data, whatever they hold.
const NAMES: [&str; 3] = ["cvc", "cvv", "pan"];

/// Refuses a body that holds what is or looks like card data:
///
/// * a member named exactly `cvc`, `cvv` or `pan`;
/// * a member `number` beside one whose name begins with `exp_`, or inside
///   `card`;
/// * a text, a whole number or a member's name that reads as a card's number:
///   13 to 19 digits, also with single blanks or hyphens between them, that
///   pass Luhn's check and begin as a card network's numbers of that length do.
///
/// `allow_paths` lists what is none of that although it looks like it, as
/// errors name it: `metadata.note`, `items[2].x`; a member whose name has other
/// letters than a word stands in brackets, as `metadata["a.b"]`, and one that
/// has thirteen digits or more, and so may hold a card's number, as `*`. A body
/// that is nothing but such a value is `body`.
///
/// # Errors
///
/// [`Code::IpayCardData`] with the path in [`Error::param`], never the value;
/// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `body` for what is no JSON or nests deeper
/// than 64.
pub fn check(body: &str, allow_paths: &[String]) -> Result<()> {
    let root: &RawValue = serde_json::from_str(body).map_err(|_| not_json())?;
    // A list of what is still to be looked into instead of a recursion: the
    // depth of a body is its sender's choice.
    let mut open = vec![Place {
        value: root,
        path: String::new(),
        depth: 1,
        in_card: false,
        is_named: false,
    }];
    while let Some(place) = open.pop() {
        if place.depth > DEEPEST {
            return Err(Error::input(
                "body",
                format!("body nests deeper than {DEEPEST}"),
            ));
        }
        let inner = match place.value.get().as_bytes().first() {
            Some(b'{') => members(&place, allow_paths)?,
            Some(b'[') => items(&place)?,
            _ => {
                leaf(&place, allow_paths)?;
                continue;
            }
        };
        // Reversed, so that the first in the text is the next.
        open.extend(inner.into_iter().rev());
    }
    Ok(())
}

/// Refuses a text outside a body that reads as a card's number: a key, a part
/// of a path, a value of a query. `name` is what the error calls it.
///
/// # Errors
///
/// [`Code::IpayCardData`].
pub fn check_text(name: &str, text: &str) -> Result<()> {
    if looks_like_one(text) {
        Err(refused(name, LOOKS_LIKE_IT))
    } else {
        Ok(())
    }
}

/// A value in the body, and where it stands.
struct Place<'a> {
    value: &'a RawValue,
    path: String,
    depth: usize,
    /// Whether it is what a member `card` holds, or an item of that.
    in_card: bool,
    /// Whether it is named as card data is, and that was allowed.
    is_named: bool,
}

const LOOKS_LIKE_IT: &str = "reads as a card's number";
const NAMED_LIKE_IT: &str = "is named as card data is";

fn members<'a>(object: &Place<'a>, allow_paths: &[String]) -> Result<Vec<Place<'a>>> {
    let members = json::entries(object.value.get()).map_err(|_| not_json())?;
    let beside_expiry = members.iter().any(|(name, _)| name.starts_with("exp_"));
    let mut inner = Vec::with_capacity(members.len());
    for (name, value) in members {
        let path = join(&object.path, &name);
        let mut is_named = false;
        if looks_like_one(&name) {
            refuse(&path, LOOKS_LIKE_IT, allow_paths)?;
        }
        if NAMES.contains(&name.as_ref()) || name == "number" && (beside_expiry || object.in_card) {
            // Other things are called a number, or a PAN; nothing else a CVC.
            if name == "cvc" || name == "cvv" {
                return Err(refused(&path, NAMED_LIKE_IT));
            }
            refuse(&path, NAMED_LIKE_IT, allow_paths)?;
            is_named = true;
        }
        inner.push(Place {
            value,
            path,
            depth: object.depth + 1,
            // What a card holds may stand deeper in it.
            in_card: name == "card" || object.in_card,
            is_named,
        });
    }
    Ok(inner)
}

fn items<'a>(array: &Place<'a>) -> Result<Vec<Place<'a>>> {
    let items: Vec<&RawValue> = serde_json::from_str(array.value.get()).map_err(|_| not_json())?;
    let item = |(place, value)| Place {
        value,
        path: format!("{}[{place}]", array.path),
        depth: array.depth + 1,
        in_card: array.in_card,
        is_named: array.is_named,
    };
    Ok(items.into_iter().enumerate().map(item).collect())
}

fn leaf(place: &Place<'_>, allow_paths: &[String]) -> Result<()> {
    let raw = place.value.get();
    let text = match raw.as_bytes().first() {
        Some(b'"') => json::text_in(raw).map_err(|_| not_json())?,
        Some(b'-' | b'0'..=b'9') => whole(raw),
        _ => return Ok(()),
    };
    if looks_like_one(&text) && place.is_named {
        return Err(refused(&place.path, NAMED_LIKE_IT));
    }
    if looks_like_one(&text) {
        refuse(&place.path, LOOKS_LIKE_IT, allow_paths)?;
    }
    Ok(())
}

/// A number's digits if it is whole, however it is spelled.
fn whole(raw: &str) -> Cow<'_, str> {
    if !raw.contains(['.', 'e', 'E']) {
        return Cow::Borrowed(raw);
    }
    match decimal_from_wire(raw) {
        Some(number) if number.fract().is_zero() => Cow::Owned(number.trunc().to_string()),
        Some(_) => Cow::Borrowed(""),
        // Longer than any amount: nobody writes one so, but somebody who hides
        // something may.
        None => Cow::Owned(hidden_in(raw)),
    }
}

/// The first digits of a number that read as a card's; none where none do.
fn hidden_in(raw: &str) -> String {
    let mantissa = raw.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    (SHORTEST..=LONGEST)
        .filter_map(|length| digits.get(..length))
        .find(|digits| looks_like_one(digits))
        .unwrap_or_default()
        .to_owned()
}

/// How many digits a card's number has.
const SHORTEST: usize = 13;
const LONGEST: usize = 19;

/// The path of a member. A name that may hold a card's number is not told.
fn join(path: &str, name: &str) -> String {
    let hidden = may_hold_one(name);
    let name = if hidden { "*" } else { name };
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
    if !hidden && (name.is_empty() || !name.chars().all(is_word)) {
        // The name as it stands in JSON; texts are always JSON.
        let quoted = serde_json::to_string(name).unwrap_or_default();
        format!("{path}[{quoted}]")
    } else if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn refuse(path: &str, why: &str, allow_paths: &[String]) -> Result<()> {
    let path = if path.is_empty() { "body" } else { path };
    if allow_paths.iter().any(|allowed| allowed == path) {
        Ok(())
    } else {
        Err(refused(path, why))
    }
}

fn refused(path: &str, why: &str) -> Error {
    let is_perhaps_none = why == LOOKS_LIKE_IT;
    Error::new(
        Code::IpayCardData,
        Outcome::NotDone,
        format!(
            "{path} {why}, and card data must not pass through the shop's server: let the \
             customer's browser send the card to /tokens with the publishable key and send its \
             token{}",
            if is_perhaps_none {
                ", or, if this is no card data, name the path in allow_paths"
            } else {
                ""
            }
        ),
    )
    .with_param(path)
}

fn not_json() -> Error {
    Error::input("body", "body is not JSON")
}

#[cfg(test)]
mod tests;
