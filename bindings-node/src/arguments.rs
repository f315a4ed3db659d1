//! JavaScript's values on their way into the core: by their type alone, except
//! that a number is milliseconds where a time is wanted.

use kessai::Error;
use kessai::argument::{Arg, Args, Takes};
use napi::bindgen_prelude::{Function, JsObjectValue, JsValue, Object, Unknown};
use napi::{KeyCollectionMode, KeyConversion, KeyFilter, Result, ValueType};

use crate::errors::{bad, raise, raise_as_written};
use crate::json;
use crate::rows::{Name, Row};

/// The largest whole number that a double holds with all of its neighbours.
const MOST_SAFE: i128 = (1 << 53) - 1;

/// An option of every call that `lib/client.js` looks after.
const SIGNAL: &str = "signal";

const FLOAT: &str = "must not be a float, which cannot hold money exactly: \
    use a whole number, a bigint or a decimal string";
const UNSAFE: &str = "must not be a number beyond Number.MAX_SAFE_INTEGER: use a bigint";
const MILLIS: &str = "must be a time in whole milliseconds, not negative";

/// A value; nothing where it is undefined or null.
pub(crate) fn one(name: &str, value: &Unknown<'_>, takes: Option<Takes>) -> Result<Option<Arg>> {
    Ok(Some(match value.get_type()? {
        ValueType::Undefined | ValueType::Null => return Ok(None),
        ValueType::Number | ValueType::BigInt if takes == Some(Takes::Span) => {
            let millis = spelled(value)?.parse().map_err(|_| bad(name, MILLIS))?;
            Arg::of_millis(name, millis).map_err(|_| bad(name, MILLIS))?
        }
        _ if takes == Some(Takes::Span) => return Err(bad(name, MILLIS)),
        _ if takes == Some(Takes::Json) => Arg::Json(json::of(name, value)?),
        ValueType::String if takes == Some(Takes::Secret) => {
            Arg::Secret(well_formed(name, value)?.into())
        }
        _ if takes == Some(Takes::Secret) => return Err(bad(name, "must be a string")),
        ValueType::String => Arg::Text(well_formed(name, value)?),
        ValueType::Boolean => Arg::Bool(value.coerce_to_bool()?),
        ValueType::Number => number(name, &spelled(value)?)?,
        ValueType::BigInt => {
            let whole = spelled(value)?.parse();
            Arg::Int(whole.map_err(|_| bad(name, "is too large"))?)
        }
        ValueType::Object if value.is_array()? => list(name, &value.coerce_to_object()?)?,
        ValueType::Object if takes == Some(Takes::Event) => Arg::Text(event(name, value)?),
        // An object that is a text, as it says itself.
        ValueType::Object if takes == Some(Takes::Hint) => Arg::Text(spelled(value)?),
        ValueType::Object if takes == Some(Takes::Map) => {
            let mut given = Vec::new();
            each(&plain(name, value)?, |name, value| {
                if let Some(value) = one(&name, value, None)? {
                    given.push((name, value));
                }
                Ok(())
            })?;
            Arg::Map(given)
        }
        ValueType::Object => return Err(bad(name, "must not be an object")),
        ValueType::Function => return Err(bad(name, "must not be a function")),
        _ => return Err(bad(name, "has a type that nothing here takes")),
    }))
}

/// The whole JSON of a verified event.
fn event(name: &str, value: &Unknown<'_>) -> Result<String> {
    let object = value.coerce_to_object()?;
    let method: Unknown<'_> = object.get_named_property("rawJson")?;
    if method.get_type()? != ValueType::Function {
        return Err(bad(name, "must be the event that Webhooks.verify gave"));
    }
    let method: Function<'_, (), String> = object.get_named_property("rawJson")?;
    method.apply(object, ())
}

/// A value as JavaScript spells it.
pub(crate) fn spelled(value: &Unknown<'_>) -> Result<String> {
    value.coerce_to_string()?.into_utf8()?.into_owned()
}

/// Text that is none, with half a pair of surrogates, would become another on its
/// way: two such order numbers one and the same.
pub(crate) fn well_formed(name: &str, value: &Unknown<'_>) -> Result<String> {
    let text = spelled(value)?;
    if text.contains(char::REPLACEMENT_CHARACTER)
        && String::from_utf16(&value.coerce_to_string()?.into_utf16()?).is_err()
    {
        return Err(bad(name, "must be well-formed text"));
    }
    Ok(text)
}

/// An object that holds what it was given and nothing else: what a class brings
/// along would be passed over.
pub(crate) fn plain<'a>(name: &str, value: &Unknown<'a>) -> Result<Object<'a>> {
    let object = value.coerce_to_object()?;
    let above = object.get_prototype()?;
    let is_plain = match above.get_type()? {
        ValueType::Null => true,
        // That of all objects, also of another realm, has none above it.
        _ => above.coerce_to_object()?.get_prototype()?.get_type()? == ValueType::Null,
    };
    if is_plain {
        Ok(object)
    } else {
        Err(bad(name, "must be a plain object, not one of a class"))
    }
}

/// The spelling tells a whole number from a float without touching either.
pub(crate) fn number(name: &str, spelled: &str) -> Result<Arg> {
    match spelled.parse::<i128>() {
        Ok(whole) if whole.abs() <= MOST_SAFE => Ok(Arg::Int(whole)),
        Ok(_) => Err(bad(name, UNSAFE)),
        Err(_) => Err(bad(name, FLOAT)),
    }
}

