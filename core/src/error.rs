//! What a call can end with when it does not end well.
//!
//! Every error answers three questions that a shop must be able to ask:
//! *did it happen?* ([`Error::outcome`]), *may I simply call again?*
//! ([`Error::is_retryable`]) and *what exactly was it?* ([`Error::code`], which
//! never changes its meaning once published).
//!
//! Kinds and codes are two tables in this module; the exception classes of the
//! other languages are generated from them.

mod code;
mod kind;
mod make;

pub use code::Code;
pub use kind::ErrorKind;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::model::Value;

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Whether what was asked for has happened (spec of Zaif Payment, section 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The service executed the call. On an error: executed, but its result
    /// cannot be used.
    Done,
    /// The service certainly did not execute the call.
    NotDone,
    /// The service may or may not have executed the call. Never repeat a call
    /// that moves money on this outcome; resume it.
    Unknown,
}

impl Outcome {
    /// The name used in every language: `done`, `not_done` or `unknown`.
    ///
    /// ```
    /// assert_eq!(kessai::Outcome::NotDone.as_str(), "not_done");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::NotDone => "not_done",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a call did not end well, and what is known of its effect.
///
/// Cheap to clone. Neither `Debug` nor `Display` ever shows a credential.
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    code: Code,
    outcome: Outcome,
    message: String,
    param: Option<String>,
    http_status: Option<u16>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    resume: Option<String>,
    invoice_ids: Vec<String>,
    decline_code: Option<String>,
    payment_id: Option<String>,
    service_code: Option<String>,
    idempotency_key: Option<String>,
    cause: Option<Error>,
    /// Whether the call changes nothing, so that it may be made again even if
    /// it was executed.
    only_read: bool,
}

impl Error {
    /// Everything it tells but its cause, by name: what other languages show.
    #[doc(hidden)]
    #[must_use]
    pub fn facts(&self) -> [(&'static str, Value<'_>); 15] {
        let status = self.http_status();
        [
            ("kind", Value::Text(self.kind().as_str())),
            ("code", Value::Text(self.code().as_str())),
            ("outcome", Value::Text(self.outcome().as_str())),
            ("retryable", Value::Bool(self.is_retryable())),
            ("message", Value::Text(self.message())),
            ("param", Value::text(self.param())),
            (
                "http_status",
                status.map_or(Value::Null, |s| Value::Int(s.into())),
            ),
            ("request_id", Value::text(self.request_id())),
            (
                "retry_after",
                self.retry_after().map_or(Value::Null, Value::Span),
            ),
            ("resume", Value::text(self.resume())),
            ("invoice_ids", Value::Texts(self.invoice_ids())),
            ("decline_code", Value::text(self.decline_code())),
            ("payment_id", Value::text(self.payment_id())),
            ("service_code", Value::text(self.service_code())),
            ("idempotency_key", Value::text(self.idempotency_key())),
        ]
    }

    fn change(mut self, change: impl FnOnce(&mut Inner)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// The family of the error: one exception class in each language.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.code.kind()
    }

