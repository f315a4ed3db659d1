//! The numbers that C returns, and the names behind them.
//!
//! Generated from the core's tables by `make generate`: do not edit.

#![expect(
    non_camel_case_types,
    reason = "the names of constants in C"
)]

use std::ffi::CStr;

use kessai::ErrorKind;

/// What functions return: `KESSAI_OK`, or the number of an error.
///
/// A number, once given, is never given to another error. There may be more in time, so
/// a `switch` needs a `default`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// It went well.
    KESSAI_OK = 0,
    /// A required parameter is missing. (`input.missing`)
    KESSAI_ERROR_INPUT_MISSING = 101,
    /// A parameter's value is not allowed. (`input.invalid`)
    KESSAI_ERROR_INPUT_INVALID = 102,
    /// There is no parameter or option of this name. (`input.unknown`)
    KESSAI_ERROR_INPUT_UNKNOWN = 103,
    /// The client was closed before the call. (`input.closed`)
    KESSAI_ERROR_INPUT_CLOSED = 104,
    /// `nonce not incremented`: a call with a higher nonce came first, and the tries
    /// allowed did not get past it. (`zaif.nonce_not_incremented`)
    KESSAI_ERROR_ZAIF_NONCE_NOT_INCREMENTED = 201,
    /// No nonce within 300 s of the service's time is accepted: another user of this key
    /// runs ahead of the clock. (`zaif.nonce_stuck`)
    KESSAI_ERROR_ZAIF_NONCE_STUCK = 202,
    /// The place that keeps the last nonce cannot be used. (`zaif.nonce_store`)
    KESSAI_ERROR_ZAIF_NONCE_STORE = 203,
    /// `nonce out of range`: the key is used up. (`zaif.nonce_out_of_range`)
    KESSAI_ERROR_ZAIF_NONCE_OUT_OF_RANGE = 204,
    /// `account has not permission to use ec api`. (`zaif.no_permission`)
    KESSAI_ERROR_ZAIF_NO_PERMISSION = 205,
    /// `invalid parameter {}` or `invalid {} parameter`. (`zaif.invalid_parameter`)
    KESSAI_ERROR_ZAIF_INVALID_PARAMETER = 206,
    /// `no data found for the key`: the API key is unknown. (`zaif.unknown_key`)
    KESSAI_ERROR_ZAIF_UNKNOWN_KEY = 207,
    /// `signature mismatch`: the secret does not belong to the key.
    /// (`zaif.signature_mismatch`)
    KESSAI_ERROR_ZAIF_SIGNATURE_MISMATCH = 208,
    /// `method not found`. (`zaif.method_not_found`)
    KESSAI_ERROR_ZAIF_METHOD_NOT_FOUND = 209,
    /// `time wait restriction, please try later.` (`zaif.rate_limited`)
    KESSAI_ERROR_ZAIF_RATE_LIMITED = 210,
    /// A failure message that the documents do not list. (`zaif.api_error`)
    KESSAI_ERROR_ZAIF_API_ERROR = 211,
    /// A success whose content cannot be used. (`zaif.bad_answer`)
    KESSAI_ERROR_ZAIF_BAD_ANSWER = 212,
    /// An invoice found under an order number does not bear it, or too many were found to
    /// tell them apart. (`zaif.strange_invoices`)
    KESSAI_ERROR_ZAIF_STRANGE_INVOICES = 213,
    /// Several live invoices for one order. (`zaif.duplicate_invoice`)
    KESSAI_ERROR_ZAIF_DUPLICATE_INVOICE = 214,
    /// Several invoices of one order have money. (`zaif.paid_twice`)
    KESSAI_ERROR_ZAIF_PAID_TWICE = 215,
    /// Another call for the same order is under way, or keeps changing its invoices.
    /// (`zaif.order_busy`)
    KESSAI_ERROR_ZAIF_ORDER_BUSY = 216,
    /// An earlier create for the order may still become visible. (`zaif.order_in_doubt`)
    KESSAI_ERROR_ZAIF_ORDER_IN_DOUBT = 217,
    /// The time limit of a wait passed before what was waited for came.
    /// (`zaif.still_waiting`)
    KESSAI_ERROR_ZAIF_STILL_WAITING = 218,
    /// A re-read invoice is not the one the shop expects. (`zaif.mismatch`)
    KESSAI_ERROR_ZAIF_MISMATCH = 219,
    /// A cancel was refused by kessai because money has been seen. (`zaif.money_seen`)
    KESSAI_ERROR_ZAIF_MONEY_SEEN = 220,
    /// Whether the call was executed could not be found out in time.
    /// (`zaif.outcome_unknown`)
    KESSAI_ERROR_ZAIF_OUTCOME_UNKNOWN = 221,
    /// What came as a notification is not one. (`zaif.bad_notification`)
    KESSAI_ERROR_ZAIF_BAD_NOTIFICATION = 222,
    /// The address of a notification bears no token of this shop. (`zaif.bad_token`)
    KESSAI_ERROR_ZAIF_BAD_TOKEN = 223,
    /// More notifications than are worth re-reading. (`zaif.too_many_notifications`)
    KESSAI_ERROR_ZAIF_TOO_MANY_NOTIFICATIONS = 224,
    /// The order has no invoice. (`zaif.no_invoice`)
    KESSAI_ERROR_ZAIF_NO_INVOICE = 225,
    /// The service says that the request is wrong. `param` names the parameter where the
    /// service did. (`ipay.invalid_request`)
    KESSAI_ERROR_IPAY_INVALID_REQUEST = 420,
    /// The service does not accept the credentials. (`ipay.authentication`)
    KESSAI_ERROR_IPAY_AUTHENTICATION = 421,
    /// The card, or whatever else it was to be paid with, was declined. No money has moved;
    /// `decline_code` says why, and `payment_id` names the failed payment.
    /// (`ipay.card_declined`)
    KESSAI_ERROR_IPAY_CARD_DECLINED = 422,
    /// These credentials may not do this. (`ipay.permission`)
    KESSAI_ERROR_IPAY_PERMISSION = 423,
    /// There is no such object. (`ipay.not_found`)
    KESSAI_ERROR_IPAY_NOT_FOUND = 424,
    /// The object's state does not allow this, as a capture of what is canceled.
    /// (`ipay.invalid_state`)
    KESSAI_ERROR_IPAY_INVALID_STATE = 425,
    /// A request with the same idempotency key is still being executed.
    /// (`ipay.in_progress`)
    KESSAI_ERROR_IPAY_IN_PROGRESS = 426,
    /// The idempotency key was used before, with another request.
    /// (`ipay.idempotency_mismatch`)
    KESSAI_ERROR_IPAY_IDEMPOTENCY_MISMATCH = 427,
    /// Too many calls. (`ipay.rate_limited`)
    KESSAI_ERROR_IPAY_RATE_LIMITED = 428,
    /// More calls for one `rate_key` than the client's own `rate_limit` allows.
    /// (`ipay.own_rate_limit`)
    KESSAI_ERROR_IPAY_OWN_RATE_LIMIT = 429,
    /// A failure that no document lists. (`ipay.api_error`)
    KESSAI_ERROR_IPAY_API_ERROR = 430,
    /// A success whose content cannot be used. (`ipay.bad_answer`)
    KESSAI_ERROR_IPAY_BAD_ANSWER = 431,
    /// Whether the call was executed could not be found out in time.
    /// (`ipay.outcome_unknown`)
    KESSAI_ERROR_IPAY_OUTCOME_UNKNOWN = 432,
    /// A key for testing with the live address, or the other way round. (`ipay.wrong_mode`)
    KESSAI_ERROR_IPAY_WRONG_MODE = 433,
    /// No token could be had to make the call with. (`ipay.no_token`)
    KESSAI_ERROR_IPAY_NO_TOKEN = 434,
    /// A re-read payment is not the one that the shop expects. (`ipay.mismatch`)
    KESSAI_ERROR_IPAY_MISMATCH = 435,
    /// The host's name could not be looked up. (`transport.lookup`)
    KESSAI_ERROR_TRANSPORT_LOOKUP = 301,
    /// No connection could be made. (`transport.connect`)
    KESSAI_ERROR_TRANSPORT_CONNECT = 302,
    /// The TLS handshake failed. (`transport.tls`)
    KESSAI_ERROR_TRANSPORT_TLS = 303,
    /// The connection broke while in use. (`transport.broken`)
    KESSAI_ERROR_TRANSPORT_BROKEN = 304,
    /// The time limit passed. (`transport.timeout`)
    KESSAI_ERROR_TRANSPORT_TIMEOUT = 305,
    /// An HTTP status that is no answer of the service. (`transport.http_status`)
    KESSAI_ERROR_TRANSPORT_HTTP_STATUS = 306,
    /// A redirect, which kessai never follows: it would carry the credentials elsewhere.
    /// (`transport.redirect`)
    KESSAI_ERROR_TRANSPORT_REDIRECT = 307,
    /// An answer beyond 1 MiB of body or 64 KiB of headers. (`transport.too_large`)
    KESSAI_ERROR_TRANSPORT_TOO_LARGE = 308,
    /// An answer that is not HTTP, has too many header lines, or is not what it says it is.
    /// (`transport.malformed`)
    KESSAI_ERROR_TRANSPORT_MALFORMED = 309,
    /// HTTP 429: too many calls. (`transport.rate_limited`)
    KESSAI_ERROR_TRANSPORT_RATE_LIMITED = 310,
    /// The caller broke the call off, as Ctrl-C does. (`transport.interrupted`)
    KESSAI_ERROR_TRANSPORT_INTERRUPTED = 311,
    /// A request holds what is or looks like card data, which must not pass through the
    /// shop's server. Nothing was sent; `param` is the path to it. (`ipay.card_data`)
    KESSAI_ERROR_IPAY_CARD_DATA = 401,
    /// A webhook's signature is missing, malformed or wrong: nothing of the webhook can be
    /// believed. (`ipay.bad_signature`)
    KESSAI_ERROR_IPAY_BAD_SIGNATURE = 402,
    /// A webhook is signed by the service and yet no event. (`ipay.bad_event`)
    KESSAI_ERROR_IPAY_BAD_EVENT = 403,
    /// A defect in kessai itself. (`internal.defect`)
    KESSAI_ERROR_INTERNAL_DEFECT = 901,
}

