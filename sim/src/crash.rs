//! Processes that are killed, and their successors.

use kessai::world::{Chance as _, Micros, SECOND};

use crate::call::End;
use crate::dice::Dice;
use crate::schedule::{Happening, Schedule, as_u64};
use crate::settings::Share;
use crate::shop::CallId;

/// At which step of all workers, and how soon after it, a process is killed.
#[derive(Debug)]
pub(crate) struct Doom {
    steps: u64,
    delay: Micros,
}

impl Doom {
    /// Whether a schedule has one, and where.
    pub(crate) fn draw(share: Share, dice: &mut Dice) -> Option<Self> {
        dice.hits(share).then(|| Self {
            steps: dice.between(1, 100),
            delay: if dice.once_in(2) {
                dice.below(SECOND / 5)
            } else {
                dice.below(30 * SECOND)
            },
        })
    }
}

impl Schedule<'_> {
    /// Counts a worker's step: it may be its process's last.
    pub(crate) fn step_towards_doom(&mut self, process: usize) {
        let Some(doom) = &mut self.doom else {
            return;
        };
        doom.steps = doom.steps.saturating_sub(1);
        if doom.steps == 0 {
            let at = self.now.saturating_add(doom.delay);
            self.queue.put(at, Happening::Kill(process));
            self.doom = None;
        }
    }

    pub(crate) fn kill(&mut self, id: usize) {
        let Some(process) = self.processes.get_mut(id) else {
            return;
        };
        process.alive = false;
        self.tally.count("events", "kills");
        self.trace
            .note(self.now, "kills", &[("process", as_u64(id))]);
        self.free_orders_of(id);
        let at = if self.dice.once_in(2) {
            self.in_a_while(1, SECOND)
        } else {
            self.in_a_while(SECOND, 60 * SECOND)
        };
        self.queue.put(at, Happening::Restart(id));
    }

    pub(crate) fn restart(&mut self, id: usize) {
        let Some(before) = self.processes.get(id).map(|p| p.host) else {
            return;
        };
        // Where it ran, or wherever there is room.
        let host = if self.dice.once_in(2) {
            before
        } else {
            let hosts = as_u64(self.hosts.len());
            usize::try_from(self.dice.below(hosts)).unwrap_or(before)
        };
        let successor = self.start(host);
        self.trace.note(
            self.now,
            "restarts",
            &[("process", as_u64(id)), ("as", as_u64(successor))],
        );
        for worker in &mut self.workers {
            if worker.process == id {
                worker.process = successor;
            }
        }
        let killed: Vec<CallId> = (0..self.calls.len())
            .filter(|call| {
                self.calls
                    .get(*call)
                    .is_some_and(|c| c.process == id && c.end == End::Not)
            })
            .collect();
        for call in killed {
            if let Some(call) = self.calls.get_mut(call) {
                call.end = End::Killed;
            }
            self.recover(call);
        }
    }
}
