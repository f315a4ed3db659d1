//! The models, and what they tell.
//!
//! Generated from the core's tables by `make generate`: do not edit.

#![expect(
    non_camel_case_types,
    reason = "the names of constants in C"
)]

use std::ffi::c_char;
use std::ptr;

use crate::boundary::{Out, Utf8, owned};
use crate::error::Error;
use crate::guard;
use crate::handle::{self, Handle, Several};
use crate::text::Text;

/// The shop's account.
///
/// Read from `/account` of the iPay API. Unknown fields are kept as they came.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayAccount(pub(crate) Handle);

impl From<Handle> for IpayAccount {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_free(account: Option<Box<IpayAccount>>) {
    guard::get((), || drop(account));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_copy(account: Option<&IpayAccount>) -> *mut IpayAccount {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(account.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayAccount(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_account_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_store(
    account: Option<&IpayAccount>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(account.map(|m| &m.0), "account")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_account_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_restore(
    stored: Utf8<'_>,
    account: Out<'_, *mut IpayAccount>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = account.needed("account")?;
        place.give(handle::restore("ipay", "Account", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_raw(account: Option<&IpayAccount>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(account.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_json(account: Option<&IpayAccount>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(account.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_member_json(
    account: Option<&IpayAccount>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(account.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_member_text(
    account: Option<&IpayAccount>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(account.map(|m| &m.0), name))
}

/// The shop's name.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_business_name(account: Option<&IpayAccount>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(account.map(|m| &m.0), "business_name"))
}

/// The account's identifier. Usual.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_account_id(account: Option<&IpayAccount>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(account.map(|m| &m.0), "id"))
}

/// A payment: what is to be paid, and how far it is.
///
/// Read from `/payments` of the iPay API. Unknown fields are kept as they came.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayPayment(pub(crate) Handle);

impl From<Handle> for IpayPayment {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_free(payment: Option<Box<IpayPayment>>) {
    guard::get((), || drop(payment));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_copy(payment: Option<&IpayPayment>) -> *mut IpayPayment {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(payment.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayPayment(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_payment_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_store(
    payment: Option<&IpayPayment>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(payment.map(|m| &m.0), "payment")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_payment_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_restore(
    stored: Utf8<'_>,
    payment: Out<'_, *mut IpayPayment>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment.needed("payment")?;
        place.give(handle::restore("ipay", "Payment", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_raw(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(payment.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_json(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(payment.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_member_json(
    payment: Option<&IpayPayment>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(payment.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_member_text(
    payment: Option<&IpayPayment>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(payment.map(|m| &m.0), name))
}

/// The payment's identifier, such as `pay_...`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_id(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "id"))
}

/// How far it is. The set is open: one that nobody listed is kept as it came.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_status(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "status"))
}

/// What is to be paid, in the currency's smallest unit: 2999 is $29.99, and 2999 yen.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_amount(payment: Option<&IpayPayment>) -> i64 {
    guard::get(0, || handle::whole_number(payment.map(|m| &m.0), "amount").unwrap_or(0))
}

/// The currency's code (ISO 4217), as it was sent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_currency(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "currency"))
}

/// How much of it was captured. Usual. False, and nothing written, where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_amount_captured(
    payment: Option<&IpayPayment>,
    amount_captured: Out<'_, i64>,
) -> bool {
    guard::get(false, || {
        let whole = handle::whole_number(payment.map(|m| &m.0), "amount_captured");
        let (Some(whole), Some(place)) = (whole, amount_captured.wanted()) else {
            return false;
        };
        place.put(whole);
        true
    })
}

/// How much of it was given back. Usual. False, and nothing written, where it is
/// absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_amount_refunded(
    payment: Option<&IpayPayment>,
    amount_refunded: Out<'_, i64>,
) -> bool {
    guard::get(false, || {
        let whole = handle::whole_number(payment.map(|m| &m.0), "amount_refunded");
        let (Some(whole), Some(place)) = (whole, amount_refunded.wanted()) else {
            return false;
        };
        place.put(whole);
        true
    })
}

/// The customer who pays.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_customer(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "customer"))
}

/// What it is paid with.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_payment_method(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "payment_method"))
}

/// What the shop says that it is for.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_description(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "description"))
}

/// The shop's own notes: `orderId` names the order.
///
/// The text of this name, lent; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_metadata(
    payment: Option<&IpayPayment>,
    name: Utf8<'_>,
) -> *const c_char {
    guard::get(ptr::null(), || handle::text_of(payment.map(|m| &m.0), "metadata", name))
}

/// The shop's own notes: `orderId` names the order.
///
/// All of it, as one JSON object of texts.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_metadata_json(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "metadata"))
}

/// When the money is taken: `automatic` or `manual`.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_capture_method(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "capture_method"))
}

/// What stands on the customer's statement.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_statement_descriptor(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "statement_descriptor"))
}

/// With this the customer's page goes on with the payment. For that page only: it is
/// not shown where the payment is printed.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_client_secret(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "client_secret"))
}

/// What the customer must do next, as the service describes it. The guide does not tell
/// its form.
///
/// JSON.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_next_action_json(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "next_action"))
}

/// Why it failed, as a code.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_failure_code(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "failure_code"))
}

/// Why it failed, for people.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_failure_message(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "failure_message"))
}

/// When it was made, in Unix seconds. Usual.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_created(payment: Option<&IpayPayment>) -> i64 {
    guard::get(0, || handle::time(payment.map(|m| &m.0), "created"))
}

/// Whether this is the answer that an earlier request with the same idempotency key
/// got.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_replayed(payment: Option<&IpayPayment>) -> bool {
    guard::get(false, || handle::answer(payment.map(|m| &m.0), "replayed") == Some(true))
}

/// What it has come to: `succeeded`, `needs_action`, `failed`, `canceled` or `pending`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_result(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "result"))
}

/// The order it is for: `orderId` in its metadata.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_order_id(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "order_id"))
}

/// Where to send the customer, where the next action is to go somewhere: it may hold
/// the `client_secret`, and is not shown where the payment is printed. Usual.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_redirect_url(payment: Option<&IpayPayment>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "redirect_url"))
}

/// What it is: to switch over. There may be more in time, so a `switch` needs a
/// `default`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IpayPaymentKind {
    /// Nothing at all: NULL.
    KESSAI_IPAY_PAYMENT_NONE = 0,
    /// A payment that is paid: the shop has its money.
    KESSAI_IPAY_PAYMENT_SUCCEEDED = 1,
    /// A payment that is not paid: the customer must do something first, as in 3-D Secure.
    ///
    /// Hand `client_secret` and `next_action` to the customer's page.
    KESSAI_IPAY_PAYMENT_NEEDS_ACTION = 2,
    /// A payment that was declined, or refused by the customer: it will not be paid.
    KESSAI_IPAY_PAYMENT_FAILED = 3,
    /// A payment that was taken back before it was paid.
    KESSAI_IPAY_PAYMENT_CANCELED = 4,
    /// A payment that is none of the others yet: `status` says how far it is.
    KESSAI_IPAY_PAYMENT_PENDING = 5,
}

/// What it is.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_which(payment: Option<&IpayPayment>) -> IpayPaymentKind {
    guard::get(IpayPaymentKind::KESSAI_IPAY_PAYMENT_NONE, || match handle::class(payment.map(|m| &m.0)) {
        "Succeeded" => IpayPaymentKind::KESSAI_IPAY_PAYMENT_SUCCEEDED,
        "NeedsAction" => IpayPaymentKind::KESSAI_IPAY_PAYMENT_NEEDS_ACTION,
        "Failed" => IpayPaymentKind::KESSAI_IPAY_PAYMENT_FAILED,
        "Canceled" => IpayPaymentKind::KESSAI_IPAY_PAYMENT_CANCELED,
        "Pending" => IpayPaymentKind::KESSAI_IPAY_PAYMENT_PENDING,
        _ => IpayPaymentKind::KESSAI_IPAY_PAYMENT_NONE,
    })
}

/// A payment that is paid: the shop has its money.
///
/// Lent by the handle that `kessai_ipay_payment_succeeded` was asked of, for as long as
/// that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpaySucceeded(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_succeeded(payment: Option<&IpayPayment>) -> *const IpaySucceeded {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "Succeeded"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_succeeded_as_payment(
    payment: Option<&IpaySucceeded>,
) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "Succeeded"))
}

