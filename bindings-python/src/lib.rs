//! The Python binding: translates types, errors and threads, and decides
//! nothing. What users import is in `python/kessai`.

mod arguments;
mod client;
mod errors;
mod hint;
mod model;

use pyo3::prelude::*;

/// The compiled half of the package `kessai`.
#[pymodule(gil_used = false)]
mod _kessai {
    #[pymodule_export]
    use super::client::ZaifClient;
    #[pymodule_export]
    use super::hint::Hint;
    #[pymodule_export]
    use super::model::Model;

    use super::{Bound, PyModule, PyModuleMethods as _, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
