//! How long to wait before another try.

use std::time::{Duration, SystemTime};

use crate::world::{Chance, Micros};

/// A service that asks for more patience than this is not waited for blindly:
/// the deadline of the call decides anyway, and an absurd value must not
/// overflow anything.
const MOST_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// Full jitter: anything from nothing to `base * 2^tries`, at most `most`.
pub(crate) fn backoff(tries: u32, base: Micros, most: Micros, chance: &mut dyn Chance) -> Micros {
    let ceiling = base
        .saturating_mul(1_u64.checked_shl(tries.min(30)).unwrap_or(u64::MAX))
        .min(most);
    chance.below(ceiling.saturating_add(1))
}

/// Reads `Retry-After`: seconds, or an HTTP date counted from `now`. Anything
/// else is as if it were not there.
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        value.parse().map_or(MOST_RETRY_AFTER, Duration::from_secs)
    } else {
        let date = httpdate::parse_http_date(value).ok()?;
        date.duration_since(now).unwrap_or(Duration::ZERO)
    };
    Some(wait.min(MOST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Most;
    impl Chance for Most {
        fn below(&mut self, n: u64) -> u64 {
            n.saturating_sub(1)
        }
    }

    #[test]
    fn backoff_doubles_up_to_its_ceiling() {
        let at = |tries| backoff(tries, 10, 1_000, &mut Most);
        assert_eq!(
            [at(0), at(1), at(2), at(7), at(60)],
            [10, 20, 40, 1_000, 1_000]
        );
    }

    #[test]
    fn retry_after_in_every_form() {
        let now = httpdate::parse_http_date("Sun, 22 Nov 2026 12:00:00 GMT").unwrap();
        let read = |v| retry_after(v, now);
        assert_eq!(read("3"), Some(Duration::from_secs(3)));
        assert_eq!(read(" 0 "), Some(Duration::ZERO));
        assert_eq!(
            read("Sun, 22 Nov 2026 12:00:05 GMT"),
            Some(Duration::from_secs(5))
        );
        assert_eq!(read("Sun, 22 Nov 2026 11:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(read("99999999999999999999999"), Some(MOST_RETRY_AFTER));
        for bad in ["", "soon", "-1", "1.5", "3s"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
