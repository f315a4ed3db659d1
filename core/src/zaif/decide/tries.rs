//! How often, how soon and until when one request is repeated.

use super::{Refusal, Reply, Send, Take, asked_wait};
use crate::error::{Code, Error, Outcome};
use crate::nonce::MOST_AHEAD;
use crate::retry::backoff;
use crate::world::{Chance, Micros, SECOND};
use crate::zaif::decide::Ask;

/// Rejections that may be mere overtaking; from the next on somebody's clock
/// is ahead, and ours follows.
const PLAIN_REJECTIONS: u32 = 8;

/// The longest that a first try may take, whatever the call's own limit: what
/// takes longer is soon looked for, or tried again with more patience.
const LONGEST_TRY: Micros = 3 * SECOND;

/// A read that may be repeated is tried for half as long at first: most answers
/// take a fraction of that, and a call that must settle has no time to wait for
/// those that will not come. In the end a try may take twice as long.
const MOST_DOUBLINGS: u32 = 2;

/// The bounds of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// When the call ends, on the monotonic clock.
    pub deadline: Micros,
    /// The longest that one try may take.
    pub one_try: Micros,
    /// How often any one request is repeated.
    pub max_retries: u32,
}

impl Limits {
    /// The bounds of a call that begins `now` and may take `timeout`. One try
    /// gets a third of it, so that a try that hangs leaves time to find out
    /// what became of it.
    #[must_use]
    pub fn new(now: Micros, timeout: Micros, max_retries: u32) -> Self {
        Self {
            deadline: now.saturating_add(timeout),
            one_try: (timeout / 3).clamp(1, LONGEST_TRY),
            max_retries,
        }
    }

    /// A request within these bounds.
    pub(super) const fn send(&self, ask: Ask, nonce: Take) -> Send {
        Send {
            ask,
            nonce,
            above: None,
            until: self.deadline,
            one_try: self.one_try,
        }
    }

    pub(super) const fn left(&self, now: Micros) -> Micros {
        self.deadline.saturating_sub(now)
    }
}

/// What to do about a request that did not succeed.
#[derive(Debug)]
pub(super) enum Again {
    /// Wait so long, then send it with a fresh nonce.
    After(Micros),
    /// Do not send it again; this is why.
    Enough(Error),
}

/// Counts the tries of one request that may be repeated safely.
#[derive(Debug)]
pub(super) struct Tries {
    limits: Limits,
    repeats: u32,
    rejections: u32,
    failures: u32,
    timeouts: u32,
}

impl Tries {
    pub(super) const fn new(limits: Limits) -> Self {
        Self {
            limits,
            repeats: 0,
            rejections: 0,
            failures: 0,
            timeouts: 0,
        }
    }

    /// How long the next try may take: twice as long after each that took too
    /// long, so that a slow service is not asked in vain.
    pub(super) fn patience(&self) -> Micros {
        let first = (self.limits.one_try / 2).max(1);
        first.saturating_mul(1 << self.timeouts.min(MOST_DOUBLINGS))
    }

    /// How far above the service's time the next nonce must be: nothing at
    /// first, then 1, 2, 4 s and so on.
    pub(super) fn raise(&self) -> Micros {
        match self.rejections.checked_sub(PLAIN_REJECTIONS) {
            None | Some(0) => 0,
            Some(n) => {
                SECOND.saturating_mul(1_u64.checked_shl(n.saturating_sub(1)).unwrap_or(u64::MAX))
            }
        }
    }

    /// Decides after a reply that is no answer.
    pub(super) fn after(&mut self, reply: Reply, now: Micros, chance: &mut dyn Chance) -> Again {
        let (wait, error) = match reply {
            Reply::Refused(Refusal::StaleNonce, error) => {
                self.rejections = self.rejections.saturating_add(1);
                if self.raise() > MOST_AHEAD {
                    return Again::Enough(stuck(error));
                }
                (backoff(self.rejections, 2_000, SECOND / 5, chance), error)
            }
            Reply::Refused(Refusal::RateLimited, error) => {
                self.failures = self.failures.saturating_add(1);
                let most = SECOND << self.failures.min(3);
                let wait = asked_wait(&error).max(SECOND);
                (wait.saturating_add(chance.below(most)), error)
            }
            Reply::NotSent(error) | Reply::Unknown(error) => {
                self.failures = self.failures.saturating_add(1);
                if error.code() == Code::TransportTimeout {
                    self.timeouts = self.timeouts.saturating_add(1);
                }
                let wait = backoff(self.failures, SECOND / 20, 2 * SECOND, chance);
                let asked = asked_wait(&error);
                (asked.saturating_add(wait), error)
            }
            Reply::Refused(Refusal::Final, error)
            | Reply::Unlisted(error)
            | Reply::Unusable(error) => return Again::Enough(error),
            Reply::Answer(_) => return Again::Enough(unexpected()),
        };
        if self.repeats >= self.limits.max_retries || wait >= self.limits.left(now) {
            return Again::Enough(error);
        }
        self.repeats = self.repeats.saturating_add(1);
        Again::After(wait)
    }
}

fn stuck(cause: Error) -> Error {
    Error::new(
        Code::ZaifNonceStuck,
        Outcome::NotDone,
        format!(
            "nonces up to {} s above the service's time were all rejected: another user of this \
             API key runs ahead of the clock; mend that clock, wait, or issue a new key",
            MOST_AHEAD / SECOND
        ),
    )
    .with_cause(cause)
}

/// An answer of another method than was asked: the reader makes none such.
pub(super) fn unexpected() -> Error {
    Error::new(
        Code::Internal,
        Outcome::Unknown,
        "an answer was read that does not belong to its request",
    )
}
