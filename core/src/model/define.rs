//! The table that a model is written as, and what it needs beside.

use std::sync::Arc;

use super::{AskInfo, Described, Member, Value, VariantInfo, no_question};
use crate::argument::Args;
use crate::error::Result;
use crate::json::Members;
use crate::returned::Returned;

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

/// What a model's table of fields makes of an object.
pub(crate) trait Table: Sized {
    /// Reads the members named in the table; on failure names the first that is
    /// missing or cannot be read.
    fn read_members(
        members: &Members<'_>,
        raw: Arc<str>,
    ) -> std::result::Result<Self, &'static str>;

    /// Whether that would succeed, without making anything.
    fn can_be_read(members: &Members<'_>) -> bool;
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

        impl $crate::model::Table for $model {
            fn read_members(
                members: &$crate::json::Members<'_>,
                raw: std::sync::Arc<str>,
            ) -> std::result::Result<Self, &'static str> {
                Ok(Self {
                    $($field: <$ty as $crate::model::Member>::read(members.get($wire))
                        .or_else(<Self as $crate::model::Own>::unreadable::<$ty>)
                        .ok_or($wire)?,)+
                    $($made: Default::default(),)*
                    raw,
                })
            }

            fn can_be_read(members: &$crate::json::Members<'_>) -> bool {
                // One that may be absent is never what fails.
                $((<Self as $crate::model::Own>::unreadable::<$ty>().is_some()
                    || <$ty as $crate::model::Member>::read(members.get($wire)).is_some()))&&+
            }
        }

        impl $crate::model::Described for $model {
            const NAME: &'static str = stringify!($model);
            const DOC: &'static str = concat!($($mdoc, "\n"),+);
            const FIELDS: &'static [$crate::model::FieldInfo] = &[
                $($crate::model::FieldInfo {
                    name: $crate::model::plain(stringify!($field)),
                    masked: <$ty as $crate::model::Member>::MASKED,
                    doc: $crate::doc::Doc::of(concat!($($doc, "\n"),+)),
                    shape: <$ty as $crate::model::Member>::SHAPE,
                    optional: <$ty as $crate::model::Member>::OPTIONAL,
                    unless_known: false,
                },)+
                $($crate::model::FieldInfo {
                    name: stringify!($made),
                    masked: <$made_ty as $crate::model::Member>::MASKED,
                    doc: $crate::doc::Doc::of(concat!($($made_doc, "\n"),+)),
                    shape: <$made_ty as $crate::model::Member>::SHAPE,
                    optional: <$made_ty as $crate::model::Member>::OPTIONAL,
                    unless_known: false,
                },)*
                $($crate::model::FieldInfo {
                    name: stringify!($says),
                    masked: false,
                    doc: $crate::doc::Doc::of(concat!($($says_doc, "\n"),+)),
                    shape: <$says_ty as $crate::model::Member>::SHAPE,
                    optional: <$says_ty as $crate::model::Member>::OPTIONAL,
                    unless_known: $unless_known,
                },)*
            ];
            const INFO: $crate::model::ModelInfo = $crate::model::ModelInfo {
                module: <Self as $crate::model::Own>::MODULE,
                name: Self::NAME,
                doc: $crate::doc::Doc::of(Self::DOC),
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

            fn as_any(&self) -> &dyn std::any::Any {
                self
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
