//! Finding out what became of a call whose answer was lost.
//!
//! While the service still knows the idempotency key the same bytes are sent once
//! more: it answers as it answered, or does what it had not done. Later it is looked
//! for, and what is not found stays unknown.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::value::RawValue;

use super::Refund;
use super::client::Client;
use super::decide;
use super::engine::Each;
use super::gives::Gives;
use super::handle::Handle;
use super::key_age::SKEW;
use super::payment::PaymentResult;
use super::sets::PaymentStatus;
use crate::error::{Code, Error, Outcome, Result};
use crate::interrupt;
use crate::json::{self, Members};
use crate::model::{Member as _, Model as _, UnixSeconds};

/// Whether an object says everything that was sent of what it tells.
fn says_what_was_sent(sent: &str, object: &str) -> bool {
    let (Ok(sent), Ok(object)) = (Members::parse(sent), Members::parse(object)) else {
        return sent.is_empty();
    };
    let same = |sent: &RawValue, told: &RawValue| {
        let texts = |raw| BTreeMap::<String, String>::read(Some(raw));
        match json::text(sent) {
            Some(text) => json::text(told).as_deref() == Some(&text),
            None if sent.get().starts_with('{') => texts(sent) == texts(told),
            None => sent.get() == told.get(),
        }
    };
    // An amount to capture is no payment's amount.
    let mut told = sent
        .iter()
        .filter(|(name, _)| *name != "amount" || object_is_made_of(&sent));
    told.all(|(name, sent)| object.get(name).is_none_or(|told| same(sent, told)))
}

/// Whether a body is that of a create, whose amount is the payment's.
fn object_is_made_of(sent: &Members<'_>) -> bool {
    sent.get("currency").is_some()
}

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
        self.resumed("resume_payment", "/payments", handle, |handle, until| {
            let found = if handle.path() == "/payments" {
                self.look_for_payment(handle, until)
            } else {
                self.look_at_payment(handle, until)
            };
            // What differs in anything that was sent is another one.
            Ok(found?.filter(|payment| says_what_was_sent(handle.body(), payment.payment().raw())))
        })
    }

    /// Finds out what became of a refund whose outcome was unknown, from the
    /// `resume` of its error. See [`Self::resume_payment`]; later than 23 hours after
    /// the first try it stays unknown, since two refunds may be alike in everything.
    ///
    /// # Errors
    ///
    /// As those of [`Self::resume_payment`].
    pub fn resume_refund(&self, handle: &str) -> Result<Refund> {
        // Two refunds of one payment may be alike in everything.
        self.resumed("resume_refund", "/refunds", handle, |_, _| Ok(None))
    }

    fn resumed<G: Gives>(
        &self,
        method: &'static str,
        path: &str,
        text: &str,
        look: impl FnOnce(&Handle, Instant) -> Result<Option<G>>,
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
                let shown = handle.shown();
                let read = |body: &str, replayed| G::read(body, replayed, None);
                let each = Each::default();
                let sent = engine.send(shown, &outgoing, each, Some(&earlier), attempts, read);
                // An error that says nothing new leaves the shop with its handle.
                return sent.map_err(|error| match error.outcome() {
                    Outcome::Unknown => error.with_resume(Some(text.to_owned())),
                    _ => error,
                });
            }
            let until = Instant::now() + engine.timeout();
            let found = look(&handle, until);
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
                Err(error) if error.code() == Code::Interrupted => Err(error
                    .with_outcome(Outcome::Unknown)
                    .with_resume(Some(text.to_owned()))),
                Err(error) => Err(still_unknown(error)),
            }
        })
    }

    /// A payment that was made: the only one of its order that says what was sent,
    /// and was made in time. One that came to nothing may be another attempt's.
    fn look_for_payment(&self, handle: &Handle, until: Instant) -> Result<Option<PaymentResult>> {
        let Some(order) = order_of(handle.body()) else {
            return Ok(None);
        };
        let (from, to) = window(handle);
        let (mut found, mut after) = (Vec::new(), None);
        for _ in 0..MOST_PAGES {
            let mut list = self.list_payments().limit(100).timeout(left(until)?);
            if let Some(after) = after.take() {
                list = list.starting_after(after);
            }
            let page = list.send()?;
            let is_full = page.items.len() >= PAGE;
            for payment in page.items {
                let inner = payment.payment();
                let Some(UnixSeconds(created)) = inner.created else {
                    // Without its time nothing can be told apart.
                    return Ok(None);
                };
                if created < from {
                    return Ok(only(found));
                }
                if inner.order_id.as_deref() == Some(order.as_str()) && created <= to {
                    found.push(payment);
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                // A full page that does not say whether more follow need not be the last.
                None => return Ok(only(found).filter(|_| !is_full)),
            }
        }
        Ok(None)
    }

    /// A payment that was there already: whether it shows what was asked for.
    fn look_at_payment(&self, handle: &Handle, until: Instant) -> Result<Option<PaymentResult>> {
        let mut parts = handle.path().trim_start_matches('/').split('/');
        let (Some("payments"), Some(id), Some(action)) = (parts.next(), parts.next(), parts.next())
        else {
            return Ok(None);
        };
        let payment = self.get_payment(id).timeout(left(until)?).send()?;
        let inner = payment.payment();
        if inner.id != id {
            return Ok(None);
        }
        let is = |status: PaymentStatus| inner.status == status;
        let shows_it = match action {
            "capture" => {
                let body = Members::parse(handle.body()).ok();
                let wanted = body.and_then(|b| b.get("amount").and_then(json::integer));
                is(PaymentStatus::SUCCEEDED)
                    && inner.amount_captured == Some(wanted.unwrap_or(inner.amount))
            }
            "cancel" => is(PaymentStatus::CANCELED),
            "confirm" => [
                PaymentStatus::SUCCEEDED,
                PaymentStatus::REQUIRES_ACTION,
                PaymentStatus::REQUIRES_CAPTURE,
                PaymentStatus::PROCESSING,
            ]
            .into_iter()
            .any(is),
            _ => false,
        };
        Ok(shows_it.then_some(payment))
    }
}

