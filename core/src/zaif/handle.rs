//! Resume handles: what must be known to find out, later and elsewhere, what
//! became of a create.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::credentials::{Credentials, hmac};
use super::decide::{Intent, Sent};
use super::request::CreateInvoice;
use crate::error::{Error, Result};
use crate::hex::hex_lower;
use crate::money::{Amount, Yen};
use crate::nonce::Nonce;

const VERSION: u8 = 1;

/// What a handle holds: nothing secret, and a seal over all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Handle {
    v: u8,
    endpoint: String,
    /// Fingerprint of the API key: an order keeps to one key for life.
    key: String,
    nonce: Option<String>,
    /// The service's Unix time at which its first create was sent, in seconds.
    sent_at: Option<u64>,
    order: String,
    coin: String,
    /// Yen or coin units, as text.
    amount: String,
    in_coin: bool,
    /// SHA-256 of the request's parameters.
    request: String,
    known_before: BTreeSet<String>,
}

impl Handle {
    pub(super) fn new(
        endpoint: String,
        credentials: &Credentials,
        intent: &Intent,
        request: &CreateInvoice,
        sent: Option<Sent>,
        known_before: BTreeSet<String>,
    ) -> Self {
        let mut hash = Sha256::new();
        for (name, value) in request.wire() {
            hash.update(name);
            hash.update([0]);
            hash.update(value);
            hash.update([0]);
        }
        Self {
            v: VERSION,
            endpoint,
            key: credentials.fingerprint.clone(),
            nonce: sent.map(|s| s.nonce.to_string()),
            sent_at: sent.and_then(|s| s.at),
            order: intent.order.clone(),
            coin: intent.currency.code().to_owned(),
            amount: intent.amount.to_string(),
            in_coin: matches!(intent.amount, Amount::Coin(_)),
            request: hex_lower(&hash.finalize()),
            known_before,
        }
    }

    /// As text that can be stored.
    pub(super) fn seal(&self, credentials: &Credentials) -> Result<String> {
        let content = serde_json::to_vec(self)
            .map_err(|_| Error::input("handle", "the handle cannot be written"))?;
        let mac = hmac(credentials.seal.as_slice(), &content)?;
        Ok(format!("{}.{}", BASE64.encode(content), BASE64.encode(mac)))
    }

    /// Reads a handle, if it is one of ours for this key and endpoint.
    pub(super) fn open(text: &str, credentials: &Credentials, endpoint: &str) -> Result<Self> {
        let bad = |why: &str| Error::input("handle", format!("the resume handle {why}"));
        let (content, mac) = text
            .split_once('.')
            .and_then(|(c, m)| Some((BASE64.decode(c).ok()?, BASE64.decode(m).ok()?)))
            .ok_or_else(|| bad("is not one"))?;
        let expected = hmac(credentials.seal.as_slice(), &content)?;
        if !bool::from(expected.as_slice().ct_eq(&mac)) {
            return Err(bad("was changed, or was made with another secret"));
        }
        let handle: Self = serde_json::from_slice(&content)
            .map_err(|_| bad("was made by another version of kessai"))?;
        if handle.v != VERSION {
            return Err(bad("was made by another version of kessai"));
        }
        if handle.key != credentials.fingerprint {
            return Err(bad("belongs to another API key"));
        }
        if handle.endpoint != endpoint {
            return Err(bad("belongs to another endpoint"));
        }
        Ok(handle)
    }

    pub(super) fn intent(&self) -> Result<Intent> {
        let amount = if self.in_coin {
            Amount::Coin(self.amount.parse()?)
        } else {
            let yen = self.amount.parse().map(Yen::new);
            Amount::Yen(yen.map_err(|_| Error::input("handle", "its amount cannot be read"))?)
        };
        Ok(Intent {
            order: self.order.clone(),
            currency: self.coin.parse()?,
            amount,
        })
    }

    /// The last create, where one was sent.
    pub(super) fn sent(&self) -> Result<Option<Sent>> {
        let nonce: Option<Nonce> = self.nonce.as_deref().map(str::parse).transpose()?;
        Ok(nonce.map(|nonce| Sent {
            nonce,
            at: self.sent_at,
        }))
    }

    pub(super) fn into_known_before(self) -> BTreeSet<String> {
        self.known_before
    }
}

#[cfg(test)]
mod tests {
    use super::super::Coin;
    use super::super::credentials::{CredentialsIn, Digest};
    use super::*;

    fn credentials(key: &str, secret: &str) -> Credentials {
        let (digest, place) = (Digest::Sha1, CredentialsIn::Both);
        Credentials::new(key.into(), &secret.into(), digest, place).unwrap()
    }

    #[test]
    fn survives_storage_and_nothing_else() {
        let ours = credentials("sandbox_key", "sandbox_secret");
        let intent = Intent {
            order: "A-1".into(),
            currency: Coin::MONA,
            amount: Amount::Yen(Yen::new(500)),
        };
        let request = CreateInvoice::new(Coin::MONA, Yen::new(500)).order_number("A-1");
        let known = BTreeSet::from(["old".to_owned()]);
        let sent = Some(Sent {
            nonce: Nonce::from_micros(7),
            at: None,
        });
        let text = Handle::new("https://e/".into(), &ours, &intent, &request, sent, known)
            .seal(&ours)
            .unwrap();
        assert!(!text.contains("sandbox_"));

        let handle = Handle::open(&text, &ours, "https://e/").unwrap();
        assert_eq!(handle.intent().unwrap(), intent);
        assert_eq!(handle.sent().unwrap(), sent);
        assert_eq!(handle.into_known_before().len(), 1);

        let refused = |text: &str, c: &Credentials, endpoint: &str| {
            let error = Handle::open(text, c, endpoint).unwrap_err();
            assert_eq!(error.param(), Some("handle"));
        };
        refused(&text, &ours, "https://f/");
        refused(&text, &credentials("sandbox_key", "other"), "https://e/");
        refused(&text, &credentials("other", "sandbox_secret"), "https://e/");
        for i in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[i] = if changed[i] == b'A' { b'B' } else { b'A' };
            refused(&String::from_utf8(changed).unwrap(), &ours, "https://e/");
        }
        for bad in ["", ".", "a.b", "あ.い"] {
            refused(bad, &ours, "https://e/");
        }
    }
}
