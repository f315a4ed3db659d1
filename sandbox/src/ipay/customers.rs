//! The account and its customers.

use serde_json::json;

use super::answer::shown;
use super::execute::Visit;
use crate::domain::ipay::account::BUSINESS_NAME;
use crate::domain::ipay::customer::Customer;
use crate::domain::ipay::event::Kind;
use crate::domain::ipay::fields::{Fields, Query};
use crate::domain::ipay::refusal::Refusal;
use crate::domain::ipay::shelf::{Entry, Object};
use crate::domain::ipay::subscription;
use crate::world::World;

const LONGEST: usize = 500;

/// `GET /account`.
pub(super) fn account(_: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Query::read(&visit.call.query)?.finish()?;
    let account =
        json!({"id": "acct_sandbox", "object": "account", "business_name": BUSINESS_NAME});
    Ok(account.to_string())
}

impl World {
    /// The customer a body names.
    pub(super) fn customer_named(
        &self,
        id: &str,
        visit: &Visit<'_>,
    ) -> Result<&Entry<Customer>, Refusal> {
        let entry = self.ipay.customers.named("customer", id, visit.now)?;
        if entry.inner {
            return Err(Refusal::unknown("customer", Customer::NAME));
        }
        Ok(entry)
    }

    fn customer_found(&self, visit: &Visit<'_>) -> Result<&Entry<Customer>, Refusal> {
        let entry = self.ipay.customers.find(visit.id, visit.now)?;
        if entry.inner {
            return Err(Refusal::not_found("no such customer"));
        }
        Ok(entry)
    }
}

fn email(fields: &mut Fields) -> Result<Option<String>, Refusal> {
    let email = fields.text("email", LONGEST)?;
    if email.as_ref().is_some_and(|email| !email.contains('@')) {
        return Err(Refusal::value("email", "must be an address"));
    }
    Ok(email)
}

/// `POST /customers`.
pub(super) fn create(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let (email, name) = (email(&mut fields)?, fields.text("name", LONGEST)?);
    let phone = fields.text("phone", LONGEST)?;
    let metadata = fields.metadata("metadata")?.unwrap_or_default();
    fields.finish()?;
    let customer = Customer {
        id: world.fresh_id("cus_", "ipay customer"),
        object: "customer".to_owned(),
        created: visit.now.at.secs(),
        email,
        name,
        phone,
        metadata,
    };
    world
        .ipay
        .customers
        .add(visit.made(customer.clone(), false));
    world.note_made(visit.seq, &customer.id);
    let kind = Kind::CustomerCreated;
    world.tell_event(kind, &customer.id, &customer, visit.now.at);
    Ok(shown(&customer))
}

/// `GET /customers/{id}`.
pub(super) fn read(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Query::read(&visit.call.query)?.finish()?;
    Ok(shown(&world.customer_found(visit)?.it))
}

/// `GET /customers`.
pub(super) fn list(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut query = Query::read(&visit.call.query)?;
    let paging = query.paging()?;
    query.finish()?;
    let page = world
        .ipay
        .customers
        .page(&paging, visit.now, |it| !it.inner)?;
    Ok(shown(&page))
}

/// `POST /customers/{id}`: what is not sent stays, what is `null` goes.
pub(super) fn update(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let mut customer = world.customer_found(visit)?.it.clone();
    let gone = |fields: &Fields, name| fields.is_cleared(name);
    let (no_email, no_name) = (gone(&fields, "email"), gone(&fields, "name"));
    let no_phone = gone(&fields, "phone");
    let kept = |gone: bool, new: Option<String>, old: Option<String>| {
        if gone { None } else { new.or(old) }
    };
    customer.email = kept(no_email, email(&mut fields)?, customer.email);
    customer.name = kept(no_name, fields.text("name", LONGEST)?, customer.name);
    customer.phone = kept(no_phone, fields.text("phone", LONGEST)?, customer.phone);
    if let Some(metadata) = fields.metadata("metadata")? {
        customer.metadata = metadata;
    }
    fields.finish()?;
    if let Some(entry) = world.ipay.customers.get_mut(visit.id) {
        entry.it = customer.clone();
    }
    Ok(shown(&customer))
}

/// `DELETE /customers/{id}`: methods go with it, and subscriptions end.
pub(super) fn delete(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Fields::read(&visit.call.body)?.finish()?;
    world.customer_found(visit)?;
    if let Some(entry) = world.ipay.customers.get_mut(visit.id) {
        entry.inner = true;
    }
    let own: Vec<String> = world
        .ipay
        .payment_methods
        .iter()
        .filter(|entry| entry.it.customer.as_deref() == Some(visit.id))
        .map(|entry| entry.it.id.clone())
        .collect();
    for id in own {
        if let Some(entry) = world.ipay.payment_methods.get_mut(&id) {
            entry.it.customer = None;
        }
    }
    let running: Vec<String> = world
        .ipay
        .subscriptions
        .iter()
        .filter(|entry| entry.it.customer == visit.id)
        .filter(|entry| entry.it.status != subscription::Status::Canceled)
        .map(|entry| entry.it.id.clone())
        .collect();
    for id in running {
        world.end_subscription(&id, visit.now.at);
    }
    Ok(json!({"id": visit.id, "object": "customer", "deleted": true}).to_string())
}

/// `GET /customers/{id}/payment_methods`.
pub(super) fn methods(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut query = Query::read(&visit.call.query)?;
    let paging = query.paging()?;
    query.finish()?;
    world.customer_found(visit)?;
    let own = |entry: &Entry<_>| is_of(entry, visit.id);
    let page = world.ipay.payment_methods.page(&paging, visit.now, own)?;
    Ok(shown(&page))
}

fn is_of(entry: &Entry<crate::domain::ipay::method::PaymentMethod>, customer: &str) -> bool {
    entry.it.customer.as_deref() == Some(customer)
}
