//! Where ids, keys and addresses come from: the same seed draws the same ones.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hex::hex_lower;

/// A source of bytes with one stream a label, so that drawing more of one kind
/// of thing never changes the others.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    seed: [u8; 32],
    drawn: BTreeMap<String, u64>,
}

impl Draw {
    /// Draws that follow from `seed` alone.
    #[must_use]
    pub fn new(seed: [u8; 32]) -> Self {
        Self {
            seed,
            drawn: BTreeMap::new(),
        }
    }

    /// Draws for the small number a person types after `--seed`.
    #[must_use]
    pub fn from_number(number: u64) -> Self {
        Self::new(Sha256::digest(number.to_be_bytes()).into())
    }

    /// The same streams again from their start.
    #[must_use]
    pub fn restarted(&self) -> Self {
        Self::new(self.seed)
    }

    /// The next 32 bytes of the stream `label`.
    pub fn bytes(&mut self, label: &'static str) -> [u8; 32] {
        let count = self.drawn.entry(label.to_owned()).or_insert(0);
        *count = count.saturating_add(1);
        Sha256::new()
            .chain_update(self.seed)
            .chain_update(label.as_bytes())
            .chain_update(count.to_be_bytes())
            .finalize()
            .into()
    }

    /// The next identifier of the stream, in the form of a random UUID.
    pub fn uuid(&mut self, label: &'static str) -> String {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.bytes(label);
        let (version, variant) = ((g & 0x0f) | 0x40, (i & 0x3f) | 0x80);
        [
            hex_lower(&[a, b, c, d]),
            hex_lower(&[e, f]),
            hex_lower(&[version, h]),
            hex_lower(&[variant, j]),
            hex_lower(&[k, l, m, n, o, p]),
        ]
        .join("-")
    }

    /// A number below `limit` (zero when `limit` is zero).
    pub fn below(&mut self, label: &'static str, limit: u64) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.bytes(label);
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
            .checked_rem(limit)
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_streams_do_not_disturb_each_other() {
        let mut one = Draw::from_number(7);
        let mut two = Draw::from_number(7);
        two.bytes("other");
        assert_eq!(one.uuid("id"), two.uuid("id"));
        assert_ne!(one.uuid("id"), Draw::from_number(8).uuid("id"));
        assert_eq!(one.restarted().uuid("id"), Draw::from_number(7).uuid("id"));
    }

    #[test]
    fn ids_look_like_random_uuids() {
        let id = Draw::from_number(1).uuid("id");
        assert_eq!(id.len(), 36);
        assert_eq!(&id[14..15], "4");
        assert!("89ab".contains(&id[19..20]));
    }

    #[test]
    fn numbers_stay_below_their_limit() {
        let mut draw = Draw::from_number(1);
        assert!((0..100).all(|_| draw.below("n", 10) < 10));
        assert_eq!(draw.below("n", 0), 0);
    }
}
