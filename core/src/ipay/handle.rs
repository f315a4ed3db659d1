//! Resume handles: what must be known to find out, later and elsewhere, what
//! became of a call that moves money.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::engine::{Earlier, Engine};
use super::key_age;
use super::request::Outgoing;
use crate::error::{Error, Result};
use crate::hex::hex_lower;
use crate::secret::Secret;
use crate::transport::Verb;

const VERSION: u8 = 1;

/// What a handle holds: nothing secret, and a seal over all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Handle {
    v: u8,
    base: String,
    /// Fingerprint of the credentials: one call keeps to one account.
    account: String,
    path: String,
    /// The bytes that were sent: any repeat must have the same.
    body: String,
    key: String,
    /// When the first try was, in Unix seconds.
    first_try: u64,
}

impl Handle {
    /// A handle for a call that moves money; none for any other, which may be made
    /// again with its key.
    pub(super) fn of(
        engine: &Engine,
        outgoing: &Outgoing,
        key: &str,
        first_try: u64,
    ) -> Option<Self> {
        let money = ["/payments", "/refunds"];
        if outgoing.verb != Verb::Post || !money.iter().any(|p| outgoing.path.starts_with(p)) {
            return None;
        }
        Some(Self {
            v: VERSION,
            base: place(engine),
            account: fingerprint(engine)?,
            path: outgoing.path.clone(),
            body: String::from_utf8(outgoing.body.to_vec()).ok()?,
            key: key.to_owned(),
            first_try,
        })
    }

    /// As text that can be stored; none without anything lasting to seal it with.
    pub(super) fn seal(&self, engine: &Engine) -> Option<String> {
        let content = serde_json::to_vec(self).ok()?;
        let mac = mac(engine.credentials().sealing()?, &content)?;
        Some(format!("{}.{}", BASE64.encode(content), BASE64.encode(mac)))
    }

    /// Reads a handle, if it is one of ours for this account.
    pub(super) fn open(text: &str, engine: &Engine) -> Result<Self> {
        let bad = |why: &str| Error::input("handle", format!("the resume handle {why}"));
        let (content, sealed) = text
            .split_once('.')
            .and_then(|(c, m)| Some((BASE64.decode(c).ok()?, BASE64.decode(m).ok()?)))
            .ok_or_else(|| bad("is not one"))?;
        let secret = engine.credentials().sealing();
        let secret =
            secret.ok_or_else(|| bad("needs a client with a key or client credentials"))?;
        let expected = mac(secret, &content).ok_or_else(|| bad("cannot be checked"))?;
        if !bool::from(expected.as_slice().ct_eq(&sealed)) {
            return Err(bad("was changed, or was made with another secret"));
        }
        let handle: Self = serde_json::from_slice(&content)
            .map_err(|_| bad("was made by another version of kessai"))?;
        if handle.v != VERSION {
            return Err(bad("was made by another version of kessai"));
        }
        if Some(&handle.account) != fingerprint(engine).as_ref() {
            return Err(bad("belongs to another account"));
        }
        if handle.base != place(engine) {
            return Err(bad("belongs to another address"));
        }
        Ok(handle)
    }

    /// The request, with the bytes that it had.
    pub(super) fn outgoing(&self) -> Outgoing {
        Outgoing {
            verb: Verb::Post,
            path: self.path.clone(),
            body: Zeroizing::new(self.body.clone().into_bytes()),
            hidden: Vec::new(),
        }
    }

    /// Whether the service still knows the key.
    pub(super) const fn key_is_known(&self, now: u64) -> bool {
        key_age::is_known(self.first_try, now)
    }

    /// How the call began.
    pub(super) fn earlier(&self) -> Earlier {
        Earlier {
            idempotency_key: self.key.clone(),
            first_try: self.first_try,
        }
    }

    /// What was called, for the hook.
    pub(super) fn shown(&self) -> &'static str {
        match self.path.rsplit('/').next() {
            Some("payments") => "POST /payments",
            Some("confirm") => "POST /payments/{payment_id}/confirm",
            Some("capture") => "POST /payments/{payment_id}/capture",
            Some("cancel") => "POST /payments/{payment_id}/cancel",
            _ => "POST /refunds",
        }
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn body(&self) -> &str {
        &self.body
    }

    pub(super) const fn first_try(&self) -> u64 {
        self.first_try
    }
}

/// The base address: one slash more at its end makes no other.
fn place(engine: &Engine) -> String {
    engine.base().to_string().trim_end_matches('/').to_owned()
}

fn fingerprint(engine: &Engine) -> Option<String> {
    let name = engine.credentials().name()?;
    let digest = hex_lower(&Sha256::digest(name.expose().as_bytes()));
    Some(digest.chars().take(16).collect())
}

fn mac(secret: &Secret, content: &[u8]) -> Option<Vec<u8>> {
    let of = |key: &[u8], message: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
        mac.update(message);
        Some(mac.finalize().into_bytes().to_vec())
    };
    let seal = Zeroizing::new(of(
        secret.expose().as_bytes(),
        b"kessai ipay resume handle 1",
    )?);
    of(&seal, content)
}

#[cfg(test)]
mod tests {
    use super::super::Client;
    use super::super::key_age::{KEY_IS_KEPT, SKEW};
    use super::*;

    fn engine(key: &str, secret: &str, base: &str) -> Engine {
        let builder = Client::builder(key, secret).base_url(base);
        builder.build().unwrap().engine().clone()
    }

    #[test]
    fn survives_storage_and_nothing_else() {
        let ours = engine("test_key", "secret_canary", "http://127.0.0.1:1/api");
        let outgoing = Outgoing {
            verb: Verb::Post,
            path: "/payments".to_owned(),
            body: Zeroizing::new(br#"{"amount":1}"#.to_vec()),
            hidden: Vec::new(),
        };
        let handle = Handle::of(&ours, &outgoing, "k", 1_000).unwrap();
        let text = handle.seal(&ours).unwrap();
        assert!(!text.contains("canary"));
        let back = Handle::open(&text, &ours).unwrap();
        assert_eq!(back, handle);
        assert_eq!(back.outgoing(), outgoing);
        let with_slash = engine("test_key", "secret_canary", "http://127.0.0.1:1/api/");
        assert_eq!(Handle::open(&text, &with_slash).unwrap(), handle);
        assert!(back.key_is_known(1_000 + KEY_IS_KEPT - 1));
        assert!(!back.key_is_known(1_000 + KEY_IS_KEPT));
        assert!(!back.key_is_known(1_000 - SKEW - 1));

        let refused = |text: &str, engine: &Engine| {
            let error = Handle::open(text, engine).unwrap_err();
            assert_eq!(error.param(), Some("handle"));
        };
        refused(
            &text,
            &engine("test_key", "other", "http://127.0.0.1:1/api"),
        );
        refused(
            &text,
            &engine("test_other", "secret_canary", "http://127.0.0.1:1/api"),
        );
        refused(
            &text,
            &engine("test_key", "secret_canary", "http://127.0.0.1:2/api"),
        );
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            refused(&String::from_utf8(changed).unwrap(), &ours);
        }
        let get = Outgoing {
            path: "/customers".to_owned(),
            ..outgoing
        };
        assert!(Handle::of(&ours, &get, "k", 0).is_none());
    }
}
