//! Who asks, and whether they may.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::Mac;
use serde_json::{Map, Value};

use super::call::Call;
use super::routes::Door;
use crate::domain::clock::Moment;
use crate::domain::ipay::account::mac;
use crate::domain::ipay::refusal::Refusal;
use crate::domain::ipay::state::Ipay;

/// Credentials that were right, by the name the books give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Key and secret, as HTTP Basic.
    Basic,
    /// An access token of OAuth 2.0.
    AccessToken,
    /// A JWT, signed with the secret.
    Jwt,
    /// The publishable key.
    Publishable,
}

impl Known {
    /// What the books call it.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::AccessToken => "access_token",
            Self::Jwt => "jwt",
            Self::Publishable => "publishable_key",
        }
    }
}

/// Lets the call through `door`, or says why not.
pub(super) fn check(ipay: &Ipay, call: &Call, door: Door, at: Moment) -> Result<Known, Refusal> {
    let known = identify(ipay, call, at)?;
    match (door, known) {
        (Door::Publishable, Known::Publishable) => Ok(known),
        (Door::Publishable, _) => Err(Refusal::forbidden(
            "publishable_key_required",
            "cards are handed over with the publishable key only, by the customer's browser: \
             their numbers must not pass your server",
        )),
        (Door::Secret, Known::Publishable) => Err(Refusal::forbidden(
            "secret_key_required",
            "the publishable key is good for POST /tokens only",
        )),
        (Door::Secret, _) => Ok(known),
    }
}

fn identify(ipay: &Ipay, call: &Call, at: Moment) -> Result<Known, Refusal> {
    let sent = call.authorization.as_deref().unwrap_or_default();
    let (scheme, value) = sent.split_once(' ').unwrap_or((sent, ""));
    let value = value.trim();
    if scheme.eq_ignore_ascii_case("basic") {
        let (key, secret) = basic(value)?;
        let own = &ipay.credentials;
        return if key == own.key && same(&secret, &own.secret) {
            Ok(Known::Basic)
        } else {
            Err(wrong(&key))
        };
    }
    if !scheme.eq_ignore_ascii_case("bearer") || value.is_empty() {
        return Err(Refusal::stranger(
            "credentials_missing",
            "send Authorization: Basic with key and secret, or Bearer with a token",
        ));
    }
    if same(value, &ipay.credentials.publishable_key) {
        return Ok(Known::Publishable);
    }
    if ipay.access_tokens.is_good(value, at) {
        return Ok(Known::AccessToken);
    }
    match value.split('.').collect::<Vec<_>>().as_slice() {
        [head, claims, signature] => jwt(ipay, [head, claims, signature], at),
        _ => Err(wrong(value)),
    }
}

/// Key and secret of HTTP Basic.
pub(super) fn basic(value: &str) -> Result<(String, String), Refusal> {
    let text = STANDARD.decode(value).ok();
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
    let pair = text.as_deref().and_then(|text| text.split_once(':'));
    let (key, secret) = pair.ok_or_else(|| {
        let reason = "Authorization: Basic needs base64 of key:secret";
        Refusal::stranger("credentials_malformed", reason)
    })?;
    Ok((key.to_owned(), secret.to_owned()))
}

/// Compares without telling by the time it takes how much of it was right.
pub(super) fn same(one: &str, other: &str) -> bool {
    let sent = mac("compare", one.as_bytes()).finalize().into_bytes();
    mac("compare", other.as_bytes()).verify_slice(&sent).is_ok()
}

/// Why a key or a token opens nothing.
fn wrong(sent: &str) -> Refusal {
    if ["live_", "pk_live_", "secret_live_"]
        .iter()
        .any(|start| sent.starts_with(start))
    {
        return Refusal::stranger(
            "live_key",
            "this is a live key: the sandbox takes test keys only. Keep it out of test systems",
        );
    }
    Refusal::stranger(
        "credentials_invalid",
        "these credentials are wrong, or have ended",
    )
}

/// HS256 under the secret, `iss` the key, `exp` ahead.
fn jwt(ipay: &Ipay, parts: [&&str; 3], at: Moment) -> Result<Known, Refusal> {
    let refuse = |reason: &str| Refusal::stranger("token_invalid", format!("JWT: {reason}"));
    let [head, claims, signature] = parts;
    let object = |part: &str| -> Option<Map<String, Value>> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
    };
    let named = object(head).ok_or_else(|| refuse("the header is no base64url of JSON"))?;
    if named.get("alg").and_then(Value::as_str) != Some("HS256") {
        return Err(refuse("alg must be HS256"));
    }
    let signature = URL_SAFE_NO_PAD.decode(signature);
    let signature = signature.map_err(|_| refuse("the signature is no base64url"))?;
    mac(
        &ipay.credentials.secret,
        format!("{head}.{claims}").as_bytes(),
    )
    .verify_slice(&signature)
    .map_err(|_| refuse("the signature is not that of the API secret"))?;
    let claims = object(claims).ok_or_else(|| refuse("the claims are no base64url of JSON"))?;
    if claims.get("iss").and_then(Value::as_str) != Some(ipay.credentials.key.as_str()) {
        return Err(refuse("iss must be the API key"));
    }
    match claims.get("exp").and_then(Value::as_u64) {
        None => Err(refuse("exp is missing, or no whole number")),
        Some(end) if end <= at.secs() => Err(Refusal::stranger("token_expired", "JWT: it ended")),
        Some(_) => match claims.get("nbf").map(Value::as_u64) {
            Some(begin) if begin.is_none_or(|begin| begin > at.secs()) => {
                Err(refuse("nbf is ahead"))
            }
            _ => Ok(Known::Jwt),
        },
    }
}
