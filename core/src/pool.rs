//! Threads for callers that must not block: at most so many, started on demand,
//! ended when idle.
//!
//! A binding with an event loop makes its calls here. A job that no thread
//! takes in time is told so at its deadline, not when a thread is free at last.

use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, Result};
use crate::fork::ProcessLocal;

/// A thread without work waits so long for some.
const IDLE: Duration = Duration::from_secs(5);

/// Whether a job's turn came in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It did; the job waited so long.
    Came(Duration),
    /// It did not, and never will.
    Missed,
}

/// Something to do on a thread of the pool, once.
pub type Job = Box<dyn FnOnce(Turn) + Send>;

struct Waiting {
    job: Job,
    since: Instant,
    until: Instant,
}

impl Waiting {
    /// The job's own wrapper tells of a panic; the thread goes on.
    fn tell(self, turn: Turn) {
        let _ = catch_unwind(AssertUnwindSafe(|| (self.job)(turn)));
    }
}

/// A bounded pool of threads.
pub struct Pool {
    most: usize,
    shared: ProcessLocal<Arc<Shared>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    work: Condvar,
    watch: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Waiting>,
    threads: usize,
    idle: usize,
    /// Whether somebody looks after jobs whose time runs out.
    watched: bool,
    closed: bool,
}

impl Pool {
    /// The most threads that a client may have.
    pub const MOST_THREADS: usize = 256;

    /// How many it may have unless told otherwise.
    pub const USUAL_THREADS: usize = 32;

    /// A pool for a client that was given its option `threads`, or not.
    ///
    /// # Errors
    ///
    /// [`Code::InputInvalid`](crate::Code::InputInvalid) unless it is 1 to 256.
    pub fn of(threads: Option<i128>) -> Result<Self> {
        let Some(threads) = threads else {
            return Ok(Self::new(Self::USUAL_THREADS));
        };
        usize::try_from(threads)
            .ok()
            .filter(|threads| (1..=Self::MOST_THREADS).contains(threads))
            .map(Self::new)
            .ok_or_else(|| {
                let why = format!("threads must be 1 to {}", Self::MOST_THREADS);
                Error::input("threads", why)
            })
    }

    /// A pool of at most so many threads. None is started yet.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            // A child has none of its parent's threads.
            shared: ProcessLocal::new(|_| Arc::default()),
        }
    }

    /// Has a job done, or told within `patience` that it will not be.
    pub fn submit(&self, job: Job, patience: Duration) {
        let shared = Arc::clone(&self.shared.get().1);
        let now = Instant::now();
        let mut state = shared.lock();
        state.jobs.push_back(Waiting {
            job,
            since: now,
            until: now.checked_add(patience).unwrap_or(now),
        });
        if state.idle >= state.jobs.len() {
            drop(state);
            shared.work.notify_one();
            return;
        }
        if state.threads < self.most {
            state.threads = state.threads.saturating_add(1);
            drop(state);
            if spawn("kessai call", &shared, Shared::work) {
                return;
            }
            state = shared.lock();
            state.threads = state.threads.saturating_sub(1);
            if state.threads == 0 {
                let missed = std::mem::take(&mut state.jobs);
                drop(state);
                missed.into_iter().for_each(|w| w.tell(Turn::Missed));
                return;
            }
        }
        let must_watch = !std::mem::replace(&mut state.watched, true);
        drop(state);
        if must_watch && !spawn("kessai watch", &shared, Shared::watch) {
            shared.lock().watched = false;
        }
        shared.work.notify_one();
        shared.watch.notify_one();
    }
}

fn spawn(name: &str, shared: &Arc<Shared>, body: fn(&Shared)) -> bool {
    let shared = Arc::clone(shared);
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || body(&shared))
        .is_ok()
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No job runs while it is held: what it guards is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Some(waiting) = self.next() {
            let now = Instant::now();
            let turn = if now >= waiting.until {
                Turn::Missed
            } else {
                Turn::Came(now.duration_since(waiting.since))
            };
            waiting.tell(turn);
        }
    }

    fn next(&self) -> Option<Waiting> {
        let mut state = self.lock();
        let since = Instant::now();
        loop {
            if let Some(waiting) = state.jobs.pop_front() {
                if state.jobs.is_empty() && state.watched {
                    // Nobody waits any more: who watched may go.
                    self.watch.notify_one();
                }
                return Some(waiting);
            }
            let left = IDLE.checked_sub(since.elapsed());
            let Some(left) = left.filter(|_| !state.closed) else {
                state.threads = state.threads.saturating_sub(1);
                return None;
            };
            state.idle = state.idle.saturating_add(1);
            (state, _) = self
                .work
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner);
            state.idle = state.idle.saturating_sub(1);
        }
    }

    /// Tells jobs whose time runs out, until none waits.
    fn watch(&self) {
        let mut state = self.lock();
        loop {
            let now = Instant::now();
            let (late, rest): (VecDeque<_>, VecDeque<_>) =
                state.jobs.drain(..).partition(|w| w.until <= now);
            state.jobs = rest;
            if !late.is_empty() {
                drop(state);
                late.into_iter().for_each(|w| w.tell(Turn::Missed));
                state = self.lock();
                continue;
            }
            let Some(next) = state.jobs.iter().map(|w| w.until).min() else {
                state.watched = false;
                return;
            };
            (state, _) = self
                .watch
                .wait_timeout(state, next.duration_since(now))
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let shared = Arc::clone(&self.shared.get().1);
        shared.lock().closed = true;
        shared.work.notify_all();
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("most", &self.most)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn no_more_threads_than_allowed_and_every_job_done() {
        let pool = Pool::new(3);
        let (done, all) = channel();
        for number in 0..50 {
            let done = done.clone();
            let job = move |turn| {
                assert!(matches!(turn, Turn::Came(_)));
                let _ = done.send((number, std::thread::current().id()));
            };
            pool.submit(Box::new(job), LONG);
        }
        drop(done);
        let all: Vec<_> = all.iter().take(50).collect();
        let threads: std::collections::HashSet<_> = all.iter().map(|(_, id)| *id).collect();
        let jobs: std::collections::HashSet<_> = all.iter().map(|(number, _)| *number).collect();
        assert!(threads.len() <= 3);
        assert_eq!(jobs.len(), 50);
    }

    #[test]
    fn who_waits_too_long_is_told_while_others_still_work() {
        let pool = Pool::new(1);
        let (release, released) = channel::<()>();
        let (told, tells) = channel();
        pool.submit(
            Box::new(move |_| {
                let _ = released.recv();
            }),
            LONG,
        );
        let late = told.clone();
        pool.submit(
            Box::new(move |turn| {
                let _ = late.send(turn);
            }),
            Duration::from_millis(20),
        );
        assert_eq!(tells.recv_timeout(LONG).unwrap(), Turn::Missed);
        release.send(()).unwrap();
        pool.submit(
            Box::new(move |turn| {
                let _ = told.send(turn);
            }),
            LONG,
        );
        assert!(matches!(tells.recv_timeout(LONG).unwrap(), Turn::Came(_)));
    }

    #[test]
    fn a_job_that_panics_takes_nothing_with_it() {
        let pool = Pool::new(1);
        let (done, all) = channel();
        pool.submit(Box::new(|_| panic!("on purpose")), LONG);
        pool.submit(
            Box::new(move |_| {
                let _ = done.send(());
            }),
            LONG,
        );
        assert!(all.recv_timeout(LONG).is_ok());
    }
}
