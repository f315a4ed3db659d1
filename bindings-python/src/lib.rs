//! The Python binding: translates types, errors and threads, and decides
//! nothing. What users import is in `python/kessai`.

mod arguments;
mod call;
mod client;
mod errors;
mod exit;
mod hint;
mod hook;
mod ipay;
mod json;
mod model;
mod money;
mod payment_uri;
mod table;
mod token;
mod webhooks;

use pyo3::prelude::*;

/// The compiled half of the package `kessai`.
#[pymodule(gil_used = false)]
mod _kessai {
    #[pymodule_export]
    use super::call::Call;
    #[pymodule_export]
    use super::client::Core;
    #[pymodule_export]
    use super::hint::Hint;
    #[pymodule_export]
    use super::ipay::{IpayWebhooks, order_key, sign};
    #[pymodule_export]
    use super::model::Model;
    #[pymodule_export]
    use super::money::{currency_exponent, major_units, minor_units};
    #[pymodule_export]
    use super::payment_uri::{PaymentUri, Qr};
    #[pymodule_export]
    use super::webhooks::Webhooks;

    use super::{Bound, PyModule, PyModuleMethods as _, PyResult};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::exit::watch(module.py())?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
