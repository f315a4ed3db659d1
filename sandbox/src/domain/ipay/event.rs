//! What shops are told, and where.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;

/// The types of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A payment is paid.
    #[serde(rename = "payment.succeeded")]
    PaymentSucceeded,
    /// A payment was declined.
    #[serde(rename = "payment.failed")]
    PaymentFailed,
    /// Money of a payment is back.
    #[serde(rename = "payment.refunded")]
    PaymentRefunded,
    /// A payment is disputed.
    #[serde(rename = "payment.disputed")]
    PaymentDisputed,
    /// There is a new customer.
    #[serde(rename = "customer.created")]
    CustomerCreated,
    /// A subscription changed.
    #[serde(rename = "customer.subscription.updated")]
    SubscriptionUpdated,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::PaymentSucceeded,
        Self::PaymentFailed,
        Self::PaymentRefunded,
        Self::PaymentDisputed,
        Self::CustomerCreated,
        Self::SubscriptionUpdated,
    ];

    /// What the API calls it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PaymentSucceeded => "payment.succeeded",
            Self::PaymentFailed => "payment.failed",
            Self::PaymentRefunded => "payment.refunded",
            Self::PaymentDisputed => "payment.disputed",
            Self::CustomerCreated => "customer.created",
            Self::SubscriptionUpdated => "customer.subscription.updated",
        }
    }
}

/// Something that shops are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// `evt_…`.
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Unix seconds.
    pub created: u64,
    /// To which object.
    pub about: String,
}

/// The body that is delivered.
#[derive(Debug, Serialize)]
pub struct Body<'a, T> {
    /// The event's id.
    pub id: &'a str,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Unix seconds.
    pub created: u64,
    /// The object as it is now.
    pub data: &'a T,
}

/// An address of a shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// `we_…`.
    pub id: String,
    /// Unix seconds.
    pub created: u64,
    /// Where to.
    pub url: String,
    /// Which events it hears of; all of them when absent.
    pub events: Option<Vec<Kind>>,
}

impl Endpoint {
    /// Whether it hears of such events.
    #[must_use]
    pub fn hears(&self, kind: Kind) -> bool {
        self.events.as_ref().is_none_or(|all| all.contains(&kind))
    }
}

/// Whether `url` is one that can be delivered to at all.
///
/// # Errors
/// Says what is wrong with it.
pub fn check_url(url: &str) -> Result<(), Refusal> {
    let fine = url.parse::<http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some()
    });
    if fine {
        return Ok(());
    }
    Err(Refusal::value("url", "must be an http address"))
}
