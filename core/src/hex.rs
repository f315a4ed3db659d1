//! Bytes as hex digits, and back.

/// Lower-case hex.
pub(crate) fn hex_lower(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(64), |mut hex, b| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{b:02x}");
        hex
    })
}

/// The 32 bytes that exactly 64 hex digits of either case spell.
pub(crate) fn decode_32(hex: &str) -> Option<[u8; 32]> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    let mut bytes = [0; 32];
    if !rest.is_empty() || pairs.len() != bytes.len() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

const fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_in_either_case() {
        let bytes: [u8; 32] = std::array::from_fn(|n| u8::try_from(n * 8 + 5).unwrap());
        let hex = hex_lower(&bytes);
        assert!(hex.starts_with("050d15"), "{hex}");
        assert_eq!(decode_32(&hex), Some(bytes));
        assert_eq!(decode_32(&hex.to_uppercase()), Some(bytes));
    }

    #[test]
    fn nothing_but_64_hex_digits_is_read() {
        let good = "0f".repeat(32);
        for bad in [
            String::new(),
            good.get(1..).unwrap().to_owned(),
            format!("{good}0"),
            format!("{good}00"),
            format!(" {}", good.get(1..).unwrap()),
            format!("0x{}", good.get(2..).unwrap()),
            format!("zz{}", good.get(2..).unwrap()),
            format!("é{}", good.get(2..).unwrap()),
            format!("ｆ{}", good.get(3..).unwrap()),
        ] {
            assert_eq!(decode_32(&bad), None, "{bad}");
        }
    }
}
