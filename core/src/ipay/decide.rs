//! What to do after a reply: repeat, renew, or end. Does no I/O.
//!
//! Every try of a call that changes something goes out with the same idempotency
//! key and the same bytes, so repeating is safe (spec of iPay, section 5). What
//! has to be known in the end is whether any try may have been executed.

use crate::error::{Code, Error, Outcome};
use crate::retry::backoff;
use crate::world::{Chance, Micros, SECOND, micros};

/// The first wait is at most this long, and each one twice as long as the last.
const BASE: Micros = SECOND / 2;

/// No wait that we choose ourselves is longer.
const LONGEST_WAIT: Micros = 8 * SECOND;

/// A first try that runs is asked for more often.
const BASE_WHILE_RUNNING: Micros = SECOND / 10;

/// And no seldomer than this.
const LONGEST_WHILE_RUNNING: Micros = SECOND;

/// What one request brought.
#[derive(Debug)]
pub(super) enum Reply {
    /// The answer, to be read.
    Answer {
        /// Its JSON.
        body: String,
        /// Whether an earlier request got it first.
        replayed: bool,
        /// Its HTTP status.
        status: u16,
    },
    /// The service says no, and did nothing.
    Refused(Error),
    /// The service executed it, and the payment did not come about.
    Declined(Error),
    /// The credentials were not accepted.
    Unauthorized(Error),
    /// An earlier request with this key is still being executed.
    Running(Error),
    /// Too many calls.
    Limited(Error),
    /// No byte of it was sent.
    NotSent(Error),
    /// It may have been executed, and may be repeated.
    Lost(Error),
    /// It may have been executed, and repeating it would bring the same.
    Strange(Error),
}

impl Reply {
    /// Why it is no answer, where it is none.
    pub(super) const fn error(&self) -> Option<&Error> {
        match self {
            Self::Answer { .. } => None,
            Self::Refused(error)
            | Self::Declined(error)
            | Self::Unauthorized(error)
            | Self::Running(error)
            | Self::Limited(error)
            | Self::NotSent(error)
            | Self::Lost(error)
            | Self::Strange(error) => Some(error),
        }
    }

