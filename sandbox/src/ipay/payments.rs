//! Payments.

use super::answer::shown;
use super::execute::Visit;
use super::flow::wrong_status;
use crate::domain::clock::Moment;
use crate::domain::ipay::cards::Outcome;
use crate::domain::ipay::fields::{Fields, Metadata, Query};
use crate::domain::ipay::payment::{CaptureMethod, Life, Payment, Status};
use crate::domain::ipay::refusal::Refusal;
use crate::domain::ipay::transaction;
use crate::world::World;

const CAPTURE_METHODS: [(&str, CaptureMethod); 2] = [
    ("automatic", CaptureMethod::Automatic),
    ("manual", CaptureMethod::Manual),
];
const LONGEST_DESCRIPTION: usize = 1_000;
const LONGEST_DESCRIPTOR: usize = 22;
pub(super) const LONGEST_ID: usize = 64;

/// What a payment is made of.
pub(super) struct Wanted {
    pub(super) amount: u64,
    pub(super) currency: String,
    pub(super) customer: Option<String>,
    pub(super) payment_method: Option<String>,
    pub(super) description: Option<String>,
    pub(super) metadata: Metadata,
    pub(super) capture_method: CaptureMethod,
    pub(super) statement_descriptor: Option<String>,
}

impl World {
    /// A payment that nobody confirmed yet.
    pub(super) fn new_payment(&mut self, wanted: Wanted, at: Moment) -> (Payment, Life) {
        let id = self.fresh_id("pay_", "ipay payment");
        let secret = self.fresh_id("secret_", "ipay client secret of a payment");
        let status = match wanted.payment_method {
            Some(_) => Status::RequiresConfirmation,
            None => Status::RequiresPaymentMethod,
        };
        let payment = Payment {
            client_secret: format!("{id}_{secret}"),
            id,
            object: "payment".to_owned(),
            created: at.secs(),
            amount: wanted.amount,
            amount_captured: 0,
            amount_refunded: 0,
            currency: wanted.currency,
            status,
            customer: wanted.customer,
            payment_method: wanted.payment_method,
            description: wanted.description,
            metadata: wanted.metadata,
            capture_method: wanted.capture_method,
            statement_descriptor: wanted.statement_descriptor,
            next_action: None,
            failure_code: None,
            failure_message: None,
        };
        let life = Life {
            history: vec![(at, status)],
            disputed: false,
        };
        (payment, life)
    }

    /// Whether a payment may be paid with this method, by this customer.
    pub(super) fn check_method(
        &self,
        method: &str,
        customer: Option<&str>,
        capture: CaptureMethod,
        visit: &Visit<'_>,
    ) -> Result<(), Refusal> {
        let methods = &self.ipay.payment_methods;
        let entry = methods.named("payment_method", method, visit.now)?;
        let other = |owner: &String| customer.is_some_and(|customer| customer != owner);
        if entry.it.customer.as_ref().is_some_and(other) {
            let must = "must not be another customer's";
            return Err(Refusal::value("payment_method", must));
        }
        if entry.inner == Outcome::Transfers && capture == CaptureMethod::Manual {
            let must = "must be automatic: a bank transfer cannot be reserved";
            return Err(Refusal::value("capture_method", must));
        }
        Ok(())
    }
}

