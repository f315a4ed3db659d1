//! A line of the account: money that came or went.

use serde::{Deserialize, Serialize};

use super::shelf::Object;

/// Why money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A payment that was captured at once.
    Charge,
    /// A payment that was captured by hand.
    Capture,
    /// Money on its way back.
    Refund,
    /// A refund that failed: the money is here again.
    RefundFailure,
    /// Money that the customer's bank took back.
    Dispute,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// `txn_…`.
    pub id: String,
    /// `transaction`.
    pub object: String,
    /// Unix seconds.
    pub created: u64,
    /// Why.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// In the smallest unit of the currency; below 0 what left the account.
    pub amount: i64,
    /// The payment's.
    pub currency: String,
    /// Of which payment.
    pub payment: String,
    /// Of which refund, if of one.
    pub refund: Option<String>,
}

impl Object for Transaction {
    type Inner = ();
    const NAME: &'static str = "transaction";

    fn id(&self) -> &str {
        &self.id
    }
}
