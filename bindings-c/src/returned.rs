//! What a resumed create turned out to have done.

use std::ffi::c_char;
use std::ptr;

use crate::error::Effect;
use crate::generated::zaif_models::ZaifInvoice;
use crate::guard;
use crate::table::Resumed;
use crate::text::{Texts, kessai_texts_at, kessai_texts_count};

/// What became of a create that was resumed. Immutable: threads may share it.
#[derive(Debug)]
pub struct ZaifResumed(Option<(ZaifInvoice, Texts)>);

impl From<Resumed> for ZaifResumed {
    fn from(resumed: Resumed) -> Self {
        Self(resumed.map(|(invoice, others)| (invoice.into(), others.into())))
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
