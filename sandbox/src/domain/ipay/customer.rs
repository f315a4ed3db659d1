//! A customer.

use serde::{Deserialize, Serialize};

use super::fields::Metadata;
use super::shelf::Object;

/// Somebody who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// `cus_…`.
    pub id: String,
    /// `customer`.
    pub object: String,
    /// Unix seconds.
    pub created: u64,
    /// As it was sent.
    pub email: Option<String>,
    /// As it was sent.
    pub name: Option<String>,
    /// As it was sent.
    pub phone: Option<String>,
    /// As it was sent.
    pub metadata: Metadata,
}

impl Object for Customer {
    /// Whether the shop deleted it: lookups do not find it any more.
    type Inner = bool;
    const NAME: &'static str = "customer";

    fn id(&self) -> &str {
        &self.id
    }
}