/// A payment that is not paid: the customer must do something first, as in 3-D Secure.
///
/// Hand `client_secret` and `next_action` to the customer's page.
///
/// Lent by the handle that `kessai_ipay_payment_needs_action` was asked of, for as long
/// as that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayNeedsAction(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_needs_action(payment: Option<&IpayPayment>) -> *const IpayNeedsAction {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "NeedsAction"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_needs_action_as_payment(
    payment: Option<&IpayNeedsAction>,
) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "NeedsAction"))
}

/// With this the customer's page goes on with the payment. For that page only: it is
/// not shown where the payment is printed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_needs_action_client_secret(payment: Option<&IpayNeedsAction>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "client_secret"))
}

/// What the customer must do next, as the service describes it. The guide does not tell
/// its form.
///
/// JSON.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_needs_action_next_action_json(payment: Option<&IpayNeedsAction>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment.map(|m| &m.0), "next_action"))
}

/// A payment that was declined, or refused by the customer: it will not be paid.
///
/// Lent by the handle that `kessai_ipay_payment_failed` was asked of, for as long as
/// that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayFailed(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_failed(payment: Option<&IpayPayment>) -> *const IpayFailed {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "Failed"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_failed_as_payment(
    payment: Option<&IpayFailed>,
) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "Failed"))
}

/// A payment that was taken back before it was paid.
///
/// Lent by the handle that `kessai_ipay_payment_canceled` was asked of, for as long as
/// that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayCanceled(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_canceled(payment: Option<&IpayPayment>) -> *const IpayCanceled {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "Canceled"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_canceled_as_payment(
    payment: Option<&IpayCanceled>,
) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "Canceled"))
}

/// A payment that is none of the others yet: `status` says how far it is.
///
/// Lent by the handle that `kessai_ipay_payment_pending` was asked of, for as long as
/// that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayPending(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_pending(payment: Option<&IpayPayment>) -> *const IpayPending {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "Pending"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_pending_as_payment(
    payment: Option<&IpayPending>,
) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::of_class(payment.map(|m| &m.0), "Pending"))
}

/// One page of a list, newest first where the service says so. Immutable: threads may share it.
#[derive(Debug)]
pub struct IpayPayments(Several);

impl From<Several> for IpayPayments {
    fn from(several: Several) -> Self {
        Self(several)
    }
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payments_count(payments: Option<&IpayPayments>) -> usize {
    guard::get(0, || handle::count(payments.map(|all| &all.0)))
}

/// One of them, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payments_at(
    payments: Option<&IpayPayments>,
    index: usize,
) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::at(payments.map(|all| &all.0), index))
}

/// What the next page starts after, for `starting_after`; NULL on the last page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payments_next(payments: Option<&IpayPayments>) -> *const c_char {
    guard::get(ptr::null(), || handle::next(payments.map(|all| &all.0)))
}

