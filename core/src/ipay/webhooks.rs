//! Which webhooks are the service's.
//!
//! The service signs each with HMAC-SHA-256 of the body under a secret that it
//! shares with the shop, in hex in the header `ipay-signature`.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::{ConditionallySelectable as _, ConstantTimeEq as _};

use super::Event;
use crate::error::{Code, Error, Outcome, Result};
use crate::hex::{decode_32, hex_lower};
use crate::secret::Secret;

/// More are never in use at once, and each costs a hash of every body.
const MOST_SECRETS: usize = 16;

/// A larger body is never hashed.
const LARGEST_BODY: usize = 1 << 20;

/// Checks the signatures of webhooks.
///
/// ```
/// use kessai::ipay::Webhooks;
/// let webhooks = Webhooks::new(["whsec_of_the_sandbox".into()])?;
/// # let body = br#"{"type":"payment.succeeded","data":{"id":"pay_1"}}"#;
/// # let header = Webhooks::sign(body, &"whsec_of_the_sandbox".into())?;
/// // In the handler, with the raw body and the header `ipay-signature`:
/// match webhooks.verify(body, Some(&header)) {
///     Ok(event) => println!("{} {}", event.key(), event.event_type()),
///     Err(error) => println!("answer {}", Webhooks::status(error.code())),
/// }
/// # Ok::<(), kessai::Error>(())
/// ```
///
/// The body must be the bytes as they were received: what a framework has
/// parsed and written anew has another signature.
pub struct Webhooks {
    /// Ready to hash with: what depends on the secrets alone is done.
    keys: Vec<Hmac<Sha256>>,
}

impl Webhooks {
    /// Accepts what any of these secrets has signed, so that a secret can be
    /// replaced while deliveries are under way: give the new one first.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `secrets` for none, more than 16, or an empty
    /// one, with which anybody could sign.
    pub fn new(secrets: impl IntoIterator<Item = Secret>) -> Result<Self> {
        let mut keys = Vec::new();
        for secret in secrets {
            if keys.len() >= MOST_SECRETS {
                return Err(Error::input(
                    "secrets",
                    format!("secrets must be at most {MOST_SECRETS}"),
                ));
            }
            keys.push(key(&secret, "secrets")?);
        }
        if keys.is_empty() {
            return Err(Error::input("secrets", "secrets must be one or more"));
        }
        Ok(Self { keys })
    }

    /// Checks a webhook's signature and then reads it. `signature` is what the
    /// header `ipay-signature` holds.
    ///
    /// # Errors
    ///
    /// As [`Self::check`]; and `ipay.bad_event` for a webhook that is signed and yet
    /// no event: not UTF-8, not one JSON object, without a text `type`.
    pub fn verify(&self, body: &[u8], signature: Option<&str>) -> Result<Event> {
        let secret_index = self.check(body, signature)?;
        Event::read(body, secret_index)
    }

    /// Checks a webhook's signature and leaves the body alone. Gives the index
    /// of the secret that it was signed with.
    ///
    /// A signature is exactly 64 hex digits, of either case. The comparison
    /// takes the same time whatever is wrong, and tries every secret.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Signature`](crate::ErrorKind::Signature) (`ipay.bad_signature`), the same for a signature
    /// that is missing, malformed or wrong, and for a body of more than 1 MiB,
    /// which is not looked at. Answer 401.
    pub fn check(&self, body: &[u8], signature: Option<&str>) -> Result<usize> {
        let bad = || {
            Error::new(
                Code::IpayBadSignature,
                Outcome::NotDone,
                "the webhook bears no true signature",
            )
        };
        let given = signature.and_then(decode_32).ok_or_else(bad)?;
        if body.len() > LARGEST_BODY {
            return Err(bad());
        }
        // Which one matched is not told by the time that it took.
        let mut matched = u64::MAX;
        for (index, key) in self.keys.iter().enumerate().rev() {
            let index = u64::try_from(index).unwrap_or(u64::MAX);
            let mac = key.clone().chain_update(body).finalize().into_bytes();
            matched.conditional_assign(&index, mac.ct_eq(&given));
        }
        usize::try_from(matched)
            .ok()
            .filter(|index| *index < self.keys.len())
            .ok_or_else(bad)
    }

    /// The signature that the service would send with this body: for tests of a
    /// shop's own handler. Nothing but the service signs webhooks otherwise.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `secret` when it is empty.
    pub fn sign(body: &[u8], secret: &Secret) -> Result<String> {
        let mac = key(secret, "secret")?.chain_update(body).finalize();
        Ok(hex_lower(&mac.into_bytes()))
    }

    /// With the secret that the environment variable `IPAY_WEBHOOK_SECRET` holds.
    ///
    /// # Errors
    ///
    /// [`Code::InputMissing`], naming the variable.
    pub fn from_env() -> Result<Self> {
        let name = "IPAY_WEBHOOK_SECRET";
        match std::env::var(name) {
            Ok(secret) if !secret.is_empty() => Self::new([secret.into()]),
            _ => Err(Error::new(
                Code::InputMissing,
                Outcome::NotDone,
                format!("the environment variable {name} is not set"),
            )
            .with_param(name)),
        }
    }

    /// The same status for a code by its name, as bindings have it.
    #[doc(hidden)]
    #[must_use]
    pub fn status_of(code: &str) -> u16 {
        let code = Code::ALL.iter().find(|known| known.as_str() == code);
        code.map_or(503, |code| Self::status(*code))
    }

    /// The HTTP status to answer an error of this code with: 401 to what the
    /// service has not signed, 400 to what is no event, else 503, and the
    /// service sends it again. Answer 200 only when what was done about it is
    /// stored.
    #[must_use]
    pub const fn status(code: Code) -> u16 {
        match code {
            Code::IpayBadSignature => 401,
            Code::IpayBadEvent => 400,
            _ => 503,
        }
    }
}

fn key(secret: &Secret, name: &str) -> Result<Hmac<Sha256>> {
    let unusable = || Error::input(name, format!("{name} must not be empty"));
    if secret.is_empty() {
        return Err(unusable());
    }
    Hmac::new_from_slice(secret.expose().as_bytes()).map_err(|_| unusable())
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks")
            .field("secrets", &self.keys.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
