//! Amounts between decimals and a currency's smallest unit.

use kessai::{currency_exponent, major_units, minor_units_of};

use crate::boundary::{Out, Utf8};
use crate::error;
use crate::guard;
use crate::text::Text;

/// An exact decimal in a currency's smallest unit: 2999 for `"29.99"` in `"USD"`, and
/// 2999 for `"2999"` in `"JPY"`. It knows the decimals of ISO 4217, and refuses what
/// does not fit exactly.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_minor_units(
    amount: Utf8<'_>,
    currency: Utf8<'_>,
    minor: Out<'_, i64>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = minor.needed("minor")?;
        place.put(minor_units_of(
            amount.needed("amount")?,
            currency.needed("currency")?,
        )?);
        Ok(())
    })
}

/// The same the other way: `"29.99"` for 2999 in `"USD"`. Free it with
/// `kessai_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_major_units(
    minor: i64,
    currency: Utf8<'_>,
    amount: Out<'_, *mut Text>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = amount.needed("amount")?;
        let exact = major_units(minor, currency.needed("currency")?)?;
        place.give(exact.to_string().into());
        Ok(())
    })
}

/// How many decimals a currency of ISO 4217 has: 0 for `"JPY"`, 2 for `"USD"`, 3 for
/// `"KWD"`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_currency_exponent(
    currency: Utf8<'_>,
    exponent: Out<'_, i64>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = exponent.needed("exponent")?;
        place.put(currency_exponent(currency.needed("currency")?)?.into());
        Ok(())
    })
}