/// `POST /payments`.
pub(super) fn create(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let amount = fields.amount("amount")?;
    let currency = fields.currency("currency")?;
    let confirm = fields.flag("confirm")?;
    let asked = fields.flag("confirmation_token")?;
    let wanted = Wanted {
        amount: fields.need("amount", amount)?,
        currency: fields.need("currency", currency)?,
        customer: fields.text("customer", LONGEST_ID)?,
        payment_method: fields.text("payment_method", LONGEST_ID)?,
        description: fields.text("description", LONGEST_DESCRIPTION)?,
        metadata: fields.metadata("metadata")?.unwrap_or_default(),
        capture_method: fields
            .one_of("capture_method", &CAPTURE_METHODS)?
            .unwrap_or(CaptureMethod::Automatic),
        statement_descriptor: fields.text("statement_descriptor", LONGEST_DESCRIPTOR)?,
    };
    fields.finish()?;
    if let Some(customer) = &wanted.customer {
        world.customer_named(customer, visit)?;
    }
    match &wanted.payment_method {
        Some(method) => {
            let customer = wanted.customer.as_deref();
            world.check_method(method, customer, wanted.capture_method, visit)?;
        }
        None if confirm => {
            let reason = "payment_method is missing: there is nothing to confirm with";
            return Err(Refusal::invalid(
                "payment_method",
                "parameter_missing",
                reason,
            ));
        }
        None => {}
    }
    let (payment, life) = world.new_payment(wanted, visit.now.at);
    let id = payment.id.clone();
    world.ipay.payments.add(visit.made(payment, life));
    world.note_made(visit.seq, &id);
    if confirm {
        world.confirm_payment(&id, asked, visit.now.at)?;
    }
    show(world, &id)
}

/// As it is now, whether lookups find it yet or not.
fn show(world: &World, id: &str) -> Result<String, Refusal> {
    let entry = world.ipay.payments.get(id);
    let entry = entry.ok_or_else(|| Refusal::not_found("no such payment"))?;
    Ok(shown(&entry.it))
}

/// `GET /payments/{id}`.
pub(super) fn read(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Query::read(&visit.call.query)?.finish()?;
    Ok(shown(&world.ipay.payments.find(visit.id, visit.now)?.it))
}

/// `GET /payments`.
pub(super) fn list(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut query = Query::read(&visit.call.query)?;
    let paging = query.paging()?;
    query.finish()?;
    let page = world.ipay.payments.page(&paging, visit.now, |_| true)?;
    Ok(shown(&page))
}

/// `POST /payments/{id}/confirm`.
pub(super) fn confirm(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let method = fields.text("payment_method", LONGEST_ID)?;
    let asked = fields.flag("confirmation_token")?;
    fields.finish()?;
    let payment = world.ipay.payments.find(visit.id, visit.now)?.it.clone();
    if !matches!(
        payment.status,
        Status::RequiresPaymentMethod | Status::RequiresConfirmation
    ) {
        return Err(wrong_status(payment.status, "be confirmed"));
    }
    if let Some(method) = method {
        let customer = payment.customer.as_deref();
        world.check_method(&method, customer, payment.capture_method, visit)?;
        if let Some(entry) = world.ipay.payments.get_mut(visit.id) {
            entry.it.payment_method = Some(method);
        }
    }
    world.confirm_payment(visit.id, asked, visit.now.at)?;
    show(world, visit.id)
}

/// `POST /payments/{id}/capture`.
pub(super) fn capture(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let amount = fields.amount("amount")?;
    fields.finish()?;
    let payment = &world.ipay.payments.find(visit.id, visit.now)?.it;
    if payment.status != Status::RequiresCapture {
        return Err(wrong_status(payment.status, "be captured"));
    }
    let amount = amount.unwrap_or(payment.amount);
    if amount > payment.amount {
        let reason = format!("amount: only {} can be captured", payment.amount);
        return Err(Refusal::invalid("amount", "amount_too_large", reason));
    }
    let kind = transaction::Kind::Capture;
    world.pay_payment(visit.id, amount, kind, visit.now.at);
    show(world, visit.id)
}

/// `POST /payments/{id}/cancel`.
pub(super) fn cancel(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Fields::read(&visit.call.body)?.finish()?;
    let payment = &world.ipay.payments.find(visit.id, visit.now)?.it;
    if !payment.status.is_cancelable() {
        return Err(wrong_status(payment.status, "be canceled"));
    }
    world.cancel_payment(visit.id, visit.now.at);
    show(world, visit.id)
}
