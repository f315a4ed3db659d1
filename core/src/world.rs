//! The doors through which time and chance enter, and the real ones.
//!
//! Storage enters through [`NonceStore`](crate::nonce::NonceStore), the
//! network through [`Network`](crate::transport::Network). No decision is made
//! from any other source, so a simulator can stand in for all of it; below the
//! doors the transport and the turns keep time by the machine's own clock.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::interrupt;

/// A span of time, or a point on a clock, in whole microseconds.
pub type Micros = u64;

/// One second.
pub const SECOND: Micros = 1_000_000;

/// Time.
pub trait Clock: std::fmt::Debug + Send + Sync {
    /// Microseconds since some fixed point; never goes back.
    fn monotonic(&self) -> Micros;

    /// Microseconds since 1970 as this machine believes; may jump.
    fn unix(&self) -> Micros;

    /// Waits.
    fn sleep(&self, span: Micros);
}

/// Chance.
pub trait Chance {
    /// Some whole number from 0 up to, not including, `n`; 0 when `n` is 0.
    fn below(&mut self, n: u64) -> u64;
}

/// The machine's own clocks.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

/// One for all clients: what one learns of the service's time is told to the
/// others as a distance from here.
static ORIGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock for SystemClock {
    fn monotonic(&self) -> Micros {
        micros(ORIGIN.elapsed())
    }

    fn unix(&self) -> Micros {
        // A clock before 1970 is wrong in any case; the `Date` of the first
        // answer corrects it.
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, micros)
    }

    fn sleep(&self, span: Micros) {
        interrupt::sleep(Duration::from_micros(span));
    }
}

/// A duration in microseconds, saturating.
pub(crate) fn micros(span: Duration) -> Micros {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}

/// The operating system's randomness, asked anew each time: nothing that a
/// fork could duplicate.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn below(&mut self, n: u64) -> u64 {
        // Only waits are drawn from here. Without randomness they are longest,
        // which is safe; the tiny bias of a remainder does not matter to them.
        match getrandom::u64() {
            Ok(random) => random.checked_rem(n).unwrap_or(0),
            Err(_) => n.saturating_sub(1),
        }
    }
}
