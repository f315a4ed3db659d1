//! The table of error codes. A code is never reused for another meaning.

use super::ErrorKind;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal, $kind:ident, $transient:literal;)+) => {
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
    InputMissing = "input.missing", Input, false;
    /// A parameter's value is not allowed.
    InputInvalid = "input.invalid", Input, false;
    /// There is no parameter or option of this name.
    InputUnknown = "input.unknown", Input, false;

    /// `nonce not incremented`: a call with a higher nonce came first, and
    /// the tries allowed did not get past it.
    ZaifNonceNotIncremented = "zaif.nonce_not_incremented", Nonce, true;
    /// No nonce within 300 s of the service's time is accepted: another
    /// user of this key runs ahead of the clock.
    ZaifNonceStuck = "zaif.nonce_stuck", Nonce, false;
    /// The place that keeps the last nonce cannot be used.
    ZaifNonceStore = "zaif.nonce_store", Nonce, true;
    /// `nonce out of range`: the key is used up.
    ZaifNonceOutOfRange = "zaif.nonce_out_of_range", NonceExhausted, false;
    /// `account has not permission to use ec api`.
    ZaifNoPermission = "zaif.no_permission", Permission, false;
    /// `invalid parameter {}` or `invalid {} parameter`.
    ZaifInvalidParameter = "zaif.invalid_parameter", InvalidRequest, false;
    /// `no data found for the key`: the API key is unknown.
    ZaifUnknownKey = "zaif.unknown_key", Authentication, false;
    /// `signature mismatch`: the secret does not belong to the key.
    ZaifSignatureMismatch = "zaif.signature_mismatch", Authentication, false;
    /// `method not found`.
    ZaifMethodNotFound = "zaif.method_not_found", InvalidRequest, false;
    /// `time wait restriction, please try later.`
    ZaifRateLimited = "zaif.rate_limited", RateLimit, true;
    /// A failure message that the documents do not list.
    ZaifApiError = "zaif.api_error", Api, false;
    /// A success whose content cannot be used.
    ZaifBadAnswer = "zaif.bad_answer", Protocol, false;
    /// An invoice found under an order number does not bear it, or too many
    /// were found to tell them apart.
    ZaifStrangeInvoices = "zaif.strange_invoices", Protocol, false;
    /// Several live invoices for one order.
    ZaifDuplicateInvoice = "zaif.duplicate_invoice", DuplicateInvoice, false;
    /// Several invoices of one order have money.
    ZaifPaidTwice = "zaif.paid_twice", DuplicateInvoice, false;
    /// Another call for the same order is under way, or keeps changing its
    /// invoices.
    ZaifOrderBusy = "zaif.order_busy", Timeout, true;
    /// An earlier create for the order may still become visible.
    ZaifOrderInDoubt = "zaif.order_in_doubt", Timeout, true;
    /// The time limit of a wait passed before what was waited for came.
    ZaifStillWaiting = "zaif.still_waiting", Timeout, true;
    /// A re-read invoice is not the one the shop expects.
    ZaifMismatch = "zaif.mismatch", Mismatch, false;
    /// A cancel was refused by kessai because money has been seen.
    ZaifMoneySeen = "zaif.money_seen", InvalidRequest, false;
    /// Whether the call was executed could not be found out in time.
    ZaifOutcomeUnknown = "zaif.outcome_unknown", OutcomeUnknown, false;
    /// What came as a notification is not one.
    ZaifBadNotification = "zaif.bad_notification", Protocol, false;
    /// The address of a notification bears no token of this shop.
    ZaifBadToken = "zaif.bad_token", Signature, false;
    /// More notifications than are worth re-reading.
    ZaifTooManyNotifications = "zaif.too_many_notifications", RateLimit, true;
    /// The order has no invoice.
    ZaifNoInvoice = "zaif.no_invoice", NotFound, false;

    /// The host's name could not be looked up.
    TransportLookup = "transport.lookup", Connection, true;
    /// No connection could be made.
    TransportConnect = "transport.connect", Connection, true;
    /// The TLS handshake failed.
    TransportTls = "transport.tls", Connection, true;
    /// The connection broke while in use.
    TransportBroken = "transport.broken", Connection, true;
    /// The time limit passed.
    TransportTimeout = "transport.timeout", Timeout, true;
    /// An HTTP status that is no answer of the service.
    TransportHttpStatus = "transport.http_status", Protocol, true;
    /// A redirect, which kessai never follows: it would carry the
    /// credentials elsewhere.
    TransportRedirect = "transport.redirect", Protocol, false;
    /// An answer beyond 1 MiB of body or 64 KiB of headers.
    TransportTooLarge = "transport.too_large", Protocol, false;
    /// An answer that is not HTTP, has too many header lines, or is not what it
    /// says it is.
    TransportMalformed = "transport.malformed", Protocol, true;
    /// HTTP 429: too many calls.
    TransportRateLimited = "transport.rate_limited", RateLimit, true;

    /// The caller broke the call off, as Ctrl-C does.
    Interrupted = "transport.interrupted", Timeout, true;

    /// A defect in kessai itself.
    Internal = "internal.defect", Internal, false;
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_and_no_name_stands_twice() {
        let codes: std::collections::BTreeSet<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
        assert_eq!(codes.len(), Code::ALL.len());
        let names: std::collections::BTreeSet<_> =
            ErrorKind::ALL.iter().map(|k| k.class_name()).collect();
        assert_eq!(names.len(), ErrorKind::ALL.len());
    }
}
