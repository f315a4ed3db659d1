//! Yen and coin amounts: exact decimals, never floats.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

/// Decimals of a coin amount and of a rate in an answer.
pub const ANSWER_DECIMALS: u32 = 6;
/// Decimals a payment on a network can have.
pub const NETWORK_DECIMALS: u32 = 8;
/// The most digits before the point that anything here accepts.
const MAX_WHOLE_DIGITS: usize = 12;

/// Reads plain digits with an optional fraction of at most `decimals` digits:
/// no sign, no exponent, no separators, greater than zero.
#[must_use]
pub fn parse_positive(text: &str, decimals: u32) -> Option<Decimal> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=MAX_WHOLE_DIGITS).contains(&whole.len())
        && u32::try_from(fraction.len()).is_ok_and(|length| length <= decimals);
    if !fits || !digits(whole) || !digits(fraction) {
        return None;
    }
    Decimal::from_str_exact(text)
        .ok()
        .filter(|value| *value > Decimal::ZERO)
}

/// Reads an amount of yen: digits only, greater than zero.
#[must_use]
pub fn parse_yen(text: &str) -> Option<u64> {
    parse_whole_yen(text).filter(|yen| *yen > 0)
}

/// Reads a sum of yen that may be zero, as a tax or a discount.
#[must_use]
pub fn parse_whole_yen(text: &str) -> Option<u64> {
    let plain = (1..=MAX_WHOLE_DIGITS).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// An amount in a control request: a string or an integer. A float is refused,
/// since it would already have lost what was typed.
///
/// # Errors
/// Says in words what was wrong with the value.
pub fn from_control(value: &Value, decimals: u32) -> Result<Decimal, String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_u64() => number.to_string(),
        Value::Number(_) => {
            return Err("must be a string or a positive integer, not a float".to_owned());
        }
        _ => return Err("must be a string such as \"0.1\"".to_owned()),
    };
    parse_positive(&text, decimals)
        .ok_or_else(|| format!("must be greater than 0, with at most {decimals} decimals"))
}

/// Coins for `yen` at `rate`, rounded half up to what an answer shows.
/// `None` when nothing would be due or the numbers leave every sensible range.
#[must_use]
pub fn coins_for_yen(yen: u64, rate: Decimal) -> Option<Decimal> {
    let exact = Decimal::from(yen).checked_div(rate)?;
    let mut due =
        exact.round_dp_with_strategy(ANSWER_DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    due.rescale(ANSWER_DECIMALS);
    (due > Decimal::ZERO).then_some(due)
}

/// A coin amount as the API writes it: always six decimals.
#[must_use]
pub fn six_decimals(amount: Decimal) -> String {
    let mut amount =
        amount.round_dp_with_strategy(ANSWER_DECIMALS, RoundingStrategy::MidpointAwayFromZero);
    amount.rescale(ANSWER_DECIMALS);
    amount.to_string()
}

/// A coin amount for people: no zeros at the end.
#[must_use]
pub fn shortest(amount: Decimal) -> String {
    amount.normalize().to_string()
}

/// Yen for people: digits in groups of three.
#[must_use]
pub fn grouped(yen: u64) -> String {
    let digits = yen.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn both_worked_examples_come_out() {
        let btc = coins_for_yen(10_800, decimal("30012")).unwrap();
        assert_eq!(six_decimals(btc), "0.359856");
        let mona = coins_for_yen(10_000, decimal("20.0000")).unwrap();
        assert_eq!(six_decimals(mona), "500.000000");
    }

    #[test]
    fn a_half_is_rounded_up() {
        // 1 / 8,000,000 is 0.000000125, 1 / 2,000,000 is 0.0000005.
        assert_eq!(coins_for_yen(1, decimal("8000000")), None);
        let half = coins_for_yen(1, decimal("2000000")).unwrap();
        assert_eq!(six_decimals(half), "0.000001");
        let below = coins_for_yen(3, decimal("2000000.1")).unwrap();
        assert_eq!(six_decimals(below), "0.000001");
    }

    #[test]
    fn only_plain_digits_are_numbers() {
        for bad in [
            "",
            "0",
            "0.0",
            "-1",
            "+1",
            "1e3",
            "1,000",
            ".5",
            "1.",
            "１",
            " 1",
            "1.1234567",
        ] {
            assert_eq!(parse_positive(bad, 6), None, "{bad}");
        }
        assert_eq!(parse_positive("0.100000", 6), Some(decimal("0.1")));
        assert_eq!(parse_yen("10800"), Some(10_800));
        for bad in ["", "0", "1.0", "1,000", "-1", "9999999999999"] {
            assert_eq!(parse_yen(bad), None, "{bad}");
        }
    }

    #[test]
    fn control_amounts_are_strings_or_integers() {
        assert_eq!(from_control(&json!("0.1"), 8), Ok(decimal("0.1")));
        assert_eq!(from_control(&json!(2), 8), Ok(decimal("2")));
        assert!(from_control(&json!(0.1), 8).unwrap_err().contains("float"));
        assert!(from_control(&json!(-1), 8).is_err());
        assert!(from_control(&json!(null), 8).is_err());
    }

    #[test]
    fn people_read_groups_and_no_idle_zeros() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(100), "100");
        assert_eq!(shortest(decimal("0.010000")), "0.01");
    }
}
