//! What a shop's logs and metrics are told of each call and of each of its
//! requests. (The question for the service's time before a process's first nonce
//! is no call's.)
//!
//! The hook is the shop's: kessai itself writes no log and sends nothing to
//! anyone. No event holds a credential or anything about a buyer.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Code, Error, Outcome};
use crate::model::Value;

/// What an [`Event`] tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventName {
    /// One request has ended: one of the tries of a call.
    Request,
    /// A call has ended. Told before its caller is, so also when the caller is
    /// interrupted.
    Call,
    /// This machine's clock differs from the service's by more than 30 s.
    ClockSkew,
}

impl EventName {
    /// The word used in every language: `request`, `call` or `clock_skew`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Call => "call",
            Self::ClockSkew => "clock_skew",
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Event<'a> {
    /// What it tells of.
    pub name: EventName,
    /// The service's method for a request, such as `createInvoice` or
    /// `POST /payments`; kessai's for a call, such as `create_invoice`. Of the
    /// request that fetches a token it is `POST /oauth/token`.
    pub method: &'a str,
    /// Which request of its call this was, from 1; for a call, how many it
    /// made. One that fetches a token is no call's: it serves them all.
    pub attempt: u32,
    /// What is known of the effect.
    pub outcome: Outcome,
    /// Why it did not end well.
    pub code: Option<Code>,
    /// The HTTP status, where there was an answer.
    pub http_status: Option<u16>,
    /// The identifier that the service or a proxy gave the request.
    pub request_id: Option<&'a str>,
    /// How long it took.
    pub duration: Duration,
    /// For a call whose outcome is unknown: the handle that resumes it. It holds
    /// what was sent, such as the order's description and metadata: keep it as the
    /// order itself is kept.
    pub resume: Option<&'a str>,
    /// For a clock skew: this machine's Unix time in seconds.
    pub local_time: Option<u64>,
    /// For a clock skew: the service's Unix time in seconds.
    pub server_time: Option<u64>,
}

impl<'a> Event<'a> {
    /// One that tells nothing yet but its name.
    pub(crate) const fn new(name: EventName, method: &'a str, outcome: Outcome) -> Self {
        Self {
            name,
            method,
            attempt: 0,
            outcome,
            code: None,
            http_status: None,
            request_id: None,
            duration: Duration::ZERO,
            resume: None,
            local_time: None,
            server_time: None,
        }
    }

    /// What an error adds.
    pub(crate) fn with_error(mut self, error: &'a Error) -> Self {
        self.outcome = error.outcome();
        self.code = Some(error.code());
        self.http_status = error.http_status();
        self.request_id = error.request_id();
        self.resume = error.resume();
        self
    }

    /// Everything it tells, by name: what other languages show.
    #[doc(hidden)]
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, Value<'a>)> {
        let count = |whole: Option<u64>| {
            let whole = whole.and_then(|whole| i64::try_from(whole).ok());
            whole.map_or(Value::Null, Value::Int)
        };
        let mut fields = vec![
            ("name", Value::Text(self.name.as_str())),
            ("method", Value::Text(self.method)),
            ("attempt", Value::Int(self.attempt.into())),
            ("outcome", Value::Text(self.outcome.as_str())),
            ("code", Value::text(self.code.map(Code::as_str))),
            ("http_status", count(self.http_status.map(u64::from))),
            ("request_id", Value::text(self.request_id)),
            ("duration", Value::Span(self.duration)),
            ("resume", Value::text(self.resume)),
            ("local_time", count(self.local_time)),
            ("server_time", count(self.server_time)),
        ];
        fields.retain(|(_, value)| *value != Value::Null);
        fields
    }
}

/// Whoever is told.
#[derive(Clone, Default)]
pub(crate) struct Hook(Option<Arc<Listener>>);

type Listener = dyn Fn(&Event<'_>) + Send + Sync;

impl Hook {
    pub(crate) fn new(listener: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    pub(crate) const fn is_set(&self) -> bool {
        self.0.is_some()
    }

    /// Tells it. A hook that panics changes nothing about the call.
    pub(crate) fn tell(&self, event: &Event<'_>) {
        if let Some(listener) = &self.0 {
            let _ = catch_unwind(AssertUnwindSafe(|| listener(event)));
        }
    }
}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hook({})", if self.is_set() { "set" } else { "none" })
    }
}
