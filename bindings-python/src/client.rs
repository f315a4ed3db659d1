//! The client: any method of the core's table, blocking or on a thread.

use std::sync::{Arc, Mutex, PoisonError};

use kessai::interrupt::interruptible;
use kessai::pool::Pool;
use kessai::returned::Returned;
use kessai::zaif::{Client, ClientBuilder};
use kessai::{Error, Outcome};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::{arguments, options};
use crate::call::Call;
use crate::errors::{input, raise};
use crate::exit::{Pass, attached};
use crate::hook::{held_back, hook};
use crate::model::returned;

/// The core's half of `kessai.zaif.Client` and `kessai.zaif.AsyncClient`.
#[pyclass(frozen, module = "kessai._kessai")]
#[derive(Debug)]
pub(crate) struct ZaifClient {
    /// None once it is closed.
    open: Mutex<Option<Client>>,
    pool: Pool,
}

impl ZaifClient {
    fn build(
        py: Python<'_>,
        builder: ClientBuilder,
        given: &Bound<'_, PyDict>,
        on_event: Option<Py<PyAny>>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let threads = threads.map(|given| {
            // What is no whole number is no number of threads either.
            given.extract().unwrap_or(-1)
        });
        let pool = Pool::of(threads).map_err(|e| raise(py, &e))?;
        let mut builder = options(py, builder, given)?;
        if let Some(listener) = on_event {
            if !listener.bind(py).is_callable() {
                let why = "on_event must be something that can be called";
                return Err(input(py, "on_event", why.to_owned()));
            }
            builder = builder.on_event(hook(listener));
        }
        let client = builder.build().map_err(|e| raise(py, &e))?;
        Ok(Self {
            open: Mutex::new(Some(client)),
            pool,
        })
    }

    fn client(&self, py: Python<'_>, method: &str) -> PyResult<Client> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.clone()
            .ok_or_else(|| raise(py, &Client::closed(method)))
    }
}

#[pymethods]
impl ZaifClient {
    #[new]
    #[pyo3(signature = (key, secret, given, on_event, threads))]
    fn new(
        py: Python<'_>,
        key: &str,
        secret: &str,
        given: &Bound<'_, PyDict>,
        on_event: Option<Py<PyAny>>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Self::build(py, Client::builder(key, secret), given, on_event, threads)
    }

    #[staticmethod]
    #[pyo3(signature = (given, on_event, threads))]
    fn from_env(
        py: Python<'_>,
        given: &Bound<'_, PyDict>,
        on_event: Option<Py<PyAny>>,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let builder = ClientBuilder::from_env().map_err(|e| raise(py, &e))?;
        Self::build(py, builder, given, on_event, threads)
    }

    /// Makes a call without holding up other Python threads.
    fn invoke<'py>(
        &self,
        py: Python<'py>,
        method: &str,
        given: &Bound<'py, PyTuple>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let client = self.client(py, method)?;
        let args = arguments(py, method, given)?;
        let result = interrupted_by_signals(py, || client.invoke(method, args))?;
        returned(py, result)
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
        let args = arguments(py, method, given)?;
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
        open.as_ref()
            .map(|client| format!("{}, timeout {:?}", client.endpoint(), client.timeout()))
    }
}

/// Makes a blocking call that Ctrl-C ends.
fn interrupted_by_signals(
    py: Python<'_>,
    call: impl FnOnce() -> Result<Returned, Error> + Send,
) -> PyResult<Returned> {
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
    let pressed = pressed.lock().ok().and_then(|mut pressed| pressed.take());
    // One that came after the last question would rise inside kessai's own
    // frames, and take the result with it.
    let Some(signal) = pressed.or_else(|| signaled(py).err()) else {
        return result.map_err(|error| raise(py, &error));
    };
    // It stays what it is, and carries what is known of the call.
    let value = signal.value(py);
    match result {
        Ok(result) => {
            value.setattr("outcome", Outcome::Done.as_str())?;
            value.setattr("resume", py.None())?;
            value.setattr("result", returned(py, result)?)?;
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