/// Texts, or names with texts, which may stand more than once.
fn list(name: &str, array: &Object<'_>) -> Result<Arg> {
    let (mut texts, mut pairs) = (Vec::new(), Vec::new());
    for index in 0..array.get_array_length()? {
        let element: Unknown<'_> = array.get_element(index)?;
        if element.get_type()? == ValueType::String {
            texts.push(well_formed(name, &element)?);
        } else if let Some(pair) = pair(&element)? {
            pairs.push(pair);
        } else {
            return Err(bad(name, "must hold nothing but strings"));
        }
    }
    match (texts.is_empty(), pairs.is_empty()) {
        (_, true) => Ok(Arg::Texts(texts)),
        (true, false) => Ok(Arg::Map(pairs)),
        (false, false) => Err(bad(name, "must hold nothing but strings")),
    }
}

fn pair(element: &Unknown<'_>) -> Result<Option<(String, Arg)>> {
    if !element.is_array()? {
        return Ok(None);
    }
    let array = element.coerce_to_object()?;
    if array.get_array_length()? != 2 {
        return Ok(None);
    }
    let [name, value]: [Unknown<'_>; 2] = [array.get_element(0)?, array.get_element(1)?];
    let strings = [name, value].map(|text| matches!(text.get_type(), Ok(ValueType::String)));
    if strings != [true, true] {
        return Ok(None);
    }
    let name = well_formed("name", &name)?;
    let value = well_formed(&name, &value)?;
    Ok(Some((name, Arg::Text(value))))
}

/// Visits what an object itself holds: nothing that someone put on all of them.
pub(crate) fn each(
    object: &Object<'_>,
    mut visit: impl FnMut(String, &Unknown<'_>) -> Result<()>,
) -> Result<()> {
    let keys = object.get_all_property_names(
        KeyCollectionMode::OwnOnly,
        KeyFilter::SkipSymbols,
        KeyConversion::NumbersToStrings,
    )?;
    for index in 0..keys.get_array_length()? {
        let key: Unknown<'_> = keys.get_element(index)?;
        let value: Unknown<'_> = object.get_property(key)?;
        visit(spelled(&key)?, &value)?;
    }
    Ok(())
}

/// The object that an argument must be; nothing where it was not given.
pub(crate) fn object<'a>(name: &str, value: &Unknown<'a>) -> Result<Option<Object<'a>>> {
    match value.get_type()? {
        ValueType::Undefined | ValueType::Null => Ok(None),
        ValueType::Object if !value.is_array()? => plain(name, value).map(Some),
        _ => Err(bad(name, "must be an object")),
    }
}

/// The arguments of a call: what it is about, and everything else by its name.
pub(crate) fn arguments(
    method: &str,
    row: &Row,
    about: &Unknown<'_>,
    options: &Unknown<'_>,
) -> Result<Args> {
    let mut given = Vec::with_capacity(8);
    if row.order.is_empty() {
        let about = about.coerce_to_object()?;
        for (index, name) in (0..).zip(&row.first) {
            let value: Unknown<'_> = about.get_element(index)?;
            let value = one(&name.here, &value, Some(name.takes))?;
            given.extend(value.map(|value| (name.core.to_owned(), value)));
        }
    } else if let Some(order) = object("order", about)? {
        known(method, &row.order, None, &order, &mut given)?;
    }
    if let Some(options) = object("options", options)? {
        known(method, &row.options, Some(SIGNAL), &options, &mut given)?;
    }
    Ok(Args::new(given))
}

/// Named values whose names are known, and refuses all others.
fn known(
    whose: &str,
    names: &[Name],
    besides: Option<&str>,
    object: &Object<'_>,
    given: &mut Vec<(String, Arg)>,
) -> Result<()> {
    each(object, |name, value| {
        let Some(known) = names.iter().find(|known| known.here == name) else {
            // Not given is not given, whatever it is not given to.
            return match value.get_type()? {
                ValueType::Undefined => Ok(()),
                _ if Some(name.as_str()) == besides => Ok(()),
                _ => Err(unknown(whose, &name)),
            };
        };
        let value = one(&name, value, Some(known.takes))?;
        given.extend(value.map(|value| (known.core.to_owned(), value)));
        Ok(())
    })
}

/// An argument that there is not, as it was written.
pub(crate) fn unknown(whose: &str, name: &str) -> napi::Error {
    raise_as_written(&Error::of_unknown_input(
        &kessai::naming::camel(whose),
        name,
    ))
}

/// Text that must have been given.
pub(crate) fn text(name: &str, value: &Unknown<'_>) -> Result<String> {
    match one(name, value, None)? {
        Some(Arg::Text(text)) => Ok(text),
        Some(_) => Err(bad(name, "must be a string")),
        None => Err(raise(&Error::of_missing_input(name))),
    }
}

/// Named values for a function whose names are the same in every language.
pub(crate) fn values(given: &Unknown<'_>, takes: impl Fn(&str) -> Option<Takes>) -> Result<Args> {
    let mut values = Vec::new();
    if let Some(given) = object("options", given)? {
        each(&given, |name, value| {
            let value = one(&name, value, takes(&name))?;
            values.extend(value.map(|value| (name, value)));
            Ok(())
        })?;
    }
    Ok(Args::new(values))
}
