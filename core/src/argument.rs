//! Values on their way in from another language, and what each place takes.
//!
//! A binding turns what its users give into [`Arg`]s by their type alone; what
//! a name means, and whether a value fits it, is decided here and in the tables
//! of options, parameters and methods.

use std::time::Duration;

use crate::doc::Doc;
use crate::error::{Error, Result};
use crate::secret::Secret;

/// A value that a binding hands over, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Text, or an exact decimal in plain notation.
    Text(String),
    /// A whole number.
    Int(i128),
    /// Yes or no.
    Bool(bool),
    /// A span of time.
    Span(Duration),
    /// Several texts.
    Texts(Vec<String>),
    /// Named values.
    Map(Vec<(String, Self)>),
    /// Text that is never shown.
    Secret(Secret),
    /// JSON, to the letter.
    Json(String),
}

/// What values an argument takes. Bindings and the generator match all of it, so
/// that the compiler asks each of them for what is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// Yes or no.
    Bool,
    /// A span of time: seconds in Python, milliseconds elsewhere.
    Span,
    /// An amount: a whole number or an exact decimal, never a float.
    Money,
    /// Several texts.
    Texts,
    /// Named texts, whole numbers and exact decimals.
    Map,
    /// A hint at an invoice or an order, in its text form.
    Hint,
    /// Text that is never shown: a credential, a card's number.
    Secret,
    /// Anything that JSON can hold, numbers exact.
    Json,
    /// A verified event: handed over as its whole JSON.
    Event,
}

/// One argument of a method: what bindings and the generator need to know.
#[derive(Debug, Clone, Copy)]
pub struct ArgInfo {
    /// Its name, as in Rust and Python.
    pub name: &'static str,
    /// Its documentation.
    pub doc: Doc,
    /// What it takes.
    pub takes: Takes,
    /// Whether it must be given.
    pub required: bool,
}

impl Arg {
    /// A span of time in whole milliseconds.
    ///
    /// # Errors
    ///
    /// [`Code::InputInvalid`] for one below zero or beyond all reason.
    pub fn of_millis(name: &str, millis: i128) -> Result<Self> {
        u64::try_from(millis)
            .map(|millis| Self::Span(Duration::from_millis(millis)))
            .map_err(|_| wrong(name, "a span of time in whole milliseconds, not negative"))
    }

    /// As text.
    pub(crate) fn text(self, name: &str) -> Result<String> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err(wrong(name, "text")),
        }
    }

    /// As text that is never shown.
    pub(crate) fn secret(self, name: &str) -> Result<Secret> {
        match self {
            Self::Secret(secret) => Ok(secret),
            Self::Text(text) => Ok(text.into()),
            _ => Err(wrong(name, "text")),
        }
    }

    /// As several texts.
    pub(crate) fn texts(self, name: &str) -> Result<Vec<String>> {
        match self {
            Self::Texts(texts) => Ok(texts),
            _ => Err(wrong(name, "several texts")),
        }
    }

    /// As a whole number.
    pub(crate) fn whole(&self, name: &str) -> Result<i64> {
        match self {
            Self::Int(whole) => i64::try_from(*whole).ok(),
            _ => None,
        }
        .ok_or_else(|| wrong(name, "a whole number"))
    }

    /// As a whole number that is not negative.
    pub(crate) fn count(&self, name: &str) -> Result<u32> {
        match self {
            Self::Int(whole) => u32::try_from(*whole).ok(),
            _ => None,
        }
        .ok_or_else(|| wrong(name, "a whole number, not negative"))
    }

    /// As yes or no.
    pub(crate) fn bool(&self, name: &str) -> Result<bool> {
        match self {
            Self::Bool(yes) => Ok(*yes),
            _ => Err(wrong(name, "true or false")),
        }
    }

    /// As a span of time; a whole number is one of seconds.
    pub(crate) fn span(&self, name: &str) -> Result<Duration> {
        match self {
            Self::Span(span) => Some(*span),
            Self::Int(seconds) => u64::try_from(*seconds).ok().map(Duration::from_secs),
            _ => None,
        }
        .ok_or_else(|| wrong(name, "a span of time, not negative"))
    }
}

fn wrong(name: &str, what: &str) -> Error {
    Error::input(name, format!("{name} must be {what}"))
}

/// The named arguments of one call, taken one by one.
#[derive(Debug, Default)]
pub struct Args(Vec<(String, Arg)>);

impl Args {
    /// Arguments as a binding collected them; those that were not given are
    /// left out.
    #[must_use]
    pub const fn new(given: Vec<(String, Arg)>) -> Self {
        Self(given)
    }

    /// A span of time, left where it is.
    pub(crate) fn span(&self, name: &str) -> Option<Duration> {
        let (_, arg) = self.0.iter().find(|(n, _)| n == name)?;
        arg.span(name).ok()
    }

    /// Text, left where it is.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        match self.0.iter().find(|(n, _)| n == name) {
            Some((_, Arg::Text(text))) => Some(text),
            _ => None,
        }
    }

    /// Takes a time that has passed from a span, but leaves the least.
    pub(crate) fn shorten(&mut self, name: &str, passed: Duration, least: Duration) {
        let span = self.span(name);
        if let (Some(span), false) = (span, passed.is_zero())
            && let Some((_, arg)) = self.0.iter_mut().find(|(n, _)| n == name)
        {
            // What is refused anyway is left as it is.
            if span > passed {
                *arg = Arg::Span(span.saturating_sub(passed).max(least));
            } else if !span.is_zero() {
                *arg = Arg::Span(least);
            }
        }
    }

    /// Takes one, where it was given.
    pub(crate) fn take(&mut self, name: &str) -> Option<Arg> {
        let at = self.0.iter().position(|(n, _)| n == name)?;
        Some(self.0.swap_remove(at).1)
    }

    /// Takes one that must have been given.
    pub(crate) fn need(&mut self, name: &str) -> Result<Arg> {
        self.take(name).ok_or_else(|| Error::of_missing_input(name))
    }

    /// Takes text that must have been given.
    pub(crate) fn text(&mut self, name: &str) -> Result<String> {
        self.need(name)?.text(name)
    }

    /// Takes text, where it was given.
    pub(crate) fn text_or_none(&mut self, name: &str) -> Result<Option<String>> {
        self.take(name).map(|arg| arg.text(name)).transpose()
    }

    /// Takes a span of time, where it was given.
    pub(crate) fn span_or_none(&mut self, name: &str) -> Result<Option<Duration>> {
        self.take(name).map(|arg| arg.span(name)).transpose()
    }

    /// Takes yes or no; no where it was not given.
    pub(crate) fn flag(&mut self, name: &str) -> Result<bool> {
        self.take(name).map_or(Ok(false), |arg| arg.bool(name))
    }

    /// Takes everything that is left.
    pub(crate) fn rest(&mut self) -> Vec<(String, Arg)> {
        std::mem::take(&mut self.0)
    }

    /// Refuses what a method does not know.
    pub(crate) fn only(&self, method: &str, known: impl Fn(&str) -> bool) -> Result<()> {
        match self.0.iter().find(|(name, _)| !known(name)) {
            None => Ok(()),
            Some((name, _)) => Err(Error::of_unknown_input(method, name)),
        }
    }
}
