//! Any model of the core as one Python object: attributes are looked up by
//! name, so a new field needs no line here.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use kessai::model::{Model as Described, Value};
use kessai::zaif::methods::Returned;
use kessai::zaif::{Invoice, Reason, Resumed, Status};
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::decimal;
use crate::errors::raise;

/// What a pickled model holds: what the service sent, and what kessai added.
type Stored = (String, bool, bool, Option<String>, Option<String>);

/// The core's half of a model; the classes of `kessai._zaif` give it types.
#[pyclass(frozen, module = "kessai._kessai")]
#[derive(Debug)]
pub(crate) struct Model(Invoice);

impl From<Invoice> for Model {
    fn from(invoice: Invoice) -> Self {
        Self(invoice)
    }
}

#[pymethods]
impl Model {
    /// A model as it was before it was pickled.
    #[new]
    fn new(
        py: Python<'_>,
        raw: &str,
        adopted: bool,
        differs: bool,
        invoice_uri: Option<String>,
        invoice_iframe_uri: Option<String>,
    ) -> PyResult<Self> {
        Invoice::restore(raw, adopted, differs, invoice_uri, invoice_iframe_uri)
            .map(Self)
            .map_err(|e| raise(py, &e))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Stored)> {
        let invoice = &slf.get().0;
        let stored = (
            invoice.raw().to_owned(),
            invoice.adopted,
            invoice.differs,
            invoice.invoice_uri.clone(),
            invoice.invoice_iframe_uri.clone(),
        );
        Ok((slf.get_type().into_any(), stored))
    }

    /// A field's value by its name.
    fn get<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        match self.0.field(name) {
            Some(value) => to_python(py, &value),
            None => Err(PyAttributeError::new_err(name.to_owned())),
        }
    }

    /// Every field by its name.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for field in Invoice::FIELDS {
            if let Some(value) = self.0.field(field.name) {
                dict.set_item(field.name, to_python(py, &value)?)?;
            }
        }
        Ok(dict)
    }

    /// The object as the service sent it: JSON text.
    fn raw(&self) -> &str {
        self.0.raw()
    }

    /// Why it did not settle, after these states.
    fn reasons(&self, seen: Vec<String>) -> Vec<&'static str> {
        let seen: Vec<Status> = seen.into_iter().map(Status::from).collect();
        let reasons = self.0.reasons(&seen);
        reasons.into_iter().map(Reason::as_str).collect()
    }

    /// Whether its state can have come after this one.
    fn follows(&self, earlier: String) -> Option<bool> {
        self.0.status.as_ref()?.follows(&Status::from(earlier))
    }

    /// The key of the event that this reading is.
    fn event_key(&self) -> String {
        self.0.event_key()
    }

    /// The snippet that embeds the payment page.
    fn iframe_html(&self, py: Python<'_>) -> PyResult<String> {
        self.0.iframe_html().map_err(|e| raise(py, &e))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0 == other.0
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.invoice_id.hash(&mut hasher);
        hasher.finish()
    }
}

fn to_python<'py>(py: Python<'py>, value: &Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Bool(yes) => (*yes).into_bound_py_any(py),
        Value::Int(whole) | Value::Time(whole) => (*whole).into_bound_py_any(py),
        Value::Decimal(exact) => decimal(py)?.call1((exact.to_string(),)),
        Value::Text(text) => (*text).into_bound_py_any(py),
        _ => Ok(py.None().into_bound(py)),
    }
}

/// What a method gives, as Python's own objects.
pub(crate) fn returned(py: Python<'_>, returned: Returned) -> PyResult<Bound<'_, PyAny>> {
    match returned {
        Returned::Invoice(invoice) => Model(*invoice).into_bound_py_any(py),
        Returned::Invoices(invoices) => invoices
            .into_iter()
            .map(Model)
            .collect::<Vec<_>>()
            .into_bound_py_any(py),
        Returned::Resumed(Resumed::Done { invoice, others }) => {
            (Model(*invoice), others).into_bound_py_any(py)
        }
        Returned::Resumed(Resumed::NotDone) => Ok(py.None().into_bound(py)),
        Returned::Text(text) | Returned::Json(text) => text.into_bound_py_any(py),
        Returned::Texts(texts) => texts.into_bound_py_any(py),
        Returned::Map(map) => map.into_bound_py_any(py),
        _ => Ok(py.None().into_bound(py)),
    }
}
