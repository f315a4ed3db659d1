//! What all clients of one process share for one API key: nonces, the
//! service's time and the turns.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::orders::Orders;
use super::turns::Turns;
use crate::error::{Error, Result};
use crate::fork::ProcessLocal;
use crate::nonce::{ClockNonces, FileNonces, NonceStore, ServerTime};
use crate::world::Clock;

/// Where nonces are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum NoncesIn {
    /// In this process.
    Clock,
    /// In a file that several processes share.
    File(PathBuf),
}

impl NoncesIn {
    /// The folder of the orders' locks, where several processes share them.
    fn orders(&self) -> Option<PathBuf> {
        match self {
            Self::Clock => None,
            Self::File(path) => {
                let mut name = path.clone().into_os_string();
                name.push(".orders");
                Some(name.into())
            }
        }
    }
}

impl FromStr for NoncesIn {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.strip_prefix("file:") {
            Some(path) if path.starts_with('/') => Ok(Self::File(path.into())),
            None if text == "clock" => Ok(Self::Clock),
            _ => Err(Error::input(
                "nonces",
                "nonces must be `clock`, or `file:` and the absolute path of a file",
            )),
        }
    }
}

/// The state of one key at one endpoint.
pub(super) struct KeyState {
    pub(super) nonces: Box<dyn NonceStore>,
    pub(super) time: ServerTime,
    /// Whether the service was asked for its time and answered, even without one.
    pub(super) asked: AtomicBool,
    /// Whether a wrong clock was told of already.
    pub(super) skew_reported: AtomicBool,
    /// Who is making which order's invoice.
    pub(super) orders: Orders,
    /// A forked child inherits turns that nobody in it will ever end.
    pub(super) turns: ProcessLocal<Turns>,
}

/// Endpoint, fingerprint of the key, and where its nonces are kept.
type Name = (String, String, NoncesIn);
type Known = Mutex<HashMap<Name, Arc<KeyState>>>;

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
    pub(super) fn of(
        endpoint: String,
        fingerprint: String,
        nonces: &NoncesIn,
        clock: &dyn Clock,
    ) -> Arc<Self> {
        let keys = KEYS.get();
        let mut keys = keys.1.lock().unwrap_or_else(PoisonError::into_inner);
        let state = keys
            .entry((endpoint, fingerprint, nonces.clone()))
            .or_insert_with(|| {
                Arc::new(Self {
                    nonces: match nonces {
                        NoncesIn::Clock => Box::<ClockNonces>::default(),
                        NoncesIn::File(path) => Box::new(FileNonces::new(path)),
                    },
                    time: ServerTime::new(clock),
                    asked: AtomicBool::new(false),
                    skew_reported: AtomicBool::new(false),
                    orders: Orders::new(nonces.orders()),
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
