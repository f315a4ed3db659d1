//! One call at a time for one order: several loads of a page must not race to
//! make its invoice.
//!
//! Within a process a table says who is at it. Between the processes of a host
//! the operating system's lock on a file does: one of 4,096, by a hash of the
//! order, in a folder beside the nonces' file. Neither is what keeps invoices
//! from doubling while creates become visible at once (the nonce after a look
//! is); it is what keeps them from doubling where they become visible late. For
//! that it also remembers whether the order's last create may still show: from
//! when it is sent until its invoice was seen in the order's list, or until a
//! later look plus the time that the service needs.

use std::collections::HashMap;
use std::fmt;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use crate::error::{Code, Error, Outcome, Result};
use crate::fork::ProcessLocal;
use crate::hex::hex_lower;
use crate::interrupt;
use crate::world::Micros;

/// How long a process sleeps between two tries at another one's lock.
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

/// More than these doubts do not stand in one file at once; it is damaged.
const MOST_BYTES: u64 = 64 << 10;

/// Who is at which order.
pub(super) struct Orders {
    here: ProcessLocal<Here>,
    /// Where other processes find the locks.
    folder: Option<PathBuf>,
}

#[derive(Default)]
struct Here {
    orders: Mutex<HashMap<String, Order>>,
    changed: Condvar,
}

/// What is known of an order; forgotten when nothing is.
#[derive(Debug, Default)]
struct Order {
    taken: bool,
    doubt: Doubt,
}

/// Until when an order's last create may still become visible, on the clock of
/// its store; nothing at all once it was seen.
type Doubt = Micros;

/// Nobody has made sure yet that the create can no longer begin.
const UNFENCED: Doubt = Micros::MAX;

/// The turn at one order; it ends when this is dropped.
pub(super) struct OrderTurn<'a> {
    orders: &'a Orders,
    name: String,
    file: Option<File>,
    /// The service's time for what other processes read, and this process's own
    /// clock for what only it does: a step of the wall clock is neither.
    now: Now<'a>,
}

/// Tells the time that doubts are counted in.
pub(super) type Now<'a> = Box<dyn Fn() -> Micros + 'a>;

impl Orders {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self {
            here: ProcessLocal::new(|_| Here::default()),
            folder,
        }
    }

    /// Whether other processes have a say.
    pub(super) const fn are_shared(&self) -> bool {
        self.folder.is_some()
    }

    /// The turn at an order, within the time given.
    pub(super) fn turn<'a>(
        &'a self,
        order: &str,
        now: Now<'a>,
        within: Duration,
    ) -> Result<OrderTurn<'a>> {
        let began = Instant::now();
        let here = self.here.get();
        let mut orders = lock(&here.1);
        while orders.get(order).is_some_and(|o| o.taken) {
            let left = within
                .checked_sub(began.elapsed())
                .filter(|_| !interrupt::requested())
                .ok_or_else(busy)?;
            (orders, _) = here
                .1
                .changed
                .wait_timeout(orders, left.min(interrupt::SLICE))
                .unwrap_or_else(PoisonError::into_inner);
        }
        orders.entry(order.to_owned()).or_default().taken = true;
        drop(orders);
        let mut turn = OrderTurn {
            orders: self,
            name: order.to_owned(),
            file: None,
            now,
        };
        if let Some(folder) = &self.folder {
            turn.file = Some(lock_file(folder, order, within, began)?);
        }
        Ok(turn)
    }
}

