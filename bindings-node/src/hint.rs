//! The hint that a notification is: a text, and what it names.

use kessai::exchange::{Names, object};
use kessai::model::Value;
use kessai::zaif::Hint;
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;

use crate::arguments::text;
use crate::errors::raise;

/// What `lib/hint.js` makes a hint of.
pub(crate) fn told(hint: &Hint) -> String {
    let text = hint.to_string();
    let fields = [
        ("text", Value::Text(&text)),
        ("invoice_id", value(hint.invoice_id())),
        ("order_number", value(hint.order_number())),
    ];
    object(fields, Names::Camel)
}

fn value(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Null, Value::Text)
}

fn made(hint: kessai::Result<Hint>) -> Result<String> {
    hint.map(|hint| told(&hint)).map_err(|e| raise(&e))
}

/// Reads the raw body of a notification.
#[napi(catch_unwind)]
pub fn hint_parse(body: &[u8]) -> Result<String> {
    made(Hint::parse(body))
}

/// A hint from its text form.
#[napi(catch_unwind)]
pub fn hint_read(hint: Unknown<'_>) -> Result<String> {
    made(text("hint", &hint)?.parse())
}

/// A hint at an invoice.
#[napi(catch_unwind)]
pub fn hint_about(invoice_id: Unknown<'_>) -> Result<String> {
    made(Hint::about(&text("invoiceId", &invoice_id)?))
}

/// A hint at an order.
#[napi(catch_unwind)]
pub fn hint_about_order(order_number: Unknown<'_>) -> Result<String> {
    made(Hint::about_order(&text("orderNumber", &order_number)?))
}
