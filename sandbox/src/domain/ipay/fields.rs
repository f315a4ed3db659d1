//! Reads a body field by field, and a query string likewise: nothing is guessed, and
//! nothing that was sent is passed over.

use std::collections::BTreeMap;

use iso_currency::Currency;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::shelf::Paging;

/// What the books can add up without thinking of overflow.
const MOST: u64 = 999_999_999_999;
const MOST_METADATA: usize = 50;
const LONGEST_NAME: usize = 40;
const LONGEST_VALUE: usize = 500;
/// A page has so many objects unless `limit` says otherwise, and never more than 100.
const PAGE: usize = 10;

/// The fields of a body that were not read yet.
#[derive(Debug, Default)]
pub struct Fields {
    prefix: &'static str,
    left: Map<String, Value>,
}

/// Free texts under free names.
pub type Metadata = BTreeMap<String, String>;

impl Fields {
    /// Reads a body; an empty one stands for `{}`.
    ///
    /// # Errors
    /// It is no JSON object.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        if body.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(left)) => Ok(Self { prefix: "", left }),
            Ok(_) => Err(Refusal::request(
                400,
                "invalid_json",
                "the body must be a JSON object",
            )),
            Err(error) => {
                // The parser names places, never what stands there.
                let (line, column) = (error.line(), error.column());
                let reason = format!("the body is no JSON (line {line}, column {column})");
                Err(Refusal::request(400, "invalid_json", reason))
            }
        }
    }

    fn path(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// A field as it is; `null` counts as not sent.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.left.remove(name).filter(|value| !value.is_null())
    }

    /// Whether the field was sent as `null`.
    #[must_use]
    pub fn is_cleared(&self, name: &str) -> bool {
        self.left.get(name).is_some_and(Value::is_null)
    }

    /// A text of 1 to `most` characters.
    ///
    /// # Errors
    /// It is none.
    pub fn text(&mut self, name: &str, most: usize) -> Result<Option<String>, Refusal> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) if !text.is_empty() && text.chars().count() <= most => {
                Ok(Some(text))
            }
            Some(_) => Err(Refusal::value(
                &self.path(name),
                &format!("must be a text of 1 to {most} characters"),
            )),
        }
    }

    /// One of `known`.
    ///
    /// # Errors
    /// It is none of them.
    pub fn one_of<T: Copy>(
        &mut self,
        name: &str,
        known: &[(&str, T)],
    ) -> Result<Option<T>, Refusal> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let found = known.iter().find(|(code, _)| value.as_str() == Some(code));
        found.map(|(_, it)| Some(*it)).ok_or_else(|| {
            let codes: Vec<&str> = known.iter().map(|(code, _)| *code).collect();
            let must = format!("must be one of {}", codes.join(", "));
            Refusal::value(&self.path(name), &must)
        })
    }

    /// True or false; false when not sent.
    ///
    /// # Errors
    /// It is neither.
    pub fn flag(&mut self, name: &str) -> Result<bool, Refusal> {
        match self.take(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(Refusal::value(&self.path(name), "must be true or false")),
        }
    }

    /// An amount in the smallest unit of its currency.
    ///
    /// # Errors
    /// It is no whole number above 0.
    pub fn amount(&mut self, name: &str) -> Result<Option<u64>, Refusal> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let amount = value.as_u64().filter(|it| (1..=MOST).contains(it));
        amount.map(Some).ok_or_else(|| {
            let must = format!(
                "must be a whole number from 1 to {MOST}, in the smallest unit of the currency"
            );
            Refusal::value(&self.path(name), &must)
        })
    }

    /// A currency of ISO 4217, in either case, as it was sent.
    ///
    /// # Errors
    /// There is no such currency.
    pub fn currency(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(code) = self.text(name, 3)? else {
            return Ok(None);
        };
        match Currency::from_code(&code.to_ascii_uppercase()) {
            Some(_) => Ok(Some(code)),
            None => Err(Refusal::value(
                &self.path(name),
                "must be a currency code of ISO 4217",
            )),
        }
    }

    /// Free texts; none when not sent.
    ///
    /// # Errors
    /// Something in it is no text, or too long, or there are too many.
    pub fn metadata(&mut self, name: &str) -> Result<Option<Metadata>, Refusal> {
        let path = self.path(name);
        let fields = match self.take(name) {
            None => return Ok(None),
            Some(Value::Object(fields)) if fields.len() <= MOST_METADATA => fields,
            Some(_) => {
                let must = format!("must be an object of at most {MOST_METADATA} texts");
                return Err(Refusal::value(&path, &must));
            }
        };
        let mut metadata = Metadata::new();
        for (key, value) in fields {
            let length = key.chars().count();
            match value {
                Value::String(text)
                    if (1..=LONGEST_NAME).contains(&length)
                        && text.chars().count() <= LONGEST_VALUE =>
                {
                    metadata.insert(key, text);
                }
                _ => {
                    let must = format!(
                        "must be a text of at most {LONGEST_VALUE} characters under a name \
                         of at most {LONGEST_NAME}"
                    );
                    return Err(Refusal::value(&format!("{path}.{key}"), &must));
                }
            }
        }
        Ok(Some(metadata))
    }

    /// The fields within `name`.
    ///
    /// # Errors
    /// It is missing, or no object.
    pub fn within(&mut self, name: &'static str, prefix: &'static str) -> Result<Self, Refusal> {
        match self.take(name) {
            Some(Value::Object(left)) => Ok(Self { prefix, left }),
            Some(_) => Err(Refusal::value(name, "must be an object")),
            None => Err(missing(name)),
        }
    }

    /// What was read of a field that there must be.
    ///
    /// # Errors
    /// It was not sent.
    pub fn need<T>(&self, name: &str, value: Option<T>) -> Result<T, Refusal> {
        value.ok_or_else(|| missing(&self.path(name)))
    }

    /// Nothing else was sent.
    ///
    /// # Errors
    /// Names a field that was.
    pub fn finish(self) -> Result<(), Refusal> {
        let other = self.left.iter().find(|(_, value)| !value.is_null());
        match other {
            None => Ok(()),
            Some((name, _)) => Err(unknown(&self.path(name))),
        }
    }
}