/// What is known of the effect of a call.
///
/// None of them is 0: that something is known is no success. Compare with a constant.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The service certainly did not execute the call.
    KESSAI_OUTCOME_NOT_DONE = 1,
    /// The service executed the call. On an error: executed, but its result
    /// cannot be used.
    KESSAI_OUTCOME_DONE = 2,
    /// The service may or may not have executed the call. Never repeat a call that
    /// moves money on this outcome: resume it.
    KESSAI_OUTCOME_UNKNOWN = 3,
}

const NAMES: &[(i32, &CStr)] = &[
    (0, c"ok"),
    (101, c"input.missing"),
    (102, c"input.invalid"),
    (103, c"input.unknown"),
    (104, c"input.closed"),
    (201, c"zaif.nonce_not_incremented"),
    (202, c"zaif.nonce_stuck"),
    (203, c"zaif.nonce_store"),
    (204, c"zaif.nonce_out_of_range"),
    (205, c"zaif.no_permission"),
    (206, c"zaif.invalid_parameter"),
    (207, c"zaif.unknown_key"),
    (208, c"zaif.signature_mismatch"),
    (209, c"zaif.method_not_found"),
    (210, c"zaif.rate_limited"),
    (211, c"zaif.api_error"),
    (212, c"zaif.bad_answer"),
    (213, c"zaif.strange_invoices"),
    (214, c"zaif.duplicate_invoice"),
    (215, c"zaif.paid_twice"),
    (216, c"zaif.order_busy"),
    (217, c"zaif.order_in_doubt"),
    (218, c"zaif.still_waiting"),
    (219, c"zaif.mismatch"),
    (220, c"zaif.money_seen"),
    (221, c"zaif.outcome_unknown"),
    (222, c"zaif.bad_notification"),
    (223, c"zaif.bad_token"),
    (224, c"zaif.too_many_notifications"),
    (225, c"zaif.no_invoice"),
    (420, c"ipay.invalid_request"),
    (421, c"ipay.authentication"),
    (422, c"ipay.card_declined"),
    (423, c"ipay.permission"),
    (424, c"ipay.not_found"),
    (425, c"ipay.invalid_state"),
    (426, c"ipay.in_progress"),
    (427, c"ipay.idempotency_mismatch"),
    (428, c"ipay.rate_limited"),
    (429, c"ipay.own_rate_limit"),
    (430, c"ipay.api_error"),
    (431, c"ipay.bad_answer"),
    (432, c"ipay.outcome_unknown"),
    (433, c"ipay.wrong_mode"),
    (434, c"ipay.no_token"),
    (435, c"ipay.mismatch"),
    (301, c"transport.lookup"),
    (302, c"transport.connect"),
    (303, c"transport.tls"),
    (304, c"transport.broken"),
    (305, c"transport.timeout"),
    (306, c"transport.http_status"),
    (307, c"transport.redirect"),
    (308, c"transport.too_large"),
    (309, c"transport.malformed"),
    (310, c"transport.rate_limited"),
    (311, c"transport.interrupted"),
    (401, c"ipay.card_data"),
    (402, c"ipay.bad_signature"),
    (403, c"ipay.bad_event"),
    (901, c"internal.defect"),
];

