//! A call on a thread of its own, for event loops.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kessai::argument::Args;
use kessai::interrupt::interruptible;
use kessai::pool::{Pool, Turn};
use kessai::zaif::Client;
use kessai::zaif::methods::Returned;
use kessai::{Error, Outcome};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::errors::raise;
use crate::exit::attached;
use crate::model::returned;

/// A call that was started.
#[pyclass(frozen, module = "kessai._kessai")]
pub(crate) struct Call(Arc<Shared>);

struct Shared {
    canceled: AtomicBool,
    state: Mutex<State>,
}

enum State {
    /// No thread has taken it yet.
    Waiting(Box<Work>),
    Running,
    Over(Result<Returned, Error>),
    /// Its result was taken.
    Taken,
}

struct Work {
    client: Client,
    method: String,
    args: Args,
    ended: Py<PyAny>,
}

impl Call {
    pub(crate) fn start(
        pool: &Pool,
        client: Client,
        method: String,
        args: Args,
        ended: Py<PyAny>,
    ) -> Self {
        let patience = client.patience(&method, &args);
        let shared = Arc::new(Shared {
            canceled: AtomicBool::new(false),
            state: Mutex::new(State::Waiting(Box::new(Work {
                client,
                method,
                args,
                ended,
            }))),
        });
        let job = Arc::clone(&shared);
        pool.submit(Box::new(move |turn| job.work(turn)), patience);
        Self(shared)
    }
}

impl Shared {
    fn set(&self, state: State) -> State {
        let mut slot = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *slot, state)
    }

    /// Takes the work, if nobody has.
    fn take(&self) -> Option<Box<Work>> {
        let mut slot = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*slot, State::Waiting(_)) {
            return None;
        }
        match std::mem::replace(&mut *slot, State::Running) {
            State::Waiting(work) => Some(work),
            _ => None,
        }
    }

    fn work(self: &Arc<Self>, turn: Turn) {
        let Some(work) = self.take() else {
            return;
        };
        let Work {
            client,
            method,
            args,
            ended,
        } = *work;
        let result = match turn {
            Turn::Missed => {
                let error = Error::of_the_pool();
                client.was_never_made(&method, &error);
                Err(error)
            }
            Turn::Came(waited) => {
                let flag = Arc::clone(self);
                let stop = move || flag.canceled.load(Ordering::Relaxed);
                let call = || {
                    // What waited for no thread keeps its connections' options.
                    let waited = if waited < WORTH_COUNTING {
                        Duration::ZERO
                    } else {
                        waited
                    };
                    client.invoke_after(waited, &method, args)
                };
                catch_unwind(AssertUnwindSafe(|| interruptible(stop, call)))
                    .unwrap_or_else(|_| Err(Error::of_a_defect()))
            }
        };
        self.set(State::Over(result));
        tell(ended);
    }
}

/// Less than this is not taken from a call's time limit.
const WORTH_COUNTING: Duration = Duration::from_millis(5);

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
    /// Asks the call to end. Whether and how it did, `finish` tells.
    fn cancel(&self) {
        self.0.canceled.store(true, Ordering::Relaxed);
        if let Some(work) = self.0.take() {
            let never = Error::of_an_interruption(Outcome::NotDone);
            work.client.was_never_made(&work.method, &never);
            self.0.set(State::Over(Err(never)));
            tell(work.ended);
        }
    }

    /// The result, once the call is over.
    fn result<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.0.set(State::Taken) {
            State::Over(Ok(result)) => returned(py, result),
            State::Over(Err(error)) => Err(raise(py, &error)),
            _ => Err(raise(py, &Error::of_a_defect())),
        }
    }

    /// What is known of a call that was canceled: `outcome`, `resume`, and in
    /// `result` what it brought all the same.
    fn remains<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let remains = PyDict::new(py);
        match self.0.set(State::Taken) {
            State::Over(Ok(result)) => {
                remains.set_item("outcome", Outcome::Done.as_str())?;
                remains.set_item("resume", py.None())?;
                remains.set_item("result", returned(py, result)?)?;
            }
            State::Over(Err(error)) => {
                remains.set_item("outcome", error.outcome().as_str())?;
                remains.set_item("resume", error.resume())?;
            }
            _ => remains.set_item("outcome", Outcome::Unknown.as_str())?,
        }
        Ok(remains)
    }
}
