//! By which way and under whose certificates the service is reached.

use std::fmt;
use std::io::Read as _;
use std::sync::Arc;

use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use crate::error::{Error, Result};

/// A file of certificates larger than this is none.
const MOST_BYTES: u64 = 4 << 20;

/// The way to the service: directly and under the bundled roots, unless told
/// otherwise. Nothing is taken from the environment.
#[derive(Clone, Default)]
pub struct Route {
    proxy: Option<ureq::Proxy>,
    roots: Option<Arc<Vec<Certificate<'static>>>>,
}

impl Route {
    /// Through this proxy: `http://` or `https://`, with user name and password
    /// where it wants them, percent-encoded.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming `proxy`; its text is
    /// never repeated.
    pub(crate) fn through(&mut self, proxy: &str) -> Result<()> {
        let bad = || {
            Error::input(
                "proxy",
                "proxy must be http:// or https://, a host, and at most user name, password and \
                 port: http://proxy.example:3128",
            )
        };
        if !proxy.starts_with("http://") && !proxy.starts_with("https://") {
            return Err(bad());
        }
        if proxy.contains(['?', '#']) || !is_percent_encoded(proxy) {
            return Err(bad());
        }
        let proxy = ureq::Proxy::new(proxy).map_err(|_| bad())?;
        let uri = proxy.uri();
        let authority = uri.authority().map_or("", |a| a.as_str());
        let place = authority.rsplit('@').next().unwrap_or(authority);
        let place = place.rsplit(']').next().unwrap_or(place);
        // A port that is none would be passed over, and another one called.
        let has_bad_port = place.contains(':') && uri.port_u16().is_none_or(|port| port == 0);
        if proxy.host().is_empty() || has_bad_port || !matches!(uri.path(), "" | "/") {
            return Err(bad());
        }
        self.proxy = Some(proxy);
        Ok(())
    }

    /// Under the certificates of a PEM file instead of the bundled ones.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming `ca_file`.
    pub(crate) fn under(&mut self, ca_file: &str) -> Result<()> {
        let bad = |why: String| Error::input("ca_file", format!("ca_file {why}"));
        let unread = |e: std::io::Error| bad(format!("{ca_file} cannot be read: {e}"));
        let is_file = std::fs::metadata(ca_file).map_err(unread)?.is_file();
        if !is_file {
            return Err(bad(format!("{ca_file} is not a file")));
        }
        let mut pem = Vec::new();
        let file = std::fs::File::open(ca_file).map_err(unread)?;
        let most = MOST_BYTES.saturating_add(1);
        let size = file.take(most).read_to_end(&mut pem).map_err(unread)?;
        if u64::try_from(size).unwrap_or(most) > MOST_BYTES {
            return Err(bad(format!("{ca_file} is larger than 4 MiB")));
        }
        let mut roots = Vec::new();
        for item in parse_pem(&pem) {
            match item {
                Ok(PemItem::Certificate(certificate)) => roots.push(certificate),
                Ok(_) => {}
                Err(_) => return Err(bad(format!("{ca_file} is damaged"))),
            }
        }
        if roots.is_empty() {
            return Err(bad(format!("{ca_file} holds no certificate in PEM form")));
        }
        self.roots = Some(Arc::new(roots));
        Ok(())
    }

    pub(super) const fn proxy(&self) -> Option<&ureq::Proxy> {
        self.proxy.as_ref()
    }

    pub(super) fn tls(&self) -> TlsConfig {
        let roots = match &self.roots {
            None => RootCerts::WebPki,
            Some(roots) => RootCerts::Specific(Arc::clone(roots)),
        };
        TlsConfig::builder().root_certs(roots).build()
    }
}

/// Whether every `%` begins an escape.
fn is_percent_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        let mut digits = rest.chars().take(2);
        digits.all(|c| c.is_ascii_hexdigit()) && rest.len() >= 2
    })
}

/// Where the proxy is, without who may use it.
impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = self.proxy.as_ref().map(|p| (p.host(), p.port()));
        f.debug_struct("Route")
            .field("proxy", &proxy)
            .field("roots", &self.roots.as_ref().map(|r| r.len()))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_a_proxy_and_its_password_never_shows() {
        let mut route = Route::default();
        route
            .through("http://sandbox_user:sandbox_pass@proxy.example:3128")
            .unwrap();
        let shown = format!("{route:?}");
        assert!(
            shown.contains("proxy.example") && !shown.contains("sandbox_"),
            "{shown}"
        );
        for bad in [
            "",
            "proxy.example:3128",
            "socks5://sandbox_user:sandbox_pass@proxy.example",
            "http://",
            "http://sandbox_user:%zz@proxy.example/",
            "http://proxy.example/path",
            "http://proxy.example:99999",
            "http://sandbox_user:sandbox_pass@proxy.example:0",
            "http://proxy.example:",
            "http://proxy.example?x=y",
            "http://proxy.example#f",
        ] {
            let error = Route::default().through(bad).unwrap_err();
            assert_eq!(error.param(), Some("proxy"), "{bad}");
            assert!(!format!("{error:?}").contains("sandbox_"));
        }
    }

    #[test]
    fn a_file_without_certificates_is_said_so() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("empty.pem", ""),
            ("text.pem", "no certificate"),
            ("cut.pem", "-----BEGIN CERTIFICATE-----\nMIIB"),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            let error = Route::default().under(path.to_str().unwrap()).unwrap_err();
            assert_eq!(error.param(), Some("ca_file"), "{name}");
        }
        let absent = folder.path().join("absent.pem");
        assert!(Route::default().under(absent.to_str().unwrap()).is_err());
    }
}
