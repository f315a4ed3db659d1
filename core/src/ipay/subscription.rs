//! A subscription.

use std::collections::BTreeMap;

use super::object::object;
use crate::model::{UnixSeconds, model};

model! {
    /// A subscription: a payment that comes again and again.
    ///
    /// **Usual**: the guide knows only the event `customer.subscription.updated`.
    /// Read from `/subscriptions` of the iPay API. Unknown fields are kept as they
    /// came.
    pub struct Subscription {
        /// The subscription's identifier, such as `sub_...`.
        id: String = "id",
        /// How it is. The set is open, and no document lists it.
        status: Option<String> = "status",
        /// Who pays.
        customer: Option<String> = "customer",
        /// What it is paid with.
        payment_method: Option<String> = "payment_method",
        /// What is paid each time, in the currency's smallest unit.
        amount: Option<i64> = "amount",
        /// The currency's code (ISO 4217).
        currency: Option<String> = "currency",
        /// How often: `day`, `week`, `month` or `year`.
        interval: Option<String> = "interval",
        /// When it is paid next, in Unix seconds.
        current_period_end: Option<UnixSeconds> = "current_period_end",
        /// The shop's own notes.
        metadata: BTreeMap<String, String> = "metadata",
        /// When it was made, in Unix seconds.
        created: Option<UnixSeconds> = "created",
        ; made
        /// Whether this is the answer that an earlier request with the same
        /// idempotency key got.
        replayed: bool,
        ; says
    }
}

object!(Subscription, |subscription| &subscription.id, replayed);
