//! The end of the interpreter, which threads of ours may outlive.
//!
//! An interpreter that is on its way out ends any thread that asks for it, by
//! force and through frames of Rust that cannot be ended so: the process aborts.
//! So whoever wants in passes here, and nobody does once the end has begun.
//! Without a lock: a fork could leave one held for ever.

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::SeqCst};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyCFunction;

/// The end waits so long for those who are inside.
const PATIENCE: Duration = Duration::from_secs(1);

/// How many are inside, below the process that counted them: a child of a fork
/// has none of its parent's threads.
static INSIDE: AtomicU64 = AtomicU64::new(0);

/// The process whose interpreter is on its way out.
static ENDED: AtomicU32 = AtomicU32::new(0);

thread_local! {
    /// Whether this thread ends the interpreter; it alone may still use it.
    static ENDS_IT: Cell<bool> = const { Cell::new(false) };
}

/// Permission to use the interpreter, for as long as this is kept.
pub(crate) struct Pass;

/// Asks for permission; `None` when the interpreter is on its way out.
fn pass() -> Option<Pass> {
    count(1);
    // Counted first: whoever closes sees this one, or this one sees it closed.
    let pass = Pass;
    (ENDED.load(SeqCst) != std::process::id() || ENDS_IT.get()).then_some(pass)
}

impl Pass {
    /// Permission for a thread that cannot go on without the interpreter: where
    /// there is none any more, it stays here until the process is gone.
    pub(crate) fn or_stay() -> Self {
        loop {
            match pass() {
                Some(pass) => return pass,
                None => std::thread::park(),
            }
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        count(-1);
    }
}

fn count(change: i64) {
    let process = u64::from(std::process::id()) << 32;
    let _ = INSIDE.fetch_update(SeqCst, SeqCst, |counted| {
        let inherited = counted >> 32 != process >> 32;
        let inside = if inherited { process } else { counted };
        if inside == process && change < 0 {
            return Some(inside);
        }
        inside.checked_add_signed(change)
    });
}

/// Uses the interpreter from a thread that it may not know, unless it is on its
/// way out.
pub(crate) fn attached<T>(work: impl FnOnce(Python<'_>) -> T) -> Option<T> {
    let _pass = pass()?;
    Python::try_attach(work)
}

/// Has the gate closed when the interpreter begins to end.
pub(crate) fn watch(py: Python<'_>) -> PyResult<()> {
    let close = PyCFunction::new_closure(py, None, None, |arguments, _| {
        arguments.py().detach(close);
    })?;
    py.import("atexit")?.call_method1("register", (close,))?;
    Ok(())
}

fn close() {
    ENDS_IT.set(true);
    ENDED.store(std::process::id(), SeqCst);
    let began = Instant::now();
    let nobody = || INSIDE.load(SeqCst) & u64::from(u32::MAX) == 0;
    while !nobody() && began.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(1));
    }
}
