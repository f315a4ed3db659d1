//! How often something may happen, for one key and altogether.

use std::collections::HashMap;

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

    /// Whether it may happen once more, now.
    pub(crate) fn take(&mut self, key: &str, now: Micros) -> bool {
        if self.keys.len() >= MOST_KEYS {
            self.keys.retain(|_, bucket| !bucket.is_empty(now));
        }
        if self.keys.len() >= MOST_KEYS && !self.keys.contains_key(key) {
            return false;
        }
        let bucket = self.keys.entry(key.to_owned()).or_default();
        bucket.take(self.per_key, now) && self.all.take(self.altogether, now)
    }
}

impl Bucket {
    fn take(&mut self, per_minute: u32, now: Micros) -> bool {
        let cost = MINUTE / Micros::from(per_minute.max(1));
        self.used = self.used.saturating_sub(now.saturating_sub(self.at));
        self.at = now;
        let fits = self.used.saturating_add(cost) <= MINUTE;
        if fits {
            self.used = self.used.saturating_add(cost);
        }
        fits
    }

    const fn is_empty(&self, now: Micros) -> bool {
        self.used <= now.saturating_sub(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_its_own_and_all_share_one() {
        let mut limit = RateLimit::per_minute(2, 3);
        assert!(limit.take("a", 0) && limit.take("a", 0));
        assert!(!limit.take("a", 0));
        assert!(limit.take("b", 0));
        assert!(!limit.take("c", 0));
        // A third of a minute later one more fits altogether.
        assert!(limit.take("c", 20 * SECOND));
        assert!(!limit.take("d", 20 * SECOND));
    }

    #[test]
    fn memory_is_bounded_and_quiet_keys_make_room() {
        let mut limit = RateLimit::per_minute(1, u32::MAX);
        for number in 0..MOST_KEYS {
            assert!(limit.take(&number.to_string(), 0));
        }
        assert!(!limit.take("one more", 1));
        assert!(limit.take("one more", 2 * MINUTE));
        assert_eq!(limit.keys.len(), 1);
    }
}
