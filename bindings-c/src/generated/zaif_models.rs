//! The models, and what they tell.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use std::ffi::c_char;
use std::ptr;

use kessai::returned::Returns;
use crate::boundary::{Out, Utf8, Utf8s, owned};
use crate::error::Error;
use crate::guard;
use crate::handle::{self, Handle, Several};
use crate::table;
use crate::text::{Text, Texts};

/// An invoice: what the customer owes, where to pay it, and how far the payment is.
///
/// Read from `createInvoice`, `getInvoice` and `cancelInvoice` of the Zaif Payment API.
/// Unknown fields are kept as they came.
///
/// Immutable: threads may share it. What it lends lives as long as it does. A text that
/// has a NUL inside cannot be lent, and is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct ZaifInvoice(pub(crate) Handle);

impl From<Handle> for ZaifInvoice {
    fn from(handle: Handle) -> Self {
        Self(handle)
    }
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_free(invoice: Option<Box<ZaifInvoice>>) {
    guard::get((), || drop(invoice));
}

/// The same as a handle of its own, such as of one that a list lends; NULL for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_copy(invoice: Option<&ZaifInvoice>) -> *mut ZaifInvoice {
    guard::get(ptr::null_mut(), || {
        let copied = handle::copy(invoice.map(|m| &m.0));
        copied.map_or(ptr::null_mut(), |copied| owned(ZaifInvoice(copied)))
    })
}

/// One as it was when `kessai_zaif_invoice_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_restore(
    stored: Utf8<'_>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        place.give(handle::restore("zaif", "Invoice", stored)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_raw(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::raw(invoice.map(|m| &m.0)))
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_json(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::all_json(invoice.map(|m| &m.0)))
}

/// A member of the object as the service sent it, by the service's own name, also
/// one that nobody knew when this library was made: its JSON, to the letter. A new
/// text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_member_json(
    invoice: Option<&ZaifInvoice>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_json(invoice.map(|m| &m.0), name))
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_member_text(
    invoice: Option<&ZaifInvoice>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || handle::member_text(invoice.map(|m| &m.0), name))
}

/// The invoice's identifier.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_invoice_id(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "invoice_id"))
}

/// When it was made, in Unix seconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_created(invoice: Option<&ZaifInvoice>) -> i64 {
    guard::get(0, || handle::time(invoice.map(|m| &m.0), "created"))
}

/// Until when it can be paid, in Unix seconds. Read it; never assume a number of
/// minutes.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_expired(invoice: Option<&ZaifInvoice>) -> i64 {
    guard::get(0, || handle::time(invoice.map(|m| &m.0), "expired"))
}

/// The state, such as `new` or `complete`. The set is open: one that nobody listed is
/// kept as it came. Absent in the answer of a create, which does not tell it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_status(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "status"))
}

/// When it was settled, in Unix seconds; absent before.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_settled(invoice: Option<&ZaifInvoice>) -> i64 {
    guard::get(0, || handle::time(invoice.map(|m| &m.0), "settled"))
}

/// What is asked for. Whole yen, or an amount of the coin where the shop bills in that
/// coin.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_amount(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "amount"))
}

/// The same in whole yen. False, and nothing written, where it is an amount of the
/// coin; then `kessai_zaif_invoice_amount` has it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_amount_yen(
    invoice: Option<&ZaifInvoice>,
    yen: Out<'_, i64>,
) -> bool {
    guard::get(false, || {
        let whole = handle::whole_number(invoice.map(|m| &m.0), "amount");
        let (Some(whole), Some(place)) = (whole, yen.wanted()) else {
            return false;
        };
        place.put(whole);
        true
    })
}

/// The coin it is paid in, such as `btc` or `mona`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_currency(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "currency"))
}

/// Yen for one coin. Absent where the shop bills in the coin.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_rate(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "rate"))
}

/// Where the customer pays to.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_address(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "address"))
}

/// The payment link that wallets understand, as the service gave it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_bip21(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "bip21"))
}

/// Obsolete since 2022; echoed by the service.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_speed(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "speed"))
}

/// The shop's own order number, where one was sent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_order_number(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "order_number"))
}

/// The shop's own reference number, where one was sent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_reference_number(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "reference_number"))
}

/// The shop's own name for the buyer, where one was sent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_buyer_id(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "buyer_id"))
}

/// The payment page. Built from `form_base` where the answer does not tell it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_invoice_uri(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "invoice_uri"))
}

/// The payment page for an iframe. Built from `form_base` where the answer does not
/// tell it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_invoice_iframe_uri(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "invoice_iframe_uri"))
}

/// The amount due in the coin, exact.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_coin_amount(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "coin_amount"))
}

/// Whether it was found rather than made by this call. An earlier try had made it, or
/// an earlier call.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_adopted(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "adopted") == Some(true))
}

/// Whether it has money but another coin or amount than was asked for. Only a call that
/// ensures an invoice gives such a one.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_differs(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "differs") == Some(true))
}

/// Is the shop's money there for good? Absent: don't know.
///
/// A plain answer: false where it is not known, which
/// `kessai_zaif_invoice_is_settled_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_settled(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "is_settled").unwrap_or(false))
}

/// Whether `kessai_zaif_invoice_is_settled` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_settled_known(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "is_settled").is_some())
}

