//! Amounts in a currency's smallest unit, and back.

use kessai::argument::{Arg, Takes};
use pyo3::prelude::*;

use crate::arguments::{decimal, one};
use crate::errors::{input, raise};

/// Give how many decimals a currency has by ISO 4217.
///
/// 2 for ``USD``, 0 for ``JPY``, 3 for ``KWD``; the code may be in either case.
#[pyfunction]
pub(crate) fn currency_exponent(py: Python<'_>, currency: &str) -> PyResult<u32> {
    kessai::currency_exponent(currency).map_err(|e| raise(py, &e))
}

/// Give an amount in the currency's smallest unit: what iPay counts in.
///
/// 29.99 dollars are 2999, and so are 2999 yen, by ISO 4217. Nothing is ever
/// rounded: what does not fit is a ``kessai.InputError``, and so is a float.
#[pyfunction]
pub(crate) fn minor_units(
    py: Python<'_>,
    amount: &Bound<'_, PyAny>,
    currency: &str,
) -> PyResult<i64> {
    let text = match one(py, "amount", amount, Some(Takes::Money))? {
        Arg::Text(text) => text,
        Arg::Int(whole) => whole.to_string(),
        _ => {
            let why = "amount must be an int, a decimal.Decimal or its text";
            return Err(input(py, "amount", why.to_owned()));
        }
    };
    kessai::minor_units_of(&text, currency).map_err(|e| raise(py, &e))
}

/// Give the amount that so many of the currency's smallest unit are.
///
/// With all of the currency's decimals: 2990 are 29.90 dollars, and 2990 yen.
#[pyfunction]
pub(crate) fn major_units<'py>(
    py: Python<'py>,
    minor: &Bound<'py, PyAny>,
    currency: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let whole = match one(py, "minor", minor, Some(Takes::Int))? {
        Arg::Int(whole) => i64::try_from(whole).unwrap_or(i64::MAX),
        _ => return Err(input(py, "minor", "minor must be an int".to_owned())),
    };
    let amount = kessai::major_units(whole, currency).map_err(|e| raise(py, &e))?;
    decimal(py)?.call1((amount.to_string(),))
}
