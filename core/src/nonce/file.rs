//! The store for several processes on one host: a small file under a lock.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{self, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use super::{MOST_AHEAD, Nonce, NonceStore, within_reach};
use crate::error::{Code, Error, Outcome, Result};
use crate::fork::ProcessLocal;
use crate::interrupt;
use crate::world::Micros;

/// How long a process waits for the others; each holds the lock for some
/// microseconds.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest that a nonce can be in the file.
const MOST_BYTES: u64 = 64;

/// Lock, read, `max(now, last + 1)`, write, unlock.
///
/// The file holds the last nonce given, as text. It is made with mode 0600; a
/// symbolic link in its place is refused. A file that cannot be read as a
/// nonce, or that is further ahead of the clock than any nonce may be, counts
/// as empty: damage must not burn the key.
///
/// The lock is the operating system's advisory lock for whole files: share the
/// file between processes of one host, not over a network file system.
pub struct FileNonces {
    path: PathBuf,
    // A descriptor inherited through a fork shares its lock with the parent: it
    // would exclude nobody, and unlocking it would free the parent's.
    file: ProcessLocal<Mutex<Option<File>>>,
}

impl FileNonces {
    /// A store in the file at `path`. The file is made when it is first used.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            file: ProcessLocal::new(|_| Mutex::new(None)),
        }
    }

    fn take_locked(
        &self,
        slot: &mut Option<File>,
        now: Micros,
        floor: Nonce,
        count: u64,
        wait: &mut Wait,
    ) -> Result<Nonce> {
        let file = match slot {
            Some(file) => file,
            None => slot.insert(open(&self.path).map_err(|e| self.broken("opened", &e))?),
        };
        self.lock(file, wait)?;
        let taken = self.take_from(file, now, floor, count);
        // Closing the file unlocks it as well: a failure here locks nobody out.
        if file.unlock().is_err() {
            *slot = None;
        }
        taken
    }

    fn take_from(&self, file: &mut File, now: Micros, floor: Nonce, count: u64) -> Result<Nonce> {
        let last = read_last(file).map_err(|e| self.broken("read", &e))?;
        let believable = last.filter(|n| n.as_micros() <= now.saturating_add(MOST_AHEAD));
        let first = Nonce::from_micros(now)
            .max(floor)
            .max(believable.map_or(Nonce::from_micros(0), Nonce::next));
        let last = within_reach(first, count, now)?;
        self.write(file, last, last.as_micros() > now)
            .map_err(|e| self.broken("written", &e))?;
        Ok(first)
    }

    fn write(&self, file: &mut File, last: Nonce, durable: bool) -> std::io::Result<()> {
        let line = format!("{last}\n");
        file.seek(SeekFrom::Start(0))?;
        file.write_all(line.as_bytes())?;
        file.set_len(u64::try_from(line.len()).unwrap_or(MOST_BYTES))?;
        // After a crash the clock alone is past every nonce that is not ahead
        // of it; only the others must reach the disk.
        if durable {
            file.sync_data()?;
        }
        Ok(())
    }

    fn lock(&self, file: &File, wait: &mut Wait) -> Result<()> {
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::Error(error)) => return Err(self.broken("locked", &error)),
                Err(TryLockError::WouldBlock) => self.wait(wait)?,
            }
        }
    }

    /// Waits a moment for whoever holds the file.
    fn wait(&self, wait: &mut Wait) -> Result<()> {
        if interrupt::requested() {
            return Err(interrupt::error(Outcome::NotDone));
        }
        if wait.began.elapsed() >= wait.patience {
            let error = std::io::Error::from(std::io::ErrorKind::TimedOut);
            return Err(self.broken("locked", &error));
        }
        std::thread::sleep(wait.next);
        wait.next = wait.next.saturating_mul(2).min(Duration::from_millis(2));
        Ok(())
    }

    fn broken(&self, what: &str, error: &std::io::Error) -> Error {
        Error::new(
            Code::ZaifNonceStore,
            Outcome::NotDone,
            format!(
                "the nonce file {} cannot be {what}: {error}",
                self.path.display()
            ),
        )
    }
}

impl NonceStore for FileNonces {
    fn take(&self, now: Micros, floor: Nonce, count: u64) -> Result<Nonce> {
        self.take_within(now, floor, count, PATIENCE)
    }

