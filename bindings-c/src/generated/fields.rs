//! What an invoice tells.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use std::ffi::c_char;
use std::ptr;

use kessai::returned::Returns;

use crate::boundary::{Out, Utf8, Utf8s};
use crate::error::Error;
use crate::guard;
use crate::invoice::{self, ZaifInvoice};
use crate::table;
use crate::text::{Text, Texts};

/// The invoice's identifier.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_invoice_id(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "invoice_id"))
}

/// When it was made, in Unix seconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_created(invoice: Option<&ZaifInvoice>) -> i64 {
    guard::get(0, || invoice::time(invoice, "created"))
}

/// Until when it can be paid, in Unix seconds. Read it; never assume a number of
/// minutes.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_expired(invoice: Option<&ZaifInvoice>) -> i64 {
    guard::get(0, || invoice::time(invoice, "expired"))
}

/// The state, such as `new` or `complete`. The set is open: one that nobody listed is
/// kept as it came. Absent in the answer of a create, which does not tell it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_status(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "status"))
}

/// When it was settled, in Unix seconds; absent before.
///
/// 0 where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_settled(invoice: Option<&ZaifInvoice>) -> i64 {
    guard::get(0, || invoice::time(invoice, "settled"))
}

/// What is asked for. Whole yen, or an amount of the coin where the shop bills in that
/// coin.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_amount(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "amount"))
}

/// The same in whole yen. False, and nothing written, where it is an amount of the
/// coin; then `kessai_zaif_invoice_amount` has it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_amount_yen(
    invoice: Option<&ZaifInvoice>,
    yen: Out<'_, i64>,
) -> bool {
    guard::get(false, || {
        let (Some(whole), Some(place)) = (invoice::yen(invoice, "amount"), yen.wanted()) else {
            return false;
        };
        place.put(whole);
        true
    })
}

/// The coin it is paid in, such as `btc` or `mona`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_currency(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "currency"))
}

/// Yen for one coin. Absent where the shop bills in the coin.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_rate(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "rate"))
}

/// Where the customer pays to.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_address(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "address"))
}

/// The payment link that wallets understand, as the service gave it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_bip21(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "bip21"))
}

/// Obsolete since 2022; echoed by the service.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_speed(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "speed"))
}

/// The shop's own order number, where one was sent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_order_number(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "order_number"))
}

/// The shop's own reference number, where one was sent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_reference_number(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "reference_number"))
}

/// The shop's own name for the buyer, where one was sent.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_buyer_id(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "buyer_id"))
}

/// The payment page. Built from `form_base` where the answer does not tell it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_invoice_uri(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "invoice_uri"))
}

/// The payment page for an iframe. Built from `form_base` where the answer does not
/// tell it.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_invoice_iframe_uri(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "invoice_iframe_uri"))
}

/// The amount due in the coin, exact.
///
/// NULL where it is absent.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_coin_amount(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "coin_amount"))
}

/// Whether it was found rather than made by this call. An earlier try had made it, or
/// an earlier call.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_adopted(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "adopted") == Some(true))
}

/// Whether it has money but another coin or amount than was asked for. Only a call that
/// ensures an invoice gives such a one.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_differs(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "differs") == Some(true))
}

/// Is the shop's money there for good? Absent: don't know.
///
/// A plain answer: false where it is not known, which
/// `kessai_zaif_invoice_is_settled_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_settled(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "is_settled").unwrap_or(false))
}

/// Whether `kessai_zaif_invoice_is_settled` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_settled_known(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "is_settled").is_some())
}

/// Has money been seen on the network? Absent: don't know.
///
/// A plain answer: false where it is not known, which
/// `kessai_zaif_invoice_is_money_seen_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_money_seen(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "is_money_seen").unwrap_or(false))
}

/// Whether `kessai_zaif_invoice_is_money_seen` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_money_seen_known(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "is_money_seen").is_some())
}

/// Will the state never change again? Absent: don't know.
///
/// A plain answer: false where it is not known, which
/// `kessai_zaif_invoice_is_final_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_final(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "is_final").unwrap_or(false))
}

/// Whether `kessai_zaif_invoice_is_final` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_is_final_known(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "is_final").is_some())
}

/// Can money still arrive at the address? Absent: don't know.
///
/// A plain answer: true where it is not known, which
/// `kessai_zaif_invoice_may_still_receive_money_known` tells.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_may_still_receive_money(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(true, || invoice::answer(invoice, "may_still_receive_money").unwrap_or(true))
}

/// Whether `kessai_zaif_invoice_may_still_receive_money` is known.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_may_still_receive_money_known(invoice: Option<&ZaifInvoice>) -> bool {
    guard::get(false, || invoice::answer(invoice, "may_still_receive_money").is_some())
}

/// Give the key of the event that this reading is: 64 hex digits.
///
/// The same for every delivery that finds the invoice in this state, another one as
/// soon as anything changes that matters. Store it as unique, and each event is handled
/// once.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_event_key(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || invoice::text(invoice, "event_key"))
}

const _: () = table::question("reasons", Returns::Texts);

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
        let answer = invoice::ask(invoice, "reasons", |given| {
            // SAFETY: the header asks for so many of them.
            unsafe { given.texts("seen", seen, seen_count) };
        })?;
        place.give(table::texts(answer)?.into());
        Ok(())
    })
}

const _: () = table::question("follows", Returns::Answer);

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
        let answer = invoice::ask(invoice, "follows", |given| {
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

const _: () = table::question("iframe_html", Returns::Text);

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
        let answer = invoice::ask(invoice, "iframe_html", |_| ())?;
        place.give(table::text(answer)?.into());
        Ok(())
    })
}

const _: () = table::question("store", Returns::Text);

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
        let answer = invoice::ask(invoice, "store", |_| ())?;
        place.give(table::text(answer)?.into());
        Ok(())
    })
}
