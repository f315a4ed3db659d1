//! Addresses for notifications and the door behind them.

use kessai::Secret;
use kessai::zaif;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::errors::raise;
use crate::hint::Hint;

/// The core's half of `kessai.zaif.Webhooks`.
#[pyclass(frozen, module = "kessai._kessai")]
#[derive(Debug)]
pub(crate) struct Webhooks(zaif::Webhooks);

#[pymethods]
impl Webhooks {
    #[new]
    fn new(
        py: Python<'_>,
        base: &str,
        secrets: Vec<String>,
        per_order: i64,
        per_process: i64,
    ) -> PyResult<Self> {
        zaif::Webhooks::new(base, secrets.into_iter().map(Secret::from))
            .and_then(|webhooks| webhooks.limits_of(per_order, per_process))
            .map(Self)
            .map_err(|e| raise(py, &e))
    }

    fn address(&self, py: Python<'_>, order_number: &str) -> PyResult<String> {
        self.0.address(order_number).map_err(|e| raise(py, &e))
    }

    fn receive(
        &self,
        py: Python<'_>,
        path: &Bound<'_, PyString>,
        body: &[u8],
    ) -> PyResult<(String, Hint, usize)> {
        // A path that is no text bears no token.
        let path = path.to_string_lossy();
        let notice = self.0.receive(&path, body).map_err(|e| raise(py, &e))?;
        Ok((notice.order_number, Hint(notice.hint), notice.secret_index))
    }

    #[staticmethod]
    fn status(code: &str) -> u16 {
        zaif::Webhooks::status_of(code)
    }

    #[staticmethod]
    fn mask(path: &str) -> String {
        zaif::Webhooks::mask(path)
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
}