impl OrderTurn<'_> {
    /// For how long the order's last create may still become visible, at most
    /// `most`: a clock that was wrong when it was written down must not stop a
    /// shop. To be asked after a look, which is what the time counts from.
    pub(super) fn doubt(&mut self, most: Micros) -> Result<Micros> {
        let until = self.until()?;
        Ok(until.saturating_sub((self.now)()).min(most))
    }

    /// A create is about to be sent.
    pub(super) fn create_begins(&mut self) -> Result<()> {
        self.write(UNFENCED)
    }

    /// A look was answered: what was sent before can no longer begin, and shows
    /// within `settle`.
    pub(super) fn was_fenced(&mut self, settle: Micros) -> Result<()> {
        if self.until()? == UNFENCED {
            self.write((self.now)().saturating_add(settle))?;
        }
        Ok(())
    }

    /// Nothing is in doubt any more. Where that cannot be written down the next
    /// call only waits longer.
    pub(super) fn is_certain(&mut self) {
        let _ = self.write(0);
    }

    fn until(&mut self) -> Result<Doubt> {
        Ok(match &mut self.file {
            Some(file) => doubts(file)
                .map_err(|e| broken("read", &e))?
                .into_iter()
                .find(|(name, _)| *name == hash(&self.name))
                .map_or(0, |(_, until)| until),
            None => lock(&self.orders.here.get().1)
                .get(&self.name)
                .map_or(0, |order| order.doubt),
        })
    }

    fn write(&mut self, until: Doubt) -> Result<()> {
        let Some(file) = &mut self.file else {
            if let Some(order) = lock(&self.orders.here.get().1).get_mut(&self.name) {
                order.doubt = until;
            }
            return Ok(());
        };
        let (name, now) = (hash(&self.name), (self.now)());
        let mut all = doubts(file).map_err(|e| broken("read", &e))?;
        all.retain(|(other, until)| *other != name && *until > now);
        if until > 0 {
            all.push((name, until));
        }
        let text: String = all
            .iter()
            .map(|(name, until)| format!("{name} {until}\n"))
            .collect();
        rewrite(file, &text).map_err(|e| broken("written", &e))
    }
}

impl Drop for OrderTurn<'_> {
    fn drop(&mut self) {
        // The other processes come first. Closing the file would not do: a child
        // that was forked meanwhile holds it, too.
        if let Some(file) = self.file.take() {
            let _ = file.unlock();
        }
        let here = self.orders.here.get();
        let mut orders = lock(&here.1);
        let now = (self.now)();
        if let Some(order) = orders.get_mut(&self.name) {
            order.taken = false;
            if order.doubt <= now {
                orders.remove(&self.name);
            }
        }
        // What others left behind, now and then.
        if orders.len() > 1_000 {
            orders.retain(|_, order| order.taken || order.doubt > now);
        }
        drop(orders);
        here.1.changed.notify_all();
    }
}

impl fmt::Debug for OrderTurn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OrderTurn")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

fn lock(here: &Here) -> MutexGuard<'_, HashMap<String, Order>> {
    // An entry is whole at every moment, also where a holder panicked.
    here.orders.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lock_file(folder: &Path, order: &str, within: Duration, began: Instant) -> Result<File> {
    let file = open(folder, order).map_err(|e| broken("opened", &e))?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(broken("locked", &error)),
            Err(TryLockError::WouldBlock) => {
                if began.elapsed() >= within || interrupt::requested() {
                    return Err(busy());
                }
                std::thread::sleep(BETWEEN_TRIES);
            }
        }
    }
}

fn open(folder: &Path, order: &str) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        options.mode(0o600).custom_flags(libc::O_NOFOLLOW);
        builder.mode(0o700);
    }
    match builder.create(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let name: String = hash(order).chars().take(3).collect();
    options.open(folder.join(name))
}

/// Enough of a hash to tell orders apart: their numbers stay out of the file.
fn hash(order: &str) -> String {
    hex_lower(&Sha256::digest(order.as_bytes()))
        .chars()
        .take(32)
        .collect()
}

/// The doubts in a file. What cannot be read is none: damage must not stop a
/// shop, and the nonce after a look still stands guard.
fn doubts(file: &mut File) -> std::io::Result<Vec<(String, Micros)>> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0))?;
    match file.take(MOST_BYTES).read_to_string(&mut text) {
        Err(error) if error.kind() != std::io::ErrorKind::InvalidData => return Err(error),
        _ => {}
    }
    let line = |line: &str| {
        let (name, until) = line.split_once(' ')?;
        Some((name.to_owned(), until.parse().ok()?))
    };
    Ok(text.lines().filter_map(line).collect())
}

fn rewrite(file: &mut File, text: &str) -> std::io::Result<()> {
    // Cut at the end: a process that is killed on the way loses nobody's doubt.
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text.as_bytes())?;
    file.set_len(u64::try_from(text.len()).unwrap_or(MOST_BYTES))
}

fn busy() -> Error {
    if interrupt::requested() {
        return interrupt::error(Outcome::NotDone);
    }
    Error::new(
        Code::ZaifOrderBusy,
        Outcome::NotDone,
        "another call for this order, or for one that shares its lock, took longer than this one \
         could wait, so nothing was sent",
    )
}

