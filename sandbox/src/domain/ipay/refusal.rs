//! Why a request is refused, or what came of a payment that was declined.

use serde::Serialize;
use serde_json::json;

use super::cards::Decline;
use super::modes::Errors;

/// What the API answers instead of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// `type`.
    pub kind: &'static str,
    /// `code`.
    pub code: &'static str,
    /// `message`.
    pub message: String,
    /// `param`: the field it is about.
    pub param: Option<String>,
    /// What was declined, if anything was.
    pub declined: Option<Box<Declined>>,
}

/// Why which payment failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    /// `decline_code`.
    pub decline_code: &'static str,
    /// `payment`: the one that failed.
    pub payment: Failed,
}

/// The failed payment, as a decline names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failed {
    /// Its id.
    pub id: String,
    /// Where it stands: `failed`.
    pub status: &'static str,
}

/// The kind of refusals that are written as RFC 6749 has them.
const OAUTH: &str = "oauth";

/// As it is written.
#[derive(Serialize)]
struct Written<'a> {
    message: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decline_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'a Failed>,
    request_id: &'a str,
}

impl Refusal {
    fn new(status: u16, kind: &'static str, code: &'static str, message: String) -> Self {
        Self {
            status,
            kind,
            code,
            message,
            param: None,
            declined: None,
        }
    }

    /// The request itself is wrong, in the field `param`.
    #[must_use]
    pub fn invalid(param: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            param: Some(param.to_owned()),
            ..Self::new(400, "invalid_request", code, message.into())
        }
    }

    /// A field has a value that it cannot have.
    #[must_use]
    pub fn value(param: &str, must: &str) -> Self {
        Self::invalid(param, "parameter_invalid", format!("{param} {must}"))
    }

    /// The body names an object that does not exist.
    #[must_use]
    pub fn unknown(param: &str, what: &str) -> Self {
        Self::invalid(
            param,
            "resource_missing",
            format!("{param}: no such {what}"),
        )
    }

    /// The request is wrong as a whole.
    #[must_use]
    pub fn request(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self::new(status, "invalid_request", code, message.into())
    }

    /// The path names nothing.
    #[must_use]
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, "not_found", "resource_missing", message.into())
    }

    /// A token was asked for in vain; the code is one of RFC 6749.
    #[must_use]
    pub fn oauth(code: &'static str, reason: &str) -> Self {
        let status = if code == "invalid_client" { 401 } else { 400 };
        Self::new(status, OAUTH, code, reason.to_owned())
    }

    /// Who asks is not known.
    #[must_use]
    pub fn stranger(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(401, "authentication_error", code, message.into())
    }

    /// Who asks may not.
    #[must_use]
    pub fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(403, "permission_error", code, message.into())
    }

    /// The object's status does not allow it.
    #[must_use]
    pub fn state(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(409, "invalid_state", code, message.into())
    }

    /// The first request with this key is not answered yet.
    #[must_use]
    pub fn running() -> Self {
        let message = "the first request with this Idempotency-Key is still running";
        Self::new(
            409,
            "idempotency_in_progress",
            "idempotency_in_progress",
            message.to_owned(),
        )
    }

    /// The key belongs to another request.
    #[must_use]
    pub fn other_request() -> Self {
        let message = "this Idempotency-Key came with another method, path or body before";
        Self::new(
            422,
            "idempotency_error",
            "idempotency_key_reused",
            message.to_owned(),
        )
    }

    /// What the service says of itself, by the status.
    #[must_use]
    pub fn service(status: u16, message: impl Into<String>) -> Self {
        match status {
            429 => Self::new(status, "rate_limited", "rate_limited", message.into()),
            400..=499 => Self::request(status, "refused", message),
            _ => Self::new(status, "api_error", "api_error", message.into()),
        }
    }

    /// The card, or what stands in for one, did not pay.
    #[must_use]
    pub fn declined(why: Decline, payment: &str) -> Self {
        let declined = Declined {
            decline_code: why.code(),
            payment: Failed {
                id: payment.to_owned(),
                status: "failed",
            },
        };
        let message = why.message().to_owned();
        Self {
            declined: Some(Box::new(declined)),
            ..Self::new(402, "card_error", "card_declined", message)
        }
    }

    /// Whether the request was carried out all the same: a declined payment is there.
    #[must_use]
    pub const fn executed(&self) -> bool {
        self.status == 402
    }

    /// The answer's body.
    #[must_use]
    pub fn body(&self, request_id: &str, errors: Errors) -> String {
        if self.kind == OAUTH {
            let written = json!({"error": self.code, "error_description": self.message});
            return written.to_string();
        }
        let written = Written {
            message: &self.message,
            kind: self.kind,
            code: self.code,
            param: self.param.as_deref(),
            decline_code: self.declined.as_ref().map(|it| it.decline_code),
            payment: self.declined.as_ref().map(|it| &it.payment),
            request_id,
        };
        // Nothing in it can fail to be written.
        let body = serde_json::to_string(&written).unwrap_or_default();
        match errors {
            Errors::Top => body,
            Errors::Nested => format!("{{\"error\":{body}}}"),
        }
    }
}
