//! Which addresses credentials may be sent to.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ureq::http::Uri;

use crate::error::{Error, Result};

/// An address that credentials may be sent to: https, or plain http to a
/// literal loopback address (`127.0.0.1`, `[::1]`, `localhost`), without user
/// name, password or fragment.
///
/// ```
/// use kessai::Address;
/// assert!("https://api.zaif.jp/ecapi".parse::<Address>().is_ok());
/// assert!("http://127.0.0.1:4000/ecapi".parse::<Address>().is_ok());
/// assert!("http://api.zaif.jp/ecapi".parse::<Address>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(Uri);

impl Address {
    pub(super) const fn uri(&self) -> &Uri {
        &self.0
    }

    /// Whether it is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.0.host().is_some_and(is_loopback)
    }

    /// Another place below it: `path` begins with a slash and is written as it
    /// stands in an address, with what may follow a question mark.
    pub(crate) fn below(&self, path: &str) -> Result<Self> {
        let base = self.0.to_string();
        Self::named("path", &format!("{}{path}", base.trim_end_matches('/')))
    }

    /// The host.
    pub(crate) fn host(&self) -> &str {
        self.0.host().unwrap_or_default()
    }

    /// Scheme, host and port: `https://api.zaif.jp`.
    #[must_use]
    pub fn origin(&self) -> String {
        let scheme = self.0.scheme_str().unwrap_or("https");
        let authority = self.0.authority().map_or("", |a| a.as_str());
        format!("{scheme}://{authority}")
    }
}

impl FromStr for Address {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::named("address", text)
    }
}

impl Address {
    /// Reads the address that a parameter gives; errors name the parameter.
    pub(crate) fn named(name: &str, text: &str) -> Result<Self> {
        let bad = |why: &str| Error::input(name, format!("{name} {why}"));
        if text.contains('#') {
            return Err(bad("must not have a fragment"));
        }
        let uri: Uri = text.parse().map_err(|_| bad("is not an address"))?;
        let host = uri.host().filter(|h| !h.is_empty());
        let Some(host) = host else {
            return Err(bad("must be absolute, such as https://api.zaif.jp/ecapi"));
        };
        if uri.authority().is_some_and(|a| a.as_str().contains('@')) {
            return Err(bad("must not hold a user name or password"));
        }
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if is_loopback(host) => {}
            Some("http") => {
                return Err(bad("must be https: plain http is for loopback only"));
            }
            _ => return Err(bad("must be https")),
        }
        Ok(Self(uri))
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_where_credentials_may_go() {
        for good in [
            "https://api.zaif.jp/ecapi",
            "https://proxy.example:8443/ecapi?x=1",
            "http://127.0.0.1:1/ecapi",
            "http://127.8.9.1/ecapi",
            "http://[::1]:8080/",
            "http://localhost:8080/ecapi",
        ] {
            assert!(good.parse::<Address>().is_ok(), "{good}");
        }
        for bad in [
            "http://api.zaif.jp/ecapi",
            "http://127.0.0.1.example.com/",
            "http://localhost.example.com/",
            "http://0.0.0.0/",
            "http://192.168.0.1/",
            "https://user:pass@api.zaif.jp/ecapi",
            "https://api.zaif.jp/ecapi#x",
            "ftp://api.zaif.jp/",
            "file:///etc/passwd",
            "/ecapi",
            "api.zaif.jp/ecapi",
            "https://",
            "",
        ] {
            let error = bad.parse::<Address>().expect_err(bad);
            assert_eq!(error.param(), Some("address"), "{bad}");
        }
        let address: Address = "https://api.zaif.jp:444/ecapi".parse().unwrap();
        assert_eq!(address.origin(), "https://api.zaif.jp:444");
    }
}
