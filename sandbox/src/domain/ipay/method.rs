//! Tokens of cards, and payment methods made of them or of nothing.

use serde::{Deserialize, Serialize};

use super::cards::Outcome;
use super::shelf::Object;

/// What may be known of a card: never its number, never its security code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its network.
    pub brand: String,
    /// The last four digits of its number.
    pub last4: String,
    /// 1 to 12.
    pub exp_month: u8,
    /// With the century.
    pub exp_year: u16,
}

/// A card that was handed over: good for one payment method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// `tok_…`.
    pub id: String,
    /// `token`.
    pub object: String,
    /// Unix seconds.
    pub created: u64,
    /// What may be known of it.
    pub card: Card,
    /// Whether a payment method was made of it.
    pub used: bool,
}

impl Object for Token {
    /// What comes of payments with the card.
    type Inner = Outcome;
    const NAME: &'static str = "token";

    fn id(&self) -> &str {
        &self.id
    }
}

/// The kinds of payment methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Credit or debit.
    Card,
    /// ACH, SEPA: the money takes a day.
    BankTransfer,
    /// A card behind a wallet, or the wallet alone.
    DigitalWallet,
    /// By instalments.
    BuyNowPayLater,
}

impl Kind {
    /// By the names of the API.
    pub const ALL: [(&'static str, Self); 4] = [
        ("card", Self::Card),
        ("bank_transfer", Self::BankTransfer),
        ("digital_wallet", Self::DigitalWallet),
        ("buy_now_pay_later", Self::BuyNowPayLater),
    ];
}

/// What a customer pays with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMethod {
    /// `pm_…`.
    pub id: String,
    /// `payment_method`.
    pub object: String,
    /// Unix seconds.
    pub created: u64,
    /// What kind it is.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Whose it is.
    pub customer: Option<String>,
    /// The card, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
}

impl Object for PaymentMethod {
    /// What comes of payments with it.
    type Inner = Outcome;
    const NAME: &'static str = "payment method";

    fn id(&self) -> &str {
        &self.id
    }
}
