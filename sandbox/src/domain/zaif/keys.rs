//! The API keys of the account: who may call, how often, and with which nonces.

use std::collections::{BTreeMap, VecDeque};

use md5::{Digest, Md5};
use serde::{Deserialize, Deserializer, Serialize};
use sha1::Sha1;

use super::nonce::Nonce;
use crate::domain::{clock::Moment, draw::Draw, hex::hex_lower};

/// Room for Unix time in milliseconds; microseconds are beyond it.
const DEFAULT_NONCE_MAX: &str = "999999999999999";

/// At most `calls` of `method` within `seconds` of virtual time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimit {
    /// The method that is limited.
    pub method: String,
    /// How many calls are allowed.
    pub calls: usize,
    /// Within how many seconds.
    pub seconds: u64,
}

/// What can be arranged for a key. Absent fields stay as they are.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyOptions {
    /// Whether the key may use the payment API at all.
    pub permission: Option<bool>,
    /// The greatest nonce the key takes.
    pub nonce_max: Option<String>,
    /// A limit on calls of one method; `null` lifts it.
    #[serde(default, deserialize_with = "present")]
    pub rate_limit: Option<Option<RateLimit>>,
}

/// Tells `null` from an absent field.
fn present<'de, D>(deserializer: D) -> Result<Option<Option<RateLimit>>, D::Error>
where
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// A key of the account, its nonce book included.
#[derive(Clone, Serialize, Deserialize)]
pub struct ApiKey {
    /// What the books call it; the key itself is half a credential.
    pub id: String,
    /// The key, as the client sends it.
    pub key: String,
    /// The secret, as the client digests it.
    pub secret: String,
    #[serde(skip)]
    md5: String,
    #[serde(skip)]
    sha1: String,
    permission: bool,
    nonce_max: Nonce,
    last_nonce: Option<Nonce>,
    rate_limit: Option<RateLimit>,
    calls: VecDeque<Moment>,
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// A key as the control API shows it: without anything that opens a door.
#[derive(Debug, Serialize)]
pub struct KeyView {
    id: String,
    permission: bool,
    nonce_max: String,
    last_nonce: Option<String>,
    rate_limit: Option<RateLimit>,
}

impl ApiKey {
    fn new(number: usize, key: String, secret: String, nonce_max: Nonce) -> Self {
        Self {
            id: format!("key_{number}"),
            md5: String::new(),
            sha1: String::new(),
            key,
            secret,
            permission: true,
            nonce_max,
            last_nonce: None,
            rate_limit: None,
            calls: VecDeque::new(),
        }
        .digested()
    }

    /// With the digests of its secret, which are not stored.
    fn digested(mut self) -> Self {
        self.md5 = hex_lower(&Md5::digest(&self.secret));
        self.sha1 = hex_lower(&Sha1::digest(&self.secret));
        self
    }

    /// Whether `digest` is the lower-case MD5 of this key's secret.
    #[must_use]
    pub fn has_md5(&self, digest: &str) -> bool {
        self.md5 == digest
    }

    /// Whether `digest` is the lower-case SHA-1 of this key's secret.
    #[must_use]
    pub fn has_sha1(&self, digest: &str) -> bool {
        self.sha1 == digest
    }

    /// Takes `nonce` if it is greater than all before it; from then on it is used up.
    ///
    /// # Errors
    /// The API's own message.
    pub fn consume(&mut self, nonce: Nonce) -> Result<(), String> {
        if nonce > self.nonce_max {
            return Err("nonce out of range".to_owned());
        }
        if self.last_nonce.as_ref().is_some_and(|last| nonce <= *last) {
            return Err("nonce not incremented".to_owned());
        }
        self.last_nonce = Some(nonce);
        Ok(())
    }

    /// Whether the key may run `method` now; counts the call if it may.
    ///
    /// # Errors
    /// The API's own message.
    pub fn admit(&mut self, method: &str, at: Moment) -> Result<(), String> {
        if !self.permission {
            return Err("account has not permission to use ec api".to_owned());
        }
        let Some(limit) = self
            .rate_limit
            .as_ref()
            .filter(|limit| limit.method == method)
        else {
            return Ok(());
        };
        while self
            .calls
            .front()
            .is_some_and(|first| first.plus_secs(limit.seconds) <= at)
        {
            self.calls.pop_front();
        }
        if self.calls.len() >= limit.calls {
            return Err("time wait restriction, please try later.".to_owned());
        }
        self.calls.push_back(at);
        Ok(())
    }

    /// Changes what `options` names.
    ///
    /// # Errors
    /// Names the field that cannot be taken; nothing has changed then.
    pub fn arrange(&mut self, options: KeyOptions) -> Result<(), String> {
        if let Some(text) = options.nonce_max {
            self.nonce_max = Nonce::parse(&text)
                .ok_or("nonce_max must be a number of at least 1, written as a string")?;
        }
        if let Some(permission) = options.permission {
            self.permission = permission;
        }
        if let Some(limit) = options.rate_limit {
            self.rate_limit = limit;
            self.calls.clear();
        }
        Ok(())
    }

