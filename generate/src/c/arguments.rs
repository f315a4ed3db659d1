//! An argument of the core's tables in C: every kind of it, so that a new row needs
//! no hand.

use std::fmt::Write as _;

use kessai::argument::Takes;

/// How a function of C takes one argument.
pub(super) struct Taken {
    /// What its name ends in, such as `_ms`.
    pub(super) unit: &'static str,
    /// Its parameters: the name of each, and its type in Rust.
    pub(super) parameters: Vec<(String, &'static str)>,
    /// What a reader must know of its form.
    pub(super) said: &'static str,
    /// The statement that hands it to `given`.
    put: Put,
}

enum Put {
    Safe(String),
    /// C vouches for how many there are.
    Counted(String),
}

/// Whether a NULL can say that there is none.
pub(super) const fn has_null(takes: Takes) -> bool {
    match takes {
        Takes::Text
        | Takes::Secret
        | Takes::Money
        | Takes::Map
        | Takes::Json
        | Takes::Hint
        | Takes::Event => true,
        // A NULL is a list of none.
        Takes::Int | Takes::Bool | Takes::Span | Takes::Texts => false,
    }
}

/// What the table calls it.
pub(super) const fn word(takes: Takes) -> &'static str {
    match takes {
        Takes::Text => "text",
        Takes::Int => "a whole number",
        Takes::Bool => "yes or no",
        Takes::Span => "a span of time",
        Takes::Money => "an amount",
        Takes::Texts => "several texts",
        Takes::Map => "named values",
        Takes::Hint => "a hint",
        Takes::Secret => "a secret",
        Takes::Json => "JSON",
        Takes::Event => "an event",
    }
}

/// How an argument is taken.
pub(super) fn taken(name: &str, takes: Takes) -> Taken {
    let one = |unit: &'static str, kind, put: &str, said| {
        // A word of Rust's own.
        let raw = if name == "type" && unit.is_empty() {
            "r#"
        } else {
            ""
        };
        Taken {
            unit,
            parameters: vec![(format!("{raw}{name}{unit}"), kind)],
            said,
            put: Put::Safe(format!("given.{put}(\"{name}\", {raw}{name}{unit})")),
        }
    };
    match takes {
        Takes::Text => one("", "Utf8<'_>", "text", ""),
        Takes::Secret => one("", "Utf8<'_>", "secret", ""),
        Takes::Int => one("", "i64", "whole", ""),
        Takes::Bool => one("", "bool", "flag", ""),
        Takes::Span => one("_ms", "i64", "millis", "In whole milliseconds."),
        Takes::Money => one("", "Utf8<'_>", "text", "An exact decimal."),
        Takes::Json => one("_json", "Utf8<'_>", "json", ""),
        Takes::Map => {
            let said = "One JSON object of texts and numbers.";
            one("_json", "Utf8<'_>", "map", said)
        }
        Takes::Hint => one("", "Option<&ZaifHint>", "hint", ""),
        Takes::Event => one("", "Option<&IpayEvent>", "event", ""),
        Takes::Texts => {
            let count = format!("{name}_count");
            Taken {
                unit: "",
                put: Put::Counted(format!("given.texts(\"{name}\", {name}, {count})")),
                parameters: vec![(name.to_owned(), "Utf8s<'_>"), (count, "usize")],
                said: "NULL where they are none.",
            }
        }
    }
}

/// The same amount in whole yen.
pub(super) fn yen(name: &str) -> Taken {
    Taken {
        unit: "_yen",
        parameters: vec![(format!("{name}_yen"), "i64")],
        said: "In whole yen.",
        put: Put::Safe(format!("given.whole(\"{name}\", {name}_yen)")),
    }
}

impl Taken {
    /// Its parameters as Rust declares them.
    pub(super) fn declared(&self) -> String {
        let mut out = String::new();
        for (name, kind) in &self.parameters {
            let _ = writeln!(out, "    {name}: {kind},");
        }
        out
    }

    /// The statement that hands it over, at this depth.
    pub(super) fn put(&self, depth: usize) -> String {
        let lead = " ".repeat(depth);
        match &self.put {
            Put::Safe(put) => format!("{lead}{put};\n"),
            Put::Counted(put) => {
                format!(
                    "{lead}// SAFETY: the header asks for so many of them.\n{lead}unsafe {{ {put} }};\n"
                )
            }
        }
    }
}
