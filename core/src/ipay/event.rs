//! What a webhook says, once it is known to be the service's.

mod model;

use std::fmt;
use std::sync::{Arc, OnceLock};

use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::object::Object as _;
use super::{Customer, Payment, Subscription};
use crate::error::{Code, Error, Outcome, Result};
use crate::hex::hex_lower;
use crate::json::{self, Members};
use crate::model::{Member as _, UnixSeconds};

/// A webhook that the service signed.
///
/// Only the top level was read; [`data`](Self::data) is the object that the
/// event is about, as it came. That it is genuine does not make it the event
/// that the shop waits for, nor a new one: signatures bear no time, so an old
/// delivery can be sent again, and deliveries may come in any order. Let each
/// [`key`](Self::key) count once, and ask the service for the payment itself
/// before anything is shipped.
#[derive(Clone)]
pub struct Event {
    id: Option<String>,
    event_type: String,
    created: Option<UnixSeconds>,
    data: Option<Arc<str>>,
    raw: String,
    key: OnceLock<String>,
    secret_index: usize,
    /// Read when it is asked for.
    about: OnceLock<About>,
}

/// The object that an event is about.
#[derive(Debug, Clone)]
enum About {
    Payment(Arc<Payment>),
    Customer(Arc<Customer>),
    Subscription(Arc<Subscription>),
    /// Something that nobody listed, or that cannot be read as what it should be.
    Unknown,
}

/// The kinds of objects that events are known to be about.
#[derive(Debug, Clone, Copy)]
enum Subject {
    Payment,
    Customer,
    Subscription,
}

impl Event {
    /// Reads a body whose signature was true.
    pub(super) fn read(body: &[u8], secret_index: usize) -> Result<Self> {
        let bad = |why: &str| Error::new(Code::IpayBadEvent, Outcome::NotDone, why);
        let raw = str::from_utf8(body).map_err(|_| bad("the webhook is not UTF-8"))?;
        let members = Members::parse(raw)
            .map_err(|_| bad("the webhook is not one JSON object with each member once"))?;
        let event_type = members
            .get("type")
            .and_then(json::text)
            .ok_or_else(|| bad("the webhook has no text `type`"))?;
        let is_some = |value: &&RawValue| !json::is_null(value);
        Ok(Self {
            id: members
                .get("id")
                .and_then(json::text)
                .filter(|id| !id.is_empty()),
            event_type,
            created: UnixSeconds::read(members.get("created")),
            data: (members.get("data").filter(is_some)).map(|data| data.get().into()),
            raw: raw.to_owned(),
            key: OnceLock::new(),
            secret_index,
            about: OnceLock::new(),
        })
    }

    /// The event's identifier (**Usual**); `None` also where it is no text, or
    /// an empty one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// What happened, such as `payment.succeeded`. The set is open.
    #[must_use]
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// When it happened, in Unix seconds (**Usual**).
    #[must_use]
    pub const fn created(&self) -> Option<UnixSeconds> {
        self.created
    }

    /// The object that it is about: JSON, to the letter as it came. `None`
    /// where it is missing or null.
    #[must_use]
    pub fn data(&self) -> Option<&str> {
        self.data.as_deref()
    }

    /// The whole body, to the letter as it came.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Which of the secrets it was signed with, counted from 0 in the order in
    /// which they were given. Once the old one matches nothing any more it can
    /// go.
    #[must_use]
    pub const fn secret_index(&self) -> usize {
        self.secret_index
    }

    /// By what the event is known: its identifier, or, where it has none,
    /// `sha256:` and the SHA-256 of the body in hex. A delivery that is repeated
    /// has the same key.
    #[must_use]
    pub fn key(&self) -> &str {
        match &self.id {
            Some(id) => id,
            None => self
                .key
                .get_or_init(|| format!("sha256:{}", hex_lower(&Sha256::digest(&self.raw)))),
        }
    }

    /// The payment that it is about; none for events of other things, and where it
    /// cannot be read as one.
    #[must_use]
    pub fn payment(&self) -> Option<&Payment> {
        match self.about() {
            About::Payment(payment) => Some(payment),
            _ => None,
        }
    }

    /// The customer that it is about.
    #[must_use]
    pub fn customer(&self) -> Option<&Customer> {
        match self.about() {
            About::Customer(customer) => Some(customer),
            _ => None,
        }
    }

    /// The subscription that it is about.
    #[must_use]
    pub fn subscription(&self) -> Option<&Subscription> {
        match self.about() {
            About::Subscription(subscription) => Some(subscription),
            _ => None,
        }
    }

    /// The identifier of the payment that it is about.
    pub(super) fn payment_id(&self) -> Option<String> {
        if let Some(payment) = self.payment() {
            return Some(payment.id.clone());
        }
        if !self.event_type.starts_with("payment.") {
            return None;
        }
        let data = Members::parse(self.data()?).ok()?;
        let payment = data.get("payment").and_then(json::text);
        payment.or_else(|| data.get("id").and_then(json::text))
    }

    /// An event that was verified before, from its whole body.
    pub(super) fn of_verified(raw: &str) -> Result<Self> {
        Self::read(raw.as_bytes(), 0)
    }

    fn about(&self) -> &About {
        self.about.get_or_init(|| {
            let Some((data, members)) = self.members() else {
                return About::Unknown;
            };
            let data = Arc::clone(data);
            let about = match self.subject(&members) {
                Some(Subject::Payment) => {
                    Payment::of_members(&members, data).map(|it| About::Payment(it.into()))
                }
                Some(Subject::Customer) => {
                    Customer::of_members(&members, data).map(|it| About::Customer(it.into()))
                }
                Some(Subject::Subscription) => Subscription::of_members(&members, data)
                    .map(|it| About::Subscription(it.into())),
                None => return About::Unknown,
            };
            about.unwrap_or(About::Unknown)
        })
    }

    fn members(&self) -> Option<(&Arc<str>, Members<'_>)> {
        let data = self.data.as_ref()?;
        Some((data, Members::parse(data).ok()?))
    }

    /// What its object should be.
    fn subject(&self, members: &Members<'_>) -> Option<Subject> {
        let kind = self.event_type.as_str();
        // Refunds and disputes name the payment that they belong to, and must not
        // pass for it.
        if kind.starts_with("payment.") && members.get("payment").is_none() {
            Some(Subject::Payment)
        } else if kind.starts_with("customer.subscription.") {
            Some(Subject::Subscription)
        } else if kind.starts_with("customer.") {
            Some(Subject::Customer)
        } else {
            None
        }
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl Eq for Event {}

impl fmt::Debug for Event {
    /// Without the data, which may hold what belongs into no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("event_type", &self.event_type)
            .field("created", &self.created)
            .field("secret_index", &self.secret_index)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
