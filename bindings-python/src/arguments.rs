//! Python values on their way into the core.

use std::time::Duration;

use kessai::zaif::{Arg, ClientBuilder, OptionShape, OptionValue};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString, PyType};

use crate::errors::input;

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// The class `decimal.Decimal`.
pub(crate) fn decimal(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    DECIMAL.import(py, "decimal", "Decimal")
}

/// Text, a whole number or an exact decimal; never a float.
pub(crate) fn arg(py: Python<'_>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<Arg> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Arg::Text(text.to_str()?.to_owned()));
    }
    if value.is_instance_of::<PyBool>() {
        return Err(input(py, name, format!("{name} must not be a bool")));
    }
    if value.is_instance_of::<PyInt>() {
        let whole = value
            .extract()
            .map_err(|_| input(py, name, format!("{name} is too large")))?;
        return Ok(Arg::Int(whole));
    }
    if value.is_instance(decimal(py)?)? {
        // Plain notation, whatever the exponent.
        let text = value.call_method1("__format__", ("f",))?;
        return Ok(Arg::Text(text.extract()?));
    }
    let why = if value.is_instance_of::<PyFloat>() {
        "must not be a float, which cannot hold money exactly: use int or decimal.Decimal"
    } else {
        "must be str, int or decimal.Decimal"
    };
    Err(input(py, name, format!("{name} {why}")))
}

/// Named arguments, without those that are None.
pub(crate) fn args(py: Python<'_>, given: &Bound<'_, PyDict>) -> PyResult<Vec<(String, Arg)>> {
    let mut args = Vec::with_capacity(8);
    for (name, value) in given {
        if !value.is_none() {
            let name: String = name.extract()?;
            let value = arg(py, &name, &value)?;
            args.push((name, value));
        }
    }
    Ok(args)
}

/// A time in seconds.
pub(crate) fn span(py: Python<'_>, name: &str, value: &Bound<'_, PyAny>) -> PyResult<Duration> {
    let seconds = if value.is_instance_of::<PyBool>() {
        None
    } else {
        value.extract::<f64>().ok()
    };
    seconds
        .and_then(|s| Duration::try_from_secs_f64(s).ok())
        .ok_or_else(|| input(py, name, format!("{name} must be a time in seconds")))
}

/// Hands a client's options to its builder, without those that are None.
pub(crate) fn options(
    py: Python<'_>,
    mut builder: ClientBuilder,
    given: &Bound<'_, PyDict>,
) -> PyResult<ClientBuilder> {
    for (name, value) in given {
        if value.is_none() {
            continue;
        }
        let name: String = name.extract()?;
        let shape = ClientBuilder::OPTIONS
            .iter()
            .find(|o| o.name == name)
            .map(|o| o.shape);
        let wrong = |what: &str| input(py, &name, format!("{name} must be {what}"));
        let value = match shape {
            Some(OptionShape::Span) => OptionValue::Span(span(py, &name, &value)?),
            Some(OptionShape::Int) if !value.is_instance_of::<PyBool>() => {
                OptionValue::Int(value.extract().map_err(|_| wrong("a whole number"))?)
            }
            Some(OptionShape::Int) => return Err(wrong("a whole number")),
            Some(OptionShape::Bool) => {
                OptionValue::Bool(value.extract().map_err(|_| wrong("True or False"))?)
            }
            Some(OptionShape::Text) | None => {
                OptionValue::Text(value.extract().map_err(|_| wrong("a str"))?)
            }
        };
        builder = builder
            .set(&name, value)
            .map_err(|e| crate::errors::raise(py, &e))?;
    }
    Ok(builder)
}
