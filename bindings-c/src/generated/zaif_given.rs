//! What callers set before a call.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use std::ffi::c_void;

use crate::boundary::{Utf8, owned};
use crate::cancel::Cancel;
use crate::event::{Listener, OnEvent};
use crate::given::{CallOptions, Options, ZaifOrder};
use crate::guard;

/// The options of a client. Setters never fail, and the function that builds the client
/// tells what is wrong. For one thread at a time; may be freed once the client is
/// built.
#[derive(Debug, Default)]
pub struct ZaifOptions(pub(crate) Options);

/// New options for a client, with nothing set. Free them with
/// `kessai_zaif_options_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_new() -> *mut ZaifOptions {
    guard::get(std::ptr::null_mut(), || owned(ZaifOptions::default()))
}

/// Unset all of them, as if they were new. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_clear(options: Option<&mut ZaifOptions>) {
    guard::get((), || {
        if let Some(options) = options {
            *options = ZaifOptions::default();
        }
    });
}

/// Free them. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_free(options: Option<Box<ZaifOptions>>) {
    guard::get((), || drop(options));
}

/// Where the API is: `https://api.zaif.jp/ecapi` by default. Plain http is for loopback
/// addresses only.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_endpoint(
    options: Option<&mut ZaifOptions>,
    endpoint: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("endpoint", endpoint);
        }
    });
}

/// Where the payment pages are, for invoices whose answer does not tell it:
/// `https://zaif.jp`, or the endpoint's own origin where that is on loopback.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_form_base(
    options: Option<&mut ZaifOptions>,
    form_base: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("form_base", form_base);
        }
    });
}

/// Where the credentials go: `both` (the default), `headers` or `body`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_credentials_in(
    options: Option<&mut ZaifOptions>,
    credentials_in: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("credentials_in", credentials_in);
        }
    });
}

/// Which digest of the secret is sent: `sha1` (the default) or `md5`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_digest(
    options: Option<&mut ZaifOptions>,
    digest: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("digest", digest);
        }
    });
}

/// Where nonces are kept: `clock` (the default) for one process, or `file:` and an
/// absolute path for several processes of one host.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_nonces(
    options: Option<&mut ZaifOptions>,
    nonces: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("nonces", nonces);
        }
    });
}

/// How long a call may take, everything included: name lookup, repeats, waits. 15 s by
/// default; give calls that must settle a lost answer 90 s.
///
/// In whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_timeout_ms(
    options: Option<&mut ZaifOptions>,
    timeout_ms: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.millis("timeout", timeout_ms);
        }
    });
}

/// How long the service is given to show a create whose answer was lost: 30 s by
/// default. Nothing is doubled while it needs no longer.
///
/// In whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_settle_ms(
    options: Option<&mut ZaifOptions>,
    settle_ms: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.millis("settle", settle_ms);
        }
    });
}

/// What a rejected nonce means for a create: `look` (the default) looks once before
/// creating again, `settle` also waits for `settle`. Where there is nothing to look up
/// (no order number, a generic call) `look` believes the rejection and `settle` reports
/// the outcome as unknown.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_on_rejection(
    options: Option<&mut ZaifOptions>,
    on_rejection: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("on_rejection", on_rejection);
        }
    });
}

/// How often one request of a call is repeated where repeating is safe: 20 by default;
/// 0 repeats nothing.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_max_retries(
    options: Option<&mut ZaifOptions>,
    max_retries: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("max_retries", max_retries);
        }
    });
}

/// How many requests of this process may be on their way at once with one API key: 4 by
/// default. More overtake one another more often.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_window(
    options: Option<&mut ZaifOptions>,
    window: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("window", window);
        }
    });
}

/// A proxy to reach the service through: `http://user:password@host:port`. None by
/// default: the environment's is not used.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_proxy(
    options: Option<&mut ZaifOptions>,
    proxy: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("proxy", proxy);
        }
    });
}

/// A PEM file with the certificates to trust instead of the bundled roots. There is no
/// switch that turns checking off.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_ca_file(
    options: Option<&mut ZaifOptions>,
    ca_file: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("ca_file", ca_file);
        }
    });
}

