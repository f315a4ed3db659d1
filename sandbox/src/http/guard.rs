//! Keeps web pages from driving the sandbox through a developer's browser.
//!
//! A page on the internet can make the browser send requests to loopback. What
//! it cannot do is leave out its own `Origin`, or, after rebinding its name to
//! 127.0.0.1, send another `Host` than that name.

use std::net::IpAddr;

use axum::body::Body;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::uri::Authority;
use http::{HeaderMap, Request, StatusCode, header};

use super::json;

/// Lets a request through if it can only come from this machine's own tools or
/// the sandbox's own pages.
pub async fn check(request: Request<Body>, next: Next) -> Response {
    match refusal(request.headers()) {
        None => next.run(request).await,
        Some(reason) => json::problem(StatusCode::FORBIDDEN, reason).into_response(),
    }
}

/// Why a request with these headers is refused.
fn refusal(headers: &HeaderMap) -> Option<&'static str> {
    let text = |name| {
        let mut all = headers.get_all(name).iter();
        let first = all.next().and_then(|value| value.to_str().ok());
        first.filter(|_| all.next().is_none())
    };
    let Some(host) = text(header::HOST).filter(|host| is_loopback(host)) else {
        return Some("the Host header must name loopback: 127.0.0.1, [::1] or localhost");
    };
    if headers.contains_key(header::ORIGIN) {
        let own = text(header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"));
        if !own.is_some_and(|own| own.eq_ignore_ascii_case(host)) {
            return Some("requests from other sites' pages are refused (Origin header)");
        }
    }
    None
}

fn is_loopback(host: &str) -> bool {
    host.parse::<Authority>().is_ok_and(|authority| {
        let name = authority.host().trim_matches(['[', ']']);
        let address = name.parse::<IpAddr>();
        !host.contains('@')
            && (name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|it| it.is_loopback()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(pairs: &[(header::HeaderName, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, http::HeaderValue::from_static(value));
        }
        refusal(&headers).is_some()
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
