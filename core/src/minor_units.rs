//! Amounts in a currency's smallest unit, and back (ISO 4217).

use rust_decimal::Decimal;

use crate::error::{Error, Result};

/// How many decimals each currency has: the codes of ISO 4217 in force, funds
/// codes among them. What the standard gives no smallest unit (gold, special
/// drawing rights, test codes) is not here: nobody is billed in it.
const DECIMALS: [(u32, &str); 4] = [
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
         CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
         GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK \
         LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO \
         NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS \
         SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST \
         XAD XCD XCG YER ZAR ZMW ZWG",
    ),
    (
        0,
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// The most that every language holds exactly.
const MOST: i64 = (1 << 53) - 1;

/// How many decimals a currency has: 2 for `USD`, 0 for `JPY`, 3 for `KWD`.
/// The code may be in either case.
///
/// The exponents are those of ISO 4217. A service that counts a currency
/// otherwise (some take the Icelandic króna as having two decimals) must be
/// sent what it asks for, not what this says.
///
/// ```
/// assert_eq!(kessai::currency_exponent("JPY")?, 0);
/// assert_eq!(kessai::currency_exponent("usd")?, 2);
/// # Ok::<(), kessai::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `currency` for what is no code of ISO 4217 in
/// force, or of something without a smallest unit.
pub fn currency_exponent(currency: &str) -> Result<u32> {
    let is_it = |code: &str| code.eq_ignore_ascii_case(currency);
    DECIMALS
        .iter()
        .find(|(_, codes)| codes.split(' ').any(is_it))
        .map(|(decimals, _)| *decimals)
        .ok_or_else(|| {
            Error::input(
                "currency",
                "currency must be the ISO 4217 code of a currency in use, such as JPY",
            )
        })
}

/// The amount in the currency's smallest unit: what `amount` is in every call
/// of [`ipay`](crate::ipay). 29.99 dollars are 2999, and so are 2999 yen.
///
/// ```
/// use rust_decimal::Decimal;
/// assert_eq!(kessai::minor_units(Decimal::new(2999, 2), "USD")?, 2999);
/// assert_eq!(kessai::minor_units(Decimal::new(2999, 0), "JPY")?, 2999);
/// assert!(kessai::minor_units(Decimal::new(2999, 2), "JPY").is_err());
/// # Ok::<(), kessai::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `currency` as [`currency_exponent`] does;
/// naming `amount` when it is negative, has more decimals than the currency
/// (zeros at the end do not count; nothing is ever rounded), or comes to more
/// than 2^53 - 1.
pub fn minor_units(amount: Decimal, currency: &str) -> Result<i64> {
    let exponent = currency_exponent(currency)?;
    let amount = amount.normalize();
    if amount.is_sign_negative() && !amount.is_zero() {
        return Err(Error::input("amount", "amount cannot be negative"));
    }
    let zeros = exponent.checked_sub(amount.scale()).ok_or_else(|| {
        Error::input(
            "amount",
            format!("amount has more decimals than the {exponent} of its currency"),
        )
    })?;
    10_i128
        .checked_pow(zeros)
        .and_then(|factor| amount.mantissa().checked_mul(factor))
        .and_then(|minor| i64::try_from(minor).ok())
        .filter(|minor| *minor <= MOST)
        .ok_or_else(|| too_much("amount"))
}

/// As [`minor_units`], for an amount written in plain decimals: digits, at most
/// one point, no sign, no exponent and no thousands separator.
///
/// ```
/// assert_eq!(kessai::minor_units_of("29.99", "USD")?, 2999);
/// assert!(kessai::minor_units_of("2,999", "USD").is_err());
/// # Ok::<(), kessai::Error>(())
/// ```
///
/// # Errors
///
/// As [`minor_units`]; naming `amount` also for any other notation.
pub fn minor_units_of(amount: &str, currency: &str) -> Result<i64> {
    let ends_in_digit = |text: &str| text.bytes().next_back().is_some_and(|b| b.is_ascii_digit());
    let plain = amount.starts_with(|c: char| c.is_ascii_digit())
        && ends_in_digit(amount)
        && amount.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let read = if plain {
        Decimal::from_str_exact(amount).ok()
    } else {
        None
    };
    let amount = read.ok_or_else(|| {
        Error::input(
            "amount",
            "amount must be written in plain decimals, such as 29.99",
        )
    })?;
    minor_units(amount, currency)
}

/// The amount that so many of the currency's smallest unit are, with all its
/// decimals.
///
/// ```
/// assert_eq!(kessai::major_units(2990, "USD")?.to_string(), "29.90");
/// assert_eq!(kessai::major_units(2990, "JPY")?.to_string(), "2990");
/// # Ok::<(), kessai::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::Input`](crate::ErrorKind::Input) naming `currency` as [`currency_exponent`] does, and
/// `minor` when it is negative or more than 2^53 - 1.
pub fn major_units(minor: i64, currency: &str) -> Result<Decimal> {
    let exponent = currency_exponent(currency)?;
    if minor < 0 {
        return Err(Error::input("minor", "minor cannot be negative"));
    }
    if minor > MOST {
        return Err(too_much("minor"));
    }
    Decimal::try_from_i128_with_scale(minor.into(), exponent).map_err(|_| too_much("minor"))
}

fn too_much(name: &str) -> Error {
    Error::input(
        name,
        format!("{name} comes to more than {MOST} of the smallest unit"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::Numbers;

    fn codes() -> Vec<(u32, &'static str)> {
        let each = |(decimals, codes): &(u32, &'static str)| {
            let decimals = *decimals;
            codes.split(' ').map(move |code| (decimals, code))
        };
        DECIMALS.iter().flat_map(each).collect()
    }

    #[test]
    fn the_table_holds_each_code_once() {
        let all = codes();
        let once: std::collections::BTreeSet<_> = all.iter().map(|(_, code)| *code).collect();
        assert_eq!(once.len(), all.len());
        for (decimals, code) in &all {
            assert!(
                code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()),
                "{code}"
            );
            assert_eq!(currency_exponent(code).unwrap(), *decimals);
            assert_eq!(currency_exponent(&code.to_lowercase()).unwrap(), *decimals);
        }
        // 178 codes are in force, 13 of them without a smallest unit.
        assert_eq!(all.len(), 165);
    }

    #[test]
    fn an_unknown_currency_is_named_as_such() {
        for bad in [
            "",
            " ",
            "US",
            "USDX",
            "USD ",
            "U D",
            "AED AFN",
            "XXX",
            "XAU",
            "BTC",
            "¥",
            "ＪＰＹ",
        ] {
            for error in [
                currency_exponent(bad).unwrap_err(),
                minor_units(Decimal::ONE, bad).unwrap_err(),
                minor_units_of("1", bad).unwrap_err(),
                major_units(1, bad).unwrap_err(),
            ] {
                assert_eq!(error.param(), Some("currency"), "{bad:?}");
            }
        }
    }

    #[test]
    fn nothing_is_rounded_and_nothing_overflows() {
        for (amount, currency) in [
            ("0.5", "JPY"),
            ("29.999", "USD"),
            ("0.00001", "CLF"),
            ("90071992547409.92", "USD"),
            ("9007199254740992", "JPY"),
            ("79228162514264337593543950335", "CLF"),
            ("0.0000000000000000000000000001", "USD"),
        ] {
            let error = minor_units_of(amount, currency).unwrap_err();
            assert_eq!(error.param(), Some("amount"), "{amount} {currency}");
        }
        for bad in [Decimal::NEGATIVE_ONE, Decimal::new(-1, 28), Decimal::MIN] {
            assert_eq!(minor_units(bad, "USD").unwrap_err().param(), Some("amount"));
        }
        assert_eq!(minor_units(-Decimal::ZERO, "USD").unwrap(), 0);
        assert_eq!(minor_units(Decimal::new(1500, 3), "USD").unwrap(), 150);
        for bad in [-1, MOST + 1, i64::MIN, i64::MAX] {
            assert_eq!(major_units(bad, "USD").unwrap_err().param(), Some("minor"));
        }
    }

    /// What was made is read back, and a decimal more is always refused.
    #[test]
    fn there_and_back_is_the_same() {
        let all = codes();
        let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
        for round in 0..50_000 {
            let most = [10, 10_000, 1 << 53][round % 3];
            let minor = i64::try_from(numbers.below(most)).unwrap();
            let (decimals, code) = all[round % all.len()];
            let major = major_units(minor, code).unwrap();
            assert_eq!(major.scale(), decimals);
            assert_eq!(minor_units(major, code).unwrap(), minor);
            assert_eq!(minor_units_of(&major.to_string(), code).unwrap(), minor);
            let finer = major + Decimal::new(1, decimals + 1);
            assert_eq!(
                minor_units(finer, code).unwrap_err().param(),
                Some("amount")
            );
        }
    }

    /// Any text at all gives an amount that reads back as the text, or an error
    /// that names a parameter.
    #[test]
    fn hostile_text_is_read_exactly_or_refused() {
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        let pieces = [
            "0",
            "1",
            "9",
            "00",
            ".",
            "-",
            "+",
            "e",
            "E5",
            ",",
            "_",
            " ",
            "０",
            "٣",
            "NaN",
            "inf",
            "0x",
            "\0",
            "999999999999",
        ];
        let currencies = ["USD", "jpy", "KWD", "CLF", "", "XXX", "ＵＳＤ"];
        let mut taken = 0_u32;
        for _ in 0..50_000 {
            let text = numbers.text(&pieces, 6);
            let currency = numbers.pick(&currencies);
            match minor_units_of(&text, currency) {
                Ok(minor) => {
                    taken += 1;
                    let back = major_units(minor, currency).unwrap();
                    assert_eq!(back, Decimal::from_str_exact(&text).unwrap(), "{text}");
                }
                Err(error) => assert!(
                    matches!(error.param(), Some("amount" | "currency")),
                    "{text}"
                ),
            }
        }
        assert!(taken > 1_000, "{taken}");
    }

    #[test]
    fn the_vectors_of_all_languages_hold() {
        let vectors = include_str!("../../tests/vectors/ipay_minor_units.json");
        crate::ipay::vectors::play(vectors, |step, with| {
            let currency = with["currency"].as_str().unwrap();
            let given = match step {
                "minor_units" => {
                    minor_units_of(with["amount"].as_str().unwrap(), currency)?.to_string()
                }
                "major_units" => {
                    major_units(with["minor"].as_i64().unwrap(), currency)?.to_string()
                }
                "currency_exponent" => currency_exponent(currency)?.to_string(),
                _ => panic!("{step}"),
            };
            Ok(given.into())
        });
    }
}
