//! Addresses for notifications and the door behind them.

use kessai::zaif;
use kessai::{Code, Secret};
use pyo3::prelude::*;

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
        per_order: u32,
        per_process: u32,
    ) -> PyResult<Self> {
        zaif::Webhooks::new(base, secrets.into_iter().map(Secret::from))
            .and_then(|webhooks| webhooks.limits(per_order, per_process))
            .map(Self)
            .map_err(|e| raise(py, &e))
    }

    fn address(&self, py: Python<'_>, order_number: &str) -> PyResult<String> {
        self.0.address(order_number).map_err(|e| raise(py, &e))
    }

    fn receive(&self, py: Python<'_>, path: &str, body: &[u8]) -> PyResult<(String, Hint, usize)> {
        let notice = self.0.receive(path, body).map_err(|e| raise(py, &e))?;
        Ok((notice.order_number, Hint(notice.hint), notice.secret_index))
    }

    #[staticmethod]
    fn status(code: &str) -> u16 {
        let code = Code::ALL.iter().find(|known| known.as_str() == code);
        code.map_or(503, |code| zaif::Webhooks::status(*code))
    }

    #[staticmethod]
    fn mask(path: &str) -> String {
        zaif::Webhooks::mask(path)
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
}
