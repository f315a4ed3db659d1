//! What goes out: the address, the body, and what is looked at before either
//! leaves.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::card_guard;
use crate::argument::{Arg, ArgInfo, Takes};
use crate::error::{Error, Result};
use crate::money::Yen;
use crate::secret::Secret;
use crate::text::plain_text;
use crate::transport::Verb;

/// One endpoint: what goes where.
#[derive(Debug)]
pub(super) struct Endpoint {
    /// The method's name in Rust and Python.
    pub(super) name: &'static str,
    /// What is asked for.
    pub(super) verb: Verb,
    /// Its path; what stands in braces is an argument.
    pub(super) path: &'static str,
    /// The verb and the path in one, for the hook.
    pub(super) shown: &'static str,
    /// Its arguments.
    pub(super) args: &'static [ArgInfo],
    /// What the service calls them, in the same order; a dot leads into an object.
    pub(super) wire: &'static [&'static str],
    /// Whether its body holds a card: that of the publishable client.
    pub(super) takes_card: bool,
}

/// A request, but for who sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outgoing {
    pub(super) verb: Verb,
    /// Path and query.
    pub(super) path: String,
    pub(super) body: Zeroizing<Vec<u8>>,
    /// What nothing that is told of it may show, were it to come back: the longest
    /// first.
    pub(super) hidden: Vec<Secret>,
}

impl Outgoing {
    /// What nothing that is told of it may show.
    pub(super) fn secrets(&self) -> Vec<&str> {
        self.hidden.iter().map(Secret::expose).collect()
    }
}

/// What an address holds as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

impl Endpoint {
    /// Checks everything, and puts the request together.
    pub(super) fn request(
        &self,
        given: &[(String, Arg)],
        allow_paths: &[String],
    ) -> Result<Outgoing> {
        for arg in self.args.iter().filter(|arg| arg.required) {
            if !given.iter().any(|(name, _)| name == arg.name) {
                return Err(Error::of_missing_input(arg.name));
            }
        }
        let (mut path, mut query) = (self.path.to_owned(), String::new());
        let mut body = Object::default();
        for (info, wire) in self.args.iter().zip(self.wire) {
            let Some((name, value)) = given.iter().find(|(name, _)| name == info.name) else {
                continue;
            };
            fits(info, value)?;
            check(name, value)?;
            let place = format!("{{{name}}}");
            if path.contains(&place) {
                path = path.replace(&place, &identifier(name, value)?);
            } else if self.verb == Verb::Get {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(wire);
                query.push('=');
                query.extend(utf8_percent_encode(&in_query(name, value)?, PLAIN));
            } else {
                body.put(wire, value);
            }
        }
        let is_bare = self.verb == Verb::Get || self.verb == Verb::Delete;
        let body = if is_bare && body.0.is_empty() {
            Zeroizing::default()
        } else {
            body.to_json()?
        };
        if !self.takes_card {
            guard(&body, allow_paths)?;
        }
        path.push_str(&query);
        Ok(Outgoing {
            verb: self.verb,
            path,
            body,
            hidden: hidden(given),
        })
    }
}

/// Secrets as they were written, and as their digits: a service that echoes its
/// requests would put a card's number into its message.
fn hidden(given: &[(String, Arg)]) -> Vec<Secret> {
    let mut hidden = Vec::new();
    for (_, value) in given {
        if let Arg::Secret(secret) = value {
            let digits = secret.expose().chars().filter(char::is_ascii_digit);
            hidden.push(digits.collect::<String>().into());
            hidden.push(secret.clone());
        }
    }
    // Nothing is nowhere.
    hidden.retain(|secret: &Secret| !secret.is_empty());
    hidden.sort_by_key(|secret| std::cmp::Reverse(secret.expose().len()));
    hidden
}

/// A body must hold no card: its number never passes through the shop's server.
pub(super) fn guard(body: &[u8], allow_paths: &[String]) -> Result<()> {
    match std::str::from_utf8(body) {
        Ok("") => Ok(()),
        Ok(body) => card_guard::check(body, allow_paths),
        Err(_) => Err(Error::input("body", "body must be JSON")),
    }
}

