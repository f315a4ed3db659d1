//! The shop's account.

use super::object::object;
use crate::model::model;

model! {
    /// The shop's account.
    ///
    /// Read from `/account` of the iPay API. Unknown fields are kept as they came.
    pub struct Account {
        /// The shop's name.
        business_name: String = "business_name",
        /// The account's identifier. **Usual**.
        id: Option<String> = "id",
        ; made
        ; says
    }
}

object!(Account, |account| account.id.as_deref().unwrap_or_default());
