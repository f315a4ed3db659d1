//! The client's methods, one line each but for the translation.

use std::sync::{Arc, Mutex};

use kessai::Error;
use kessai::interrupt::interruptible;
use kessai::zaif::{Arg, Client, ClientBuilder, CreateInvoice, Expected, Resumed};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::{arg, args, options, span};
use crate::errors::raise;
use crate::hint::Hint;
use crate::model::Model;

/// The core's half of `kessai.zaif.Client`.
#[pyclass(frozen, module = "kessai._kessai")]
#[derive(Debug)]
pub(crate) struct ZaifClient(Client);

type Timeout<'py> = Option<Bound<'py, PyAny>>;

impl ZaifClient {
    /// Runs a call without holding up other Python threads.
    fn run<T: Send>(
        &self,
        py: Python<'_>,
        timeout: Timeout<'_>,
        call: impl FnOnce(&Client) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let client = match timeout {
            None => self.0.clone(),
            Some(seconds) => {
                let limit = span(py, "timeout", &seconds)?;
                self.0.with_timeout(limit).map_err(|e| raise(py, &e))?
            }
        };
        // Signals reach Python's main thread only, and only while it holds the
        // interpreter: so the call asks now and then.
        let pressed: Arc<Mutex<Option<PyErr>>> = Arc::default();
        let seen = Arc::clone(&pressed);
        let asked_to_stop = move || {
            let signal = Python::attach(|py| py.check_signals());
            let stop = signal.is_err();
            if let (Err(signal), Ok(mut seen)) = (signal, seen.lock()) {
                *seen = Some(signal);
            }
            stop
        };
        let result = py.detach(|| interruptible(asked_to_stop, || call(&client)));
        let pressed = pressed.lock().ok().and_then(|mut pressed| pressed.take());
        match (result, pressed) {
            (Ok(result), None) => Ok(result),
            (Err(error), None) => Err(raise(py, &error)),
            (Ok(result), Some(_)) => {
                // Pressed too late to stop anything: what was done is told, and
                // the interpreter meets the signal again.
                py.import("_thread")?.call_method0("interrupt_main")?;
                Ok(result)
            }
            (Err(error), Some(signal)) => {
                // It stays what it is, and carries what is known of the call.
                let value = signal.value(py);
                value.setattr("resume", error.resume())?;
                value.setattr("outcome", error.outcome().as_str())?;
                Err(signal)
            }
        }
    }
}

#[pymethods]
impl ZaifClient {
    #[new]
    fn new(py: Python<'_>, key: &str, secret: &str, given: &Bound<'_, PyDict>) -> PyResult<Self> {
        let builder = options(py, Client::builder(key, secret), given)?;
        builder.build().map(Self).map_err(|e| raise(py, &e))
    }

    #[staticmethod]
    fn from_env(py: Python<'_>, given: &Bound<'_, PyDict>) -> PyResult<Self> {
        let builder = ClientBuilder::from_env().map_err(|e| raise(py, &e))?;
        let builder = options(py, builder, given)?;
        builder.build().map(Self).map_err(|e| raise(py, &e))
    }

    #[pyo3(signature = (params, timeout))]
    fn create_invoice(
        &self,
        py: Python<'_>,
        params: &Bound<'_, PyDict>,
        timeout: Timeout<'_>,
    ) -> PyResult<Model> {
        let request = request(py, params)?;
        self.run(py, timeout, |c| c.create_invoice(&request))
            .map(Model::from)
    }

    fn resume_handle(&self, py: Python<'_>, params: &Bound<'_, PyDict>) -> PyResult<String> {
        let request = request(py, params)?;
        self.run(py, None, |c| c.resume_handle(&request))
    }

    #[pyo3(signature = (handle, timeout))]
    fn resume(
        &self,
        py: Python<'_>,
        handle: &str,
        timeout: Timeout<'_>,
    ) -> PyResult<Option<(Model, Vec<String>)>> {
        let limit = timeout.map(|t| span(py, "timeout", &t)).transpose()?;
        let resumed = self.run(py, None, |c| match limit {
            None => c.resume(handle),
            Some(limit) => c.resume_within(handle, limit),
        })?;
        Ok(match resumed {
            Resumed::Done { invoice, others } => Some(((*invoice).into(), others)),
            Resumed::NotDone => None,
        })
    }

    #[pyo3(signature = (invoice_id, timeout))]
    fn get_invoice(
        &self,
        py: Python<'_>,
        invoice_id: &str,
        timeout: Timeout<'_>,
    ) -> PyResult<Model> {
        self.run(py, timeout, |c| c.get_invoice(invoice_id))
            .map(Model::from)
    }

    #[pyo3(signature = (order_number, timeout))]
    fn find_invoice_ids(
        &self,
        py: Python<'_>,
        order_number: &str,
        timeout: Timeout<'_>,
    ) -> PyResult<Vec<String>> {
        self.run(py, timeout, |c| c.find_invoice_ids(order_number))
    }

    #[pyo3(signature = (invoice_id, even_if_money_seen, timeout))]
    fn cancel_invoice(
        &self,
        py: Python<'_>,
        invoice_id: &str,
        even_if_money_seen: bool,
        timeout: Timeout<'_>,
    ) -> PyResult<Model> {
        self.run(py, timeout, |c| {
            if even_if_money_seen {
                c.cancel_invoice_even_if_money_seen(invoice_id)
            } else {
                c.cancel_invoice(invoice_id)
            }
        })
        .map(Model::from)
    }

    #[pyo3(signature = (hint, order_number, amount, currency, billing_currency, timeout))]
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the method's own, called from one place in Python"
    )]
    fn confirm(
        &self,
        py: Python<'_>,
        hint: &Hint,
        order_number: &str,
        amount: &Bound<'_, PyAny>,
        currency: Option<&str>,
        billing_currency: Option<&str>,
        timeout: Timeout<'_>,
    ) -> PyResult<Model> {
        let failed = |e| raise(py, &e);
        let amount = arg(py, "amount", amount)?;
        let expected = Expected::from_args(order_number, &amount, currency, billing_currency)
            .map_err(failed)?;
        self.run(py, timeout, |c| c.confirm(&hint.0, &expected))
            .map(Model::from)
    }

    #[pyo3(signature = (method, params, timeout))]
    fn call(
        &self,
        py: Python<'_>,
        method: &str,
        params: &Bound<'_, PyDict>,
        timeout: Timeout<'_>,
    ) -> PyResult<String> {
        let given: Vec<(String, String)> = args(py, params)?
            .into_iter()
            .map(|(name, value)| match value {
                Arg::Text(text) => (name, text),
                Arg::Int(whole) => (name, whole.to_string()),
            })
            .collect();
        self.run(py, timeout, |c| {
            let given: Vec<_> = given.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
            c.call(method, &given)
        })
    }
}

fn request(py: Python<'_>, params: &Bound<'_, PyDict>) -> PyResult<CreateInvoice> {
    CreateInvoice::from_args(args(py, params)?).map_err(|e| raise(py, &e))
}
