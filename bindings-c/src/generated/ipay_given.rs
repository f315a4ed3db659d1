//! What callers set before a call.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use std::ffi::c_void;

use crate::boundary::{Utf8, Utf8s, owned};
use crate::cancel::Cancel;
use crate::event::{Listener, OnEvent};
use crate::given::{CallOptions, Options};
use crate::guard;
use crate::token_source::{Source, TokenSource};

/// The options of a client. Setters never fail, and the function that builds the client
/// tells what is wrong. For one thread at a time; may be freed once the client is
/// built.
#[derive(Debug, Default)]
pub struct IpayOptions(pub(crate) Options);

/// New options for a client, with nothing set. Free them with
/// `kessai_ipay_options_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_new() -> *mut IpayOptions {
    guard::get(std::ptr::null_mut(), || owned(IpayOptions::default()))
}

/// Unset all of them, as if they were new. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_clear(options: Option<&mut IpayOptions>) {
    guard::get((), || {
        if let Some(options) = options {
            *options = IpayOptions::default();
        }
    });
}

/// Free them. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_free(options: Option<Box<IpayOptions>>) {
    guard::get((), || drop(options));
}

/// Instead of a key: the client that fetches tokens (OAuth 2.0).
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_client_id(
    options: Option<&mut IpayOptions>,
    client_id: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.secret("client_id", client_id);
        }
    });
}

/// That client's secret.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_client_secret(
    options: Option<&mut IpayOptions>,
    client_secret: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.secret("client_secret", client_secret);
        }
    });
}

/// Instead of a key: a bearer token, such as a JWT.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_token(
    options: Option<&mut IpayOptions>,
    token: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.secret("token", token);
        }
    });
}

/// Whether payments are real: `live` (the default) or `sandbox`. A key of the other
/// kind is refused before anything is sent.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_mode(
    options: Option<&mut IpayOptions>,
    mode: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("mode", mode);
        }
    });
}

/// Where the API is, where it is neither `https://api.ipay.com/api` nor
/// `https://sandbox.ipay.com/api`. Plain http is for loopback addresses only; elsewhere
/// than on loopback the `mode` must be said.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_base_url(
    options: Option<&mut IpayOptions>,
    base_url: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("base_url", base_url);
        }
    });
}

/// Where tokens are fetched with client credentials: `/oauth/token` below the base
/// address unless told otherwise. The form is Usual (RFC 6749).
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_token_url(
    options: Option<&mut IpayOptions>,
    token_url: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("token_url", token_url);
        }
    });
}

/// How long a call may take, everything included: name lookup, repeats, waits. 15 s by
/// default.
///
/// In whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_timeout_ms(
    options: Option<&mut IpayOptions>,
    timeout_ms: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.millis("timeout", timeout_ms);
        }
    });
}

/// How often one call is repeated where repeating is safe: 5 by default; 0 repeats
/// nothing. Every repeat has the same idempotency key.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_max_retries(
    options: Option<&mut IpayOptions>,
    max_retries: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("max_retries", max_retries);
        }
    });
}

/// How many calls a minute may be made for one `rate_key`, such as the payer. No limit
/// by default; calls without a `rate_key` are not counted.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_rate_limit(
    options: Option<&mut IpayOptions>,
    rate_limit: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("rate_limit", rate_limit);
        }
    });
}

/// A proxy to reach the service through: `http://user:password@host:port`. None by
/// default: the environment's is not used.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_proxy(
    options: Option<&mut IpayOptions>,
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
pub extern "C" fn kessai_ipay_options_set_ca_file(
    options: Option<&mut IpayOptions>,
    ca_file: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("ca_file", ca_file);
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
pub extern "C" fn kessai_ipay_options_set_on_event(
    options: Option<&mut IpayOptions>,
    on_event: OnEvent,
    user_data: *mut c_void,
) {
    guard::get((), || {
        if let Some(options) = options {
            options.0.listener = Listener::new(on_event, user_data);
        }
    });
}

/// Set what is called for the bearer token of each call, and once more where the
/// service refuses it: for a JWT that is made anew. NULL as `token_source` unsets it.
///
/// It is called on the thread of the call, so on several threads at once where several
/// make calls, for as long as the client lives. The text that it gives is copied at once.
/// Neither `longjmp` nor a C++ exception may leave it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_options_set_token_source(
    options: Option<&mut IpayOptions>,
    token_source: TokenSource,
    user_data: *mut c_void,
) {
    guard::get((), || {
        if let Some(options) = options {
            options.0.token_source = Source::new(token_source, user_data);
        }
    });
}

