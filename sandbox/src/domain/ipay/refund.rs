//! A refund.

use serde::{Deserialize, Serialize};

use super::shelf::Object;

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The money is on its way back.
    Pending,
    /// It is back.
    Succeeded,
    /// It could not be given back.
    Failed,
}

/// Money given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// `re_…`.
    pub id: String,
    /// `refund`.
    pub object: String,
    /// Unix seconds.
    pub created: u64,
    /// Of which payment.
    pub payment: String,
    /// In the smallest unit of the currency.
    pub amount: u64,
    /// The payment's.
    pub currency: String,
    /// As it was sent; any text, `requested_by_customer` without one.
    pub reason: String,
    /// Where it stands.
    pub status: Status,
}

impl Object for Refund {
    type Inner = ();
    const NAME: &'static str = "refund";

    fn id(&self) -> &str {
        &self.id
    }
}
