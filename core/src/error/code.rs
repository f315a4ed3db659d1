//! The table of error codes. A code is never reused for another meaning.

use super::ErrorKind;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $number:literal, $code:literal, $kind:ident, $transient:literal;)+) => {
        /// A stable name for one cause of failure, such as
        /// `zaif.nonce_stuck`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every code, in the order of this table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it appears in every language.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The code's number, which C returns: never 0, and never given to
            /// another code.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self { $(Self::$variant => $number),+ }
            }

            /// The kind that the code belongs to.
            #[must_use]
            pub const fn kind(self) -> ErrorKind {
                match self { $(Self::$variant => ErrorKind::$kind),+ }
            }

            /// Whether the cause can pass by itself.
            #[must_use]
            pub const fn is_transient(self) -> bool {
                match self { $(Self::$variant => $transient),+ }
            }

            /// What the code means.
            #[must_use]
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n"),+)),+ }
            }
        }
    };
}

codes! {
    /// A required parameter is missing.
    InputMissing = 101, "input.missing", Input, false;
    /// A parameter's value is not allowed.
    InputInvalid = 102, "input.invalid", Input, false;
    /// There is no parameter or option of this name.
    InputUnknown = 103, "input.unknown", Input, false;
    /// The client was closed before the call.
    InputClosed = 104, "input.closed", Input, false;

    /// `nonce not incremented`: a call with a higher nonce came first, and
    /// the tries allowed did not get past it.
    ZaifNonceNotIncremented = 201, "zaif.nonce_not_incremented", Nonce, true;
    /// No nonce within 300 s of the service's time is accepted: another
    /// user of this key runs ahead of the clock.
    ZaifNonceStuck = 202, "zaif.nonce_stuck", Nonce, false;
    /// The place that keeps the last nonce cannot be used.
    ZaifNonceStore = 203, "zaif.nonce_store", Nonce, true;
    /// `nonce out of range`: the key is used up.
    ZaifNonceOutOfRange = 204, "zaif.nonce_out_of_range", NonceExhausted, false;
    /// `account has not permission to use ec api`.
    ZaifNoPermission = 205, "zaif.no_permission", Permission, false;
    /// `invalid parameter {}` or `invalid {} parameter`.
    ZaifInvalidParameter = 206, "zaif.invalid_parameter", InvalidRequest, false;
    /// `no data found for the key`: the API key is unknown.
    ZaifUnknownKey = 207, "zaif.unknown_key", Authentication, false;
    /// `signature mismatch`: the secret does not belong to the key.
    ZaifSignatureMismatch = 208, "zaif.signature_mismatch", Authentication, false;
    /// `method not found`.
    ZaifMethodNotFound = 209, "zaif.method_not_found", InvalidRequest, false;
    /// `time wait restriction, please try later.`
    ZaifRateLimited = 210, "zaif.rate_limited", RateLimit, true;
    /// A failure message that the documents do not list.
    ZaifApiError = 211, "zaif.api_error", Api, false;
    /// A success whose content cannot be used.
    ZaifBadAnswer = 212, "zaif.bad_answer", Protocol, false;
    /// An invoice found under an order number does not bear it, or too many
    /// were found to tell them apart.
    ZaifStrangeInvoices = 213, "zaif.strange_invoices", Protocol, false;
    /// Several live invoices for one order.
    ZaifDuplicateInvoice = 214, "zaif.duplicate_invoice", DuplicateInvoice, false;
    /// Several invoices of one order have money.
    ZaifPaidTwice = 215, "zaif.paid_twice", DuplicateInvoice, false;
    /// Another call for the same order is under way, or keeps changing its
    /// invoices.
    ZaifOrderBusy = 216, "zaif.order_busy", Timeout, true;
    /// An earlier create for the order may still become visible.
    ZaifOrderInDoubt = 217, "zaif.order_in_doubt", Timeout, true;
    /// The time limit of a wait passed before what was waited for came.
    ZaifStillWaiting = 218, "zaif.still_waiting", Timeout, true;
    /// A re-read invoice is not the one the shop expects.
    ZaifMismatch = 219, "zaif.mismatch", Mismatch, false;
    /// A cancel was refused by kessai because money has been seen.
    ZaifMoneySeen = 220, "zaif.money_seen", InvalidRequest, false;
    /// Whether the call was executed could not be found out in time.
    ZaifOutcomeUnknown = 221, "zaif.outcome_unknown", OutcomeUnknown, false;
    /// What came as a notification is not one.
    ZaifBadNotification = 222, "zaif.bad_notification", Protocol, false;
    /// The address of a notification bears no token of this shop.
    ZaifBadToken = 223, "zaif.bad_token", Signature, false;
    /// More notifications than are worth re-reading.
    ZaifTooManyNotifications = 224, "zaif.too_many_notifications", RateLimit, true;
    /// The order has no invoice.
    ZaifNoInvoice = 225, "zaif.no_invoice", NotFound, false;

    /// The service says that the request is wrong. `param` names the parameter
    /// where the service did.
    IpayInvalidRequest = 420, "ipay.invalid_request", InvalidRequest, false;
    /// The service does not accept the credentials.
    IpayAuthentication = 421, "ipay.authentication", Authentication, false;
    /// The card, or whatever else it was to be paid with, was declined. No money has
    /// moved; `decline_code` says why, and `payment_id` names the failed payment.
    IpayCardDeclined = 422, "ipay.card_declined", Card, false;
    /// These credentials may not do this.
    IpayPermission = 423, "ipay.permission", Permission, false;
    /// There is no such object.
    IpayNotFound = 424, "ipay.not_found", NotFound, false;
    /// The object's state does not allow this, as a capture of what is canceled.
    IpayInvalidState = 425, "ipay.invalid_state", InvalidRequest, false;
    /// A request with the same idempotency key is still being executed.
    IpayInProgress = 426, "ipay.in_progress", Timeout, true;
    /// The idempotency key was used before, with another request.
    IpayIdempotencyMismatch = 427, "ipay.idempotency_mismatch", Idempotency, false;
    /// Too many calls.
    IpayRateLimited = 428, "ipay.rate_limited", RateLimit, true;
    /// More calls for one `rate_key` than the client's own `rate_limit` allows.
    IpayOwnRateLimit = 429, "ipay.own_rate_limit", RateLimit, true;
    /// A failure that no document lists.
    IpayApiError = 430, "ipay.api_error", Api, false;
    /// A success whose content cannot be used.
    IpayBadAnswer = 431, "ipay.bad_answer", Protocol, false;
    /// Whether the call was executed could not be found out in time.
    IpayOutcomeUnknown = 432, "ipay.outcome_unknown", OutcomeUnknown, false;
    /// A key for testing with the live address, or the other way round.
    IpayWrongMode = 433, "ipay.wrong_mode", Input, false;
    /// No token could be had to make the call with.
    IpayNoToken = 434, "ipay.no_token", Authentication, false;
    /// A re-read payment is not the one that the shop expects.
    IpayMismatch = 435, "ipay.mismatch", Mismatch, false;

    /// The host's name could not be looked up.
    TransportLookup = 301, "transport.lookup", Connection, true;
    /// No connection could be made.
    TransportConnect = 302, "transport.connect", Connection, true;
    /// The TLS handshake failed.
    TransportTls = 303, "transport.tls", Connection, true;
    /// The connection broke while in use.
    TransportBroken = 304, "transport.broken", Connection, true;
    /// The time limit passed.
    TransportTimeout = 305, "transport.timeout", Timeout, true;
    /// An HTTP status that is no answer of the service.
    TransportHttpStatus = 306, "transport.http_status", Protocol, true;
    /// A redirect, which kessai never follows: it would carry the
    /// credentials elsewhere.
    TransportRedirect = 307, "transport.redirect", Protocol, false;
    /// An answer beyond 1 MiB of body or 64 KiB of headers.
    TransportTooLarge = 308, "transport.too_large", Protocol, false;
    /// An answer that is not HTTP, has too many header lines, or is not what it
    /// says it is.
    TransportMalformed = 309, "transport.malformed", Protocol, true;
    /// HTTP 429: too many calls.
    TransportRateLimited = 310, "transport.rate_limited", RateLimit, true;

    /// The caller broke the call off, as Ctrl-C does.
    Interrupted = 311, "transport.interrupted", Timeout, true;

    /// A request holds what is or looks like card data, which must not pass
    /// through the shop's server. Nothing was sent; `param` is the path to it.
    IpayCardData = 401, "ipay.card_data", Input, false;
    /// A webhook's signature is missing, malformed or wrong: nothing of the
    /// webhook can be believed.
    IpayBadSignature = 402, "ipay.bad_signature", Signature, false;
    /// A webhook is signed by the service and yet no event.
    IpayBadEvent = 403, "ipay.bad_event", Protocol, false;

    /// A defect in kessai itself.
    Internal = 901, "internal.defect", Internal, false;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list only ever grows: a number, once given, is a code's for good.
    #[test]
    fn no_number_ever_changes_its_meaning() {
        let given = include_str!("../../../tests/vectors/error_numbers.txt");
        let now: Vec<_> = Code::ALL
            .iter()
            .map(|code| format!("{} {code}", code.number()))
            .collect();
        for line in given.lines() {
            assert!(now.iter().any(|code| code == line), "{line}");
        }
        assert_eq!(given.lines().count(), now.len(), "a new code is not listed");
    }

    #[test]
    fn no_code_and_no_name_stands_twice() {
        let codes: std::collections::BTreeSet<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        let numbers: std::collections::BTreeSet<_> = Code::ALL.iter().map(|c| c.number()).collect();
        assert_eq!(numbers.len(), Code::ALL.len());
        assert!(!numbers.contains(&0));
        let names: std::collections::BTreeSet<_> =
            ErrorKind::ALL.iter().map(|k| k.class_name()).collect();
        assert_eq!(names.len(), ErrorKind::ALL.len());
    }
}
