//! What of iPay is no call: signed webhooks and keys of orders.

use kessai::{Code, Secret, ipay};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyString};

use crate::arguments::well_formed;
use crate::errors::{input, raise};
use crate::model::Model;

/// Reading a body of this size takes longer than giving other threads a turn.
const LARGE: usize = 1 << 14;

/// The core's half of `kessai.ipay.Webhooks`.
#[pyclass(frozen, module = "kessai._kessai")]
#[derive(Debug)]
pub(crate) struct IpayWebhooks(ipay::Webhooks);

#[pymethods]
impl IpayWebhooks {
    #[new]
    fn new(py: Python<'_>, secrets: Vec<String>) -> PyResult<Self> {
        ipay::Webhooks::new(secrets.into_iter().map(Secret::from))
            .map(Self)
            .map_err(|e| raise(py, &e))
    }

    /// Whatever the signature is, it is a signature that is not true, or true.
    fn verify<'py>(
        &self,
        py: Python<'py>,
        body: &[u8],
        signature: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let signature = signature.and_then(|given| {
            if let Ok(text) = given.cast::<PyString>() {
                text.to_str().ok()
            } else {
                let bytes = given.cast::<PyBytes>().ok()?;
                std::str::from_utf8(bytes.as_bytes()).ok()
            }
        });
        let event = if body.len() < LARGE {
            self.0.verify(body, signature)
        } else {
            py.detach(|| self.0.verify(body, signature))
        };
        Model::wrapped(py, Box::new(event.map_err(|e| raise(py, &e))?))
    }

    #[staticmethod]
    fn status(code: &str) -> u16 {
        let mut codes = Code::ALL.iter();
        let code = codes.find(|known| known.as_str() == code);
        ipay::Webhooks::status(*code.unwrap_or(&Code::Internal))
    }

    fn __repr__(&self) -> String {
        format!("{:?}", self.0)
    }
}

/// Give the signature that iPay would send with this body.
///
/// For tests of a shop's own handler: a webhook with it in the header
/// ``ipay-signature`` is as true as one of the service.
#[pyfunction]
pub(crate) fn sign(py: Python<'_>, body: &[u8], secret: &str) -> PyResult<String> {
    ipay::Webhooks::sign(body, &secret.into()).map_err(|e| raise(py, &e))
}

/// Give the idempotency key that belongs to an order.
///
/// The same for the same arguments, in every process and every language.
/// ``purpose`` tells apart what is done for one order: ``payment``, and for each
/// refund its own number, as ``refund-1``.
///
/// ``attempt`` starts at 1 and rises only after a definite failure of the attempt
/// before: a decline, a payment that is ``failed`` or ``canceled``. Never raise it
/// while an outcome is unknown: that attempt may have taken the money.
#[pyfunction]
pub(crate) fn order_key(
    py: Python<'_>,
    order: &Bound<'_, PyString>,
    purpose: &Bound<'_, PyString>,
    attempt: &Bound<'_, PyAny>,
) -> PyResult<String> {
    let wrong = || {
        let why = "attempt must be a whole number from 1";
        input(py, "attempt", why.to_owned())
    };
    if attempt.is_instance_of::<PyBool>() {
        return Err(wrong());
    }
    let attempt = attempt.extract().map_err(|_| wrong())?;
    let order = well_formed("order", order)?;
    let purpose = well_formed("purpose", purpose)?;
    ipay::order_key(order, purpose, attempt).map_err(|e| raise(py, &e))
}
