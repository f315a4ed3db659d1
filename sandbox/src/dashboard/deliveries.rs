//! Webhooks and notifications on the dashboard.

use serde_json::Value;

use super::json::indented;
use super::look::{Look, View};
use super::parts::{Block, Button, Detail, Line, Listing, Step, Tone, facts, link};
use super::query::{Findable, Query};
use crate::domain::delivery::{Delivery, Kind, State, Try};
use crate::domain::ipay::mask;
use crate::page::words::fill;
use crate::world::World;

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Webhook => "webhook",
        Kind::Event => "event",
        Kind::Notification => "notification",
        Kind::Redelivery => "redelivery",
    }
}

fn state(delivery: &Delivery) -> (&'static str, Tone) {
    match delivery.state {
        State::Pending if delivery.tries.is_empty() => ("pending", Tone::Calm),
        State::Pending => ("pending", Tone::Warn),
        State::Delivered => ("delivered", Tone::Good),
        State::Failed => ("failed", Tone::Bad),
        State::Ended => ("ended", Tone::Calm),
    }
}

/// The status or the event that the delivery tells of, if it tells any.
fn told(delivery: &Delivery) -> Option<String> {
    let body: Value = serde_json::from_str(&delivery.letter.body).ok()?;
    let told = body.get("type").or_else(|| body.get("status"));
    told?.as_str().map(str::to_owned)
}

/// The shop's own number of the order it is about.
fn order<'w>(world: &'w World, delivery: &Delivery) -> Option<&'w str> {
    let invoice = world.invoices.get(&delivery.about);
    let payment = world.ipay.payments.get(&delivery.about);
    let named = payment.and_then(|it| it.it.metadata.get("orderId"));
    let order = invoice.and_then(|it| it.terms.order_number.as_ref());
    order.or(named).map(String::as_str)
}

/// The body as people may see it: an event of iPay's has the payment's secret in it.
fn body(delivery: &Delivery) -> String {
    let letter = &delivery.letter;
    if letter.headers.is_empty() {
        return indented(&letter.body);
    }
    let headers = letter.headers.iter();
    let headers = headers.map(|(name, value)| format!("{name}: {value}\n"));
    format!(
        "{}\n{}",
        headers.collect::<String>(),
        indented(&mask::body(&letter.body))
    )
}

fn result(it: &Try) -> String {
    match (it.status, &it.error) {
        (Some(status), _) => format!("HTTP {status}"),
        (None, Some(error)) => error.clone(),
        (None, None) => "?".to_owned(),
    }
}

/// What the shop calls it: the order, else where it goes.
fn subject<'a>(world: &'a World, delivery: &'a Delivery) -> &'a str {
    order(world, delivery).unwrap_or(&delivery.letter.url)
}

fn title(delivery: &Delivery) -> String {
    let kind = kind(delivery.kind);
    told(delivery).map_or_else(|| kind.to_owned(), |status| format!("{kind} · {status}"))
}

/// The list.
#[must_use]
pub fn list(world: &World, look: &Look) -> Listing {
    let query = Query::read(&look.query);
    let found = world.outbox.all().iter().rev().filter(|delivery| {
        let it = Findable::default()
            .with("event", Some(kind(delivery.kind)))
            .with("event", told(delivery))
            .with("status", Some(state(delivery).0))
            .with("id", Some(delivery.id.to_string()))
            .with("id", Some(&delivery.about))
            .with("order", order(world, delivery))
            .with("text", Some(&delivery.about))
            .with("text", Some(&delivery.letter.url));
        query.finds(&it)
    });
    Listing::collect(found.map(|delivery| {
        let (state, tone) = state(delivery);
        let last = delivery.tries.last();
        let count = delivery.tries.len().to_string();
        let outcome = last.map_or_else(
            || look.words.no_try.to_owned(),
            |it| {
                format!(
                    "{}, {}",
                    fill(look.words.count_tries, &[("n", &count)]),
                    result(it)
                )
            },
        );
        let at = last.map(|it| it.at).or(delivery.next_try);
        Line {
            id: delivery.id.to_string(),
            address: look.with(&delivery.id.to_string()),
            tone,
            state: state.to_owned(),
            title: title(delivery),
            note: format!("{outcome} · {}", subject(world, delivery)),
            time: at.map_or_else(String::new, |at| look.time(at, false)),
        }
    }))
}

/// One in full.
#[must_use]
pub fn detail(world: &World, look: &Look) -> Option<Detail> {
    let delivery = world.outbox.get(look.id.parse().ok()?)?;
    let words = look.words;
    let (state, tone) = state(delivery);
    let mut known = facts([
        (words.kind, Some(kind(delivery.kind).to_owned())),
        (
            words.to,
            Some(format!(
                "{} {}",
                delivery.letter.method, delivery.letter.url
            )),
        ),
        (
            words.next_try,
            delivery.next_try.map(|at| look.time(at, true)),
        ),
    ]);
    known.push(look.thing(&delivery.about));
    known.extend(delivery.redelivery_of.map(|first| {
        let address = look.at(View::Deliveries, &first.to_string());
        link(words.repeat_of, format!("#{first}"), address)
    }));
    let steps = delivery.tries.iter().map(|it| Step {
        time: look.time(it.at, false),
        tone: if delivery.letter.is_accepted(it.status) {
            Tone::Good
        } else {
            Tone::Bad
        },
        text: result(it),
    });
    Some(Detail {
        id: look.id.clone(),
        title: format!("#{} {}", delivery.id, title(delivery)),
        tone,
        state: state.to_owned(),
        facts: known,
        buttons: vec![Button {
            act: "redeliver",
            label: words.redeliver,
        }],
        steps_title: words.tries,
        steps: steps.collect(),
        blocks: vec![Block {
            title: words.body,
            id: "body",
            text: body(delivery),
        }],
        remark: if delivery.tries.is_empty() {
            words.no_try
        } else {
            ""
        },
    })
}
