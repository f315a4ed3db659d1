//! A refund.

use std::collections::BTreeMap;

use super::object::object;
use super::sets::{RefundReason, RefundStatus};
use crate::model::{UnixSeconds, model};

model! {
    /// A refund, of the whole of a payment or of part of it.
    ///
    /// Read from `/refunds` of the iPay API. Unknown fields are kept as they came.
    pub struct Refund {
        /// The refund's identifier.
        id: String = "id",
        /// How far it is. The set is open, and **Usual**.
        status: RefundStatus = "status",
        /// How much is given back, in the currency's smallest unit.
        amount: i64 = "amount",
        /// The currency's code, as the payment has it. **Usual**.
        currency: Option<String> = "currency",
        /// The payment that it is of.
        payment: Option<String> = "payment",
        /// Why: one of the guide's reasons, or the shop's own.
        reason: Option<RefundReason> = "reason",
        /// The shop's own notes. **Usual**.
        metadata: BTreeMap<String, String> = "metadata",
        /// When it was made, in Unix seconds. **Usual**.
        created: Option<UnixSeconds> = "created",
        ; made
        /// Whether this is the answer that an earlier request with the same
        /// idempotency key got.
        replayed: bool,
        ; says
    }
}

object!(Refund, |refund| &refund.id, replayed);
