//! The one table of test cards, and what stands for their numbers afterwards.

use serde::{Deserialize, Serialize};

/// Why a card does not pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decline {
    /// The bank gives no reason.
    GenericDecline,
    /// Not enough money.
    InsufficientFunds,
    /// Reported lost.
    LostCard,
    /// Reported stolen.
    StolenCard,
    /// Too old.
    ExpiredCard,
    /// The security code does not match.
    IncorrectCvc,
    /// Something went wrong at the bank.
    ProcessingError,
    /// Too much in too short a time.
    CardVelocityExceeded,
    /// Taken for a fraud.
    Fraudulent,
    /// The customer was not authenticated.
    AuthenticationFailed,
    /// The customer would have to be asked, and is not there.
    AuthenticationRequired,
    /// The money did not come from the bank.
    BankTransferFailed,
}

impl Decline {
    /// `decline_code` of the answer and `failure_code` of the payment.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::GenericDecline => "generic_decline",
            Self::InsufficientFunds => "insufficient_funds",
            Self::LostCard => "lost_card",
            Self::StolenCard => "stolen_card",
            Self::ExpiredCard => "expired_card",
            Self::IncorrectCvc => "incorrect_cvc",
            Self::ProcessingError => "processing_error",
            Self::CardVelocityExceeded => "card_velocity_exceeded",
            Self::Fraudulent => "fraudulent",
            Self::AuthenticationFailed => "authentication_failed",
            Self::AuthenticationRequired => "authentication_required",
            Self::BankTransferFailed => "bank_transfer_failed",
        }
    }

    /// The same for people.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::GenericDecline => "Your card was declined.",
            Self::InsufficientFunds => "Your card has insufficient funds.",
            Self::LostCard | Self::StolenCard | Self::Fraudulent => {
                "Your card was declined. Please contact your bank."
            }
            Self::ExpiredCard => "Your card has expired.",
            Self::IncorrectCvc => "Your card's security code is incorrect.",
            Self::ProcessingError => "Your bank could not process the card. Try again later.",
            Self::CardVelocityExceeded => "Your card was used too often within a short time.",
            Self::AuthenticationFailed => "The payment was not authenticated.",
            Self::AuthenticationRequired => "The payment needs the customer's authentication.",
            Self::BankTransferFailed => "The bank transfer did not arrive.",
        }
    }
}

/// What comes of a payment with a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is accepted.
    Pays,
    /// It is accepted, and disputed an hour later.
    PaysThenDisputes,
    /// It is declined.
    Declines(Decline),
    /// The customer is asked first (3-D Secure), whatever the shop says.
    Asks,
    /// The customer is asked first if the shop wants that (`confirmation_token`).
    AsksIfWanted,
    /// The customer is asked first, and then it is declined.
    AsksThenDeclines(Decline),
    /// The money is on its way for a day.
    Transfers,
}

/// A card number that the sandbox knows.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TestCard {
    /// Its number: nobody's.
    pub number: &'static str,
    /// Its network.
    pub brand: &'static str,
    /// What comes of it.
    pub outcome: Outcome,
    /// The same in words.
    pub does: &'static str,
}

const fn card(
    number: &'static str,
    brand: &'static str,
    outcome: Outcome,
    does: &'static str,
) -> TestCard {
    TestCard {
        number,
        brand,
        outcome,
        does,
    }
}

const fn declined(number: &'static str, why: Decline) -> TestCard {
    card(number, "visa", Outcome::Declines(why), why.code())
}

/// Every test card.
pub const CARDS: [TestCard; 22] = [
    card("4242424242424242", "visa", Outcome::Pays, "succeeds"),
    card("5555555555554444", "mastercard", Outcome::Pays, "succeeds"),
    card("378282246310005", "amex", Outcome::Pays, "succeeds"),
    card("3566002020360505", "jcb", Outcome::Pays, "succeeds"),
    card("6011111111111117", "discover", Outcome::Pays, "succeeds"),
    card("36227206271667", "diners", Outcome::Pays, "succeeds"),
    card("6200000000000005", "unionpay", Outcome::Pays, "succeeds"),
    card(
        "4000002500003155",
        "visa",
        Outcome::Asks,
        "needs 3-D Secure",
    ),
    card(
        "4000000000003055",
        "visa",
        Outcome::AsksIfWanted,
        "needs 3-D Secure with confirmation_token",
    ),
    card(
        "4000008400001280",
        "visa",
        Outcome::AsksThenDeclines(Decline::AuthenticationFailed),
        "needs 3-D Secure, which fails",
    ),
    card(
        "4000008400001629",
        "visa",
        Outcome::AsksThenDeclines(Decline::GenericDecline),
        "needs 3-D Secure, then generic_decline",
    ),
    card(
        "4000008260003178",
        "visa",
        Outcome::AsksThenDeclines(Decline::InsufficientFunds),
        "needs 3-D Secure, then insufficient_funds",
    ),
    declined("4000000000000002", Decline::GenericDecline),
    declined("4000000000009995", Decline::InsufficientFunds),
    declined("4000000000009987", Decline::LostCard),
    declined("4000000000009979", Decline::StolenCard),
    declined("4000000000000069", Decline::ExpiredCard),
    declined("4000000000000127", Decline::IncorrectCvc),
    declined("4000000000000119", Decline::ProcessingError),
    declined("4000000000006975", Decline::CardVelocityExceeded),
    declined("4100000000000019", Decline::Fraudulent),
    card(
        "4000000000000259",
        "visa",
        Outcome::PaysThenDisputes,
        "succeeds, disputed an hour later",
    ),
];

/// The test card with this number.
#[must_use]
pub fn find(number: &str) -> Option<&'static TestCard> {
    CARDS.iter().find(|card| card.number == number)
}

/// The last digit of a card number checks the others.
#[must_use]
pub fn passes_luhn(number: &str) -> bool {
    let mut sum = 0_u32;
    for (place, letter) in number.chars().rev().enumerate() {
        let Some(digit) = letter.to_digit(10) else {
            return false;
        };
        let doubled = if place % 2 == 1 { digit * 2 } else { digit };
        sum += if doubled > 9 { doubled - 9 } else { doubled };
    }
    sum.is_multiple_of(10) && (12..=19).contains(&number.len())
}

/// Whether these digits are, most likely, the number of a card: the check holds, and
/// a network has such numbers.
#[must_use]
pub fn looks_like_a_card(digits: &str) -> bool {
    let begins = |all: &[&str]| all.iter().any(|start| digits.starts_with(start));
    let network = match digits.len() {
        13 | 19 => begins(&["4", "62", "6011", "65", "35"]),
        14 => begins(&["30", "36", "38", "39"]),
        15 => begins(&["34", "37"]),
        16 => begins(&[
            "4", "51", "52", "53", "54", "55", "22", "23", "24", "25", "26", "27", "35", "6011",
            "62", "64", "65",
        ]),
        17 | 18 => begins(&["62", "6011", "65", "35"]),
        _ => false,
    };
    network && passes_luhn(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_card_looks_like_a_card() {
        for card in CARDS {
            assert!(looks_like_a_card(card.number), "{}", card.number);
            assert_eq!(find(card.number).unwrap().outcome, card.outcome);
        }
        assert!(!passes_luhn("4242424242424241"));
        assert!(!looks_like_a_card("1790000000000"));
    }
}
