//! Tokens of cards: the only call that is told a card's number, and it keeps none.

use serde_json::Value;
use time::OffsetDateTime;

use super::answer::shown;
use super::execute::Visit;
use crate::domain::clock::Moment;
use crate::domain::ipay::cards::{self, TestCard};
use crate::domain::ipay::fields::Fields;
use crate::domain::ipay::method::{Card, Token};
use crate::domain::ipay::refusal::Refusal;
use crate::world::World;

/// `POST /tokens`.
pub(super) fn create(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let mut fields = Fields::read(&visit.call.body)?;
    let mut card = fields.within("card", "card.")?;
    fields.finish()?;
    let test = number(&mut card)?;
    let month = digits(&mut card, "exp_month", 2)?;
    let year = digits(&mut card, "exp_year", 4)?;
    let (exp_month, exp_year) = expiry(&month, &year, visit.now.at)?;
    let length = if test.brand == "amex" { 4 } else { 3 };
    let code = digits(&mut card, "cvc", 4)?;
    if code.len() != length {
        let must = format!("must be {length} digits");
        return Err(Refusal::value("card.cvc", &must));
    }
    card.finish()?;
    let last4 = test.number.get(test.number.len() - 4..).unwrap_or_default();
    let token = Token {
        id: world.fresh_id("tok_", "ipay token"),
        object: "token".to_owned(),
        created: visit.now.at.secs(),
        card: Card {
            brand: test.brand.to_owned(),
            last4: last4.to_owned(),
            exp_month,
            exp_year,
        },
        used: false,
    };
    let made = visit.made(token.clone(), test.outcome);
    world.ipay.tokens.add(made);
    world.note_made(visit.seq, &token.id);
    Ok(shown(&token))
}

/// A test card's number; spaces between its digits do not matter.
fn number(card: &mut Fields) -> Result<&'static TestCard, Refusal> {
    let text = card.text("number", 40)?;
    let text = card.need("number", text)?.replace(' ', "");
    if !cards::passes_luhn(&text) {
        return Err(Refusal::invalid(
            "card.number",
            "incorrect_number",
            "card.number is no card's number",
        ));
    }
    cards::find(&text).ok_or_else(|| {
        Refusal::invalid(
            "card.number",
            "test_card_required",
            "card.number is none of the sandbox's test cards: never enter a real one here",
        )
    })
}

/// Digits, as a form has them or as a number.
fn digits(card: &mut Fields, name: &str, most: usize) -> Result<String, Refusal> {
    let value = card.take(name);
    let text = match card.need(name, value)? {
        Value::String(text) => text,
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let fine = (1..=most).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if fine {
        return Ok(text);
    }
    let must = format!("must be 1 to {most} digits");
    Err(Refusal::value(&format!("card.{name}"), &must))
}

fn expiry(month: &str, year: &str, at: Moment) -> Result<(u8, u16), Refusal> {
    let wrong = |name: &str| {
        let reason = format!("card.{name} is in the past, or no date");
        Refusal::invalid(&format!("card.{name}"), "invalid_expiry", reason)
    };
    let month = month.parse::<u8>().ok().filter(|it| (1..=12).contains(it));
    let month = month.ok_or_else(|| wrong("exp_month"))?;
    let year = match (year.len(), year.parse::<u16>()) {
        (2, Ok(year)) => 2_000 + year,
        (4, Ok(year)) => year,
        _ => return Err(wrong("exp_year")),
    };
    let today = i64::try_from(at.secs()).ok();
    let today = today.and_then(|secs| OffsetDateTime::from_unix_timestamp(secs).ok());
    let over = today
        .is_some_and(|today| (i32::from(year), month) < (today.year(), u8::from(today.month())));
    if over {
        return Err(wrong("exp_year"));
    }
    Ok((month, year))
}
