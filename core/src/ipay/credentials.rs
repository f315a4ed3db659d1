//! Who is calling, and where: keys, tokens, the live address and the one for
//! testing.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use zeroize::Zeroizing;

use crate::error::{Code, Error, Outcome, Result};
use crate::secret::Secret;
use crate::service::TokenSource;
use crate::transport::Address;

/// The documented address for live payments.
pub const LIVE: &str = "https://api.ipay.com/api";

/// The documented address for testing.
pub const SANDBOX: &str = "https://sandbox.ipay.com/api";

/// Whether payments are real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// They are.
    Live,
    /// They are not.
    Sandbox,
}

impl Mode {
    const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Sandbox => "sandbox",
        }
    }

    /// The documented address.
    pub(super) const fn address(self) -> &'static str {
        match self {
            Self::Live => LIVE,
            Self::Sandbox => SANDBOX,
        }
    }

    /// Which of the two an address is: elsewhere than at the documented ones and on
    /// this machine nobody can tell.
    pub(super) fn of(address: &Address) -> Option<Self> {
        // A name may end with the root's dot.
        let host = address.host().trim_end_matches('.');
        if host.eq_ignore_ascii_case("api.ipay.com") {
            Some(Self::Live)
        } else if host.eq_ignore_ascii_case("sandbox.ipay.com") || address.is_loopback() {
            Some(Self::Sandbox)
        } else {
            None
        }
    }
}

/// What a client was given to speak for somebody.
#[derive(Clone)]
pub(super) enum Credentials {
    /// API key and secret, with every request.
    Basic {
        /// The whole header.
        header: Secret,
        key: Secret,
        secret: Secret,
    },
    /// A token is fetched with these, and kept until it ends.
    OAuth {
        /// The header for the fetch.
        header: Secret,
        id: Secret,
        secret: Secret,
    },
    /// A token that the shop has.
    Token(Secret),
    /// A token that the shop makes for each call.
    Source(Arc<TokenSource>),
    /// The key that pages have: for tokens of cards, and nothing else.
    Publishable(Secret),
}

impl Credentials {
    pub(super) fn basic(key: Secret, secret: Secret) -> Result<Self> {
        check("key", &key)?;
        check("secret", &secret)?;
        if key.expose().contains(':') {
            return Err(Error::input("key", "key must not contain a colon"));
        }
        if ["live_", "test_", "pk_"]
            .iter()
            .any(|p| secret.expose().starts_with(p))
        {
            return Err(wrong("secret", "secret is a key: are the two swapped?"));
        }
        if key.expose().starts_with("pk_") {
            return Err(wrong(
                "key",
                "key is a publishable key: that is for PublishableClient",
            ));
        }
        Ok(Self::Basic {
            header: basic_header(&key, &secret),
            key,
            secret,
        })
    }

    pub(super) fn oauth(id: Secret, secret: Secret) -> Result<Self> {
        check("client_id", &id)?;
        check("client_secret", &secret)?;
        Ok(Self::OAuth {
            header: basic_header(&id, &secret),
            id,
            secret,
        })
    }

    pub(super) fn token(token: Secret) -> Result<Self> {
        check("token", &token)?;
        let keys = ["live_", "test_", "pk_", "secret_", "whsec_"];
        if keys.iter().any(|prefix| token.expose().starts_with(prefix)) {
            return Err(wrong(
                "token",
                "token is a key or a secret, and no bearer token",
            ));
        }
        Ok(Self::Token(token))
    }

    pub(super) fn publishable(key: Secret) -> Result<Self> {
        check("publishable_key", &key)?;
        if !key.expose().starts_with("pk_") {
            return Err(wrong(
                "publishable_key",
                "publishable_key must begin with pk_: a secret key has no place where cards are \
                 typed in",
            ));
        }
        Ok(Self::Publishable(key))
    }

    /// Whether it stands nowhere in them whether they are live.
    pub(super) const fn tell_no_mode(&self) -> bool {
        matches!(self, Self::OAuth { .. } | Self::Token(_) | Self::Source(_))
    }

    /// Whether they may be used for this mode. Live ones say so, and others are not
    /// live.
    pub(super) fn fits(&self, mode: Mode) -> Result<()> {
        let (param, is_live) = match self {
            Self::Basic { key, .. } => ("key", key.expose().starts_with("live_")),
            Self::Publishable(key) => ("publishable_key", key.expose().starts_with("pk_live_")),
            // What they are for stands nowhere in them.
            Self::OAuth { .. } | Self::Token(_) | Self::Source(_) => return Ok(()),
        };
        if is_live == (mode == Mode::Live) {
            return Ok(());
        }
        let kind = if is_live {
            "a live key"
        } else {
            "not a live key"
        };
        Err(wrong(
            param,
            &format!(
                "{param} is {kind}, and the address is for {}: set mode, base_url or \
                 IPAY_SANDBOX to what the key is for",
                mode.word()
            ),
        ))
    }

