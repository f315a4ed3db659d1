//! Any model of the core as one Python object: attributes are looked up by
//! name, so neither a new field nor a new model needs a line here.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use kessai::argument::Args;
use kessai::model::{Model as Described, Value};
use kessai::returned::Returned;
use kessai::service::MODELS;
use pyo3::IntoPyObjectExt as _;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use crate::arguments::{decimal, named};
use crate::errors::{input, raise};

static FROM_JSON: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

/// The core's half of a model; the generated classes give it types.
#[pyclass(frozen, module = "kessai._kessai")]
#[derive(Debug)]
pub(crate) struct Model(Box<dyn Described>);

impl Model {
    /// The model itself, where it is of this kind.
    pub(crate) fn of<M: Described>(&self) -> Option<&M> {
        self.0.of()
    }

    /// A model in the class that it has in Python.
    pub(crate) fn wrapped(py: Python<'_>, model: Box<dyn Described>) -> PyResult<Bound<'_, PyAny>> {
        static CLASSES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
        let classes = CLASSES
            .get_or_init(py, || PyDict::new(py).unbind())
            .bind(py);
        let (module, name) = (model.info().module, model.class());
        // No two modules have models of one name.
        let class = match classes.get_item(name)? {
            Some(class) => class,
            None => {
                let class = py
                    .import(format!("kessai._{module}_models"))?
                    .getattr(name)?;
                classes.set_item(name, &class)?;
                class
            }
        };
        class.call1((Self(model),))
    }
}

#[pymethods]
impl Model {
    /// A model as it was when it was stored.
    #[staticmethod]
    fn restore<'py>(
        py: Python<'py>,
        module: &str,
        name: &str,
        stored: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut models = MODELS.iter();
        let info = models.find(|info| info.module == module && info.name == name);
        let Some(info) = info else {
            let why = format!("there is no model {module}.{name}");
            return Err(input(py, "name", why));
        };
        let model = (info.restore)(stored).map_err(|e| raise(py, &e))?;
        Self::wrapped(py, model)
    }

    /// What `restore` makes the same of: its module, its name and all of it.
    fn stored(&self) -> (&str, &str, String) {
        let info = self.0.info();
        (info.module, info.name, self.0.store())
    }

    /// A field's value by its name.
    fn get<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        match self.0.field(name) {
            Some(Value::Json(text)) => from_json(py, self.0.info().module, text),
            Some(value) => to_python(py, &value),
            None => Err(PyAttributeError::new_err(name.to_owned())),
        }
    }

    /// Every field by its name; where it is to be printed, without what belongs
    /// into no log.
    fn to_dict<'py>(&self, py: Python<'py>, printed: bool) -> PyResult<Bound<'py, PyDict>> {
        fields(py, &*self.0, printed)
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
        let answer = answer.map_err(|e| raise(py, &e))?;
        returned(py, self.0.info().module, answer)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0.equals(&*other.0)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.0.id().hash(&mut hasher);
        hasher.finish()
    }
}

fn fields<'py>(
    py: Python<'py>,
    model: &dyn Described,
    printed: bool,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    // An address may hold what stands alone elsewhere.
    let hidden: Vec<&str> = (model.info().fields.iter())
        .filter(|field| printed && field.masked)
        .filter_map(|field| match model.field(field.name) {
            Some(Value::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        })
        .collect();
    for field in model.info().fields {
        let value = match model.field(field.name) {
            None => continue,
            Some(Value::Model(inner)) => fields(py, inner, printed)?.into_any(),
            // Nobody knows what it holds.
            Some(Value::Json(_)) if printed => py.Ellipsis().into_bound(py),
            Some(Value::Json(text)) => from_json(py, model.info().module, text)?,
            Some(Value::Text(text)) if hidden.iter().any(|hide| text.contains(hide)) => {
                "***".into_bound_py_any(py)?
            }
            Some(value) => to_python(py, &value)?,
        };
        dict.set_item(field.name, value)?;
    }
    Ok(dict)
}

pub(crate) fn to_python<'py>(py: Python<'py>, value: &Value<'_>) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Value::Null => Ok(py.None().into_bound(py)),
        Value::Bool(yes) => (*yes).into_bound_py_any(py),
        Value::Int(whole) | Value::Time(whole) => (*whole).into_bound_py_any(py),
        Value::Decimal(exact) => decimal(py)?.call1((exact.to_string(),)),
        // As text where nobody knows whose JSON it is.
        Value::Text(text) | Value::Json(text) => (*text).into_bound_py_any(py),
        Value::Texts(texts) => (*texts).into_bound_py_any(py),
        Value::Span(span) => span.as_secs_f64().into_bound_py_any(py),
        Value::Map(map) => (*map).into_bound_py_any(py),
        Value::Model(model) => Model::wrapped(py, model.copy()),
    }
}

fn from_json<'py>(py: Python<'py>, module: &str, text: &str) -> PyResult<Bound<'py, PyAny>> {
    FROM_JSON
        .import(py, "kessai._model", "from_json")?
        .call1((module, text))
}

fn all(py: Python<'_>, models: Vec<Box<dyn Described>>) -> PyResult<Vec<Bound<'_, PyAny>>> {
    let models = models.into_iter();
    models.map(|model| Model::wrapped(py, model)).collect()
}

/// What a method of a module gives, as Python's own objects.
pub(crate) fn returned<'py>(
    py: Python<'py>,
    module: &str,
    returned: Returned,
) -> PyResult<Bound<'py, PyAny>> {
    match returned {
        Returned::Model(model) => Model::wrapped(py, model),
        Returned::Models(models) => all(py, models)?.into_bound_py_any(py),
        Returned::Page(page) => (all(py, page.items)?, page.next).into_bound_py_any(py),
        Returned::Resumed(done) => {
            let (model, others) = match done {
                None => (py.None().into_bound(py), Vec::new()),
                Some((model, others)) => (Model::wrapped(py, model)?, others),
            };
            py.import(format!("kessai._{module}_resumed"))?
                .call_method1("Resumed", (model, others))
        }
        Returned::Text(text) => text.into_bound_py_any(py),
        Returned::Json(text) => from_json(py, module, &text),
        Returned::Texts(texts) => texts.into_bound_py_any(py),
        Returned::Map(map) => map.into_bound_py_any(py),
        Returned::Answer(answer) => answer.into_bound_py_any(py),
    }
}
