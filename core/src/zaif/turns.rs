//! Whose turn it is to call with one API key.
//!
//! Requests in flight overtake one another, and an overtaken nonce is
//! rejected. So within a process only a few calls are on their way at once,
//! and a look followed by a create on the next nonce is alone on the key.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::interrupt;

#[derive(Debug, Default)]
pub(super) struct Turns {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    under_way: usize,
    alone: bool,
    /// Calls that want to be alone: newcomers let them pass, or a busy key
    /// would never be theirs.
    waiting_alone: usize,
}

/// A call's turn; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    alone: bool,
}

impl Turns {
    /// One of `window` turns, within the time given.
    pub(super) fn shared(&self, window: usize, within: Duration) -> Option<Turn<'_>> {
        let free = |s: &State| !s.alone && s.waiting_alone == 0 && s.under_way < window;
        let mut state = self.wait(self.lock(), within, free)?;
        state.under_way = state.under_way.saturating_add(1);
        Some(Turn {
            turns: self,
            alone: false,
        })
    }

    /// The only turn there is, within the time given.
    pub(super) fn alone(&self, within: Duration) -> Option<Turn<'_>> {
        let mut state = self.lock();
        state.waiting_alone = state.waiting_alone.saturating_add(1);
        let got = self.wait(state, within, |s| !s.alone && s.under_way == 0);
        let (mut state, turn) = match got {
            Some(mut state) => {
                state.alone = true;
                (
                    state,
                    Some(Turn {
                        turns: self,
                        alone: true,
                    }),
                )
            }
            None => (self.lock(), None),
        };
        state.waiting_alone = state.waiting_alone.saturating_sub(1);
        drop(state);
        if turn.is_none() {
            self.changed.notify_all();
        }
        turn
    }

    fn wait<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        within: Duration,
        free: impl Fn(&State) -> bool,
    ) -> Option<MutexGuard<'a, State>> {
        let began = Instant::now();
        while !free(&state) {
            let left = within.checked_sub(began.elapsed())?;
            if interrupt::requested() {
                return None;
            }
            (state, _) = self
                .changed
                .wait_timeout(state, left.min(interrupt::SLICE))
                .unwrap_or_else(PoisonError::into_inner);
        }
        Some(state)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The counters are right even where a holder panicked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.turns.lock();
        if self.alone {
            state.alone = false;
        } else {
            state.under_way = state.under_way.saturating_sub(1);
        }
        drop(state);
        self.turns.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_millis(20);
    const LATER: Duration = Duration::from_secs(20);

    #[test]
    fn no_more_than_the_window_at_once() {
        let turns = Turns::default();
        let first = turns.shared(2, SOON).unwrap();
        let _second = turns.shared(2, SOON).unwrap();
        assert!(turns.shared(2, SOON).is_none());
        drop(first);
        assert!(turns.shared(2, SOON).is_some());
    }

    #[test]
    fn alone_means_alone() {
        let turns = Turns::default();
        let shared = turns.shared(4, SOON).unwrap();
        assert!(turns.alone(SOON).is_none());
        // One that gave up does not keep the others out.
        drop(turns.shared(4, SOON).unwrap());
        drop(shared);
        let alone = turns.alone(SOON).unwrap();
        assert!(turns.shared(4, SOON).is_none());
        assert!(turns.alone(SOON).is_none());
        drop(alone);
        assert!(turns.shared(4, SOON).is_some());
    }

    #[test]
    fn whoever_wants_to_be_alone_gets_there_on_a_busy_key() {
        let turns = Turns::default();
        let stop = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                        let _turn = turns.shared(4, LATER).unwrap();
                    }
                });
            }
            for _ in 0..50 {
                assert!(turns.alone(LATER).is_some());
            }
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}
