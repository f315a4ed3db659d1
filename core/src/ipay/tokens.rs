//! The bearer token that client credentials bring: fetched once however many
//! calls want it, and again before it ends.

use std::fmt;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::error::{Code, Error, Result};
use crate::interrupt;
use crate::json::{self, Members};
use crate::secret::Secret;
use crate::world::{Micros, SECOND};

/// What is known of a token that says nothing of its end.
const USUAL_LIFE: Micros = 300 * SECOND;

/// A token is fetched anew so long before it ends, or in its last tenth.
const BEFORE_THE_END: Micros = 60 * SECOND;

/// The longest that a token is believed to live.
const MOST_LIFE: Micros = 86_400 * SECOND;

/// While a token still lives, a fetch that failed is tried anew so much later.
const UNTIL_THE_NEXT_TRY: Micros = 10 * SECOND;

/// A fetched token.
#[derive(Debug, Clone)]
pub(super) struct Fetched {
    pub(super) header: Secret,
    /// From when on another is fetched, on the monotonic clock.
    pub(super) renew_at: Micros,
    /// Until when it is good, on the same clock.
    pub(super) ends_at: Micros,
    /// Which one of this process it is.
    pub(super) number: u64,
}

/// What a fetch brought.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) token: Secret,
    pub(super) lives: Micros,
}

impl Fresh {
    /// Reads the answer of the token endpoint (RFC 6749, section 5.1).
    pub(super) fn read(body: &str) -> std::result::Result<Self, &'static str> {
        let members = Members::parse(body).map_err(|_| "it is not an object")?;
        let text = |name: &str| members.get(name).and_then(json::text);
        let token = text("access_token").ok_or("it has no access_token")?;
        let is_bearer = text("token_type").is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
        if !is_bearer {
            return Err("its token is of another type than bearer");
        }
        let lives = members.get("expires_in").and_then(json::integer);
        let lives = lives.and_then(|seconds| u64::try_from(seconds).ok());
        Ok(Self {
            token: token.into(),
            lives: lives.map_or(USUAL_LIFE, |s| s.saturating_mul(SECOND).min(MOST_LIFE)),
        })
    }
}

/// The token of one process.
#[derive(Default)]
pub(super) struct Tokens {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    token: Option<Fetched>,
    fetching: bool,
    fetched: u64,
    /// How many fetches have ended, well or not.
    ended: u64,
    /// Why the last fetch failed, where it did.
    failed: Option<Error>,
}

/// What a caller is to do.
enum Turn {
    Have(Fetched),
    Fetch,
    /// The fetch that it waited for failed.
    Failed(Error),
    TooLate,
}

impl Tokens {
    /// A token that is still good, fetched by this caller or by another one that
    /// was first; whoever waited for a fetch shares its failure, too. `refused` is
    /// one that the service does not accept any more. None where the caller has no
    /// time left to wait for it.
    pub(super) fn get(
        &self,
        refused: Option<u64>,
        now: impl Fn() -> Micros,
        deadline: Micros,
        fetch: impl FnOnce() -> Result<Fresh>,
    ) -> Result<Option<Fetched>> {
        match self.turn(refused, &now, deadline) {
            Turn::Have(token) => return Ok(Some(token)),
            Turn::Failed(error) => return Err(error),
            Turn::TooLate => return Ok(None),
            Turn::Fetch => {}
        }
        // Whatever happens to the fetch, the next one may try.
        let _done = Done(self);
        let fetched = fetch();
        let at = now();
        let mut state = self.lock();
        let fresh = match fetched {
            Ok(fresh) => fresh,
            Err(error) => {
                // Being early is for this: the one that is there is good a while yet.
                if let Some(token) = &mut state.token
                    && refused != Some(token.number)
                    && at < token.ends_at
                {
                    token.renew_at = at.saturating_add(UNTIL_THE_NEXT_TRY).min(token.ends_at);
                    return Ok(Some(token.clone()));
                }
                // Whom somebody stopped is stopped alone.
                if error.code() != Code::Interrupted {
                    state.failed = Some(error.clone());
                }
                return Err(error);
            }
        };
        state.fetched = state.fetched.saturating_add(1);
        let spare = BEFORE_THE_END.min(fresh.lives / 10);
        let token = Fetched {
            header: format!("Bearer {}", fresh.token.expose()).into(),
            renew_at: at.saturating_add(fresh.lives.saturating_sub(spare)),
            ends_at: at.saturating_add(fresh.lives),
            number: state.fetched,
        };
        state.token = Some(token.clone());
        Ok(Some(token))
    }

