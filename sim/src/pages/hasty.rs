//! Bad ways to serve a page, around the core's own.

use kessai::world::{Chance, Micros};
use kessai::zaif::Invoice;
use kessai::zaif::decide::{Answer, Ask, Ensure, Event, Machine, Reply, Step, Take};

use crate::policy::Policy;

/// The core's way, cut short.
#[derive(Debug)]
pub struct Hasty {
    inner: Ensure,
    policy: Policy,
    creating: bool,
}

impl Hasty {
    /// The bad way of `policy`.
    #[must_use]
    pub const fn new(inner: Ensure, policy: Policy) -> Self {
        Self {
            inner,
            policy,
            creating: false,
        }
    }
}

impl Machine for Hasty {
    type Output = Invoice;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        if self.policy == Policy::HastyPages
            && self.creating
            && let Event::Reply(_, Reply::Answer(Answer::Invoice(invoice))) = event
        {
            return Step::End(Ok(*invoice));
        }
        let mut step = self.inner.step(event, now, chance);
        self.creating = false;
        if let Step::Send(send) = &mut step
            && send.ask == Ask::Create
        {
            self.creating = true;
            if self.policy == Policy::PagesOnFreshNonces {
                send.nonce = Take::Fresh(0);
            }
        }
        step
    }
}
