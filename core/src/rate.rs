//! How often something may happen, for one key and altogether.

use std::collections::HashMap;
use std::time::Duration;

use crate::world::{Micros, SECOND};

/// Limits are counted per minute.
const MINUTE: Micros = 60 * SECOND;

/// More keys than this are not counted one by one: beyond them nothing new may
/// happen until one of them has been quiet for a while.
const MOST_KEYS: usize = 10_000;

/// A limit for each key and one for all of them.
#[derive(Debug)]
pub(crate) struct RateLimit {
    per_key: u32,
    altogether: u32,
    all: Bucket,
    keys: HashMap<String, Bucket>,
}

/// So much may come at once, and as much again per minute.
#[derive(Debug, Default, Clone, Copy)]
struct Bucket {
    /// How much of it is used up, in microseconds of refilling.
    used: Micros,
    at: Micros,
}

impl RateLimit {
    /// So often per minute for one key, and so often altogether.
    pub(crate) fn per_minute(per_key: u32, altogether: u32) -> Self {
        Self {
            per_key,
            altogether,
            all: Bucket::default(),
            keys: HashMap::new(),
        }
    }

    /// Lets it happen once more, now; or says how long it must wait, and counts
    /// nothing.
    pub(crate) fn take(&mut self, key: &str, now: Micros) -> Result<(), Micros> {
        if self.keys.len() >= MOST_KEYS {
            self.keys.retain(|_, bucket| !bucket.is_empty(now));
        }
        if self.keys.len() >= MOST_KEYS && !self.keys.contains_key(key) {
            let waits = self.keys.values().map(|bucket| bucket.left(now));
            return Err(waits.min().unwrap_or(MINUTE));
        }
        let bucket = self.keys.entry(key.to_owned()).or_default();
        let wait = bucket
            .wait(self.per_key, now)
            .max(self.all.wait(self.altogether, now));
        if wait > 0 {
            return Err(wait);
        }
        bucket.take(self.per_key, now);
        self.all.take(self.altogether, now);
        Ok(())
    }
}

/// A wait as an error tells it: in whole milliseconds, and never too short.
pub(crate) fn span(wait: Micros) -> Duration {
    Duration::from_millis(wait.div_ceil(1_000))
}

/// What one of so many a minute uses up.
fn cost(per_minute: u32) -> Micros {
    MINUTE / Micros::from(per_minute.max(1))
}

impl Bucket {
    /// How long until one more fits.
    fn wait(&self, per_minute: u32, now: Micros) -> Micros {
        let full = self.left(now).saturating_add(cost(per_minute));
        full.saturating_sub(MINUTE)
    }

    fn take(&mut self, per_minute: u32, now: Micros) {
        self.used = self.left(now).saturating_add(cost(per_minute));
        self.at = now;
    }

    /// How long until nothing of it is used up.
    const fn left(&self, now: Micros) -> Micros {
        self.used.saturating_sub(now.saturating_sub(self.at))
    }

    const fn is_empty(&self, now: Micros) -> bool {
        self.left(now) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_own_and_all_share_one() {
        let mut limit = RateLimit::per_minute(2, 3);
        assert_eq!([limit.take("a", 0), limit.take("a", 0)], [Ok(()); 2]);
        assert_eq!(limit.take("a", 0), Err(30 * SECOND));
        assert_eq!(limit.take("b", 0), Ok(()));
        assert_eq!(limit.take("c", SECOND), Err(19 * SECOND));
        // A third of a minute later one more fits altogether: what was refused
        // counted for nothing.
        assert_eq!(limit.take("c", 20 * SECOND), Ok(()));
        assert_eq!(limit.take("d", 20 * SECOND), Err(20 * SECOND));
        assert_eq!(limit.take("c", 40 * SECOND), Ok(()));
    }

    #[test]
    fn memory_is_bounded_and_quiet_keys_make_room() {
        let mut limit = RateLimit::per_minute(1, u32::MAX);
        for number in 0..MOST_KEYS {
            assert_eq!(limit.take(&number.to_string(), 0), Ok(()));
        }
        assert_eq!(limit.take("one more", SECOND), Err(59 * SECOND));
        assert_eq!(limit.take("one more", 2 * MINUTE), Ok(()));
        assert_eq!(limit.keys.len(), 1);
    }
}