/// Free them, and what they lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payments_free(payments: Option<Box<IpayPayments>>) {
    guard::get((), || drop(payments));
}

/// A refund, of the whole of a payment or of part of it.
///
/// Read from `/refunds` of the iPay API. Unknown fields are kept as they came.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayRefund(pub(crate) Handle);

impl From<Handle> for IpayRefund {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_free(refund: Option<Box<IpayRefund>>) {
    guard::get((), || drop(refund));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_copy(refund: Option<&IpayRefund>) -> *mut IpayRefund {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(refund.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayRefund(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_refund_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_store(
    refund: Option<&IpayRefund>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(refund.map(|m| &m.0), "refund")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_refund_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_restore(
    stored: Utf8<'_>,
    refund: Out<'_, *mut IpayRefund>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = refund.needed("refund")?;
        place.give(handle::restore("ipay", "Refund", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_raw(refund: Option<&IpayRefund>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(refund.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_json(refund: Option<&IpayRefund>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(refund.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_member_json(
    refund: Option<&IpayRefund>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(refund.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_member_text(
    refund: Option<&IpayRefund>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(refund.map(|m| &m.0), name))
}

/// The refund's identifier.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_id(refund: Option<&IpayRefund>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(refund.map(|m| &m.0), "id"))
}

/// How far it is. The set is open, and Usual.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_status(refund: Option<&IpayRefund>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(refund.map(|m| &m.0), "status"))
}

/// How much is given back, in the currency's smallest unit.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_amount(refund: Option<&IpayRefund>) -> i64 {
    guard::get(0, || handle::whole_number(refund.map(|m| &m.0), "amount").unwrap_or(0))
}

/// The currency's code, as the payment has it. Usual.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_currency(refund: Option<&IpayRefund>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(refund.map(|m| &m.0), "currency"))
}

/// The payment that it is of.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_payment(refund: Option<&IpayRefund>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(refund.map(|m| &m.0), "payment"))
}

/// Why: one of the guide's reasons, or the shop's own.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_reason(refund: Option<&IpayRefund>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(refund.map(|m| &m.0), "reason"))
}

/// The shop's own notes. Usual.
///
/// The text of this name, lent; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_metadata(
    refund: Option<&IpayRefund>,
    name: Utf8<'_>,
) -> *const c_char {
    guard::get(ptr::null(), || handle::text_of(refund.map(|m| &m.0), "metadata", name))
}

/// The shop's own notes. Usual.
///
/// All of it, as one JSON object of texts.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_metadata_json(refund: Option<&IpayRefund>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(refund.map(|m| &m.0), "metadata"))
}

/// When it was made, in Unix seconds. Usual.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_created(refund: Option<&IpayRefund>) -> i64 {
    guard::get(0, || handle::time(refund.map(|m| &m.0), "created"))
}

/// Whether this is the answer that an earlier request with the same idempotency key
/// got.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refund_replayed(refund: Option<&IpayRefund>) -> bool {
    guard::get(false, || handle::answer(refund.map(|m| &m.0), "replayed") == Some(true))
}

/// One page of a list, newest first where the service says so. Immutable: threads may share it.
#[derive(Debug)]
pub struct IpayRefunds(Several);

impl From<Several> for IpayRefunds {
    fn from(several: Several) -> Self {
        Self(several)
    }
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refunds_count(refunds: Option<&IpayRefunds>) -> usize {
    guard::get(0, || handle::count(refunds.map(|all| &all.0)))
}

/// One of them, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refunds_at(
    refunds: Option<&IpayRefunds>,
    index: usize,
) -> *const IpayRefund {
    guard::get(ptr::null(), || handle::at(refunds.map(|all| &all.0), index))
}

/// What the next page starts after, for `starting_after`; NULL on the last page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refunds_next(refunds: Option<&IpayRefunds>) -> *const c_char {
    guard::get(ptr::null(), || handle::next(refunds.map(|all| &all.0)))
}

/// Free them, and what they lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_refunds_free(refunds: Option<Box<IpayRefunds>>) {
    guard::get((), || drop(refunds));
}

/// A customer, to keep payment methods with.
///
/// Read from `/customers` of the iPay API. Unknown fields are kept as they came.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayCustomer(pub(crate) Handle);

impl From<Handle> for IpayCustomer {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_free(customer: Option<Box<IpayCustomer>>) {
    guard::get((), || drop(customer));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_copy(customer: Option<&IpayCustomer>) -> *mut IpayCustomer {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(customer.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayCustomer(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_customer_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_store(
    customer: Option<&IpayCustomer>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(customer.map(|m| &m.0), "customer")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_customer_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_restore(
    stored: Utf8<'_>,
    customer: Out<'_, *mut IpayCustomer>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = customer.needed("customer")?;
        place.give(handle::restore("ipay", "Customer", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_raw(customer: Option<&IpayCustomer>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(customer.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_json(customer: Option<&IpayCustomer>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(customer.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_member_json(
    customer: Option<&IpayCustomer>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(customer.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_member_text(
    customer: Option<&IpayCustomer>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(customer.map(|m| &m.0), name))
}

/// The customer's identifier, such as `cus_...`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_id(customer: Option<&IpayCustomer>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(customer.map(|m| &m.0), "id"))
}

/// Where to write to.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_email(customer: Option<&IpayCustomer>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(customer.map(|m| &m.0), "email"))
}

/// The name.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_name(customer: Option<&IpayCustomer>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(customer.map(|m| &m.0), "name"))
}

/// The telephone number.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_phone(customer: Option<&IpayCustomer>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(customer.map(|m| &m.0), "phone"))
}

/// The shop's own notes: the guide uses `internalId` and `tier`.
///
/// The text of this name, lent; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_metadata(
    customer: Option<&IpayCustomer>,
    name: Utf8<'_>,
) -> *const c_char {
    guard::get(ptr::null(), || handle::text_of(customer.map(|m| &m.0), "metadata", name))
}

/// The shop's own notes: the guide uses `internalId` and `tier`.
///
/// All of it, as one JSON object of texts.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_metadata_json(customer: Option<&IpayCustomer>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(customer.map(|m| &m.0), "metadata"))
}

/// When it was made, in Unix seconds. Usual.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_created(customer: Option<&IpayCustomer>) -> i64 {
    guard::get(0, || handle::time(customer.map(|m| &m.0), "created"))
}

/// Whether it was deleted: only the answer to that tells it. Usual.
///
/// A plain answer: false where it is not known, which
/// `kessai_ipay_customer_deleted_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_deleted(customer: Option<&IpayCustomer>) -> bool {
    guard::get(false, || handle::answer(customer.map(|m| &m.0), "deleted").unwrap_or(false))
}

/// Whether `kessai_ipay_customer_deleted` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_deleted_known(customer: Option<&IpayCustomer>) -> bool {
    guard::get(false, || handle::answer(customer.map(|m| &m.0), "deleted").is_some())
}

/// Whether this is the answer that an earlier request with the same idempotency key
/// got.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_replayed(customer: Option<&IpayCustomer>) -> bool {
    guard::get(false, || handle::answer(customer.map(|m| &m.0), "replayed") == Some(true))
}

/// One page of a list, newest first where the service says so. Immutable: threads may share it.
#[derive(Debug)]
pub struct IpayCustomers(Several);

impl From<Several> for IpayCustomers {
    fn from(several: Several) -> Self {
        Self(several)
    }
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customers_count(customers: Option<&IpayCustomers>) -> usize {
    guard::get(0, || handle::count(customers.map(|all| &all.0)))
}

/// One of them, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customers_at(
    customers: Option<&IpayCustomers>,
    index: usize,
) -> *const IpayCustomer {
    guard::get(ptr::null(), || handle::at(customers.map(|all| &all.0), index))
}

/// What the next page starts after, for `starting_after`; NULL on the last page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customers_next(customers: Option<&IpayCustomers>) -> *const c_char {
    guard::get(ptr::null(), || handle::next(customers.map(|all| &all.0)))
}

/// Free them, and what they lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customers_free(customers: Option<Box<IpayCustomers>>) {
    guard::get((), || drop(customers));
}

/// What may be shown of a card.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayCard(pub(crate) Handle);

impl From<Handle> for IpayCard {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_free(card: Option<Box<IpayCard>>) {
    guard::get((), || drop(card));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_copy(card: Option<&IpayCard>) -> *mut IpayCard {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(card.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayCard(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_card_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_store(
    card: Option<&IpayCard>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(card.map(|m| &m.0), "card")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_card_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_restore(
    stored: Utf8<'_>,
    card: Out<'_, *mut IpayCard>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = card.needed("card")?;
        place.give(handle::restore("ipay", "Card", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_raw(card: Option<&IpayCard>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(card.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_json(card: Option<&IpayCard>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(card.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_member_json(
    card: Option<&IpayCard>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(card.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_member_text(
    card: Option<&IpayCard>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(card.map(|m| &m.0), name))
}

/// The card's network, such as `visa`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_brand(card: Option<&IpayCard>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(card.map(|m| &m.0), "brand"))
}

/// Its last four digits.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_last4(card: Option<&IpayCard>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(card.map(|m| &m.0), "last4"))
}

/// The month in which it ends, from 1.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_exp_month(card: Option<&IpayCard>) -> i64 {
    guard::get(0, || handle::whole_number(card.map(|m| &m.0), "exp_month").unwrap_or(0))
}

/// The year in which it ends, with all four digits.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_card_exp_year(card: Option<&IpayCard>) -> i64 {
    guard::get(0, || handle::whole_number(card.map(|m| &m.0), "exp_year").unwrap_or(0))
}

/// Something to pay with, kept by the service.
///
/// Read from `/payment_methods` of the iPay API. Unknown fields are kept as they came.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayPaymentMethod(pub(crate) Handle);

impl From<Handle> for IpayPaymentMethod {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_free(payment_method: Option<Box<IpayPaymentMethod>>) {
    guard::get((), || drop(payment_method));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_copy(payment_method: Option<&IpayPaymentMethod>) -> *mut IpayPaymentMethod {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(payment_method.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayPaymentMethod(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_payment_method_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_store(
    payment_method: Option<&IpayPaymentMethod>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(payment_method.map(|m| &m.0), "payment_method")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_payment_method_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_restore(
    stored: Utf8<'_>,
    payment_method: Out<'_, *mut IpayPaymentMethod>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment_method.needed("payment_method")?;
        place.give(handle::restore("ipay", "PaymentMethod", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_raw(payment_method: Option<&IpayPaymentMethod>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(payment_method.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_json(payment_method: Option<&IpayPaymentMethod>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(payment_method.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_member_json(
    payment_method: Option<&IpayPaymentMethod>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(payment_method.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_member_text(
    payment_method: Option<&IpayPaymentMethod>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(payment_method.map(|m| &m.0), name))
}

/// The payment method's identifier, such as `pm_...`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_id(payment_method: Option<&IpayPaymentMethod>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment_method.map(|m| &m.0), "id"))
}

/// What it is. The set is open.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_type(payment_method: Option<&IpayPaymentMethod>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment_method.map(|m| &m.0), "type"))
}

/// Whose it is; nobody's while it is not attached.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_customer(payment_method: Option<&IpayPaymentMethod>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(payment_method.map(|m| &m.0), "customer"))
}

/// What may be shown of the card, where it is one.
///
/// Lent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_card(payment_method: Option<&IpayPaymentMethod>) -> *const IpayCard {
    guard::get(ptr::null(), || handle::model(payment_method.map(|m| &m.0), "card"))
}

/// When it was made, in Unix seconds. Usual.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_created(payment_method: Option<&IpayPaymentMethod>) -> i64 {
    guard::get(0, || handle::time(payment_method.map(|m| &m.0), "created"))
}

/// Whether this is the answer that an earlier request with the same idempotency key
/// got.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_method_replayed(payment_method: Option<&IpayPaymentMethod>) -> bool {
    guard::get(false, || handle::answer(payment_method.map(|m| &m.0), "replayed") == Some(true))
}

/// One page of a list, newest first where the service says so. Immutable: threads may share it.
#[derive(Debug)]
pub struct IpayPaymentMethods(Several);

impl From<Several> for IpayPaymentMethods {
    fn from(several: Several) -> Self {
        Self(several)
    }
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_methods_count(payment_methods: Option<&IpayPaymentMethods>) -> usize {
    guard::get(0, || handle::count(payment_methods.map(|all| &all.0)))
}

/// One of them, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_methods_at(
    payment_methods: Option<&IpayPaymentMethods>,
    index: usize,
) -> *const IpayPaymentMethod {
    guard::get(ptr::null(), || handle::at(payment_methods.map(|all| &all.0), index))
}

/// What the next page starts after, for `starting_after`; NULL on the last page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_methods_next(payment_methods: Option<&IpayPaymentMethods>) -> *const c_char {
    guard::get(ptr::null(), || handle::next(payment_methods.map(|all| &all.0)))
}

/// Free them, and what they lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_methods_free(payment_methods: Option<Box<IpayPaymentMethods>>) {
    guard::get((), || drop(payment_methods));
}

/// A token: it stands for a card that the shop's server never sees.
///
/// Read from `/tokens` of the iPay API.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayToken(pub(crate) Handle);

impl From<Handle> for IpayToken {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_free(token: Option<Box<IpayToken>>) {
    guard::get((), || drop(token));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_copy(token: Option<&IpayToken>) -> *mut IpayToken {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(token.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayToken(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_token_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_store(
    token: Option<&IpayToken>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(token.map(|m| &m.0), "token")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_token_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_restore(
    stored: Utf8<'_>,
    token: Out<'_, *mut IpayToken>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = token.needed("token")?;
        place.give(handle::restore("ipay", "Token", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_raw(token: Option<&IpayToken>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(token.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_json(token: Option<&IpayToken>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(token.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_member_json(
    token: Option<&IpayToken>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(token.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_member_text(
    token: Option<&IpayToken>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(token.map(|m| &m.0), name))
}

/// The token's identifier, such as `tok_...`: the page hands it to the server.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_id(token: Option<&IpayToken>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(token.map(|m| &m.0), "id"))
}

/// What may be shown of the card. Usual.
///
/// Lent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_card(token: Option<&IpayToken>) -> *const IpayCard {
    guard::get(ptr::null(), || handle::model(token.map(|m| &m.0), "card"))
}

/// When it was made, in Unix seconds. Usual.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_token_created(token: Option<&IpayToken>) -> i64 {
    guard::get(0, || handle::time(token.map(|m| &m.0), "created"))
}

/// A subscription: a payment that comes again and again.
///
/// Usual: the guide knows only the event `customer.subscription.updated`. Read from
/// `/subscriptions` of the iPay API. Unknown fields are kept as they came.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpaySubscription(pub(crate) Handle);

impl From<Handle> for IpaySubscription {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_free(subscription: Option<Box<IpaySubscription>>) {
    guard::get((), || drop(subscription));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_copy(subscription: Option<&IpaySubscription>) -> *mut IpaySubscription {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(subscription.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpaySubscription(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_subscription_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_store(
    subscription: Option<&IpaySubscription>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(subscription.map(|m| &m.0), "subscription")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_subscription_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_restore(
    stored: Utf8<'_>,
    subscription: Out<'_, *mut IpaySubscription>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = subscription.needed("subscription")?;
        place.give(handle::restore("ipay", "Subscription", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_raw(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(subscription.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_json(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(subscription.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_member_json(
    subscription: Option<&IpaySubscription>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(subscription.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_member_text(
    subscription: Option<&IpaySubscription>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(subscription.map(|m| &m.0), name))
}

/// The subscription's identifier, such as `sub_...`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_id(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(subscription.map(|m| &m.0), "id"))
}

/// How it is. The set is open, and no document lists it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_status(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(subscription.map(|m| &m.0), "status"))
}

/// Who pays.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_customer(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(subscription.map(|m| &m.0), "customer"))
}

/// What it is paid with.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_payment_method(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(subscription.map(|m| &m.0), "payment_method"))
}

/// What is paid each time, in the currency's smallest unit. False, and nothing written,
/// where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_amount(
    subscription: Option<&IpaySubscription>,
    amount: Out<'_, i64>,
) -> bool {
    guard::get(false, || {
        let whole = handle::whole_number(subscription.map(|m| &m.0), "amount");
        let (Some(whole), Some(place)) = (whole, amount.wanted()) else {
            return false;
        };
        place.put(whole);
        true
    })
}

/// The currency's code (ISO 4217).
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_currency(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(subscription.map(|m| &m.0), "currency"))
}

/// How often: `day`, `week`, `month` or `year`.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_interval(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(subscription.map(|m| &m.0), "interval"))
}

/// When it is paid next, in Unix seconds.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_current_period_end(subscription: Option<&IpaySubscription>) -> i64 {
    guard::get(0, || handle::time(subscription.map(|m| &m.0), "current_period_end"))
}

/// The shop's own notes.
///
/// The text of this name, lent; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_metadata(
    subscription: Option<&IpaySubscription>,
    name: Utf8<'_>,
) -> *const c_char {
    guard::get(ptr::null(), || handle::text_of(subscription.map(|m| &m.0), "metadata", name))
}

/// The shop's own notes.
///
/// All of it, as one JSON object of texts.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_metadata_json(subscription: Option<&IpaySubscription>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(subscription.map(|m| &m.0), "metadata"))
}

/// When it was made, in Unix seconds.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_created(subscription: Option<&IpaySubscription>) -> i64 {
    guard::get(0, || handle::time(subscription.map(|m| &m.0), "created"))
}

/// Whether this is the answer that an earlier request with the same idempotency key
/// got.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscription_replayed(subscription: Option<&IpaySubscription>) -> bool {
    guard::get(false, || handle::answer(subscription.map(|m| &m.0), "replayed") == Some(true))
}

/// One page of a list, newest first where the service says so. Immutable: threads may share it.
#[derive(Debug)]
pub struct IpaySubscriptions(Several);

impl From<Several> for IpaySubscriptions {
    fn from(several: Several) -> Self {
        Self(several)
    }
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscriptions_count(subscriptions: Option<&IpaySubscriptions>) -> usize {
    guard::get(0, || handle::count(subscriptions.map(|all| &all.0)))
}

/// One of them, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscriptions_at(
    subscriptions: Option<&IpaySubscriptions>,
    index: usize,
) -> *const IpaySubscription {
    guard::get(ptr::null(), || handle::at(subscriptions.map(|all| &all.0), index))
}

/// What the next page starts after, for `starting_after`; NULL on the last page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscriptions_next(subscriptions: Option<&IpaySubscriptions>) -> *const c_char {
    guard::get(ptr::null(), || handle::next(subscriptions.map(|all| &all.0)))
}

/// Free them, and what they lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_subscriptions_free(subscriptions: Option<Box<IpaySubscriptions>>) {
    guard::get((), || drop(subscriptions));
}

/// A line of the account's history, for reconciliation.
///
/// Usual: the guide promises the history, and does not show it. Read from
/// `/transactions` of the iPay API. Unknown fields are kept as they came.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayTransaction(pub(crate) Handle);

impl From<Handle> for IpayTransaction {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_free(transaction: Option<Box<IpayTransaction>>) {
    guard::get((), || drop(transaction));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_copy(transaction: Option<&IpayTransaction>) -> *mut IpayTransaction {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(transaction.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayTransaction(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_transaction_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_store(
    transaction: Option<&IpayTransaction>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(transaction.map(|m| &m.0), "transaction")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_transaction_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_restore(
    stored: Utf8<'_>,
    transaction: Out<'_, *mut IpayTransaction>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = transaction.needed("transaction")?;
        place.give(handle::restore("ipay", "Transaction", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_raw(transaction: Option<&IpayTransaction>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(transaction.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_json(transaction: Option<&IpayTransaction>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(transaction.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_member_json(
    transaction: Option<&IpayTransaction>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(transaction.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_member_text(
    transaction: Option<&IpayTransaction>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(transaction.map(|m| &m.0), name))
}

/// The line's identifier.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_id(transaction: Option<&IpayTransaction>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(transaction.map(|m| &m.0), "id"))
}

/// What happened, such as `payment` or `refund`. The set is open.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_type(transaction: Option<&IpayTransaction>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(transaction.map(|m| &m.0), "type"))
}

/// How much moved, in the currency's smallest unit: below zero where it left the shop.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_amount(transaction: Option<&IpayTransaction>) -> i64 {
    guard::get(0, || handle::whole_number(transaction.map(|m| &m.0), "amount").unwrap_or(0))
}

/// The currency's code (ISO 4217).
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_currency(transaction: Option<&IpayTransaction>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(transaction.map(|m| &m.0), "currency"))
}

/// The payment that it belongs to.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_payment(transaction: Option<&IpayTransaction>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(transaction.map(|m| &m.0), "payment"))
}

/// The refund that it belongs to.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_refund(transaction: Option<&IpayTransaction>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(transaction.map(|m| &m.0), "refund"))
}

/// When it happened, in Unix seconds.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transaction_created(transaction: Option<&IpayTransaction>) -> i64 {
    guard::get(0, || handle::time(transaction.map(|m| &m.0), "created"))
}

/// One page of a list, newest first where the service says so. Immutable: threads may share it.
#[derive(Debug)]
pub struct IpayTransactions(Several);

impl From<Several> for IpayTransactions {
    fn from(several: Several) -> Self {
        Self(several)
    }
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transactions_count(transactions: Option<&IpayTransactions>) -> usize {
    guard::get(0, || handle::count(transactions.map(|all| &all.0)))
}

/// One of them, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transactions_at(
    transactions: Option<&IpayTransactions>,
    index: usize,
) -> *const IpayTransaction {
    guard::get(ptr::null(), || handle::at(transactions.map(|all| &all.0), index))
}

/// What the next page starts after, for `starting_after`; NULL on the last page.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transactions_next(transactions: Option<&IpayTransactions>) -> *const c_char {
    guard::get(ptr::null(), || handle::next(transactions.map(|all| &all.0)))
}

/// Free them, and what they lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_transactions_free(transactions: Option<Box<IpayTransactions>>) {
    guard::get((), || drop(transactions));
}

/// A webhook that the service signed.
///
/// That it is genuine does not make it the event that the shop waits for, nor a new
/// one: an old delivery can be sent again, and deliveries may come in any order. Let
/// each `key` count once, and let `confirm` read the payment itself before anything is
/// shipped.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayEvent(pub(crate) Handle);

impl From<Handle> for IpayEvent {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_free(event: Option<Box<IpayEvent>>) {
    guard::get((), || drop(event));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_copy(event: Option<&IpayEvent>) -> *mut IpayEvent {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(event.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(IpayEvent(copied)))
    })
}

/// All of it as one text, for a cache or a queue; `kessai_ipay_event_restore` reads it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_store(
    event: Option<&IpayEvent>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(handle::store(event.map(|m| &m.0), "event")?.into());
        Ok(())
    })
}

/// One as it was when `kessai_ipay_event_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_restore(
    stored: Utf8<'_>,
    event: Out<'_, *mut IpayEvent>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = event.needed("event")?;
        place.give(handle::restore("ipay", "Event", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_raw(event: Option<&IpayEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(event.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_json(event: Option<&IpayEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(event.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_member_json(
    event: Option<&IpayEvent>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(event.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_member_text(
    event: Option<&IpayEvent>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(event.map(|m| &m.0), name))
}

/// The event's identifier. Usual.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_id(event: Option<&IpayEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "id"))
}

/// What happened, such as `payment.succeeded`. The set is open.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_type(event: Option<&IpayEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "type"))
}

/// When it happened, in Unix seconds. Usual.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_created(event: Option<&IpayEvent>) -> i64 {
    guard::get(0, || handle::time(event.map(|m| &m.0), "created"))
}

/// By what the event is known: its identifier, or `sha256:` and the digest of its body.
/// A delivery that is repeated has the same key.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_key(event: Option<&IpayEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "key"))
}

/// Which of the secrets it was signed with, counted from 0.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_secret_index(event: Option<&IpayEvent>) -> i64 {
    guard::get(0, || handle::whole_number(event.map(|m| &m.0), "secret_index").unwrap_or(0))
}

/// The object that it is about, as the service sent it.
///
/// JSON.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_data_json(event: Option<&IpayEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "data"))
}

/// The payment that it is about.
///
/// Lent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_payment(event: Option<&IpayEvent>) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "payment"))
}

/// The customer that it is about.
///
/// Lent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_customer(event: Option<&IpayEvent>) -> *const IpayCustomer {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "customer"))
}

/// The subscription that it is about.
///
/// Lent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_subscription(event: Option<&IpayEvent>) -> *const IpaySubscription {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "subscription"))
}

/// What it is: to switch over. There may be more in time, so a `switch` needs a
/// `default`.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IpayEventKind {
    /// Nothing at all: NULL.
    KESSAI_IPAY_EVENT_NONE = 0,
    /// A payment was paid, says the event: `confirm` tells whether it is.
    KESSAI_IPAY_EVENT_PAYMENT_SUCCEEDED = 1,
    /// A payment was declined. It may have succeeded since.
    KESSAI_IPAY_EVENT_PAYMENT_FAILED = 2,
    /// Money of a payment was given back.
    KESSAI_IPAY_EVENT_PAYMENT_REFUNDED = 3,
    /// A payment is disputed: the customer's bank wants the money back.
    KESSAI_IPAY_EVENT_PAYMENT_DISPUTED = 4,
    /// A customer was made.
    KESSAI_IPAY_EVENT_CUSTOMER_CREATED = 5,
    /// A subscription has changed.
    KESSAI_IPAY_EVENT_CUSTOMER_SUBSCRIPTION_UPDATED = 6,
    /// An event that nobody listed, or whose object cannot be read as what it should be.
    /// Its data are kept as they came.
    KESSAI_IPAY_EVENT_UNKNOWN_EVENT = 7,
}

/// What it is.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_which(event: Option<&IpayEvent>) -> IpayEventKind {
    guard::get(IpayEventKind::KESSAI_IPAY_EVENT_NONE, || match handle::class(event.map(|m| &m.0)) {
        "PaymentSucceeded" => IpayEventKind::KESSAI_IPAY_EVENT_PAYMENT_SUCCEEDED,
        "PaymentFailed" => IpayEventKind::KESSAI_IPAY_EVENT_PAYMENT_FAILED,
        "PaymentRefunded" => IpayEventKind::KESSAI_IPAY_EVENT_PAYMENT_REFUNDED,
        "PaymentDisputed" => IpayEventKind::KESSAI_IPAY_EVENT_PAYMENT_DISPUTED,
        "CustomerCreated" => IpayEventKind::KESSAI_IPAY_EVENT_CUSTOMER_CREATED,
        "CustomerSubscriptionUpdated" => IpayEventKind::KESSAI_IPAY_EVENT_CUSTOMER_SUBSCRIPTION_UPDATED,
        "UnknownEvent" => IpayEventKind::KESSAI_IPAY_EVENT_UNKNOWN_EVENT,
        _ => IpayEventKind::KESSAI_IPAY_EVENT_NONE,
    })
}

/// A payment was paid, says the event: `confirm` tells whether it is.
///
/// Lent by the handle that `kessai_ipay_event_payment_succeeded` was asked of, for as
/// long as that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayPaymentSucceededEvent(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_payment_succeeded(event: Option<&IpayEvent>) -> *const IpayPaymentSucceededEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "PaymentSucceeded"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_succeeded_event_as_event(
    event: Option<&IpayPaymentSucceededEvent>,
) -> *const IpayEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "PaymentSucceeded"))
}

/// The object that it is about, as the service sent it.
///
/// JSON.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_succeeded_event_data_json(event: Option<&IpayPaymentSucceededEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "data"))
}

/// The payment that it is about.
///
/// Lent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_succeeded_event_payment(event: Option<&IpayPaymentSucceededEvent>) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "payment"))
}

/// A payment was declined. It may have succeeded since.
///
/// Lent by the handle that `kessai_ipay_event_payment_failed` was asked of, for as long
/// as that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayPaymentFailedEvent(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_payment_failed(event: Option<&IpayEvent>) -> *const IpayPaymentFailedEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "PaymentFailed"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_failed_event_as_event(
    event: Option<&IpayPaymentFailedEvent>,
) -> *const IpayEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "PaymentFailed"))
}

/// The object that it is about, as the service sent it.
///
/// JSON.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_failed_event_data_json(event: Option<&IpayPaymentFailedEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "data"))
}

/// The payment that it is about.
///
/// Lent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_failed_event_payment(event: Option<&IpayPaymentFailedEvent>) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "payment"))
}

/// Money of a payment was given back.
///
/// Lent by the handle that `kessai_ipay_event_payment_refunded` was asked of, for as
/// long as that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayPaymentRefundedEvent(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_payment_refunded(event: Option<&IpayEvent>) -> *const IpayPaymentRefundedEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "PaymentRefunded"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_refunded_event_as_event(
    event: Option<&IpayPaymentRefundedEvent>,
) -> *const IpayEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "PaymentRefunded"))
}

/// The object that it is about, as the service sent it.
///
/// JSON.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_refunded_event_data_json(event: Option<&IpayPaymentRefundedEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "data"))
}

/// The payment that it is about.
///
/// Lent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_refunded_event_payment(event: Option<&IpayPaymentRefundedEvent>) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "payment"))
}

/// A payment is disputed: the customer's bank wants the money back.
///
/// Lent by the handle that `kessai_ipay_event_payment_disputed` was asked of, for as
/// long as that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayPaymentDisputedEvent(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_payment_disputed(event: Option<&IpayEvent>) -> *const IpayPaymentDisputedEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "PaymentDisputed"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_disputed_event_as_event(
    event: Option<&IpayPaymentDisputedEvent>,
) -> *const IpayEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "PaymentDisputed"))
}

/// The object that it is about, as the service sent it.
///
/// JSON.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_disputed_event_data_json(event: Option<&IpayPaymentDisputedEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "data"))
}

/// The payment that it is about.
///
/// Lent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_payment_disputed_event_payment(event: Option<&IpayPaymentDisputedEvent>) -> *const IpayPayment {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "payment"))
}

/// A customer was made.
///
/// Lent by the handle that `kessai_ipay_event_customer_created` was asked of, for as
/// long as that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayCustomerCreatedEvent(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_customer_created(event: Option<&IpayEvent>) -> *const IpayCustomerCreatedEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "CustomerCreated"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_created_event_as_event(
    event: Option<&IpayCustomerCreatedEvent>,
) -> *const IpayEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "CustomerCreated"))
}

/// The object that it is about, as the service sent it.
///
/// JSON.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_created_event_data_json(event: Option<&IpayCustomerCreatedEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "data"))
}

