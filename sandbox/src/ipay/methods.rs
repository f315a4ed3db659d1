//! Payment methods.

use super::answer::shown;
use super::execute::Visit;
use super::payments::LONGEST_ID;
use crate::domain::ipay::cards::Outcome;
use crate::domain::ipay::fields::Fields;
use crate::domain::ipay::method::{Card, Kind, PaymentMethod};
use crate::domain::ipay::refusal::Refusal;
use crate::world::World;

/// `POST /payment_methods`.
pub(super) fn create(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let kind = fields.one_of("type", &Kind::ALL)?;
    let kind = fields.need("type", kind)?;
    let token = fields.text("token", LONGEST_ID)?;
    let customer = fields.text("customer", LONGEST_ID)?;
    fields.finish()?;
    if let Some(customer) = &customer {
        world.customer_named(customer, visit)?;
    }
    let (card, outcome) = match (kind, token) {
        (Kind::Card | Kind::DigitalWallet, Some(token)) => world.spend_token(&token, visit)?,
        (Kind::Card, None) => {
            let reason = "token is missing: a card is handed over to POST /tokens first";
            return Err(Refusal::invalid("token", "parameter_missing", reason));
        }
        (_, Some(_)) => return Err(Refusal::value("token", "means nothing to this type")),
        (Kind::BankTransfer, None) => (None, Outcome::Transfers),
        (Kind::DigitalWallet | Kind::BuyNowPayLater, None) => (None, Outcome::Pays),
    };
    let method = PaymentMethod {
        id: world.fresh_id("pm_", "ipay payment method"),
        object: "payment_method".to_owned(),
        created: visit.now.at.secs(),
        kind,
        customer,
        card,
    };
    let made = visit.made(method.clone(), outcome);
    world.ipay.payment_methods.add(made);
    world.note_made(visit.seq, &method.id);
    Ok(shown(&method))
}

impl World {
    /// Uses a token up; answers what may be known of its card.
    fn spend_token(
        &mut self,
        id: &str,
        visit: &Visit<'_>,
    ) -> Result<(Option<Card>, Outcome), Refusal> {
        let entry = self.ipay.tokens.named("token", id, visit.now)?;
        if entry.it.used {
            let reason = "token: it was used before, and is good for one payment method";
            return Err(Refusal::invalid("token", "token_used", reason));
        }
        let spent = (Some(entry.it.card.clone()), entry.inner);
        if let Some(entry) = self.ipay.tokens.get_mut(id) {
            entry.it.used = true;
        }
        Ok(spent)
    }

    fn give_method(
        &mut self,
        customer: Option<String>,
        visit: &Visit<'_>,
    ) -> Result<String, Refusal> {
        let entry = self.ipay.payment_methods.get_mut(visit.id);
        let entry = entry.ok_or_else(|| Refusal::not_found("no such payment method"))?;
        entry.it.customer = customer;
        Ok(shown(&entry.it))
    }
}

/// `POST /payment_methods/{id}/attach`.
pub(super) fn attach(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let customer = fields.text("customer", LONGEST_ID)?;
    let customer = fields.need("customer", customer)?;
    fields.finish()?;
    let method = &world.ipay.payment_methods.find(visit.id, visit.now)?.it;
    world.customer_named(&customer, visit)?;
    if method.customer.as_ref().is_some_and(|it| *it != customer) {
        let reason = "the payment method is another customer's: detach it first";
        return Err(Refusal::state("payment_method_attached", reason));
    }
    world.give_method(Some(customer), visit)
}

/// `POST /payment_methods/{id}/detach`.
pub(super) fn detach(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    Fields::read(&visit.call.body)?.finish()?;
    let method = &world.ipay.payment_methods.find(visit.id, visit.now)?.it;
    if method.customer.is_none() {
        let reason = "the payment method is nobody's";
        return Err(Refusal::state("payment_method_detached", reason));
    }
    world.give_method(None, visit)
}
