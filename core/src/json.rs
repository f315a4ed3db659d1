//! JSON objects read member by member, every number as it is spelled.
//!
//! A generic JSON value would turn `0.359856` into a float. Here each member
//! stays raw text until a type asks for it, so money is exact, and members
//! that nobody asks for survive untouched.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::money::decimal_from_wire;

/// No object of the service has nearly as many; looking each up among the
/// others must not take for ever.
const MOST_MEMBERS: usize = 256;

/// The members of one JSON object, in order, without duplicates.
#[derive(Debug)]
pub(crate) struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| *v)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Members(Vec::with_capacity(24));
                while let Some((name, value)) = map.next_entry::<Name<'de>, &RawValue>()? {
                    if members.0.len() >= MOST_MEMBERS {
                        return Err(A::Error::custom("too many members"));
                    }
                    // Parsers differ in which of two wins: neither does here.
                    if members.get(&name.0).is_some() {
                        return Err(A::Error::custom("a member stands twice"));
                    }
                    members.0.push((name.0, value));
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Read)
    }
}

/// Every member of an object in order, those that stand twice too.
pub(crate) fn entries(text: &str) -> Result<Vec<(Cow<'_, str>, &RawValue)>, serde_json::Error> {
    struct Entries<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

    impl<'de> Deserialize<'de> for Entries<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Read;
            impl<'de> Visitor<'de> for Read {
                type Value = Entries<'de>;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("a JSON object")
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                    let mut entries = Vec::new();
                    while let Some((name, value)) = map.next_entry::<Name<'de>, &RawValue>()? {
                        entries.push((name.0, value));
                    }
                    Ok(Entries(entries))
                }
            }
            deserializer.deserialize_map(Read)
        }
    }

    serde_json::from_str(text).map(|entries: Entries<'_>| entries.0)
}

/// A JSON string's text, copied only where it has escapes.
pub(crate) fn text_in(raw: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    serde_json::from_str(raw).map(|name: Name<'_>| name.0)
}

struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Read)
    }
}

pub(crate) fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

/// A JSON string's text.
pub(crate) fn text(raw: &RawValue) -> Option<String> {
    let inner = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        return serde_json::from_str(raw.get()).ok();
    }
    // It was checked when it became a raw value: without escapes it is its own text.
    Some(inner.to_owned())
}

/// A number, or a string that spells one: answers use both.
pub(crate) fn decimal(raw: &RawValue) -> Option<Decimal> {
    if raw.get().starts_with('"') {
        decimal_from_wire(text(raw)?.as_str())
    } else {
        decimal_from_wire(raw.get())
    }
}

/// A whole number that fits, or a string that spells one.
pub(crate) fn integer(raw: &RawValue) -> Option<i64> {
    if let Ok(whole) = raw.get().parse() {
        return Some(whole);
    }
    let value = decimal(raw)?;
    if !value.fract().is_zero() {
        return None;
    }
    i64::try_from(value.trunc()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_spelling_and_members_their_order() {
        let m =
            Members::parse(r#"{"b": 0.10000000000000000001, "a": "1e2", "\u0063": null}"#).unwrap();
        let names: Vec<_> = m.0.iter().map(|(n, _)| n.as_ref()).collect();
        assert_eq!(names, ["b", "a", "c"]);
        assert_eq!(
            decimal(m.get("b").unwrap()).unwrap().to_string(),
            "0.10000000000000000001"
        );
        assert_eq!(integer(m.get("a").unwrap()), Some(100));
        assert!(is_null(m.get("c").unwrap()));
    }

    #[test]
    fn texts_and_whole_numbers_are_what_json_says() {
        let raw = |json: &'static str| serde_json::from_str::<&RawValue>(json).unwrap();
        for json in [
            r#""""#,
            r#""a""#,
            r#""\"""#,
            r#""\u0041\n""#,
            r#""決済""#,
            r#""\ud83d\ude00""#,
        ] {
            let text_of_it: String = serde_json::from_str(json).unwrap();
            assert_eq!(text(raw(json)), Some(text_of_it), "{json}");
        }
        for none in ["1", "null", "[\"a\"]", r#""\ud83d""#] {
            assert_eq!(text(raw(none)), None, "{none}");
        }
        // A text without an escape is taken as it stands: this is why it may be.
        assert!(serde_json::from_str::<&RawValue>("\"a\nb\"").is_err());
        for (json, whole) in [
            ("-0", 0),
            ("-7", -7),
            ("1.0", 1),
            ("1e2", 100),
            ("\"5\"", 5),
        ] {
            assert_eq!(integer(raw(json)), Some(whole), "{json}");
        }
        for none in ["1.5", "\"+5\"", "9223372036854775808", "true"] {
            assert_eq!(integer(raw(none)), None, "{none}");
        }
    }

    #[test]
    fn what_is_not_an_object_or_ambiguous_is_refused() {
        for bad in [
            "[]",
            "1",
            "",
            "{",
            r#"{"a":1,"a":2}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"{"a":1} x"#,
        ] {
            assert!(Members::parse(bad).is_err(), "{bad}");
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        // Deep nesting may be refused or kept raw; it must not exhaust the stack.
        let _ = Members::parse(&deep);
    }

    #[test]
    fn no_object_takes_for_ever() {
        let many: Vec<_> = (0..200_000).map(|n| format!("\"{n}\":0")).collect();
        assert!(Members::parse(&format!("{{{}}}", many.join(","))).is_err());
    }

    #[test]
    fn integers_are_whole_and_fit() {
        let read = |t: &str| integer(&RawValue::from_string(t.to_owned()).unwrap());
        assert_eq!(read("10800"), Some(10_800));
        assert_eq!(read("\"10800\""), Some(10_800));
        assert_eq!(read("10800.0"), Some(10_800));
        for bad in [
            "1.5",
            "\"x\"",
            "true",
            "null",
            "[]",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
