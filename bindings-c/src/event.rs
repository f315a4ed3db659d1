//! What the shop's hook for logs and metrics is told.

use std::ffi::{CString, c_char, c_void};
use std::ptr;

use kessai::exchange::{self, Names};

use crate::error::{Effect, OK, effect, number};
use crate::guard;
use crate::shown::{lent, readable};

/// A hook for logs and metrics: see `kessai_zaif_options_set_on_event` and
/// `kessai_ipay_options_set_on_event`.
pub type OnEvent = Option<extern "C" fn(event: *const Event, user_data: *mut c_void)>;

/// A hook and what it was set with.
#[derive(Debug, Clone)]
pub(crate) struct Listener {
    hook: extern "C" fn(event: *const Event, user_data: *mut c_void),
    user_data: *mut c_void,
}

// SAFETY: what `user_data` points to is only handed on, to a hook that by the
// header's rules may be called on several threads at once.
unsafe impl Send for Listener {}
// SAFETY: as above.
unsafe impl Sync for Listener {}

impl Listener {
    pub(crate) fn new(hook: OnEvent, user_data: *mut c_void) -> Option<Self> {
        hook.map(|hook| Self { hook, user_data })
    }

    pub(crate) fn tell(&self, event: &kessai::Event<'_>) {
        let event = Event::from(event);
        (self.hook)(ptr::from_ref(&event), self.user_data);
    }
}

/// One thing that happened, lent to a hook until it returns.
#[derive(Debug)]
pub struct Event {
    name: CString,
    method: CString,
    attempt: u32,
    outcome: Effect,
    code: i32,
    http_status: u16,
    request_id: Option<CString>,
    duration_ms: i64,
    resume: Option<CString>,
    local_time: i64,
    server_time: i64,
    json: CString,
}

impl From<&kessai::Event<'_>> for Event {
    fn from(event: &kessai::Event<'_>) -> Self {
        let seconds = |time: Option<u64>| time.and_then(|time| i64::try_from(time).ok());
        Self {
            name: readable(event.name.as_str()),
            method: readable(event.method),
            attempt: event.attempt,
            outcome: effect(event.outcome),
            code: event.code.map_or(OK, number),
            http_status: event.http_status.unwrap_or(0),
            request_id: event.request_id.map(readable),
            duration_ms: i64::try_from(event.duration.as_millis()).unwrap_or(i64::MAX),
            resume: event.resume.map(readable),
            local_time: seconds(event.local_time).unwrap_or(0),
            server_time: seconds(event.server_time).unwrap_or(0),
            json: readable(&exchange::object(event.fields(), Names::Snake)),
        }
    }
}

/// What it tells of: `"request"`, `"call"` or `"clock_skew"`; there may be more
/// in time.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_name(event: Option<&Event>) -> *const c_char {
    guard::get(ptr::null(), || lent(event.map(|e| e.name.as_c_str())))
}

/// The service's method for a request, such as `"createInvoice"`, or
/// `"POST /payments"`; kessai's for a call, such as `"create_invoice"`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_method(event: Option<&Event>) -> *const c_char {
    guard::get(ptr::null(), || lent(event.map(|e| e.method.as_c_str())))
}

/// Which request of its call this was, from 1; for a call, how many it made.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_attempt(event: Option<&Event>) -> u32 {
    guard::get(0, || event.map_or(0, |e| e.attempt))
}

/// What is known of the effect.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_outcome(event: Option<&Event>) -> Effect {
    guard::get(Effect::KESSAI_OUTCOME_UNKNOWN, || {
        event.map_or(Effect::KESSAI_OUTCOME_UNKNOWN, |e| e.outcome)
    })
}

/// Why it did not end well: a number of `kessai_code`, `KESSAI_OK` if it did.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_code(event: Option<&Event>) -> i32 {
    guard::get(OK, || event.map_or(OK, |e| e.code))
}

/// The HTTP status; 0 where there was no answer.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_http_status(event: Option<&Event>) -> u16 {
    guard::get(0, || event.map_or(0, |e| e.http_status))
}

/// The identifier that the service or a proxy gave the request, or NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_request_id(event: Option<&Event>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(event.and_then(|e| e.request_id.as_deref()))
    })
}

/// How long it took, in whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_duration_ms(event: Option<&Event>) -> i64 {
    guard::get(0, || event.map_or(0, |e| e.duration_ms))
}

/// For a call whose outcome is unknown: the handle that resumes it. Else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_resume(event: Option<&Event>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(event.and_then(|e| e.resume.as_deref()))
    })
}

/// For a clock skew: this machine's Unix time in seconds. Else 0.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_local_time(event: Option<&Event>) -> i64 {
    guard::get(0, || event.map_or(0, |e| e.local_time))
}

/// For a clock skew: the service's Unix time in seconds. Else 0.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_server_time(event: Option<&Event>) -> i64 {
    guard::get(0, || event.map_or(0, |e| e.server_time))
}

/// All of it as one JSON object, for logs; NULL for NULL. Its `duration` is in
/// milliseconds, and may have decimals.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_event_json(event: Option<&Event>) -> *const c_char {
    guard::get(ptr::null(), || lent(event.map(|e| e.json.as_c_str())))
}