    /// The stable code, such as `zaif.nonce_stuck`: match on this, never on
    /// the message.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What is known of the call's effect.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// Whether the same call may simply be made again later: it changes
    /// nothing, or certainly was not executed, and its cause can pass by
    /// itself.
    ///
    /// ```
    /// # use kessai::zaif::{Client, CreateInvoice};
    /// # use kessai::Yen;
    /// # fn shop(client: &Client, order: &CreateInvoice) {
    /// match client.create_invoice(order) {
    ///     Ok(invoice) => println!("{}", invoice.address),
    ///     Err(e) if e.is_retryable() => println!("not made; try again later"),
    ///     Err(e) => println!("{} ({})", e, e.outcome()),
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let harmless = self.0.only_read || self.0.outcome == Outcome::NotDone;
        harmless && self.0.code.is_transient()
    }

    /// What went wrong, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The parameter at fault, where there is one.
    #[must_use]
    pub fn param(&self) -> Option<&str> {
        self.0.param.as_deref()
    }

    /// The HTTP status of the last answer, where there was one.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.0.http_status
    }

    /// The identifier that the service or a proxy before it gave the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long the service asked to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The handle with which [`Client::resume`](crate::zaif::Client::resume)
    /// finds out what became of a call whose outcome is unknown. Store it
    /// beside the order; never hand it to a browser.
    #[must_use]
    pub fn resume(&self) -> Option<&str> {
        self.0.resume.as_deref()
    }

    /// The invoices that an [`ErrorKind::DuplicateInvoice`] speaks of, oldest
    /// first; empty for every other kind.
    #[must_use]
    pub fn invoice_ids(&self) -> &[String] {
        &self.0.invoice_ids
    }

    /// Why the card was declined, in the service's word for it, such as
    /// `insufficient_funds`; for an [`ErrorKind::Card`]. The set is open.
    #[must_use]
    pub fn decline_code(&self) -> Option<&str> {
        self.0.decline_code.as_deref()
    }

    /// The payment that an [`ErrorKind::Card`] speaks of: it is `failed`.
    #[must_use]
    pub fn payment_id(&self) -> Option<&str> {
        self.0.payment_id.as_deref()
    }

    /// What the service itself calls the failure, where it has a word for it.
    #[must_use]
    pub fn service_code(&self) -> Option<&str> {
        self.0.service_code.as_deref()
    }

    /// The idempotency key that the call went out with: the same call with the same
    /// key is never executed twice.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// The error behind this one.
    #[must_use]
    pub fn cause(&self) -> Option<&Self> {
        self.0.cause.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        write!(f, " [{}, outcome: {}]", self.0.code, self.0.outcome)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let e = &*self.0;
        let mut d = f.debug_struct("Error");
        d.field("kind", &self.kind())
            .field("code", &e.code.as_str())
            .field("outcome", &e.outcome)
            .field("message", &e.message);
        if let Some(param) = &e.param {
            d.field("param", param);
        }
        if let Some(status) = e.http_status {
            d.field("http_status", &status);
        }
        if let Some(id) = &e.request_id {
            d.field("request_id", id);
        }
        if let Some(cause) = &e.cause {
            d.field("cause", cause);
        }
        d.finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.cause {
            Some(cause) => Some(cause),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_within_a_secret_shows_none_of_it() {
        let secret = "secret_key_canary";
        let said = |message: &str| {
            let error = Error::new(Code::IpayInvalidRequest, Outcome::NotDone, message);
            error.without(&[secret]).message().to_owned()
        };
        assert_eq!(said("your secret_key_canary is odd"), "your *** is odd");
        for cut in [8, 12, 16] {
            let end = secret.get(..cut).unwrap();
            assert_eq!(said(&format!("your {end}")), "your ***");
        }
        // What is shorter is a word like any other.
        assert_eq!(said("your secret_"), "your secret_");
    }

    #[test]
    fn only_a_certain_and_passing_failure_is_retryable() {
        let at = |outcome| Error::new(Code::ZaifRateLimited, outcome, "slow down").is_retryable();
        assert!(at(Outcome::NotDone));
        assert!(!at(Outcome::Unknown));
        assert!(!at(Outcome::Done));
        assert!(!Error::input("amount", "too small").is_retryable());
        let read = Error::new(Code::TransportTimeout, Outcome::Unknown, "too slow").of_a_read();
        assert!(read.is_retryable());
    }

    #[test]
    fn a_cause_lends_its_http_facts() {
        let cause = Error::new(Code::TransportHttpStatus, Outcome::Unknown, "502")
            .with_http(Some(502), Some("r-1".into()));
        let error =
            Error::new(Code::ZaifOutcomeUnknown, Outcome::Unknown, "lost").with_cause(cause);
        assert_eq!(error.http_status(), Some(502));
        assert_eq!(error.request_id(), Some("r-1"));
        assert_eq!(
            error.to_string(),
            "lost [zaif.outcome_unknown, outcome: unknown]"
        );
    }
}
