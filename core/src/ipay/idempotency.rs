//! Idempotency keys: what makes the tries of one intent one payment.
//!
//! The service executes a key once and answers every later call with the same
//! key as it answered the first. So a key is made once for a call and goes with
//! each of its tries; a shop that wants one payment for an order, whatever
//! happens to its own process, derives the key from the order.

use sha2::{Digest as _, Sha256};

use super::card_guard;
use crate::error::{Code, Error, Outcome, Result};
use crate::hex::hex_lower;
use crate::text::plain_text;

/// A key for one call: a random UUID (version 4, RFC 9562).
///
/// Its 122 bits come straight from the operating system each time. No state is
/// kept that a fork could duplicate.
///
/// # Errors
///
/// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `idempotency_key` where the system has no
/// randomness: nothing less may stand in for it.
pub fn random_key() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| {
        Error::new(
            Code::InputMissing,
            Outcome::NotDone,
            "the operating system gives no randomness to make a key from: pass idempotency_key",
        )
        .with_param("idempotency_key")
    })?;
    Ok(uuid(bytes))
}

/// The text of a UUID of version 4 with these bits.
fn uuid(bytes: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(bytes);
    let version = 0x4 << 76;
    let variant = 0b10 << 62;
    let bits = bits & !(0xf << 76) & !(0b11 << 62) | version | variant;
    let hex = format!("{bits:032x}");
    let mut text = String::with_capacity(36);
    for (place, digit) in hex.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

/// The key that belongs to an order: the same for the same arguments, in every
/// process and every language, and another for any others.
///
/// ```
/// use kessai::ipay::order_key;
/// let key = order_key("A-1001", "payment", 1)?;
/// assert_eq!(key, order_key("A-1001", "payment", 1)?);
/// // The first card was declined; the customer takes another one.
/// assert_ne!(key, order_key("A-1001", "payment", 2)?);
/// # Ok::<(), kessai::Error>(())
/// ```
///
/// `purpose` tells apart what is done for one order: `payment`, and for each
/// refund its own number, as `refund-1`.
///
/// `attempt` starts at 1 and rises **only after a definite failure** of the
/// attempt before: it was declined (402), or its payment is `failed` or
/// `canceled`. Without that, a second card would be answered with the first
/// one's decline, and the order could never be paid. It must **never rise while
/// an outcome is unknown**: that attempt may have taken the money, and a new key
/// would take it again. Call with the same attempt until the outcome is known, but
/// not later than 23 hours after the first call: how long the service keeps a key
/// is not documented, and a day is usual. Later ask
/// [`resume_payment`](super::Client::resume_payment), which looks.
///
/// The key is the SHA-256 of the three, 64 hex digits: it tells nothing of the
/// order. Texts are taken byte by byte; the same letters in another Unicode
/// normal form are another order.
///
/// # Errors
///
/// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `order` or `purpose` where one is empty,
/// longer than 255 characters or holds control characters, and `attempt` where
/// it is 0.
pub fn order_key(order: &str, purpose: &str, attempt: u32) -> Result<String> {
    plain_text("order", order, 255)?;
    plain_text("purpose", purpose, 255)?;
    if attempt == 0 {
        return Err(Error::input("attempt", "attempt starts at 1"));
    }
    let mut hash = Sha256::new();
    hash.update(b"kessai ipay order key 1\0");
    for text in [order, purpose] {
        // With its length before it, no text can run into the next.
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text);
    }
    hash.update(attempt.to_be_bytes());
    Ok(hex_lower(&hash.finalize()))
}

/// Checks a key that a caller gives: 1 to 255 visible ASCII characters, and no
/// card's number.
///
/// # Errors
///
/// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `idempotency_key`.
pub fn check_key(key: &str) -> Result<()> {
    const NAME: &str = "idempotency_key";
    if !(1..=255).contains(&key.len()) || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Error::input(
            NAME,
            "idempotency_key must be 1 to 255 visible ASCII characters, without blanks",
        ));
    }
    card_guard::check_text(NAME, key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    #[test]
    fn a_random_key_is_a_uuid_of_version_4_and_never_the_same() {
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        let keys: BTreeSet<_> = (0..10_000).map(|_| random_key().unwrap()).collect();
        assert_eq!(keys.len(), 10_000);
        for key in keys {
            check_key(&key).unwrap();
        }
    }

    #[test]
    fn no_two_orders_share_a_key() {
        let texts = [
            "a", "b", "ab", "a b", "payment", "refund-1", "1", "注文", "\u{e9}", "e\u{301}",
        ];
        let mut keys = BTreeSet::new();
        let mut made = 0;
        for order in texts {
            for purpose in texts {
                for attempt in [1, 2, 10, 256, u32::MAX] {
                    keys.insert(order_key(order, purpose, attempt).unwrap());
                    made += 1;
                }
            }
        }
        assert_eq!(keys.len(), made);
        for key in &keys {
            assert_eq!(key.len(), 64);
            check_key(key).unwrap();
        }
    }

    #[test]
    fn bad_arguments_are_named() {
        let named = |order, purpose, attempt| {
            let error = order_key(order, purpose, attempt).unwrap_err();
            error.param().unwrap().to_owned()
        };
        let long = "x".repeat(256);
        for bad in ["", "a\0b", "a\n", &long] {
            assert_eq!(named(bad, "payment", 1), "order");
            assert_eq!(named("A-1", bad, 1), "purpose");
        }
        assert_eq!(named("A-1", "payment", 0), "attempt");
        for bad in ["", "a b", "a\r\nx: y", "鍵", "4242424242424242", &long] {
            let error = check_key(bad).unwrap_err();
            assert_eq!(error.param(), Some("idempotency_key"), "{bad}");
            assert!(!error.to_string().contains("4242"));
        }
        check_key(&"~".repeat(255)).unwrap();
    }

    #[test]
    fn the_vectors_of_all_languages_hold() {
        let vectors = include_str!("../../../tests/vectors/ipay_order_keys.json");
        crate::ipay::vectors::play(vectors, |step, with| {
            assert_eq!(step, "ipay.order_key");
            let text = |name: &str| with[name].as_str().unwrap();
            let attempt = with["attempt"].as_u64().unwrap().try_into().unwrap();
            order_key(text("order"), text("purpose"), attempt).map(Value::from)
        });
    }
}
