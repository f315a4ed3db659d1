//! How a model describes itself, so that every language shows the same one.
//!
//! A field is written once, in a `model!` table. From it come the Rust
//! struct, the reading of answers, the attributes that bindings hand out
//! (through [`Value`]) and, through [`FieldInfo`], the generated type stubs.

use std::fmt;
use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::json;
use crate::money::{Amount, CoinAmount, Yen};

/// A field's value on its way into another language.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Absent, or not known.
    Null,
    /// Yes or no.
    Bool(bool),
    /// Whole: yen, counts.
    Int(i64),
    /// Exact: coin amounts, rates.
    Decimal(Decimal),
    /// Text, also where the set of values is open.
    Text(&'a str),
    /// Unix seconds.
    Time(i64),
    /// A span of time.
    Span(Duration),
    /// Several texts.
    Texts(&'a [String]),
}

impl<'a> Value<'a> {
    /// Text, where there is some.
    pub(crate) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

/// The type of a field, for the stubs of other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// See [`Value::Bool`].
    Bool,
    /// See [`Value::Int`].
    Int,
    /// See [`Value::Decimal`].
    Decimal,
    /// See [`Value::Text`].
    Text,
    /// See [`Value::Time`].
    Time,
    /// An [`Amount`]: whole yen or an exact coin amount.
    Amount,
    /// A word of the set of this name.
    Word(&'static str),
}

/// One field of a model: what bindings and the generator need to know.
#[derive(Debug, Clone, Copy)]
pub struct FieldInfo {
    /// The name, as in Rust and Python.
    pub name: &'static str,
    /// The field's documentation.
    pub doc: &'static str,
    /// Its type.
    pub shape: Shape,
    /// Whether it may be absent.
    pub optional: bool,
    /// What a language that knows only yes and no says when it is not known:
    /// whatever harms nobody.
    pub unless_known: bool,
}

/// A model that bindings can show without knowing it.
pub trait Model: fmt::Debug + Send + Sync + 'static {
    /// Its fields, in order.
    const FIELDS: &'static [FieldInfo];
    /// Its name in every language.
    const NAME: &'static str;
    /// Its documentation.
    const DOC: &'static str;

    /// A field's value; `None` when there is no such field.
    fn field(&self, name: &str) -> Option<Value<'_>>;

    /// The object as the service sent it, to the letter: unknown fields
    /// included.
    fn raw(&self) -> &str;
}

/// A type that a field can have.
pub(crate) trait Member: Sized {
    const SHAPE: Shape;
    const OPTIONAL: bool = false;
    /// Reads a member; `None` as argument when it is absent.
    fn read(raw: Option<&RawValue>) -> Option<Self>;
    fn value(&self) -> Value<'_>;
}

impl<T: Member> Member for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const OPTIONAL: bool = true;

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

/// Defines a model. A field with a wire name is read from the answer; one
/// marked `made` is set by kessai; one marked `says` is a method of the model, with
/// what to say where only yes and no can be said and neither is known.
macro_rules! model {
    (
        $(#[doc = $mdoc:literal])+
        pub struct $model:ident {
            $($(#[doc = $doc:literal])+ $field:ident: $ty:ty = $wire:literal,)+
            ; made
            $($(#[doc = $made_doc:literal])+ $made:ident: $made_ty:ty,)*
            ; says
            $($(#[doc = $says_doc:literal])+ $says:ident: $says_ty:ty | $unless_known:literal,)*
        }
    ) => {
        $(#[doc = $mdoc])+
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $model {
            $($(#[doc = $doc])+ pub $field: $ty,)+
            $($(#[doc = $made_doc])+ pub $made: $made_ty,)*
            raw: std::sync::Arc<str>,
        }

        impl $model {
            /// Reads the members named in the table; on failure names the
            /// first that is missing or cannot be read.
            fn read_members(
                members: &$crate::json::Members<'_>,
                raw: &str,
            ) -> std::result::Result<Self, &'static str> {
                Ok(Self {
                    $($field: <$ty as $crate::model::Member>::read(members.get($wire)).ok_or($wire)?,)+
                    $($made: Default::default(),)*
                    raw: raw.into(),
                })
            }
        }

        impl $crate::model::Model for $model {
            const NAME: &'static str = stringify!($model);
            const DOC: &'static str = concat!($($mdoc, "\n"),+);
            const FIELDS: &'static [$crate::model::FieldInfo] = &[
                $($crate::model::FieldInfo {
                    name: stringify!($field),
                    doc: concat!($($doc, "\n"),+),
                    shape: <$ty as $crate::model::Member>::SHAPE,
                    optional: <$ty as $crate::model::Member>::OPTIONAL,
                    unless_known: false,
                },)+
                $($crate::model::FieldInfo {
                    name: stringify!($made),
                    doc: concat!($($made_doc, "\n"),+),
                    shape: <$made_ty as $crate::model::Member>::SHAPE,
                    optional: <$made_ty as $crate::model::Member>::OPTIONAL,
                    unless_known: false,
                },)*
                $($crate::model::FieldInfo {
                    name: stringify!($says),
                    doc: concat!($($says_doc, "\n"),+),
                    shape: <$says_ty as $crate::model::Member>::SHAPE,
                    optional: <$says_ty as $crate::model::Member>::OPTIONAL,
                    unless_known: $unless_known,
                },)*
            ];

            fn field(&self, name: &str) -> Option<$crate::model::Value<'_>> {
                Some(match name {
                    $(stringify!($field) => $crate::model::Member::value(&self.$field),)+
                    $(stringify!($made) => $crate::model::Member::value(&self.$made),)*
                    $(stringify!($says) => $crate::model::says::<$says_ty>(self.$says()),)*
                    _ => return None,
                })
            }

            fn raw(&self) -> &str {
                &self.raw
            }
        }

        impl std::fmt::Debug for $model {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($model))
                    $(.field(stringify!($field), &self.$field))+
                    $(.field(stringify!($made), &self.$made))*
                    .finish_non_exhaustive()
            }
        }

        impl PartialEq for $model {
            fn eq(&self, other: &Self) -> bool {
                $(self.$field == other.$field)&&+ $(&& self.$made == other.$made)*
            }
        }
    };
}
pub(crate) use model;

impl Member for bool {
    const SHAPE: Shape = Shape::Bool;

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        serde_json::from_str(raw?.get()).ok()
    }

    fn value(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

/// The value of an answer that a model's method gives: yes, no or don't know.
pub(crate) fn says<T: Answer>(answer: T) -> Value<'static> {
    answer.into_value()
}

/// What such a method may return.
pub(crate) trait Answer {
    fn into_value(self) -> Value<'static>;
}

impl Answer for bool {
    fn into_value(self) -> Value<'static> {
        Value::Bool(self)
    }
}

impl Answer for Option<bool> {
    fn into_value(self) -> Value<'static> {
        self.map_or(Value::Null, Value::Bool)
    }
}
