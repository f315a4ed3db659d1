//! A call on a thread of a pool, for languages with an event loop: started,
//! perhaps canceled, and over in any case.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::error::{Error, Outcome, Result};
use crate::interrupt::interruptible;
use crate::pool::{Pool, Turn};

/// Less than this is not taken from a call's time limit: what waited for no
/// thread keeps its connections' settings.
const WORTH_COUNTING: Duration = Duration::from_millis(5);

/// What a call is made of.
pub(crate) struct Work<T> {
    /// Makes it, after it has waited so long for a thread.
    pub(crate) run: Box<dyn FnOnce(Duration) -> Result<T> + Send>,
    /// Is told where it was never made, and says what that comes to.
    pub(crate) never: Box<dyn FnOnce(Error) -> Error + Send>,
}

/// Wakes whoever waits.
type Ended<T> = Box<dyn FnOnce(&Call<T>) + Send>;

/// A call that was started.
pub struct Call<T>(Arc<Shared<T>>);

struct Shared<T> {
    canceled: AtomicBool,
    state: Mutex<State<T>>,
}

enum State<T> {
    /// No thread has taken it yet.
    Waiting(Work<T>, Ended<T>),
    Running,
    Over(Result<T>),
    /// Its result was taken.
    Taken,
}

impl<T: Send + 'static> Call<T> {
    /// Has it made by a thread of the pool, which must take it within
    /// `patience`. `ended` is called once, on any thread.
    pub(crate) fn start(
        pool: &Pool,
        patience: Duration,
        work: Work<T>,
        ended: impl FnOnce(&Self) + Send + 'static,
    ) -> Self {
        let call = Self(Arc::new(Shared {
            canceled: AtomicBool::new(false),
            state: Mutex::new(State::Waiting(work, Box::new(ended))),
        }));
        let job = call.clone();
        pool.submit(Box::new(move |turn| job.work(turn)), patience);
        call
    }

    /// Asks the call to end. Whether and how it did, [`Self::take`] tells.
    pub fn cancel(&self) {
        self.0.canceled.store(true, Ordering::Relaxed);
        if let Some((work, ended)) = self.begin() {
            let error = (work.never)(Error::of_an_interruption(Outcome::NotDone));
            self.end(Err(error), ended);
        }
    }

    /// The result, once the call is over; once only.
    ///
    /// # Errors
    ///
    /// The call's.
    pub fn take(&self) -> Result<T> {
        let mut slot = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        // One that is not over goes on.
        if !matches!(*slot, State::Over(_)) {
            return Err(Error::of_a_defect());
        }
        match std::mem::replace(&mut *slot, State::Taken) {
            State::Over(result) => result,
            _ => Err(Error::of_a_defect()),
        }
    }

    /// Takes the work, if nobody has.
    fn begin(&self) -> Option<(Work<T>, Ended<T>)> {
        let mut slot = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*slot, State::Waiting(..)) {
            return None;
        }
        match std::mem::replace(&mut *slot, State::Running) {
            State::Waiting(work, ended) => Some((work, ended)),
            _ => None,
        }
    }

    fn end(&self, result: Result<T>, ended: Ended<T>) {
        {
            let mut slot = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
            *slot = State::Over(result);
        }
        ended(self);
    }

    fn work(&self, turn: Turn) {
        let Some((work, ended)) = self.begin() else {
            return;
        };
        let result = match turn {
            Turn::Missed => Err((work.never)(Error::of_the_pool())),
            Turn::Came(waited) => {
                let counted = if waited < WORTH_COUNTING {
                    Duration::ZERO
                } else {
                    waited
                };
                let flag = Arc::clone(&self.0);
                let stop = move || flag.canceled.load(Ordering::Relaxed);
                let run = AssertUnwindSafe(|| interruptible(stop, || (work.run)(counted)));
                catch_unwind(run).unwrap_or_else(|_| Err(Error::of_a_defect()))
            }
        };
        self.end(result, ended);
    }
}

impl<T> Clone for Call<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    fn started(
        pool: &Pool,
        run: impl FnOnce(Duration) -> Result<u8> + Send + 'static,
    ) -> Result<u8> {
        let (over, ended) = channel();
        let work = Work {
            run: Box::new(run),
            never: Box::new(|error| error),
        };
        let call = Call::start(pool, Duration::from_secs(60), work, move |_| {
            let _ = over.send(());
        });
        ended.recv_timeout(Duration::from_secs(60)).unwrap();
        call.take()
    }

    #[test]
    fn a_panic_is_an_unknown_outcome_and_nobody_waits_in_vain() {
        let pool = Pool::new(1);
        let error = started(&pool, |_| panic!("on purpose")).unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert_eq!(started(&pool, |_| Ok(7)).unwrap(), 7);
    }

    #[test]
    fn what_no_thread_took_is_not_done_when_it_is_canceled() {
        let pool = Pool::new(1);
        let (release, released) = channel::<()>();
        let busy = Work {
            run: Box::new(move |_| released.recv().map_err(|_| Error::of_a_defect())),
            never: Box::new(|error| error),
        };
        let _busy = Call::start(&pool, Duration::from_secs(60), busy, |_| {});
        let (told, never) = channel();
        let work = Work {
            run: Box::new(|_| Ok(())),
            never: Box::new(move |error| {
                told.send(error.outcome()).unwrap();
                error
            }),
        };
        let (over, ended) = channel();
        let call = Call::start(&pool, Duration::from_secs(60), work, move |call| {
            over.send(call.take().unwrap_err().outcome()).unwrap();
        });
        call.cancel();
        assert_eq!(never.recv().unwrap(), Outcome::NotDone);
        assert_eq!(ended.recv().unwrap(), Outcome::NotDone);
        release.send(()).unwrap();
    }
}
