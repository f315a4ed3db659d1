//! Requests and their answers on the dashboard.

use super::copy;
use super::json::indented;
use super::look::{Look, View};
use super::parts::{Block, Detail, Line, Listing, Tone, facts, link};
use super::query::{Findable, Query};
use crate::domain::{ledger::Row, traffic::Exchange};
use crate::world::World;

/// What became of a request, in one word, and how that stands.
fn outcome(row: &Row, exchange: Option<&Exchange>) -> (&'static str, Tone) {
    match exchange {
        _ if row.message.is_some() => ("refused", Tone::Bad),
        Some(exchange) if exchange.status.is_none() => ("no_answer", Tone::Bad),
        _ if !row.faults.is_empty() => ("fault", Tone::Warn),
        _ if row.executed => ("ok", Tone::Good),
        _ => ("refused", Tone::Bad),
    }
}

fn parameter<'a>(exchange: Option<&'a Exchange>, name: &str) -> Option<&'a String> {
    let pairs = exchange.map(|it| it.parameters.as_slice());
    let found = pairs.unwrap_or_default().iter().find(|it| it.0 == name);
    found.map(|pair| &pair.1)
}

/// What a request was about: the reason it was refused, else what it made or named.
fn about(row: &Row, exchange: Option<&Exchange>) -> String {
    let named = parameter(exchange, "invoiceId").or(parameter(exchange, "orderNumber"));
    let subject = row.message.as_ref().or(row.made.as_ref()).or(named);
    let subject = subject.map(String::as_str);
    let faults = row.faults.iter().map(String::as_str);
    subject
        .into_iter()
        .chain(faults)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// The list.
#[must_use]
pub fn list(world: &World, look: &Look) -> Listing {
    let query = Query::read(&look.query);
    let rows = world.ledger.rows().iter().rev();
    let found = rows.filter_map(|row| {
        let exchange = world.traffic.get(row.seq);
        let (state, tone) = outcome(row, exchange);
        let about = about(row, exchange);
        let it = Findable::default()
            .with("method", row.method.as_ref())
            .with("status", Some(state))
            .with("id", Some(row.seq.to_string()))
            .with("id", row.made.as_ref())
            .with("id", parameter(exchange, "invoiceId"))
            .with("order", parameter(exchange, "orderNumber"))
            .with("key", row.key.as_ref())
            .with("text", Some(&about));
        query.finds(&it).then(|| Line {
            id: row.seq.to_string(),
            address: look.with(&row.seq.to_string()),
            tone,
            state: state.to_owned(),
            title: row.method.clone().unwrap_or_else(|| "?".to_owned()),
            note: about,
            time: look.time(row.at, false),
        })
    });
    Listing::collect(found)
}

/// One in full.
#[must_use]
pub fn detail(world: &World, look: &Look) -> Option<Detail> {
    let seq: u64 = look.id.parse().ok()?;
    let place = usize::try_from(seq.checked_sub(1)?).ok()?;
    let row = world.ledger.rows().get(place)?;
    let exchange = world.traffic.get(seq);
    let words = look.words;
    let (state, tone) = outcome(row, exchange);
    let nonce = row.nonce.as_ref().map(|nonce| {
        let used = if row.nonce_consumed {
            words.nonce_used
        } else {
            words.nonce_kept
        };
        format!("{nonce} ({used})")
    });
    let executed = if row.executed {
        words.executed
    } else {
        words.not_executed
    };
    let faults = (!row.faults.is_empty()).then(|| row.faults.join(", "));
    let mut known = facts([
        (words.outcome, Some(executed.to_owned())),
        (words.message, row.message.clone()),
        (words.arrived, Some(look.time(row.at, true))),
        (words.nonce, nonce),
        (words.api_key, row.key.clone()),
        (words.played, faults),
    ]);
    known.extend(row.made.as_ref().map(|made| {
        let address = look.at(View::Invoices, made);
        link(words.invoice, made.clone(), address)
    }));
    known.extend(row.copy_of.map(|first| {
        let address = look.at(View::Requests, &first.to_string());
        link(words.copy_of, format!("#{first}"), address)
    }));
    Some(Detail {
        id: look.id.clone(),
        title: format!("#{seq} {}", row.method.as_deref().unwrap_or("?")),
        tone,
        state: state.to_owned(),
        facts: known,
        buttons: Vec::new(),
        steps_title: "",
        steps: Vec::new(),
        blocks: exchange.map_or_else(Vec::new, |it| blocks(world, look, it)),
        remark: if exchange.is_some() {
            words.vars_note
        } else {
            words.not_kept
        },
    })
}

fn blocks(world: &World, look: &Look, exchange: &Exchange) -> Vec<Block> {
    let words = look.words;
    let block = |title, id, text| Block { title, id, text };
    let headers = exchange.headers.iter().map(|(name, value)| {
        let line = format!("{name}: {value}\n");
        line
    });
    let parameters = exchange
        .parameters
        .iter()
        .map(|(name, value)| format!("{name} = {value}\n"));
    let request = format!(
        "{}\n{}\n{}{}",
        exchange.line,
        headers.collect::<String>(),
        parameters.collect::<String>(),
        exchange.body.as_deref().map(indented).unwrap_or_default(),
    );
    let answer = match exchange.status {
        Some(status) => format!("HTTP {status}\n\n{}", indented(&exchange.answer)),
        None => words.no_answer.to_owned(),
    };
    let mut shown = vec![
        block(words.request, "request", request),
        block(words.answer, "answer", answer),
    ];
    // A body of iPay's is kept masked as a whole: there is nothing to run again.
    if exchange.body.is_some() {
        return shown;
    }
    shown.extend([
        block(words.as_curl, "curl", copy::curl(exchange, &world.origin)),
        block(
            words.as_python,
            "python",
            copy::python(exchange, &world.origin),
        ),
        block(words.as_node, "node", copy::node(exchange, &world.origin)),
    ]);
    shown
}
