//! What becomes of a payment: the table of its statuses at work.

use crate::domain::clock::Moment;
use crate::domain::ipay::agenda::Due;
use crate::domain::ipay::cards::{Decline, Outcome};
use crate::domain::ipay::event::Kind;
use crate::domain::ipay::payment::{CaptureMethod, NextAction, Payment, Redirect, Status};
use crate::domain::ipay::refusal::Refusal;
use crate::domain::ipay::shelf::Entry;
use crate::domain::ipay::transaction;
use crate::world::World;

/// How long money of a bank transfer is on its way, in either direction.
pub(super) const TRANSFER_SECONDS: u64 = 86_400;
/// How long after it was paid a payment with the disputed test card is disputed.
pub(super) const DISPUTE_SECONDS: u64 = 3_600;

/// The payment was made without a method, or its method is gone.
fn without_method() -> Refusal {
    Refusal::invalid(
        "payment_method",
        "parameter_missing",
        "payment_method is missing: there is nothing to confirm with",
    )
}

impl World {
    /// Changes a payment and writes down the status it has then.
    fn change_payment(
        &mut self,
        id: &str,
        at: Moment,
        act: impl FnOnce(&mut Entry<Payment>),
    ) -> Option<Payment> {
        let entry = self.ipay.payments.get_mut(id)?;
        let before = entry.it.status;
        act(entry);
        if entry.it.status != Status::RequiresAction {
            entry.it.next_action = None;
        }
        if entry.it.status != before {
            entry.inner.history.push((at, entry.it.status));
        }
        let payment = entry.it.clone();
        self.touch();
        Some(payment)
    }

    /// Confirms a payment that has a method; `asked` says that the shop wants the
    /// customer authenticated.
    ///
    /// # Errors
    /// It was declined, and is `failed` now; or it has no method.
    pub(super) fn confirm_payment(
        &mut self,
        id: &str,
        asked: bool,
        at: Moment,
    ) -> Result<(), Refusal> {
        match self.outcome_of(id).ok_or_else(without_method)? {
            Outcome::Pays | Outcome::PaysThenDisputes => self.accept_payment(id, at),
            Outcome::AsksIfWanted if !asked => self.accept_payment(id, at),
            Outcome::Asks | Outcome::AsksIfWanted | Outcome::AsksThenDeclines(_) => {
                self.ask_customer(id, at);
            }
            Outcome::Transfers => {
                self.change_payment(id, at, |entry| entry.it.status = Status::Processing);
                let arrival = at.plus_secs(TRANSFER_SECONDS);
                self.ipay.agenda.add(arrival, Due::Arrival(id.to_owned()));
            }
            Outcome::Declines(why) => {
                self.fail_payment(id, why, at);
                return Err(Refusal::declined(why, id));
            }
        }
        Ok(())
    }

    /// What comes of the payment with the method it has.
    fn outcome_of(&self, id: &str) -> Option<Outcome> {
        let method = self.ipay.payments.get(id)?.it.payment_method.as_ref()?;
        Some(self.ipay.payment_methods.get(method)?.inner)
    }

    fn ask_customer(&mut self, id: &str, at: Moment) {
        let origin = self.origin.clone();
        self.change_payment(id, at, |entry| {
            let secret = &entry.it.client_secret;
            let url = format!("{origin}/ipay/authenticate/{id}?client_secret={secret}");
            entry.it.status = Status::RequiresAction;
            entry.it.next_action = Some(NextAction {
                kind: "redirect_to_url".to_owned(),
                redirect_to_url: Redirect { url },
            });
        });
    }

    fn accept_payment(&mut self, id: &str, at: Moment) {
        let manual = |payment: &Payment| payment.capture_method == CaptureMethod::Manual;
        match self.ipay.payments.get(id) {
            Some(entry) if manual(&entry.it) => {
                self.change_payment(id, at, |entry| entry.it.status = Status::RequiresCapture);
            }
            Some(entry) => {
                let amount = entry.it.amount;
                self.pay_payment(id, amount, transaction::Kind::Charge, at);
            }
            None => {}
        }
    }

