//! Nonces: numbers of at least 1, decimals allowed, compared exactly.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// Longer than any honest nonce; bounds the work of comparing.
const MAX_LENGTH: usize = 64;

/// A nonce as digits, so that no number type can round it: `.7` is greater than
/// `.123456`, and `1.10` equals `1.1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Nonce {
    whole: String,
    fraction: String,
}

impl Nonce {
    /// Reads plain digits with an optional fraction. `None` for anything else,
    /// an exponent or a sign included, and for what is below 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (text, ""),
        };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if text.len() > MAX_LENGTH || whole.is_empty() || !digits(whole) || !digits(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        // With its leading zeros gone, a whole part of at least 1 has a digit left.
        (!whole.is_empty()).then(|| Self {
            whole: whole.to_owned(),
            fraction: fraction.trim_end_matches('0').to_owned(),
        })
    }

    /// The number in its shortest form.
    #[must_use]
    pub fn text(&self) -> String {
        if self.fraction.is_empty() {
            self.whole.clone()
        } else {
            format!("{}.{}", self.whole, self.fraction)
        }
    }
}

impl TryFrom<String> for Nonce {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no nonce"))
    }
}

impl From<Nonce> for String {
    fn from(nonce: Nonce) -> Self {
        nonce.text()
    }
}

impl Ord for Nonce {
    fn cmp(&self, other: &Self) -> Ordering {
        self.whole
            .len()
            .cmp(&other.whole.len())
            .then_with(|| self.whole.cmp(&other.whole))
            .then_with(|| self.fraction.cmp(&other.fraction))
    }
}

impl PartialOrd for Nonce {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nonce(text: &str) -> Nonce {
        Nonce::parse(text).unwrap()
    }

    #[test]
    fn compares_as_exact_numbers() {
        assert!(nonce("2") > nonce("1.999999"));
        assert!(nonce("10") > nonce("9"));
        assert!(nonce("1.7") > nonce("1.123456"));
        assert!(nonce("1732291200.1234561") > nonce("1732291200.123456"));
        assert_eq!(nonce("1.10"), nonce("01.1"));
        assert_eq!(nonce("5.000").text(), "5");
    }

    #[test]
    fn refuses_what_is_no_plain_number_of_at_least_one() {
        let long = "1".repeat(65);
        for bad in [
            "", "0", "0.9", "-1", "+1", "1e9", "1.", ".5", "1.2.3", "a", " 1", &long,
        ] {
            assert_eq!(Nonce::parse(bad), None, "{bad}");
        }
    }
}