fn missing(param: &str) -> Refusal {
    Refusal::invalid(param, "parameter_missing", format!("{param} is missing"))
}

fn unknown(param: &str) -> Refusal {
    Refusal::invalid(
        param,
        "parameter_unknown",
        format!("there is no field {param} here; what is your own belongs into metadata"),
    )
}

/// The parameters of a query string that were not read yet.
#[derive(Debug, Default)]
pub struct Query(BTreeMap<String, String>);

impl Query {
    /// Reads what stands behind the `?`.
    ///
    /// # Errors
    /// A name stands there twice.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut all = BTreeMap::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let decode = |text: &str| {
                let text = text.replace('+', " ");
                percent_decode_str(&text).decode_utf8_lossy().into_owned()
            };
            let name = decode(name);
            if all.insert(name.clone(), decode(value)).is_some() {
                return Err(Refusal::value(&name, "stands there twice"));
            }
        }
        Ok(Self(all))
    }

    /// A parameter; an empty one counts as not sent.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).filter(|text| !text.is_empty())
    }

    /// A whole number.
    ///
    /// # Errors
    /// It is none.
    pub fn number(&mut self, name: &str) -> Result<Option<u64>, Refusal> {
        let text = self.text(name);
        let number = text.map(|text| text.parse::<u64>());
        number
            .transpose()
            .map_err(|_| Refusal::value(name, "must be a whole number"))
    }

    /// Which page is asked for.
    ///
    /// # Errors
    /// `limit` is not from 1 to 100.
    pub fn paging(&mut self) -> Result<Paging, Refusal> {
        let limit = match self.number("limit")? {
            None => PAGE,
            Some(limit) => usize::try_from(limit)
                .ok()
                .filter(|limit| (1..=100).contains(limit))
                .ok_or_else(|| Refusal::value("limit", "must be from 1 to 100"))?,
        };
        Ok(Paging {
            limit,
            starting_after: self.text("starting_after"),
        })
    }

    /// Nothing else was sent.
    ///
    /// # Errors
    /// Names a parameter that was.
    pub fn finish(self) -> Result<(), Refusal> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(unknown(name)),
        }
    }
}
