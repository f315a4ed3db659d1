//! A payment as the page of 3-D Secure shows it.

use super::ipay_words::Words;
use super::view::sign;
use crate::domain::ipay::payment::Status;

/// What the page says of a payment's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The name of its colours in the style sheet.
    pub tone: &'static str,
    /// The sign beside the words, so that colour is never alone.
    pub sign: &'static str,
    /// The words.
    pub headline: &'static str,
    /// What there is to say beyond that.
    pub say: &'static str,
    /// Whether the customer is asked.
    pub asks: bool,
}

impl View {
    /// Of a payment in this status.
    #[must_use]
    pub const fn of(status: Status, w: &'static Words) -> Self {
        let (tone, sign, headline, say) = match status {
            Status::RequiresAction => ("new", sign::ATTENTION, w.asks, w.asks_note),
            Status::Succeeded => ("complete", sign::DONE, w.succeeded, w.succeeded_note),
            Status::RequiresCapture => ("complete", sign::DONE, w.reserved, w.reserved_note),
            Status::Failed => ("expired", sign::OVER, w.failed, w.failed_note),
            Status::Canceled => ("canceled", sign::OVER, w.canceled, w.canceled_note),
            Status::RequiresPaymentMethod | Status::RequiresConfirmation | Status::Processing => {
                ("new", sign::UNDER_WAY, w.nothing, w.nothing_note)
            }
        };
        Self {
            tone,
            sign,
            headline,
            say,
            asks: matches!(status, Status::RequiresAction),
        }
    }
}
