//! Lower-case hexadecimal: what digests are sent as.

/// `bytes` as lower-case hexadecimal digits.
#[must_use]
pub fn hex_lower(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::hex_lower;

    #[test]
    fn writes_two_digits_for_every_byte() {
        assert_eq!(hex_lower(&[0, 9, 10, 255]), "00090aff");
    }
}
