//! Any model of the core as one Python object: attributes are looked up by
//! name, so a new field needs no line here.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use kessai::argument::Args;
use kessai::model::{Model as Described, Value};
use kessai::returned::Returned;
use kessai::zaif::{Invoice, Resumed};
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use crate::arguments::{decimal, named};
use crate::errors::raise;

static FROM_JSON: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// The core's half of a model; the classes of `kessai._zaif` give it types.
#[pyclass(frozen, module = "kessai._kessai")]
#[derive(Debug)]
pub(crate) struct Model(Invoice);

impl From<Invoice> for Model {
    fn from(invoice: Invoice) -> Self {
        Self(invoice)
    }
}

impl Model {
    /// The invoice itself.
    pub(crate) const fn core(&self) -> &Invoice {
        &self.0
    }
}

#[pymethods]
impl Model {
    /// A model as it was when it was stored.
    #[new]
    fn new(py: Python<'_>, stored: &str) -> PyResult<Self> {
        Invoice::restore(stored)
            .map(Self)
            .map_err(|e| raise(py, &e))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (String,)) {
        (slf.get_type().into_any(), (slf.get().0.store(),))
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

    /// Asks a question of the core's table.
    #[pyo3(signature = (name, **given))]
    fn ask<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        given: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let args = match given {
            Some(given) => named(py, given, &|_| None)?,
            None => Vec::new(),
        };
        let answer = self.0.ask(name, Args::new(args));
        returned(py, answer.map_err(|e| raise(py, &e))?)
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

pub(crate) fn to_python<'py>(py: Python<'py>, value: &Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Bool(yes) => (*yes).into_bound_py_any(py),
        Value::Int(whole) | Value::Time(whole) => (*whole).into_bound_py_any(py),
        Value::Decimal(exact) => decimal(py)?.call1((exact.to_string(),)),
        Value::Text(text) => (*text).into_bound_py_any(py),
        Value::Texts(texts) => (*texts).into_bound_py_any(py),
        Value::Span(span) => span.as_secs_f64().into_bound_py_any(py),
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
        Returned::Text(text) => text.into_bound_py_any(py),
        Returned::Json(text) => FROM_JSON
            .import(py, "kessai._client", "from_json")?
            .call1((text,)),
        Returned::Texts(texts) => texts.into_bound_py_any(py),
        Returned::Map(map) => map.into_bound_py_any(py),
        Returned::Answer(answer) => answer.into_bound_py_any(py),
    }
}
