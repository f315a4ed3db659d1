//! What a field of a model can be, and how it is read.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use super::{Shape, Value};
use crate::json::{self, Members};
use crate::money::{Amount, CoinAmount, Yen};
use crate::secret::Secret;

/// A type that a field can have.
pub(crate) trait Member: Sized {
    const SHAPE: Shape;
    const OPTIONAL: bool = false;
    const MASKED: bool = false;
    /// What stands for one that is absent, where it may be.
    fn absent() -> Option<Self> {
        None
    }
    /// Reads a member; `None` as argument when it is absent.
    fn read(raw: Option<&RawValue>) -> Option<Self>;
    fn value(&self) -> Value<'_>;
}

impl<T: Member> Member for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const OPTIONAL: bool = true;
    const MASKED: bool = T::MASKED;

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        match raw {
            None => Some(None),
            Some(raw) if json::is_null(raw) => Some(None),
            some => T::read(some).map(Some),
        }
    }

    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, T::value)
    }
}

impl Member for String {
    const SHAPE: Shape = Shape::Text;

    /// A number counts as its own spelling: order numbers may come as either.
    fn read(raw: Option<&RawValue>) -> Option<Self> {
        let raw = raw?;
        if raw
            .get()
            .starts_with(|c: char| c.is_ascii_digit() || c == '-')
        {
            return Some(raw.get().to_owned());
        }
        json::text(raw)
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

/// A point in time as the services give it: Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixSeconds(pub i64);

impl UnixSeconds {
    /// The last second of the year 9999: calendars of other languages end there.
    const LAST: i64 = 253_402_300_799;
}

impl Member for UnixSeconds {
    const SHAPE: Shape = Shape::Time;

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        let seconds = json::integer(raw?)?;
        (0..=Self::LAST).contains(&seconds).then_some(Self(seconds))
    }

    fn value(&self) -> Value<'_> {
        Value::Time(self.0)
    }
}

impl Member for Decimal {
    const SHAPE: Shape = Shape::Decimal;

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        json::decimal(raw?)
    }

    fn value(&self) -> Value<'_> {
        Value::Decimal(*self)
    }
}

impl Member for CoinAmount {
    const SHAPE: Shape = Shape::Decimal;

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        json::decimal(raw?)?.try_into().ok()
    }

    fn value(&self) -> Value<'_> {
        Value::Decimal(*self.as_decimal())
    }
}

impl Member for Amount {
    const SHAPE: Shape = Shape::Amount;

    /// Yen where it is whole; whoever knows the billing currency corrects it.
    fn read(raw: Option<&RawValue>) -> Option<Self> {
        let raw = raw?;
        match json::integer(raw) {
            Some(yen) => u64::try_from(yen)
                .ok()
                .map(Yen::new)
                .filter(|yen| *yen <= Yen::MOST)
                .map(Self::Yen),
            None => CoinAmount::read(Some(raw)).map(Self::Coin),
        }
    }

    fn value(&self) -> Value<'_> {
        match self {
            // More yen than an i64 holds do not exist; the reader refuses them.
            Self::Yen(yen) => Value::Int(i64::try_from(yen.get()).unwrap_or(i64::MAX)),
            Self::Coin(coin) => coin.value(),
        }
    }
}

impl Member for bool {
    const SHAPE: Shape = Shape::Bool;

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        serde_json::from_str(raw?.get()).ok()
    }

    fn value(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

impl Member for i64 {
    const SHAPE: Shape = Shape::Int;

    /// Whole, and such that every language holds it.
    fn read(raw: Option<&RawValue>) -> Option<Self> {
        let most = i64::try_from(Yen::MOST.get()).unwrap_or(Self::MAX);
        json::integer(raw?).filter(|whole| (-most..=most).contains(whole))
    }

    fn value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl Member for BTreeMap<String, String> {
    const SHAPE: Shape = Shape::Map;

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    /// What is no text is kept as it is spelled; none where it is absent.
    fn read(raw: Option<&RawValue>) -> Option<Self> {
        let Some(raw) = raw.filter(|raw| !json::is_null(raw)) else {
            return Some(Self::new());
        };
        let members = Members::parse(raw.get()).ok()?;
        let text = |raw: &RawValue| json::text(raw).unwrap_or_else(|| raw.get().to_owned());
        let each = members.iter();
        Some(
            each.map(|(name, raw)| (name.to_owned(), text(raw)))
                .collect(),
        )
    }

    fn value(&self) -> Value<'_> {
        Value::Map(self)
    }
}

/// JSON whose form the documents do not tell, as the service sent it. What is in
/// it is not known, so it is not shown where a model is printed.
#[derive(Clone, PartialEq, Eq)]
pub struct RawJson(String);

impl fmt::Debug for RawJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl RawJson {
    /// The JSON.
    #[must_use]
    pub fn get(&self) -> &str {
        &self.0
    }
}

impl Member for RawJson {
    const SHAPE: Shape = Shape::Json;
    const MASKED: bool = true;

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        Some(Self(raw?.get().to_owned()))
    }

    fn value(&self) -> Value<'_> {
        Value::Json(&self.0)
    }
}

/// Text that is for somebody's eyes but not for a log: not shown where a model is
/// printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Masked(Secret);

impl Masked {
    /// The text, for whom it is meant.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl From<String> for Masked {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Member for Masked {
    const SHAPE: Shape = Shape::Text;
    const MASKED: bool = true;

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        json::text(raw?).map(|text| Self(text.into()))
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self.0.expose())
    }
}
