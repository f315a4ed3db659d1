//! Payment links, for shops that draw their own form.

use kessai::argument::Takes;
use kessai::exchange::{Names, object};
use kessai::model::Value;
use kessai::zaif::{Invoice, PaymentUri};
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;

use crate::arguments::{text, values};
use crate::errors::raise;

/// What `lib/payment-uri.js` makes a link of; its parameters are names and values
/// in turn.
fn told(link: kessai::Result<PaymentUri>) -> Result<String> {
    let link = link.map_err(|e| raise(&e))?;
    let text = link.to_string();
    let parameters = link.parameters().iter().cloned();
    let parameters: Vec<String> = parameters.flat_map(|(name, value)| [name, value]).collect();
    let more = [
        ("parameters", Value::Texts(&parameters)),
        ("text", Value::Text(&text)),
    ];
    Ok(object(link.fields().into_iter().chain(more), Names::Camel))
}

/// A link of named values.
#[napi(catch_unwind)]
pub fn payment_uri_make(given: Unknown<'_>) -> Result<String> {
    let takes = |name: &str| (name == "parameters").then_some(Takes::Map);
    told(PaymentUri::from_args(values(&given, takes)?))
}

/// Reads a link.
#[napi(catch_unwind)]
pub fn payment_uri_parse(uri: Unknown<'_>) -> Result<String> {
    told(PaymentUri::parse(&text("uri", &uri)?))
}

/// The link for an invoice.
#[napi(catch_unwind)]
pub fn payment_uri_for(stored: String) -> Result<String> {
    let invoice = Invoice::restore(&stored).map_err(|e| raise(&e))?;
    told(PaymentUri::for_invoice(&invoice))
}
