//! Harm done to a connection itself, below HTTP.

use std::fmt;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::domain::faults::Harm;
use crate::ecapi::answer;

/// What becomes of a connection that HTTP was taken away from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breakage {
    /// Reset at once.
    Reset,
    /// Held in silence until the client leaves.
    Silence,
    /// These bytes, then the end.
    Cut(Bytes),
}

impl fmt::Display for Breakage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault rule broke this connection")
    }
}

impl std::error::Error for Breakage {}

/// Marks a response that is to be cut short.
#[derive(Debug, Clone, Copy)]
struct CutMark;

/// The page an intermediary shows when what is behind it is broken.
const GARBAGE: &str = "<!DOCTYPE html>\n<html><head><title>Service unavailable</title></head>\n\
    <body><h1>We will be back soon</h1></body></html>\n";

/// The response that stands for a harm until the connection's own task sees it.
#[must_use]
pub fn respond(harm: Harm, executed: Option<String>) -> Response {
    match harm {
        Harm::Message(message) => json(answer::failure(&message)),
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
        Harm::Cut => {
            let mut response = json(executed.unwrap_or_default());
            response.extensions_mut().insert(CutMark);
            response
        }
        Harm::Garbage => ([(header::CONTENT_TYPE, "text/html")], GARBAGE).into_response(),
        Harm::Redirect(location) => {
            let mut response = StatusCode::FOUND.into_response();
            if let Ok(location) = HeaderValue::try_from(location) {
                response.headers_mut().insert(header::LOCATION, location);
            }
            response
        }
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

/// The breakage a finished response asks for, if any.
pub async fn breakage(mut response: Response) -> Result<Response, Breakage> {
    if let Some(breakage) = response.extensions_mut().remove::<Breakage>() {
        return Err(breakage);
    }
    if response.extensions_mut().remove::<CutMark>().is_some() {
        return Err(Breakage::Cut(first_half(response).await));
    }
    Ok(response)
}

/// The whole head, whose length field promises the whole body, and half of that body.
async fn first_half(response: Response) -> Bytes {
    let (parts, body) = response.into_parts();
    let body = match body.collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(_) => Bytes::new(),
    };
    let mut raw = b"HTTP/1.1 200 OK\r\n".to_vec();
    let kept = |name: &HeaderName| *name != header::CONTENT_LENGTH;
    for (name, value) in parts.headers.iter().filter(|(name, _)| kept(name)) {
        raw.extend_from_slice(name.as_str().as_bytes());
        raw.extend_from_slice(b": ");
        raw.extend_from_slice(value.as_bytes());
        raw.extend_from_slice(b"\r\n");
    }
    raw.extend_from_slice(format!("content-length: {}\r\n\r\n", body.len()).as_bytes());
    raw.extend(body.iter().take(body.len() / 2));
    raw.into()
}

/// Ends a connection in the way `breakage` says.
pub async fn play(breakage: Breakage, mut stream: TcpStream) {
    match breakage {
        Breakage::Reset => {
            // Without this, closing would be a polite end of the stream.
            let _ = stream.set_zero_linger();
        }
        Breakage::Silence => {
            let mut sink = [0_u8; 1024];
            while stream.read(&mut sink).await.is_ok_and(|count| count > 0) {}
        }
        Breakage::Cut(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
            // Closing at once could reset the connection and take the bytes with it.
            let mut sink = [0_u8; 1024];
            let drain = async { while stream.read(&mut sink).await.is_ok_and(|n| n > 0) {} };
            let _ = tokio::time::timeout(Duration::from_secs(1), drain).await;
        }
    }
}
