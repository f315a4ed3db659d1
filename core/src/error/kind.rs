//! The table of error kinds: one exception class a row in every language.

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $class:literal;)+) => {
        /// The family an [`Error`](crate::Error) belongs to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind { $($(#[doc = $doc])+ $variant,)+ }

        impl ErrorKind {
            /// Every kind, in the order of this table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used in every language, such as `rate_limit`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The exception class of the other languages, such as
            /// `RateLimitError`.
            #[must_use]
            pub const fn class_name(self) -> &'static str {
                match self { $(Self::$variant => $class),+ }
            }

            /// What the kind means: the documentation of those classes.
            #[must_use]
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc, "\n"),+)),+ }
            }
        }
    };
}

kinds! {
    /// A parameter is missing or wrong. Nothing was sent; `param` names it.
    Input = "input", "InputError";
    /// The service does not know the API key, or the secret does not fit it.
    Authentication = "authentication", "AuthenticationError";
    /// The account may not use the API.
    Permission = "permission", "KessaiPermissionError";
    /// The service refused the request as wrong. `param` names the parameter
    /// where the service did.
    InvalidRequest = "invalid_request", "InvalidRequestError";
    /// No nonce that the service accepts could be had in time. Nothing was
    /// executed.
    Nonce = "nonce", "NonceError";
    /// The API key has used up its nonces: issue a new key.
    NonceExhausted = "nonce_exhausted", "NonceExhaustedError";
    /// Too many calls; nothing was executed. Call again later.
    RateLimit = "rate_limit", "RateLimitError";
    /// The card was declined.
    Card = "card", "CardError";
    /// An idempotency key was used again for another request.
    Idempotency = "idempotency", "IdempotencyError";
    /// One order has several live invoices: a customer could pay both.
    /// `invoice_ids` names them, oldest first.
    DuplicateInvoice = "duplicate_invoice", "DuplicateInvoiceError";
    /// What the service says of a payment does not fit what the shop expects.
    Mismatch = "mismatch", "MismatchError";
    /// There is no such object.
    NotFound = "not_found", "NotFoundError";
    /// The connection could not be made, or broke.
    Connection = "connection", "KessaiConnectionError";
    /// The time limit passed.
    Timeout = "timeout", "KessaiTimeoutError";
    /// An answer that cannot be read as one of the service's.
    Protocol = "protocol", "ProtocolError";
    /// A webhook's signature is missing or wrong.
    Signature = "signature", "SignatureError";
    /// Nobody can say yet whether the call was executed. Do not repeat it:
    /// resume it with the handle in `resume`, where there is one.
    OutcomeUnknown = "outcome_unknown", "OutcomeUnknownError";
    /// The service answered with a message that its documents do not list.
    Api = "api", "ApiError";
    /// A defect in kessai itself: please report it.
    Internal = "internal", "InternalError";
}
