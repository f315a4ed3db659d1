//! Payments and refunds of iPay on the dashboard.

use serde::Serialize;

use super::json::indented;
use super::look::{Look, View};
use super::parts::{Block, Button, Detail, Fact, Line, Listing, Step, Tone, facts, link};
use super::query::{Findable, Query};
use crate::domain::ipay::fields::Metadata;
use crate::domain::ipay::mask;
use crate::domain::ipay::method::Kind;
use crate::domain::ipay::payment::{Payment, Status};
use crate::domain::ipay::refund::{self, Refund};
use crate::domain::ipay::shelf::Entry;
use crate::page::amount::shown;
use crate::page::words::fill;
use crate::world::World;

const fn tone(status: Status) -> Tone {
    match status {
        Status::RequiresPaymentMethod | Status::RequiresConfirmation | Status::Canceled => {
            Tone::Calm
        }
        Status::RequiresAction | Status::Processing | Status::RequiresCapture => Tone::Warn,
        Status::Succeeded => Tone::Good,
        Status::Failed => Tone::Bad,
    }
}

const fn refund_tone(status: refund::Status) -> Tone {
    match status {
        refund::Status::Pending => Tone::Warn,
        refund::Status::Succeeded => Tone::Good,
        refund::Status::Failed => Tone::Bad,
    }
}

