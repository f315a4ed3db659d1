//! How an error comes to be, and to what it says.

use std::sync::Arc;
use std::time::Duration;

use super::{Code, Error, Inner, Outcome};

/// What is shorter stands in many texts by chance: a card's code has three digits.
const SHORTEST_SECRET: usize = 3;

/// What is so long is no word that stands in another.
const NO_WORD: usize = 8;

/// Where a secret begins that a text ends within: what the service says is cut to a
/// length before it is known what it holds.
fn cut_off(text: &str, secret: &str) -> Option<usize> {
    let beginnings = secret.char_indices().rev();
    let beginnings = beginnings.map(|(at, _)| secret.split_at(at).0);
    let mut beginnings = beginnings.take_while(|beginning| beginning.len() >= NO_WORD);
    let found = beginnings.find(|beginning| text.ends_with(beginning))?;
    text.len().checked_sub(found.len())
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
            secrets.iter().fold(text.to_owned(), |mut text, secret| {
                text = text.replace(secret, "***");
                if let Some(end) = cut_off(&text, secret) {
                    text.truncate(end);
                    text.push_str("***");
                }
                text
            })
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
            texts.any(|t| {
                let holds = |secret: &&str| t.contains(*secret) || cut_off(t, secret).is_some();
                secrets.iter().any(holds)
            })
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
}
