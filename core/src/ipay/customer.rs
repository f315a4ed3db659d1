//! A customer.

use std::collections::BTreeMap;

use super::object::object;
use crate::model::{UnixSeconds, model};

model! {
    /// A customer, to keep payment methods with.
    ///
    /// Read from `/customers` of the iPay API. Unknown fields are kept as they came.
    pub struct Customer {
        /// The customer's identifier, such as `cus_...`.
        id: String = "id",
        /// Where to write to.
        email: Option<String> = "email",
        /// The name.
        name: Option<String> = "name",
        /// The telephone number.
        phone: Option<String> = "phone",
        /// The shop's own notes: the guide uses `internalId` and `tier`.
        metadata: BTreeMap<String, String> = "metadata",
        /// When it was made, in Unix seconds. **Usual**.
        created: Option<UnixSeconds> = "created",
        /// Whether it was deleted: only the answer to that tells it. **Usual**.
        deleted: Option<bool> = "deleted",
        ; made
        /// Whether this is the answer that an earlier request with the same
        /// idempotency key got.
        replayed: bool,
        ; says
    }
}

object!(Customer, |customer| &customer.id, replayed);
