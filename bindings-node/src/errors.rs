//! The core's errors on their way out: as JSON, of which `lib/error.js` makes
//! objects of the class of their kind.

use std::fmt::Write as _;

use kessai::Error;
use kessai::exchange::{Names, object};
use kessai::model::Value;
use kessai::naming::{camel, in_camel, is_known};

use crate::tokens;

/// What distinguishes an error of the core from any other that is thrown.
const MARK: &str = "kessai:";

/// An error to be thrown.
pub(crate) fn raise(error: &Error) -> napi::Error {
    napi::Error::from_reason(format!("{MARK}{}", facts(error)))
}

/// One that speaks of a name just as the caller wrote it.
pub(crate) fn raise_as_written(error: &Error) -> napi::Error {
    let told = object(error.facts(), Names::Camel);
    napi::Error::from_reason(format!("{MARK}{told}"))
}

/// The same of an error that a call ended with on this thread, and what the shop's
/// own function threw where it is because of that.
pub(crate) fn facts_of_call(error: &Error) -> String {
    let mut out = facts(error);
    if let Some(number) = tokens::refused() {
        out.pop();
        let _ = write!(out, ",\"refused\":{number}}}");
    }
    out
}

/// Everything that an error tells, with the names as Node spells them.
pub(crate) fn facts(error: &Error) -> String {
    let message = in_camel(error.message(), is_known);
    let param = error.param().map(|param| {
        if is_known(param) {
            camel(param)
        } else {
            param.to_owned()
        }
    });
    let told = error.facts().map(|(name, value)| match (name, &param) {
        ("message", _) => (name, Value::Text(&message)),
        ("param", Some(param)) => (name, Value::Text(param)),
        _ => (name, value),
    });
    let mut out = object(told, Names::Camel);
    if let Some(cause) = error.cause() {
        out.pop();
        let _ = write!(out, ",\"cause\":{}}}", facts(cause));
    }
    out
}

/// A value that cannot even be handed over.
pub(crate) fn bad(name: &str, why: &str) -> napi::Error {
    raise_as_written(&Error::of_bad_input(name, format!("{name} {why}")))
}
