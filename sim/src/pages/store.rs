//! A nonce file that the processes of one host share: the rules of the core's
//! own, without its disk.

use std::sync::{Mutex, PoisonError};

use kessai::Result;
use kessai::nonce::{ClockNonces, MOST_AHEAD, Nonce, NonceStore};
use kessai::world::Micros;

/// The nonces of one host.
#[derive(Debug, Default)]
pub struct FileNonces {
    last: Mutex<Option<Nonce>>,
}

impl NonceStore for FileNonces {
    fn take(&self, now: Micros, floor: Nonce, count: u64) -> Result<Nonce> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // What is farther ahead than any nonce may be counts as damage.
        let most = now.saturating_add(MOST_AHEAD);
        let believable = last.filter(|nonce| nonce.as_micros() <= most);
        let store = ClockNonces::after(believable.unwrap_or(Nonce::from_micros(0)));
        let first = store.take(now, floor, count)?;
        *last = Some(store.last());
        Ok(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kessai::world::SECOND;

    #[test]
    fn shared_by_all_and_no_prisoner_of_the_future() {
        let store = FileNonces::default();
        let zero = Nonce::from_micros(0);
        let take = |now, count| store.take(now, zero, count).unwrap().as_micros();
        assert_eq!(take(1_000, 2), 1_000);
        assert_eq!(take(1_000, 1), 1_002);
        assert_eq!(take(3_600 * SECOND, 1), 3_600 * SECOND);
        assert_eq!(take(2_000, 1), 2_000, "an hour ahead is not believed");
    }
}