fn broken(what: &str, error: &std::io::Error) -> Error {
    Error::new(
        Code::ZaifNonceStore,
        Outcome::NotDone,
        format!("the lock of the order beside the nonce file cannot be {what}: {error}"),
    )
}

impl fmt::Debug for Orders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Orders")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::SECOND;
    use std::sync::atomic::{AtomicU64, Ordering};

    const SOON: Duration = Duration::from_millis(30);
    const SETTLE: Micros = 30 * SECOND;

    static HAND: AtomicU64 = AtomicU64::new(1_000 * SECOND);

    fn turn<'a>(orders: &'a Orders, order: &str) -> Result<OrderTurn<'a>> {
        orders.turn(order, Box::new(|| HAND.load(Ordering::Relaxed)), SOON)
    }

    fn both() -> [(Orders, Option<tempfile::TempDir>); 2] {
        let folder = tempfile::tempdir().unwrap();
        let locks = folder.path().join("nonces.orders");
        [
            (Orders::new(None), None),
            (Orders::new(Some(locks)), Some(folder)),
        ]
    }

    #[test]
    fn one_at_a_time_for_one_order_and_none_in_another_s_way() {
        for (orders, _folder) in both() {
            let first = turn(&orders, "A-1").unwrap();
            let second = turn(&orders, "A-1");
            assert_eq!(second.unwrap_err().code(), Code::ZaifOrderBusy);
            let _other = turn(&orders, "A-2").unwrap();
            drop(first);
            assert!(turn(&orders, "A-1").is_ok());
        }
    }

    #[test]
    fn another_process_s_turn_counts_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let locks = folder.path().join("nonces.orders");
        // Two tables, as two processes have them.
        let (ours, theirs) = (Orders::new(Some(locks.clone())), Orders::new(Some(locks)));
        let first = turn(&ours, "A-1").unwrap();
        let second = turn(&theirs, "A-1");
        assert_eq!(second.unwrap_err().code(), Code::ZaifOrderBusy);
        drop(first);
        assert!(turn(&theirs, "A-1").is_ok());
    }

    #[test]
    fn a_turn_ends_although_a_child_still_holds_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let locks = folder.path().join("nonces.orders");
        let (ours, theirs) = (Orders::new(Some(locks.clone())), Orders::new(Some(locks)));
        let first = turn(&ours, "A-1").unwrap();
        // What a fork leaves: another descriptor of the same open file.
        let _inherited = first.file.as_ref().unwrap().try_clone().unwrap();
        drop(first);
        assert!(turn(&theirs, "A-1").is_ok());
    }

    #[test]
    fn a_doubt_lasts_from_the_create_until_a_look_and_the_time_to_settle() {
        for (orders, _folder) in both() {
            let mut first = turn(&orders, "A-1").unwrap();
            assert_eq!(first.doubt(SETTLE).unwrap(), 0);
            first.create_begins().unwrap();
            drop(first);

            let mut second = turn(&orders, "A-1").unwrap();
            assert_eq!(second.doubt(2 * SETTLE).unwrap(), 2 * SETTLE);
            let mut other = turn(&orders, "A-2").unwrap();
            assert_eq!(other.doubt(SETTLE).unwrap(), 0);
            second.was_fenced(SETTLE).unwrap();
            // Later looks prove nothing new.
            second.was_fenced(2 * SETTLE).unwrap();
            drop(second);

            let mut third = turn(&orders, "A-1").unwrap();
            assert_eq!(third.doubt(2 * SETTLE).unwrap(), SETTLE);
            // Whatever was written down, nobody waits longer than this.
            assert_eq!(third.doubt(SECOND).unwrap(), SECOND);
            third.is_certain();
            assert_eq!(third.doubt(SETTLE).unwrap(), 0);
        }
    }

    #[test]
    fn damage_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let locks = folder.path().join("nonces.orders");
        let orders = Orders::new(Some(locks.clone()));
        drop(turn(&orders, "A-1").unwrap());
        let name = hash("A-1");
        for garbage in [&b"\xff\xfe"[..], b"a b c\n\n 7", &[b'9'; 70_000]] {
            std::fs::write(locks.join(name.get(..3).unwrap()), garbage).unwrap();
            let mut turn = turn(&orders, "A-1").unwrap();
            assert_eq!(turn.doubt(SETTLE).unwrap(), 0);
            turn.create_begins().unwrap();
            assert_eq!(turn.doubt(SETTLE).unwrap(), SETTLE);
        }
    }
}
