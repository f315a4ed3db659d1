//! The hint that a notification is.

use kessai::zaif;
use pyo3::prelude::*;
use pyo3::types::PyType;

use crate::errors::raise;

/// That something may have happened to an invoice.
///
/// Neither kind of notification is signed, so a hint has no way to say "paid":
/// hand it to ``Client.confirm``, which re-reads the invoice.
#[pyclass(frozen, eq, hash, module = "kessai.zaif")]
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Hint(pub(crate) zaif::Hint);

#[pymethods]
impl Hint {
    #[new]
    fn new(py: Python<'_>, invoice_id: &str) -> PyResult<Self> {
        zaif::Hint::about(invoice_id)
            .map(Self)
            .map_err(|e| raise(py, &e))
    }

    /// Read the raw body of a ``webhookUrl`` or ``notificationUri`` post.
    ///
    /// Raises ``kessai.ProtocolError`` (``zaif.bad_notification``) whatever is
    /// wrong with it: answer HTTP 400 then.
    #[classmethod]
    fn parse(cls: &Bound<'_, PyType>, body: &[u8]) -> PyResult<Self> {
        zaif::Hint::parse(body)
            .map(Self)
            .map_err(|e| raise(cls.py(), &e))
    }

    /// The invoice to re-read.
    #[getter]
    fn invoice_id(&self) -> &str {
        self.0.invoice_id()
    }

    fn __repr__(&self) -> String {
        format!("Hint(invoice_id='{}')", self.0.invoice_id())
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> (Py<PyAny>, (String,)) {
        let class = slf.get_type().into_any().unbind();
        (class, (slf.get().0.invoice_id().to_owned(),))
    }
}
