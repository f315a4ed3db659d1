//! Invoices: what is not generated from the core's tables.

use std::ffi::{CStr, CString, c_char};
use std::ptr;
use std::sync::OnceLock;

use kessai::Result;
use kessai::argument::Args;
use kessai::exchange::Names;
use kessai::model::{Described as _, Model, Value};
use kessai::returned::Detail;
use kessai::returned::Returned;
use kessai::zaif::Invoice;

use crate::boundary::{Out, Utf8, needed, owned};
use crate::error;
use crate::given::Given;
use crate::guard;
use crate::shown::{lent, value, whole};
use crate::text::Text;

/// An invoice: what the customer owes, where to pay it, and how far the payment
/// is.
///
/// Immutable: threads may share it. The texts that it lends live as long as it
/// does. One that has a NUL inside cannot be lent, and is NULL; it stands in
/// `kessai_zaif_invoice_raw`.
#[derive(Debug)]
pub struct ZaifInvoice {
    invoice: Invoice,
    /// What was lent: one for each field, then for each question.
    lent: OnceLock<Lent>,
    raw: OnceLock<Option<CString>>,
    json: OnceLock<Option<CString>>,
}

#[derive(Debug)]
struct Lent(Vec<(&'static str, CString)>);

impl From<Invoice> for ZaifInvoice {
    fn from(invoice: Invoice) -> Self {
        Self {
            invoice,
            lent: OnceLock::new(),
            raw: OnceLock::new(),
            json: OnceLock::new(),
        }
    }
}

impl ZaifInvoice {
    pub(crate) const fn core(&self) -> &Invoice {
        &self.invoice
    }

    fn lent(&self, name: &str) -> Option<&CStr> {
        let lent = self.lent.get_or_init(|| Lent::of(&self.invoice));
        let found = lent.0.iter().find(|(n, _)| *n == name);
        found.map(|(_, text)| text.as_c_str())
    }
}

impl Lent {
    fn of(invoice: &Invoice) -> Self {
        let fields = Invoice::FIELDS.iter().filter_map(|field| {
            let text = value(&invoice.field(field.name)?)?;
            Some((field.name, text))
        });
        let asks = Invoice::ASKS.iter().filter(|ask| ask.is_field);
        let asks = asks.filter_map(|ask| match invoice.ask(ask.name, Args::default()) {
            Ok(Returned::Text(text)) => Some((ask.name, whole(&text)?)),
            _ => None,
        });
        Self(fields.chain(asks).collect())
    }
}

/// A field as text.
pub(crate) fn text(invoice: Option<&ZaifInvoice>, name: &str) -> *const c_char {
    lent(invoice.and_then(|invoice| invoice.lent(name)))
}

/// A field of whole yen, where it is one.
pub(crate) fn yen(invoice: Option<&ZaifInvoice>, name: &str) -> Option<i64> {
    match invoice?.invoice.field(name)? {
        Value::Int(yen) => Some(yen),
        _ => None,
    }
}

/// A field that is a time; 0 where there is none.
pub(crate) fn time(invoice: Option<&ZaifInvoice>, name: &str) -> i64 {
    match invoice.and_then(|invoice| invoice.invoice.field(name)) {
        Some(Value::Time(seconds)) => seconds,
        _ => 0,
    }
}

/// A field that is yes, no or not known.
pub(crate) fn answer(invoice: Option<&ZaifInvoice>, name: &str) -> Option<bool> {
    match invoice?.invoice.field(name)? {
        Value::Bool(yes) => Some(yes),
        _ => None,
    }
}

/// Asks a question of the core's table.
pub(crate) fn ask(
    invoice: Option<&ZaifInvoice>,
    name: &str,
    tell: impl FnOnce(&mut Given),
) -> Result<Returned> {
    let invoice = &needed(invoice, "invoice")?.invoice;
    let told = Given::of(tell)?.into_iter();
    let told = told.map(|(name, value)| (name.to_owned(), value)).collect();
    invoice.ask(name, Args::new(told))
}

/// Free an invoice, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_free(invoice: Option<Box<ZaifInvoice>>) {
    guard::get((), || drop(invoice));
}

/// The same invoice as a handle of its own, such as of one that a list lends;
/// NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_copy(invoice: Option<&ZaifInvoice>) -> *mut ZaifInvoice {
    guard::get(ptr::null_mut(), || {
        invoice.map_or(ptr::null_mut(), |i| owned(i.invoice.clone().into()))
    })
}

/// An invoice as it was when `kessai_zaif_invoice_store` gave this text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_restore(
    stored: Utf8<'_>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        place.give(Invoice::restore(stored.needed("stored")?)?.into());
        Ok(())
    })
}

/// The object as the service sent it, to the letter, unknown members included:
/// JSON. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_raw(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || {
        let raw = invoice.and_then(|i| i.raw.get_or_init(|| whole(i.invoice.raw())).as_deref());
        lent(raw)
    })
}

/// Everything that this header tells of it as one JSON object, with `raw` in it.
/// Exact amounts are texts, yen and times are numbers. NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_json(invoice: Option<&ZaifInvoice>) -> *const c_char {
    guard::get(ptr::null(), || {
        let json = |i: &ZaifInvoice| {
            let model: &dyn Model = &i.invoice;
            whole(&model.to_json(Names::Snake, Detail::Raw))
        };
        let json = invoice.and_then(|i| i.json.get_or_init(|| json(i)).as_deref());
        lent(json)
    })
}

/// A member of the object as the service sent it, by the service's own name, such
/// as `"referenceNumber"` or one that nobody knew when this library was made: its
/// JSON, to the letter. A new text, or NULL where there is no such member.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_member_json(
    invoice: Option<&ZaifInvoice>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || {
        let name = name.read("name").ok().flatten();
        let json = invoice
            .zip(name)
            .and_then(|(i, name)| i.invoice.member(name));
        json.map_or(ptr::null_mut(), |json| owned(json.to_owned().into()))
    })
}

/// The same where the member is a text: what it says, without quotes and escapes.
/// A new text, or NULL where there is no such member or it is no text.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_invoice_member_text(
    invoice: Option<&ZaifInvoice>,
    name: Utf8<'_>,
) -> *mut Text {
    guard::get(ptr::null_mut(), || {
        let name = name.read("name").ok().flatten();
        let text = invoice
            .zip(name)
            .and_then(|(i, name)| i.invoice.member_text(name));
        text.map_or(ptr::null_mut(), |text| owned(text.into()))
    })
}
