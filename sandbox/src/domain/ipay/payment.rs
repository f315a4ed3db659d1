//! One payment and the table of its statuses.

use serde::{Deserialize, Serialize};

use super::cards::Decline;
use super::fields::Metadata;
use super::shelf::Object;
use crate::domain::clock::Moment;

/// Where a payment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Made without a method.
    RequiresPaymentMethod,
    /// Made with one, not confirmed.
    RequiresConfirmation,
    /// The customer is asked (3-D Secure).
    RequiresAction,
    /// The money is on its way.
    Processing,
    /// Accepted, to be captured by hand.
    RequiresCapture,
    /// Paid.
    Succeeded,
    /// Declined.
    Failed,
    /// Taken back by the shop.
    Canceled,
}

impl Status {
    /// What the API calls it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::RequiresAction => "requires_action",
            Self::Processing => "processing",
            Self::RequiresCapture => "requires_capture",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
        }
    }

    /// Whether the shop can still take it back.
    #[must_use]
    pub const fn is_cancelable(self) -> bool {
        matches!(
            self,
            Self::RequiresPaymentMethod
                | Self::RequiresConfirmation
                | Self::RequiresAction
                | Self::RequiresCapture
        )
    }
}

/// When an accepted payment is captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureMethod {
    /// At once.
    Automatic,
    /// By the shop.
    Manual,
}

/// What the customer has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextAction {
    /// `redirect_to_url`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where to.
    pub redirect_to_url: Redirect,
}

/// A page to send the customer to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redirect {
    /// Its address.
    pub url: String,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// `pay_…`.
    pub id: String,
    /// `payment`.
    pub object: String,
    /// Unix seconds.
    pub created: u64,
    /// In the smallest unit of the currency.
    pub amount: u64,
    /// How much of it was captured.
    pub amount_captured: u64,
    /// How much of that was given back, or is on its way.
    pub amount_refunded: u64,
    /// As it was sent.
    pub currency: String,
    /// Where it stands.
    pub status: Status,
    /// Who pays.
    pub customer: Option<String>,
    /// With what.
    pub payment_method: Option<String>,
    /// As it was sent.
    pub description: Option<String>,
    /// As it was sent.
    pub metadata: Metadata,
    /// When it is captured.
    pub capture_method: CaptureMethod,
    /// As it was sent.
    pub statement_descriptor: Option<String>,
    /// What the customer's page needs.
    pub client_secret: String,
    /// What the customer has to do, while there is something.
    pub next_action: Option<NextAction>,
    /// Why it failed.
    pub failure_code: Option<String>,
    /// The same for people.
    pub failure_message: Option<String>,
}

/// What the books know of a payment beyond that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// Every status it had, with the moment it began.
    pub history: Vec<(Moment, Status)>,
    /// Whether the customer's bank disputed it.
    pub disputed: bool,
}

impl Object for Payment {
    type Inner = Life;
    const NAME: &'static str = "payment";

    fn id(&self) -> &str {
        &self.id
    }
}

impl Payment {
    /// What can still be given back.
    #[must_use]
    pub const fn refundable(&self) -> u64 {
        self.amount_captured.saturating_sub(self.amount_refunded)
    }

    /// Its method, or the customer, did not pay.
    pub fn fail(&mut self, why: Decline) {
        self.status = Status::Failed;
        self.failure_code = Some(why.code().to_owned());
        self.failure_message = Some(why.message().to_owned());
    }

    /// So much of it was captured.
    pub const fn capture(&mut self, amount: u64) {
        self.status = Status::Succeeded;
        self.amount_captured = amount;
    }
}
