//! Errors, and their numbers.

use std::ffi::{CString, c_char};
use std::ptr;

use kessai::exchange::{self, Names};
use kessai::{Code, Outcome};

use crate::generated::codes;
use crate::guard;
use crate::shown::{lent, readable, whole};

pub use crate::generated::codes::Outcome as Effect;

/// What a call that went well gives.
pub(crate) const OK: i32 = 0;

/// Why a call did not end well, and what is known of its effect.
///
/// Immutable: threads may share it. Owned by whoever got it, and freed with
/// `kessai_error_free`; the texts and the cause that it lends live as long as
/// it does. None of it ever shows a credential.
#[derive(Debug)]
pub struct Error {
    error: kessai::Error,
    message: CString,
    param: Option<CString>,
    request_id: Option<CString>,
    resume: Option<CString>,
    invoice_ids: Vec<Option<CString>>,
    decline_code: Option<CString>,
    payment_id: Option<CString>,
    service_code: Option<CString>,
    idempotency_key: Option<CString>,
    json: CString,
    cause: Option<Box<Self>>,
}

impl From<kessai::Error> for Error {
    fn from(error: kessai::Error) -> Self {
        let ids = error.invoice_ids().iter();
        Self {
            message: readable(error.message()),
            param: error.param().map(readable),
            request_id: error.request_id().map(readable),
            resume: error.resume().map(readable),
            invoice_ids: ids.map(|id| whole(id)).collect(),
            decline_code: error.decline_code().map(readable),
            payment_id: error.payment_id().map(readable),
            service_code: error.service_code().map(readable),
            idempotency_key: error.idempotency_key().map(readable),
            json: readable(&exchange::object(error.facts(), Names::Snake)),
            cause: error.cause().map(|cause| Box::new(cause.clone().into())),
            error,
        }
    }
}

/// A code's number.
pub(crate) fn number(code: Code) -> i32 {
    code.number().into()
}

/// What is known of an effect, as C has it.
pub(crate) const fn effect(outcome: Outcome) -> Effect {
    match outcome {
        Outcome::NotDone => Effect::KESSAI_OUTCOME_NOT_DONE,
        Outcome::Done => Effect::KESSAI_OUTCOME_DONE,
        Outcome::Unknown => Effect::KESSAI_OUTCOME_UNKNOWN,
    }
}

/// Free an error, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_free(error: Option<Box<Error>>) {
    guard::get((), || drop(error));
}

/// The error's number, one of `kessai_code`; `KESSAI_OK` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_number(error: Option<&Error>) -> i32 {
    guard::get(number(Code::Internal), || {
        error.map_or(OK, |e| number(e.error.code()))
    })
}

/// The error's code as every language knows it, such as
/// `"zaif.nonce_stuck"`; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_code(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| codes::name(number(e.error.code()))))
    })
}

/// The error's kind, such as `"rate_limit"`; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_kind(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| codes::kind(e.error.kind())))
    })
}

/// The name of the error's class in the other languages, such as
/// `"RateLimitError"`, which the documentation speaks of; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_class(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| codes::class(e.error.kind())))
    })
}

/// What is known of the call's effect; `KESSAI_OUTCOME_UNKNOWN` for NULL. It is
/// never 0: compare it with a constant.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_outcome(error: Option<&Error>) -> Effect {
    guard::get(Effect::KESSAI_OUTCOME_UNKNOWN, || {
        error.map_or(Effect::KESSAI_OUTCOME_UNKNOWN, |e| {
            effect(e.error.outcome())
        })
    })
}

/// Whether the same call may simply be made again later: it changes nothing, or
/// certainly was not executed, and its cause can pass by itself.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_retryable(error: Option<&Error>) -> bool {
    guard::get(false, || error.is_some_and(|e| e.error.is_retryable()))
}

/// What went wrong, for people; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_message(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || lent(error.map(|e| e.message.as_c_str())))
}

/// The parameter at fault; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_param(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || lent(error.and_then(|e| e.param.as_deref())))
}

/// The HTTP status of the last answer; 0 where there was none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_http_status(error: Option<&Error>) -> u16 {
    guard::get(0, || error.and_then(|e| e.error.http_status()).unwrap_or(0))
}

/// The identifier that the service or a proxy before it gave the request; NULL
/// where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_request_id(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| e.request_id.as_deref()))
    })
}

/// How long the service asked to be left alone, in milliseconds; -1 where it
/// did not.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_retry_after_ms(error: Option<&Error>) -> i64 {
    guard::get(-1, || {
        let wait = error.and_then(|e| e.error.retry_after());
        wait.map_or(-1, |wait| {
            i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
        })
    })
}

/// The handle for `kessai_zaif_client_resume`, `kessai_ipay_client_resume_payment` or
/// `kessai_ipay_client_resume_refund`, which finds out what became of
/// a call whose outcome is unknown; NULL where there is none. Store it beside
/// the order; never hand it to a browser.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_resume(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| e.resume.as_deref()))
    })
}

/// How many invoices the error speaks of: those of a `DuplicateInvoiceError`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_invoice_ids_count(error: Option<&Error>) -> usize {
    guard::get(0, || error.map_or(0, |e| e.invoice_ids.len()))
}

/// One of them, oldest first, counted from 0; NULL beyond the last, and for one that
/// has a NUL inside.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_invoice_ids_at(
    error: Option<&Error>,
    index: usize,
) -> *const c_char {
    guard::get(ptr::null(), || {
        let id = error.and_then(|e| e.invoice_ids.get(index));
        lent(id.and_then(|id| id.as_deref()))
    })
}

/// Why a card was declined, such as `"insufficient_funds"`; NULL where it was not.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_decline_code(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| e.decline_code.as_deref()))
    })
}

/// The payment that the error speaks of; NULL where it speaks of none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_payment_id(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| e.payment_id.as_deref()))
    })
}

/// What the service itself calls the error, such as `"card_declined"`; NULL where it
/// did not say.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_service_code(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| e.service_code.as_deref()))
    })
}

/// The idempotency key that the call was sent with; NULL where there was none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_idempotency_key(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(error.and_then(|e| e.idempotency_key.as_deref()))
    })
}

/// The error behind this one, lent by it; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_cause(error: Option<&Error>) -> *const Error {
    guard::get(ptr::null(), || {
        let cause = error.and_then(|e| e.cause.as_deref());
        cause.map_or(ptr::null(), ptr::from_ref)
    })
}

/// All of it but its cause as one JSON object, for logs; NULL for NULL. Its
/// `retry_after` is in milliseconds, as every span of time in C's JSON.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_error_json(error: Option<&Error>) -> *const c_char {
    guard::get(ptr::null(), || lent(error.map(|e| e.json.as_c_str())))
}

/// The code of a number of `kessai_code`, such as `"zaif.nonce_stuck"` for
/// `KESSAI_ERROR_ZAIF_NONCE_STUCK`, and `"ok"` for `KESSAI_OK`. Never freed;
/// NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_code_name(number: i32) -> *const c_char {
    guard::get(ptr::null(), || lent(codes::name(number)))
}

/// The kind of errors with this number of `kessai_code`, such as `"rate_limit"`. Never
/// freed; NULL for `KESSAI_OK`, and for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_code_kind(number: i32) -> *const c_char {
    guard::get(ptr::null(), || {
        let code = Code::ALL.iter().find(|code| self::number(**code) == number);
        lent(code.and_then(|code| codes::kind(code.kind())))
    })
}
