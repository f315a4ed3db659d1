//! What the clock alone will bring about.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;

/// Something that is due at a moment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// The money of this payment arrives.
    Arrival(String),
    /// The money of this refund is back.
    Return(String),
    /// This payment is disputed.
    Dispute(String),
    /// A period of this subscription is over.
    Bill(String),
}

/// All of it, by time.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Agenda(BTreeSet<(Moment, Due)>);

impl Agenda {
    /// Writes down that `due` is to happen at `at`.
    pub fn add(&mut self, at: Moment, due: Due) {
        self.0.insert((at, due));
    }

    /// Takes the first thing that is due by `at`.
    pub fn take(&mut self, at: Moment) -> Option<(Moment, Due)> {
        let due = self.0.first().is_some_and(|(moment, _)| *moment <= at);
        due.then(|| self.0.pop_first()).flatten()
    }

    /// When the next thing is due.
    #[must_use]
    pub fn next(&self) -> Option<Moment> {
        self.0.first().map(|(moment, _)| *moment)
    }
}
