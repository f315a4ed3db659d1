//! The server's nonce book: one key, one highest nonce.

use kessai::nonce::Nonce;

/// The highest nonce accepted so far.
#[derive(Debug, Default)]
pub struct NonceBook {
    last: Option<Nonce>,
}

impl NonceBook {
    /// Accepts a nonce that is above every one accepted before. Checking it
    /// and using it up are one step.
    pub fn accept(&mut self, nonce: Nonce) -> bool {
        let accepted = self.last.is_none_or(|last| nonce > last);
        if accepted {
            self.last = Some(nonce);
        }
        accepted
    }

    /// The highest nonce accepted so far.
    #[must_use]
    pub const fn last(&self) -> Option<Nonce> {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strictly_rising_and_used_up_by_acceptance_alone() {
        let mut book = NonceBook::default();
        let mut accept = |micros| book.accept(Nonce::from_micros(micros));
        assert!(accept(5));
        assert!(!accept(5), "the same nonce twice");
        assert!(!accept(4), "a lower one");
        assert!(accept(6), "a rejected one uses up nothing");
        assert!(accept(1_000));
        assert!(!accept(999));
        assert_eq!(book.last(), Some(Nonce::from_micros(1_000)));
    }
}
