//! What the dashboard's buttons do.

use super::look::View;
use super::words::Words;
use crate::domain::{clock::Now, delivery::Kind, ipay::refusal::Refusal, zaif::invoice::Status};
use crate::page::press::press;
use crate::world::World;

/// The next createInvoice is executed and its answer lost.
const LOST_ANSWER: &[u8] =
    br#"{"match":{"method":"createInvoice"},"fault":"reset_after_execute","times":1}"#;

/// The next payment of iPay's is made and the answer lost.
const LOST_CHARGE: &[u8] =
    br#"{"match":{"route":"POST /payments"},"fault":"reset_after_execute","times":1}"#;

/// What there is to say about an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It was done.
    Done,
    /// There is no invoice to do it with.
    NoOpenInvoice,
    /// There is no webhook to do it with.
    NoWebhook,
    /// The rule is none.
    BadRule,
    /// Anything else that stood in the way.
    NotPossible,
}

impl Said {
    const ALL: [Self; 5] = [
        Self::Done,
        Self::NoOpenInvoice,
        Self::NoWebhook,
        Self::BadRule,
        Self::NotPossible,
    ];

    /// What the address calls it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NoOpenInvoice => "no_open_invoice",
            Self::NoWebhook => "no_webhook",
            Self::BadRule => "bad_rule",
            Self::NotPossible => "not_possible",
        }
    }

    /// What an address says, if anything.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.code() == code)
    }

    /// In words.
    #[must_use]
    pub const fn text(self, words: &Words) -> &'static str {
        match self {
            Self::Done => words.done,
            Self::NoOpenInvoice => words.no_open_invoice,
            Self::NoWebhook => words.no_webhook,
            Self::BadRule => words.bad_rule,
            Self::NotPossible => words.not_possible,
        }
    }
}

/// Where an act leads: a view and what is open there; nowhere else when `None`.
type Leads = Option<(View, String)>;

/// Does what the button `act` says to what is open, or with the rule that was typed.
///
/// # Errors
/// What stood in the way; nothing has changed then.
pub fn perform(
    world: &mut World,
    act: &str,
    id: &str,
    rule: &str,
    now: Now,
) -> Result<Leads, Said> {
    match act {
        "freeze" => world.clock.freeze(now.real),
        "run" => world.clock.thaw(now.real),
        "minute" => world.advance(60, now.real),
        "ten_minutes" => world.advance(600, now.real),
        "hour" => world.advance(3_600, now.real),
        "hold" => world.outbox.hold(true),
        "release" => world.outbox.hold(false),
        "reset" => world.reset(None).map_err(|_| Said::NotPossible)?,
        "clear_faults" => world.faults.clear(),
        "add_rule" => add_rule(world, rule.as_bytes())?,
        "lost_answer" => add_rule(world, LOST_ANSWER)?,
        "lost_charge" => add_rule(world, LOST_CHARGE)?,
        "late_payment" => return late_payment(world, now).map(Some),
        "partial_payment" => {
            let id = newest_unpaid(world)?;
            press(world, &id, Some("pay_half"), now).map_err(|_| Said::NotPossible)?;
            return Ok(Some((View::Invoices, id)));
        }
        "duplicate_webhook" => {
            let mut sent = world.outbox.all().iter().rev();
            let last = sent
                .find(|it| matches!(it.kind, Kind::Webhook | Kind::Event) && !it.tries.is_empty());
            let last = last.map(|it| it.id.to_string()).ok_or(Said::NoWebhook)?;
            return redeliver(world, &last, now).map(Some);
        }
        "redeliver" => return redeliver(world, id, now).map(Some),
        "authenticate" | "refuse" | "payment_arrives" | "payment_fails" | "refund_arrives"
        | "refund_fails" | "dispute" => {
            of_customer_or_bank(world, act, id, now).map_err(|_| Said::NotPossible)?;
        }
        button => press(world, id, Some(button), now).map_err(|_| Said::NotPossible)?,
    }
    world.touch();
    Ok(None)
}

fn add_rule(world: &mut World, rule: &[u8]) -> Result<(), Said> {
    world.add_faults(rule).map_err(|_| Said::BadRule)
}

/// What with iPay only the customer or a bank can do.
fn of_customer_or_bank(world: &mut World, act: &str, id: &str, now: Now) -> Result<(), Refusal> {
    match act {
        "authenticate" => world.authenticate(id, true, now.at),
        "refuse" => world.authenticate(id, false, now.at),
        "payment_arrives" => world.settle_payment(id, true, now.at),
        "payment_fails" => world.settle_payment(id, false, now.at),
        "refund_arrives" => world.settle_refund(id, true, now.at),
        "refund_fails" => world.settle_refund(id, false, now.at),
        _ => world.dispute(id, now.at),
    }
}

fn newest_unpaid(world: &World) -> Result<String, Said> {
    let mut invoices = world.invoices.newest_first();
    let found = invoices.find(|invoice| invoice.status == Status::New);
    found
        .map(|invoice| invoice.id.clone())
        .ok_or(Said::NoOpenInvoice)
}

fn late_payment(world: &mut World, now: Now) -> Result<(View, String), Said> {
    let id = newest_unpaid(world)?;
    let expires = world.invoices.get(&id).map(|invoice| invoice.expires);
    let expires = expires.ok_or(Said::NoOpenInvoice)?;
    let left = now.at.millis_until(expires).div_ceil(1_000);
    world.advance(left, now.real);
    let at = world.clock.at(now.real);
    world.pay(&id, None, at).map_err(|_| Said::NotPossible)?;
    Ok((View::Invoices, id))
}

fn redeliver(world: &mut World, id: &str, now: Now) -> Result<(View, String), Said> {
    let id = id.parse().map_err(|_| Said::NotPossible)?;
    let made = world.outbox.redeliver(id, now.at).map(|made| made.id);
    let made = made.ok_or(Said::NotPossible)?;
    world.touch();
    Ok((View::Deliveries, made.to_string()))
}
