//! What time it is at the service.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use super::MOST_AHEAD;
use crate::world::{Clock, Micros, SECOND};

/// From this difference on a machine's clock is reported as wrong.
const SKEW_WORTH_REPORTING: u64 = 30 * SECOND;

/// The service's time, estimated from the `Date` of its answers.
///
/// The wall clock is read once; from then on time passes by the monotonic
/// clock, so that a wall clock set wrong in mid-flight cannot burn an API key.
#[derive(Debug)]
pub struct ServerTime {
    /// Service's Unix time less the monotonic clock, in microseconds.
    offset: AtomicI64,
    heard: AtomicBool,
    /// The offset that one answer claimed, against all that was known before.
    claimed: AtomicI64,
}

/// A machine's clock that differs from the service's by more than 30 s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSkew {
    /// This machine's Unix time, in seconds.
    pub local: u64,
    /// The service's Unix time, in seconds.
    pub server: u64,
}

impl ServerTime {
    /// An estimate from this machine's clock alone.
    #[must_use]
    pub fn new(clock: &dyn Clock) -> Self {
        Self {
            offset: AtomicI64::new(signed(clock.unix()).saturating_sub(signed(clock.monotonic()))),
            heard: AtomicBool::new(false),
            claimed: AtomicI64::new(i64::MIN),
        }
    }

    /// The service's Unix time now, in microseconds.
    #[must_use]
    pub fn now(&self, clock: &dyn Clock) -> Micros {
        if !self.heard.load(Ordering::Relaxed) {
            // Nothing is known yet, so a corrected wall clock is worth having.
            return clock.unix();
        }
        let now = signed(clock.monotonic()).saturating_add(self.offset.load(Ordering::Relaxed));
        u64::try_from(now).unwrap_or(0)
    }

    /// The service's Unix time now, once it has told it.
    #[must_use]
    pub fn told(&self, clock: &dyn Clock) -> Option<Micros> {
        self.heard.load(Ordering::Relaxed).then(|| self.now(clock))
    }

    /// Learns from an answer whose `Date` was `date` (Unix seconds), asked for
    /// at `asked` and read at `read` (monotonic).
    ///
    /// `Date` is cut to the second and was written somewhere between the two,
    /// so it bounds the offset from both sides; the estimate is moved only as
    /// far as the bounds demand. Far into the future it is moved only when two
    /// answers in a row agree: a nonce from there would burn the key.
    pub fn learn(&self, date: u64, asked: Micros, read: Micros) {
        let date = signed(date.saturating_mul(SECOND));
        let least = date.saturating_sub(signed(read));
        let most = date
            .saturating_add(signed(SECOND))
            .saturating_sub(signed(asked))
            .max(least);
        let offset = self.offset.load(Ordering::Relaxed);
        if least > offset.saturating_add(signed(MOST_AHEAD)) {
            let claimed = self.claimed.swap(least, Ordering::Relaxed);
            if claimed.abs_diff(least) > 5 * SECOND {
                return;
            }
        }
        self.offset
            .store(offset.clamp(least, most), Ordering::Relaxed);
        self.heard.store(true, Ordering::Relaxed);
    }

    /// Both times, when this machine's clock is off by more than 30 s.
    #[must_use]
    pub fn skew(&self, clock: &dyn Clock) -> Option<ClockSkew> {
        let (local, server) = (clock.unix(), self.now(clock));
        (local.abs_diff(server) > SKEW_WORTH_REPORTING).then_some(ClockSkew {
            local: local / SECOND,
            server: server / SECOND,
        })
    }
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    #[derive(Debug)]
    struct Hands {
        monotonic: AtomicU64,
        unix: AtomicU64,
    }

    impl Clock for Hands {
        fn monotonic(&self) -> Micros {
            self.monotonic.load(Ordering::Relaxed)
        }
        fn unix(&self) -> Micros {
            self.unix.load(Ordering::Relaxed)
        }
        fn sleep(&self, _: Micros) {}
    }

    fn hands(monotonic: u64, unix: u64) -> Hands {
        Hands {
            monotonic: AtomicU64::new(monotonic * SECOND),
            unix: AtomicU64::new(unix * SECOND),
        }
    }

    #[test]
    fn a_right_clock_is_left_alone() {
        let clock = hands(10, 1_000);
        let time = ServerTime::new(&clock);
        time.learn(1_000, 10 * SECOND - 200, 10 * SECOND + 300);
        assert_eq!(time.now(&clock), 1_000 * SECOND);
        assert_eq!(time.skew(&clock), None);
    }

    #[test]
    fn a_wrong_clock_is_corrected_to_within_a_second_and_reported() {
        let clock = hands(10, 5_000);
        let time = ServerTime::new(&clock);
        time.learn(1_000, 10 * SECOND, 10 * SECOND);
        assert!(time.now(&clock).abs_diff(1_000 * SECOND) <= SECOND);
        assert_eq!(
            time.skew(&clock),
            Some(ClockSkew {
                local: 5_000,
                server: 1_001
            })
        );
    }

    #[test]
    fn a_jump_of_the_wall_clock_changes_nothing_once_an_answer_was_read() {
        let clock = hands(10, 1_000);
        let time = ServerTime::new(&clock);
        time.learn(1_000, 10 * SECOND, 10 * SECOND);
        clock.unix.store(9_999 * SECOND, Ordering::Relaxed);
        clock.monotonic.store(12 * SECOND, Ordering::Relaxed);
        assert_eq!(time.now(&clock), 1_002 * SECOND);
    }

    #[test]
    fn one_answer_from_the_far_future_is_not_believed_two_are() {
        let clock = hands(10, 1_000);
        let time = ServerTime::new(&clock);
        time.learn(9_000, 10 * SECOND, 10 * SECOND);
        assert_eq!(time.now(&clock), 1_000 * SECOND);
        time.learn(1_000, 10 * SECOND, 10 * SECOND);
        assert_eq!(time.now(&clock), 1_000 * SECOND);
        time.learn(9_000, 10 * SECOND, 10 * SECOND);
        time.learn(9_001, 11 * SECOND, 11 * SECOND);
        assert!(time.now(&clock).abs_diff(9_000 * SECOND) <= SECOND);
    }

    #[test]
    fn an_absurd_date_does_not_overflow() {
        let clock = hands(10, 1_000);
        let time = ServerTime::new(&clock);
        time.learn(u64::MAX, 0, u64::MAX);
        let _ = time.now(&clock);
        time.learn(0, u64::MAX, u64::MAX);
        let _ = time.now(&clock);
    }
}
