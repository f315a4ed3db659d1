//! One call at a time for one order: several loads of a page must not race to
//! make its invoice.
//!
//! Within a process a table says who is at it. Between the processes of a host
//! the operating system's lock on a file does: one of 256, by a hash of the
//! order, in a folder beside the nonces' file. Neither is what keeps invoices
//! from doubling while creates become visible at once (the nonce after a look
//! is); it is what keeps them from doubling where they become visible late. For
//! that it also remembers until when an order's last create may still show.

use std::collections::HashMap;
use std::fmt;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use super::credentials::hex_lower;
use crate::error::{Code, Error, Outcome, Result};
use crate::fork::ProcessLocal;
use crate::interrupt;
use crate::world::{Clock, Micros};

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
    /// Unix time until which its last create may still become visible.
    doubt: Micros,
}

/// The turn at one order; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct OrderTurn<'a> {
    orders: &'a Orders,
    name: String,
    file: Option<File>,
    clock: &'a dyn Clock,
}

impl Orders {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self {
            here: ProcessLocal::new(|_| Here::default()),
            folder,
        }
    }

    /// The turn at an order, within the time given.
    pub(super) fn turn<'a>(
        &'a self,
        order: &str,
        clock: &'a dyn Clock,
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
            clock,
        };
        if let Some(folder) = &self.folder {
            turn.file = Some(lock_file(folder, order, within, began)?);
        }
        Ok(turn)
    }
}

impl OrderTurn<'_> {
    /// For how long the order's last create may still become visible.
    pub(super) fn doubt(&mut self) -> Result<Micros> {
        let now = self.clock.unix();
        let until = match &mut self.file {
            Some(file) => doubts(file)
                .map_err(|e| broken("read", &e))?
                .into_iter()
                .find(|(name, _)| *name == short(&self.name))
                .map_or(0, |(_, until)| until),
            None => lock(&self.orders.here.get().1)
                .get(&self.name)
                .map_or(0, |order| order.doubt),
        };
        Ok(until.saturating_sub(now))
    }

    /// From now on and for so long a create may become visible; `0`: none may.
    pub(super) fn set_doubt(&mut self, span: Micros) -> Result<()> {
        let now = self.clock.unix();
        let until = if span == 0 {
            0
        } else {
            now.saturating_add(span)
        };
        let Some(file) = &mut self.file else {
            if let Some(order) = lock(&self.orders.here.get().1).get_mut(&self.name) {
                order.doubt = until;
            }
            return Ok(());
        };
        let name = short(&self.name);
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
        // Closing a file unlocks it: the other processes come first.
        self.file = None;
        let here = self.orders.here.get();
        let mut orders = lock(&here.1);
        let now = self.clock.unix();
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
    let name: String = short(order).chars().take(2).collect();
    options.open(folder.join(name))
}

/// Enough of a hash to tell orders apart: their numbers stay out of the file.
fn short(order: &str) -> String {
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
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(text.as_bytes())
}

fn busy() -> Error {
    Error::new(
        Code::ZaifOrderBusy,
        Outcome::NotDone,
        "another call for this order took longer than this one could wait, so nothing was sent",
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
    use crate::world::{SECOND, SystemClock};

    const SOON: Duration = Duration::from_millis(30);

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
            let first = orders.turn("A-1", &SystemClock, SOON).unwrap();
            let second = orders.turn("A-1", &SystemClock, SOON);
            assert_eq!(second.err().unwrap().code(), Code::ZaifOrderBusy);
            let _other = orders.turn("A-2", &SystemClock, SOON).unwrap();
            drop(first);
            assert!(orders.turn("A-1", &SystemClock, SOON).is_ok());
        }
    }

    #[test]
    fn another_process_s_turn_counts_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let locks = folder.path().join("nonces.orders");
        // Two tables, as two processes have them.
        let (ours, theirs) = (Orders::new(Some(locks.clone())), Orders::new(Some(locks)));
        let first = ours.turn("A-1", &SystemClock, SOON).unwrap();
        let second = theirs.turn("A-1", &SystemClock, SOON);
        assert_eq!(second.err().unwrap().code(), Code::ZaifOrderBusy);
        drop(first);
        assert!(theirs.turn("A-1", &SystemClock, SOON).is_ok());
    }

    #[test]
    fn a_doubt_outlives_the_turn_and_is_the_order_s_own() {
        for (orders, _folder) in both() {
            let mut turn = orders.turn("A-1", &SystemClock, SOON).unwrap();
            assert_eq!(turn.doubt().unwrap(), 0);
            turn.set_doubt(30 * SECOND).unwrap();
            drop(turn);
            let mut turn = orders.turn("A-1", &SystemClock, SOON).unwrap();
            assert!((20 * SECOND..=30 * SECOND).contains(&turn.doubt().unwrap()));
            let mut other = orders.turn("A-2", &SystemClock, SOON).unwrap();
            assert_eq!(other.doubt().unwrap(), 0);
            turn.set_doubt(0).unwrap();
            assert_eq!(turn.doubt().unwrap(), 0);
        }
    }

    #[test]
    fn damage_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let locks = folder.path().join("nonces.orders");
        let orders = Orders::new(Some(locks.clone()));
        drop(orders.turn("A-1", &SystemClock, SOON).unwrap());
        let name = short("A-1");
        for garbage in [&b"\xff\xfe"[..], b"a b c\n\n 7", &[b'9'; 70_000]] {
            std::fs::write(locks.join(name.get(..2).unwrap()), garbage).unwrap();
            let mut turn = orders.turn("A-1", &SystemClock, SOON).unwrap();
            assert_eq!(turn.doubt().unwrap(), 0);
            turn.set_doubt(SECOND).unwrap();
            assert!(turn.doubt().unwrap() > 0);
        }
    }
}