/// What a call can be told besides what it needs. Setters never fail, and the call
/// tells what is wrong; one that does not take what is set here says so. For one thread
/// at a time; may be used for several calls.
#[derive(Debug, Default)]
pub struct IpayCallOptions(pub(crate) CallOptions);

/// New options for calls, with nothing set. Free them with
/// `kessai_ipay_call_options_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_new() -> *mut IpayCallOptions {
    guard::get(std::ptr::null_mut(), || owned(IpayCallOptions::default()))
}

/// Unset all of them, as if they were new. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_clear(options: Option<&mut IpayCallOptions>) {
    guard::get((), || {
        if let Some(options) = options {
            *options = IpayCallOptions::default();
        }
    });
}

/// Free them. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_free(options: Option<Box<IpayCallOptions>>) {
    guard::get((), || drop(options));
}

/// The key that makes repeats of this call one call: a random one unless given. The
/// service answers a second call with the same key as it answered the first.
/// `order_key` makes one of an order. For all calls but `confirm`, `resume_payment`,
/// `resume_refund`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_idempotency_key(
    options: Option<&mut IpayCallOptions>,
    idempotency_key: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("idempotency_key", idempotency_key);
        }
    });
}

/// When the shop first used this `idempotency_key`, in Unix seconds, as its books say.
/// 23 hours later the service may have forgotten the key, so nothing is sent any more:
/// the outcome is unknown, and the handle of the error finds out. Unless given, it is
/// now. For all calls but `confirm`, `resume_payment`, `resume_refund`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_first_try_at(
    options: Option<&mut IpayCallOptions>,
    first_try_at: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("first_try_at", first_try_at);
        }
    });
}

/// Where in the body something may stand that looks like a card's number, such as
/// `metadata.serial`. For all calls but `confirm`, `resume_payment`, `resume_refund`.
///
/// NULL where they are none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_allow_paths(
    options: Option<&mut IpayCallOptions>,
    allow_paths: Utf8s<'_>,
    allow_paths_count: usize,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            // SAFETY: the header asks for so many of them.
            unsafe { given.texts("allow_paths", allow_paths, allow_paths_count) };
        }
    });
}

/// Whom the call counts for, such as the payer, where the client has a `rate_limit`.
/// For all calls but `confirm`, `resume_payment`, `resume_refund`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_rate_key(
    options: Option<&mut IpayCallOptions>,
    rate_key: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("rate_key", rate_key);
        }
    });
}

/// The time limit of this call, instead of the client's.
///
/// In whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_timeout_ms(
    options: Option<&mut IpayCallOptions>,
    timeout_ms: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.millis("timeout", timeout_ms);
        }
    });
}

/// For `create_payment`: The customer who pays.
///
/// For `create_payment_method`: Whose it is.
///
/// For `list_subscriptions`: Only those of this customer.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_customer(
    options: Option<&mut IpayCallOptions>,
    customer: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("customer", customer);
        }
    });
}

/// For `create_payment`, `update_subscription`: What it is paid with.
///
/// For `confirm_payment`: What it is paid with, where it was made without.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_payment_method(
    options: Option<&mut IpayCallOptions>,
    payment_method: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("payment_method", payment_method);
        }
    });
}

/// For `create_payment`: Whether it is to be paid at once.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_confirm(
    options: Option<&mut IpayCallOptions>,
    confirm: bool,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.flag("confirm", confirm);
        }
    });
}

/// For `create_payment`: What it is for.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_description(
    options: Option<&mut IpayCallOptions>,
    description: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("description", description);
        }
    });
}

/// For `create_payment`: The shop's own notes: `orderId` names the order.
///
/// For `create_customer`: The shop's own notes: the guide uses `internalId` and `tier`.
///
/// For `update_customer`, `create_subscription`, `update_subscription`: The shop's own
/// notes.
///
/// One JSON object of texts and numbers. NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_metadata_json(
    options: Option<&mut IpayCallOptions>,
    metadata_json: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.map("metadata", metadata_json);
        }
    });
}

