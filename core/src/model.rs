//! How a model describes itself, so that every language shows the same one.
//!
//! A field is written once, in a `model!` table. From it come the Rust
//! struct, the reading of answers, the attributes that bindings hand out
//! (through [`Value`]) and, through [`FieldInfo`], the generated type stubs.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::argument::{ArgInfo, Args};
use crate::error::{Code, Error, Outcome, Result};
use crate::exchange::{self, Names};
use crate::json::{self, Members};
use crate::money::{Amount, CoinAmount, Yen};
use crate::returned::{Detail, Returned, Returns};
use crate::secret::Secret;

/// A field's value on its way into another language.
#[derive(Debug, Clone, PartialEq)]
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
    /// Texts by name.
    Map(&'a BTreeMap<String, String>),
    /// JSON whose form the documents do not tell, to the letter.
    Json(&'a str),
    /// A model within a model.
    Model(&'a dyn Model),
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
    /// See [`Value::Map`].
    Map,
    /// See [`Value::Json`].
    Json,
    /// See [`Value::Model`]: a model of this name.
    Model(&'static str),
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
    /// Whether it is not shown where a model is printed.
    pub masked: bool,
    /// What a language that knows only yes and no says when it is not known:
    /// whatever harms nobody.
    pub unless_known: bool,
}

/// A question that a model answers without the service.
#[derive(Debug, Clone, Copy)]
pub struct AskInfo {
    /// Its name in Rust and Python.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// What it needs to be told.
    pub args: &'static [ArgInfo],
    /// What it gives.
    pub returns: Returns,
    /// Whether it is as good as a field: it needs nothing and cannot fail.
    pub is_field: bool,
}

/// One of several things that a model can be, each a class of its own, so that
/// none passes for another.
#[derive(Debug, Clone, Copy)]
pub struct VariantInfo {
    /// The name of its class.
    pub name: &'static str,
    /// The word that [`ModelInfo::told_by`] then has.
    pub word: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The optional fields that it certainly has.
    pub has: &'static [&'static str],
}

/// What bindings and the generator need to know of a model.
#[derive(Debug)]
pub struct ModelInfo {
    /// The module it belongs to: `zaif` or `ipay`.
    pub module: &'static str,
    /// Its name in every language.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its fields, in order.
    pub fields: &'static [FieldInfo],
    /// What it can be asked.
    pub asks: &'static [AskInfo],
    /// What it can be, where that is not always the same.
    pub variants: &'static [VariantInfo],
    /// The field that tells which of them it is.
    pub told_by: &'static str,
    /// A model of this kind as it was when it was stored.
    pub restore: fn(&str) -> Result<Box<dyn Model>>,
}

/// A model that bindings can show without knowing it.
pub trait Model: Any + fmt::Debug + Send + Sync {
    /// What it is.
    fn info(&self) -> &'static ModelInfo;

    /// A field's value; `None` when there is no such field.
    fn field(&self, name: &str) -> Option<Value<'_>>;

    /// The object as the service sent it, to the letter: unknown fields
    /// included.
    fn raw(&self) -> &str;

    /// What the service calls it: two models with one identifier are readings
    /// of the same object.
    fn id(&self) -> &str;

    /// All of it as one text, for a cache or a queue; [`ModelInfo::restore`]
    /// reads it.
    fn store(&self) -> String;

    /// Its class: the name of the model, or of what it is of several things.
    fn class(&self) -> &'static str {
        let info = self.info();
        let word = match self.field(info.told_by) {
            Some(Value::Text(word)) => word,
            _ => "",
        };
        let variant = info.variants.iter().find(|variant| variant.word == word);
        variant.map_or(info.name, |variant| variant.name)
    }

    /// Asks it a question by its name.
    ///
    /// # Errors
    ///
    /// [`Code::InputUnknown`] for a question that there is not.
    fn ask(&self, name: &str, _args: Args) -> Result<Returned> {
        Err(no_question(self.info().name, name))
    }

    /// The same once more.
    fn copy(&self) -> Box<dyn Model>;

    /// Whether it is of the same kind and tells the same.
    fn equals(&self, other: &dyn Model) -> bool;

    /// A member of the object as the service sent it, by the service's name: its
    /// JSON, to the letter. For languages that read no JSON themselves.
    fn member(&self, name: &str) -> Option<&str> {
        let members = Members::parse(self.raw()).ok()?;
        members.get(name).map(RawValue::get)
    }

    /// The same where the member is a text: what it says.
    fn member_text(&self, name: &str) -> Option<String> {
        let members = Members::parse(self.raw()).ok()?;
        json::text(members.get(name)?)
    }
}

impl dyn Model {
    /// As what it is.
    #[must_use]
    pub fn of<M: Model>(&self) -> Option<&M> {
        let any: &dyn Any = self;
        any.downcast_ref()
    }

    /// Its fields as JSON: whole numbers as numbers, exact ones as text.
    #[must_use]
    pub fn to_json(&self, names: Names, detail: Detail) -> String {
        let fields = self.info().fields.iter();
        let fields = fields.filter_map(|field| Some((field.name, self.field(field.name)?)));
        let mut out = exchange::object_in(fields, names, detail);
        out.pop();
        if !self.info().variants.is_empty() {
            out.push_str(r#","class":"#);
            exchange::quote(&mut out, self.class());
        }
        match detail {
            Detail::Raw => {
                out.push_str(r#","raw":"#);
                out.push_str(self.raw());
            }
            Detail::Stored => {
                out.push_str(r#","stored":"#);
                exchange::quote(&mut out, &self.store());
            }
        }
        out.push('}');
        out
    }
}

impl PartialEq for dyn Model {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other)
    }
}

/// What a model says to a question that it does not know.
pub(crate) fn no_question(model: &str, name: &str) -> Error {
    Error::new(
        Code::InputUnknown,
        Outcome::NotDone,
        format!("{} cannot be asked for {name}", in_words(model)),
    )
    .with_param("name")
}

/// `PaymentMethod` as `a payment method`.
fn in_words(name: &str) -> String {
    let mut words = String::from(if name.starts_with(['A', 'E', 'I', 'O', 'U']) {
        "an"
    } else {
        "a"
    });
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// A model that the compiler knows.
pub trait Described: Model + Sized {
    /// Its fields, in order.
    const FIELDS: &'static [FieldInfo];
    /// Its name in every language.
    const NAME: &'static str;
    /// Its documentation.
    const DOC: &'static str;
    /// All there is to know of it.
    const INFO: ModelInfo;
}

/// What a model has of its own, beside its table of fields.
pub(crate) trait Own: Described {
    /// The module it belongs to.
    const MODULE: &'static str;
    /// What it can be asked.
    const QUESTIONS: &'static [AskInfo] = &[];
    /// What it can be.
    const VARIANTS: &'static [VariantInfo] = &[];
    /// The field that tells which.
    const TOLD_BY: &'static str = "";

    /// What to take for a member that cannot be read.
    fn unreadable<T: Member>() -> Option<T> {
        None
    }

    /// What the service calls it.
    fn own_id(&self) -> &str;

    /// All of it as one text.
    fn to_store(&self) -> String;

    /// Reads that.
    fn from_store(stored: &str) -> Result<Self>;

    /// Answers a question.
    fn answer(&self, name: &str, _args: Args) -> Result<Returned> {
        Err(no_question(Self::NAME, name))
    }
}

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
                    $($field: <$ty as $crate::model::Member>::read(members.get($wire))
                        .or_else(<Self as $crate::model::Own>::unreadable::<$ty>)
                        .ok_or($wire)?,)+
                    $($made: Default::default(),)*
                    raw: raw.into(),
                })
            }
        }

        impl $crate::model::Described for $model {
            const NAME: &'static str = stringify!($model);
            const DOC: &'static str = concat!($($mdoc, "\n"),+);
            const FIELDS: &'static [$crate::model::FieldInfo] = &[
                $($crate::model::FieldInfo {
                    name: $crate::model::plain(stringify!($field)),
                    masked: <$ty as $crate::model::Member>::MASKED,
                    doc: concat!($($doc, "\n"),+),
                    shape: <$ty as $crate::model::Member>::SHAPE,
                    optional: <$ty as $crate::model::Member>::OPTIONAL,
                    unless_known: false,
                },)+
                $($crate::model::FieldInfo {
                    name: stringify!($made),
                    masked: <$made_ty as $crate::model::Member>::MASKED,
                    doc: concat!($($made_doc, "\n"),+),
                    shape: <$made_ty as $crate::model::Member>::SHAPE,
                    optional: <$made_ty as $crate::model::Member>::OPTIONAL,
                    unless_known: false,
                },)*
                $($crate::model::FieldInfo {
                    name: stringify!($says),
                    masked: false,
                    doc: concat!($($says_doc, "\n"),+),
                    shape: <$says_ty as $crate::model::Member>::SHAPE,
                    optional: <$says_ty as $crate::model::Member>::OPTIONAL,
                    unless_known: $unless_known,
                },)*
            ];
            const INFO: $crate::model::ModelInfo = $crate::model::ModelInfo {
                module: <Self as $crate::model::Own>::MODULE,
                name: Self::NAME,
                doc: Self::DOC,
                fields: Self::FIELDS,
                asks: <Self as $crate::model::Own>::QUESTIONS,
                variants: <Self as $crate::model::Own>::VARIANTS,
                told_by: <Self as $crate::model::Own>::TOLD_BY,
                restore: |stored| Ok(Box::new(<Self as $crate::model::Own>::from_store(stored)?)),
            };
        }

        impl $crate::model::Model for $model {
            fn info(&self) -> &'static $crate::model::ModelInfo {
                const { &<$model as $crate::model::Described>::INFO }
            }

            fn field(&self, name: &str) -> Option<$crate::model::Value<'_>> {
                Some(match name {
                    $(_ if name == const { $crate::model::plain(stringify!($field)) } => $crate::model::Member::value(&self.$field),)+
                    $(stringify!($made) => $crate::model::Member::value(&self.$made),)*
                    $(stringify!($says) => $crate::model::says::<$says_ty>(self.$says()),)*
                    _ => return None,
                })
            }

            fn raw(&self) -> &str {
                &self.raw
            }

            fn id(&self) -> &str {
                $crate::model::Own::own_id(self)
            }

            fn store(&self) -> String {
                $crate::model::Own::to_store(self)
            }

            fn ask(
                &self,
                name: &str,
                args: $crate::argument::Args,
            ) -> $crate::error::Result<$crate::returned::Returned> {
                $crate::model::Own::answer(self, name, args)
            }

            fn copy(&self) -> Box<dyn $crate::model::Model> {
                Box::new(self.clone())
            }

            fn equals(&self, other: &dyn $crate::model::Model) -> bool {
                other.of::<Self>() == Some(self)
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

/// A name without what Rust marks it with where it is a word of its own.
pub(crate) const fn plain(name: &str) -> &str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
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
