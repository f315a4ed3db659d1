//! Addresses made, received, forged and flooded.

use super::*;
use crate::world::{Micros, SECOND};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const BASE: &str = "https://shop.example/hooks/zaif/";
const OLD: &str = "sandbox-secret-of-yesterday";
const NEW: &str = "sandbox-secret-of-today";

fn webhooks(secrets: &[&str]) -> Webhooks {
    Webhooks::new(BASE, secrets.iter().map(|s| Secret::from(*s))).unwrap()
}

#[test]
fn what_was_made_is_received_also_after_a_change_of_secret() {
    let before = webhooks(&[OLD]);
    let after = webhooks(&[NEW, OLD]);
    for order in ["A-1001", "注文 1/2?", "..", "50%25", "x#y", "~a", "%2e%2e"] {
        let address = before.address(order).unwrap();
        assert!(
            !address.contains(['%', '?', '#']) && !address.contains("/../"),
            "{address}"
        );
        let body = br#"{"invoiceId":"a-1","status":"complete"}"#;
        for path in [
            address.clone(),
            address
                .trim_start_matches("https://shop.example")
                .to_owned(),
            format!("{address}/?utm=1"),
        ] {
            let notice = after.receive(&path, body).unwrap();
            assert_eq!(notice.order_number, order);
            assert_eq!(notice.hint.invoice_id(), Some("a-1"));
            assert_eq!(notice.secret_index, 1);
        }
        let gone = webhooks(&[NEW]).receive(&address, body).unwrap_err();
        assert_eq!(gone.code(), Code::ZaifBadToken);
        assert_eq!(Webhooks::status(gone.code()), 404);
    }
}

#[test]
fn a_notification_by_get_is_about_the_order() {
    let webhooks = webhooks(&[NEW]);
    let address = webhooks.address("A-1001").unwrap();
    let notice = webhooks.receive(&address, b"").unwrap();
    assert_eq!(notice.hint.order_number(), Some("A-1001"));
    let bad = webhooks.receive(&address, b"{}").unwrap_err();
    assert_eq!(Webhooks::status(bad.code()), 400);
}

#[test]
fn no_log_shows_a_token() {
    let webhooks = webhooks(&[NEW]);
    let address = webhooks.address("A-1001").unwrap();
    let token = address.rsplit('/').next().unwrap();
    for end in ["", "/", "#x", "/?x=1", "?x=1", "//x"] {
        let masked = Webhooks::mask(&format!("{address}{end}"));
        assert!(!masked.contains(token), "{masked}");
        assert!(
            masked.starts_with("https://shop.example/hooks/zaif/A-1001/***"),
            "{masked}"
        );
    }
}

#[test]
fn no_changed_address_gets_in() {
    let webhooks = webhooks(&[NEW]);
    let address = webhooks.address("A-1001").unwrap();
    let other = webhooks.address("A-1002").unwrap();
    let token = address.rsplit('/').next().unwrap();
    assert_ne!(token, other.rsplit('/').next().unwrap());
    let start = address.len() - token.len();
    for at in start..address.len() {
        let mut changed = address.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        let error = webhooks.receive(&changed, b"").unwrap_err();
        assert_eq!(error.code(), Code::ZaifBadToken);
        assert!(!format!("{error:?}").contains(token));
    }
    for bad in [
        "",
        "/",
        "A-1001",
        "//",
        "/A-1001/",
        "/%ff/x",
        "/A-1002/TOKEN",
    ] {
        let path = bad.replace("TOKEN", token);
        assert_eq!(
            webhooks.receive(&path, b"").unwrap_err().code(),
            Code::ZaifBadToken
        );
    }
}

#[derive(Debug, Clone, Default)]
struct Hand(Arc<AtomicU64>);

impl Clock for Hand {
    fn monotonic(&self) -> Micros {
        self.0.load(Ordering::Relaxed)
    }
    fn unix(&self) -> Micros {
        self.monotonic()
    }
    fn sleep(&self, _: Micros) {}
}

#[test]
fn floods_are_turned_away_and_come_again_later() {
    let hand = Hand::default();
    let mut webhooks = webhooks(&[NEW]).limits(3, 5).unwrap();
    webhooks.clock = Box::new(hand.clone());
    let path = |order: &str| webhooks.address(order).unwrap();
    let comes = |order: &str| webhooks.receive(&path(order), b"");
    for _ in 0..3 {
        assert!(comes("A-1").is_ok());
    }
    let error = comes("A-1").unwrap_err();
    assert_eq!(error.code(), Code::ZaifTooManyNotifications);
    assert_eq!(Webhooks::status(error.code()), 503);
    // Another order is not in the way, until the process's limit is.
    assert!(comes("A-2").is_ok());
    assert!(comes("A-2").is_ok());
    assert!(comes("A-3").is_err());
    hand.0.fetch_add(20 * SECOND, Ordering::Relaxed);
    assert!(comes("A-1").is_ok());
    assert!(comes("A-1").is_err());
    hand.0.fetch_add(3_600 * SECOND, Ordering::Relaxed);
    for _ in 0..3 {
        assert!(comes("A-1").is_ok());
    }
}

#[test]
fn weak_settings_are_refused() {
    for secrets in [&[][..], &[""], &["short"], &[NEW, ""]] {
        let made = Webhooks::new(BASE, secrets.iter().map(|s| Secret::from(*s)));
        assert_eq!(made.unwrap_err().param(), Some("secrets"));
    }
    for base in [
        "",
        "shop.example",
        "ftp://x/",
        "https://x/?a=b",
        "javascript:1",
    ] {
        let made = Webhooks::new(base, [NEW.into()]);
        assert_eq!(made.unwrap_err().param(), Some("base"), "{base}");
    }
    assert!(webhooks(&[NEW]).limits(0, 1).is_err());
    assert!(!format!("{:?}", webhooks(&[NEW])).contains(NEW));
}
