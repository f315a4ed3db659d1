//! Finding out what became of a call whose answer was lost.
//!
//! While the service still knows the idempotency key the same bytes are sent once
//! more: it answers as it answered, or does what it had not done. Later it is looked
//! for, and what is not found stays unknown.

use std::cell::Cell;

use super::Refund;
use super::client::Client;
use super::decide;
use super::engine::Each;
use super::gives::Gives;
use super::handle::Handle;
use super::payment::PaymentResult;
use super::request::Outgoing;
use super::sets::PaymentStatus;
use crate::error::{Code, Error, Outcome, Result};
use crate::json::{self, Members};
use crate::model::UnixSeconds;
use crate::transport::Verb;

/// How far the clocks of shop and service may be apart.
const SKEW: u64 = 600;

/// The longest time from a call's first try to its last.
const LONGEST_CALL: u64 = 3_600;

impl Client {
    /// Finds out what became of a payment's call whose outcome was unknown, from the
    /// `resume` of its error: of a create, a confirm, a capture or a cancel.
    ///
    /// Within 23 hours of the first try the same request goes out once more with the
    /// same idempotency key, so the call is executed once whatever happened; later
    /// the payment is looked for, by the `orderId` in its metadata or by its
    /// identifier.
    ///
    /// # Errors
    ///
    /// As the call itself; [`Code::IpayOutcomeUnknown`] with the handle where it
    /// still cannot be said, and [`Code::InputInvalid`] for a handle that is not one
    /// of this account's payments.
    pub fn resume_payment(&self, handle: &str) -> Result<PaymentResult> {
        self.resumed("resume_payment", "/payments", handle, |handle, attempts| {
            if handle.path() == "/payments" {
                self.look_for_payment(handle, attempts)
            } else {
                self.look_at_payment(handle, attempts)
            }
        })
    }

    /// Finds out what became of a refund whose outcome was unknown, from the
    /// `resume` of its error. See [`Self::resume_payment`].
    ///
    /// # Errors
    ///
    /// As those of [`Self::resume_payment`].
    pub fn resume_refund(&self, handle: &str) -> Result<Refund> {
        self.resumed("resume_refund", "/refunds", handle, |handle, attempts| {
            self.look_for_refund(handle, attempts)
        })
    }

    fn resumed<G: Gives>(
        &self,
        method: &'static str,
        path: &str,
        text: &str,
        look: impl FnOnce(&Handle, &Cell<u32>) -> Result<Option<G>>,
    ) -> Result<G> {
        let engine = self.engine();
        engine.observed(method, |attempts| {
            // Whatever is wrong with the handle: what it is about is not known.
            let bad = |error: Error| error.with_outcome(Outcome::Unknown);
            let handle = Handle::open(text, engine).map_err(bad)?;
            if !handle.path().starts_with(path) {
                let why = "the resume handle belongs to another kind of call";
                return Err(bad(Error::input("handle", why)));
            }
            if handle.key_is_known(engine.unix_seconds()) {
                let (outgoing, earlier) = (handle.outgoing(), handle.earlier());
                let shown = shown(path);
                let each = Each::default();
                let read = |body: &str, replayed| G::read(body, replayed, None);
                let sent = engine.send(shown, &outgoing, each, Some(&earlier), attempts, read);
                // An error that says nothing new leaves the shop with its handle.
                return sent.map_err(|error| match error.outcome() {
                    Outcome::Unknown => error.with_resume(Some(text.to_owned())),
                    _ => error,
                });
            }
            let found = look(&handle, attempts);
            let still_unknown = |cause: Error| {
                decide::unknown(cause)
                    .with_idempotency_key(&handle.earlier().idempotency_key)
                    .with_resume(Some(text.to_owned()))
            };
            match found {
                Ok(Some(found)) => Ok(found),
                Ok(None) => Err(still_unknown(Error::new(
                    Code::IpayNotFound,
                    Outcome::Unknown,
                    "the service may have forgotten the idempotency key by now, and what is there \
                     does not tell what became of the call",
                ))),
                Err(error) => Err(still_unknown(error)),
            }
        })
    }

    fn read<G: Gives>(&self, path: String, shown: &str, attempts: &Cell<u32>) -> Result<G> {
        let outgoing = Outgoing {
            verb: Verb::Get,
            path,
            body: Default::default(),
        };
        let read = |body: &str, _| G::read(body, false, None);
        let each = Each::default();
        self.engine()
            .send(shown, &outgoing, each, None, attempts, read)
    }

