//! The core's error becomes the exception class of its kind.

use kessai::{Error, ErrorKind, Outcome};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyType};

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
    facts.set_item("code", error.code().as_str())?;
    facts.set_item("outcome", error.outcome().as_str())?;
    facts.set_item("retryable", error.is_retryable())?;
    facts.set_item("param", error.param())?;
    facts.set_item("http_status", error.http_status())?;
    facts.set_item("request_id", error.request_id())?;
    facts.set_item("retry_after", error.retry_after().map(|d| d.as_secs()))?;
    facts.set_item("resume", error.resume())?;
    facts.set_item("invoice_ids", error.invoice_ids())?;
    let make = MAKE.import(py, "kessai._error", "make")?;
    let made = make.call1((class, error.message(), facts))?;
    if let Some(cause) = error.cause() {
        made.setattr("__cause__", exception(py, cause)?)?;
    }
    Ok(made)
}

/// An error about an argument, from before the core is reached.
pub(crate) fn input(py: Python<'_>, param: &str, message: String) -> PyErr {
    let made = || {
        let class = py
            .import("kessai.errors")?
            .getattr(ErrorKind::Input.class_name())?;
        let facts = PyDict::new(py);
        facts.set_item("code", kessai::Code::InputInvalid.as_str())?;
        facts.set_item("outcome", Outcome::NotDone.as_str())?;
        facts.set_item("param", param)?;
        let make = MAKE.import(py, "kessai._error", "make")?;
        make.call1((class, message, facts))
    };
    match made() {
        Ok(exception) => PyErr::from_value(exception),
        Err(broken) => broken,
    }
}