/// So many payments stand on a page that is full.
const PAGE: usize = 100;

/// More pages than these are not looked through.
const MOST_PAGES: usize = 100;

/// How much time is left for the look.
fn left(until: Instant) -> Result<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    if interrupt::requested() {
        Err(interrupt::error(Outcome::Unknown))
    } else if left < Duration::from_millis(1) {
        Err(Error::new(
            Code::TransportTimeout,
            Outcome::Unknown,
            "the time limit passed before all payments were looked through",
        ))
    } else {
        Ok(left)
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

/// The only attempt of its order, where it came to something: several could each be
/// it, and what failed may be another attempt than the lost one.
fn only(mut found: Vec<PaymentResult>) -> Option<PaymentResult> {
    let last = found.pop()?;
    let came_to_nothing = matches!(last, PaymentResult::Failed(_) | PaymentResult::Canceled(_));
    (found.is_empty() && !came_to_nothing).then_some(last)
}

/// The order that a create was for.
fn order_of(body: &str) -> Option<String> {
    let members = Members::parse(body).ok()?;
    let metadata = Members::parse(members.get("metadata")?.get()).ok()?;
    metadata.get("orderId").and_then(json::text)
}

#[cfg(test)]
mod tests {
    use super::super::Payment;
    use super::super::object::Object as _;
    use super::*;

    fn payment(status: &str) -> PaymentResult {
        let raw = format!(r#"{{"id":"p","status":"{status}","amount":1,"currency":"JPY"}}"#);
        Payment::of_json(&raw, false).unwrap().into()
    }

    #[test]
    fn only_one_attempt_that_came_to_something_is_it() {
        let it = |all: &[&str]| only(all.iter().map(|status| payment(status)).collect()).is_some();
        assert!(it(&["succeeded"]));
        assert!(it(&["processing"]));
        for none in [
            &["failed"][..],
            &["canceled"],
            &["failed", "succeeded"],
            &[],
        ] {
            assert!(!it(none), "{none:?}");
        }
    }

    #[test]
    fn the_order_stands_in_the_metadata() {
        let order = order_of(r#"{"amount":1,"metadata":{"orderId":"A-1"}}"#);
        assert_eq!(order.as_deref(), Some("A-1"));
        assert_eq!(order_of(r#"{"amount":1}"#), None);
    }
}
