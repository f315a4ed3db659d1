//! How iPay is played.

use serde::{Deserialize, Serialize};

/// Where an error's fields stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errors {
    /// At the top level of the answer, as the guide's code reads them.
    #[default]
    Top,
    /// Under `error`.
    Nested,
}

/// All of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modes {
    /// Where an error's fields stand.
    pub errors: Errors,
}
