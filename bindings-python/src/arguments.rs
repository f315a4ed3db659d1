//! Python values on their way into the core: by their type alone, except that
//! only where a time is wanted a float is one.

use std::time::Duration;

use kessai::argument::{Arg, Takes};
use kessai::ipay::Event;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};

use crate::errors::input;
use crate::hint::Hint;
use crate::json;
use crate::model::Model;

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// No amount has more digits on either side of its point.
const MOST_DIGITS: i64 = 100;

/// The class `decimal.Decimal`.
pub(crate) fn decimal(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    DECIMAL.import(py, "decimal", "Decimal")
}

/// One value, for what a place takes.
pub(crate) fn one(
    py: Python<'_>,
    name: &str,
    value: &Bound<'_, PyAny>,
    takes: Option<Takes>,
) -> PyResult<Arg> {
    if takes == Some(Takes::Json) {
        return json::text(name, value).map(Arg::Json);
    }
    if takes == Some(Takes::Event) {
        return event(name, value);
    }
    if let Ok(text) = value.cast::<PyString>() {
        let text = well_formed(name, text)?.to_owned();
        return Ok(match takes {
            Some(Takes::Secret) => Arg::Secret(text.into()),
            _ => Arg::Text(text),
        });
    }
    if let Ok(yes) = value.cast::<PyBool>() {
        return Ok(Arg::Bool(yes.is_true()));
    }
    if value.is_instance_of::<PyInt>() {
        let whole = value
            .extract()
            .map_err(|_| input(py, name, format!("{name} is too large")))?;
        return Ok(Arg::Int(whole));
    }
    if let Ok(float) = value.cast::<PyFloat>() {
        if takes == Some(Takes::Span) {
            return Duration::try_from_secs_f64(float.value())
                .map(Arg::Span)
                .map_err(|_| input(py, name, format!("{name} must be a time in seconds")));
        }
        return Err(no_float(py, name));
    }
    if let Ok(hint) = value.cast::<Hint>() {
        return Ok(Arg::Text(hint.get().0.to_string()));
    }
    if let Ok(given) = value.cast::<PyDict>() {
        let flat = given
            .iter()
            .all(|(_, inner)| !inner.is_instance_of::<PyDict>());
        if !flat {
            return Err(input(py, name, format!("{name} must not hold a dict")));
        }
        return named(py, given, &|_| None).map(Arg::Map);
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        if let Ok(texts) = value.extract() {
            return Ok(Arg::Texts(texts));
        }
        // Names that stand more than once, which no dict holds.
        let pairs: Vec<(String, String)> = value
            .extract()
            .map_err(|_| input(py, name, format!("{name} must hold nothing but str")))?;
        let pairs = pairs
            .into_iter()
            .map(|(name, value)| (name, Arg::Text(value)));
        return Ok(Arg::Map(pairs.collect()));
    }
    if value.is_instance(decimal(py)?)? {
        return plain(name, value).map(Arg::Text);
    }
    Err(input(
        py,
        name,
        format!("{name} must not be a {}", value.get_type().name()?),
    ))
}

/// A text that every language holds: half of a surrogate pair is none.
pub(crate) fn well_formed<'a>(name: &str, text: &'a Bound<'_, PyString>) -> PyResult<&'a str> {
    text.to_str().map_err(|_| {
        let why = format!("{name} must be well-formed text");
        input(text.py(), name, why)
    })
}

/// A verified event, as all of it.
fn event(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Arg> {
    let core = value.getattr("_core").ok();
    let core = core.as_ref().and_then(|core| core.cast::<Model>().ok());
    match core.and_then(|core| core.get().of::<Event>()) {
        Some(event) => Ok(Arg::Text(event.raw().to_owned())),
        None => {
            let why = format!("{name} must be what Webhooks.verify gave");
            Err(input(value.py(), name, why))
        }
    }
}

/// A float where no time is wanted.
pub(crate) fn no_float(py: Python<'_>, name: &str) -> PyErr {
    let why = "must not be a float, which cannot hold money exactly: use int or decimal.Decimal";
    input(py, name, format!("{name} {why}"))
}

/// A `Decimal` in plain notation, whatever its exponent.
pub(crate) fn plain(name: &str, value: &Bound<'_, PyAny>) -> PyResult<String> {
    let far = |exponent: i64| !(-MOST_DIGITS..=MOST_DIGITS).contains(&exponent);
    if value.call_method0("adjusted")?.extract().map_or(true, far) {
        let why = format!("{name} has too many digits");
        return Err(input(value.py(), name, why));
    }
    value.call_method1("__format__", ("f",))?.extract()
}

/// Named values, without those that are None.
pub(crate) fn named(
    py: Python<'_>,
    given: &Bound<'_, PyDict>,
    takes: &dyn Fn(&str) -> Option<Takes>,
) -> PyResult<Vec<(String, Arg)>> {
    let mut named = Vec::with_capacity(8);
    for (name, value) in given {
        if !value.is_none() {
            let name: String = name.extract().map_err(|_| {
                let why = "the names of what is given must be well-formed str";
                input(py, "name", why.to_owned())
            })?;
            let value = one(py, &name, &value, takes(&name))?;
            named.push((name, value));
        }
    }
    Ok(named)
}
