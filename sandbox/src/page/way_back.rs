//! Where iPay's pages send the customer afterwards: to a shop on this machine.

use http::Uri;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What is longer is no address.
const LONGEST: usize = 2_000;

/// The address of a shop on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayBack {
    address: String,
    origin: String,
}

impl WayBack {
    /// Reads an address; none when it leads elsewhere, or is not plainly one.
    #[must_use]
    pub fn read(address: &str) -> Option<Self> {
        // What a browser would read in another way than this is not let through.
        let plain = address.len() <= LONGEST && address.bytes().all(|it| it.is_ascii_graphic());
        let uri: Uri = address.parse().ok().filter(|_| plain)?;
        let scheme = uri.scheme_str()?;
        let authority = uri.authority()?;
        let host = authority.host();
        // The names of loopback that a Content Security Policy can let a form lead to:
        // it knows no address of IPv6.
        let local = host.eq_ignore_ascii_case("localhost") || host == "127.0.0.1";
        let fine = local && matches!(scheme, "http" | "https") && !authority.as_str().contains('@');
        fine.then(|| Self {
            address: address.to_owned(),
            origin: format!("{scheme}://{authority}"),
        })
    }

    /// As it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address with another parameter behind those it has.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> String {
        let (address, fragment) = match self.address.split_once('#') {
            Some((address, fragment)) => (address, format!("#{fragment}")),
            None => (self.address.as_str(), String::new()),
        };
        let mark = match address.split_once('?') {
            None => "?",
            Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        format!("{address}{mark}{name}={}{fragment}", encoded(value))
    }
}

/// A value as it stands in a query.
#[must_use]
pub fn encoded(value: &str) -> String {
    const PLAIN: &percent_encoding::AsciiSet =
        &NON_ALPHANUMERIC.remove(b'_').remove(b'-').remove(b'.');
    utf8_percent_encode(value, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_nowhere_but_to_this_machine() {
        for (address, origin) in [
            ("http://localhost:8000/thanks", "http://localhost:8000"),
            ("https://127.0.0.1/?a=1", "https://127.0.0.1"),
        ] {
            assert_eq!(WayBack::read(address).unwrap().origin(), origin);
        }
        for bad in [
            "",
            "/thanks",
            "//localhost/",
            "http://shop.test/",
            "https://192.0.2.7/",
            "http://localhost.shop.test/",
            "http://[::1]:9/x",
            "http://localhost@shop.test/",
            "http://shop.test@localhost/",
            "http://localhost\\@shop.test/",
            "http://127.0.0.1\n.shop.test/",
            "http://127.1.shop.test/",
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://localhost/",
        ] {
            assert_eq!(WayBack::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_parameter_is_put_behind_the_others() {
        let with = |address| WayBack::read(address).unwrap().with("payment", "pay_1");
        let at = "http://localhost/x";
        assert_eq!(with(at), format!("{at}?payment=pay_1"));
        assert_eq!(with("http://localhost/x?"), format!("{at}?payment=pay_1"));
        assert_eq!(
            with("http://localhost/x?a=1#top"),
            format!("{at}?a=1&payment=pay_1#top")
        );
    }
}
