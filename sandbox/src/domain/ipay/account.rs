//! The account's credentials, and the access tokens given out for them.

use std::collections::BTreeMap;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::domain::{clock::Moment, draw::Draw, hex::hex_lower};

/// What the account's shop is called.
pub const BUSINESS_NAME: &str = "Sandbox Shop";
/// How long an access token is good.
pub const TOKEN_SECONDS: u64 = 3_600;

/// What a client needs to call the API, and a shop to check webhooks.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The API key.
    pub key: String,
    /// Its secret.
    pub secret: String,
    /// What a browser may have: good for tokens of cards alone.
    pub publishable_key: String,
    /// What webhooks are signed with.
    pub webhook_secret: String,
    /// The OAuth 2.0 client.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

impl Credentials {
    /// New ones.
    pub fn draw(draw: &mut Draw) -> Self {
        let mut some = |prefix: &str, label| format!("{prefix}{}", text(draw, label));
        Self {
            key: some("test_", "ipay key"),
            secret: some("secret_", "ipay secret"),
            publishable_key: some("pk_test_", "ipay publishable key"),
            webhook_secret: some("whsec_", "ipay webhook secret"),
            client_id: some("client_", "ipay client"),
            client_secret: some("client_secret_", "ipay client secret"),
        }
    }
}

/// The next text of the stream `label` that nobody can guess.
pub fn text(draw: &mut Draw, label: &'static str) -> String {
    hex_lower(draw.bytes(label).split_at(16).0)
}

/// HMAC-SHA256 of `message`, which is one that no other `secret` makes.
#[must_use]
pub fn mac(secret: &str, message: &[u8]) -> Hmac<Sha256> {
    // Only fixed-size MACs refuse keys by their length.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .unwrap_or_else(|_| Hmac::new(&Default::default()));
    mac.update(message);
    mac
}

/// The signature of a webhook's body.
#[must_use]
pub fn sign(secret: &str, body: &[u8]) -> String {
    hex_lower(&mac(secret, body).finalize().into_bytes())
}

/// Access tokens that are out, with their end.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessTokens(BTreeMap<String, Moment>);

impl AccessTokens {
    /// Gives out another one.
    pub fn issue(&mut self, draw: &mut Draw, at: Moment) -> String {
        self.0.retain(|_, end| *end > at);
        let token = format!("at_test_{}", text(draw, "ipay access token"));
        self.0.insert(token.clone(), at.plus_secs(TOKEN_SECONDS));
        token
    }

    /// Whether `token` opens anything at this moment.
    #[must_use]
    pub fn is_good(&self, token: &str, at: Moment) -> bool {
        self.0.get(token).is_some_and(|end| at < *end)
    }

    /// Ends all of them; answers how many there were.
    pub fn revoke(&mut self) -> usize {
        let count = self.0.len();
        self.0.clear();
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_as_the_standard_does() {
        // RFC 4231, test case 2.
        assert_eq!(
            sign("Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn tokens_end_by_the_clock_or_by_hand() {
        let (mut tokens, mut draw) = (AccessTokens::default(), Draw::from_number(1));
        let start = Moment::from_secs(1_000);
        let token = tokens.issue(&mut draw, start);
        assert!(tokens.is_good(&token, start.plus_secs(3_599)));
        assert!(!tokens.is_good(&token, start.plus_secs(3_600)));
        assert_eq!(tokens.revoke(), 1);
        assert!(!tokens.is_good(&token, start));
    }
}
