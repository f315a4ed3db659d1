//! Python values on their way into the core: by their type alone, except that
//! only where a time is wanted a float is one.

use std::sync::OnceLock;
use std::time::Duration;

use kessai::argument::{Arg, ArgInfo, Args, Takes};
use kessai::zaif::{Client, ClientBuilder};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};

use crate::errors::{input, raise};
use crate::hint::Hint;

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// No amount has more digits on either side of its point.
const MOST_DIGITS: i64 = 100;

/// The class `decimal.Decimal`.
pub(crate) fn decimal(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    DECIMAL.import(py, "decimal", "Decimal")
}

fn one(
    py: Python<'_>,
    name: &str,
    value: &Bound<'_, PyAny>,
    takes: &dyn Fn(&str) -> Option<Takes>,
) -> PyResult<Arg> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Arg::Text(text.to_str()?.to_owned()));
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
        if takes(name) == Some(Takes::Span) {
            return Duration::try_from_secs_f64(float.value())
                .map(Arg::Span)
                .map_err(|_| input(py, name, format!("{name} must be a time in seconds")));
        }
        let why =
            "must not be a float, which cannot hold money exactly: use int or decimal.Decimal";
        return Err(input(py, name, format!("{name} {why}")));
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
        let far = |exponent: i64| !(-MOST_DIGITS..=MOST_DIGITS).contains(&exponent);
        if value.call_method0("adjusted")?.extract().map_or(true, far) {
            return Err(input(py, name, format!("{name} has too many digits")));
        }
        // Plain notation, whatever the exponent.
        let text = value.call_method1("__format__", ("f",))?;
        return Ok(Arg::Text(text.extract()?));
    }
    Err(input(
        py,
        name,
        format!("{name} must not be a {}", value.get_type().name()?),
    ))
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
            let name: String = name.extract()?;
            let value = one(py, &name, &value, takes)?;
            named.push((name, value));
        }
    }
    Ok(named)
}

/// The arguments of a method, in the order of its row; those that are None were
/// not given.
pub(crate) fn arguments(
    py: Python<'_>,
    method: &str,
    given: &Bound<'_, PyTuple>,
) -> PyResult<Args> {
    static ROWS: OnceLock<Vec<(&str, Vec<ArgInfo>)>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let methods = Client::METHODS.iter();
        methods.map(|info| (info.name, info.arguments())).collect()
    });
    let row = rows.iter().find(|(name, _)| *name == method);
    let infos = row.map_or(&[][..], |(_, infos)| infos.as_slice());
    // Modules of two builds would put values under other names.
    if given.len() != infos.len() {
        let why = format!("{method} was handed {} values", given.len());
        return Err(input(py, "method", why));
    }
    let mut named = Vec::with_capacity(8);
    for (info, value) in infos.iter().zip(given.iter_borrowed()) {
        if !value.is_none() {
            let value = one(py, info.name, &value, &|_| Some(info.takes))?;
            named.push((info.name.to_owned(), value));
        }
    }
    Ok(Args::new(named))
}

/// Hands a client's options to its builder.
pub(crate) fn options(
    py: Python<'_>,
    mut builder: ClientBuilder,
    given: &Bound<'_, PyDict>,
) -> PyResult<ClientBuilder> {
    for (name, value) in named(py, given, &ClientBuilder::takes)? {
        builder = builder.set(&name, value).map_err(|e| raise(py, &e))?;
    }
    Ok(builder)
}
