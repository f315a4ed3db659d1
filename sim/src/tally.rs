//! Counts of what happened.

use std::collections::BTreeMap;
use std::fmt;

/// Counts by group and name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<(&'static str, &'static str), u64>);

impl Tally {
    /// One more.
    pub fn count(&mut self, group: &'static str, name: &'static str) {
        self.add(group, name, 1);
    }

    fn add(&mut self, group: &'static str, name: &'static str, more: u64) {
        let count = self.0.entry((group, name)).or_default();
        *count = count.saturating_add(more);
    }

    /// How many.
    #[must_use]
    pub fn of(&self, group: &'static str, name: &'static str) -> u64 {
        self.0.get(&(group, name)).copied().unwrap_or(0)
    }

    /// How many of a whole group.
    #[must_use]
    pub fn all(&self, group: &'static str) -> u64 {
        self.0
            .iter()
            .filter(|((g, _), _)| *g == group)
            .map(|(_, count)| *count)
            .fold(0, u64::saturating_add)
    }

    /// Adds another's counts.
    pub fn merge(&mut self, other: &Self) {
        for ((group, name), count) in &other.0 {
            self.add(group, name, *count);
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = "";
        for ((group, name), count) in &self.0 {
            if *group != last {
                writeln!(f, "{group}: {}", self.all(group))?;
                last = group;
            }
            writeln!(f, "    {name}: {count}")?;
        }
        Ok(())
    }
}