/// What the API calls one of its words.
pub(super) fn code(word: impl Serialize) -> String {
    let word = serde_json::to_value(word).ok();
    word.and_then(|it| it.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// What a shop wrote, without card numbers.
pub(super) fn seen(text: impl AsRef<str>) -> String {
    mask::card_numbers(text.as_ref())
}

/// The shop's own number of the order, where the guide puts it.
fn order(payment: &Payment) -> Option<String> {
    payment.metadata.get("orderId").map(seen)
}

/// What is paid with: a card's network and last digits, or its kind.
pub(super) fn method(world: &World, id: &str) -> Option<String> {
    let it = &world.ipay.payment_methods.get(id)?.it;
    Some(match (&it.card, it.kind) {
        (Some(card), Kind::Card) => format!("{} •••• {}", card.brand, card.last4),
        (Some(card), kind) => format!("{} ({} •••• {})", code(kind), card.brand, card.last4),
        (None, kind) => code(kind),
    })
}

/// Free texts as a block, if there are any.
pub(super) fn metadata(look: &Look, all: &Metadata) -> Vec<Block> {
    if all.is_empty() {
        return Vec::new();
    }
    let text = serde_json::to_string(all).unwrap_or_default();
    vec![Block {
        title: look.words.metadata,
        id: "metadata",
        text: indented(&seen(text)),
    }]
}

/// Where else something is about `id`.
pub(super) fn elsewhere(look: &Look, id: &str) -> impl Iterator<Item = Fact> {
    let words = look.words;
    [View::Requests, View::Deliveries]
        .map(|view| {
            let about = look.searching(view, id.to_owned());
            link(view.name(words), words.about_object.to_owned(), about)
        })
        .into_iter()
}

/// Which request made it, if one did.
pub(super) fn made_by(look: &Look, request: Option<u64>) -> Option<Fact> {
    let request = request?.to_string();
    let address = look.at(View::Requests, &request);
    Some(link(look.words.made_by, format!("#{request}"), address))
}

/// The list.
#[must_use]
pub fn list(world: &World, look: &Look) -> Listing {
    let query = Query::read(&look.query);
    let found = world.ipay.payments.iter().rev().filter(|entry| {
        let it = &entry.it;
        let findable = Findable::default()
            .with("order", order(it))
            .with("status", Some(it.status.code()))
            .with("status", entry.inner.disputed.then_some("disputed"))
            .with("id", Some(&it.id))
            .with("id", it.customer.as_ref())
            .with("id", it.payment_method.as_ref())
            .with("text", Some(shown(it.amount, &it.currency)))
            .with("text", it.description.as_ref().map(seen))
            .with("text", it.failure_code.as_ref());
        query.finds(&findable)
    });
    Listing::collect(found.map(|entry| line(look, entry)))
}

fn line(look: &Look, entry: &Entry<Payment>) -> Line {
    let it = &entry.it;
    let disputed = entry.inner.disputed.then(|| look.words.disputed.to_owned());
    let notes = [
        disputed,
        it.failure_code.clone(),
        order(it),
        Some(it.id.clone()),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    Line {
        id: it.id.clone(),
        address: look.with(&it.id),
        tone: tone(it.status),
        state: it.status.code().to_owned(),
        title: shown(it.amount, &it.currency),
        note: notes.join(" · "),
        time: look.time(it.created, false),
    }
}

/// A payment or a refund in full.
#[must_use]
pub fn detail(world: &World, look: &Look) -> Option<Detail> {
    let payment = world.ipay.payments.get(&look.id);
    payment
        .map(|entry| of_payment(world, look, entry))
        .or_else(|| {
            let entry = world.ipay.refunds.get(&look.id)?;
            Some(of_refund(look, entry))
        })
}

fn of_payment(world: &World, look: &Look, entry: &Entry<Payment>) -> Detail {
    let (it, words) = (&entry.it, look.words);
    let money = |amount: u64| (amount > 0).then(|| shown(amount, &it.currency));
    let with = it.payment_method.as_ref();
    let with = with.map(|id| method(world, id).unwrap_or_else(|| id.clone()));
    let failure = it.failure_code.as_ref();
    let mut known = facts([
        (words.amount, Some(shown(it.amount, &it.currency))),
        (words.captured, money(it.amount_captured)),
        (words.refunded, money(it.amount_refunded)),
        (words.method, with),
        (words.capture, Some(code(it.capture_method))),
        (words.failure, failure.cloned()),
        (words.order, order(it)),
        (words.description, it.description.as_ref().map(seen)),
        (words.payment, Some(it.id.clone())),
        (words.created, Some(look.time(it.created, true))),
    ]);
    known.extend(it.customer.as_ref().map(|id| {
        let address = look.at(View::Customers, id);
        link(words.customer, id.clone(), address)
    }));
    let refunds = world.ipay.refunds.iter();
    let refunds = refunds.filter(|entry| entry.it.payment == it.id);
    known.extend(refunds.map(|entry| {
        let refund = &entry.it;
        let amount = shown(refund.amount, &refund.currency);
        let text = format!("{amount} · {}", code(refund.status));
        link(words.refund, text, look.at(View::Payments, &refund.id))
    }));
    known.extend(made_by(look, entry.request));
    known.extend(elsewhere(look, &it.id));
    Detail {
        id: it.id.clone(),
        title: shown(it.amount, &it.currency),
        tone: tone(it.status),
        state: it.status.code().to_owned(),
        facts: known,
        buttons: buttons(look, entry),
        steps_title: words.history,
        steps: history(world, look, entry),
        blocks: metadata(look, &it.metadata),
        remark: if entry.inner.disputed {
            words.disputed
        } else {
            ""
        },
    }
}

/// What a customer or a bank can do with the payment now.
fn buttons(look: &Look, entry: &Entry<Payment>) -> Vec<Button> {
    let words = look.words;
    let button = |act, label| Button { act, label };
    match entry.it.status {
        Status::RequiresAction => vec![
            button("authenticate", words.authenticate),
            button("refuse", words.refuse),
        ],
        Status::Processing => vec![
            button("payment_arrives", words.arrives),
            button("payment_fails", words.fails),
        ],
        Status::Succeeded if !entry.inner.disputed => vec![button("dispute", words.dispute)],
        _ => Vec::new(),
    }
}

/// Statuses and money, in the order of time.
fn history(world: &World, look: &Look, entry: &Entry<Payment>) -> Vec<Step> {
    let statuses = entry.inner.history.iter().map(|(at, status)| {
        let step = (tone(*status), status.code().to_owned());
        (at.secs(), 0, step)
    });
    let lines = world.ipay.transactions.iter();
    let money = lines.filter(|it| it.it.payment == entry.it.id).map(|line| {
        let line = &line.it;
        let amount = shown(line.amount.unsigned_abs(), &line.currency);
        let sign = if line.amount < 0 { "−" } else { "+" };
        let text = fill(
            look.words.booked,
            &[
                ("kind", &code(line.kind)),
                ("amount", &format!("{sign}{amount}")),
            ],
        );
        // To the second money comes with the status it belongs to.
        (line.created, 1, (Tone::Calm, text))
    });
    let mut all: Vec<_> = statuses.chain(money).collect();
    all.sort_by_key(|(secs, rank, _)| (*secs, *rank));
    let steps = all.into_iter().map(|(secs, _, (tone, text))| Step {
        time: look.time(secs, false),
        tone,
        text,
    });
    steps.collect()
}

fn of_refund(look: &Look, entry: &Entry<Refund>) -> Detail {
    let (it, words) = (&entry.it, look.words);
    let amount = shown(it.amount, &it.currency);
    let mut known = facts([
        (words.amount, Some(amount.clone())),
        (words.reason, Some(seen(&it.reason))),
        (words.refund, Some(it.id.clone())),
        (words.created, Some(look.time(it.created, true))),
    ]);
    let payment = look.at(View::Payments, &it.payment);
    known.push(link(words.payment, it.payment.clone(), payment));
    known.extend(made_by(look, entry.request));
    known.extend(elsewhere(look, &it.id));
    let button = |act, label| Button { act, label };
    Detail {
        id: it.id.clone(),
        title: format!("{} {amount}", words.refund),
        tone: refund_tone(it.status),
        state: code(it.status),
        facts: known,
        buttons: match it.status {
            refund::Status::Pending => vec![
                button("refund_arrives", words.arrives),
                button("refund_fails", words.fails),
            ],
            refund::Status::Succeeded | refund::Status::Failed => Vec::new(),
        },
        steps_title: "",
        steps: Vec::new(),
        blocks: Vec::new(),
        remark: "",
    }
}
