//! The responses that stand for a harm, until the connection's own task plays it.

use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;

use super::bomb;
use super::breakage::{Breakage, End, Script, flood};
use crate::domain::{faults::Harm, zaif::modes::Spelling};
use crate::ecapi::{answer, spelling::spelled};

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
pub fn respond(harm: Harm, executed: Option<String>, spelling: Spelling) -> Response {
    let answer = || json(executed.unwrap_or_default());
    match harm {
        Harm::Message(message) => json(spelled(answer::failure(&message), spelling)),
        Harm::Status {
            status,
            headers,
            body,
        } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            let mut response = (status, body).into_response();
            for (name, value) in headers {
                let name = HeaderName::try_from(name);
                if let (Ok(name), Ok(value)) = (name, HeaderValue::try_from(value)) {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        Harm::Reset => broken(Breakage::Reset),
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
            json(format!("{{\"success\":1,\"return\":{open}{close}}}"))
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
pub fn shown(harm: &Harm, executed: Option<&str>, spelling: Spelling) -> (Option<u16>, String) {
    let answer = || executed.unwrap_or_default().to_owned();
    match harm {
        Harm::Message(message) => (Some(200), spelled(answer::failure(message), spelling)),
        Harm::Status { status, body, .. } => (Some(*status), body.clone()),
        Harm::Garbage => (Some(200), GARBAGE.to_owned()),
        Harm::Redirect(location) => (Some(302), format!("location: {location}")),
        Harm::Cut | Harm::CutByReset | Harm::WrongLength(_) | Harm::Drip(_) => {
            (Some(200), answer())
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
    let mut raw = b"HTTP/1.1 200 OK\r\n".to_vec();
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
