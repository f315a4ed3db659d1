//! Payment links (BIP21).

use std::ffi::{CString, c_char};
use std::ptr;

use kessai::Result;
use kessai::zaif::PaymentUri;

use crate::boundary::{Out, Utf8, needed, owned};
use crate::error;
use crate::generated::zaif_models::ZaifInvoice;
use crate::guard;
use crate::shown::{lent, value, whole};

/// A payment link that wallets understand (BIP21). For one thread at a time while
/// it is changed; threads may share one that no longer is. What it lends lives
/// until it is changed or freed.
#[derive(Debug)]
pub struct ZaifPaymentUri {
    uri: PaymentUri,
    text: Option<CString>,
    fields: Vec<(&'static str, Option<CString>)>,
    parameters: Vec<(Option<CString>, Option<CString>)>,
}

impl From<PaymentUri> for ZaifPaymentUri {
    fn from(uri: PaymentUri) -> Self {
        let fields = uri.fields().into_iter();
        let parameters = uri.parameters().iter();
        Self {
            text: whole(&uri.to_string()),
            fields: fields.map(|(name, field)| (name, value(&field))).collect(),
            parameters: parameters.map(|(n, v)| (whole(n), whole(v))).collect(),
            uri,
        }
    }
}

fn field(uri: Option<&ZaifPaymentUri>, name: &str) -> *const c_char {
    let found = uri.and_then(|uri| uri.fields.iter().find(|(n, _)| *n == name));
    lent(found.and_then(|(_, text)| text.as_deref()))
}

/// Changes a link, unless that is refused.
fn change(
    uri: Option<&mut ZaifPaymentUri>,
    change: impl FnOnce(PaymentUri) -> Result<PaymentUri>,
) -> Result<()> {
    let uri = uri.ok_or_else(|| kessai::Error::of_missing_input("uri"))?;
    *uri = change(uri.uri.clone())?.into();
    Ok(())
}

/// A link to pay any amount of a coin, such as `"btc"`, to an address.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_new(
    currency: Utf8<'_>,
    address: Utf8<'_>,
    uri: Out<'_, *mut ZaifPaymentUri>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = uri.needed("uri")?;
        let arguments = [("currency", currency), ("address", address)];
        let arguments = arguments.map(|(name, text)| {
            let text = text.needed(name)?.to_owned();
            Ok((name.to_owned(), kessai::argument::Arg::Text(text)))
        });
        let arguments: Result<Vec<_>> = arguments.into_iter().collect();
        let made = PaymentUri::from_args(kessai::argument::Args::new(arguments?))?;
        place.give(made.into());
        Ok(())
    })
}

/// Read a payment link. Amounts are exact; parameters that nobody knows are kept;
/// a link that demands something unknown (`req-`) is refused.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_parse(
    text: Utf8<'_>,
    uri: Out<'_, *mut ZaifPaymentUri>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = uri.needed("uri")?;
        place.give(PaymentUri::parse(text.needed("text")?)?.into());
        Ok(())
    })
}

/// The link for an invoice, from its own fields and without a label. An invoice
/// whose own link disagrees with its other fields is refused.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_for_invoice(
    invoice: Option<&ZaifInvoice>,
    uri: Out<'_, *mut ZaifPaymentUri>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = uri.needed("uri")?;
        let invoice = needed(invoice, "invoice")?.0.core();
        let invoice = invoice.of().ok_or_else(kessai::Error::of_a_defect)?;
        place.give(PaymentUri::for_invoice(invoice)?.into());
        Ok(())
    })
}

/// Ask for this amount, an exact decimal in whole coins such as `"0.359856"`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_set_amount(
    uri: Option<&mut ZaifPaymentUri>,
    amount: Utf8<'_>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let amount = amount.needed("amount")?;
        change(uri, |uri| uri.with_amount(amount.parse()?))
    })
}

/// Name the address, such as with the shop's name. A label makes the link's QR
/// code larger and harder to scan.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_set_label(
    uri: Option<&mut ZaifPaymentUri>,
    label: Utf8<'_>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let label = label.needed("label")?;
        change(uri, |uri| uri.with_label(label))
    })
}

/// Say what the payment is for.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_set_message(
    uri: Option<&mut ZaifPaymentUri>,
    message: Utf8<'_>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let message = message.needed("message")?;
        change(uri, |uri| uri.with_message(message))
    })
}

/// Add one more parameter, after the others.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_add_parameter(
    uri: Option<&mut ZaifPaymentUri>,
    name: Utf8<'_>,
    value: Utf8<'_>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let (name, value) = (name.needed("name")?, value.needed("value")?);
        change(uri, |uri| uri.with_parameter(name, value))
    })
}

/// The link itself; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_text(uri: Option<&ZaifPaymentUri>) -> *const c_char {
    guard::get(ptr::null(), || lent(uri.and_then(|u| u.text.as_deref())))
}

/// The scheme, such as `"bitcoin"`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_scheme(uri: Option<&ZaifPaymentUri>) -> *const c_char {
    guard::get(ptr::null(), || field(uri, "scheme"))
}

/// The coin by its code, such as `"btc"`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_currency(uri: Option<&ZaifPaymentUri>) -> *const c_char {
    guard::get(ptr::null(), || field(uri, "currency"))
}

/// Where to pay to.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_address(uri: Option<&ZaifPaymentUri>) -> *const c_char {
    guard::get(ptr::null(), || field(uri, "address"))
}

/// How much, in whole coins, exact; NULL: any.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_amount(uri: Option<&ZaifPaymentUri>) -> *const c_char {
    guard::get(ptr::null(), || field(uri, "amount"))
}

/// The name of the address; NULL where it has none.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_label(uri: Option<&ZaifPaymentUri>) -> *const c_char {
    guard::get(ptr::null(), || field(uri, "label"))
}

/// What the payment is for; NULL where it does not say.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_message(uri: Option<&ZaifPaymentUri>) -> *const c_char {
    guard::get(ptr::null(), || field(uri, "message"))
}

/// How many other parameters it has.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_parameters_count(uri: Option<&ZaifPaymentUri>) -> usize {
    guard::get(0, || uri.map_or(0, |uri| uri.parameters.len()))
}

/// The name of one of them, counted from 0; NULL beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_parameters_name_at(
    uri: Option<&ZaifPaymentUri>,
    index: usize,
) -> *const c_char {
    guard::get(ptr::null(), || {
        let found = uri.and_then(|uri| uri.parameters.get(index));
        lent(found.and_then(|(name, _)| name.as_deref()))
    })
}

/// The value of one of them, counted from 0, empty where the link has none; NULL
/// beyond the last.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_parameters_at(
    uri: Option<&ZaifPaymentUri>,
    index: usize,
) -> *const c_char {
    guard::get(ptr::null(), || {
        let found = uri.and_then(|uri| uri.parameters.get(index));
        lent(found.and_then(|(_, value)| value.as_deref()))
    })
}

/// The same link as a handle of its own; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_copy(
    uri: Option<&ZaifPaymentUri>,
) -> *mut ZaifPaymentUri {
    guard::get(ptr::null_mut(), || {
        uri.map_or(ptr::null_mut(), |uri| owned(uri.uri.clone().into()))
    })
}

/// Free a link, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_payment_uri_free(uri: Option<Box<ZaifPaymentUri>>) {
    guard::get((), || drop(uri));
}
