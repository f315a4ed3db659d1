//! What a model can be asked without the service: of the text that it was stored
//! as, which is all that JavaScript keeps of it besides its fields.

use kessai::Error;
use kessai::argument::Takes;
use kessai::exchange::Names;
use kessai::model::{Model, ModelInfo};
use kessai::returned::Detail;
use kessai::service::MODELS;
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;

use crate::arguments::{text, values};
use crate::errors::raise;

fn restored(module: &str, name: &str, stored: &str) -> Result<Box<dyn Model>> {
    let mut models = MODELS.iter();
    let found: Option<&&ModelInfo> = models.find(|info| info.module == module && info.name == name);
    let info = found.ok_or_else(|| raise(&Error::of_a_defect()))?;
    (info.restore)(stored).map_err(|e| raise(&e))
}

/// Asks a question of the core's table.
#[napi(catch_unwind)]
pub fn model_ask(
    module: String,
    name: String,
    stored: String,
    question: String,
    given: Unknown<'_>,
) -> Result<String> {
    let model = restored(&module, &name, &stored)?;
    let mut asks = model.info().asks.iter();
    let info = asks.find(|info| info.name == question);
    let takes = |name: &str| -> Option<Takes> {
        let arg = info?.args.iter().find(|arg| arg.name == name)?;
        Some(arg.takes)
    };
    let answer = model.ask(&question, values(&given, takes)?);
    let answer = answer.map_err(|e| raise(&e))?;
    Ok(answer.to_json(Names::Camel, Detail::Stored))
}

/// A model as it was when it was stored.
#[napi(catch_unwind)]
pub fn model_restore(module: String, name: String, stored: Unknown<'_>) -> Result<String> {
    let model = restored(&module, &name, &text("stored", &stored)?)?;
    Ok(model.to_json(Names::Camel, Detail::Stored))
}
