//! A line of the account's history.

use super::object::object;
use crate::model::{UnixSeconds, model};

model! {
    /// A line of the account's history, for reconciliation.
    ///
    /// **Usual**: the guide promises the history, and does not show it. Read from
    /// `/transactions` of the iPay API. Unknown fields are kept as they came.
    pub struct Transaction {
        /// The line's identifier.
        id: String = "id",
        /// What happened, such as `payment` or `refund`. The set is open.
        r#type: Option<String> = "type",
        /// How much moved, in the currency's smallest unit: below zero where it
        /// left the shop.
        amount: i64 = "amount",
        /// The currency's code (ISO 4217).
        currency: Option<String> = "currency",
        /// The payment that it belongs to.
        payment: Option<String> = "payment",
        /// The refund that it belongs to.
        refund: Option<String> = "refund",
        /// When it happened, in Unix seconds.
        created: Option<UnixSeconds> = "created",
        ; made
        ; says
    }
}

object!(Transaction, |transaction| &transaction.id);
