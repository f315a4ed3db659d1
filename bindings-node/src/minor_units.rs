//! Decimal amounts and a currency's smallest unit.

use kessai::Error;
use kessai::argument::Arg;
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;

use crate::arguments::{one, text};
use crate::errors::{bad, raise};

/// A decimal amount in the currency's smallest unit.
#[napi(catch_unwind)]
pub fn minor_units(amount: Unknown<'_>, currency: Unknown<'_>) -> Result<i64> {
    let amount = match one("amount", &amount, None)? {
        Some(Arg::Text(text)) => text,
        Some(Arg::Int(whole)) => whole.to_string(),
        Some(_) => return Err(bad("amount", AMOUNT)),
        None => return Err(raise(&Error::of_missing_input("amount"))),
    };
    let units = kessai::minor_units_of(&amount, &text("currency", &currency)?);
    units.map_err(|e| raise(&e))
}

/// The amount that so many of the currency's smallest unit are, as a decimal.
#[napi(catch_unwind)]
pub fn major_units(minor: Unknown<'_>, currency: Unknown<'_>) -> Result<String> {
    let minor = match one("minor", &minor, None)? {
        Some(Arg::Int(whole)) => i64::try_from(whole).map_err(|_| bad("minor", MINOR))?,
        Some(_) => return Err(bad("minor", MINOR)),
        None => return Err(raise(&Error::of_missing_input("minor"))),
    };
    let amount = kessai::major_units(minor, &text("currency", &currency)?);
    amount
        .map(|amount| amount.to_string())
        .map_err(|e| raise(&e))
}

/// How many decimals a currency has.
#[napi(catch_unwind)]
pub fn currency_exponent(currency: Unknown<'_>) -> Result<u32> {
    let exponent = kessai::currency_exponent(&text("currency", &currency)?);
    exponent.map_err(|e| raise(&e))
}

const AMOUNT: &str = "must be a decimal string, a bigint or a whole number";
const MINOR: &str = "must be a whole number or a bigint";