    /// The money is here, so much of it.
    pub(super) fn pay_payment(
        &mut self,
        id: &str,
        amount: u64,
        kind: transaction::Kind,
        at: Moment,
    ) {
        let paid = self.change_payment(id, at, |entry| entry.it.capture(amount));
        let Some(payment) = paid else { return };
        self.book(kind, amount, &payment, None, at);
        self.tell_event(Kind::PaymentSucceeded, id, &payment, at);
        if self.outcome_of(id) == Some(Outcome::PaysThenDisputes) {
            let when = at.plus_secs(DISPUTE_SECONDS);
            self.ipay.agenda.add(when, Due::Dispute(id.to_owned()));
        }
    }

    pub(super) fn fail_payment(&mut self, id: &str, why: Decline, at: Moment) {
        if let Some(payment) = self.change_payment(id, at, |entry| entry.it.fail(why)) {
            self.tell_event(Kind::PaymentFailed, id, &payment, at);
        }
    }

    pub(super) fn cancel_payment(&mut self, id: &str, at: Moment) {
        self.change_payment(id, at, |entry| entry.it.status = Status::Canceled);
    }

    fn in_status(&self, id: &str, wanted: Status, what: &str) -> Result<(), Refusal> {
        let entry = self.ipay.payments.get(id);
        let entry = entry.ok_or_else(|| Refusal::not_found("no such payment"))?;
        if entry.it.status == wanted {
            return Ok(());
        }
        Err(wrong_status(entry.it.status, what))
    }

    /// The customer accepts or refuses on the page of 3-D Secure.
    ///
    /// # Errors
    /// There is no such payment, or nobody asked the customer.
    pub fn authenticate(&mut self, id: &str, ok: bool, at: Moment) -> Result<(), Refusal> {
        self.in_status(id, Status::RequiresAction, "be authenticated")?;
        match self.outcome_of(id) {
            Some(Outcome::AsksThenDeclines(why)) if ok => self.fail_payment(id, why, at),
            _ if ok => self.accept_payment(id, at),
            _ => self.fail_payment(id, Decline::AuthenticationFailed, at),
        }
        Ok(())
    }

    /// The money of a bank transfer arrives, or does not.
    ///
    /// # Errors
    /// There is no such payment, or no money of it is on its way.
    pub fn settle_payment(&mut self, id: &str, ok: bool, at: Moment) -> Result<(), Refusal> {
        self.in_status(id, Status::Processing, "be settled")?;
        if ok {
            self.accept_payment(id, at);
        } else {
            self.fail_payment(id, Decline::BankTransferFailed, at);
        }
        Ok(())
    }

    /// The customer's bank disputes a payment.
    ///
    /// # Errors
    /// There is no such payment, it is not paid, or was disputed before.
    pub fn dispute(&mut self, id: &str, at: Moment) -> Result<(), Refusal> {
        self.in_status(id, Status::Succeeded, "be disputed")?;
        let entry = self.ipay.payments.get(id);
        if entry.is_some_and(|entry| entry.inner.disputed) {
            let reason = "the payment was disputed before";
            return Err(Refusal::state("already_disputed", reason));
        }
        let changed = self.change_payment(id, at, |entry| entry.inner.disputed = true);
        if let Some(payment) = changed {
            let amount = payment.refundable();
            self.book(transaction::Kind::Dispute, amount, &payment, None, at);
            self.tell_event(Kind::PaymentDisputed, id, &payment, at);
        }
        Ok(())
    }

    /// Gives back so much more (or less, when a refund failed) of a payment.
    pub(super) fn set_refunded(
        &mut self,
        id: &str,
        change: impl FnOnce(u64) -> u64,
        at: Moment,
    ) -> Option<Payment> {
        self.change_payment(id, at, |entry| {
            entry.it.amount_refunded = change(entry.it.amount_refunded);
        })
    }

    /// Brings about what the clock alone does for iPay by `at`, in its order.
    pub fn catch_up_ipay(&mut self, at: Moment) {
        while let Some((moment, due)) = self.ipay.agenda.take(at) {
            // What was settled by hand meanwhile is not what it was: nothing is due.
            let _ = match due {
                Due::Arrival(id) => self.settle_payment(&id, true, moment),
                Due::Return(id) => self.settle_refund(&id, true, moment),
                Due::Dispute(id) => self.dispute(&id, moment),
                Due::Bill(id) => {
                    self.bill(&id, moment);
                    Ok(())
                }
            };
            self.touch();
        }
    }
}

/// The payment's status does not allow it.
pub(super) fn wrong_status(status: Status, what: &str) -> Refusal {
    let reason = format!("a payment that is {} cannot {what}", status.code());
    Refusal::state("payment_status", reason)
}
