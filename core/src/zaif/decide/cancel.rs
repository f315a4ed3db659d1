//! Canceling an invoice: re-read first, refuse once money is seen, and repeat
//! until it is certain.

use super::tries::{Again, Limits, Tries, unexpected};
use super::{Answer, Ask, Event, Machine, Read, Refusal, Reply, Step, Take};
use crate::error::{Code, Error, Outcome};
use crate::world::{Chance, Micros};
use crate::zaif::{Invoice, Status};

/// Cancels one invoice.
#[derive(Debug)]
pub struct Cancel {
    invoice_id: String,
    even_if_money_seen: bool,
    limits: Limits,
    tries: Tries,
    state: State,
    /// The first cancel of this call of which nobody knows what became.
    lost: Option<Error>,
}

#[derive(Debug)]
enum State {
    Reading(Read),
    Canceling,
    /// The cancel was refused: is it canceled nevertheless?
    Checking(Read, Error),
}

impl Cancel {
    /// Cancels `invoice_id` within `limits`; once money is seen only when
    /// `even_if_money_seen`.
    #[must_use]
    pub fn new(invoice_id: String, even_if_money_seen: bool, limits: Limits) -> Self {
        let read = Read::new(Ask::Get(invoice_id.clone()), limits);
        Self {
            invoice_id,
            even_if_money_seen,
            limits,
            tries: Tries::new(limits),
            state: State::Reading(read),
            lost: None,
        }
    }

    fn cancel(&mut self) -> Step<Invoice> {
        self.state = State::Canceling;
        let nonce = Take::Fresh(self.tries.raise());
        Step::Send(
            self.limits
                .send(Ask::Cancel(self.invoice_id.clone()), nonce),
        )
    }

    fn has_been_read(&mut self, invoice: Invoice) -> Step<Invoice> {
        match &invoice.status {
            Some(Status::Canceled) => Step::End(Ok(invoice)),
            Some(status) if status.is_money_seen() == Some(false) => self.cancel(),
            _ if self.even_if_money_seen => self.cancel(),
            status => Step::End(Err(Error::new(
                Code::ZaifMoneySeen,
                Outcome::NotDone,
                format!(
                    "the invoice is {}: money has been seen for it, or may have been, so it is \
                     not canceled (even_if_money_seen asks for it all the same)",
                    status.as_ref().map_or("in no state", Status::as_str)
                ),
            ))),
        }
    }

    fn replied(&mut self, reply: Reply, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        match &reply {
            Reply::Answer(Answer::Invoice(invoice)) => {
                return if invoice.status == Some(Status::Canceled) {
                    Step::End(Ok((**invoice).clone()))
                } else {
                    self.check(not_canceled(), now, chance)
                };
            }
            Reply::Answer(_) => return Step::End(Err(unexpected())),
            Reply::Refused(Refusal::Final, error)
            | Reply::Unlisted(error)
            | Reply::Unusable(error) => {
                let error = error.clone();
                return self.check(error, now, chance);
            }
            // A rejection speaks of one copy of the request; something on the way
            // may have sent two.
            Reply::Unknown(error) | Reply::Refused(_, error) => {
                self.lost.get_or_insert_with(|| error.clone());
            }
            Reply::NotSent(_) => {}
        }
        match self.tries.after(reply, now, chance) {
            Again::After(wait) => Step::Wait(wait),
            Again::Enough(error) => Step::End(Err(self.as_far_as_known(error))),
        }
    }

    fn check(&mut self, error: Error, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        let read = Read::new(Ask::Get(self.invoice_id.clone()), self.limits);
        self.state = State::Checking(read, error);
        self.step(Event::Begin, now, chance)
    }

    /// A refusal after a lost cancel does not say that the lost one failed.
    fn as_far_as_known(&self, error: Error) -> Error {
        match &self.lost {
            None => error,
            Some(lost) => Error::new(
                Code::ZaifOutcomeUnknown,
                Outcome::Unknown,
                format!(
                    "whether the invoice was canceled could not be found out ({}): cancel it \
                     again, which is safe",
                    error.message()
                ),
            )
            .with_cause(lost.clone()),
        }
    }
}

impl Machine for Cancel {
    type Output = Invoice;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        match &mut self.state {
            State::Reading(read) => {
                let step = read.step(event, now, chance);
                step.or_end(|result| match result {
                    Ok((_, Answer::Invoice(invoice))) => self.has_been_read(*invoice),
                    Ok(_) => Step::End(Err(unexpected())),
                    // Only read so far: nothing can have been canceled.
                    Err(error) => Step::End(Err(error.with_outcome(Outcome::NotDone))),
                })
            }
            State::Canceling => match event {
                Event::Reply(_, reply) => self.replied(reply, now, chance),
                Event::Blocked(error) => Step::End(Err(self.as_far_as_known(error))),
                Event::Begin | Event::Waited | Event::Told(_) => self.cancel(),
            },
            State::Checking(read, refused) => {
                let refused = refused.clone();
                let step = read.step(event, now, chance);
                step.or_end(|result| match result {
                    Ok((_, Answer::Invoice(invoice))) => match &invoice.status {
                        Some(Status::Canceled) => Step::End(Ok(*invoice)),
                        _ => Step::End(Err(self.as_far_as_known(refused))),
                    },
                    Ok(_) => Step::End(Err(unexpected())),
                    Err(_) => Step::End(Err(self.as_far_as_known(refused))),
                })
            }
        }
    }
}

fn not_canceled() -> Error {
    Error::new(
        Code::ZaifBadAnswer,
        Outcome::Unknown,
        "the service answered the cancel with an invoice that is not canceled",
    )
}
