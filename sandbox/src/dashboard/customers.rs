//! Customers of iPay on the dashboard, with their methods and subscriptions.

use super::look::{Look, View};
use super::parts::{Detail, Fact, Line, Listing, Tone, facts, link};
use super::payments::{code, elsewhere, made_by, metadata, method, seen};
use super::query::{Findable, Query};
use crate::domain::ipay::customer::Customer;
use crate::domain::ipay::shelf::Entry;
use crate::page::amount::shown;
use crate::world::World;

/// What there is in a word, and how that stands.
const fn state(entry: &Entry<Customer>) -> (&'static str, Tone) {
    if entry.inner {
        ("deleted", Tone::Calm)
    } else {
        ("active", Tone::Good)
    }
}

/// What people call a customer: the name, else the address, else the id.
fn title(customer: &Customer) -> String {
    let name = customer.name.as_ref().or(customer.email.as_ref());
    seen(name.unwrap_or(&customer.id))
}

/// The list.
#[must_use]
pub fn list(world: &World, look: &Look) -> Listing {
    let query = Query::read(&look.query);
    let found = world.ipay.customers.iter().rev().filter(|entry| {
        let it = &entry.it;
        let findable = Findable::default()
            .with("status", Some(state(entry).0))
            .with("id", Some(&it.id))
            .with("text", it.email.as_ref().map(seen))
            .with("text", it.name.as_ref().map(seen))
            .with("text", it.phone.as_ref().map(seen));
        query.finds(&findable)
    });
    Listing::collect(found.map(|entry| {
        let it = &entry.it;
        let (state, tone) = state(entry);
        let email = it.email.as_ref().map(|email| format!("{} · ", seen(email)));
        Line {
            id: it.id.clone(),
            address: look.with(&it.id),
            tone,
            state: state.to_owned(),
            title: title(it),
            note: format!("{}{}", email.unwrap_or_default(), it.id),
            time: look.time(it.created, false),
        }
    }))
}

/// One in full.
#[must_use]
pub fn detail(world: &World, look: &Look) -> Option<Detail> {
    let entry = world.ipay.customers.get(&look.id)?;
    let (it, words) = (&entry.it, look.words);
    let (state, tone) = state(entry);
    let mut known = facts([
        (words.name, it.name.as_ref().map(seen)),
        (words.email, it.email.as_ref().map(seen)),
        (words.phone, it.phone.as_ref().map(seen)),
        (words.customer, Some(it.id.clone())),
        (words.created, Some(look.time(it.created, true))),
    ]);
    known.extend(methods(world, look));
    known.extend(subscriptions(world, look));
    let payments = look.searching(View::Payments, format!("id:{}", it.id));
    let about = words.about_object.to_owned();
    known.push(link(words.payments, about, payments));
    known.extend(made_by(look, entry.request));
    known.extend(elsewhere(look, &it.id));
    Some(Detail {
        id: it.id.clone(),
        title: title(it),
        tone,
        state: state.to_owned(),
        facts: known,
        buttons: Vec::new(),
        steps_title: "",
        steps: Vec::new(),
        blocks: metadata(look, &it.metadata),
        remark: "",
    })
}

fn methods(world: &World, look: &Look) -> Vec<Fact> {
    let own = world.ipay.payment_methods.iter();
    let own = own.filter(|entry| entry.it.customer.as_ref() == Some(&look.id));
    let fact = |id: &String| {
        let kind = method(world, id).unwrap_or_default();
        (look.words.method, Some(format!("{kind} · {id}")))
    };
    facts(own.map(|entry| fact(&entry.it.id)))
}

fn subscriptions(world: &World, look: &Look) -> Vec<Fact> {
    let own = world.ipay.subscriptions.iter();
    let own = own.filter(|entry| entry.it.customer == look.id);
    own.map(|entry| {
        let it = &entry.it;
        let amount = shown(it.amount, &it.currency);
        let (interval, status) = (code(it.interval), code(it.status));
        let text = format!("{amount} / {interval} · {status} · {}", it.id);
        Fact {
            name: look.words.subscription,
            value: text,
            // The last payment tells how it went.
            address: it
                .latest_payment
                .as_ref()
                .map(|id| look.at(View::Payments, id)),
        }
    })
    .collect()
}
