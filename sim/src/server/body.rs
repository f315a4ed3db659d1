//! The server's answers, spelled as the documents and the integrations show
//! them, in one spelling or another.

use kessai::transport::HttpAnswer;
use kessai::world::{Chance as _, Micros, SECOND};
use kessai::zaif::Status;

use super::ledger::Row;
use crate::dice::Dice;
use crate::orders::Intent;

/// What stands on the page of a proxy.
const HTML: &str = "<html><head><title>busy</title></head><body>please wait</body></html>";

/// A number, bare or in quotes: answers use both.
fn number(value: u64, dice: &mut Dice) -> String {
    if dice.once_in(2) {
        value.to_string()
    } else {
        format!("\"{value}\"")
    }
}

/// An invoice; `status` is told by every method but the create.
pub(super) fn invoice(
    row: &Row,
    intent: &Intent,
    status: Option<&Status>,
    dice: &mut Dice,
) -> String {
    let id = row.id();
    let coin = row.terms.coin();
    let created = row.created / SECOND;
    let expired = row.ends() / SECOND;
    let (amount, expired) = (number(row.terms.yen, dice), number(expired, dice));
    let mut text = format!(
        "{{\"success\":1,\"return\":{{\"invoiceId\":\"{id}\",\"created\":{created},\
         \"expired\":{expired},\"amount\":{amount},\"currency\":\"{coin}\",\"rate\":\"30012\",\
         \"{coin}\":\"0.359856\",\"address\":\"19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb\",\
         \"BIP21\":\"bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856\",\
         \"speed\":\"high\""
    );
    if let Some(order) = &intent.order {
        text.push_str(",\"orderNumber\":\"");
        text.push_str(order);
        text.push('"');
    }
    match status {
        Some(status) => {
            text.push_str(",\"status\":\"");
            text.push_str(status.as_str());
            text.push_str("\",\"settled\":null}}");
        }
        None => {
            text.push_str(",\"invoiceUri\":\"https://zaif.jp/invoice/form/");
            text.push_str(&id);
            text.push_str("\"}}");
        }
    }
    text
}

/// The identifiers of an order.
pub(super) fn ids(rows: &[&Row], dice: &mut Dice) -> String {
    let name = if dice.once_in(2) {
        "invoiceIds"
    } else {
        "invoideIds"
    };
    let count = number(u64::try_from(rows.len()).unwrap_or(u64::MAX), dice);
    let list = if rows.is_empty() && dice.once_in(2) {
        "null".to_owned()
    } else {
        let quoted: Vec<_> = rows.iter().map(|row| format!("\"{}\"", row.id())).collect();
        format!("[{}]", quoted.join(","))
    };
    format!("{{\"success\":1,\"return\":{{\"{name}\":{list},\"counts\":{count}}}}}")
}

/// A failure, under either of the names that its message goes by.
pub(super) fn failure(message: &str, dice: &mut Dice) -> String {
    let name = if dice.once_in(2) { "return" } else { "error" };
    format!("{{\"success\":0,\"{name}\":\"{message}\"}}")
}

/// An HTTP answer at the server's time `now`.
pub(super) fn answer(status: u16, body: String, now: Micros) -> HttpAnswer {
    HttpAnswer {
        status,
        body: body.into_bytes(),
        date: Some(now / SECOND),
        request_id: None,
        retry_after: None,
        replayed: false,
    }
}

/// HTML instead of an answer.
pub(super) fn html(status: u16, now: Micros) -> HttpAnswer {
    answer(status, HTML.to_owned(), now)
}

/// Cuts an answer somewhere.
pub(super) fn cut(answer: &mut HttpAnswer, dice: &mut Dice) {
    let length = u64::try_from(answer.body.len()).unwrap_or(0);
    let keep = usize::try_from(dice.below(length)).unwrap_or(0);
    answer.body.truncate(keep);
}
