//! Whose turn it is to call with the key, in virtual time: the rules of the
//! core's own turns, without its locks.

use std::collections::VecDeque;

use crate::shop::CallId;

/// How many requests of a process are on their way at once: the client's
/// default, which the fixed world leaves alone.
const WINDOW: usize = 4;

/// A kind of turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Beside others.
    Shared,
    /// The only one.
    Alone,
}

/// The turns of one process.
#[derive(Debug, Default)]
pub struct Turns {
    under_way: usize,
    alone: bool,
    waiting: VecDeque<(CallId, Turn)>,
}

impl Turns {
    /// Takes a turn at once, if it is free.
    pub fn take(&mut self, turn: Turn) -> bool {
        let waiting_alone = self.waiting.iter().any(|(_, t)| *t == Turn::Alone);
        match turn {
            Turn::Shared if self.alone || waiting_alone || self.under_way >= WINDOW => false,
            Turn::Shared => {
                self.under_way = self.under_way.saturating_add(1);
                true
            }
            Turn::Alone if self.alone || self.under_way > 0 => false,
            Turn::Alone => {
                self.alone = true;
                true
            }
        }
    }

    /// Waits for a turn that was not free.
    pub fn wait(&mut self, call: CallId, turn: Turn) {
        self.waiting.push_back((call, turn));
    }

    /// Waits no longer.
    pub fn give_up(&mut self, call: CallId) {
        self.waiting.retain(|(c, _)| *c != call);
    }

    /// Ends a turn.
    pub fn end(&mut self, turn: Turn) {
        match turn {
            Turn::Alone => self.alone = false,
            Turn::Shared => self.under_way = self.under_way.saturating_sub(1),
        }
    }

    /// Gives a free turn to one that waits: first to who wants to be alone.
    pub fn grant(&mut self) -> Option<(CallId, Turn)> {
        let alone = self.waiting.iter().position(|(_, t)| *t == Turn::Alone);
        let at = alone.unwrap_or(0);
        let (call, turn) = self.waiting.get(at).copied()?;
        self.waiting.remove(at);
        if self.take(turn) {
            return Some((call, turn));
        }
        self.waiting.insert(at, (call, turn));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_window_and_the_lonely_first() {
        let mut turns = Turns::default();
        assert!((0..WINDOW).all(|_| turns.take(Turn::Shared)));
        assert!(!turns.take(Turn::Shared));
        turns.wait(1, Turn::Shared);
        turns.wait(2, Turn::Alone);
        turns.end(Turn::Shared);
        assert_eq!(turns.grant(), None, "who wants to be alone waits for all");
        (1..WINDOW).for_each(|_| turns.end(Turn::Shared));
        assert_eq!(turns.grant(), Some((2, Turn::Alone)));
        assert_eq!(turns.grant(), None);
        turns.end(Turn::Alone);
        assert_eq!(turns.grant(), Some((1, Turn::Shared)));
        turns.wait(3, Turn::Alone);
        turns.give_up(3);
        assert!(turns.take(Turn::Shared));
    }
}
