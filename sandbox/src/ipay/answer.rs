//! What a call is answered with.

use serde::Serialize;

use crate::domain::ipay::modes::Errors;
use crate::domain::ipay::refusal::Refusal;

/// Status and body, and what the headers say of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// JSON.
    pub body: String,
    /// Whether an earlier request with the same key was answered with it.
    pub replayed: bool,
    /// What the request is called.
    pub request_id: String,
}

impl Answer {
    /// What was asked for.
    #[must_use]
    pub fn success(body: String, request_id: &str) -> Self {
        Self {
            status: 200,
            body,
            replayed: false,
            request_id: request_id.to_owned(),
        }
    }

    /// Why not.
    #[must_use]
    pub fn refusal(refusal: &Refusal, request_id: &str, errors: Errors) -> Self {
        Self {
            status: refusal.status,
            body: refusal.body(request_id, errors),
            replayed: false,
            request_id: request_id.to_owned(),
        }
    }
}

/// An object as it is answered.
pub(super) fn shown(it: &impl Serialize) -> String {
    // None of the objects can fail to be written: their keys are text.
    serde_json::to_string(it).unwrap_or_default()
}
