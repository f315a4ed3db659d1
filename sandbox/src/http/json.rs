//! JSON in and out of the control API.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// A refusal with its reason.
#[derive(Debug)]
pub struct Problem(StatusCode, String);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        with_status(self.0, &json!({"error": self.1}))
    }
}

/// What a control handler ends with.
pub type Answer = Result<Response, Problem>;

/// A refusal for this reason.
pub fn problem(status: StatusCode, reason: impl Into<String>) -> Problem {
    Problem(status, reason.into())
}

/// A bad request for this reason.
pub fn bad(reason: impl Into<String>) -> Problem {
    problem(StatusCode::BAD_REQUEST, reason)
}

/// A value as the answer.
pub fn ok(value: &impl Serialize) -> Response {
    with_status(StatusCode::OK, value)
}

fn with_status(status: StatusCode, value: &impl Serialize) -> Response {
    let body = serde_json::to_string(value).unwrap_or_default();
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Reads a request's body; an empty one stands for `{}`.
///
/// # Errors
/// A bad request that names the field.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let body = if body.trim_ascii().is_empty() {
        b"{}"
    } else {
        body
    };
    serde_json::from_slice(body).map_err(|error| bad(error.to_string()))
}
