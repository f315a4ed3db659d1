//! Any model of the core as one Python object: attributes are looked up by
//! name, so a new field needs no line here.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use kessai::model::{Model as Described, Value};
use kessai::zaif::Invoice;
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::decimal;
use crate::errors::raise;

/// What a pickled model holds: what the service sent, and what kessai added.
type Stored = (String, bool, Option<String>, Option<String>);

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
        invoice_uri: Option<String>,
        invoice_iframe_uri: Option<String>,
    ) -> PyResult<Self> {
        Invoice::restore(raw, adopted, invoice_uri, invoice_iframe_uri)
            .map(Self)
            .map_err(|e| raise(py, &e))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Stored)> {
        let invoice = &slf.get().0;
        let stored = (
            invoice.raw().to_owned(),
            invoice.adopted,
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
