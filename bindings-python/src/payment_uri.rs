//! Payment links and QR codes, for shops that draw their own form.

use kessai::argument::Args;
use kessai::zaif;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyType};

use crate::arguments::{decimal, named};
use crate::errors::raise;
use crate::model::Model;

/// A payment link that wallets understand (BIP21).
///
/// Amounts are exact; parameters that nobody knows are kept; a link that demands
/// something unknown (``req-``) is refused. ``str()`` gives the link.
#[pyclass(frozen, eq, module = "kessai.zaif")]
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PaymentUri(zaif::PaymentUri);

#[pymethods]
impl PaymentUri {
    #[new]
    #[pyo3(signature = (currency, address, *, amount=None, label=None, message=None, parameters=None))]
    fn new(
        py: Python<'_>,
        currency: Bound<'_, PyAny>,
        address: Bound<'_, PyAny>,
        amount: Option<Bound<'_, PyAny>>,
        label: Option<Bound<'_, PyAny>>,
        message: Option<Bound<'_, PyAny>>,
        parameters: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let given = PyDict::new(py);
        for (name, value) in [
            ("currency", Some(currency)),
            ("address", Some(address)),
            ("amount", amount),
            ("label", label),
            ("message", message),
            ("parameters", parameters),
        ] {
            given.set_item(name, value)?;
        }
        let args = named(py, &given, &|_| None)?;
        zaif::PaymentUri::from_args(Args::new(args))
            .map(Self)
            .map_err(|e| raise(py, &e))
    }

    /// Give the link for an invoice, from its own fields and without a label.
    ///
    /// Raises ``kessai.ProtocolError`` where the invoice's own link disagrees with
    /// its other fields: money could go astray.
    #[classmethod]
    fn for_invoice(cls: &Bound<'_, PyType>, invoice: &Bound<'_, PyAny>) -> PyResult<Self> {
        let wrong = || PyTypeError::new_err("invoice must be an Invoice");
        let core = invoice.getattr("_core").map_err(|_| wrong())?;
        let core = core.cast::<Model>().map_err(|_| wrong())?.get();
        zaif::PaymentUri::for_invoice(core.of().ok_or_else(wrong)?)
            .map(Self)
            .map_err(|e| raise(cls.py(), &e))
    }

    /// Read a payment link.
    ///
    /// Raises ``kessai.InputError``, naming what is wrong with it.
    #[classmethod]
    fn parse(cls: &Bound<'_, PyType>, uri: &str) -> PyResult<Self> {
        zaif::PaymentUri::parse(uri)
            .map(Self)
            .map_err(|e| raise(cls.py(), &e))
    }

    /// The scheme, such as ``bitcoin``.
    #[getter]
    fn scheme(&self) -> &str {
        self.0.scheme()
    }

    /// The coin by its code, such as ``btc``.
    #[getter]
    fn currency(&self) -> &str {
        self.0.coin().code()
    }

    /// Where to pay to.
    #[getter]
    fn address(&self) -> &str {
        self.0.address()
    }

    /// How much, in the coin, exact.
    #[getter]
    fn amount<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.0
            .amount()
            .map(|amount| decimal(py)?.call1((amount.to_string(),)))
            .transpose()
    }

    /// Whom it is for.
    #[getter]
    fn label(&self) -> Option<&str> {
        self.0.label()
    }

    /// What it is for.
    #[getter]
    fn message(&self) -> Option<&str> {
        self.0.message()
    }

    /// Every other parameter, in order.
    #[getter]
    fn parameters(&self) -> Vec<(String, String)> {
        self.0.parameters().to_vec()
    }

    fn __str__(&self) -> String {
        self.0.to_string()
    }

    fn __repr__(&self) -> String {
        format!("PaymentUri.parse('{}')", self.0)
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<(Py<PyAny>, (String,))> {
        let parse = slf.get_type().getattr("parse")?.unbind();
        Ok((parse, (slf.get().0.to_string(),)))
    }
}

/// A QR code of any text, error level M, quiet zone of four modules.
#[pyclass(frozen, module = "kessai")]
#[derive(Debug)]
pub(crate) struct Qr {
    text: String,
    code: kessai::Qr,
}

#[pymethods]
impl Qr {
    #[new]
    fn new(py: Python<'_>, text: String) -> PyResult<Self> {
        let code = kessai::Qr::new(&text).map_err(|e| raise(py, &e))?;
        Ok(Self { text, code })
    }

    /// Its modules in a row, without the quiet zone.
    #[getter]
    fn size(&self) -> usize {
        self.code.size()
    }

    /// Its modules row by row; True is dark.
    fn modules(&self) -> Vec<Vec<bool>> {
        self.code.modules().map(<[bool]>::to_vec).collect()
    }

    /// Draw it as an SVG image, with a label for those who cannot see it.
    #[pyo3(signature = (label=None))]
    fn to_svg(&self, label: Option<&str>) -> String {
        match label {
            None => self.code.to_svg(),
            Some(label) => self.code.to_svg_labelled(label),
        }
    }

    /// Draw it for a terminal, readable whatever its colours are.
    fn to_terminal(&self) -> String {
        self.code.to_terminal()
    }

    fn __repr__(&self) -> String {
        format!("<Qr of {} modules>", self.code.size())
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> (Py<PyAny>, (String,)) {
        (
            slf.get_type().into_any().unbind(),
            (slf.get().text.clone(),),
        )
    }
}
