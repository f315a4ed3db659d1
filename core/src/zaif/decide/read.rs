//! A call that only reads: repeated, each time with a fresh nonce, until the
//! deadline.

use super::tries::{Again, Limits, Tries};
use super::{Answer, Ask, Event, Machine, Reply, Step, Take};
use crate::nonce::Nonce;
use crate::world::{Chance, Micros};

/// Reads once, however often it must be tried.
#[derive(Debug)]
pub struct Read {
    ask: Ask,
    limits: Limits,
    tries: Tries,
    pair: bool,
}

impl Read {
    /// A read of `ask` within `limits`.
    #[must_use]
    pub const fn new(ask: Ask, limits: Limits) -> Self {
        Self {
            ask,
            limits,
            tries: Tries::new(limits),
            pair: false,
        }
    }

    /// The same, reserving the nonce after its own for what follows.
    pub(super) const fn reserving_the_next(mut self) -> Self {
        self.pair = true;
        self
    }

    fn send(&self, now: Micros) -> Step<(Nonce, Answer)> {
        let raise = self.tries.raise();
        let nonce = if self.pair {
            Take::Pair(raise)
        } else {
            Take::Fresh(raise)
        };
        Step::Send(self.limits.send(self.ask.clone(), nonce, now))
    }
}

impl Machine for Read {
    type Output = (Nonce, Answer);

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Self::Output> {
        match event {
            Event::Begin | Event::Waited => self.send(now),
            Event::Blocked(error) => Step::End(Err(error)),
            Event::Reply(nonce, Reply::Answer(answer)) => Step::End(Ok((nonce, answer))),
            Event::Reply(_, reply) => match self.tries.after(reply, now, chance) {
                Again::After(wait) => Step::Wait(wait),
                Again::Enough(error) => Step::End(Err(error)),
            },
        }
    }
}
