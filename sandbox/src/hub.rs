//! The one lock around the world, and the bell that rings when it changed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tokio::sync::watch;

use crate::domain::clock::{Moment, Now};
use crate::log::Log;
use crate::snapshot;
use crate::world::World;

/// Shared by every connection and task.
#[derive(Debug, Clone)]
pub struct Hub {
    world: Arc<Mutex<World>>,
    bell: watch::Sender<u64>,
    /// Where logs go.
    pub log: Log,
    file: Option<Arc<Path>>,
}

impl Hub {
    /// Around a world that nobody else holds and that is saved to `file`, if to any.
    #[must_use]
    pub fn new(world: World, log: Log, file: Option<PathBuf>) -> Self {
        Self {
            world: Arc::new(Mutex::new(world)),
            bell: watch::Sender::new(0),
            log,
            file: file.map(Arc::from),
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

    /// Writes the state to its file, if it has one; answers it as a document.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self) -> io::Result<Value> {
        let document = self.with(|world, _| world.snapshot()).document();
        if let Some(file) = &self.file {
            snapshot::write(file, &document)?;
        }
        Ok(document)
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
