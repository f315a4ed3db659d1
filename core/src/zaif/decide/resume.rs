//! Finding out what became of a create whose outcome was unknown. It looks and
//! waits; it never creates.

use std::collections::BTreeSet;

use super::create::{adopted, one_of};
use super::look::{Found, Look};
use super::{Event, Intent, Limits, Machine, Sent, Step};
use crate::error::{Code, Error, Outcome, Result};
use crate::world::{Chance, Micros, SECOND};
use crate::zaif::{Invoice, Status};

/// What a resumed call turned out to have done.
#[derive(Debug, Clone, PartialEq)]
pub enum Resumed {
    /// It made this invoice, whatever its state is by now.
    Done {
        /// The invoice.
        invoice: Box<Invoice>,
        /// Every other invoice of the order.
        others: Vec<String>,
    },
    /// It made nothing, and never will: the call may be made again.
    NotDone,
}

/// How far ahead of the clock the first look of a resume is that does not know
/// the nonce of the create: every clock that has heard the service is right to
/// within a second.
const AHEAD_OF_ANY_CLOCK: Micros = 2 * SECOND;

/// By how many seconds the service's time may be known wrongly.
const MOST_WRONG: u64 = 5;

/// Finds out what became of a create.
#[derive(Debug)]
pub struct Resume {
    intent: Intent,
    sent: Option<Sent>,
    known_before: BTreeSet<String>,
    limits: Limits,
    settle: Micros,
    phase: Phase,
    look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    FirstLook,
    Settling,
    LastLook,
}

impl Resume {
    /// Looks for the invoice of `intent` that is none of `known_before`. Of its
    /// create is known what was `sent`: the look's nonce is above it, so the
    /// create can no longer begin.
    #[must_use]
    pub fn new(
        intent: Intent,
        sent: Option<Sent>,
        known_before: BTreeSet<String>,
        limits: Limits,
        settle: Micros,
    ) -> Self {
        let ahead = if sent.is_none() {
            AHEAD_OF_ANY_CLOCK
        } else {
            0
        };
        let look = Look::new(&intent.order, BTreeSet::new(), false, limits)
            .fencing(sent.map(|s| s.nonce), ahead);
        Self {
            intent,
            sent,
            known_before,
            limits,
            settle,
            phase: Phase::FirstLook,
            look,
        }
    }

    fn found(&mut self, found: Found, now: Micros) -> Step<Resumed> {
        match self.pick(found.invoices) {
            Err(error) => Step::End(Err(error)),
            Ok(Some(done)) => Step::End(Ok(done)),
            Ok(None) if self.phase == Phase::LastLook => Step::End(Ok(Resumed::NotDone)),
            Ok(None) if self.limits.left(now) <= self.settle => Step::End(Err(Error::new(
                Code::ZaifOutcomeUnknown,
                Outcome::Unknown,
                "still not known: nothing is to be seen, and the time limit leaves too little to \
                 wait for it; resume again with a longer one",
            ))),
            Ok(None) => {
                self.phase = Phase::Settling;
                self.look = Look::new(&self.intent.order, BTreeSet::new(), false, self.limits);
                Step::Wait(self.settle)
            }
        }
    }

    /// Whether a dead invoice can be what the create made. A handle from before
    /// the call knows every invoice that was there then. One from after it knows
    /// those it read, and when it was sent, where the service had told its time:
    /// what is older is not ours. (No clock decides about a live one.)
    fn may_be_ours(&self, invoice: &Invoice) -> bool {
        let Some(sent) = self.sent else {
            return true;
        };
        let created = u64::try_from(invoice.created.0).unwrap_or(0);
        sent.at
            .is_some_and(|at| created >= at.saturating_sub(MOST_WRONG))
    }

    fn pick(&self, invoices: Vec<Invoice>) -> Result<Option<Resumed>> {
        let all: Vec<String> = invoices.iter().map(|i| i.invoice_id.clone()).collect();
        let (mut live, mut dead) = (Vec::new(), Vec::new());
        for invoice in invoices {
            if !self.intent.is(&invoice) || self.known_before.contains(&invoice.invoice_id) {
                continue;
            }
            match invoice.status.as_ref().and_then(Status::is_live) {
                Some(false) if self.may_be_ours(&invoice) => dead.push(invoice),
                Some(false) => {}
                Some(true) | None => live.push(invoice),
            }
        }
        // A live one is what the shop wants to know of, and one may still become
        // visible; without any, the newest of the others is what the call can
        // have made.
        let last = self.phase == Phase::LastLook;
        let invoice = one_of(live)?.or_else(|| dead.pop().filter(|_| last));
        Ok(invoice.map(|invoice| Resumed::Done {
            others: all
                .into_iter()
                .filter(|id| *id != invoice.invoice_id)
                .collect(),
            invoice: Box::new(adopted(invoice)),
        }))
    }
}

impl Machine for Resume {
    type Output = Resumed;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Resumed> {
        let event = if self.phase == Phase::Settling {
            self.phase = Phase::LastLook;
            Event::Begin
        } else {
            event
        };
        self.look
            .step(event, now, chance)
            .or_end(|result| match result {
                Ok(found) => self.found(found, now),
                Err(error) => Step::End(Err(Error::new(
                    Code::ZaifOutcomeUnknown,
                    Outcome::Unknown,
                    "still not known: the order's invoices could not be read",
                )
                .with_cause(error))),
            })
    }
}
