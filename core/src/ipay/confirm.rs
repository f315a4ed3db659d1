//! From a webhook to what is so: the payment itself, read anew.

use super::calls::{self, GetPayment};
use super::client::Client;
use super::engine::Each;
use super::event::Event;
use super::payment::{PaymentResult, ResultKind};
use super::sets::PaymentStatus;
use crate::argument::Arg;
use crate::error::{Code, Error, Outcome, Result};

/// What a shop expects of a payment.
///
/// ```
/// use kessai::ipay::Expected;
/// let expected = Expected::new("A-1001", 10_800, "JPY");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    order_id: String,
    amount: i64,
    currency: String,
    status: Option<PaymentStatus>,
}

impl Expected {
    /// A payment of this order (`orderId` in its metadata), of this amount in the
    /// currency's smallest unit.
    #[must_use]
    pub fn new(order_id: impl Into<String>, amount: i64, currency: impl Into<String>) -> Self {
        Self {
            order_id: order_id.into(),
            amount,
            currency: currency.into(),
            status: None,
        }
    }

    /// One that has this status, too.
    #[must_use]
    pub fn status(mut self, status: impl Into<PaymentStatus>) -> Self {
        self.status = Some(status.into());
        self
    }

    /// What differs from it in the payment of this identifier, if anything does.
    fn fits(&self, id: &str, result: &PaymentResult) -> Result<()> {
        let payment = result.payment();
        let differs = |what: &str| {
            Error::new(
                Code::IpayMismatch,
                Outcome::Done,
                format!("the payment's {what} is not what the shop expects"),
            )
            .with_param(what)
        };
        if payment.id != id {
            return Err(differs("id"));
        }
        if payment.order_id.as_deref() != Some(self.order_id.as_str()) {
            return Err(differs("order_id"));
        }
        if payment.amount != self.amount {
            return Err(differs("amount"));
        }
        if !payment.currency.eq_ignore_ascii_case(&self.currency) {
            return Err(differs("currency"));
        }
        // Reserved and not taken, or given back: it is not that amount any more.
        if payment.result == ResultKind::Succeeded {
            if payment
                .amount_captured
                .is_some_and(|taken| taken < self.amount)
            {
                return Err(differs("amount_captured"));
            }
            if payment
                .amount_refunded
                .is_some_and(|given| given >= self.amount)
            {
                return Err(differs("amount_refunded"));
            }
        }
        match &self.status {
            Some(status) if *status != payment.status => Err(differs("status")),
            _ => Ok(()),
        }
    }
}

impl Client {
    /// Reads the payment that an event is about, and gives it once it fits what the
    /// shop expects.
    ///
    /// A genuine event need not be the right one, nor the newest: an old delivery
    /// can be sent again, and a late `payment.failed` may follow a success. What
    /// this gives is how the payment is now.
    ///
    /// # Errors
    ///
    /// [`Code::IpayMismatch`], naming what differs, also where less than the amount
    /// was captured or all of it was given back; [`Code::InputInvalid`] for an
    /// event that is about no payment.
    pub fn confirm(&self, event: &Event, expected: &Expected) -> Result<PaymentResult> {
        let engine = self.engine();
        engine.observed("confirm", |attempts| {
            let Some(id) = event.payment_id() else {
                return Err(Error::input("event", "event is about no payment"));
            };
            let given = [("payment_id".to_owned(), Arg::Text(id.clone()))];
            let get = GetPayment::ENDPOINT;
            let result = calls::run(engine, get, &given, Each::default(), attempts)?;
            expected.fits(&id, &result)?;
            Ok(result)
        })
    }
}