/// For `create_payment`: When the money is taken: `automatic`, or `manual` with
/// `capture_payment`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_capture_method(
    options: Option<&mut IpayCallOptions>,
    capture_method: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("capture_method", capture_method);
        }
    });
}

/// For `create_payment`: What stands on the customer's statement.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_statement_descriptor(
    options: Option<&mut IpayCallOptions>,
    statement_descriptor: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("statement_descriptor", statement_descriptor);
        }
    });
}

/// For `create_payment`: Whether 3-D Secure may be asked for.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_confirmation_token(
    options: Option<&mut IpayCallOptions>,
    confirmation_token: bool,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.flag("confirmation_token", confirmation_token);
        }
    });
}

/// For `list_payments`, `list_refunds`, `list_customers`, `list_subscriptions`,
/// `list_transactions`: How many stand on a page: 1 to 100.
///
/// For `list_payment_methods`: How many stand on a page: 1 to 100. Usual.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_limit(
    options: Option<&mut IpayCallOptions>,
    limit: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("limit", limit);
        }
    });
}

/// For `list_payments`: The identifier of the payment to start after.
///
/// For `list_refunds`: The identifier of the refund to start after.
///
/// For `list_customers`: The identifier of the customer to start after.
///
/// For `list_payment_methods`: The identifier of the payment method to start after.
/// Usual.
///
/// For `list_subscriptions`: The identifier of the subscription to start after.
///
/// For `list_transactions`: The identifier of the line to start after.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_starting_after(
    options: Option<&mut IpayCallOptions>,
    starting_after: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("starting_after", starting_after);
        }
    });
}

/// For `capture_payment`: How much, in the currency's smallest unit: all of it unless
/// given. What is left is given free.
///
/// For `create_refund`: How much, in the currency's smallest unit: all that is left
/// unless given.
///
/// For `update_subscription`: What is paid each time, in the currency's smallest unit.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_amount(
    options: Option<&mut IpayCallOptions>,
    amount: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("amount", amount);
        }
    });
}

/// For `create_refund`: Why: `duplicate`, `fraudulent`, `requested_by_customer` (the
/// default), `order_canceled`, `product_not_received`, `product_not_as_described`, or
/// the shop's own word.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_reason(
    options: Option<&mut IpayCallOptions>,
    reason: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("reason", reason);
        }
    });
}

/// For `list_refunds`: Only those of this payment.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_payment(
    options: Option<&mut IpayCallOptions>,
    payment: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("payment", payment);
        }
    });
}

/// For `create_customer`, `update_customer`: Where to write to.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_email(
    options: Option<&mut IpayCallOptions>,
    email: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("email", email);
        }
    });
}

/// For `create_customer`, `update_customer`: The name.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_name(
    options: Option<&mut IpayCallOptions>,
    name: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("name", name);
        }
    });
}

/// For `create_customer`, `update_customer`: The telephone number.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_phone(
    options: Option<&mut IpayCallOptions>,
    phone: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("phone", phone);
        }
    });
}

/// For `create_payment_method`: The card's token.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_token(
    options: Option<&mut IpayCallOptions>,
    token: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("token", token);
        }
    });
}

/// For `update_subscription`: How often: `day`, `week`, `month` or `year`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_interval(
    options: Option<&mut IpayCallOptions>,
    interval: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("interval", interval);
        }
    });
}

/// For `list_transactions`: Only what happened at this time or later, in Unix seconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_since(
    options: Option<&mut IpayCallOptions>,
    since: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("since", since);
        }
    });
}

/// For `list_transactions`: Only what happened before this time, in Unix seconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_until(
    options: Option<&mut IpayCallOptions>,
    until: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.whole("until", until);
        }
    });
}

/// For `confirm`: The status it must have, where that matters.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_status(
    options: Option<&mut IpayCallOptions>,
    status: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.0.given;
            given.text("status", status);
        }
    });
}

/// Set what can end the calls early, from another thread or from a signal
/// handler. NULL unsets it. It may be freed before the options are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_call_options_set_cancel(
    options: Option<&mut IpayCallOptions>,
    cancel: Option<&Cancel>,
) {
    guard::get((), || {
        if let Some(options) = options {
            options.0.cancel = cancel.map(Cancel::flag);
        }
    });
}
