//! The core's error becomes the exception class of its kind.

use kessai::Error;
use kessai::model::Value;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

use crate::model::to_python;

static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// The exception for an error, its causes chained as `__cause__`.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    match exception(py, error) {
        Ok(exception) => PyErr::from_value(exception),
        Err(broken) => broken,
    }
}

fn exception<'py>(py: Python<'py>, error: &Error) -> PyResult<Bound<'py, PyAny>> {
    let class = py
        .import("kessai.errors")?
        .getattr(error.kind().class_name())?
        .cast_into::<PyType>()?;
    let facts = PyDict::new(py);
    for (name, value) in error.facts() {
        match value {
            // The class tells its kind; the message goes by itself.
            _ if matches!(name, "kind" | "message") => {}
            // The service counts whole seconds.
            Value::Span(span) => facts.set_item(name, span.as_secs())?,
            value => facts.set_item(name, to_python(py, &value)?)?,
        }
    }
    let make = MAKE.import(py, "kessai._error", "make")?;
    let made = make.call1((class, error.message(), facts))?;
    if let Some(cause) = error.cause() {
        made.setattr("__cause__", exception(py, cause)?)?;
    }
    Ok(made)
}

/// An error about an argument, from before the core is reached.
pub(crate) fn input(py: Python<'_>, param: &str, message: String) -> PyErr {
    raise(py, &Error::of_bad_input(param, message))
}