    fn take_within(
        &self,
        now: Micros,
        floor: Nonce,
        count: u64,
        patience: Duration,
    ) -> Result<Nonce> {
        let local = self.file.get();
        let mut wait = Wait {
            began: Instant::now(),
            patience: patience.min(PATIENCE),
            next: Duration::from_micros(20),
        };
        // The lock of the file is the process's: its threads take turns first.
        let mut slot: MutexGuard<'_, Option<File>> = loop {
            match local.1.try_lock() {
                Ok(slot) => break slot,
                Err(sync::TryLockError::Poisoned(slot)) => break slot.into_inner(),
                Err(sync::TryLockError::WouldBlock) => self.wait(&mut wait)?,
            }
        };
        self.take_locked(&mut slot, now, floor, count, &mut wait)
    }
}

/// How long one has waited, and may.
struct Wait {
    began: Instant,
    patience: Duration,
    next: Duration,
}

impl fmt::Debug for FileNonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileNonces")
            .field("path", &self.path)
            .finish()
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW);
    }
    options.open(path)
}

/// What the file says, if it says a nonce.
fn read_last(mut file: &File) -> std::io::Result<Option<Nonce>> {
    let mut text = Vec::with_capacity(32);
    file.seek(SeekFrom::Start(0))?;
    file.take(MOST_BYTES).read_to_end(&mut text)?;
    Ok(std::str::from_utf8(&text)
        .ok()
        .and_then(|text| text.trim_end().parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::SECOND;

    const ZERO: Nonce = Nonce::from_micros(0);

    fn scratch(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("kessai-{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        path
    }

    #[test]
    fn stores_of_one_file_never_give_the_same() {
        let path = scratch("shared");
        let mut all: Vec<u64> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| {
                    // A store of its own opens the file anew, as a process would.
                    let store = FileNonces::new(&path);
                    scope.spawn(move || {
                        (0..100)
                            .map(|_| store.take(7 * SECOND, ZERO, 2).unwrap().as_micros())
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            threads
                .into_iter()
                .flat_map(|t| t.join().unwrap())
                .collect()
        });
        all.sort_unstable();
        assert!(all.windows(2).all(|w| w[1] >= w[0] + 2));
        assert_eq!(all.len(), 400);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "7.000799\n");
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn whoever_waits_for_another_may_leave() {
        let path = scratch("held");
        let store = FileNonces::new(&path);
        store.take(7, ZERO, 1).unwrap();
        let held = open(&path).unwrap();
        held.lock().unwrap();
        let began = Instant::now();
        let impatient = store.take_within(7, ZERO, 1, Duration::from_millis(50));
        assert_eq!(impatient.unwrap_err().code(), Code::ZaifNonceStore);
        let stopped = interrupt::interruptible(|| true, || store.take(7, ZERO, 1));
        assert_eq!(stopped.unwrap_err().code(), Code::Interrupted);
        assert!(began.elapsed() < PATIENCE);
        held.unlock().unwrap();
        assert!(store.take(7, ZERO, 1).is_ok());
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_damaged_file_neither_burns_the_key_nor_stops_the_shop() {
        let path = scratch("damaged");
        let now = 1_000 * SECOND;
        for text in [
            "",
            "garbage",
            "99999999999.000000\n",
            "1e9",
            "\u{fffd}",
            "999.999999",
        ] {
            std::fs::write(&path, text).unwrap();
            let taken = FileNonces::new(&path).take(now, ZERO, 1).unwrap();
            assert_eq!(taken.as_micros(), now, "{text:?}");
        }
        std::fs::write(&path, "1000.000005\n").unwrap();
        assert_eq!(
            FileNonces::new(&path)
                .take(now, ZERO, 1)
                .unwrap()
                .as_micros(),
            now + 6
        );
        std::fs::remove_file(path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn it_is_private_and_no_link() {
        use std::os::unix::fs::PermissionsExt as _;
        let path = scratch("private");
        FileNonces::new(&path).take(7, ZERO, 1).unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        let link = scratch("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let error = FileNonces::new(&link).take(7, ZERO, 1).unwrap_err();
        assert_eq!(error.code(), Code::ZaifNonceStore);
        assert_eq!(error.outcome(), Outcome::NotDone);
        std::fs::remove_file(link).unwrap();
        std::fs::remove_file(path).unwrap();
    }
}
