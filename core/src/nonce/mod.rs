//! Nonces: a number that must rise with every call made with an API key.
//!
//! Ours is Unix seconds with exactly six decimals, built from integers. It is
//! never more than [`MOST_AHEAD`] above the service's own time, because too
//! high a nonce burns the key for good (spec of Zaif Payment, section 2).

mod clock;
mod file;
mod server_time;

pub use clock::ClockNonces;
pub use file::FileNonces;
pub use server_time::{ClockSkew, ServerTime};

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::error::{Code, Error, Outcome, Result};
use crate::world::{Micros, SECOND};

/// How far above the service's time a nonce may go.
pub const MOST_AHEAD: Micros = 300 * SECOND;

/// One nonce, in microseconds since 1970.
///
/// ```
/// use kessai::nonce::Nonce;
/// let nonce = Nonce::from_micros(1_732_291_200_123_456);
/// assert_eq!(nonce.to_string(), "1732291200.123456");
/// assert_eq!("1732291200.123456".parse::<Nonce>()?, nonce);
/// # Ok::<(), kessai::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nonce(u64);

impl Nonce {
    /// A nonce of so many microseconds since 1970.
    #[must_use]
    pub const fn from_micros(micros: Micros) -> Self {
        Self(micros)
    }

    /// The microseconds.
    #[must_use]
    pub const fn as_micros(self) -> Micros {
        self.0
    }

    /// The next possible nonce, 0.000001 higher.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:06}", self.0 / SECOND, self.0 % SECOND)
    }
}

impl FromStr for Nonce {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let read = || {
            let (seconds, micros) = text.split_once('.')?;
            let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
            if !digits(seconds) || !digits(micros) || micros.len() != 6 {
                return None;
            }
            let seconds: u64 = seconds.parse().ok()?;
            seconds
                .checked_mul(SECOND)?
                .checked_add(micros.parse().ok()?)
                .map(Self)
        };
        read().ok_or_else(|| Error::input("nonce", "a nonce is seconds with exactly six decimals"))
    }
}

/// Where nonces come from: the one door to whatever keeps the last one.
pub trait NonceStore: fmt::Debug + Send + Sync {
    /// Reserves `count` consecutive nonces and gives the first.
    ///
    /// `now` is the service's time as far as known. The first is at least
    /// `now`, at least `floor`, and above every nonce given before for this
    /// key.
    ///
    /// # Errors
    ///
    /// [`Code::ZaifNonceStuck`] when the last of them would be more than
    /// [`MOST_AHEAD`] above `now`; nothing is reserved then.
    fn take(&self, now: Micros, floor: Nonce, count: u64) -> Result<Nonce>;

    /// The same from a store that others may hold: it waits no longer than
    /// `patience`, and no longer than the caller wants to.
    ///
    /// # Errors
    ///
    /// As [`Self::take`], and what the store itself fails with.
    fn take_within(
        &self,
        now: Micros,
        floor: Nonce,
        count: u64,
        _patience: Duration,
    ) -> Result<Nonce> {
        self.take(now, floor, count)
    }
}

/// The last of `count` nonces from `first`, if it is not too far ahead.
///
/// # Errors
///
/// [`Code::ZaifNonceStuck`] when it is.
#[doc(hidden)]
pub fn within_reach(first: Nonce, count: u64, now: Micros) -> Result<Nonce> {
    let last = first.0.saturating_add(count.saturating_sub(1));
    if last > now.saturating_add(MOST_AHEAD) {
        return Err(Error::new(
            Code::ZaifNonceStuck,
            Outcome::NotDone,
            format!(
                "the next nonce would be {}, more than {} s above the service's time {}: another \
                 user of this API key runs ahead of the clock; mend that clock, wait, or issue a \
                 new key",
                Nonce(last),
                MOST_AHEAD / SECOND,
                Nonce(now),
            ),
        ));
    }
    Ok(Nonce(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_with_a_point_and_six_decimals() {
        assert_eq!(Nonce(1).to_string(), "0.000001");
        assert_eq!(Nonce(SECOND * 7).to_string(), "7.000000");
        for bad in [
            "1",
            "1.",
            ".000001",
            "1.0000001",
            "1.00001",
            "1e6",
            "-1.000000",
            "1.00000x",
            "99999999999999999999.000000",
        ] {
            assert!(bad.parse::<Nonce>().is_err(), "{bad}");
        }
    }

    #[test]
    fn never_far_above_the_services_time() {
        let now = 1_000 * SECOND;
        assert!(within_reach(Nonce(now + MOST_AHEAD), 1, now).is_ok());
        let stuck = within_reach(Nonce(now + MOST_AHEAD), 2, now).unwrap_err();
        assert_eq!(stuck.code(), Code::ZaifNonceStuck);
        assert_eq!(stuck.outcome(), Outcome::NotDone);
        assert!(within_reach(Nonce(u64::MAX), 5, now).is_err());
    }
}