/// Spares the question for the service's time that comes before the first nonce of a
/// process. Off by default: a nonce from a clock that is an hour ahead locks every
/// other user of the key out for an hour.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_trust_clock(
    options: Option<&mut ZaifOptions>,
    trust_clock: bool,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.flag("trust_clock", trust_clock);
        }
    });
}

/// Allows order numbers beyond 1 to 64 of `[A-Za-z0-9._-]`. Off by default: how the
/// service treats others is not documented.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_allow_any_order_number(
    options: Option<&mut ZaifOptions>,
    allow_any_order_number: bool,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.flag("allow_any_order_number", allow_any_order_number);
        }
    });
}

/// Set what is called for every request and every call, and for a clock that is
/// wrong: for logs and metrics. `user_data` is handed on as it is. NULL as
/// `on_event` unsets it.
///
/// It is called on the thread of the call, so on several threads at once where
/// several make calls, for as long as the client lives. It should be quick, and
/// make no call of its own: one could wait for the other. Neither `longjmp` nor a
/// C++ exception may leave it. No event holds a credential.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_on_event(
    options: Option<&mut ZaifOptions>,
    on_event: OnEvent,
    user_data: *mut c_void,
) {
    guard::get((), || {
        if let Some(options) = options {
            options.0.listener = Listener::new(on_event, user_data);
        }
    });
}

/// The coin it is paid in: `btc`, `mona`, or one added since.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_currency(
    order: Option<&mut ZaifOrder>,
    currency: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("currency", currency);
        }
    });
}

/// Whole yen; an amount of the coin where `billing_currency` is given. Never a float.
///
/// An exact decimal, such as `"10800"`. NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_amount(
    order: Option<&mut ZaifOrder>,
    amount: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("amount", amount);
        }
    });
}

/// The same setting as `kessai_zaif_order_set_amount`, in whole yen.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_amount_yen(
    order: Option<&mut ZaifOrder>,
    amount_yen: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("amount", amount_yen);
        }
    });
}

/// The same coin as `currency`, to bill in it instead of in yen: the exchange-rate risk
/// is then the shop's.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_billing_currency(
    order: Option<&mut ZaifOrder>,
    billing_currency: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("billing_currency", billing_currency);
        }
    });
}

/// The shop's own order number. With it a lost answer can be found again, and one call
/// never makes two invoices: always send one.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_order_number(
    order: Option<&mut ZaifOrder>,
    order_number: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("order_number", order_number);
        }
    });
}

/// The shop's own reference number.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_reference_number(
    order: Option<&mut ZaifOrder>,
    reference_number: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("reference_number", reference_number);
        }
    });
}

/// The article's name, shown on the payment page.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_item_name(
    order: Option<&mut ZaifOrder>,
    item_name: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("item_name", item_name);
        }
    });
}

/// The shop's name, shown on the payment page.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_merchant_name(
    order: Option<&mut ZaifOrder>,
    merchant_name: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("merchant_name", merchant_name);
        }
    });
}

/// Where the service posts every change of state. The posts are not signed: treat each
/// as a hint and re-read the invoice.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_webhook_url(
    order: Option<&mut ZaifOrder>,
    webhook_url: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("webhook_url", webhook_url);
        }
    });
}

/// Where the service sends one notification when the invoice is complete. It is neither
/// signed nor repeated: prefer `webhook_url`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_notification_uri(
    order: Option<&mut ZaifOrder>,
    notification_uri: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("notification_uri", notification_uri);
        }
    });
}

/// `POST` (the default) or `GET`, which carries no parameters.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_notification_method(
    order: Option<&mut ZaifOrder>,
    notification_method: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("notification_method", notification_method);
        }
    });
}

/// Where the payment page sends the customer once money is seen: seen is not settled.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_redirect_uri(
    order: Option<&mut ZaifOrder>,
    redirect_uri: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("redirect_uri", redirect_uri);
        }
    });
}

/// Subtotal in whole yen, shown on the payment page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_sub_total(
    order: Option<&mut ZaifOrder>,
    sub_total: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("sub_total", sub_total);
        }
    });
}

/// Tax in whole yen, shown on the payment page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_tax(
    order: Option<&mut ZaifOrder>,
    tax: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("tax", tax);
        }
    });
}

