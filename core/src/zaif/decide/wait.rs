//! Waiting for an invoice to get somewhere, with polite polling.

use super::tries::{Limits, unexpected};
use super::{Answer, Ask, Event, Machine, Read, Step};
use crate::error::{Code, Error, Outcome, Result};
use crate::world::{Chance, Micros, SECOND};
use crate::zaif::{Invoice, Status};

/// The pause after the first look, and the longest.
const FIRST_PAUSE: Micros = 2 * SECOND;
const LONGEST_PAUSE: Micros = 15 * SECOND;

/// The longest that one look may take, repeats included.
const LONGEST_LOOK: Micros = 15 * SECOND;

/// What to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Until {
    /// Money is seen on the network: not settlement.
    MoneySeen,
    /// The shop's money is there for good.
    Settled,
    /// The state will never change again.
    Final,
}

impl Until {
    /// Everything there is to wait for.
    pub const ALL: [Self; 3] = [Self::MoneySeen, Self::Settled, Self::Final];

    /// The word used in every language.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MoneySeen => "money_seen",
            Self::Settled => "settled",
            Self::Final => "final",
        }
    }

    /// Whether there is nothing more to wait for: it came, or never will.
    fn is_over(self, status: &Status) -> bool {
        let came = match self {
            Self::MoneySeen => status.is_money_seen(),
            Self::Settled => status.is_settled(),
            Self::Final => status.is_final(),
        };
        came == Some(true) || (self != Self::Final && status.is_live() == Some(false))
    }
}

impl std::str::FromStr for Until {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|until| until.as_str() == text)
            .ok_or_else(|| {
                let words = Self::ALL.map(Self::as_str).join(", ");
                Error::input("until", format!("until must be one of: {words}"))
            })
    }
}

/// Reads an invoice again and again.
#[derive(Debug)]
pub struct WaitFor {
    invoice_id: String,
    until: Until,
    limits: Limits,
    read: Option<Read>,
    pause: Micros,
    last: Option<Status>,
}

impl WaitFor {
    /// Waits within `limits` for `invoice_id` to get where `until` says, or
    /// where that can no longer be.
    #[must_use]
    pub const fn new(invoice_id: String, until: Until, limits: Limits) -> Self {
        Self {
            invoice_id,
            until,
            limits,
            read: None,
            pause: FIRST_PAUSE,
            last: None,
        }
    }

    fn read(&mut self, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        let span = self.limits.left(now).min(LONGEST_LOOK);
        let limits = Limits::new(now, span, self.limits.max_retries);
        self.read = Some(Read::new(Ask::Get(self.invoice_id.clone()), limits));
        self.step(Event::Begin, now, chance)
    }

    fn has_read(
        &mut self,
        result: Result<(crate::nonce::Nonce, Answer)>,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        self.read = None;
        let failed = match result {
            Ok((_, Answer::Invoice(invoice))) => {
                match &invoice.status {
                    Some(status) if self.until.is_over(status) => return Step::End(Ok(*invoice)),
                    status => self.last.clone_from(status),
                }
                None
            }
            Ok(_) => return Step::End(Err(unexpected())),
            // A bad line, or a service that is away for a while.
            Err(error) if error.code().is_transient() => Some(error),
            Err(error) => return Step::End(Err(error)),
        };
        // Full jitter above half: a thousand scripts must not poll in step.
        let half = self.pause / 2;
        let pause = half.saturating_add(chance.below(half.saturating_add(1)));
        self.pause = (self.pause + self.pause / 2).min(LONGEST_PAUSE);
        if pause >= self.limits.left(now) {
            let state = self.last.as_ref().map_or("not known", Status::as_str);
            let over = Error::new(
                Code::ZaifStillWaiting,
                Outcome::NotDone,
                format!("the time limit passed; the invoice's last state is {state}"),
            );
            return Step::End(Err(match failed {
                Some(error) => over.with_cause(error),
                None => over,
            }));
        }
        Step::Wait(pause)
    }
}

impl Machine for WaitFor {
    type Output = Invoice;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        match &mut self.read {
            None => self.read(now, chance),
            Some(read) => {
                let step = read.step(event, now, chance);
                step.or_end(|result| self.has_read(result, now, chance))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_ends_where_what_is_waited_for_can_no_longer_come() {
        let over = |until: Until, status: Status| until.is_over(&status);
        assert!(!over(Until::Settled, Status::New));
        assert!(!over(Until::Settled, Status::Confirmed));
        assert!(over(Until::Settled, Status::Complete));
        assert!(over(Until::Settled, Status::Expired));
        assert!(over(Until::Settled, Status::Canceled));
        assert!(over(Until::MoneySeen, Status::Paid));
        assert!(over(Until::MoneySeen, Status::Expired));
        // An expired invoice can still become invalid.
        assert!(!over(Until::Final, Status::Expired));
        assert!(over(Until::Final, Status::Invalid));
        // Of a state that nobody listed nothing is known: keep asking.
        for until in Until::ALL {
            assert!(!over(until, Status::Other("frozen".into())));
            assert_eq!(until.as_str().parse::<Until>().unwrap(), until);
        }
        assert_eq!("soon".parse::<Until>().unwrap_err().param(), Some("until"));
    }
}
