//! The calls of a client that are under way.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use kessai::call::Call;
use kessai::returned::Returned;

/// The calls whose end JavaScript has not been told yet.
#[derive(Default)]
pub(crate) struct UnderWay(Mutex<HashMap<u32, One>>);

struct One {
    /// None while it is being started.
    call: Option<Call<Returned>>,
    /// When its time is up.
    until: Option<Instant>,
    canceled: bool,
}

impl UnderWay {
    /// Notes a call, which is then started.
    pub(crate) fn start(&self, id: u32, limit: Duration, start: impl FnOnce() -> Call<Returned>) {
        let one = One {
            call: None,
            until: Instant::now().checked_add(limit),
            canceled: false,
        };
        self.all().insert(id, one);
        let call = start();
        if let Some(one) = self.all().get_mut(&id) {
            one.call = Some(call);
        }
    }

    /// Asks a call to end.
    pub(crate) fn cancel(&self, id: u32) {
        let call = self.all().get_mut(&id).and_then(|one| {
            one.canceled = true;
            one.call.clone()
        });
        if let Some(call) = call {
            call.cancel();
        }
    }

    /// Forgets a call; gives whether there is no other.
    pub(crate) fn forget(&self, id: u32) -> bool {
        let mut all = self.all();
        all.remove(&id);
        all.is_empty()
    }

    /// Whether any of them still has time, and was not asked to end.
    pub(crate) fn any_waits(&self) -> bool {
        let now = Instant::now();
        let waits = |one: &One| !one.canceled && one.until.is_some_and(|until| now < until);
        self.all().values().any(waits)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<u32, One>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