/// Whether a value is of the kind that the table asks for: a service that reads any
/// text as yes would take the money for `"confirm": "no"`.
fn fits(info: &ArgInfo, value: &Arg) -> Result<()> {
    let name = info.name;
    let wrong = |what: &str| Err(Error::input(name, format!("{name} must be {what}")));
    let is_note = |(_, note): &(String, Arg)| matches!(note, Arg::Text(_) | Arg::Int(_));
    match (info.takes, value) {
        (Takes::Bool, value) => value.bool(name).map(drop),
        (Takes::Text, Arg::Text(_)) | (Takes::Map, Arg::Json(_)) => Ok(()),
        (Takes::Text, _) => wrong("text"),
        (Takes::Map, Arg::Map(notes)) if notes.iter().all(is_note) => Ok(()),
        (Takes::Map, _) => wrong("texts or numbers by name"),
        _ => Ok(()),
    }
}

/// The rules of single arguments, by name: what a name means is the same
/// everywhere.
fn check(name: &str, value: &Arg) -> Result<()> {
    let whole = match value {
        Arg::Int(whole) => Some(*whole),
        _ => None,
    };
    match name {
        "amount" => {
            let most = i128::from(Yen::MOST.get());
            match whole {
                Some(amount) if (1..=most).contains(&amount) => Ok(()),
                _ => Err(Error::input(
                    name,
                    "amount must be a whole number above 0, in the currency's smallest unit: \
                     minor_units makes one of a decimal",
                )),
            }
        }
        "limit" => match whole {
            Some(1..=100) => Ok(()),
            _ => Err(Error::input(name, "limit must be 1 to 100")),
        },
        "currency" => match value {
            Arg::Text(code) if code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphabetic()) => {
                Ok(())
            }
            _ => Err(Error::input(
                name,
                "currency must be a code of three letters (ISO 4217), such as JPY",
            )),
        },
        _ => match value {
            Arg::Text(text) => plain_text(name, text, 5_000),
            Arg::Map(map) => {
                let names: BTreeSet<_> = map.iter().map(|(name, _)| name).collect();
                if names.len() == map.len() {
                    Ok(())
                } else {
                    Err(Error::input(
                        name,
                        format!("{name} has a name that stands twice"),
                    ))
                }
            }
            _ => Ok(()),
        },
    }
}

/// An identifier within a path.
fn identifier(name: &str, value: &Arg) -> Result<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    match value {
        Arg::Text(id) if (1..=255).contains(&id.len()) && id.chars().all(plain) => {
            card_guard::check_text(name, id)?;
            Ok(id.clone())
        }
        _ => Err(Error::input(
            name,
            format!("{name} must be an identifier: letters, digits, - and _"),
        )),
    }
}

fn in_query(name: &str, value: &Arg) -> Result<String> {
    match value {
        Arg::Text(text) => {
            card_guard::check_text(name, text)?;
            Ok(text.clone())
        }
        Arg::Int(whole) => Ok(whole.to_string()),
        Arg::Bool(yes) => Ok(yes.to_string()),
        _ => Err(Error::input(
            name,
            format!("{name} must be text or a whole number"),
        )),
    }
}

/// A JSON object that is put together.
#[derive(Default)]
struct Object<'a>(Vec<(&'a str, Node<'a>)>);

enum Node<'a> {
    Value(&'a Arg),
    Object(Object<'a>),
}

impl<'a> Object<'a> {
    fn put(&mut self, wire: &'a str, value: &'a Arg) {
        let Some((outer, inner)) = wire.split_once('.') else {
            self.0.push((wire, Node::Value(value)));
            return;
        };
        let found = self.0.iter_mut().find(|(name, _)| *name == outer);
        if let Some((_, Node::Object(object))) = found {
            object.put(inner, value);
        } else {
            let mut object = Self::default();
            object.put(inner, value);
            self.0.push((outer, Node::Object(object)));
        }
    }

    fn to_json(&self) -> Result<Zeroizing<Vec<u8>>> {
        // Large enough for any body that holds a card: what it is written to is not
        // moved, and left behind, by growing.
        let mut body = Zeroizing::new(Vec::with_capacity(1 << 10));
        serde_json::to_writer(&mut *body, self)
            .map_err(|_| Error::input("body", "the request cannot be written as JSON"))?;
        Ok(body)
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, node) in &self.0 {
            match node {
                Node::Value(value) => map.serialize_entry(name, &Json(value))?,
                Node::Object(object) => map.serialize_entry(name, object)?,
            }
        }
        map.end()
    }
}

