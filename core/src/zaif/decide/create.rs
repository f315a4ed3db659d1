//! Making an invoice for an order, at most once: fence, look, settle, look,
//! create on the next nonce (spec of Zaif Payment, section 6).

use std::collections::BTreeSet;

use super::look::{Found, Look};
use super::tries::{Again, Limits, Tries, unexpected};
use super::{Answer, Ask, Event, Intent, Machine, Refusal, Reply, Step, Take, asked_wait};
use crate::error::{Code, Error, Outcome, Result};
use crate::nonce::Nonce;
use crate::world::{Chance, Micros};
use crate::zaif::Invoice;

/// How far a rejected create is believed.
///
/// `nonce not incremented` says that *this copy* of the request was not
/// executed. kessai sends one copy only, but a proxy may send more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnRejection {
    /// Look once before creating again. Leaves doubled invoices only where
    /// something between us and the service sends requests twice *and* the
    /// service shows the first late.
    #[default]
    Look,
    /// Treat it like a lost answer: settle before creating again.
    Settle,
}

/// Makes an invoice for an order.
#[derive(Debug)]
pub struct Create {
    intent: Intent,
    limits: Limits,
    settle: Micros,
    on_rejection: OnRejection,
    state: State,
    /// The first create's nonce: the one after a look's, where there was one.
    first: Take,
    /// Whether another live invoice of the order is a reason not to make one.
    only_one: bool,
    /// Whether such a one was seen.
    has_another: bool,
    doubt: Option<Doubt>,
    unsent: Tries,
    limited: Tries,
    made: u32,
    /// Whether this call has settled a create already.
    has_settled: bool,
    /// Invoices seen by this call that are not what it wants and never will be.
    dead: BTreeSet<String>,
}

#[derive(Debug)]
enum State {
    Creating,
    /// Waiting before a look; whether the settling is over by then.
    Resting {
        settled: bool,
    },
    Looking {
        look: Box<Look>,
        settled: bool,
    },
}

/// Why it is not known, or not believed, what became of the last create.
#[derive(Debug)]
struct Doubt {
    cause: Error,
    /// Whether it is known by now that nothing was made.
    cleared: bool,
    /// How the call ends when it turns out that nothing was made and it must
    /// not be tried again.
    then: Then,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    CreateAgain,
    /// The same request would only be refused again.
    Refused,
    /// It was executed, yet it cannot be found.
    Executed,
}

impl Create {
    /// Makes an invoice as `intent` says, within `limits`; after an unknown
    /// outcome the service is given `settle` to show what it did.
    #[must_use]
    pub const fn new(
        intent: Intent,
        limits: Limits,
        settle: Micros,
        on_rejection: OnRejection,
    ) -> Self {
        Self {
            intent,
            limits,
            settle,
            on_rejection,
            state: State::Creating,
            first: Take::Fresh(0),
            only_one: false,
            has_another: false,
            doubt: None,
            unsent: Tries::new(limits),
            limited: Tries::new(limits),
            made: 0,
            has_settled: false,
            dead: BTreeSet::new(),
        }
    }

    /// The same after a look that found nothing but what is `known`, on the nonce
    /// after its own: if anyone spoke on the key in between, the create is
    /// rejected. Where a look of this call finds another live invoice of the
    /// order it ends as `zaif.order_busy`, certainly not done.
    #[must_use]
    pub(super) fn beginning_on(mut self, nonce: Nonce, known: BTreeSet<String>) -> Self {
        self.first = Take::Exactly(nonce);
        self.only_one = true;
        self.dead = known;
        self
    }

    /// The invoices that were there before and are not the one intended: what
    /// a resume need not consider.
    #[must_use]
    pub const fn known_before(&self) -> &BTreeSet<String> {
        &self.dead
    }

    fn create(&mut self, nonce: Take) -> Step<Invoice> {
        self.state = State::Creating;
        Step::Send(self.limits.send(Ask::Create, nonce))
    }

