//! The search line: words, and words with a prefix that says where to look.

/// The prefixes that are understood; anything else before a colon is plain text.
const PREFIXES: [&str; 7] = ["order", "status", "id", "event", "method", "key", "service"];

/// A search: everything in it must be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<(Option<&'static str>, String)>,
}

/// What can be found of one thing: its fields by prefix, and text without any.
#[derive(Debug, Clone, Default)]
pub struct Findable {
    fields: Vec<(&'static str, String)>,
}

impl Findable {
    /// With one more field; nothing for `None`.
    #[must_use]
    pub fn with(mut self, prefix: &'static str, value: Option<impl AsRef<str>>) -> Self {
        let value = value.map(|value| (prefix, value.as_ref().to_lowercase()));
        self.fields.extend(value);
        self
    }
}

impl Query {
    /// Reads a search line.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let terms = text.split_whitespace().map(|word| {
            let (prefix, value) = word.split_once(':').unwrap_or(("", word));
            let known = PREFIXES.into_iter().find(|name| *name == prefix);
            let value = if known.is_some() { value } else { word };
            (known, value.to_lowercase())
        });
        Self {
            terms: terms.filter(|(_, value)| !value.is_empty()).collect(),
        }
    }

    /// Whether everything is found: behind a prefix the start of a value, else any part of any.
    #[must_use]
    pub fn finds(&self, it: &Findable) -> bool {
        self.terms.iter().all(|(prefix, wanted)| {
            it.fields.iter().any(|(name, value)| match prefix {
                Some(prefix) => prefix == name && value.starts_with(wanted),
                None => value.contains(wanted),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_say_where_and_all_must_be_found() {
        let it = Findable::default()
            .with("order", Some("A-100"))
            .with("status", Some("paid"))
            .with("id", None::<&str>)
            .with("text", Some("http://127.0.0.1/hook"));
        for found in [
            "",
            "a-1",
            "order:a-1",
            "order:A-100 status:paid",
            "status:",
            "HOOK",
            "http://127",
        ] {
            assert!(Query::read(found).finds(&it), "{found}");
        }
        for missed in [
            "order:100",
            "status:new",
            "id:x",
            "order:A-100 x",
            "colour:red",
        ] {
            assert!(!Query::read(missed).finds(&it), "{missed}");
        }
    }
}