/// An argument as JSON.
struct Json<'a>(&'a Arg);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        match self.0 {
            Arg::Text(text) => serializer.serialize_str(text),
            Arg::Secret(secret) => serializer.serialize_str(secret.expose()),
            Arg::Int(whole) => serializer.serialize_i128(*whole),
            Arg::Bool(yes) => serializer.serialize_bool(*yes),
            Arg::Texts(texts) => texts.serialize(serializer),
            Arg::Map(map) => {
                let mut object = serializer.serialize_map(Some(map.len()))?;
                for (name, value) in map {
                    object.serialize_entry(name, &Json(value))?;
                }
                object.end()
            }
            Arg::Json(json) => {
                let raw: &RawValue = serde_json::from_str(json).map_err(S::Error::custom)?;
                raw.serialize(serializer)
            }
            Arg::Span(_) => Err(S::Error::custom("a span of time")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Doc;

    const TEXT: ArgInfo = ArgInfo {
        name: "id",
        doc: Doc::of(""),
        takes: Takes::Text,
        required: true,
    };
    const AMOUNT: ArgInfo = ArgInfo {
        name: "amount",
        doc: Doc::of(""),
        takes: Takes::Int,
        required: false,
    };
    const NUMBER: ArgInfo = ArgInfo {
        name: "number",
        doc: Doc::of(""),
        takes: Takes::Secret,
        required: false,
    };

    fn endpoint(verb: Verb) -> Endpoint {
        Endpoint {
            name: "x",
            verb,
            path: "/x/{id}/y",
            shown: "",
            args: &[TEXT, AMOUNT, NUMBER],
            wire: &["id", "amount", "card.number"],
            takes_card: false,
        }
    }

    fn given(id: &str, more: &[(&str, Arg)]) -> Vec<(String, Arg)> {
        let more = more.iter().map(|(n, v)| ((*n).to_owned(), v.clone()));
        std::iter::once(("id".to_owned(), Arg::Text(id.to_owned())))
            .chain(more)
            .collect()
    }

    #[test]
    fn arguments_go_where_they_belong() {
        let more = [
            ("amount", Arg::Int(5)),
            ("number", Arg::Secret("12".into())),
        ];
        let made = endpoint(Verb::Post).request(&given("a_1", &more), &[]);
        assert_eq!(made.unwrap_err().code(), crate::Code::IpayCardData);
        let mut taking = endpoint(Verb::Post);
        taking.takes_card = true;
        let made = taking.request(&given("a_1", &more), &[]).unwrap();
        assert_eq!(made.path, "/x/a_1/y");
        assert_eq!(
            std::str::from_utf8(&made.body).unwrap(),
            r#"{"amount":5,"card":{"number":"12"}}"#
        );
        let made = endpoint(Verb::Get)
            .request(&given("a_1", &more[..1]), &[])
            .unwrap();
        assert_eq!(
            (made.path.as_str(), made.body.len()),
            ("/x/a_1/y?amount=5", 0)
        );
    }

    #[test]
    fn no_identifier_leaves_its_place() {
        for bad in [
            "", ".", "..", "a/b", "a?b", "a#b", "a b", "a%2fb", "é", "a\r\nb",
        ] {
            let error = endpoint(Verb::Get)
                .request(&given(bad, &[]), &[])
                .unwrap_err();
            assert_eq!(error.param(), Some("id"), "{bad}");
        }
        let missing = endpoint(Verb::Get).request(&[], &[]).unwrap_err();
        assert_eq!(missing.code(), crate::Code::InputMissing);
    }

    #[test]
    fn amounts_are_whole_and_above_nothing() {
        let text = Arg::Text("29.99".to_owned());
        for bad in [Arg::Int(0), Arg::Int(-1), Arg::Int(1 << 53), text] {
            let made = endpoint(Verb::Post).request(&given("a", &[("amount", bad)]), &[]);
            assert_eq!(made.unwrap_err().param(), Some("amount"));
        }
    }
}
