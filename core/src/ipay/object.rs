//! What all objects of the service have in common: how they are read, and kept
//! with what kessai knew besides.

use std::sync::Arc;

use crate::error::{Code, Error, Outcome, Result};
use crate::exchange::{self, Names};
use crate::json::{self, Members};
use crate::model::{Member, Model, Value};

/// An object that answers hold.
pub(crate) trait Object: Model + Sized {
    /// Reads the members of its table; what is wrong is told by the member's name.
    fn of_members(members: &Members<'_>, raw: Arc<str>) -> std::result::Result<Self, &'static str>;

    /// Marks it as an answer that an earlier request got.
    fn mark_replayed(&mut self, _replayed: bool) {}

    /// Reads the object of an answer. What is wrong with it is told without its
    /// values.
    fn of_json(raw: &str, replayed: bool) -> Result<Self> {
        let members = Members::parse(raw).map_err(|_| bad("it is not an object"))?;
        let mut object = Self::of_members(&members, raw.into())
            .map_err(|field| bad(&format!("{field} is missing or cannot be read")))?;
        object.mark_replayed(replayed);
        Ok(object)
    }

    /// All of it as one text.
    fn stored(&self) -> String {
        let replayed = self.field("replayed").unwrap_or(Value::Null);
        let all = [
            ("model", Value::Text(self.info().name)),
            ("raw", Value::Text(self.raw())),
            ("replayed", replayed),
        ];
        exchange::object(all, Names::Snake)
    }

    /// Reads that.
    fn of_stored(stored: &str) -> Result<Self> {
        let bad = || Error::input("stored", "stored must be the text of a stored object");
        let members = Members::parse(stored).map_err(|_| bad())?;
        let raw = members.get("raw").and_then(json::text).ok_or_else(bad)?;
        let model = members.get("model").and_then(json::text);
        let replayed = Option::<bool>::read(members.get("replayed")).ok_or_else(bad)?;
        let object = Self::of_json(&raw, replayed.unwrap_or_default()).map_err(|_| bad())?;
        // What holds the same members may be another thing all the same.
        if model.as_deref() == Some(object.info().name) {
            Ok(object)
        } else {
            Err(bad())
        }
    }
}

/// The guide shows few members and tells the form of fewer: one that may be absent
/// is so where it is of another form, and stands in the object as it came. What has
/// been paid must not be lost for the form of its date.
pub(crate) fn unreadable<T: Member>() -> Option<T> {
    T::absent()
}

/// An answer that cannot be used: the call was executed all the same.
pub(crate) fn bad(why: &str) -> Error {
    Error::new(
        Code::IpayBadAnswer,
        Outcome::Done,
        format!("the service answered with something that cannot be used: {why}"),
    )
}

/// What a model of iPay has of its own where nothing is special about it.
macro_rules! object {
    ($model:ident, $id:expr) => {
        $crate::ipay::object::object!($model, $id, |_model, _replayed| {});
    };
    ($model:ident, $id:expr, replayed) => {
        $crate::ipay::object::object!($model, $id, |model, replayed| model.replayed = replayed);
    };
    ($model:ident, $id:expr, $mark:expr) => {
        impl $crate::model::Own for $model {
            const MODULE: &'static str = "ipay";

            fn unreadable<T: $crate::model::Member>() -> Option<T> {
                $crate::ipay::object::unreadable()
            }

            fn own_id(&self) -> &str {
                let id: fn(&Self) -> &str = $id;
                id(self)
            }

            fn to_store(&self) -> String {
                $crate::ipay::object::Object::stored(self)
            }

            fn from_store(stored: &str) -> $crate::error::Result<Self> {
                $crate::ipay::object::Object::of_stored(stored)
            }
        }

        impl $crate::ipay::object::Object for $model {
            fn of_members(
                members: &$crate::json::Members<'_>,
                raw: std::sync::Arc<str>,
            ) -> std::result::Result<Self, &'static str> {
                $crate::model::Table::read_members(members, raw)
            }

            fn mark_replayed(&mut self, replayed: bool) {
                let mark: fn(&mut Self, bool) = $mark;
                mark(self, replayed);
            }
        }

        $crate::ipay::object::as_member!($model);
    };
}
pub(crate) use object;

/// Lets other models hold it.
macro_rules! as_member {
    ($model:ident) => {
        impl $crate::model::Member for $model {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Model(stringify!($model));

            fn read(raw: Option<&serde_json::value::RawValue>) -> Option<Self> {
                $crate::ipay::object::Object::of_json(raw?.get(), false).ok()
            }

            fn value(&self) -> $crate::model::Value<'_> {
                $crate::model::Value::Model(self)
            }
        }
    };
}
pub(crate) use as_member;
