//! QR codes.

use napi::bindgen_prelude::Unknown;
use napi::{Result, ValueType};
use napi_derive::napi;

use crate::arguments::text;
use crate::errors::raise;

/// The core's half of `Qr`.
#[napi]
#[derive(Debug)]
pub struct QrCode(kessai::Qr);

#[napi]
impl QrCode {
    /// A code of any text.
    #[napi(constructor, catch_unwind)]
    pub fn new(content: Unknown<'_>) -> Result<Self> {
        let code = kessai::Qr::new(&text("text", &content)?);
        code.map(Self).map_err(|e| raise(&e))
    }

    /// Its modules in a row.
    #[napi(catch_unwind)]
    pub fn size(&self) -> u32 {
        u32::try_from(self.0.size()).unwrap_or(u32::MAX)
    }

    /// Its modules row by row.
    #[napi(catch_unwind)]
    pub fn modules(&self) -> Vec<Vec<bool>> {
        self.0.modules().map(<[bool]>::to_vec).collect()
    }

    /// As an SVG image, with a label where there is one.
    #[napi(catch_unwind)]
    pub fn to_svg(&self, label: Unknown<'_>) -> Result<String> {
        if label.get_type()? == ValueType::Undefined {
            return Ok(self.0.to_svg());
        }
        Ok(self.0.to_svg_labelled(&text("label", &label)?))
    }

    /// For a terminal.
    #[napi(catch_unwind)]
    pub fn to_terminal(&self) -> String {
        self.0.to_terminal()
    }
}