    /// What seals handles: what stays the same as long as the shop does.
    pub(super) fn sealing(&self) -> Option<&Secret> {
        match self {
            Self::Basic { secret, .. } | Self::OAuth { secret, .. } => Some(secret),
            Self::Token(_) | Self::Source(_) | Self::Publishable(_) => None,
        }
    }

    /// What tells one account from another.
    pub(super) fn name(&self) -> Option<&Secret> {
        match self {
            Self::Basic { key, .. } => Some(key),
            Self::OAuth { id, .. } => Some(id),
            Self::Token(_) | Self::Source(_) | Self::Publishable(_) => None,
        }
    }

    /// What no error may show.
    pub(super) fn secrets(&self) -> Vec<&str> {
        match self {
            Self::Basic {
                header,
                key,
                secret,
            } => {
                let encoded = header.expose().trim_start_matches("Basic ");
                vec![encoded, key.expose(), secret.expose()]
            }
            // The client's identifier is no secret.
            Self::OAuth { header, secret, .. } => {
                let encoded = header.expose().trim_start_matches("Basic ");
                vec![encoded, secret.expose()]
            }
            Self::Token(token) | Self::Publishable(token) => vec![token.expose()],
            Self::Source(_) => Vec::new(),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic",
            Self::OAuth { .. } => "OAuth",
            Self::Token(_) => "Token",
            Self::Source(_) => "Source",
            Self::Publishable(_) => "Publishable",
        })
    }
}

fn wrong(param: &str, message: &str) -> Error {
    Error::new(Code::IpayWrongMode, Outcome::NotDone, message).with_param(param)
}

fn basic_header(user: &Secret, password: &Secret) -> Secret {
    let (user, password) = (user.expose(), password.expose());
    let mut both = Zeroizing::new(String::with_capacity(
        user.len().saturating_add(password.len()).saturating_add(1),
    ));
    both.extend([user, ":", password]);
    let encoded = Zeroizing::new(BASE64.encode(both.as_bytes()));
    format!("Basic {}", *encoded).into()
}

/// What travels in a header.
pub(super) fn check(name: &str, value: &Secret) -> Result<()> {
    if value.is_empty() {
        return Err(Error::input(name, format!("{name} is empty")));
    }
    let text = value.expose();
    // Tokens are longer than keys.
    if !text.bytes().all(|b| b.is_ascii_graphic()) || text.len() > 8_192 {
        return Err(Error::input(
            name,
            format!("{name} must be visible ASCII characters without blanks, at most 8192"),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_only_where_it_belongs() {
        let basic = |key: &str| Credentials::basic(key.into(), "secret_canary".into()).unwrap();
        assert!(basic("live_1").fits(Mode::Live).is_ok());
        assert!(basic("test_1").fits(Mode::Sandbox).is_ok());
        for (key, mode) in [
            ("live_1", Mode::Sandbox),
            ("test_1", Mode::Live),
            ("k", Mode::Live),
        ] {
            let error = basic(key).fits(mode).unwrap_err();
            assert_eq!(error.code(), Code::IpayWrongMode);
            assert_eq!(error.param(), Some("key"));
        }
        assert!(Credentials::basic("pk_test_1".into(), "s".into()).is_err());
        assert!(Credentials::publishable("live_1".into()).is_err());
        let page = Credentials::publishable("pk_test_1".into()).unwrap();
        assert!(page.fits(Mode::Live).is_err());
    }

    #[test]
    fn the_address_tells_the_mode() {
        let mode = |address: &str| Mode::of(&address.parse().unwrap());
        assert_eq!(mode(LIVE), Some(Mode::Live));
        assert_eq!(mode(SANDBOX), Some(Mode::Sandbox));
        assert_eq!(mode("http://127.0.0.1:1/api"), Some(Mode::Sandbox));
        assert_eq!(mode("https://api.ipay.com.example/api"), None);
    }

    #[test]
    fn the_header_is_the_documented_one_and_shows_nowhere() {
        let made = Credentials::basic("test_a".into(), "secret_b".into()).unwrap();
        let Credentials::Basic { header, .. } = &made else {
            panic!("not basic");
        };
        assert_eq!(header.expose(), "Basic dGVzdF9hOnNlY3JldF9i");
        assert_eq!(format!("{made:?}"), "Basic");
    }
}
