//! The only door to the network: one request, one answer, one time limit.
//!
//! It follows no redirect, repeats nothing, caps what it reads and says how
//! far a request got. It knows neither API.

mod address;
mod agent;
mod lookup;
mod patient;
mod route;
mod wire;

pub use address::Address;
pub use route::Route;

use std::fmt;
use std::time::Duration;

use ureq::http;

use crate::error::{Code, Error, Outcome};
use crate::fork::ProcessLocal;
use crate::interrupt;
use crate::retry;

/// The most that an answer's body may hold.
pub const MOST_BODY: u64 = 1 << 20;

/// The most that an answer's headers may hold.
pub const MOST_HEADERS: usize = 64 << 10;

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// To read.
    Get,
    /// To make or to change.
    Post,
    /// To put something in its place.
    Put,
    /// To change parts of it.
    Patch,
    /// To delete.
    Delete,
}

impl Verb {
    /// Its word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One request.
#[derive(Clone)]
pub struct Request<'a> {
    /// What it asks for.
    pub verb: Verb,
    /// Where it goes.
    pub address: &'a Address,
    /// Headers that hold no credentials.
    pub headers: &'a [(&'static str, &'a str)],
    /// The headers that carry credentials.
    pub credentials: &'a [(&'static str, &'a str)],
    /// What its body is.
    pub content_type: &'static str,
    /// Its body.
    pub body: &'a [u8],
    /// Whether it changes something: then it never travels on a connection
    /// that has been idle for a second or more, and may be closed.
    pub is_write: bool,
    /// How long it may take, everything included.
    pub within: Duration,
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("verb", &self.verb)
            .field("address", &self.address)
            .field("is_write", &self.is_write)
            .field("within", &self.within)
            .finish_non_exhaustive()
    }
}

/// What one request brought.
#[derive(Debug, Clone)]
pub enum Exchange {
    /// An HTTP answer, whatever its status.
    Answered(HttpAnswer),
    /// No byte of the request was handed to the socket.
    NotSent(Error),
    /// Some of it was, and no whole answer came back.
    Broken(Error),
}

impl Exchange {
    /// An exchange that failed before anything was sent: for the simulator.
    #[doc(hidden)]
    #[must_use]
    pub fn not_sent(code: Code, message: &str) -> Self {
        Self::NotSent(Error::new(code, Outcome::NotDone, message))
    }

    /// An exchange that failed on the way: for the simulator.
    #[doc(hidden)]
    #[must_use]
    pub fn broken(code: Code, message: &str) -> Self {
        Self::Broken(Error::new(code, Outcome::Unknown, message))
    }
}

/// An HTTP answer.
#[derive(Clone)]
pub struct HttpAnswer {
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: Vec<u8>,
    /// Its `Date`, in Unix seconds.
    pub date: Option<u64>,
    /// The identifier that the service or a proxy gave the request.
    pub request_id: Option<String>,
    /// How long it asks to be left alone.
    pub retry_after: Option<Duration>,
    /// Whether it says that it is the answer of an earlier request with the same
    /// idempotency key.
    pub replayed: bool,
}

impl fmt::Debug for HttpAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpAnswer")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

/// The network: the door that a simulator replaces.
pub trait Network: fmt::Debug + Send + Sync {
    /// Sends a request and reads its answer.
    fn exchange(&self, request: &Request<'_>) -> Exchange;
}

/// The real network.
#[derive(Debug)]
pub struct Transport {
    agent: ProcessLocal<agent::Agent>,
}

impl Transport {
    /// A transport that keeps up to `connections` idle connections.
    #[must_use]
    pub fn new(connections: usize, route: Route) -> Self {
        Self {
            agent: ProcessLocal::new(move |_| agent::Agent::new(connections, &route)),
        }
    }
}

impl Network for Transport {
    fn exchange(&self, request: &Request<'_>) -> Exchange {
        wire::begin(request.credentials);
        match self.agent.get().1.send(request) {
            Ok(answer) => Exchange::Answered(answer),
            Err(error) if wire::touched() => Exchange::Broken(error),
            Err(error) => Exchange::NotSent(error.with_outcome(Outcome::NotDone)),
        }
    }
}

/// The headers that are read, each by the first of its names that is there.
fn read_headers(headers: &http::HeaderMap, now: std::time::SystemTime) -> HttpAnswer {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let date = text("date").and_then(|v| httpdate::parse_http_date(v).ok());
    HttpAnswer {
        status: 0,
        body: Vec::new(),
        date: date
            .and_then(|d| d.duration_since(std::time::UNIX_EPOCH).ok())
            .map(|d| d.as_secs()),
        request_id: ["x-request-id", "request-id", "x-amzn-trace-id", "cf-ray"]
            .into_iter()
            .find_map(text)
            .map(|id| id.chars().take(128).collect()),
        // A date is counted from the service's own clock where it tells one.
        replayed: text("idempotent-replayed") == Some("true"),
        retry_after: text("retry-after").and_then(|v| retry::retry_after(v, date.unwrap_or(now))),
    }
}

/// What a failure of the HTTP library means. Its texts are replaced by ours:
/// they may quote what was sent.
fn failure(error: &ureq::Error) -> Error {
    let of = |code, message: String| Error::new(code, Outcome::Unknown, message);
    match error {
        ureq::Error::Timeout(which) => of(
            Code::TransportTimeout,
            format!("the time limit passed ({which})"),
        ),
        ureq::Error::HostNotFound => of(
            Code::TransportLookup,
            "the host's name could not be looked up".to_owned(),
        ),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::TlsRequired => of(
            Code::TransportTls,
            format!("the TLS handshake failed: {error}"),
        ),
        ureq::Error::ConnectProxyFailed(_) => of(
            Code::TransportConnect,
            "the proxy did not make the connection: is it the right one, with the right user \
             name and password?"
                .to_owned(),
        ),
        ureq::Error::ConnectionFailed => of(
            Code::TransportConnect,
            "no connection could be made".to_owned(),
        ),
        ureq::Error::BodyExceedsLimit(_) => of(
            Code::TransportTooLarge,
            format!("the answer is larger than {MOST_BODY} bytes"),
        ),
        ureq::Error::LargeResponseHeader(..) => of(
            Code::TransportTooLarge,
            format!("the answer's headers are larger than {MOST_HEADERS} bytes"),
        ),
        ureq::Error::Io(io) => {
            let kind = io.kind();
            let code = match kind {
                _ if interrupt::is_possible() && interrupt::requested() => Code::Interrupted,
                std::io::ErrorKind::TimedOut => Code::TransportTimeout,
                _ if wire::touched() => Code::TransportBroken,
                // rustls reports a failed handshake as invalid data.
                std::io::ErrorKind::InvalidData => Code::TransportTls,
                _ => Code::TransportConnect,
            };
            of(code, format!("the connection failed: {kind}"))
        }
        _ => of(
            Code::TransportMalformed,
            "the answer is not one that HTTP allows".to_owned(),
        ),
    }
}
