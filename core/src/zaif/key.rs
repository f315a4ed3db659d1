//! What all clients of one process share for one API key: nonces, the
//! service's time and the turns.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::turns::Turns;
use crate::fork::ProcessLocal;
use crate::nonce::{ClockNonces, NonceStore, ServerTime};
use crate::world::Clock;

/// The state of one key at one endpoint.
pub(super) struct KeyState {
    pub(super) nonces: Box<dyn NonceStore>,
    pub(super) time: ServerTime,
    /// A forked child inherits turns that nobody in it will ever end.
    pub(super) turns: ProcessLocal<Turns>,
}

type Known = Mutex<HashMap<(String, String), Arc<KeyState>>>;

static KEYS: LazyLock<ProcessLocal<Known>> = LazyLock::new(|| {
    ProcessLocal::new(|inherited: Option<&Known>| {
        // A child goes on from its parent's nonces, unless some thread of the
        // parent held the lock at that moment.
        let known = inherited.and_then(|k| k.try_lock().ok().map(|k| k.clone()));
        Mutex::new(known.unwrap_or_default())
    })
});

impl KeyState {
    /// The one state for this key in this process.
    pub(super) fn of(endpoint: String, fingerprint: String, clock: &dyn Clock) -> Arc<Self> {
        let keys = KEYS.get();
        let mut keys = keys.1.lock().unwrap_or_else(PoisonError::into_inner);
        let state = keys.entry((endpoint, fingerprint)).or_insert_with(|| {
            Arc::new(Self {
                nonces: Box::<ClockNonces>::default(),
                time: ServerTime::new(clock),
                turns: ProcessLocal::new(|_| Turns::default()),
            })
        });
        Arc::clone(state)
    }
}

impl fmt::Debug for KeyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyState")
            .field("nonces", &self.nonces)
            .finish_non_exhaustive()
    }
}