/// The customer that it is about.
///
/// Lent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_created_event_customer(event: Option<&IpayCustomerCreatedEvent>) -> *const IpayCustomer {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "customer"))
}

/// A subscription has changed.
///
/// Lent by the handle that `kessai_ipay_event_customer_subscription_updated` was asked
/// of, for as long as that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayCustomerSubscriptionUpdatedEvent(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_customer_subscription_updated(event: Option<&IpayEvent>) -> *const IpayCustomerSubscriptionUpdatedEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "CustomerSubscriptionUpdated"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_subscription_updated_event_as_event(
    event: Option<&IpayCustomerSubscriptionUpdatedEvent>,
) -> *const IpayEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "CustomerSubscriptionUpdated"))
}

/// The object that it is about, as the service sent it.
///
/// JSON.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_subscription_updated_event_data_json(event: Option<&IpayCustomerSubscriptionUpdatedEvent>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(event.map(|m| &m.0), "data"))
}

/// The subscription that it is about.
///
/// Lent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_customer_subscription_updated_event_subscription(event: Option<&IpayCustomerSubscriptionUpdatedEvent>) -> *const IpaySubscription {
    guard::get(ptr::null(), || handle::model(event.map(|m| &m.0), "subscription"))
}

/// An event that nobody listed, or whose object cannot be read as what it should be.
/// Its data are kept as they came.
///
/// Lent by the handle that `kessai_ipay_event_unknown_event` was asked of, for as long
/// as that lives: never free it.
#[derive(Debug)]
#[repr(transparent)]
pub struct IpayUnknownEvent(Handle);

/// It as what it is, lent, where it is that; else NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_event_unknown_event(event: Option<&IpayEvent>) -> *const IpayUnknownEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "UnknownEvent"))
}

/// The whole of it, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_unknown_event_as_event(
    event: Option<&IpayUnknownEvent>,
) -> *const IpayEvent {
    guard::get(ptr::null(), || handle::of_class(event.map(|m| &m.0), "UnknownEvent"))
}
