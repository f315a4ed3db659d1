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

/// What is shorter stands in many texts by chance: a card's code has three digits.
const SHORTEST_SECRET: usize = 3;

/// What is so long is no word that stands in another.
const NO_WORD: usize = 8;

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
    pub(crate) fn new(code: Code, outcome: Outcome, message: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            code,
            outcome,
            message: message.into(),
            param: None,
            http_status: None,
            request_id: None,
            retry_after: None,
            resume: None,
            invoice_ids: Vec::new(),
            decline_code: None,
            payment_id: None,
            service_code: None,
            idempotency_key: None,
            cause: None,
            only_read: false,
        }))
    }

    /// A parameter that the caller must mend. Nothing was sent.
    pub(crate) fn input(param: &str, message: impl Into<String>) -> Self {
        Self::new(Code::InputInvalid, Outcome::NotDone, message).with_param(param)
    }

    /// A call that waited too long for a thread of a binding.
    #[doc(hidden)]
    #[must_use]
    pub fn of_the_pool() -> Self {
        Self::new(
            Code::TransportTimeout,
            Outcome::NotDone,
            "the time limit passed before a thread was free for the call, so nothing was sent: \
             allow more threads",
        )
    }

    /// A call that ended early because a binding was asked to end it.
    #[doc(hidden)]
    #[must_use]
    pub fn of_an_interruption(outcome: Outcome) -> Self {
        crate::interrupt::error(outcome)
    }

    /// A call that a defect of a binding ended.
    #[doc(hidden)]
    #[must_use]
    pub fn of_a_defect() -> Self {
        Self::new(
            Code::Internal,
            Outcome::Unknown,
            "a defect in kessai ended the call: please report it",
        )
    }

    /// A call that was executed, and whose result a defect of a binding lost.
    #[doc(hidden)]
    #[must_use]
    pub fn of_a_lost_result() -> Self {
        Self::new(
            Code::Internal,
            Outcome::Done,
            "a defect in kessai lost what the call gave: please report it",
        )
    }

    /// What a call on a client that was closed ends with.
    #[doc(hidden)]
    #[must_use]
    pub fn of_a_closed_client() -> Self {
        Self::new(
            Code::InputClosed,
            Outcome::NotDone,
            "the client is closed: make the call before close, or on another client",
        )
    }

    /// A value that a binding could not even hand over.
    #[doc(hidden)]
    #[must_use]
    pub fn of_bad_input(param: &str, message: impl Into<String>) -> Self {
        Self::input(param, message)
    }

    /// What a binding needed and was not given.
    #[doc(hidden)]
    #[must_use]
    pub fn of_missing_input(param: &str) -> Self {
        let message = format!("{param} is missing");
        Self::new(Code::InputMissing, Outcome::NotDone, message).with_param(param)
    }

    /// An argument that a method does not know.
    #[doc(hidden)]
    #[must_use]
    pub fn of_unknown_input(method: &str, param: &str) -> Self {
        let message = format!("{method} has no argument {param}");
        Self::new(Code::InputUnknown, Outcome::NotDone, message).with_param(param)
    }

    /// An option that a client does not know.
    pub(crate) fn of_unknown_option(param: &str) -> Self {
        let message = format!("there is no option {param}");
        Self::new(Code::InputUnknown, Outcome::NotDone, message).with_param(param)
    }

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

    pub(crate) fn with_param(self, param: impl Into<String>) -> Self {
        self.change(|e| e.param = Some(param.into()))
    }

    /// The same without these texts, wherever they stand.
    ///
    /// What the service calls a failure or a decline is left alone where a short one
    /// may stand in it by chance: programs read it.
    pub(crate) fn without(self, secrets: &[&str]) -> Self {
        let mut secrets = secrets.to_vec();
        // A secret may begin with another one.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.retain(|secret| secret.len() >= SHORTEST_SECRET);
        let secrets = secrets.as_slice();
        let unless_one = |text: &str| {
            let holds = |secret: &&str| {
                text == *secret || secret.len() >= NO_WORD && text.contains(*secret)
            };
            if secrets.iter().any(holds) {
                "***".to_owned()
            } else {
                text.to_owned()
            }
        };
        let clean = |text: &str| {
            secrets
                .iter()
                .fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
        };
        let shows = |e: &Inner| {
            let texts = [
                Some(&e.message),
                e.request_id.as_ref(),
                e.param.as_ref(),
                e.decline_code.as_ref(),
                e.payment_id.as_ref(),
                e.service_code.as_ref(),
            ];
            let mut texts = texts.into_iter().flatten();
            texts.any(|t| secrets.iter().any(|s| t.contains(s)))
        };
        let cause = self.0.cause.clone().map(|cause| cause.without(secrets));
        if !shows(&self.0) && cause.is_none() {
            return self;
        }
        self.change(|e| {
            e.message = clean(&e.message);
            e.request_id = e.request_id.as_deref().map(clean);
            e.param = e.param.as_deref().map(clean);
            e.decline_code = e.decline_code.as_deref().map(unless_one);
            e.payment_id = e.payment_id.as_deref().map(unless_one);
            e.service_code = e.service_code.as_deref().map(unless_one);
            e.cause = cause;
        })
    }

    pub(crate) fn with_note(self, note: &str) -> Self {
        self.change(|e| {
            e.message.push_str("; ");
            e.message.push_str(note);
        })
    }

    pub(crate) fn of_a_read(self) -> Self {
        self.change(|e| e.only_read = true)
    }

    pub(crate) fn with_outcome(self, outcome: Outcome) -> Self {
        self.change(|e| e.outcome = outcome)
    }

    pub(crate) fn with_http(self, status: Option<u16>, request_id: Option<String>) -> Self {
        self.change(|e| {
            e.http_status = status;
            e.request_id = request_id;
        })
    }

    pub(crate) fn with_retry_after(self, wait: Option<Duration>) -> Self {
        self.change(|e| e.retry_after = wait)
    }

    pub(crate) fn with_resume(self, handle: Option<String>) -> Self {
        self.change(|e| e.resume = handle)
    }

    pub(crate) fn with_invoice_ids(self, ids: Vec<String>) -> Self {
        self.change(|e| e.invoice_ids = ids)
    }

    pub(crate) fn with_service_code(self, code: Option<String>) -> Self {
        self.change(|e| e.service_code = code)
    }

    pub(crate) fn with_decline(self, code: Option<String>, payment: Option<String>) -> Self {
        self.change(|e| {
            e.decline_code = code;
            e.payment_id = payment;
        })
    }

    pub(crate) fn with_idempotency_key(self, key: &str) -> Self {
        self.change(|e| e.idempotency_key = Some(key.to_owned()))
    }

    pub(crate) fn with_cause(self, cause: Self) -> Self {
        self.change(|e| {
            e.http_status = e.http_status.or(cause.http_status());
            e.request_id = e.request_id.take().or_else(|| cause.0.request_id.clone());
            e.cause = Some(cause);
        })
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
