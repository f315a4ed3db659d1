//! Payments that repeat, and what the clock makes of them.

use super::answer::shown;
use super::execute::Visit;
use super::payments::{LONGEST_ID, Wanted};
use crate::domain::clock::Moment;
use crate::domain::ipay::agenda::Due;
use crate::domain::ipay::cards::Decline;
use crate::domain::ipay::event::Kind;
use crate::domain::ipay::fields::{Fields, Query};
use crate::domain::ipay::payment::{self, CaptureMethod};
use crate::domain::ipay::refusal::Refusal;
use crate::domain::ipay::shelf::Entry;
use crate::domain::ipay::subscription::{Interval, Status, Subscription};
use crate::world::World;

/// `POST /subscriptions`: paid at the end of every interval.
pub(super) fn create(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let customer = fields.text("customer", LONGEST_ID)?;
    let customer = fields.need("customer", customer)?;
    let method = fields.text("payment_method", LONGEST_ID)?;
    let method = fields.need("payment_method", method)?;
    let amount = fields.amount("amount")?;
    let amount = fields.need("amount", amount)?;
    let currency = fields.currency("currency")?;
    let currency = fields.need("currency", currency)?;
    let interval = fields.one_of("interval", &Interval::ALL)?;
    let interval = fields.need("interval", interval)?;
    let metadata = fields.metadata("metadata")?.unwrap_or_default();
    fields.finish()?;
    world.customer_named(&customer, visit)?;
    let capture = CaptureMethod::Automatic;
    world.check_method(&method, Some(&customer), capture, visit)?;
    let begun = Moment::from_secs(visit.now.at.secs());
    let end = interval.after(begun, 1);
    let subscription = Subscription {
        id: world.fresh_id("sub_", "ipay subscription"),
        object: "subscription".to_owned(),
        created: begun.secs(),
        customer,
        payment_method: method,
        amount,
        currency,
        interval,
        status: Status::Active,
        current_period_start: begun.secs(),
        current_period_end: end.secs(),
        latest_payment: None,
        metadata,
    };
    let made = visit.made(subscription.clone(), 0);
    world.ipay.subscriptions.add(made);
    world.note_made(visit.seq, &subscription.id);
    let bill = Due::Bill(subscription.id.clone());
    world.ipay.agenda.add(end, bill);
    Ok(shown(&subscription))
}

/// `GET /subscriptions/{id}`.
pub(super) fn read(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Query::read(&visit.call.query)?.finish()?;
    Ok(shown(
        &world.ipay.subscriptions.find(visit.id, visit.now)?.it,
    ))
}

/// `GET /subscriptions`, all or those of a customer.
pub(super) fn list(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut query = Query::read(&visit.call.query)?;
    let paging = query.paging()?;
    let customer = query.text("customer");
    query.finish()?;
    if let Some(customer) = &customer {
        world
            .ipay
            .customers
            .named("customer", customer, visit.now)?;
    }
    let page = world.ipay.subscriptions.page(&paging, visit.now, |entry| {
        customer.as_ref().is_none_or(|it| *it == entry.it.customer)
    })?;
    Ok(shown(&page))
}

fn running(world: &World, visit: &Visit<'_>) -> Result<Subscription, Refusal> {
    let it = &world.ipay.subscriptions.find(visit.id, visit.now)?.it;
    if it.status == Status::Canceled {
        return Err(Refusal::state(
            "subscription_status",
            "the subscription is canceled",
        ));
    }
    Ok(it.clone())
}

/// `POST /subscriptions/{id}`: what is not sent stays.
pub(super) fn update(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let method = fields.text("payment_method", LONGEST_ID)?;
    let amount = fields.amount("amount")?;
    let metadata = fields.metadata("metadata")?;
    fields.finish()?;
    let mut it = running(world, visit)?;
    if let Some(method) = method {
        let capture = CaptureMethod::Automatic;
        world.check_method(&method, Some(&it.customer), capture, visit)?;
        it.payment_method = method;
    }
    it.amount = amount.unwrap_or(it.amount);
    it.metadata = metadata.unwrap_or(it.metadata);
    world.put_subscription(it.clone(), visit.now.at);
    Ok(shown(&it))
}

/// `DELETE /subscriptions/{id}`.
pub(super) fn delete(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Fields::read(&visit.call.body)?.finish()?;
    running(world, visit)?;
    world.end_subscription(visit.id, visit.now.at);
    Ok(shown(
        &world.ipay.subscriptions.find(visit.id, visit.now)?.it,
    ))
}

impl World {
    fn put_subscription(&mut self, it: Subscription, at: Moment) {
        self.tell_event(Kind::SubscriptionUpdated, &it.id, &it, at);
        if let Some(entry) = self.ipay.subscriptions.get_mut(&it.id) {
            entry.it = it;
        }
    }

    pub(super) fn end_subscription(&mut self, id: &str, at: Moment) {
        let found = self.ipay.subscriptions.get(id);
        if let Some(mut it) = found.map(|entry| entry.it.clone()) {
            it.status = Status::Canceled;
            self.put_subscription(it, at);
        }
    }

    /// A period is over: a payment for it, and the next one runs.
    pub(super) fn bill(&mut self, id: &str, at: Moment) {
        let Some(entry) = self.ipay.subscriptions.get_mut(id) else {
            return;
        };
        if entry.it.status == Status::Canceled {
            return;
        }
        entry.inner = entry.inner.saturating_add(1);
        let next = entry.it.enter_next(entry.inner);
        let mut it = entry.it.clone();
        self.ipay.agenda.add(next, Due::Bill(id.to_owned()));
        let wanted = Wanted {
            amount: it.amount,
            currency: it.currency.clone(),
            customer: Some(it.customer.clone()),
            payment_method: Some(it.payment_method.clone()),
            description: None,
            metadata: it.metadata.clone(),
            capture_method: CaptureMethod::Automatic,
            statement_descriptor: None,
        };
        let (made, life) = self.new_payment(wanted, at);
        let payment = made.id.clone();
        self.ipay.payments.add(Entry {
            it: made,
            inner: life,
            request: None,
            visible_from: Moment::from_millis(0),
        });
        let declined = self.confirm_payment(&payment, false, at).is_err();
        let status = self
            .ipay
            .payments
            .get(&payment)
            .map(|entry| entry.it.status);
        let asked = status == Some(payment::Status::RequiresAction);
        if asked {
            // Nobody is there to answer.
            self.fail_payment(&payment, Decline::AuthenticationRequired, at);
        }
        it.latest_payment = Some(payment);
        it.status = if declined || asked {
            Status::PastDue
        } else {
            Status::Active
        };
        self.put_subscription(it, at);
    }
}
