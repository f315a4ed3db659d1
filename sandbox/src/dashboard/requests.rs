//! Requests and their answers on the dashboard.

use super::copy;
use super::copy_ipay;
use super::json::indented;
use super::look::{Look, View};
use super::parts::{Block, Detail, Line, Listing, Tone, facts, link};
use super::payments::code;
use super::query::{Findable, Query};
use crate::domain::{faults_text::Service, ledger::Row, traffic::Exchange};
use crate::world::World;

/// Puts a request into a form that can be run again.
type Form = fn(&Exchange, &str) -> String;

/// What became of a request, in one word, and how that stands.
fn outcome(row: &Row, exchange: Option<&Exchange>) -> (&'static str, Tone) {
    match exchange {
        // Carried out, and the card did not pay.
        _ if row.message.is_some() && row.executed => ("declined", Tone::Bad),
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
            .with("id", row.request_id.as_ref())
            .with("key", row.key.as_ref())
            .with("key", row.idempotency_key.as_ref())
            .with("service", Some(code(row.service)))
            .with("text", exchange.map(|it| &it.line))
            .with("text", exchange.and_then(|it| it.body.as_ref()))
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
    let executed = match (row.executed, row.replayed) {
        (true, _) => words.executed,
        (false, true) => words.replayed,
        (false, false) => words.not_executed,
    };
    let faults = (!row.faults.is_empty()).then(|| row.faults.join(", "));
    let mut known = facts([
        (words.outcome, Some(executed.to_owned())),
        (words.message, row.message.clone()),
        (words.arrived, Some(look.time(row.at, true))),
        (words.nonce, nonce),
        (words.service, Some(code(row.service))),
        (words.api_key, row.key.clone()),
        (words.idempotency_key, row.idempotency_key.clone()),
        (words.request_id, row.request_id.clone()),
        (words.played, faults),
    ]);
    known.extend(row.made.as_ref().map(|made| look.thing(made)));
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
        remark: match (exchange, row.service) {
            (None, _) => words.not_kept,
            (Some(_), Service::Zaif) => words.vars_note,
            (Some(_), Service::Ipay) => words.ipay_vars_note,
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
    let of_ipay = exchange.body.as_deref();
    // Of a long body only the beginning is kept: there is nothing to run again.
    if of_ipay.is_some_and(|body| body.ends_with('…')) {
        return shown;
    }
    let (curl, python, node): (Form, Form, Form) = match of_ipay {
        None => (copy::curl, copy::python, copy::node),
        Some(_) => (copy_ipay::curl, copy_ipay::python, copy_ipay::node),
    };
    shown.extend([
        block(words.as_curl, "curl", curl(exchange, &world.origin)),
        block(words.as_python, "python", python(exchange, &world.origin)),
        block(words.as_node, "node", node(exchange, &world.origin)),
    ]);
    shown
}
