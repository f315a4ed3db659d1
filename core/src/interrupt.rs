//! Ending a call early, because somebody pressed Ctrl-C.
//!
//! A binding says how to find out; every place that waits asks a few times a
//! second. A call stays on its thread from beginning to end, so the question
//! is the thread's.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::error::{Code, Error, Outcome};

/// How long anything waits between two questions.
pub(crate) const SLICE: Duration = Duration::from_millis(100);

type Question = Rc<dyn Fn() -> bool>;

thread_local! {
    static QUESTION: RefCell<Option<Question>> = const { RefCell::new(None) };
    static ANSWERED_YES: Cell<bool> = const { Cell::new(false) };
}

/// Makes `call`, which ends early once `asked_to_stop` says so. It then fails
/// with [`Code::Interrupted`]; its outcome says what is known of its effect.
pub fn interruptible<T>(asked_to_stop: impl Fn() -> bool + 'static, call: impl FnOnce() -> T) -> T {
    // Put back whatever happens to the call.
    struct Restore(Option<Question>);
    impl Drop for Restore {
        fn drop(&mut self) {
            QUESTION.set(self.0.take());
            ANSWERED_YES.set(false);
        }
    }
    let question: Question = Rc::new(asked_to_stop);
    let _restore = Restore(QUESTION.replace(Some(question)));
    ANSWERED_YES.set(false);
    call()
}

/// Whether anybody could interrupt the call on this thread.
pub(crate) fn is_possible() -> bool {
    QUESTION.with_borrow(Option::is_some)
}

/// Whether the call on this thread is to end. Once yes, always yes.
pub(crate) fn requested() -> bool {
    if ANSWERED_YES.get() {
        return true;
    }
    let question = QUESTION.with_borrow(Clone::clone);
    let yes = question.is_some_and(|asked_to_stop| asked_to_stop());
    ANSWERED_YES.set(yes);
    yes
}

/// Waits so long, or until the call is to end.
pub(crate) fn sleep(span: Duration) {
    if !is_possible() {
        std::thread::sleep(span);
        return;
    }
    let began = Instant::now();
    while !requested() {
        match span.checked_sub(began.elapsed()) {
            Some(left) if !left.is_zero() => std::thread::sleep(left.min(SLICE)),
            _ => return,
        }
    }
}

/// What an interrupted call ends with.
pub(crate) fn error(outcome: Outcome) -> Error {
    Error::new(Code::Interrupted, outcome, "the call was interrupted")
}
