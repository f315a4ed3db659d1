//! What a call gives, read from its answer.

use std::fmt;

use serde_json::value::RawValue;

use super::object::{Object, bad};
use super::payment::{Payment, PaymentResult};
use crate::error::Result;
use crate::json::{self, Members};
use crate::model::{Described, Model};
use crate::returned::{self, Returned, Returns};

/// What a call can give.
pub(crate) trait Gives: Sized {
    /// What other languages call it.
    const RETURNS: Returns;

    /// Reads the answer to a request that started after this item of a list.
    fn read(body: &str, replayed: bool, after: Option<&str>) -> Result<Self>;

    /// For other languages.
    fn returned(self) -> Returned;
}

/// What a list can hold.
pub trait Item: Sized {
    /// The name of its model.
    const NAME: &'static str;

    /// Reads it.
    fn item(raw: &str, replayed: bool) -> Result<Self>;

    /// What the service calls it.
    fn id(&self) -> &str;

    /// For other languages.
    fn boxed(self) -> Box<dyn Model>;
}

impl<O: Object + Described> Item for O {
    const NAME: &'static str = O::NAME;

    fn item(raw: &str, replayed: bool) -> Result<Self> {
        Self::of_json(raw, replayed)
    }

    fn id(&self) -> &str {
        Model::id(self)
    }

    fn boxed(self) -> Box<dyn Model> {
        Box::new(self)
    }
}

impl Item for PaymentResult {
    const NAME: &'static str = <Payment as Described>::NAME;

    fn item(raw: &str, replayed: bool) -> Result<Self> {
        <Payment as Object>::of_json(raw, replayed).map(Self::from)
    }

    fn id(&self) -> &str {
        &self.payment().id
    }

    fn boxed(self) -> Box<dyn Model> {
        Box::new(Payment::from(self))
    }
}

impl<I: Item> Gives for I {
    const RETURNS: Returns = Returns::Model(I::NAME);

    fn read(body: &str, replayed: bool, _after: Option<&str>) -> Result<Self> {
        Self::item(body, replayed)
    }

    fn returned(self) -> Returned {
        Returned::Model(self.boxed())
    }
}

/// JSON whose form is the service's.
#[derive(Debug)]
pub(crate) struct RawAnswer(pub(crate) String);

impl Gives for RawAnswer {
    const RETURNS: Returns = Returns::Json;

    fn read(body: &str, _replayed: bool, _after: Option<&str>) -> Result<Self> {
        Ok(Self(body.to_owned()))
    }

    fn returned(self) -> Returned {
        Returned::Json(self.0)
    }
}

/// One page of a list, newest first.
#[derive(Clone, PartialEq)]
pub struct Page<T> {
    /// What stands on it.
    pub items: Vec<T>,
    /// What the next page starts after; none on the last.
    pub next: Option<String>,
}

impl<T: fmt::Debug> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("items", &self.items)
            .field("next", &self.next)
            .finish()
    }
}

impl<T: Item> Gives for Page<T> {
    const RETURNS: Returns = Returns::Page(T::NAME);

    /// A page that would be followed by itself is refused.
    fn read(body: &str, _replayed: bool, after: Option<&str>) -> Result<Self> {
        let members = Members::parse(body).map_err(|_| bad("it is not an object"))?;
        let data = members.get("data").ok_or_else(|| bad("it has no data"))?;
        let items: Vec<&RawValue> =
            serde_json::from_str(data.get()).map_err(|_| bad("its data are not a list"))?;
        let items: Vec<T> = items
            .iter()
            .map(|raw| T::item(raw.get(), false))
            .collect::<Result<_>>()?;
        let more = match members.get("has_more") {
            None => false,
            Some(raw) if json::is_null(raw) => false,
            Some(raw) => serde_json::from_str(raw.get())
                .map_err(|_| bad("its has_more is neither true nor false"))?,
        };
        let next = match items.last() {
            Some(last) if more => Some(last.id().to_owned()),
            None if more => return Err(bad("it has nothing on a page, and more to come")),
            _ => None,
        };
        if next.is_some() && next.as_deref() == after {
            return Err(bad("its next page is the same page again"));
        }
        Ok(Self { items, next })
    }

    fn returned(self) -> Returned {
        Returned::Page(returned::Page {
            items: self.items.into_iter().map(T::boxed).collect(),
            next: self.next,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Refund;
    use super::*;

    fn page(body: &str, after: Option<&str>) -> Result<Page<Refund>> {
        Page::read(body, false, after)
    }

    #[test]
    fn pages_come_to_an_end() {
        let one = r#"{"id":"re_1","status":"succeeded","amount":1}"#;
        let more = format!(r#"{{"data":[{one}],"has_more":true}}"#);
        assert_eq!(page(&more, None).unwrap().next.as_deref(), Some("re_1"));
        assert!(page(&more, Some("re_1")).is_err());
        assert!(page(r#"{"data":[],"has_more":true}"#, None).is_err());
        assert_eq!(
            page(&format!(r#"{{"data":[{one}]}}"#), None).unwrap().next,
            None
        );
        for bad in [
            "[]",
            "{}",
            r#"{"data":{}}"#,
            r#"{"data":[1]}"#,
            r#"{"data":[],"has_more":1}"#,
        ] {
            assert!(page(bad, None).is_err(), "{bad}");
        }
    }
}
