//! Amounts of iPay as people read them.

use iso_currency::Currency;

use crate::domain::zaif::money::grouped;

/// `amount`, in the smallest unit of `currency`: 2999 is `29.99 USD` and `2,999 JPY`.
#[must_use]
pub fn shown(amount: u64, currency: &str) -> String {
    let code = currency.to_ascii_uppercase();
    let digits = Currency::from_code(&code)
        .and_then(|it| it.exponent())
        .unwrap_or(0);
    let unit = 10_u64.checked_pow(u32::from(digits)).unwrap_or(1);
    let (whole, rest) = (grouped(amount / unit), amount % unit);
    if digits == 0 {
        return format!("{whole} {code}");
    }
    format!("{whole}.{rest:0width$} {code}", width = usize::from(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_unit_is_the_currencys_own() {
        for (amount, currency, text) in [
            (2999, "usd", "29.99 USD"),
            (2999, "JPY", "2,999 JPY"),
            (5, "EUR", "0.05 EUR"),
            (1_234_567, "KWD", "1,234.567 KWD"),
        ] {
            assert_eq!(shown(amount, currency), text);
        }
    }
}
