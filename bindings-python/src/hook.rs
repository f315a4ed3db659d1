//! The shop's hook for logs and metrics.

use kessai::{Event, EventValue};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::exit::attached;

/// Calls a Python function with each event as a dict. What it raises is
/// reported as every exception that nobody can catch is, and changes nothing.
pub(crate) fn hook(listener: Py<PyAny>) -> impl Fn(&Event<'_>) + Send + Sync + 'static {
    move |event| {
        let _ = attached(|py| {
            let told = dict(py, event).and_then(|dict| listener.call1(py, (dict,)));
            if let Err(error) = told {
                error.write_unraisable(py, Some(listener.bind(py)));
            }
        });
    }
}

fn dict<'py>(py: Python<'py>, event: &Event<'_>) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in event.fields() {
        match value {
            EventValue::Text(text) => dict.set_item(name, text)?,
            EventValue::Int(whole) => dict.set_item(name, whole)?,
            EventValue::Span(span) => dict.set_item(name, span.as_secs_f64())?,
        }
    }
    Ok(dict)
}
