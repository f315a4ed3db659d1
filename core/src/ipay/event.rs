//! What a webhook says, once it is known to be the service's.

use std::fmt;

use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

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
#[derive(Clone, PartialEq, Eq)]
pub struct Event {
    id: Option<String>,
    event_type: String,
    created: Option<UnixSeconds>,
    data: Option<String>,
    raw: String,
    secret_index: usize,
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
            data: members
                .get("data")
                .filter(is_some)
                .map(|data| data.get().to_owned()),
            raw: raw.to_owned(),
            secret_index,
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
    pub fn key(&self) -> String {
        match &self.id {
            Some(id) => id.clone(),
            None => format!("sha256:{}", hex_lower(&Sha256::digest(&self.raw))),
        }
    }
}

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
