//! Hints: which invoice to re-read.

use std::ffi::{CString, c_char};
use std::fmt;
use std::ptr;

use kessai::zaif::Hint;

use crate::boundary::{Bytes, Out, Utf8};
use crate::error;
use crate::guard;
use crate::shown::{lent, whole};

/// That something may have happened to an invoice, or to an order: what a
/// notification is worth before `kessai_zaif_client_confirm`. Immutable: threads
/// may share it.
#[derive(Debug)]
pub struct ZaifHint {
    hint: Hint,
    text: Option<CString>,
    invoice_id: Option<CString>,
    order_number: Option<CString>,
}

impl From<Hint> for ZaifHint {
    fn from(hint: Hint) -> Self {
        Self {
            text: whole(&hint.to_string()),
            invoice_id: hint.invoice_id().and_then(whole),
            order_number: hint.order_number().and_then(whole),
            hint,
        }
    }
}

impl fmt::Display for ZaifHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hint.fmt(f)
    }
}

/// Read the body of a `webhookUrl` post (JSON) or of a `notificationUri` post
/// (form-encoded), as received. Whatever is wrong with it is
/// `KESSAI_ERROR_ZAIF_BAD_NOTIFICATION`: answer HTTP 400 then.
///
/// `kessai_zaif_webhooks_receive` does this, and checks where it came to.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_hint_parse(
    body: Bytes<'_>,
    length: usize,
    hint: Out<'_, *mut ZaifHint>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = hint.needed("hint")?;
        // SAFETY: the header asks for a body of this length.
        let body = unsafe { body.needed(length, "body") }?;
        place.give(Hint::parse(body)?.into());
        Ok(())
    })
}

/// A hint from the shop's own books: this invoice is worth a look.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_hint_about(
    invoice_id: Utf8<'_>,
    hint: Out<'_, *mut ZaifHint>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = hint.needed("hint")?;
        place.give(Hint::about(invoice_id.needed("invoice_id")?)?.into());
        Ok(())
    })
}

/// The same where only the order is known: its invoices are worth a look.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_hint_about_order(
    order_number: Utf8<'_>,
    hint: Out<'_, *mut ZaifHint>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = hint.needed("hint")?;
        place.give(Hint::about_order(order_number.needed("order_number")?)?.into());
        Ok(())
    })
}

/// A hint as it was when `kessai_zaif_hint_text` gave this text, such as from a
/// queue.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_hint_from_text(
    text: Utf8<'_>,
    hint: Out<'_, *mut ZaifHint>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = hint.needed("hint")?;
        let read: Hint = text.needed("text")?.parse()?;
        place.give(read.into());
        Ok(())
    })
}

/// As text that can be put on a queue; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_hint_text(hint: Option<&ZaifHint>) -> *const c_char {
    guard::get(ptr::null(), || lent(hint.and_then(|h| h.text.as_deref())))
}

/// The invoice to re-read; NULL where the hint names none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_hint_invoice_id(hint: Option<&ZaifHint>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(hint.and_then(|h| h.invoice_id.as_deref()))
    })
}

/// The order whose invoices are to be re-read; NULL where the hint names an
/// invoice.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_hint_order_number(hint: Option<&ZaifHint>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(hint.and_then(|h| h.order_number.as_deref()))
    })
}

/// Free a hint, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_hint_free(hint: Option<Box<ZaifHint>>) {
    guard::get((), || drop(hint));
}
