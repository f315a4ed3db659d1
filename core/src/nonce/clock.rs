//! The store for one process: a counter in memory that follows the clock.

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Nonce, NonceStore, within_reach};
use crate::error::Result;
use crate::world::Micros;

/// `max(now, last + 1)`, by compare-and-swap.
///
/// Clients of one process that share an endpoint and an API key share one of
/// these. It needs no lock, so a forked child can go on with what it
/// inherited; but parent and child then know nothing of each other, and the
/// nonces that this loses are recovered by repetition.
#[derive(Debug, Default)]
pub struct ClockNonces {
    last: AtomicU64,
}

impl ClockNonces {
    /// A store that has given `last` already.
    #[must_use]
    pub fn after(last: Nonce) -> Self {
        Self {
            last: AtomicU64::new(last.as_micros()),
        }
    }

    /// The highest nonce given so far.
    #[must_use]
    pub fn last(&self) -> Nonce {
        Nonce::from_micros(self.last.load(Ordering::SeqCst))
    }
}

impl NonceStore for ClockNonces {
    fn take(&self, now: Micros, floor: Nonce, count: u64) -> Result<Nonce> {
        let mut seen = self.last.load(Ordering::SeqCst);
        loop {
            let first = Nonce::from_micros(now)
                .max(floor)
                .max(Nonce::from_micros(seen).next());
            let last = within_reach(first, count, now)?;
            match self.last.compare_exchange_weak(
                seen,
                last.as_micros(),
                Ordering::SeqCst,
                Ordering::SeqCst,
            ) {
                Ok(_) => return Ok(first),
                Err(actual) => seen = actual,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::SECOND;

    #[test]
    fn follows_the_clock_and_never_goes_back() {
        let store = ClockNonces::default();
        let zero = Nonce::from_micros(0);
        let take = |now, floor| store.take(now, floor, 1).unwrap().as_micros();
        assert_eq!(take(1_000, zero), 1_000);
        assert_eq!(take(1_000, zero), 1_001);
        assert_eq!(take(500, zero), 1_002);
        assert_eq!(take(2_000, Nonce::from_micros(9_000)), 9_000);
        assert_eq!(store.take(2_000, zero, 2).unwrap().as_micros(), 9_001);
        assert_eq!(take(2_000, zero), 9_003);
    }

    #[test]
    fn refuses_to_run_ahead_and_reserves_nothing_then() {
        let store = ClockNonces::after(Nonce::from_micros(400 * SECOND));
        assert!(store.take(100 * SECOND, Nonce::from_micros(0), 1).is_err());
        assert_eq!(store.last(), Nonce::from_micros(400 * SECOND));
    }

    #[test]
    fn threads_never_share_one() {
        let store = ClockNonces::default();
        let mut all: Vec<u64> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    scope.spawn(|| {
                        (0..5_000)
                            .map(|_| store.take(7, Nonce::from_micros(0), 1).unwrap().as_micros())
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            threads
                .into_iter()
                .flat_map(|t| t.join().unwrap())
                .collect()
        });
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 40_000);
    }
}
