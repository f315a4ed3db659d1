//! Money, exact: whole yen and decimal coin amounts. Nothing here is a float.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::error::{Error, Result};

/// Whole Japanese yen.
///
/// ```
/// use kessai::Yen;
/// let price = Yen::new(10_800);
/// assert_eq!(price.get(), 10_800);
/// assert_eq!(price.to_string(), "10800");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Yen(u64);

impl Yen {
    /// The most that any language holds exactly, a hundred times all there are:
    /// more is refused, in a request and in an answer.
    pub const MOST: Self = Self((1 << 53) - 1);

    /// So many yen.
    #[must_use]
    pub const fn new(yen: u64) -> Self {
        Self(yen)
    }

    /// The number of yen.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Yen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// An amount of a coin, to at most eight decimals, kept with the zeros it came
/// with: `0.359856` and `500.000000` stay what they are.
///
/// Two amounts are equal when their values are, whatever the zeros.
///
/// ```
/// use kessai::CoinAmount;
/// let due: CoinAmount = "0.359856".parse()?;
/// assert_eq!(due.to_string(), "0.359856");
/// assert_eq!(due, "0.35985600".parse()?);
/// # Ok::<(), kessai::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CoinAmount(Decimal);

impl CoinAmount {
    /// The smallest unit of both coins is the eighth decimal.
    pub const DECIMALS: u32 = 8;

    /// The amount as a decimal.
    #[must_use]
    pub const fn as_decimal(&self) -> &Decimal {
        &self.0
    }
}

impl TryFrom<Decimal> for CoinAmount {
    type Error = Error;

    fn try_from(value: Decimal) -> Result<Self> {
        if value.is_sign_negative() && !value.is_zero() {
            return Err(Error::input("amount", "a coin amount cannot be negative"));
        }
        if value.normalize().scale() > Self::DECIMALS {
            return Err(Error::input(
                "amount",
                format!("a coin amount has at most {} decimals", Self::DECIMALS),
            ));
        }
        Ok(Self(value))
    }
}

impl FromStr for CoinAmount {
    type Err = Error;

    /// Plain decimal notation only: digits, at most one point, no sign and no
    /// exponent.
    fn from_str(text: &str) -> Result<Self> {
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && text.starts_with(|c: char| c.is_ascii_digit())
            && text.ends_with(|c: char| c.is_ascii_digit());
        let value = if plain {
            Decimal::from_str_exact(text).ok()
        } else {
            None
        };
        value
            .ok_or_else(|| {
                Error::input(
                    "amount",
                    "write a coin amount in plain decimals, such as 0.359856",
                )
            })?
            .try_into()
    }
}

impl fmt::Display for CoinAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What an invoice is for: yen, or an amount of its coin where the shop bills
/// in that coin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Amount {
    /// Whole yen.
    Yen(Yen),
    /// An amount of the invoice's coin.
    Coin(CoinAmount),
}

impl Amount {
    /// The yen, unless it is billed in coin.
    #[must_use]
    pub const fn yen(&self) -> Option<Yen> {
        match self {
            Self::Yen(yen) => Some(*yen),
            Self::Coin(_) => None,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yen(yen) => yen.fmt(f),
            Self::Coin(coin) => coin.fmt(f),
        }
    }
}

impl From<Yen> for Amount {
    fn from(yen: Yen) -> Self {
        Self::Yen(yen)
    }
}

impl From<CoinAmount> for Amount {
    fn from(coin: CoinAmount) -> Self {
        Self::Coin(coin)
    }
}

/// Reads a number exactly as an answer spells it, exponents included.
pub(crate) fn decimal_from_wire(text: &str) -> Option<Decimal> {
    let (whole, rest) = text.split_at_checked(text.find(['.', 'e', 'E']).unwrap_or(text.len()))?;
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let fraction = rest
        .strip_prefix('.')
        .map(|f| f.split(['e', 'E']).next().unwrap_or(""));
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || fraction.is_some_and(|f| !digits(f)) {
        return None;
    }
    Decimal::from_str_exact(text)
        .or_else(|_| Decimal::from_scientific(text))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coin_amounts_are_strict() {
        for bad in [
            "",
            ".5",
            "5.",
            "-1",
            "+1",
            "1e-8",
            "0x1",
            "1,000",
            " 1",
            "1.2.3",
            "0.123456789",
            "NaN",
        ] {
            assert!(bad.parse::<CoinAmount>().is_err(), "{bad:?}");
        }
        for good in [
            "0",
            "1",
            "0.00000001",
            "21000000",
            "0.12345678",
            "500.000000000",
        ] {
            assert_eq!(good.parse::<CoinAmount>().unwrap().to_string(), good);
        }
    }

    #[test]
    fn the_wire_may_use_exponents() {
        assert_eq!(decimal_from_wire("1.0E-5").unwrap().to_string(), "0.000010");
        assert_eq!(decimal_from_wire("30012").unwrap().to_string(), "30012");
        assert!(decimal_from_wire("abc").is_none());
        for bad in ["", "1_000", "+5", "5.", ".5", "1.e5", "-", "0x1"] {
            assert!(decimal_from_wire(bad).is_none(), "{bad}");
        }
        assert_eq!(decimal_from_wire("-1").unwrap().to_string(), "-1");
    }
}
