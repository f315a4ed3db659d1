//! Plain objects of JavaScript as JSON, to the letter: no number becomes another on
//! its way, and what JSON cannot hold is refused.

use std::fmt::Write as _;

use kessai::argument::Arg;
use kessai::exchange::Names;
use kessai::returned::{Detail, Returned};
use napi::bindgen_prelude::{JsObjectValue, JsValue, Unknown};
use napi::{Result, ValueType};

use crate::arguments::{each, number, plain, spelled, well_formed};
use crate::errors::bad;

/// Deeper than anybody means: an object that holds itself has no end.
const DEEPEST: usize = 100;

/// A value as JSON.
pub(crate) fn of(name: &str, value: &Unknown<'_>) -> Result<String> {
    let mut out = String::new();
    write(&mut out, name, value, 0)?;
    Ok(out)
}

fn write(out: &mut String, name: &str, value: &Unknown<'_>, depth: usize) -> Result<()> {
    if depth > DEEPEST {
        return Err(bad(name, "is nested too deeply, or holds itself"));
    }
    let deeper = depth.saturating_add(1);
    match value.get_type()? {
        ValueType::Null => out.push_str("null"),
        ValueType::Boolean => out.push_str(&spelled(value)?),
        ValueType::BigInt => out.push_str(&spelled(value)?),
        ValueType::Number => {
            if let Arg::Int(whole) = number(name, &spelled(value)?)? {
                let _ = write!(out, "{whole}");
            }
        }
        ValueType::String => out.push_str(&quoted(well_formed(name, value)?)),
        ValueType::Object if value.is_array()? => {
            let array = value.coerce_to_object()?;
            out.push('[');
            for index in 0..array.get_array_length()? {
                if index > 0 {
                    out.push(',');
                }
                write(out, name, &array.get_element(index)?, deeper)?;
            }
            out.push(']');
        }
        ValueType::Object => {
            let object = plain(name, value)?;
            let began = out.len();
            out.push('{');
            each(&object, |member, value| {
                // As everywhere: what is undefined is not given.
                if value.get_type()? == ValueType::Undefined {
                    return Ok(());
                }
                if out.len() > began.saturating_add(1) {
                    out.push(',');
                }
                out.push_str(&quoted(member.clone()));
                out.push(':');
                write(out, &format!("{name}.{member}"), value, deeper)
            })?;
            out.push('}');
        }
        _ => return Err(bad(name, "has a type that JSON cannot hold")),
    }
    Ok(())
}

fn quoted(text: String) -> String {
    Returned::Text(text).to_json(Names::Camel, Detail::Raw)
}
