//! The client: any method of any class of the core's tables, blocking or on a
//! thread.

use std::sync::{Arc, Mutex, PoisonError};

use kessai::interrupt::interruptible;
use kessai::pool::Pool;
use kessai::returned::Returned;
use kessai::service::{AnyClient, Given, Listener, TokenSource};
use kessai::{Error, Outcome};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::named;
use crate::call::Call;
use crate::errors::{input, raise};
use crate::exit::{Pass, attached};
use crate::hook::{held_back, hook};
use crate::model::returned;
use crate::table::{Class, class};
use crate::token::{self, token_source};

/// The core's half of every client.
#[pyclass(frozen, module = "kessai._kessai")]
#[derive(Debug)]
pub(crate) struct Core {
    class: &'static Class,
    /// None once it is closed.
    open: Mutex<Option<AnyClient>>,
    pool: Pool,
}

impl Core {
    fn client(&self, py: Python<'_>, method: &str) -> PyResult<AnyClient> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.clone()
            .ok_or_else(|| raise(py, &self.class.info.closed(method)))
    }
}

/// What somebody gave to be called back.
fn callable(py: Python<'_>, name: &str, given: Option<Py<PyAny>>) -> PyResult<Option<Py<PyAny>>> {
    match given {
        Some(given) if !given.bind(py).is_callable() => {
            let why = format!("{name} must be something that can be called");
            Err(input(py, name, why))
        }
        given => Ok(given),
    }
}

#[pymethods]
impl Core {
    #[new]
    #[pyo3(signature = (of, from_env, given, on_event, token_source, threads))]
    fn new(
        py: Python<'_>,
        of: (String, String),
        from_env: bool,
        given: &Bound<'_, PyDict>,
        on_event: Option<Py<PyAny>>,
        token_source: Option<Py<PyAny>>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let (module, name) = of;
        let class = class(&module, &name).map_err(|e| raise(py, &e))?;
        let threads = threads.map(|given| {
            // What is no whole number is no number of threads either.
            given.extract().unwrap_or(-1)
        });
        let pool = Pool::of(threads).map_err(|e| raise(py, &e))?;
        let on_event = callable(py, "on_event", on_event)?.map(|listener| {
            let listener: Box<Listener> = Box::new(hook(listener));
            listener
        });
        let token_source = callable(py, "token_source", token_source)?.map(|source| {
            let source: Box<TokenSource> = Box::new(self::token_source(source));
            source
        });
        let given = Given {
            from_env,
            named: named(py, given, &|name| class.info.option_takes(name))?,
            on_event,
            token_source,
        };
        let client = (class.info.build)(given).map_err(|e| raise(py, &e))?;
        Ok(Self {
            class,
            open: Mutex::new(Some(client)),
            pool,
        })
    }

    /// Makes a call without holding up other Python threads.
    fn invoke<'py>(
        &self,
        py: Python<'py>,
        method: &str,
        given: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let client = self.client(py, method)?;
        let args = self.class.arguments(py, method, given)?;
        interrupted_by_signals(py, self.class.info.module, || client.invoke(method, args))
    }

    /// Makes a call on a thread; `ended` is called there when it is over.
    fn start(
        &self,
        py: Python<'_>,
        method: &str,
        given: &Bound<'_, PyTuple>,
        ended: Py<PyAny>,
    ) -> PyResult<Call> {
        let client = self.client(py, method)?;
        let args = self.class.arguments(py, method, given)?;
        Ok(Call::start(&self.pool, &client, method, args, ended))
    }

    /// Drops the connections. What is under way goes on to its end.
    fn close(&self, py: Python<'_>) {
        let client = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.take()
        };
        py.detach(|| drop(client));
    }

    /// Where it calls, and with what patience; None once it is closed.
    fn describe(&self) -> Option<String> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.as_ref().map(AnyClient::describe)
    }
}

/// Makes a blocking call that Ctrl-C ends.
fn interrupted_by_signals<'py>(
    py: Python<'py>,
    module: &str,
    call: impl FnOnce() -> Result<Returned, Error> + Send,
) -> PyResult<Bound<'py, PyAny>> {
    // Signals reach Python's main thread only, and only while it holds the
    // interpreter: so the call asks now and then.
    let pressed: Arc<Mutex<Option<PyErr>>> = Arc::default();
    let seen = Arc::clone(&pressed);
    let asked_to_stop = move || {
        let signal = attached(signaled).unwrap_or(Ok(()));
        let stop = signal.is_err();
        if let (Err(signal), Ok(mut seen)) = (signal, seen.lock()) {
            *seen = Some(signal);
        }
        stop
    };
    let (result, _pass) = py.detach(|| (interruptible(asked_to_stop, call), Pass::or_stay()));
    let broken = token::broken();
    let pressed = pressed.lock().ok().and_then(|mut pressed| pressed.take());
    // One that came after the last question would rise inside kessai's own
    // frames, and take the result with it.
    let Some(signal) = pressed.or_else(|| signaled(py).err()) else {
        return match result {
            Ok(result) => returned(py, module, result),
            Err(error) => Err(token::caused(py, raise(py, &error), broken)),
        };
    };
    // It stays what it is, and carries what is known of the call.
    let value = signal.value(py);
    match result {
        Ok(result) => {
            value.setattr("outcome", Outcome::Done.as_str())?;
            value.setattr("resume", py.None())?;
            value.setattr("result", returned(py, module, result)?)?;
        }
        Err(error) => {
            value.setattr("outcome", error.outcome().as_str())?;
            value.setattr("resume", error.resume())?;
        }
    }
    Err(signal)
}

/// Whether a signal wants the call to end, also one that rose in the hook.
fn signaled(py: Python<'_>) -> PyResult<()> {
    match held_back() {
        Some(signal) => Err(signal),
        None => py.check_signals(),
    }
}
