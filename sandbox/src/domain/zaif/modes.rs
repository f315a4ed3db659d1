//! How strictly, and in which of its spellings, the service is played.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a call's credentials are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credentials {
    /// In headers, body or both, and equal where in both.
    #[default]
    Any,
    /// In headers; the body's are ignored.
    Headers,
    /// In the body; the headers' are ignored.
    Body,
    /// In both, and equal.
    Both,
}

/// How answers are spelled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spelling {
    /// As the document writes them.
    #[default]
    Current,
    /// As they were seen before: failures under `error`, `invoideIds` with `null`
    /// for none, numbers as strings.
    Old,
}

/// What becomes of an invoice that is short when its time runs out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortAtEnd {
    /// `invalid`.
    #[default]
    Invalid,
    /// `expired`.
    Expired,
}

/// Whose invoices a search by order number finds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderLookup {
    /// Those of all the account's keys.
    #[default]
    Account,
    /// Those of the calling key.
    Key,
}

/// All of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modes {
    /// Where credentials are looked for.
    pub credentials: Credentials,
    /// How answers are spelled.
    pub spelling: Spelling,
    /// What becomes of short invoices.
    pub short_at_end: ShortAtEnd,
    /// Whose invoices a search finds.
    pub order_lookup: OrderLookup,
}

/// What is to change. Absent fields stay as they are.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModesChange {
    credentials: Option<Value>,
    spelling: Option<Value>,
    short_at_end: Option<Value>,
    order_lookup: Option<Value>,
}

impl Modes {
    /// Changes what `change` names, or nothing.
    ///
    /// # Errors
    /// Names the mode that has no such value, and the values it has.
    pub fn apply(&mut self, change: ModesChange) -> Result<(), String> {
        let ends = "invalid or expired";
        *self = Self {
            credentials: read(
                "credentials",
                change.credentials,
                self.credentials,
                "any, headers, body or both",
            )?,
            spelling: read("spelling", change.spelling, self.spelling, "current or old")?,
            short_at_end: read("short_at_end", change.short_at_end, self.short_at_end, ends)?,
            order_lookup: read(
                "order_lookup",
                change.order_lookup,
                self.order_lookup,
                "account or key",
            )?,
        };
        Ok(())
    }
}

fn read<T: DeserializeOwned>(
    field: &str,
    value: Option<Value>,
    current: T,
    known: &str,
) -> Result<T, String> {
    value.map_or(Ok(current), |value| {
        serde_json::from_value(value).map_err(|_| format!("{field} must be {known}"))
    })
}