    fn created(&mut self, reply: Reply, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        self.made = self.made.saturating_add(1);
        let (cause, must_settle, then) = match reply {
            Reply::Answer(Answer::Invoice(invoice)) => {
                return Step::End(self.intent.accept(*invoice));
            }
            Reply::Answer(_) => return Step::End(Err(unexpected())),
            Reply::Refused(Refusal::Final, error) => return Step::End(Err(error)),
            Reply::NotSent(ref cause) => {
                self.made = self.made.saturating_sub(1);
                let cause = cause.clone();
                return match self.unsent.after(reply, now, chance) {
                    Again::After(wait) if self.first != Take::Fresh(0) => {
                        // The nonce after the look's may be somebody else's by
                        // now: look again.
                        self.doubt = Some(Doubt {
                            cause,
                            cleared: true,
                            then: Then::CreateAgain,
                        });
                        self.state = State::Resting { settled: true };
                        Step::Wait(wait)
                    }
                    Again::After(wait) => Step::Wait(wait),
                    Again::Enough(error) => Step::End(Err(error)),
                };
            }
            Reply::Refused(Refusal::RateLimited, _) => {
                return self.limited(reply, now, chance);
            }
            Reply::Refused(Refusal::StaleNonce, error) => (
                error,
                self.on_rejection == OnRejection::Settle,
                Then::CreateAgain,
            ),
            Reply::Unknown(error) => (error, true, Then::CreateAgain),
            Reply::Unlisted(error) => (error, true, Then::Refused),
            Reply::Unusable(error) => (error, true, Then::Executed),
        };
        let rest = asked_wait(&cause);
        self.doubt = Some(Doubt {
            cause,
            cleared: false,
            then,
        });
        if rest >= self.limits.left(now) {
            return Step::End(Err(self.give_up(None)));
        }
        if rest > 0 {
            self.state = State::Resting {
                settled: !must_settle,
            };
            return Step::Wait(rest);
        }
        self.look(!must_settle, now, chance)
    }

    /// Too many calls: nothing was executed, so the service's patience comes
    /// first. Then the same look as after a stale nonce, for the same reason.
    fn limited(&mut self, reply: Reply, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        let cause = match &reply {
            Reply::Refused(_, error) => error.clone(),
            _ => unexpected(),
        };
        match self.limited.after(reply, now, chance) {
            Again::After(wait) => {
                self.doubt = Some(Doubt {
                    cause,
                    cleared: false,
                    then: Then::CreateAgain,
                });
                self.state = State::Resting {
                    settled: self.on_rejection == OnRejection::Look,
                };
                Step::Wait(wait)
            }
            Again::Enough(error) => Step::End(Err(error)),
        }
    }

    fn look(&mut self, settled: bool, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        let before_create = settled
            && self.may_create_again(now)
            && self
                .doubt
                .as_ref()
                .is_none_or(|d| d.then == Then::CreateAgain);
        let look = Look::new(
            &self.intent.order,
            self.dead.clone(),
            before_create,
            self.limits,
        );
        self.state = State::Looking {
            look: Box::new(look),
            settled,
        };
        self.looking(Event::Begin, now, chance)
    }

    fn looking(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        let State::Looking { look, settled } = &mut self.state else {
            return Step::End(Err(unexpected()));
        };
        let settled = *settled;
        look.step(event, now, chance).or_end(|result| match result {
            Ok(found) => self.found(found, settled, now, chance),
            Err(error) => Step::End(Err(self.give_up(Some(error)))),
        })
    }

    fn found(
        &mut self,
        found: Found,
        settled: bool,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        let mut ours = Vec::new();
        for invoice in found.invoices {
            let live = invoice
                .status
                .as_ref()
                .and_then(super::super::Status::is_live);
            match (self.intent.is(&invoice), live) {
                (true, Some(true)) => ours.push(invoice),
                (true, None) => {
                    let why = Error::new(
                        Code::ZaifStrangeInvoices,
                        Outcome::Unknown,
                        "an invoice of this order is in a state that nobody listed",
                    );
                    return Step::End(Err(self.give_up(Some(why))));
                }
                (false, _) | (true, Some(false)) => {
                    self.has_another |= live != Some(false);
                    self.dead.insert(invoice.invoice_id);
                }
            }
        }
        match one_of(ours) {
            Ok(Some(invoice)) => Step::End(Ok(adopted(invoice))),
            Ok(None) => self.nothing_there(found.nonce, settled, now, chance),
            Err(error) => Step::End(Err(error)),
        }
    }

