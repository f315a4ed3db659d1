//! What calls give besides an invoice: several of them, and what a resumed
//! create turned out to have done.

use std::ffi::c_char;
use std::ptr;

use kessai::zaif::{Invoice, Resumed};

use crate::error::Effect;
use crate::guard;
use crate::invoice::ZaifInvoice;
use crate::text::{Texts, kessai_texts_at, kessai_texts_count};

/// Several invoices, oldest first. Immutable: threads may share it.
#[derive(Debug)]
pub struct ZaifInvoices(Vec<ZaifInvoice>);

impl From<Vec<Invoice>> for ZaifInvoices {
    fn from(invoices: Vec<Invoice>) -> Self {
        Self(invoices.into_iter().map(ZaifInvoice::from).collect())
    }
}

/// How many invoices there are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoices_count(invoices: Option<&ZaifInvoices>) -> usize {
    guard::get(0, || invoices.map_or(0, |all| all.0.len()))
}

/// One of the invoices, counted from 0, lent; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoices_at(
    invoices: Option<&ZaifInvoices>,
    index: usize,
) -> *const ZaifInvoice {
    guard::get(ptr::null(), || {
        let invoice = invoices.and_then(|all| all.0.get(index));
        invoice.map_or(ptr::null(), ptr::from_ref)
    })
}

/// Free invoices, and what they lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoices_free(invoices: Option<Box<ZaifInvoices>>) {
    guard::get((), || drop(invoices));
}

/// What became of a create that was resumed. Immutable: threads may share it.
#[derive(Debug)]
pub struct ZaifResumed(Option<(ZaifInvoice, Texts)>);

impl From<Resumed> for ZaifResumed {
    fn from(resumed: Resumed) -> Self {
        Self(match resumed {
            Resumed::Done { invoice, others } => Some(((*invoice).into(), others.into())),
            Resumed::NotDone => None,
        })
    }
}

/// Whether the create was executed: `KESSAI_OUTCOME_DONE` or
/// `KESSAI_OUTCOME_NOT_DONE`. It is never 0: compare it with a constant.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_resumed_outcome(resumed: Option<&ZaifResumed>) -> Effect {
    guard::get(Effect::KESSAI_OUTCOME_UNKNOWN, || match resumed {
        None => Effect::KESSAI_OUTCOME_UNKNOWN,
        Some(ZaifResumed(None)) => Effect::KESSAI_OUTCOME_NOT_DONE,
        Some(ZaifResumed(Some(_))) => Effect::KESSAI_OUTCOME_DONE,
    })
}

/// The invoice that it made, lent; NULL where it made none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_resumed_invoice(resumed: Option<&ZaifResumed>) -> *const ZaifInvoice {
    guard::get(ptr::null(), || {
        let done = resumed.and_then(|resumed| resumed.0.as_ref());
        done.map_or(ptr::null(), |(invoice, _)| ptr::from_ref(invoice))
    })
}

/// How many other live invoices of the order were seen.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_resumed_others_count(resumed: Option<&ZaifResumed>) -> usize {
    guard::get(0, || {
        let done = resumed.and_then(|resumed| resumed.0.as_ref());
        kessai_texts_count(done.map(|(_, others)| others))
    })
}

/// The id of one of them, counted from 0, lent; NULL beyond the last, and for one that
/// has a NUL inside.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_resumed_others_at(
    resumed: Option<&ZaifResumed>,
    index: usize,
) -> *const c_char {
    guard::get(ptr::null(), || {
        let done = resumed.and_then(|resumed| resumed.0.as_ref());
        kessai_texts_at(done.map(|(_, others)| others), index)
    })
}

/// Free it, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_resumed_free(resumed: Option<Box<ZaifResumed>>) {
    guard::get((), || drop(resumed));
}
