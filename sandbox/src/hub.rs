//! The one lock around the world, and the bell that rings when it changed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::domain::clock::{Moment, Now};
use crate::log::Log;
use crate::world::World;

/// Shared by every connection and task.
#[derive(Debug, Clone)]
pub struct Hub {
    world: Arc<Mutex<World>>,
    bell: watch::Sender<u64>,
    /// Where logs go.
    pub log: Log,
}

impl Hub {
    /// Around a world that nobody else holds.
    #[must_use]
    pub fn new(world: World, log: Log) -> Self {
        Self {
            world: Arc::new(Mutex::new(world)),
            bell: watch::Sender::new(0),
            log,
        }
    }

    /// Runs short, pure work on the world as it is at this instant: whatever time
    /// has brought about is applied first, and watchers hear of any change.
    pub fn with<R>(&self, work: impl FnOnce(&mut World, Now) -> R) -> R {
        // A panic elsewhere is a bug, but the books it left are still the best there are.
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        let real = real_time();
        let at = world.clock.at(real);
        world.catch_up(at);
        let result = work(&mut world, Now { real, at });
        let revision = world.revision();
        drop(world);
        self.bell.send_if_modified(|seen| {
            let news = *seen != revision;
            *seen = revision;
            news
        });
        result
    }

    /// Hears of every change from now on.
    #[must_use]
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}

/// The machine's clock.
fn real_time() -> Moment {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Moment::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
