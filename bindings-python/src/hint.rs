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
    /// A hint from its text form, as ``str()`` gives it.
    #[new]
    fn new(py: Python<'_>, text: &str) -> PyResult<Self> {
        text.parse().map(Self).map_err(|e| raise(py, &e))
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

    /// A hint from the shop's own books: this invoice is worth a look.
    #[classmethod]
    fn about(cls: &Bound<'_, PyType>, invoice_id: &str) -> PyResult<Self> {
        zaif::Hint::about(invoice_id)
            .map(Self)
            .map_err(|e| raise(cls.py(), &e))
    }

    /// The same where only the order is known: its invoices are worth a look.
    #[classmethod]
    fn about_order(cls: &Bound<'_, PyType>, order_number: &str) -> PyResult<Self> {
        zaif::Hint::about_order(order_number)
            .map(Self)
            .map_err(|e| raise(cls.py(), &e))
    }

    /// The invoice to re-read, where the hint names one.
    #[getter]
    fn invoice_id(&self) -> Option<&str> {
        self.0.invoice_id()
    }

    /// The order whose invoices are to be re-read, where it names no invoice.
    #[getter]
    fn order_number(&self) -> Option<&str> {
        self.0.order_number()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("Hint('{}')", self.0)
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> (Py<PyAny>, (String,)) {
        let class = slf.get_type().into_any().unbind();
        (class, (slf.get().0.to_string(),))
    }
}