/// The regular price in whole yen, shown on the payment page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_regular_price(
    order: Option<&mut ZaifOrder>,
    regular_price: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("regular_price", regular_price);
        }
    });
}

/// The discount in whole yen, shown on the payment page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_discount(
    order: Option<&mut ZaifOrder>,
    discount: i64,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.whole("discount", discount);
        }
    });
}

/// Obsolete since 2022: accepted and ignored by the service.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_speed(
    order: Option<&mut ZaifOrder>,
    speed: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("speed", speed);
        }
    });
}

/// The shop's own name for the buyer. Not shown on the payment page.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_id(
    order: Option<&mut ZaifOrder>,
    buyer_id: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_id", buyer_id);
        }
    });
}

/// The buyer's name. Shown on the payment page, which anyone with its address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_name(
    order: Option<&mut ZaifOrder>,
    buyer_name: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_name", buyer_name);
        }
    });
}

/// The buyer's name in kana. Shown on the payment page, which anyone with its address
/// can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_kana(
    order: Option<&mut ZaifOrder>,
    buyer_kana: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_kana", buyer_kana);
        }
    });
}

/// The buyer's postcode. Shown on the payment page, which anyone with its address can
/// open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_zip(
    order: Option<&mut ZaifOrder>,
    buyer_zip: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_zip", buyer_zip);
        }
    });
}

/// The buyer's address, first line. Shown on the payment page, which anyone with its
/// address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_addr1(
    order: Option<&mut ZaifOrder>,
    buyer_addr1: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_addr1", buyer_addr1);
        }
    });
}

/// The buyer's address, second line. Shown on the payment page, which anyone with its
/// address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_addr2(
    order: Option<&mut ZaifOrder>,
    buyer_addr2: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_addr2", buyer_addr2);
        }
    });
}

/// The buyer's address, third line. Shown on the payment page, which anyone with its
/// address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_addr3(
    order: Option<&mut ZaifOrder>,
    buyer_addr3: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_addr3", buyer_addr3);
        }
    });
}

/// The buyer's telephone number. Shown on the payment page, which anyone with its
/// address can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_phone(
    order: Option<&mut ZaifOrder>,
    buyer_phone: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_phone", buyer_phone);
        }
    });
}

/// The buyer's mobile number. Shown on the payment page, which anyone with its address
/// can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_cellphone(
    order: Option<&mut ZaifOrder>,
    buyer_cellphone: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_cellphone", buyer_cellphone);
        }
    });
}

/// The buyer's e-mail address. Shown on the payment page, which anyone with its address
/// can open.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_set_buyer_email(
    order: Option<&mut ZaifOrder>,
    buyer_email: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(order) = order {
            let given = &mut order.0;
            given.text("buyer_email", buyer_email);
        }
    });
}

/// What a call can be told besides what it needs. Setters never fail, and the call
/// tells what is wrong; one that does not take what is set here says so. For one thread
/// at a time; may be used for several calls.
#[derive(Debug, Default)]
pub struct ZaifCallOptions(pub(crate) CallOptions);

/// New options for calls, with nothing set. Free them with
/// `kessai_zaif_call_options_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_new() -> *mut ZaifCallOptions {
    guard::get(std::ptr::null_mut(), || owned(ZaifCallOptions::default()))
}

/// Unset all of them, as if they were new. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_clear(options: Option<&mut ZaifCallOptions>) {
    guard::get((), || {
        if let Some(options) = options {
            *options = ZaifCallOptions::default();
        }
    });
}

/// Free them. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_free(options: Option<Box<ZaifCallOptions>>) {
    guard::get((), || drop(options));
}

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
            let given = &mut options.0.given;
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
            let given = &mut options.0.given;
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
            let given = &mut options.0.given;
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
            let given = &mut options.0.given;
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
            let given = &mut options.0.given;
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
            let given = &mut options.0.given;
            given.text("until", until);
        }
    });
}

/// Set what can end the calls early, from another thread or from a signal
/// handler. NULL unsets it. It may be freed before the options are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_set_cancel(
    options: Option<&mut ZaifCallOptions>,
    cancel: Option<&Cancel>,
) {
    guard::get((), || {
        if let Some(options) = options {
            options.0.cancel = cancel.map(Cancel::flag);
        }
    });
}
