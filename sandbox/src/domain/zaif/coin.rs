//! The coins an invoice can ask for.

use serde::{Deserialize, Serialize};

/// A coin of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Coin {
    /// Bitcoin.
    Btc,
    /// Monacoin.
    Mona,
}

impl Coin {
    /// Every coin, in the order the API lists them.
    pub const ALL: [Self; 2] = [Self::Btc, Self::Mona];

    /// The coin the API calls `code`.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|coin| coin.code() == code)
    }

    /// What the API calls it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Btc => "btc",
            Self::Mona => "mona",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Btc => "Bitcoin",
            Self::Mona => "Monacoin",
        }
    }

    /// The unit written behind an amount.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Btc => "BTC",
            Self::Mona => "MONA",
        }
    }

    /// The scheme of its payment addresses (BIP21).
    #[must_use]
    pub const fn scheme(self) -> &'static str {
        match self {
            Self::Btc => "bitcoin",
            Self::Mona => "monacoin",
        }
    }

    /// Confirmations after which a payment is settled.
    #[must_use]
    pub const fn confirmations_needed(self) -> u32 {
        match self {
            Self::Btc => 3,
            Self::Mona => 100,
        }
    }

    /// The version byte of its pay-to-public-key-hash addresses.
    #[must_use]
    pub const fn address_version(self) -> u8 {
        match self {
            Self::Btc => 0x00,
            Self::Mona => 0x32,
        }
    }
}
