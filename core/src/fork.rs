//! State that belongs to one process and must not survive a fork.
//!
//! A forked child inherits its parent's sockets, locks and permits. Using the
//! sockets crosses answers between processes (seen in the wild with pooled
//! connections under a preloading web server); waiting for a lock that some
//! thread of the parent held at the moment of the fork waits for ever.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;

/// A value that is made anew in each process.
///
/// The check is one atomic load and one process id. What a child inherited is
/// leaked, never dropped or shut down: it is still the parent's.
pub(crate) struct ProcessLocal<T> {
    current: ArcSwap<(u32, T)>,
    renew: Renew<T>,
}

type Renew<T> = Box<dyn Fn(Option<&T>) -> T + Send + Sync>;

impl<T> ProcessLocal<T> {
    /// `renew` makes a value; in a child it is shown the inherited one, of
    /// which it may read what needs no lock.
    pub(crate) fn new(renew: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        Self {
            current: ArcSwap::from_pointee((std::process::id(), renew(None))),
            renew: Box::new(renew),
        }
    }

    /// This process's value.
    pub(crate) fn get(&self) -> Arc<(u32, T)> {
        let process = std::process::id();
        let current = self.current.load_full();
        if current.0 == process {
            return current;
        }
        let fresh = Arc::new((process, (self.renew)(Some(&current.1))));
        let before = self.current.compare_and_swap(&current, fresh);
        if before.0 == process {
            // Another thread of this child was first.
            return Arc::clone(&before);
        }
        std::mem::forget(current);
        self.current.load_full()
    }
}

impl<T> fmt::Debug for ProcessLocal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProcessLocal").finish_non_exhaustive()
    }
}