const KINDS: &[(ErrorKind, &CStr, &CStr)] = &[
    (ErrorKind::Input, c"input", c"InputError"),
    (ErrorKind::Authentication, c"authentication", c"AuthenticationError"),
    (ErrorKind::Permission, c"permission", c"KessaiPermissionError"),
    (ErrorKind::InvalidRequest, c"invalid_request", c"InvalidRequestError"),
    (ErrorKind::Nonce, c"nonce", c"NonceError"),
    (ErrorKind::NonceExhausted, c"nonce_exhausted", c"NonceExhaustedError"),
    (ErrorKind::RateLimit, c"rate_limit", c"RateLimitError"),
    (ErrorKind::Card, c"card", c"CardError"),
    (ErrorKind::Idempotency, c"idempotency", c"IdempotencyError"),
    (ErrorKind::DuplicateInvoice, c"duplicate_invoice", c"DuplicateInvoiceError"),
    (ErrorKind::Mismatch, c"mismatch", c"MismatchError"),
    (ErrorKind::NotFound, c"not_found", c"NotFoundError"),
    (ErrorKind::Connection, c"connection", c"KessaiConnectionError"),
    (ErrorKind::Timeout, c"timeout", c"KessaiTimeoutError"),
    (ErrorKind::Protocol, c"protocol", c"ProtocolError"),
    (ErrorKind::Signature, c"signature", c"SignatureError"),
    (ErrorKind::OutcomeUnknown, c"outcome_unknown", c"OutcomeUnknownError"),
    (ErrorKind::Api, c"api", c"ApiError"),
    (ErrorKind::Internal, c"internal", c"InternalError"),
];

/// The name of a code's number.
pub(crate) fn name(number: i32) -> Option<&'static CStr> {
    let found = NAMES.iter().find(|(n, _)| *n == number);
    found.map(|(_, name)| *name)
}

/// A kind's word.
pub(crate) fn kind(kind: ErrorKind) -> Option<&'static CStr> {
    let found = KINDS.iter().find(|(k, ..)| *k == kind);
    found.map(|(_, word, _)| *word)
}

/// The name of a kind's class.
pub(crate) fn class(kind: ErrorKind) -> Option<&'static CStr> {
    let found = KINDS.iter().find(|(k, ..)| *k == kind);
    found.map(|(.., class)| *class)
}
