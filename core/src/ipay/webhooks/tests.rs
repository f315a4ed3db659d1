//! Signatures true, rotated, malformed and forged.

use serde_json::{Value, json};

use super::*;

const OLD: &str = "whsec_of_yesterday";
const NEW: &str = "whsec_of_today";
const BODY: &[u8] = br#"{"id":"evt_1","type":"payment.succeeded","created":1763856000,"data":{"id":"pay_1","amount":2999}}"#;

fn webhooks(secrets: &[&str]) -> Webhooks {
    Webhooks::new(secrets.iter().map(|s| Secret::from(*s))).unwrap()
}

fn sign(body: &[u8], secret: &str) -> String {
    Webhooks::sign(body, &secret.into()).unwrap()
}

#[test]
fn the_signature_is_the_standards() {
    // RFC 4231, case 2.
    assert_eq!(
        sign(b"what do ya want for nothing?", "Jefe"),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}

#[test]
fn each_secret_is_accepted_and_the_first_that_matches_is_told() {
    let both = webhooks(&[NEW, OLD, NEW]);
    for (secret, index) in [(NEW, 0), (OLD, 1)] {
        let signature = sign(BODY, secret);
        let event = both.verify(BODY, Some(&signature)).unwrap();
        assert_eq!(event.secret_index(), index);
        let upper = signature.to_uppercase();
        assert_eq!(both.verify(BODY, Some(&upper)).unwrap(), event);
    }
    let gone = webhooks(&[NEW]).verify(BODY, Some(&sign(BODY, OLD)));
    assert_eq!(gone.unwrap_err().code(), Code::IpayBadSignature);
}

#[test]
fn every_bad_signature_is_the_same_error() {
    let webhooks = webhooks(&[NEW]);
    let good = sign(BODY, NEW);
    let errors: Vec<String> = [
        None,
        Some(String::new()),
        Some(good[1..].to_owned()),
        Some(format!("{good}0")),
        Some(format!("{good}zz")),
        Some(format!("zz{}", &good[2..])),
        Some(format!(" {good}")),
        Some(format!("sha256={good}")),
        Some("é".repeat(32)),
        Some("\0".repeat(64)),
        Some("0".repeat(64)),
        Some("0".repeat(10_000_000)),
        Some(sign(BODY, OLD)),
    ]
    .iter()
    .map(|signature| {
        let error = webhooks.verify(BODY, signature.as_deref()).unwrap_err();
        assert_eq!(Webhooks::status(error.code()), 401);
        format!("{error} {error:?}")
    })
    .collect();
    assert!(errors.iter().all(|error| *error == errors[0]), "{errors:?}");
    let large = vec![b' '; LARGEST_BODY + 1];
    let error = webhooks
        .verify(&large, Some(&sign(&large, NEW)))
        .unwrap_err();
    assert_eq!(format!("{error} {error:?}"), errors[0]);
    let just = [&vec![b' '; LARGEST_BODY - BODY.len()], BODY].concat();
    webhooks.verify(&just, Some(&sign(&just, NEW))).unwrap();
}

#[test]
fn what_is_signed_and_no_event_is_said_to_be_none() {
    let webhooks = webhooks(&[NEW]);
    for body in [
        &b""[..],
        b"{}",
        b"[]",
        b"null",
        b"\"payment.succeeded\"",
        b"{\"type\":1}",
        b"{\"type\":null}",
        b"{\"type\":\"a\",\"type\":\"b\"}",
        b"{\"type\":\"a\"",
        b"{\"type\":\"a\"} x",
        b"{\"type\":\"\xff\"}",
        b"\xef\xbb\xbf{\"type\":\"a\"}",
    ] {
        let error = webhooks.verify(body, Some(&sign(body, NEW))).unwrap_err();
        assert_eq!(error.code(), Code::IpayBadEvent);
        assert_eq!(Webhooks::status(error.code()), 400);
    }
}

#[test]
fn an_event_is_told_as_it_came() {
    let webhooks = webhooks(&[NEW]);
    let read = |body: &str| {
        let signature = sign(body.as_bytes(), NEW);
        webhooks.verify(body.as_bytes(), Some(&signature)).unwrap()
    };
    let body =
        " {\"data\": {\"id\":\"pay_1\",  \"rate\":0.10000000000000000001 } ,\"type\":\"x.y\"}\n";
    let event = read(body);
    assert_eq!(event.raw(), body);
    assert_eq!(event.event_type(), "x.y");
    assert_eq!(
        event.data(),
        Some("{\"id\":\"pay_1\",  \"rate\":0.10000000000000000001 }")
    );
    assert_eq!((event.id(), event.created()), (None, None));
    assert!(event.key().starts_with("sha256:") && event.key().len() == 71);
    assert_eq!(event.key(), read(body).key());
    assert_ne!(event.key(), read(body.trim()).key());
    for (id, key) in [
        (r#""evt_1""#, Some("evt_1")),
        ("\"\"", None),
        ("7", None),
        ("null", None),
    ] {
        let event = read(&format!(r#"{{"type":"a","id":{id},"data":null}}"#));
        assert_eq!(event.id(), key);
        assert_eq!(event.data(), None);
        assert_eq!(event.key().starts_with("sha256:"), key.is_none());
    }
    let shown = format!("{event:?}");
    assert!(!shown.contains("pay_1"), "{shown}");
}

#[test]
fn useless_settings_are_refused_and_no_secret_shows() {
    let refused = |secrets: Vec<Secret>| {
        let error = Webhooks::new(secrets).unwrap_err();
        assert_eq!(error.param(), Some("secrets"));
    };
    refused(vec![]);
    refused(vec!["".into()]);
    refused(vec![NEW.into(), "".into()]);
    refused(vec![NEW.into(); MOST_SECRETS + 1]);
    let shown = format!("{:?}", webhooks(&[NEW; MOST_SECRETS]));
    assert_eq!(shown, "Webhooks { secrets: 16, .. }");
    assert!(Webhooks::sign(b"", &"".into()).is_err());
}

#[test]
fn the_vectors_of_all_languages_hold() {
    let vectors = include_str!("../../../../tests/vectors/ipay_webhooks.json");
    crate::ipay::vectors::play(vectors, |step, with| {
        let body = match with["hex"].as_str() {
            None => with["body"].as_str().unwrap().as_bytes().to_vec(),
            Some(hex) => (0..hex.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
                .collect(),
        };
        if step == "ipay.sign" {
            return Webhooks::sign(&body, &with["secret"].as_str().unwrap().into())
                .map(Value::from);
        }
        assert_eq!(step, "ipay.verify");
        let secrets = with["secrets"].as_array().unwrap().iter();
        let secrets = secrets.map(|s| Secret::from(s.as_str().unwrap()));
        let event = Webhooks::new(secrets)?.verify(&body, with["signature"].as_str())?;
        Ok(json!({
            "id": event.id(),
            "type": event.event_type(),
            "created": event.created().map(|created| created.0),
            "data": event.data().map(|data| serde_json::from_str::<Value>(data).unwrap()),
            "raw": event.raw(),
            "secret_index": event.secret_index().to_string(),
            "key": event.key(),
        }))
    });
}
