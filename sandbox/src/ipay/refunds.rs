//! Refunds.

use super::answer::shown;
use super::execute::Visit;
use super::flow::{TRANSFER_SECONDS, wrong_status};
use super::payments::LONGEST_ID;
use crate::domain::clock::Moment;
use crate::domain::ipay::agenda::Due;
use crate::domain::ipay::event::Kind;
use crate::domain::ipay::fields::{Fields, Query};
use crate::domain::ipay::method;
use crate::domain::ipay::payment;
use crate::domain::ipay::refund::{Refund, Status};
use crate::domain::ipay::refusal::Refusal;
use crate::domain::ipay::transaction;
use crate::world::World;

const LONGEST_REASON: usize = 100;

/// `POST /refunds`.
pub(super) fn create(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let payment = fields.text("payment", LONGEST_ID)?;
    let payment = fields.need("payment", payment)?;
    let amount = fields.amount("amount")?;
    let reason = fields.text("reason", LONGEST_REASON)?;
    fields.finish()?;
    let payment = &world
        .ipay
        .payments
        .named("payment", &payment, visit.now)?
        .it;
    if payment.status != payment::Status::Succeeded {
        return Err(wrong_status(payment.status, "be refunded"));
    }
    let left = payment.refundable();
    if left == 0 {
        let reason = "all of the payment was refunded before";
        return Err(Refusal::state("payment_refunded", reason));
    }
    let amount = amount.unwrap_or(left);
    if amount > left {
        let reason = format!("amount: only {left} can be refunded");
        return Err(Refusal::invalid("amount", "amount_too_large", reason));
    }
    let methods = &world.ipay.payment_methods;
    let method = payment.payment_method.as_ref();
    let method = method.and_then(|method| methods.get(method));
    let slow = method.is_some_and(|entry| entry.it.kind == method::Kind::BankTransfer);
    let (payment, currency) = (payment.id.clone(), payment.currency.clone());
    let refund = Refund {
        id: world.fresh_id("re_", "ipay refund"),
        object: "refund".to_owned(),
        created: visit.now.at.secs(),
        payment,
        amount,
        currency,
        reason: reason.unwrap_or_else(|| "requested_by_customer".to_owned()),
        status: Status::Pending,
    };
    let (id, at) = (refund.id.clone(), visit.now.at);
    let changed = world.set_refunded(
        &refund.payment,
        |refunded| refunded.saturating_add(amount),
        at,
    );
    world.ipay.refunds.add(visit.made(refund, ()));
    world.note_made(visit.seq, &id);
    if let Some(payment) = changed {
        let kind = transaction::Kind::Refund;
        world.book(kind, amount, &payment, Some(&id), at);
    }
    if slow {
        let back = at.plus_secs(TRANSFER_SECONDS);
        world.ipay.agenda.add(back, Due::Return(id.clone()));
    } else {
        world.settle_refund(&id, true, at)?;
    }
    let entry = world.ipay.refunds.get(&id);
    let entry = entry.ok_or_else(|| Refusal::not_found("no such refund"))?;
    Ok(shown(&entry.it))
}

/// `GET /refunds/{id}`.
pub(super) fn read(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Query::read(&visit.call.query)?.finish()?;
    Ok(shown(&world.ipay.refunds.find(visit.id, visit.now)?.it))
}

/// `GET /refunds`, all or those of a payment.
pub(super) fn list(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut query = Query::read(&visit.call.query)?;
    let paging = query.paging()?;
    let payment = query.text("payment");
    query.finish()?;
    if let Some(payment) = &payment {
        world.ipay.payments.named("payment", payment, visit.now)?;
    }
    let page = world.ipay.refunds.page(&paging, visit.now, |entry| {
        payment.as_ref().is_none_or(|it| *it == entry.it.payment)
    })?;
    Ok(shown(&page))
}

impl World {
    /// The money of a refund is back, or cannot be given back.
    ///
    /// # Errors
    /// There is no such refund, or it is over.
    pub fn settle_refund(&mut self, id: &str, ok: bool, at: Moment) -> Result<(), Refusal> {
        let entry = self.ipay.refunds.get_mut(id);
        let refund = &mut entry
            .ok_or_else(|| Refusal::not_found("no such refund"))?
            .it;
        if refund.status != Status::Pending {
            return Err(Refusal::state("refund_status", "the refund is over"));
        }
        refund.status = if ok {
            Status::Succeeded
        } else {
            Status::Failed
        };
        let (amount, payment) = (refund.amount, refund.payment.clone());
        if ok {
            if let Some(payment) = self.set_refunded(&payment, |same| same, at) {
                self.tell_event(Kind::PaymentRefunded, &payment.id, &payment, at);
            }
            return Ok(());
        }
        let less = |refunded: u64| refunded.saturating_sub(amount);
        if let Some(payment) = self.set_refunded(&payment, less, at) {
            let kind = transaction::Kind::RefundFailure;
            self.book(kind, amount, &payment, Some(id), at);
        }
        Ok(())
    }
}
