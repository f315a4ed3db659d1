//! A call as it came over the wire: form parameters and credentials.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use crate::domain::traffic::Request;
use crate::domain::zaif::keys::{ApiKey, KeyRing};
use crate::domain::zaif::modes::Credentials;

/// The names of the parameters that are credentials.
const CREDENTIALS: [&str; 3] = ["key", "md5secret", "sha1secret"];

/// What stands for a credential where people look.
pub const MASK: &str = "•••";

/// A request to the API, read but not yet believed.
#[derive(Clone, Default)]
pub struct Call {
    headers: BTreeMap<&'static str, String>,
    form: BTreeMap<String, String>,
    /// The first parameter that was sent twice or is not UTF-8.
    broken: Option<String>,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method())
            .finish_non_exhaustive()
    }
}

impl Call {
    /// Reads a form-encoded body, and credentials through `header`.
    pub fn read(header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Self {
        let mut call = Self::default();
        for name in CREDENTIALS {
            if let Some(value) = header(name) {
                call.headers.insert(name, value);
            }
        }
        let text = String::from_utf8_lossy(body);
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let shown = decode_lossy(name);
            let fresh = match (decode(name), decode(value)) {
                (Some(name), Some(value)) => call.form.insert(name, value).is_none(),
                _ => false,
            };
            if !fresh && call.broken.is_none() {
                call.broken = Some(shown);
            }
        }
        call
    }

    /// A parameter; an empty one counts as not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.form
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The method asked for.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.get("method")
    }

    /// The nonce as sent.
    #[must_use]
    pub fn nonce(&self) -> Option<&str> {
        self.get("nonce")
    }

    /// Header fields and parameters as people may see them: no credentials, nor
    /// what a client may have sent under a name that smells of one.
    #[must_use]
    pub fn masked(&self) -> Request {
        let headers = self.headers.keys();
        let headers = headers.map(|name| ((*name).to_owned(), MASK.to_owned()));
        let shown = self.form.iter().map(|(name, value)| {
            let hidden = is_secret(name) && !value.is_empty();
            let value = if hidden { MASK } else { value.as_str() };
            (name.clone(), value.to_owned())
        });
        Request {
            line: "POST /ecapi".to_owned(),
            headers: headers.collect(),
            parameters: shown.collect(),
            body: None,
        }
    }

    /// Refuses a body no two servers would read alike.
    ///
    /// # Errors
    /// The API's own message, naming the parameter.
    pub fn check_form(&self) -> Result<(), String> {
        match &self.broken {
            Some(name) => Err(format!("invalid parameter {name}")),
            None => Ok(()),
        }
    }

    /// Finds the key whose credentials came with the call, in the places `mode`
    /// says, and equal where in both.
    ///
    /// # Errors
    /// The API's own message.
    pub fn authenticate<'k>(
        &self,
        keys: &'k mut KeyRing,
        mode: Credentials,
    ) -> Result<&'k mut ApiKey, String> {
        let mismatch = || "signature mismatch".to_owned();
        let everywhere = |name: &str| {
            let header = self.headers.get(name).map(String::as_str);
            let header = header.filter(|_| mode != Credentials::Body);
            let body = self.get(name).filter(|_| mode != Credentials::Headers);
            header.into_iter().chain(body)
        };
        // What the service says to who must send them in both places and did not.
        if mode == Credentials::Both && everywhere("key").count() < 2 {
            return Err("no data found for the key".to_owned());
        }
        let named = everywhere("key").next();
        let key = named
            .and_then(|named| keys.by_key(named))
            .ok_or("no data found for the key")?;
        let proofs = everywhere("md5secret").count() + everywhere("sha1secret").count();
        let right = everywhere("key").all(|sent| sent == key.key)
            && everywhere("md5secret").all(|sent| key.has_md5(sent))
            && everywhere("sha1secret").all(|sent| key.has_sha1(sent));
        let enough = if mode == Credentials::Both { 2 } else { 1 };
        if proofs >= enough && right {
            Ok(key)
        } else {
            Err(mismatch())
        }
    }
}

/// Whether a value under this name is for nobody's eyes.
fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    let telling = ["secret", "token", "password"];
    name == "key" || telling.iter().any(|part| name.contains(part))
}

/// `None` when the bytes are no UTF-8.
fn decode(part: &str) -> Option<String> {
    let spaced = part.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
    // Raw bytes that were no UTF-8 arrive here as the replacement character.
    (!decoded.contains(char::REPLACEMENT_CHARACTER)).then(|| decoded.into_owned())
}

