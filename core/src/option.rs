//! The options of a client: one table for each class of clients.

use std::time::Duration;

use crate::argument::Takes;
use crate::doc::Doc;
use crate::error::{Error, Result};

/// One option: what bindings and the generator need to know.
#[derive(Debug, Clone, Copy)]
pub struct OptionInfo {
    /// Its name in Rust and Python.
    pub name: &'static str,
    /// Its documentation.
    pub doc: Doc,
    /// What it takes.
    pub takes: Takes,
}

/// An option that bindings have of their own: its name and documentation.
pub type OwnOption = (&'static str, &'static str);

/// For clients with an event loop.
pub const THREADS: OwnOption = (
    "threads",
    "How many calls may be under way at once: 32 by default, at most 256.",
);

/// For every client.
pub const ON_EVENT: OwnOption = (
    "on_event",
    "Called for every request and every call, and for a clock that is wrong: for logs and \
     metrics. What it is told never holds a credential.",
);

/// For clients whose tokens a function may supply.
pub const TOKEN_SOURCE: OwnOption = (
    "token_source",
    "Called for the bearer token of each call, and once more where the service refuses it: for \
     a JWT that is made anew.",
);

/// Reads the value of an option.
macro_rules! read {
    (Text, $value:ident, $name:expr) => {
        $value.text($name)
    };
    (Int, $value:ident, $name:expr) => {
        $value.count($name)
    };
    (Bool, $value:ident, $name:expr) => {
        $value.bool($name)
    };
    (Span, $value:ident, $name:expr) => {
        $value.span($name)
    };
    (Texts, $value:ident, $name:expr) => {
        $value.texts($name)
    };
}
pub(crate) use read;

/// Defines the options of a `ClientBuilder`, which keeps what it is given under
/// `given`, and how each is set in `Options`.
macro_rules! options {
    (for $builder:ty $(, $generic:ident)?; $($(#[doc = $doc:literal])+ $name:ident: $takes:ident($arg:ty), |$options:ident, $value:ident| $set:expr;)+) => {
        impl$(<$generic>)? $builder {
            /// Every option.
            pub const OPTIONS: &'static [$crate::option::OptionInfo] = &[
                $($crate::option::OptionInfo {
                    name: stringify!($name),
                    doc: $crate::doc::Doc::of(concat!($($doc, "\n"),+)),
                    takes: $crate::argument::Takes::$takes,
                },)+
            ];

            $(
                $(#[doc = $doc])+
                #[must_use]
                pub fn $name(mut self, value: $arg) -> Self {
                    let value = $crate::argument::Arg::$takes(value.into());
                    self.given.push((stringify!($name), value));
                    self
                }
            )+
        }

        impl Options {
            /// Sets one of the table.
            fn set(&mut self, name: &str, value: $crate::argument::Arg) -> $crate::error::Result<()> {
                match name {
                    $(stringify!($name) => {
                        let $options = self;
                        let $value = $crate::option::read!($takes, value, stringify!($name))?;
                        $set
                    })+
                    _ => Ok(()),
                }
            }
        }
    };
}
pub(crate) use options;

/// An option of the table by its name.
pub(crate) fn named(options: &'static [OptionInfo], name: &str) -> Result<&'static str> {
    let found = options.iter().find(|option| option.name == name);
    found
        .map(|option| option.name)
        .ok_or_else(|| Error::of_unknown_option(name))
}

/// One of several words.
pub(crate) fn word<T: Copy>(name: &'static str, text: &str, words: &[(&str, T)]) -> Result<T> {
    words
        .iter()
        .find(|(word, _)| *word == text)
        .map(|(_, value)| *value)
        .ok_or_else(|| {
            let list: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            Error::input(name, format!("{name} must be one of: {}", list.join(", ")))
        })
}

/// A call's time limit.
pub(crate) fn check_timeout(span: Duration) -> Result<Duration> {
    if span >= Duration::from_millis(1) && span <= Duration::from_secs(3_600) {
        Ok(span)
    } else {
        Err(Error::input("timeout", "timeout must be 0.001 to 3600 s"))
    }
}
