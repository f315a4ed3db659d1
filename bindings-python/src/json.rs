//! Python values as JSON, to the letter: numbers as they are, never floats.

use std::fmt::Write as _;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};

use crate::arguments::{decimal, no_float, plain, well_formed};
use crate::errors::input;

/// How deep lists and dicts may stand in one another.
const DEEPEST: u32 = 64;

/// A value as JSON text; errors name the argument that it was given for.
pub(crate) fn text(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    let mut out = String::with_capacity(128);
    write(&mut out, name, value, DEEPEST)?;
    Ok(out)
}

fn write(out: &mut String, name: &str, value: &Bound<'_, PyAny>, deeper: u32) -> PyResult<()> {
    let py = value.py();
    let wrong = |what: String| input(py, name, format!("{name} must not hold {what}"));
    let deeper = deeper
        .checked_sub(1)
        .ok_or_else(|| wrong(format!("more than {DEEPEST} levels")))?;
    if let Ok(text) = value.cast::<PyString>() {
        quote(out, well_formed(name, text)?);
    } else if value.is_none() {
        out.push_str("null");
    } else if let Ok(yes) = value.cast::<PyBool>() {
        out.push_str(if yes.is_true() { "true" } else { "false" });
    } else if value.is_instance_of::<PyInt>() {
        // A subclass may say anything of itself.
        let whole: i128 = value
            .extract()
            .map_err(|_| wrong("a number so large".to_owned()))?;
        let _ = write!(out, "{whole}");
    } else if value.is_instance_of::<PyFloat>() {
        return Err(no_float(py, name));
    } else if let Ok(dict) = value.cast::<PyDict>() {
        out.push('{');
        for (number, (key, value)) in dict.iter().enumerate() {
            if number > 0 {
                out.push(',');
            }
            let key = key.cast::<PyString>().map_err(|_| {
                // Which key, nobody needs to see.
                wrong("keys that are no str".to_owned())
            })?;
            quote(out, well_formed(name, key)?);
            out.push(':');
            write(out, name, &value, deeper)?;
        }
        out.push('}');
    } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        out.push('[');
        for (number, value) in value.try_iter()?.enumerate() {
            if number > 0 {
                out.push(',');
            }
            write(out, name, &value?, deeper)?;
        }
        out.push(']');
    } else if value.is_instance(decimal(py)?)? {
        out.push_str(&plain(name, value)?);
    } else {
        return Err(wrong(format!("a {}", value.get_type().name()?)));
    }
    Ok(())
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_ascii_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
