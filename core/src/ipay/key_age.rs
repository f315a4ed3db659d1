//! How long an idempotency key may be sent.

use crate::error::{Code, Error, Outcome, Result};

/// How long after the first try the service is still sure to know the key: it is
/// not documented, and a day is usual.
pub(super) const KEY_IS_KEPT: u64 = 23 * 3_600;

/// How far the clocks of shop and service may be apart.
pub(super) const SKEW: u64 = 600;

/// Whether the service still knows a key that was first tried then. A first try that
/// is yet to come was written down by a wrong clock, and may have been any time ago.
pub(super) const fn is_known(first_try: u64, now: u64) -> bool {
    match now.saturating_add(SKEW).checked_sub(first_try) {
        Some(age) => age < KEY_IS_KEPT.saturating_add(SKEW),
        None => false,
    }
}

/// When a key was first tried: what the shop's books say of one that it named, else
/// now.
pub(super) fn first_try(told: Option<i64>, key: Option<&str>, now: u64) -> Result<u64> {
    let Some(told) = told else {
        return Ok(now);
    };
    let bad = |why: &str| Err(Error::input("first_try_at", format!("first_try_at {why}")));
    if key.is_none() {
        return bad("says when the idempotency_key was first used: give both");
    }
    match u64::try_from(told) {
        Ok(at) if at <= now.saturating_add(SKEW) => Ok(at.min(now)),
        Ok(_) => bad("lies in the future: it must be in Unix seconds"),
        Err(_) => bad("must not be negative: it is in Unix seconds"),
    }
}

/// Says that a key is too old to be sent: what became of it nobody has said.
pub(super) fn forgotten() -> Error {
    Error::new(
        Code::IpayOutcomeUnknown,
        Outcome::Unknown,
        "the idempotency key was first used 23 hours ago or earlier, and the service may have \
         forgotten it: nothing was sent, since that could be a second payment",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_000_000;

    #[test]
    fn the_shops_books_go_before_the_clock() {
        let of = |told| first_try(told, Some("key"), NOW);
        assert_eq!(of(None).unwrap(), NOW);
        assert_eq!(of(Some(5)).unwrap(), 5);
        // Another machine's clock may be ahead.
        assert_eq!(of(Some(1_000_600)).unwrap(), NOW);
        for bad in [
            of(Some(-1)),
            of(Some(1_000_601)),
            first_try(Some(5), None, NOW),
        ] {
            assert_eq!(bad.unwrap_err().param(), Some("first_try_at"));
        }
    }

    #[test]
    fn a_key_is_known_for_23_hours() {
        assert!(is_known(NOW, NOW));
        assert!(is_known(NOW, NOW + KEY_IS_KEPT - 1));
        assert!(!is_known(NOW, NOW + KEY_IS_KEPT));
        assert!(!is_known(NOW, NOW - SKEW - 1));
    }
}
