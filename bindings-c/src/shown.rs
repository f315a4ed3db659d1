//! Texts of the core as C reads them: with a NUL at the end.

use std::ffi::{CStr, CString, c_char};
use std::ptr;

use kessai::model::Value;

/// A text, if it holds no NUL: it would end there.
pub(crate) fn whole(text: &str) -> Option<CString> {
    CString::new(text).ok()
}

/// A text for people, with every NUL shown as what it is not.
pub(crate) fn readable(text: &str) -> CString {
    whole(&text.replace('\0', "\u{fffd}")).unwrap_or_default()
}

/// A value as text, if it is one that C gets as such.
pub(crate) fn value(value: &Value<'_>) -> Option<CString> {
    match value {
        Value::Text(text) => whole(text),
        Value::Int(whole_number) => whole(&whole_number.to_string()),
        Value::Decimal(exact) => whole(&exact.to_string()),
        _ => None,
    }
}

/// Lent to C for as long as its owner lives.
pub(crate) fn lent(text: Option<&CStr>) -> *const c_char {
    text.map_or(ptr::null(), CStr::as_ptr)
}