/// Has money been seen on the network? Absent: don't know.
///
/// A plain answer: false where it is not known, which
/// `kessai_zaif_invoice_is_money_seen_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_money_seen(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "is_money_seen").unwrap_or(false))
}

/// Whether `kessai_zaif_invoice_is_money_seen` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_money_seen_known(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "is_money_seen").is_some())
}

/// Will the state never change again? Absent: don't know.
///
/// A plain answer: false where it is not known, which
/// `kessai_zaif_invoice_is_final_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_final(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "is_final").unwrap_or(false))
}

/// Whether `kessai_zaif_invoice_is_final` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_final_known(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "is_final").is_some())
}

/// Can money still arrive at the address? Absent: don't know.
///
/// A plain answer: true where it is not known, which
/// `kessai_zaif_invoice_may_still_receive_money_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_may_still_receive_money(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(true, || handle::answer(invoice.map(|m| &m.0), "may_still_receive_money").unwrap_or(true))
}

/// Whether `kessai_zaif_invoice_may_still_receive_money` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_may_still_receive_money_known(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || handle::answer(invoice.map(|m| &m.0), "may_still_receive_money").is_some())
}

/// Give the key of the event that this reading is: 64 hex digits.
///
/// The same for every delivery that finds the invoice in this state, another one as
/// soon as anything changes that matters. Store it as unique, and each event is handled
/// once.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_event_key(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || handle::text(invoice.map(|m| &m.0), "event_key"))
}

const _: () = table::question("zaif", "Invoice", "reasons", Returns::Texts);

/// Tell why the payment did not settle, as far as the states allow to say.
///
/// Gives the set of causes that are possible, never a guess: empty while it may still
/// settle, where nothing is known to have been paid, and where the documents know no
/// cause. That too much was paid cannot be told at all.
///
/// * `seen`: The states that the shop has seen of this invoice before. NULL where they
///   are none.
/// * `seen_count`: how many they are.
/// * `texts`: what it gives; free it with `kessai_texts_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_reasons(
    invoice: Option<&ZaifInvoice>,
    seen: Utf8s<'_>,
    seen_count: usize,
    texts: Out<'_, *mut Texts>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = texts.needed("texts")?;
        let answer = handle::ask(invoice.map(|m| &m.0), "invoice", "reasons", |given| {
            // SAFETY: the header asks for so many of them.
            unsafe { given.texts("seen", seen, seen_count) };
        })?;
        place.give(table::texts(answer)?.into());
        Ok(())
    })
}

const _: () = table::question("zaif", "Invoice", "follows", Returns::Answer);

/// Tell whether this state can have come after an earlier one.
///
/// An older state must never overwrite a newer one, whatever the order in which two
/// notifications were worked off: store this reading only when the answer is yes for
/// the state in the shop's books. It may be "don't know".
///
/// * `earlier`: The state in the shop's books.
/// * `answer`: true for yes; false for no, and where it is not known.
/// * `known`: whether it is known. May be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_follows(
    invoice: Option<&ZaifInvoice>,
    earlier: Utf8<'_>,
    answer: Out<'_, bool>,
    known: Out<'_, bool>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = answer.needed("answer")?;
        let answer = handle::ask(invoice.map(|m| &m.0), "invoice", "follows", |given| {
            given.text("earlier", earlier);
        })?;
        let yes = table::answer(answer)?;
        place.put(yes == Some(true));
        if let Some(known) = known.wanted() {
            known.put(yes.is_some());
        }
        Ok(())
    })
}

const _: () = table::question("zaif", "Invoice", "iframe_html", Returns::Text);

/// Give the documented snippet that embeds the payment page, escaped.
///
/// * `text`: what it gives; free it with `kessai_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_iframe_html(
    invoice: Option<&ZaifInvoice>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        let answer = handle::ask(invoice.map(|m| &m.0), "invoice", "iframe_html", |_| ())?;
        place.give(table::text(answer)?.into());
        Ok(())
    })
}

const _: () = table::question("zaif", "Invoice", "store", Returns::Text);

/// Give all of it as one text, for a cache or a queue; `restore` reads it.
///
/// * `text`: what it gives; free it with `kessai_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_store(
    invoice: Option<&ZaifInvoice>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        let answer = handle::ask(invoice.map(|m| &m.0), "invoice", "store", |_| ())?;
        place.give(table::text(answer)?.into());
        Ok(())
    })
}

/// Several of them, oldest first. Immutable: threads may share it.
#[derive(Debug)]
pub struct ZaifInvoices(Several);

impl From<Several> for ZaifInvoices {
    fn from(several: Several) -> Self {
        Self(several)
    }
}

/// How many there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoices_count(invoices: Option<&ZaifInvoices>) -> usize {
    guard::get(0, || handle::count(invoices.map(|all| &all.0)))
}

/// One of them, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoices_at(
    invoices: Option<&ZaifInvoices>,
    index: usize,
) -> *const ZaifInvoice {
    guard::get(ptr::null(), || handle::at(invoices.map(|all| &all.0), index))
}

/// Free them, and what they lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoices_free(invoices: Option<Box<ZaifInvoices>>) {
    guard::get((), || drop(invoices));
}
