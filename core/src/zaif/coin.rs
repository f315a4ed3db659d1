//! The coins that invoices are paid in: an open set.

use std::fmt;
use std::str::FromStr;

use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::model::{Member, Shape, Value};

/// A coin by its code, such as `btc` or `mona`. The set is open: the service
/// has added coins before.
///
/// ```
/// use kessai::zaif::Coin;
/// let coin: Coin = "btc".parse()?;
/// assert_eq!(coin, Coin::BTC);
/// assert!("B T C".parse::<Coin>().is_err());
/// # Ok::<(), kessai::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Coin(Code);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Code {
    Btc,
    Mona,
    Other(String),
}

impl Coin {
    /// Bitcoin.
    pub const BTC: Self = Self(Code::Btc);
    /// Monacoin.
    pub const MONA: Self = Self(Code::Mona);

    /// The code, in lower case.
    #[must_use]
    pub fn code(&self) -> &str {
        match &self.0 {
            Code::Btc => "btc",
            Code::Mona => "mona",
            Code::Other(code) => code,
        }
    }

    /// A coin as an answer spells it, whatever it is.
    fn from_wire(code: String) -> Self {
        match code.as_str() {
            "btc" => Self::BTC,
            "mona" => Self::MONA,
            _ => Self(Code::Other(code)),
        }
    }
}

impl FromStr for Coin {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self> {
        let fits = (2..=16).contains(&code.len())
            && code
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if fits {
            Ok(Self::from_wire(code.to_owned()))
        } else {
            Err(Error::input(
                "currency",
                "a coin's code is 2 to 16 lower-case letters or digits, such as btc or mona",
            ))
        }
    }
}

impl fmt::Display for Coin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Coin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Coin({})", self.code())
    }
}

impl Member for Coin {
    const SHAPE: Shape = Shape::Word("Coin");

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        String::read(raw).map(Self::from_wire)
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self.code())
    }
}
