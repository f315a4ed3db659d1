//! Chance for tests.

/// The same numbers in every run (xorshift).
#[derive(Debug)]
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        let at = self.below(from.len().try_into().unwrap());
        from[usize::try_from(at).unwrap()]
    }

    /// Up to `most` pieces in a row.
    pub(crate) fn text(&mut self, pieces: &[&str], most: u64) -> String {
        let many = self.below(most + 1);
        (0..many).map(|_| self.pick(pieces)).collect()
    }
}
