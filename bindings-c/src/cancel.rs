//! Ending a call early.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::boundary::owned;
use crate::guard;

/// What a call looks at while it waits.
pub(crate) type Flag = Arc<AtomicBool>;

/// Ends calls early: see `kessai_zaif_call_options_set_cancel`. Threads may
/// share it.
#[derive(Debug, Default)]
pub struct Cancel(Flag);

impl Cancel {
    pub(crate) fn flag(&self) -> Flag {
        Arc::clone(&self.0)
    }
}

/// New, and not requested. Free it with `kessai_cancel_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_cancel_new() -> *mut Cancel {
    guard::get(std::ptr::null_mut(), || owned(Cancel::default()))
}

/// Ask every call that has it among its options to end. Each does within about
/// a tenth of a second, with `KESSAI_ERROR_TRANSPORT_INTERRUPTED` and an outcome
/// that says what is known of its effect.
///
/// Once asked, always asked: later calls with it end at once. Any thread may
/// ask, and so may a signal handler: it is one atomic store.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_cancel_request(cancel: Option<&Cancel>) {
    guard::get((), || {
        if let Some(cancel) = cancel {
            cancel.0.store(true, Ordering::Relaxed);
        }
    });
}

/// Whether it was requested.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_cancel_requested(cancel: Option<&Cancel>) -> bool {
    guard::get(false, || {
        cancel.is_some_and(|cancel| cancel.0.load(Ordering::Relaxed))
    })
}

/// Free it, also while calls use it. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_cancel_free(cancel: Option<Box<Cancel>>) {
    guard::get((), || drop(cancel));
}
