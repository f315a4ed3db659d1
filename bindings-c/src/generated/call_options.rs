//! The options of calls.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use crate::boundary::Utf8;
use crate::given::ZaifCallOptions;
use crate::guard;

/// The time limit of this call, instead of the client's.
///
/// For `resume`: The time limit of this call.
///
/// For `wait_for`: How long to wait at most: an hour by default, at most a day.
///
/// In whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_set_timeout_ms(
    options: Option<&mut ZaifCallOptions>,
    timeout_ms: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.millis("timeout", timeout_ms);
        }
    });
}

/// For `ensure_invoice`: How long an invoice must still be payable to be given again:
/// 120 s by default.
///
/// In whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_set_min_left_ms(
    options: Option<&mut ZaifCallOptions>,
    min_left_ms: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.millis("min_left", min_left_ms);
        }
    });
}

/// For `cancel_invoice`: Cancel it although money has been seen, which then counts as
/// overpaid.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_set_even_if_money_seen(
    options: Option<&mut ZaifCallOptions>,
    even_if_money_seen: bool,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.flag("even_if_money_seen", even_if_money_seen);
        }
    });
}

/// For `confirm`: The coin it must be paid in, where the shop cares.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_set_currency(
    options: Option<&mut ZaifCallOptions>,
    currency: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("currency", currency);
        }
    });
}

/// For `confirm`: The coin it is billed in, where it is billed in coin.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_set_billing_currency(
    options: Option<&mut ZaifCallOptions>,
    billing_currency: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("billing_currency", billing_currency);
        }
    });
}

/// For `wait_for`: `settled` (the default), `money_seen` or `final`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_set_until(
    options: Option<&mut ZaifCallOptions>,
    until: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("until", until);
        }
    });
}
