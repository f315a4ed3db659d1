//! A call that only reads: repeated, each time with a fresh nonce, until the
//! deadline.

use super::tries::{Again, Limits, Tries};
use super::{Answer, Ask, Event, Machine, Reply, Send, Step, Take};
use crate::nonce::Nonce;
use crate::world::{Chance, Micros};

/// Reads once, however often it must be tried.
#[derive(Debug)]
pub struct Read {
    ask: Ask,
    limits: Limits,
    tries: Tries,
    pair: bool,
    above: Option<Nonce>,
    ahead: Micros,
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
            above: None,
            ahead: 0,
        }
    }

    /// The same, reserving the nonce after its own for what follows.
    pub(super) const fn reserving_the_next(mut self) -> Self {
        self.pair = true;
        self
    }

    /// The same, with a nonce above that of another process's request: the
    /// request can then no longer begin. Where its nonce is not known, ours is
    /// some way `ahead` of the clock.
    pub(super) const fn fencing(mut self, above: Option<Nonce>, ahead: Micros) -> Self {
        self.above = above;
        self.ahead = ahead;
        self
    }

    fn send(&self) -> Step<(Nonce, Answer)> {
        let raise = self.tries.raise().max(self.ahead);
        let nonce = if self.pair {
            Take::Pair(raise)
        } else {
            Take::Fresh(raise)
        };
        let send = self.limits.send(self.ask.clone(), nonce);
        Step::Send(Send {
            above: self.above,
            one_try: self.tries.patience(),
            ..send
        })
    }
}

impl Machine for Read {
    type Output = (Nonce, Answer);

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Self::Output> {
        match event {
            Event::Begin | Event::Waited | Event::Told(_) => self.send(),
            Event::Blocked(error) => Step::End(Err(error)),
            Event::Reply(nonce, Reply::Answer(answer)) => Step::End(Ok((nonce, answer))),
            Event::Reply(_, reply) => match self.tries.after(reply, now, chance) {
                Again::After(wait) => Step::Wait(wait),
                Again::Enough(error) => Step::End(Err(error)),
            },
        }
    }
}
