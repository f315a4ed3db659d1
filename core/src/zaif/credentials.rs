//! Who is calling: the API key and the digest of its secret.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};
use sha1::Sha1;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::hex::hex_lower;
use crate::secret::Secret;

/// Where the credentials go. Real integrations differ from the documents here
/// (spec of Zaif Payment, section 1), so the default is both places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum CredentialsIn {
    /// Headers and body.
    #[default]
    Both,
    /// Headers only, as documented.
    Headers,
    /// Body only, as public integrations do.
    Body,
}

/// Which digest of the secret is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Digest {
    /// `sha1secret`.
    #[default]
    Sha1,
    /// `md5secret`.
    Md5,
}

impl Digest {
    pub(super) const fn wire_name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1secret",
            Self::Md5 => "md5secret",
        }
    }
}

/// An API key, ready to sign with. The digest replays, so it is a secret too.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) key: Secret,
    pub(super) digest: Secret,
    pub(super) digest_name: &'static str,
    pub(super) place: CredentialsIn,
    /// Seals resume handles.
    pub(super) seal: Zeroizing<[u8; 32]>,
    /// Tells one key from another without showing it.
    pub(super) fingerprint: String,
}

impl Credentials {
    pub(super) fn new(
        key: Secret,
        secret: &Secret,
        digest: Digest,
        place: CredentialsIn,
    ) -> Result<Self> {
        check("key", &key)?;
        check("secret", secret)?;
        let text = secret.expose().as_bytes();
        let hashed = match digest {
            Digest::Sha1 => hex_lower(&Sha1::digest(text)),
            Digest::Md5 => hex_lower(&Md5::digest(text)),
        };
        let fingerprint: String = hex_lower(&Sha256::digest(key.expose().as_bytes()))
            .chars()
            .take(16)
            .collect();
        Ok(Self {
            digest: hashed.into(),
            digest_name: digest.wire_name(),
            place,
            seal: Zeroizing::new(hmac(text, b"kessai resume handle 1")?),
            fingerprint,
            key,
        })
    }

    /// The headers that carry them.
    pub(super) fn headers(&self) -> Vec<(&'static str, &str)> {
        match self.place {
            CredentialsIn::Body => Vec::new(),
            CredentialsIn::Both | CredentialsIn::Headers => self.pairs().to_vec(),
        }
    }

    /// The parameters that carry them.
    pub(super) fn parameters(&self) -> Vec<(&'static str, &str)> {
        match self.place {
            CredentialsIn::Headers => Vec::new(),
            CredentialsIn::Both | CredentialsIn::Body => self.pairs().to_vec(),
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 2] {
        [
            ("key", self.key.expose()),
            (self.digest_name, self.digest.expose()),
        ]
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("digest_name", &self.digest_name)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

fn check(name: &'static str, value: &Secret) -> Result<()> {
    if value.is_empty() {
        return Err(Error::input(name, format!("{name} is empty")));
    }
    // They travel in headers.
    if !value.expose().bytes().all(|b| b.is_ascii_graphic()) || value.expose().len() > 256 {
        return Err(Error::input(
            name,
            format!("{name} must be at most 256 visible ASCII characters, without blanks"),
        ));
    }
    Ok(())
}

/// HMAC-SHA256.
pub(super) fn hmac(key: &[u8], message: &[u8]) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .map_err(|_| Error::input("secret", "secret cannot be used as a key"))?;
    mac.update(message);
    Ok(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(digest: Digest, place: CredentialsIn) -> Credentials {
        Credentials::new("sandbox_key".into(), &"abc".into(), digest, place).unwrap()
    }

    #[test]
    fn digests_are_lower_case_hex() {
        let sha1 = with(Digest::Sha1, CredentialsIn::Both);
        assert_eq!(
            sha1.headers()[1],
            ("sha1secret", "a9993e364706816aba3e25717850c26c9cd0d89d")
        );
        let md5 = with(Digest::Md5, CredentialsIn::Both);
        assert_eq!(
            md5.parameters()[1],
            ("md5secret", "900150983cd24fb0d6963f7d28e17f72")
        );
    }

    #[test]
    fn they_go_where_they_are_wanted_and_show_nowhere() {
        assert!(with(Digest::Sha1, CredentialsIn::Body).headers().is_empty());
        assert!(
            with(Digest::Sha1, CredentialsIn::Headers)
                .parameters()
                .is_empty()
        );
        let shown = format!("{:?}", with(Digest::Sha1, CredentialsIn::Both));
        assert!(
            !shown.contains("sandbox_key") && !shown.contains("a9993e"),
            "{shown}"
        );
    }

    #[test]
    fn what_cannot_travel_in_a_header_is_refused() {
        for bad in ["", "a b", "a\r\nx: y", "鍵"] {
            let error =
                Credentials::new(bad.into(), &"s".into(), Digest::Sha1, CredentialsIn::Both)
                    .unwrap_err();
            assert_eq!(error.param(), Some("key"));
        }
    }
}