    /// What the control API shows.
    #[must_use]
    pub fn view(&self) -> KeyView {
        KeyView {
            id: self.id.clone(),
            permission: self.permission,
            nonce_max: self.nonce_max.text(),
            last_nonce: self.last_nonce.as_ref().map(Nonce::text),
            rate_limit: self.rate_limit.clone(),
        }
    }
}

/// All keys of the account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<ApiKey>", into = "Vec<ApiKey>")]
pub struct KeyRing {
    keys: Vec<ApiKey>,
    places: BTreeMap<String, usize>,
}

impl From<Vec<ApiKey>> for KeyRing {
    fn from(keys: Vec<ApiKey>) -> Self {
        let mut ring = Self::default();
        for key in keys {
            ring.add(key.digested());
        }
        ring
    }
}

impl From<KeyRing> for Vec<ApiKey> {
    fn from(ring: KeyRing) -> Self {
        ring.keys
    }
}

impl KeyRing {
    fn add(&mut self, key: ApiKey) {
        let place = self.keys.len();
        self.places.insert(key.key.clone(), place);
        self.places.insert(key.id.clone(), place);
        self.keys.push(key);
    }

    /// Issues another key, arranged as `options` says.
    ///
    /// # Errors
    /// Names the option that cannot be taken; no key is made then.
    pub fn issue(&mut self, draw: &mut Draw, options: KeyOptions) -> Result<&ApiKey, String> {
        let nonce_max = Nonce::parse(DEFAULT_NONCE_MAX).ok_or("the default nonce_max is broken")?;
        let mut key = ApiKey::new(
            self.keys.len() + 1,
            draw.uuid("api key"),
            format!(
                "sandbox_{}",
                hex_lower(draw.bytes("api secret").split_at(16).0)
            ),
            nonce_max,
        );
        key.arrange(options)?;
        self.add(key);
        self.keys.last().ok_or_else(|| "no key was made".to_owned())
    }

    /// The key a client names by sending it.
    pub fn by_key(&mut self, key: &str) -> Option<&mut ApiKey> {
        self.by_key_or_id(key).filter(|found| found.key == key)
    }

    /// The key named by itself or by its id, as control paths do.
    pub fn by_key_or_id(&mut self, name: &str) -> Option<&mut ApiKey> {
        let place = *self.places.get(name)?;
        self.keys.get_mut(place)
    }

    /// The first key: the one of the start line.
    #[must_use]
    pub fn first(&self) -> Option<&ApiKey> {
        self.keys.first()
    }

    /// Every key, oldest first, without credentials.
    #[must_use]
    pub fn views(&self) -> Vec<KeyView> {
        self.keys.iter().map(ApiKey::view).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ApiKey {
        let mut ring = KeyRing::default();
        ring.issue(&mut Draw::from_number(1), KeyOptions::default())
            .unwrap()
            .clone()
    }

    fn nonce(text: &str) -> Nonce {
        Nonce::parse(text).unwrap()
    }

    #[test]
    fn digests_are_those_of_the_secret() {
        let key = ApiKey::new(1, "k".into(), "abc".into(), nonce("9"));
        assert!(key.has_md5("900150983cd24fb0d6963f7d28e17f72"));
        assert!(key.has_sha1("a9993e364706816aba3e25717850c26c9cd0d89d"));
        assert!(!key.has_md5("900150983CD24FB0D6963F7D28E17F72"));
    }

    #[test]
    fn nonces_rise_strictly_up_to_the_maximum() {
        let mut key = key();
        assert_eq!(key.consume(nonce("5")), Ok(()));
        assert_eq!(
            key.consume(nonce("5.0")),
            Err("nonce not incremented".into())
        );
        assert_eq!(key.consume(nonce("5.000001")), Ok(()));
        assert_eq!(
            key.consume(nonce("1000000000000000")),
            Err("nonce out of range".into())
        );
        assert_eq!(key.consume(nonce("6")), Ok(()));
    }

    #[test]
    fn a_limit_counts_one_method_within_its_window() {
        let mut key = key();
        key.arrange(KeyOptions {
            rate_limit: Some(Some(RateLimit {
                method: "getInvoice".into(),
                calls: 2,
                seconds: 10,
            })),
            ..KeyOptions::default()
        })
        .unwrap();
        let start = Moment::from_secs(100);
        assert!(key.admit("getInvoice", start).is_ok());
        assert!(key.admit("getInvoice", start).is_ok());
        assert!(key.admit("getInvoice", start.plus_secs(9)).is_err());
        assert!(key.admit("createInvoice", start).is_ok());
        assert!(key.admit("getInvoice", start.plus_secs(10)).is_ok());
    }
}