    /// The same with its error changed.
    pub(super) fn map_error(self, change: impl FnOnce(Error) -> Error) -> Self {
        match self {
            Self::Answer { .. } => self,
            Self::Refused(error) => Self::Refused(change(error)),
            Self::Declined(error) => Self::Declined(change(error)),
            Self::Unauthorized(error) => Self::Unauthorized(change(error)),
            Self::Running(error) => Self::Running(change(error)),
            Self::Limited(error) => Self::Limited(change(error)),
            Self::NotSent(error) => Self::NotSent(change(error)),
            Self::Lost(error) => Self::Lost(change(error)),
            Self::Strange(error) => Self::Strange(change(error)),
        }
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Next {
    /// Wait so long, and send it again.
    Again(Micros),
    /// Fetch another token, and send it again.
    Renew,
    /// It is over.
    End(Result<(String, bool), Error>),
}

/// The tries of one call.
#[derive(Debug)]
pub(super) struct Tries {
    deadline: Micros,
    max_retries: u32,
    is_write: bool,
    repeats: u32,
    /// How often it was asked whether an earlier request has ended.
    asks: u32,
    /// Whether any try may have been executed without our learning what came of it.
    lost: bool,
    renewed: bool,
}

impl Tries {
    pub(super) const fn new(deadline: Micros, max_retries: u32, is_write: bool) -> Self {
        Self {
            deadline,
            max_retries,
            is_write,
            repeats: 0,
            asks: 0,
            lost: false,
            renewed: false,
        }
    }

    /// A call whose first try was another call's, and was lost.
    pub(super) const fn resumed(mut self) -> Self {
        self.lost = true;
        self
    }

    /// How long the next try may take: two thirds of what is left, so that one that
    /// hangs leaves time to find out what became of it.
    pub(super) const fn patience(&self, now: Micros) -> Micros {
        self.deadline.saturating_sub(now) / 3 * 2
    }

    /// What is known when the call ends without an answer.
    pub(super) const fn outcome(&self) -> Outcome {
        if self.lost && self.is_write {
            Outcome::Unknown
        } else {
            Outcome::NotDone
        }
    }

    /// A try is on its way: until it is answered nobody knows.
    pub(super) fn after(&mut self, reply: Reply, now: Micros, chance: &mut dyn Chance) -> Next {
        let (wait, error) = match reply {
            Reply::Answer { body, replayed, .. } => return Next::End(Ok((body, replayed))),
            // The stored answer of an earlier try, or that of this one.
            Reply::Declined(error) => {
                return Next::End(Err(error.with_outcome(Outcome::NotDone)));
            }
            Reply::Unauthorized(_) if !self.renewed => {
                self.renewed = true;
                return Next::Renew;
            }
            Reply::Unauthorized(error) | Reply::Refused(error) => return self.end(error),
            Reply::Strange(error) => {
                self.lost = true;
                return self.end(error);
            }
            Reply::Running(error) => {
                // Whoever runs it, it is this call that runs.
                self.lost = true;
                self.asks = self.asks.saturating_add(1);
                let base = BASE_WHILE_RUNNING;
                let wait = backoff(self.asks, base, LONGEST_WHILE_RUNNING, chance);
                let wait = wait.max(base).saturating_add(asked(&error));
                // As long as there is time: it is not another try.
                return if wait < self.deadline.saturating_sub(now) {
                    Next::Again(wait)
                } else {
                    self.end(error)
                };
            }
            Reply::Lost(error) => {
                self.lost = true;
                (self.asked(&error, BASE, chance), error)
            }
            Reply::Limited(error) | Reply::NotSent(error) => {
                (self.asked(&error, BASE, chance), error)
            }
        };
        let left = self.deadline.saturating_sub(now);
        if self.repeats >= self.max_retries || wait >= left {
            return self.end(error);
        }
        self.repeats = self.repeats.saturating_add(1);
        Next::Again(wait)
    }

    /// Never sooner than the service asks, and never all at once.
    fn asked(&self, error: &Error, base: Micros, chance: &mut dyn Chance) -> Micros {
        asked(error).saturating_add(backoff(self.repeats, base, LONGEST_WAIT, chance))
    }

    /// Ends it: an error is only ever what all tries together allow to say.
    pub(super) fn end(&self, error: Error) -> Next {
        Next::End(Err(self.ended(error)))
    }

    /// The same for an error that comes before a try.
    pub(super) fn ended(&self, error: Error) -> Error {
        if !self.is_write {
            return error.of_a_read();
        }
        match self.outcome() {
            Outcome::Unknown if error.code() == Code::Interrupted => {
                error.with_outcome(Outcome::Unknown)
            }
            Outcome::Unknown => unknown(error),
            outcome => error.with_outcome(outcome),
        }
    }
}

/// How long the service asks to be left alone.
fn asked(error: &Error) -> Micros {
    error.retry_after().map_or(0, micros)
}

/// Nobody can say whether the call was executed.
pub(super) fn unknown(cause: Error) -> Error {
    Error::new(
        Code::IpayOutcomeUnknown,
        Outcome::Unknown,
        "whether the call was executed could not be found out in time: resume it, or make it \
         again within 23 hours with the same idempotency key and nothing changed",
    )
    .with_retry_after(cause.retry_after())
    .with_cause(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    struct Least;
    impl Chance for Least {
        fn below(&mut self, _n: u64) -> u64 {
            0
        }
    }

    fn error(code: Code) -> Error {
        Error::new(code, Outcome::Unknown, "x")
    }

    fn tries() -> Tries {
        Tries::new(15 * SECOND, 3, true)
    }

    fn ended(next: Next) -> Error {
        match next {
            Next::End(Err(error)) => error,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_may_have_been_executed_is_never_called_not_done() {
        let lasts: [fn(Error) -> Reply; 4] = [
            Reply::Unauthorized,
            Reply::Refused,
            Reply::Limited,
            Reply::NotSent,
        ];
        for last in lasts {
            let mut tries = tries();
            assert!(matches!(
                tries.after(Reply::Lost(error(Code::TransportTimeout)), 0, &mut Least),
                Next::Again(_)
            ));
            let mut last_of_all = ended(tries.end(error(Code::TransportConnect)));
            assert_eq!(last_of_all.outcome(), Outcome::Unknown);
            let next = tries.after(last(error(Code::IpayPermission)), 14_999_999, &mut Least);
            if let Next::End(Err(error)) = next {
                last_of_all = error;
            }
            assert_eq!(last_of_all.code(), Code::IpayOutcomeUnknown);
        }
    }

    #[test]
    fn a_decline_is_certain_even_after_a_lost_try() {
        let mut tries = tries();
        tries.after(Reply::Lost(error(Code::TransportTimeout)), 0, &mut Least);
        let error = ended(tries.after(
            Reply::Declined(error(Code::IpayCardDeclined)),
            1,
            &mut Least,
        ));
        assert_eq!(error.outcome(), Outcome::NotDone);
        assert!(!error.is_retryable());
    }

    #[test]
    fn retry_after_is_kept_to_or_the_call_ends() {
        let limited = |seconds| {
            let wait = Some(Duration::from_secs(seconds));
            Reply::Limited(error(Code::IpayRateLimited).with_retry_after(wait))
        };
        let Next::Again(wait) = tries().after(limited(3), 0, &mut Least) else {
            panic!("not repeated");
        };
        assert_eq!(wait, 3 * SECOND);
        let error = ended(tries().after(limited(86_400), 0, &mut Least));
        assert_eq!(error.outcome(), Outcome::NotDone);
        assert_eq!(error.retry_after(), Some(Duration::from_secs(86_400)));
        assert!(error.is_retryable());
    }

    #[test]
    fn a_token_is_renewed_once() {
        let mut tries = tries();
        let refused = || Reply::Unauthorized(error(Code::IpayAuthentication));
        assert!(matches!(tries.after(refused(), 0, &mut Least), Next::Renew));
        let error = ended(tries.after(refused(), 0, &mut Least));
        assert_eq!(error.outcome(), Outcome::NotDone);
    }

    #[test]
    fn tries_are_counted() {
        let mut tries = Tries::new(u64::MAX, 2, true);
        let lost = || Reply::Lost(error(Code::TransportBroken));
        for _ in 0..2 {
            assert!(matches!(tries.after(lost(), 0, &mut Least), Next::Again(_)));
        }
        assert_eq!(
            ended(tries.after(lost(), 0, &mut Least)).outcome(),
            Outcome::Unknown
        );
        let read = Tries::new(1, 0, false);
        assert!(ended(read.end(error(Code::TransportBroken))).is_retryable());
    }
}