fn decode_lossy(part: &str) -> String {
    let spaced = part.replace('+', " ");
    percent_decode_str(&spaced)
        .decode_utf8_lossy()
        .chars()
        .filter(|letter| !letter.is_control())
        .take(64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{draw::Draw, hex::hex_lower, zaif::keys::KeyOptions};
    use md5::{Digest, Md5};

    fn ring() -> (KeyRing, String, String) {
        let mut ring = KeyRing::default();
        let key = ring
            .issue(&mut Draw::from_number(1), KeyOptions::default())
            .unwrap()
            .clone();
        let digest = hex_lower(&Md5::digest(&key.secret));
        (ring, key.key, digest)
    }

    fn outcome(headers: &[(&str, &str)], body: &str) -> Result<String, String> {
        outcome_in(Credentials::Any, headers, body)
    }

    fn outcome_in(
        mode: Credentials,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<String, String> {
        let header = |name: &str| {
            let found = headers.iter().find(|pair| pair.0 == name);
            found.map(|pair| pair.1.to_owned())
        };
        let call = Call::read(header, body.as_bytes());
        call.authenticate(&mut ring().0, mode)
            .map(|key| key.id.clone())
    }

    #[test]
    fn credentials_are_taken_from_headers_body_or_both() {
        let (_, key, md5) = ring();
        let body = format!("key={key}&md5secret={md5}");
        let headers = [("key", key.as_str()), ("md5secret", md5.as_str())];
        assert_eq!(outcome(&headers, ""), Ok("key_1".into()));
        assert_eq!(outcome(&[], &body), Ok("key_1".into()));
        assert_eq!(outcome(&headers, &body), Ok("key_1".into()));
        let split = format!("md5secret={md5}");
        assert_eq!(outcome(&headers[..1], &split), Ok("key_1".into()));
    }

    #[test]
    fn a_mode_narrows_where_they_may_be() {
        let (_, key, md5) = ring();
        let body = format!("key={key}&md5secret={md5}");
        let headers = [("key", key.as_str()), ("md5secret", md5.as_str())];
        let fine = Ok("key_1".to_owned());
        for (mode, in_headers, in_body) in [
            (Credentials::Any, true, true),
            (Credentials::Headers, true, false),
            (Credentials::Body, false, true),
            (Credentials::Both, false, false),
        ] {
            assert_eq!(outcome_in(mode, &headers, "").is_ok(), in_headers);
            assert_eq!(outcome_in(mode, &[], &body).is_ok(), in_body);
            assert_eq!(outcome_in(mode, &headers, &body), fine);
        }
        // The place that is not looked at may say anything.
        assert_eq!(outcome_in(Credentials::Headers, &headers, "key=x"), fine);
        let half = format!("key={key}");
        let mismatch = Err("signature mismatch".to_owned());
        assert_eq!(outcome_in(Credentials::Both, &headers, &half), mismatch);
    }

    #[test]
    fn and_refused_when_missing_wrong_or_different() {
        let (_, key, md5) = ring();
        let headers = [("key", key.as_str()), ("md5secret", md5.as_str())];
        let unknown = Err("no data found for the key".to_owned());
        let mismatch = Err("signature mismatch".to_owned());
        assert_eq!(outcome(&[], ""), unknown);
        assert_eq!(outcome(&[("key", "other")], ""), unknown);
        assert_eq!(outcome(&[("key", "key_1"), headers[1]], ""), unknown);
        assert_eq!(outcome(&headers[..1], ""), mismatch);
        assert_eq!(outcome(&headers, "md5secret=0"), mismatch);
        assert_eq!(outcome(&headers, "sha1secret=0"), mismatch);
        assert_eq!(outcome(&headers, "key=other"), mismatch);
        let upper = md5.to_uppercase();
        assert_eq!(outcome(&[headers[0], ("md5secret", &upper)], ""), mismatch);
    }

    #[test]
    fn credentials_are_masked_wherever_they_are() {
        let header = |name: &str| (name == "key").then(|| "canary".to_owned());
        let body = b"key=canary&sha1secret=canary&Secret=canary&method=x&token=";
        let Request {
            headers,
            parameters,
            ..
        } = Call::read(header, body).masked();
        let all = format!("{headers:?}{parameters:?}");
        assert!(!all.contains("canary"), "{all}");
        assert_eq!(all.matches(MASK).count(), 4);
        assert!(all.contains(r#"("method", "x")"#), "{all}");
    }

    #[test]
    fn forms_are_decoded_and_ambiguous_ones_refused() {
        let call = Call::read(|_| None, "a=1+2%263&b=%E5%86%86&c=".as_bytes());
        assert_eq!(call.get("a"), Some("1 2&3"));
        assert_eq!(call.get("b"), Some("円"));
        assert_eq!(call.get("c"), None);
        assert_eq!(call.check_form(), Ok(()));
        let twice = Call::read(|_| None, b"a=1&a=1");
        assert_eq!(twice.check_form(), Err("invalid parameter a".into()));
        for body in [b"a=%ff".as_slice(), b"a=\xff"] {
            let call = Call::read(|_| None, body);
            assert_eq!(call.check_form(), Err("invalid parameter a".into()));
        }
    }
}