    /// A payment that was made: the only one of its order, amount and time.
    fn look_for_payment(
        &self,
        handle: &Handle,
        attempts: &Cell<u32>,
    ) -> Result<Option<PaymentResult>> {
        let Some(wanted) = Wanted::read(handle.body()) else {
            return Ok(None);
        };
        let Some(order) = wanted.order else {
            return Ok(None);
        };
        let (from, to) = window(handle);
        let mut found = Vec::new();
        for payment in self.list_payments().limit(100).iter() {
            attempts.set(attempts.get().saturating_add(1));
            let payment = payment?;
            let inner = payment.payment();
            let Some(UnixSeconds(created)) = inner.created else {
                // Without its time nothing can be told apart.
                return Ok(None);
            };
            if created < from {
                break;
            }
            let is_it = inner.order_id.as_deref() == Some(order.as_str())
                && Some(inner.amount) == wanted.amount
                && inner.currency.eq_ignore_ascii_case(&wanted.currency)
                && created <= to;
            if is_it {
                found.push(payment);
            }
        }
        Ok(only(found))
    }

    /// A payment that was there already: whether it shows what was asked for.
    fn look_at_payment(
        &self,
        handle: &Handle,
        attempts: &Cell<u32>,
    ) -> Result<Option<PaymentResult>> {
        let mut parts = handle.path().trim_start_matches('/').split('/');
        let (Some("payments"), Some(id), Some(action)) = (parts.next(), parts.next(), parts.next())
        else {
            return Ok(None);
        };
        let path = format!("/payments/{id}");
        let payment: PaymentResult = self.read(path, "GET /payments/{payment_id}", attempts)?;
        let status = &payment.payment().status;
        let shows_it = match action {
            "capture" => *status == PaymentStatus::SUCCEEDED,
            "cancel" => *status == PaymentStatus::CANCELED,
            "confirm" => [
                PaymentStatus::SUCCEEDED,
                PaymentStatus::FAILED,
                PaymentStatus::REQUIRES_ACTION,
                PaymentStatus::REQUIRES_CAPTURE,
                PaymentStatus::PROCESSING,
            ]
            .contains(status),
            _ => false,
        };
        Ok(shows_it.then_some(payment))
    }

    /// A refund that was made: the only one of its payment, amount and time.
    fn look_for_refund(&self, handle: &Handle, attempts: &Cell<u32>) -> Result<Option<Refund>> {
        let members = Members::parse(handle.body()).ok();
        let member = |name: &str| members.as_ref().and_then(|members| members.get(name));
        let Some(payment) = member("payment").and_then(json::text) else {
            return Ok(None);
        };
        let amount = member("amount").and_then(json::integer);
        let (from, to) = window(handle);
        let mut found = Vec::new();
        for refund in self.list_refunds().payment(payment).limit(100).iter() {
            attempts.set(attempts.get().saturating_add(1));
            let refund = refund?;
            let Some(UnixSeconds(created)) = refund.created else {
                return Ok(None);
            };
            let fits = amount.is_none_or(|amount| refund.amount == amount);
            if fits && (from..=to).contains(&created) {
                found.push(refund);
            }
        }
        Ok(only(found))
    }
}

const fn shown(path: &str) -> &'static str {
    if path.len() == "/payments".len() {
        "POST /payments"
    } else {
        "POST /refunds"
    }
}

/// When what is looked for can have been made.
fn window(handle: &Handle) -> (i64, i64) {
    let first = handle.first_try();
    let whole = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
    (
        whole(first.saturating_sub(SKEW)),
        whole(first.saturating_add(LONGEST_CALL).saturating_add(SKEW)),
    )
}

/// Several could each be it.
fn only<T>(mut found: Vec<T>) -> Option<T> {
    let last = found.pop();
    if found.is_empty() { last } else { None }
}

/// What a create asked for.
struct Wanted {
    order: Option<String>,
    amount: Option<i64>,
    currency: String,
}

impl Wanted {
    fn read(body: &str) -> Option<Self> {
        let members = Members::parse(body).ok()?;
        let metadata = members.get("metadata");
        let metadata = metadata.and_then(|raw| Members::parse(raw.get()).ok());
        Some(Self {
            order: metadata.and_then(|m| m.get("orderId").and_then(json::text)),
            amount: members.get("amount").and_then(json::integer),
            currency: members.get("currency").and_then(json::text)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_that_fit_are_none() {
        assert_eq!(only(vec![1]), Some(1));
        assert_eq!(only(vec![1, 2]), None);
        assert_eq!(only(Vec::<u8>::new()), None);
    }
}
