//! A write that cannot be looked up: an unknown outcome is reported, never
//! repeated.

use super::create::OnRejection;
use super::tries::{Again, Limits, Tries};
use super::{Answer, Ask, Event, Intent, Machine, Refusal, Reply, Step, Take};
use crate::error::{Code, Error, Outcome};
use crate::world::{Chance, Micros};

/// Writes at most once: a create without an order number, or a generic call.
#[derive(Debug)]
pub struct Once {
    ask: Ask,
    limits: Limits,
    tries: Tries,
    on_rejection: OnRejection,
    intent: Option<Intent>,
}

impl Once {
    /// A write of `ask` within `limits`.
    #[must_use]
    pub const fn new(ask: Ask, limits: Limits, on_rejection: OnRejection) -> Self {
        Self {
            ask,
            limits,
            tries: Tries::new(limits),
            on_rejection,
            intent: None,
        }
    }

    /// The same, for a create: its answer must be the invoice intended.
    #[must_use]
    pub fn expecting(mut self, intent: Intent) -> Self {
        self.intent = Some(intent);
        self
    }
}

impl Machine for Once {
    type Output = Answer;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Answer> {
        match event {
            Event::Begin | Event::Waited | Event::Told(_) => {
                let nonce = Take::Fresh(self.tries.raise());
                Step::Send(self.limits.send(self.ask.clone(), nonce))
            }
            Event::Blocked(error) => Step::End(Err(error)),
            Event::Reply(_, reply) => match reply {
                Reply::Answer(answer) => Step::End(match (answer, &self.intent) {
                    (Answer::Invoice(invoice), Some(intent)) => intent
                        .accept(*invoice)
                        .map(|invoice| Answer::Invoice(Box::new(invoice))),
                    (answer, _) => Ok(answer),
                }),
                Reply::Unknown(error) => Step::End(Err(lost(error))),
                // A proxy that sends twice can execute the first copy and have
                // the second rejected; without an order number nobody can look.
                Reply::Refused(Refusal::StaleNonce, error)
                    if self.on_rejection == OnRejection::Settle =>
                {
                    Step::End(Err(lost(error)))
                }
                reply => match self.tries.after(reply, now, chance) {
                    Again::After(wait) => Step::Wait(wait),
                    Again::Enough(error) => Step::End(Err(error)),
                },
            },
        }
    }
}

fn lost(cause: Error) -> Error {
    Error::new(
        Code::ZaifOutcomeUnknown,
        Outcome::Unknown,
        "the call may or may not have been executed, and without an order number it cannot be \
         looked up: do not repeat it blindly",
    )
    .with_cause(cause)
}
