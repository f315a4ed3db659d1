//! The responses that stand for a harm, until the connection's own task plays it.

use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;

use super::bomb;
use super::breakage::{Breakage, End, Script, flood};
use crate::domain::ipay::refusal::Refusal;
use crate::domain::{fault::Harm, ipay::modes::Errors, zaif::modes::Spelling};
use crate::ecapi::{answer, spelling::spelled};
use crate::ipay::answer::Answer;

/// What a message of iPay's comes with.
const FAILURE: u16 = 500;
/// What iPay says where a rule names a status and nothing else.
const PLAYED: &str = "a fault rule of the sandbox plays this status";

/// In whose words a harm speaks where it needs any.
#[derive(Debug, Clone)]
pub enum Voice {
    /// Zaif's, spelled so.
    Zaif(Spelling),
    /// iPay's, about the request called so.
    Ipay {
        /// What the request is called.
        request_id: String,
        /// Where an error's fields stand.
        errors: Errors,
    },
}

impl Voice {
    /// Status and body of what the service says of itself.
    fn said(&self, status: u16, message: &str) -> (Option<u16>, String) {
        match self {
            Self::Zaif(spelling) if status == FAILURE && message != PLAYED => {
                (Some(200), spelled(answer::failure(message), *spelling))
            }
            Self::Zaif(_) => (Some(status), String::new()),
            Self::Ipay { request_id, errors } => {
                let refusal = Refusal::service(status, message);
                (Some(status), refusal.body(request_id, *errors))
            }
        }
    }

    fn failure(&self, message: &str) -> Response {
        match self {
            Self::Zaif(spelling) => json(spelled(answer::failure(message), *spelling)),
            Self::Ipay { .. } => self.refused(FAILURE, message),
        }
    }

    fn status(&self, status: u16) -> Response {
        match self {
            Self::Zaif(_) => code(status).into_response(),
            Self::Ipay { .. } => self.refused(status, PLAYED),
        }
    }

    fn refused(&self, status: u16, message: &str) -> Response {
        let Self::Ipay { request_id, errors } = self else {
            return code(status).into_response();
        };
        let refusal = Refusal::service(status, message);
        super::ipay::spoken(Answer::refusal(&refusal, request_id, *errors))
    }
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY)
}

/// What is done to a finished response on its way out.
#[derive(Debug, Clone, Copy)]
enum Mark {
    /// Half of the body, then this end.
    Half(End),
    /// A length field that is wrong by so much.
    WrongLength(i64),
    /// One byte at a time.
    Drip(Duration),
}

/// The page an intermediary shows when what is behind it is broken.
const GARBAGE: &str = "<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head>\n\
    <body><h1>We will be back soon</h1></body></html>\n";

/// The response that stands for a harm until the connection's own task sees it.
#[must_use]
pub fn respond(harm: Harm, executed: Option<Response>, voice: &Voice) -> Response {
    let answer = || executed.unwrap_or_else(|| json(String::new()));
    match harm {
        Harm::Message(message) => voice.failure(&message),
        Harm::Status {
            status,
            headers,
            body,
        } => {
            let mut response = match body {
                Some(body) => (code(status), body).into_response(),
                None => voice.status(status),
            };
            for (name, value) in headers {
                let name = HeaderName::try_from(name);
                if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        Harm::Reset => reset(),
        Harm::Silence => broken(Breakage::Silence),
        Harm::Cut => marked(answer(), Mark::Half(End::Close)),
        Harm::CutByReset => marked(answer(), Mark::Half(End::Reset)),
        Harm::WrongLength(by) => marked(answer(), Mark::WrongLength(by)),
        Harm::Drip(millis) => marked(answer(), Mark::Drip(Duration::from_millis(millis))),
        Harm::Garbage => ([(header::CONTENT_TYPE, "text/html")], GARBAGE).into_response(),
        Harm::HugeBody(bytes) => broken(Breakage::Say(flood::body(bytes))),
        Harm::EndlessHeaders => broken(Breakage::Say(flood::headers())),
        Harm::GzipBomb(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::CONTENT_ENCODING, "gzip"),
            ];
            (headers, Body::from(bomb::spaces(bytes))).into_response()
        }
        Harm::DeepJson(depth) => {
            let (open, close) = ("[".repeat(depth), "]".repeat(depth));
            json(match voice {
                Voice::Zaif(_) => format!("{{\"success\":1,\"return\":{open}{close}}}"),
                Voice::Ipay { .. } => format!("{{\"data\":{open}{close}}}"),
            })
        }
        Harm::Redirect(location) => {
            let mut response = StatusCode::FOUND.into_response();
            if let Ok(location) = HeaderValue::try_from(location) {
                response.headers_mut().insert(header::LOCATION, location);
            }
            response
        }
    }
}

