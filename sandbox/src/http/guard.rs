//! Keeps web pages from driving the sandbox through a developer's browser.
//!
//! A page on the internet can make the browser send requests to loopback. What
//! it cannot do is leave out its own `Origin`, or, after rebinding its name to
//! 127.0.0.1, send another `Host` than that name.

use std::net::IpAddr;

use axum::body::Body;
use axum::extract::State;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::uri::Authority;
use http::{HeaderMap, Request, StatusCode, header};

use super::json;

/// By which names the sandbox is reached.
#[derive(Debug, Clone, Copy)]
pub struct Guard {
    /// Where it listens: an address that names no machine of its own adds nothing.
    pub listen: IpAddr,
    /// Whether by https.
    pub encrypted: bool,
}

/// Lets a request through if it can only come from this machine's own tools or
/// the sandbox's own pages.
pub async fn check(State(guard): State<Guard>, request: Request<Body>, next: Next) -> Response {
    match guard.refusal(request.headers()) {
        None => next.run(request).await,
        Some(reason) => json::problem(StatusCode::FORBIDDEN, reason).into_response(),
    }
}

impl Guard {
    /// Why a request with these headers is refused.
    fn refusal(self, headers: &HeaderMap) -> Option<&'static str> {
        let text = |name| {
            let mut all = headers.get_all(name).iter();
            let first = all.next().and_then(|value| value.to_str().ok());
            first.filter(|_| all.next().is_none())
        };
        let Some(host) = text(header::HOST).filter(|host| self.is_own(host)) else {
            return Some(
                "the Host header must name loopback (127.0.0.1, [::1], localhost) \
                 or the address of --listen",
            );
        };
        if headers.contains_key(header::ORIGIN) {
            let scheme = if self.encrypted {
                "https://"
            } else {
                "http://"
            };
            let own = text(header::ORIGIN).and_then(|origin| origin.strip_prefix(scheme));
            if !own.is_some_and(|own| own.eq_ignore_ascii_case(host)) {
                return Some("requests from other sites' pages are refused (Origin header)");
            }
        }
        None
    }

    fn is_own(self, host: &str) -> bool {
        host.parse::<Authority>().is_ok_and(|authority| {
            let name = authority.host().trim_matches(['[', ']']);
            let own = |address: IpAddr| address.is_loopback() || address == self.listen;
            !host.contains('@')
                && (name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(own))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(pairs: &[(header::HeaderName, &'static str)]) -> bool {
        refused_by(IpAddr::from([127, 0, 0, 1]), false, pairs)
    }

    fn refused_by(
        listen: IpAddr,
        encrypted: bool,
        pairs: &[(header::HeaderName, &'static str)],
    ) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, http::HeaderValue::from_static(value));
        }
        Guard { listen, encrypted }.refusal(&headers).is_some()
    }

    #[test]
    fn only_loopback_hosts() {
        for host in [
            "127.0.0.1:80",
            "localhost:1",
            "LOCALHOST",
            "[::1]:9",
            "127.0.0.2:1",
        ] {
            assert!(!refused(&[(header::HOST, host)]), "{host}");
        }
        for host in [
            "example.test",
            "127.0.0.1.example.test:80",
            "localhost@example.test",
            "192.0.2.7:80",
            "",
        ] {
            assert!(refused(&[(header::HOST, host)]), "{host}");
        }
        assert!(refused(&[]));
        assert!(refused(&[
            (header::HOST, "localhost"),
            (header::HOST, "localhost")
        ]));
    }

    #[test]
    fn beyond_loopback_its_own_address_too_and_pages_by_https_only() {
        let from = |host, origin| {
            let pairs = [(header::HOST, host), (header::ORIGIN, origin)];
            refused_by(IpAddr::from([192, 0, 2, 7]), true, &pairs)
        };
        assert!(!from("192.0.2.7:80", "https://192.0.2.7:80"));
        assert!(!from("localhost:80", "https://localhost:80"));
        assert!(from("192.0.2.7:80", "http://192.0.2.7:80"));
        assert!(from("192.0.2.8:80", "https://192.0.2.8:80"));
    }

    #[test]
    fn only_the_sandboxs_own_pages() {
        let from = |origin| refused(&[(header::HOST, "127.0.0.1:80"), (header::ORIGIN, origin)]);
        assert!(!from("http://127.0.0.1:80"));
        for origin in [
            "http://127.0.0.1:81",
            "http://localhost:80",
            "https://127.0.0.1:80",
            "https://example.test",
            "null",
            "",
        ] {
            assert!(from(origin), "{origin}");
        }
    }
}
