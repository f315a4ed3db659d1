//! What an invoice can be asked without the service: of the text that it was
//! stored as, which is all that JavaScript keeps of it besides its fields.

use kessai::argument::Takes;
use kessai::exchange::Names;
use kessai::zaif::Invoice;
use kessai::returned::Detail;
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;

use crate::arguments::{text, values};
use crate::errors::raise;

/// Asks a question of the core's table.
#[napi(catch_unwind)]
pub fn invoice_ask(stored: String, name: String, given: Unknown<'_>) -> Result<String> {
    let invoice = Invoice::restore(&stored).map_err(|e| raise(&e))?;
    let info = Invoice::ASKS.iter().find(|info| info.name == name);
    let takes = |name: &str| -> Option<Takes> {
        let arg = info?.args.iter().find(|arg| arg.name == name)?;
        Some(arg.takes)
    };
    let answer = invoice.ask(&name, values(&given, takes)?);
    let answer = answer.map_err(|e| raise(&e))?;
    Ok(answer.to_json(Names::Camel, Detail::Stored))
}

/// An invoice as it was when it was stored.
#[napi(catch_unwind)]
pub fn invoice_restore(stored: Unknown<'_>) -> Result<String> {
    let invoice = Invoice::restore(&text("stored", &stored)?).map_err(|e| raise(&e))?;
    Ok(invoice.to_json(Names::Camel, Detail::Stored))
}