/// What the client was told, in short: a status, if there was one, and a body.
#[must_use]
pub fn shown(
    harm: &Harm,
    (status, body): (Option<u16>, &str),
    voice: &Voice,
) -> (Option<u16>, String) {
    match harm {
        Harm::Message(message) => voice.said(FAILURE, message),
        Harm::Status {
            status,
            body: Some(body),
            ..
        } => (Some(*status), body.clone()),
        Harm::Status { status, .. } => voice.said(*status, PLAYED),
        Harm::Garbage => (Some(200), GARBAGE.to_owned()),
        Harm::Redirect(location) => (Some(302), format!("location: {location}")),
        Harm::Cut | Harm::CutByReset | Harm::WrongLength(_) | Harm::Drip(_) => {
            (status, body.to_owned())
        }
        Harm::HugeBody(_) | Harm::EndlessHeaders | Harm::GzipBomb(_) | Harm::DeepJson(_) => {
            (Some(200), String::new())
        }
        Harm::Reset | Harm::Silence => (None, String::new()),
    }
}

/// An answer of the API.
#[must_use]
pub fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// No answer: the connection is reset.
#[must_use]
pub fn reset() -> Response {
    broken(Breakage::Reset)
}

fn broken(breakage: Breakage) -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(breakage);
    response
}

fn marked(mut response: Response, mark: Mark) -> Response {
    response.extensions_mut().insert(mark);
    response
}

/// The breakage a finished response asks for, if any.
pub async fn breakage(mut response: Response) -> Result<Response, Breakage> {
    if let Some(breakage) = response.extensions_mut().remove::<Breakage>() {
        return Err(breakage);
    }
    match response.extensions_mut().remove::<Mark>() {
        Some(mark) => Err(Breakage::Say(script(response, mark).await)),
        None => Ok(response),
    }
}

/// The response as bytes, and how they are sent.
async fn script(response: Response, mark: Mark) -> Script {
    let (parts, body) = response.into_parts();
    let body = match body.collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(_) => Bytes::new(),
    };
    let length = i64::try_from(body.len()).unwrap_or(i64::MAX);
    let (promised, sent) = match mark {
        Mark::Half(_) => (length, body.len() / 2),
        Mark::WrongLength(by) => (length.saturating_add(by).max(0), body.len()),
        Mark::Drip(_) => (length, body.len()),
    };
    let mut raw = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
    let kept = |name: &HeaderName| *name != header::CONTENT_LENGTH;
    for (name, value) in parts.headers.iter().filter(|(name, _)| kept(name)) {
        raw.extend_from_slice(name.as_str().as_bytes());
        raw.extend_from_slice(b": ");
        raw.extend_from_slice(value.as_bytes());
        raw.extend_from_slice(b"\r\n");
    }
    raw.extend_from_slice(format!("content-length: {promised}\r\n\r\n").as_bytes());
    raw.extend(body.iter().take(sent));
    Script {
        bytes: raw.into(),
        pause: match mark {
            Mark::Drip(pause) => Some(pause),
            _ => None,
        },
        flood: None,
        end: match mark {
            Mark::Half(end) => end,
            _ => End::Close,
        },
    }
}
