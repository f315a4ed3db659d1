//! The shop's function that gives a token for each call.

use std::cell::Cell;

use kessai::service::Patience;
use kessai::{Error, Secret};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;

use crate::exit::attached;
use crate::hook::hold_back;

thread_local! {
    /// What the function raised: the core's errors hold no exceptions.
    static BROKEN: Cell<Option<PyErr>> = const { Cell::new(None) };
}

/// Takes what the function raised on this thread, since it was last asked.
pub(crate) fn broken() -> Option<PyErr> {
    BROKEN.take()
}

/// An exception with what the function raised as its cause.
pub(crate) fn caused(py: Python<'_>, error: PyErr, broken: Option<PyErr>) -> PyErr {
    if let Some(broken) = broken {
        error.set_cause(py, Some(broken));
    }
    error
}

/// Calls a Python function for a token, on the thread of the call.
pub(crate) fn token_source(
    source: Py<PyAny>,
) -> impl Fn(&Patience) -> Result<Secret, Error> + Send + Sync + 'static {
    move |_patience| {
        let given = attached(|py| {
            let token = source
                .call0(py)
                .and_then(|token| token.extract::<String>(py));
            token.map_err(|error| {
                if error.is_instance_of::<PyException>(py) {
                    BROKEN.set(Some(error));
                } else {
                    // KeyboardInterrupt and its like are nobody's mistake.
                    hold_back(error);
                }
            })
        });
        match given {
            Some(Ok(token)) => Ok(Secret::from(token)),
            // The call's error says what became of the call; the exception is its cause.
            _ => Err(Error::of_missing_input("token_source")),
        }
    }
}
