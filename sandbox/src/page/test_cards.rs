//! What comes of each test card, in words.

use super::ipay_words::Words;
use super::words::fill;
use crate::domain::ipay::cards::{CARDS, Outcome, TestCard};

/// What comes of payments with a method.
#[must_use]
pub fn does(outcome: Outcome, w: &Words) -> String {
    match outcome {
        Outcome::Pays => w.does_pay.to_owned(),
        Outcome::PaysThenDisputes => w.does_pay_then_dispute.to_owned(),
        Outcome::Declines(why) => fill(w.does_decline, &[("code", why.code())]),
        Outcome::Asks => w.does_ask.to_owned(),
        Outcome::AsksIfWanted => w.does_ask_if_wanted.to_owned(),
        Outcome::AsksThenDeclines(why) => fill(w.does_ask_then_decline, &[("code", why.code())]),
        Outcome::Transfers => w.does_transfer.to_owned(),
    }
}

/// A test card as it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its number.
    pub number: &'static str,
    /// The same in groups.
    pub grouped: String,
    /// Its network.
    pub brand: &'static str,
    /// A security code of the right length.
    pub cvc: &'static str,
    /// What comes of it.
    pub does: String,
}

impl Shown {
    fn of(card: &TestCard, w: &Words) -> Self {
        Self {
            number: card.number,
            grouped: grouped(card.number),
            brand: card.brand,
            cvc: if card.brand == "amex" { "1234" } else { "123" },
            does: does(card.outcome, w),
        }
    }
}

/// Every test card.
#[must_use]
pub fn shown(w: &Words) -> Vec<Shown> {
    CARDS.iter().map(|card| Shown::of(card, w)).collect()
}

/// A number as it is printed on its card.
fn grouped(number: &str) -> String {
    let breaks: &[usize] = match number.len() {
        14 | 15 => &[4, 10],
        _ => &[4, 8, 12],
    };
    let mut out = String::with_capacity(number.len() + breaks.len());
    for (place, letter) in number.chars().enumerate() {
        if breaks.contains(&place) {
            out.push(' ');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ipay_words::EN;

    #[test]
    fn numbers_read_as_on_the_card() {
        let all = shown(&EN);
        let find = |number: &str| all.iter().find(|card| card.number == number).unwrap();
        assert_eq!(find("4242424242424242").grouped, "4242 4242 4242 4242");
        assert_eq!(find("378282246310005").grouped, "3782 822463 10005");
        assert_eq!(
            find("4000000000009995").does,
            "is declined (insufficient_funds)"
        );
    }
}
