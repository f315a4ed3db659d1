//! The shop's hook for logs and metrics.

use std::cell::Cell;

use kessai::Event;
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::exit::attached;
use crate::model::to_python;

thread_local! {
    /// What a signal raised while a function of the shop was called: it is meant
    /// for whoever made the call.
    static HELD_BACK: Cell<Option<PyErr>> = const { Cell::new(None) };
}

/// Takes what a signal raised in such a function on this thread.
pub(crate) fn held_back() -> Option<PyErr> {
    HELD_BACK.take()
}

/// Keeps what is meant for whoever made the call.
pub(crate) fn hold_back(signal: PyErr) {
    HELD_BACK.set(Some(signal));
}

/// Calls a Python function with each event as a dict. What it raises is
/// reported as every exception that nobody can catch is, and changes nothing.
pub(crate) fn hook(listener: Py<PyAny>) -> impl Fn(&Event<'_>) + Send + Sync + 'static {
    move |event| {
        let _ = attached(|py| {
            // One that waits already would rise in the hook's first line.
            if let Err(signal) = py.check_signals() {
                hold_back(signal);
            }
            let told = dict(py, event).and_then(|dict| listener.call1(py, (dict,)));
            match told {
                Ok(_) => {}
                Err(error) if error.is_instance_of::<PyException>(py) => {
                    error.write_unraisable(py, Some(listener.bind(py)));
                }
                // KeyboardInterrupt and its like are nobody's mistake.
                Err(signal) => hold_back(signal),
            }
        });
    }
}

fn dict<'py>(py: Python<'py>, event: &Event<'_>) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (name, value) in event.fields() {
        dict.set_item(name, to_python(py, &value)?)?;
    }
    Ok(dict)
}
