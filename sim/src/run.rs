//! Many schedules, on several threads, with one report.

use std::fmt;
use std::ops::Range;

use crate::judge::Violation;
use crate::policy::{Policy, Shop};
use crate::schedule::{Outcome, play};
use crate::settings::World;
use crate::tally::Tally;

/// Violations of one rule beyond these are counted, not told.
const MOST_TOLD: usize = 8;

/// What many schedules came to.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Counts.
    pub tally: Tally,
    /// The first violations, by schedule.
    pub violations: Vec<Violation>,
    /// The digest of every event of every schedule, in whatever order they
    /// were played.
    pub digest: u64,
}

impl Report {
    fn add(&mut self, index: u64, outcome: Outcome) {
        self.tally.merge(&outcome.tally);
        self.tell(outcome.violations);
        let mixed = (outcome.digest ^ index).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.digest = self.digest.wrapping_add(mixed ^ (mixed >> 32));
    }

    fn merge(&mut self, other: Self) {
        self.tally.merge(&other.tally);
        self.tell(other.violations);
        self.digest = self.digest.wrapping_add(other.digest);
    }

    fn tell(&mut self, violations: Vec<Violation>) {
        for violation in violations {
            let told = self.violations.iter();
            if told.filter(|v| v.rule == violation.rule).count() < MOST_TOLD {
                self.violations.push(violation);
            }
        }
    }

    /// How many violations there were.
    #[must_use]
    pub fn violations(&self) -> u64 {
        self.tally.all("violations")
    }

    /// Creates with an order number that ended as unknown, and all of them.
    #[must_use]
    pub fn unknown(&self) -> (u64, u64) {
        let group = "calls, create";
        (self.tally.of(group, "unknown"), self.tally.all(group))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.tally)?;
        let (unknown, creates) = self.unknown();
        let millionths = unknown
            .saturating_mul(1_000_000)
            .checked_div(creates)
            .unwrap_or(0);
        writeln!(
            f,
            "unknown creates: {unknown} of {creates}, {}.{:04} %",
            millionths / 10_000,
            millionths % 10_000
        )?;
        writeln!(f, "digest: {:016x}", self.digest)?;
        for violation in &self.violations {
            writeln!(f, "{violation}")?;
        }
        write!(f, "violations: {}", self.violations())
    }
}

/// Plays the schedules of `range` under `seed`, on as many threads as there
/// are processors.
#[must_use]
pub fn run(world: &World, policy: Policy, shop: Shop, seed: u64, range: &Range<u64>) -> Report {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let step = u64::try_from(threads).unwrap_or(1);
    let parts: Vec<Report> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..step)
            .map(|first| {
                let mut at = range.start.saturating_add(first);
                scope.spawn(move || {
                    let mut report = Report::default();
                    while at < range.end {
                        report.add(at, play(world, policy, shop, seed, at, false));
                        at = at.saturating_add(step);
                    }
                    report
                })
            })
            .collect();
        handles
            .into_iter()
            .map(|handle| match handle.join() {
                Ok(report) => report,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    let mut report = Report::default();
    for part in parts {
        report.merge(part);
    }
    report.violations.sort_by_key(|v| (v.rule, v.index));
    report
}
