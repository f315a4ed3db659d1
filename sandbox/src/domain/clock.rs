//! Virtual time: it runs with the real clock unless frozen, and can be pushed forward.

use serde::{Deserialize, Serialize};

/// The furthest one step may go: a hundred years keeps every sum far from overflow.
pub const MAX_ADVANCE_SECONDS: u64 = 100 * 365 * 86_400;

/// An instant in milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(u64);

impl Moment {
    /// From milliseconds since the Unix epoch.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// From seconds since the Unix epoch.
    #[must_use]
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// Milliseconds since the Unix epoch.
    #[must_use]
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, as the API writes times.
    #[must_use]
    pub const fn secs(self) -> u64 {
        self.0 / 1000
    }

    /// This instant, `seconds` later.
    #[must_use]
    pub const fn plus_secs(self, seconds: u64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Milliseconds from `self` to `later`, zero when that is in the past.
    #[must_use]
    pub const fn millis_until(self, later: Self) -> u64 {
        later.0.saturating_sub(self.0)
    }
}

/// The same instant on both clocks.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// What the machine's clock says; only the visibility of lagging commits follows it.
    pub real: Moment,
    /// What the sandbox says; everything else follows it.
    pub at: Moment,
}

/// The sandbox's clock.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    ahead_millis: u64,
    behind_millis: u64,
    frozen: Option<Moment>,
}

impl Clock {
    /// Virtual time at the real instant `real`.
    #[must_use]
    pub fn at(&self, real: Moment) -> Moment {
        self.frozen.unwrap_or(Moment(
            real.0
                .saturating_add(self.ahead_millis)
                .saturating_sub(self.behind_millis),
        ))
    }

    /// Whether time stands still.
    #[must_use]
    pub fn is_frozen(&self) -> bool {
        self.frozen.is_some()
    }

    /// Pushes time forward, frozen or not.
    pub fn advance(&mut self, seconds: u64) {
        let seconds = seconds.min(MAX_ADVANCE_SECONDS);
        match &mut self.frozen {
            Some(moment) => *moment = moment.plus_secs(seconds),
            None => {
                self.ahead_millis = self
                    .ahead_millis
                    .saturating_add(seconds.saturating_mul(1000));
            }
        }
    }

    /// Stops time at what it is now; a second call changes nothing.
    pub fn freeze(&mut self, real: Moment) {
        self.frozen = Some(self.at(real));
    }

    /// Lets time run on from where it was stopped, without a jump.
    pub fn thaw(&mut self, real: Moment) {
        if let Some(stopped) = self.frozen.take() {
            self.ahead_millis = real.millis_until(stopped);
            self.behind_millis = stopped.millis_until(real);
        }
    }

    /// Real milliseconds until virtual time reaches `due`; `None` while frozen short of it.
    #[must_use]
    pub fn wait_millis(&self, real: Moment, due: Moment) -> Option<u64> {
        let left = self.at(real).millis_until(due);
        (left == 0 || !self.is_frozen()).then_some(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Moment = Moment::from_secs(1_000);

    #[test]
    fn runs_with_the_real_clock() {
        let clock = Clock::default();
        assert_eq!(clock.at(START), START);
        assert_eq!(clock.at(START.plus_secs(5)), START.plus_secs(5));
    }

    #[test]
    fn advances_while_running_and_while_frozen() {
        let mut clock = Clock::default();
        clock.advance(600);
        assert_eq!(clock.at(START), START.plus_secs(600));
        clock.freeze(START);
        clock.advance(60);
        assert_eq!(clock.at(START.plus_secs(9)), START.plus_secs(660));
    }

    #[test]
    fn thaws_without_a_jump_in_either_direction() {
        let mut clock = Clock::default();
        clock.freeze(START);
        clock.thaw(START.plus_secs(50));
        assert_eq!(clock.at(START.plus_secs(50)), START);
        assert_eq!(clock.at(START.plus_secs(51)), START.plus_secs(1));
        clock.freeze(START.plus_secs(51));
        clock.advance(100);
        clock.thaw(START.plus_secs(60));
        assert_eq!(clock.at(START.plus_secs(60)), START.plus_secs(101));
    }

    #[test]
    fn a_frozen_clock_never_reaches_a_later_moment_by_itself() {
        let mut clock = Clock::default();
        assert_eq!(clock.wait_millis(START, START.plus_secs(1)), Some(1000));
        clock.freeze(START);
        assert_eq!(clock.wait_millis(START, START.plus_secs(1)), None);
        assert_eq!(clock.wait_millis(START, START), Some(0));
    }
}