    fn nothing_there(
        &mut self,
        looked: Option<Nonce>,
        settled: bool,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        if !settled {
            if self.limits.left(now) <= self.settle {
                return Step::End(Err(self.give_up(None)));
            }
            self.state = State::Resting { settled: true };
            self.has_settled = true;
            return Step::Wait(self.settle);
        }
        let again = self.may_create_again(now);
        let Some(doubt) = &mut self.doubt else {
            return Step::End(Err(unexpected()));
        };
        // Nothing was made and, the fence having passed, nothing will be.
        doubt.cleared = doubt.then != Then::Executed;
        let busy = self.only_one && self.has_another;
        match (doubt.then, looked) {
            (Then::CreateAgain, _) if busy => Step::End(Err(Error::new(
                Code::ZaifOrderBusy,
                Outcome::NotDone,
                "another invoice of the order was made meanwhile",
            ))),
            (Then::CreateAgain, Some(nonce)) if again => self.create(Take::Exactly(nonce.next())),
            // What was read is dead for good: the next find may come last.
            (Then::CreateAgain, None) if again => self.look(true, now, chance),
            (Then::CreateAgain | Then::Refused, _) => {
                Step::End(Err(doubt.cause.clone().with_outcome(Outcome::NotDone)))
            }
            (Then::Executed, _) => Step::End(Err(doubt.cause.clone())),
        }
    }

    /// Whether another create is worth its risk. A call that had to settle one
    /// sends no second that it could not settle: "certainly not made" is a
    /// better end than "unknown".
    fn may_create_again(&self, now: Micros) -> bool {
        // Half as much again for looks that must be tried more than once.
        let needed = self
            .settle
            .saturating_add(self.settle / 2)
            .saturating_add(self.limits.one_try);
        self.made <= self.limits.max_retries
            && (!self.has_settled || self.limits.left(now) >= needed)
    }

    /// How the call ends when there is no time, or no way, to find out more.
    fn give_up(&self, because: Option<Error>) -> Error {
        match &self.doubt {
            None => because.unwrap_or_else(unexpected),
            Some(doubt) if doubt.cleared => because
                .unwrap_or_else(|| doubt.cause.clone())
                .with_outcome(Outcome::NotDone),
            Some(doubt) => {
                let message = match because {
                    None => "whether the invoice was made is not known yet, and the time limit \
                             leaves too little to wait for it: resume the call, do not repeat it"
                        .to_owned(),
                    Some(error) => format!(
                        "whether the invoice was made could not be found out ({}): resume the \
                         call, do not repeat it",
                        error.message()
                    ),
                };
                Error::new(Code::ZaifOutcomeUnknown, Outcome::Unknown, message)
                    .with_cause(doubt.cause.clone())
            }
        }
    }
}

impl Machine for Create {
    type Output = Invoice;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        match (&self.state, event) {
            (State::Creating, Event::Begin) => self.create(self.first),
            (State::Creating, Event::Reply(_, reply)) => self.created(reply, now, chance),
            // Nothing was sent: once an exact nonce was given up, only a new
            // look says which one is next.
            (State::Creating, Event::Waited) if self.made == 0 => self.create(Take::Fresh(0)),
            (State::Creating, Event::Waited | Event::Told(_)) => self.look(true, now, chance),
            (State::Creating, Event::Blocked(error)) => Step::End(Err(error)),
            (State::Resting { settled }, _) => {
                let settled = *settled;
                self.look(settled, now, chance)
            }
            (State::Looking { .. }, event) => self.looking(event, now, chance),
        }
    }
}

/// The only one, none, or the error that names them all.
pub(super) fn one_of(mut invoices: Vec<Invoice>) -> Result<Option<Invoice>> {
    if invoices.len() > 1 {
        let ids = invoices.into_iter().map(|i| i.invoice_id).collect();
        return Err(Error::new(
            Code::ZaifDuplicateInvoice,
            Outcome::Done,
            "the order has several live invoices: a customer could pay each; cancel all but one",
        )
        .with_invoice_ids(ids));
    }
    Ok(invoices.pop())
}

pub(super) fn adopted(mut invoice: Invoice) -> Invoice {
    invoice.adopted = true;
    invoice
}
