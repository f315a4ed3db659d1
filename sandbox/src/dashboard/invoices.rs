//! Invoices on the dashboard.

use super::look::{Look, View};
use super::parts::{Button, Detail, Line, Listing, Step, Tone, facts, link};
use super::query::{Findable, Query};
use crate::domain::zaif::{
    invoice::{Invoice, Status},
    money::{grouped, shortest, six_decimals},
    terms::Asked,
};
use crate::page::words::fill;
use crate::world::World;

const fn tone(status: Status) -> Tone {
    match status {
        Status::New | Status::Canceled => Tone::Calm,
        Status::Paid | Status::Expired => Tone::Warn,
        Status::Confirmed | Status::Complete => Tone::Good,
        Status::Invalid => Tone::Bad,
    }
}

fn price(invoice: &Invoice) -> String {
    let coins = format!(
        "{} {}",
        six_decimals(invoice.due),
        invoice.terms.coin.unit()
    );
    match invoice.terms.asked {
        Asked::Yen(yen) => format!("¥{} = {coins}", grouped(yen)),
        Asked::Coins(_) => coins,
    }
}

/// The list.
#[must_use]
pub fn list(world: &World, look: &Look) -> Listing {
    let query = Query::read(&look.query);
    let found = world.invoices.newest_first().filter(|invoice| {
        let it = Findable::default()
            .with("order", invoice.terms.order_number.as_ref())
            .with("status", Some(invoice.status.code()))
            .with("id", Some(&invoice.id))
            .with("key", Some(&invoice.key))
            .with("text", Some(&invoice.address))
            .with("text", Some(price(invoice)));
        query.finds(&it)
    });
    Listing::collect(found.map(|invoice| Line {
        id: invoice.id.clone(),
        address: look.with(&invoice.id),
        tone: tone(invoice.status),
        state: invoice.status.code().to_owned(),
        title: price(invoice),
        note: match &invoice.terms.order_number {
            Some(order) => format!("{order} · {}", invoice.id),
            None => invoice.id.clone(),
        },
        time: look.time(invoice.created.secs(), false),
    }))
}

/// One in full.
#[must_use]
pub fn detail(world: &World, look: &Look) -> Option<Detail> {
    let invoice = world.invoices.get(&look.id)?;
    let (words, terms) = (look.words, &invoice.terms);
    let moment = |secs| look.time(secs, true);
    let unit = terms.coin.unit();
    let mut known = facts([
        (words.amount, Some(price(invoice))),
        (
            words.received,
            Some(format!("{} {unit}", shortest(invoice.received()))),
        ),
        (
            words.confirmations,
            Some(format!(
                "{} / {}",
                invoice.confirmations(),
                terms.coin.confirmations_needed()
            )),
        ),
        (
            words.rate,
            invoice.rate.map(|rate| format!("1 {unit} = ¥{rate}")),
        ),
        (words.order, terms.order_number.clone()),
        (words.invoice, Some(invoice.id.clone())),
        (words.address, Some(invoice.address.clone())),
        (words.created, Some(moment(invoice.created.secs()))),
        (words.expires, Some(moment(invoice.expires.secs()))),
        (words.settled, invoice.settled.map(|it| moment(it.secs()))),
        (words.api_key, Some(invoice.key.clone())),
    ]);
    let page = format!("/invoice/form/{}?lang={}", invoice.id, words.lang);
    known.insert(0, link(words.page, words.open_page.to_owned(), page));
    let request = invoice.request.to_string();
    let made = look.at(View::Requests, &request);
    known.push(link(words.made_by, format!("#{request}"), made));
    for view in [View::Requests, View::Deliveries] {
        let about = look.searching(view, format!("id:{}", invoice.id));
        known.push(link(view.name(words), words.about_it.to_owned(), about));
    }
    let button = |act, label| Button { act, label };
    Some(Detail {
        id: invoice.id.clone(),
        title: price(invoice),
        tone: tone(invoice.status),
        state: invoice.status.code().to_owned(),
        facts: known,
        buttons: vec![
            button("pay_all", words.pay_all),
            button("pay_half", words.pay_half),
            button("pay_more", words.pay_more),
            button("mine", words.mine),
            button("settle", words.settle),
        ],
        steps_title: words.history,
        steps: history(invoice, look),
        blocks: Vec::new(),
        remark: "",
    })
}

/// Statuses and money, in the order of time.
fn history(invoice: &Invoice, look: &Look) -> Vec<Step> {
    let statuses = invoice.history.iter().map(|(at, status)| {
        let step = (tone(*status), status.code().to_owned());
        (at.millis(), 1, step)
    });
    let money = invoice.payments.iter().map(|payment| {
        let text = fill(
            look.words.money,
            &[
                ("amount", &shortest(payment.amount)),
                ("unit", invoice.terms.coin.unit()),
                ("n", &payment.confirmations.to_string()),
            ],
        );
        // Money comes before the status it brings about.
        (payment.seen.millis(), 0, (Tone::Calm, text))
    });
    let mut all: Vec<_> = statuses.chain(money).collect();
    all.sort_by_key(|(millis, rank, _)| (*millis, *rank));
    let steps = all.into_iter().map(|(millis, _, (tone, text))| Step {
        time: look.time(millis / 1_000, false),
        tone,
        text,
    });
    steps.collect()
}