    fn turn(&self, refused: Option<u64>, now: &impl Fn() -> Micros, deadline: Micros) -> Turn {
        let mut state = self.lock();
        let mut waited_for = None;
        loop {
            // While somebody fetches early, the one that is there will do for the others.
            if let Some(token) = &state.token
                && refused != Some(token.number)
                && now()
                    < if state.fetching {
                        token.ends_at
                    } else {
                        token.renew_at
                    }
            {
                return Turn::Have(token.clone());
            }
            if let Some(error) = &state.failed
                && waited_for.is_some_and(|number| number < state.ended)
            {
                return Turn::Failed(error.clone());
            }
            if !state.fetching {
                state.fetching = true;
                state.failed = None;
                return Turn::Fetch;
            }
            waited_for.get_or_insert(state.ended);
            let left = Duration::from_micros(deadline.saturating_sub(now()));
            if left.is_zero() || interrupt::requested() {
                return Turn::TooLate;
            }
            state = self
                .changed
                .wait_timeout(state, left.min(interrupt::SLICE))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Done<'a>(&'a Tokens);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.fetching = false;
        state.ended = state.ended.saturating_add(1);
        drop(state);
        self.0.changed.notify_all();
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    fn fresh(seconds: u64) -> Fresh {
        Fresh {
            token: "t".into(),
            lives: seconds * SECOND,
        }
    }

    #[test]
    fn one_fetch_however_many_ask() {
        let (tokens, fetches) = (Tokens::default(), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..32 {
                scope.spawn(|| {
                    let fetch = || {
                        fetches.fetch_add(1, Ordering::Relaxed);
                        std::thread::sleep(Duration::from_millis(50));
                        Ok(fresh(3_600))
                    };
                    let got = tokens.get(None, || 0, 60 * SECOND, fetch).unwrap().unwrap();
                    assert_eq!(got.number, 1);
                });
            }
        });
        assert_eq!(fetches.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn renewed_before_the_end_and_when_refused() {
        let tokens = Tokens::default();
        let at = |now, refused| {
            let got = tokens.get(refused, || now, Micros::MAX, || Ok(fresh(1_000)));
            got.unwrap().unwrap().number
        };
        assert_eq!(at(0, None), 1);
        assert_eq!(at(939 * SECOND, None), 1);
        assert_eq!(at(941 * SECOND, None), 2);
        // Only the one that was refused is renewed, and once.
        assert_eq!(at(942 * SECOND, Some(1)), 2);
        assert_eq!(at(942 * SECOND, Some(2)), 3);
    }

    #[test]
    fn a_fetch_that_fails_lets_the_next_one_try() {
        let tokens = Tokens::default();
        let failed = tokens.get(None, || 0, SECOND, || Err(Error::of_a_defect()));
        assert!(failed.is_err());
        assert!(
            tokens
                .get(None, || 0, SECOND, || Ok(fresh(10)))
                .unwrap()
                .is_some()
        );
    }

    #[test]
    fn whoever_waited_for_a_fetch_shares_its_failure() {
        let (tokens, fetches) = (Tokens::default(), AtomicU32::new(0));
        let all_wait = std::sync::Barrier::new(32);
        std::thread::scope(|scope| {
            for _ in 0..32 {
                scope.spawn(|| {
                    let fetch = || {
                        fetches.fetch_add(1, Ordering::Relaxed);
                        std::thread::sleep(Duration::from_millis(200));
                        Err(Error::of_a_defect())
                    };
                    all_wait.wait();
                    assert!(tokens.get(None, || 0, 60 * SECOND, fetch).is_err());
                });
            }
        });
        assert_eq!(fetches.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn a_token_that_still_lives_outlasts_a_failed_renewal() {
        let tokens = Tokens::default();
        let fetches = AtomicU32::new(0);
        let at = |now, refused, works| {
            let got = tokens.get(
                refused,
                || now,
                Micros::MAX,
                || {
                    fetches.fetch_add(1, Ordering::Relaxed);
                    if works {
                        Ok(fresh(1_000))
                    } else {
                        Err(Error::of_a_defect())
                    }
                },
            );
            got.map(|token| token.unwrap().number).ok()
        };
        assert_eq!(at(0, None, true), Some(1));
        assert_eq!(at(945 * SECOND, None, false), Some(1));
        assert_eq!(at(954 * SECOND, None, false), Some(1));
        // Not with every call, or each would wait for it.
        assert_eq!(fetches.load(Ordering::Relaxed), 2);
        // One that the service refuses is of no use, nor one that has ended.
        assert_eq!(at(954 * SECOND, Some(1), false), None);
        assert_eq!(at(1_000 * SECOND, None, false), None);
        assert_eq!(at(1_000 * SECOND, None, true), Some(2));
    }

    #[test]
    fn nobody_waits_for_an_early_renewal_but_who_makes_it() {
        let tokens = Tokens::default();
        tokens.get(None, || 0, SECOND, || Ok(fresh(1_000))).unwrap();
        let early = || 945 * SECOND;
        let fetch = || {
            let other = tokens.get(None, early, Micros::MAX, || panic!("a second fetch"));
            assert_eq!(other.unwrap().unwrap().number, 1);
            // The one that the service refuses is of no use.
            let refused = tokens.get(Some(1), early, early(), || panic!("a second fetch"));
            assert!(refused.unwrap().is_none());
            Ok(fresh(1_000))
        };
        let renewed = tokens.get(None, early, Micros::MAX, fetch);
        assert_eq!(renewed.unwrap().unwrap().number, 2);
    }

    #[test]
    fn the_answer_may_leave_things_out() {
        let lives = |body: &str| Fresh::read(body).map(|fresh| fresh.lives / SECOND);
        assert_eq!(lives(r#"{"access_token":"t"}"#), Ok(300));
        assert_eq!(
            lives(r#"{"access_token":"t","token_type":"bearer","expires_in":60}"#),
            Ok(60)
        );
        assert_eq!(
            lives(r#"{"access_token":"t","expires_in":99999999999}"#),
            Ok(86_400)
        );
        assert!(lives(r#"{"access_token":"t","token_type":"mac"}"#).is_err());
        assert!(lives(r#"{"token_type":"bearer"}"#).is_err());
        assert!(lives("[]").is_err());
    }
}
