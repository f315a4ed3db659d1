//! A call on a thread of its own, for event loops.

use std::sync::{Arc, Mutex, PoisonError};

use kessai::Outcome;
use kessai::argument::Args;
use kessai::pool::Pool;
use kessai::returned::Returned;
use kessai::service::AnyClient;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::errors::raise;
use crate::exit::attached;
use crate::model::returned;
use crate::token;

/// A call that was started.
#[pyclass(frozen, module = "kessai._kessai")]
pub(crate) struct Call {
    module: &'static str,
    call: kessai::call::Call<Returned>,
    /// What the shop's own function raised on the call's thread.
    broken: Arc<Mutex<Option<PyErr>>>,
}

impl Call {
    pub(crate) fn start(
        pool: &Pool,
        client: &AnyClient,
        method: &str,
        args: Args,
        ended: Py<PyAny>,
    ) -> Self {
        let broken: Arc<Mutex<_>> = Arc::default();
        let seen = Arc::clone(&broken);
        let call = client.start(pool, method, args, move |_| {
            if let Some(error) = token::broken() {
                *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            }
            tell(ended);
        });
        Self {
            module: client.info().module,
            call,
            broken,
        }
    }
}

/// Wakes whoever waits, unless the interpreter is on its way out: then nobody
/// does.
fn tell(ended: Py<PyAny>) {
    let mut ended = Some(ended);
    let told = attached(|py| {
        if let Some(ended) = ended.take()
            && let Err(error) = ended.call0(py)
        {
            error.write_unraisable(py, None);
        }
    });
    if told.is_none() {
        std::mem::forget(ended);
    }
}

#[pymethods]
impl Call {
    /// Asks the call to end. Whether and how it did, `result` tells.
    fn cancel(&self) {
        self.call.cancel();
    }

    /// The result, once the call is over.
    fn result<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.call.take() {
            Ok(result) => returned(py, self.module, result),
            Err(error) => {
                let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
                Err(token::caused(py, raise(py, &error), broken.take()))
            }
        }
    }

    /// What is known of a call that was canceled: `outcome`, `resume`, and in
    /// `result` what it brought all the same.
    fn remains<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let remains = PyDict::new(py);
        let known = |outcome: Outcome, resume: Option<&str>| {
            remains.set_item("outcome", outcome.as_str())?;
            remains.set_item("resume", resume)
        };
        match self.call.take() {
            Ok(result) => {
                known(Outcome::Done, None)?;
                remains.set_item("result", returned(py, self.module, result)?)?;
            }
            Err(error) => known(error.outcome(), error.resume())?,
        }
        Ok(remains)
    }
}
