//! The address that a shop registers for notifications, and the door behind it.

use std::ffi::{CString, c_char};
use std::ptr;

use kessai::zaif::{Notice, Webhooks};
use kessai::{Code, Error, Result, Secret};

use crate::boundary::{Bytes, Out, Utf8, Utf8s, needed};
use crate::error::{self, OK, number};
use crate::guard;
use crate::hint::ZaifHint;
use crate::shown::{lent, whole};
use crate::text::Text;

/// Makes the addresses that notifications go to, and receives what comes there.
/// Threads may share it freely.
#[derive(Debug)]
pub struct ZaifWebhooks(Webhooks);

/// A notification that came to a true address. Immutable: threads may share it.
#[derive(Debug)]
pub struct ZaifNotice {
    order_number: Option<CString>,
    hint: ZaifHint,
    secret_index: usize,
}

impl From<Notice> for ZaifNotice {
    fn from(notice: Notice) -> Self {
        Self {
            order_number: whole(&notice.order_number),
            hint: notice.hint.into(),
            secret_index: notice.secret_index,
        }
    }
}

fn new(base: Utf8<'_>, secrets: Result<Vec<String>>) -> Result<Webhooks> {
    Webhooks::new(base.needed("base")?, secrets?.into_iter().map(Secret::from))
}

/// Addresses below `base`, such as `"https://shop.example/hooks/zaif"`. The first
/// of the secrets makes them; each is accepted, so that a secret can be replaced
/// while invoices are under way. Each has 16 characters or more. At most 10
/// re-reads a minute for one order and 120 for this process.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_webhooks_new(
    base: Utf8<'_>,
    secrets: Utf8s<'_>,
    secrets_count: usize,
    webhooks: Out<'_, *mut ZaifWebhooks>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = webhooks.needed("webhooks")?;
        // SAFETY: the header asks for so many secrets.
        let secrets = unsafe { secrets.needed(secrets_count, "secrets") };
        place.give(ZaifWebhooks(new(base, secrets)?));
        Ok(())
    })
}

/// The same with other limits on re-reads a minute, each 1 to 60,000.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_webhooks_new_with_limits(
    base: Utf8<'_>,
    secrets: Utf8s<'_>,
    secrets_count: usize,
    per_order: i64,
    per_process: i64,
    webhooks: Out<'_, *mut ZaifWebhooks>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = webhooks.needed("webhooks")?;
        // SAFETY: the header asks for so many secrets.
        let secrets = unsafe { secrets.needed(secrets_count, "secrets") };
        let webhooks = new(base, secrets)?.limits_of(per_order, per_process)?;
        place.give(ZaifWebhooks(webhooks));
        Ok(())
    })
}

/// The address for an order's notifications, for `webhook_url` and
/// `notification_uri` of its invoice. Its last part is as good as a key: keep it
/// out of logs (`kessai_zaif_webhooks_mask`).
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_webhooks_address(
    webhooks: Option<&ZaifWebhooks>,
    order_number: Utf8<'_>,
    address: Out<'_, *mut Text>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = address.needed("address")?;
        let webhooks = needed(webhooks, "webhooks")?;
        let made = webhooks.0.address(order_number.needed("order_number")?)?;
        place.give(made.into());
        Ok(())
    })
}

/// Receive a notification: the path of the request (or its whole address) and
/// the raw body, which may be NULL with a `length` of 0. The token is checked
/// first, then the body is read, then the limits are.
///
/// Then call `kessai_zaif_client_confirm` with the notice's hint, and what the
/// shop's books say of this order. What to answer tells
/// `kessai_zaif_webhooks_status`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_webhooks_receive(
    webhooks: Option<&ZaifWebhooks>,
    path: Utf8<'_>,
    body: Bytes<'_>,
    length: usize,
    notice: Out<'_, *mut ZaifNotice>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = notice.needed("notice")?;
        let webhooks = needed(webhooks, "webhooks")?;
        // SAFETY: the header asks for a body of this length.
        let body = unsafe { body.needed(length, "body") }?;
        // A path that is no text bears no token.
        let path = path.read("path").unwrap_or(Some(""));
        let path = path.ok_or_else(|| Error::of_missing_input("path"))?;
        let received = webhooks.0.receive(path, body)?;
        place.give(received.into());
        Ok(())
    })
}

/// The HTTP status to answer a notification with, where what came of it has this
/// number of `kessai_code`: 404 to whoever has no token, 400 to what is no
/// notification, else 503, and the service sends it again. 200 for `KESSAI_OK`:
/// only once what was confirmed is stored.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_webhooks_status(number: i32) -> u16 {
    guard::get(503, || {
        if number == OK {
            return 200;
        }
        let code = Code::ALL.iter().find(|code| self::number(**code) == number);
        code.map_or(503, |code| Webhooks::status(*code))
    })
}

/// A path or an address as it may stand in a log: without its token.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_webhooks_mask(
    path: Utf8<'_>,
    masked: Out<'_, *mut Text>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = masked.needed("masked")?;
        place.give(Webhooks::mask(path.needed("path")?).into());
        Ok(())
    })
}

/// Free webhooks. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_webhooks_free(webhooks: Option<Box<ZaifWebhooks>>) {
    guard::get((), || drop(webhooks));
}

/// The order that the address was made for; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_notice_order_number(notice: Option<&ZaifNotice>) -> *const c_char {
    guard::get(ptr::null(), || {
        lent(notice.and_then(|n| n.order_number.as_deref()))
    })
}

/// What to hand to `kessai_zaif_client_confirm`, lent; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_notice_hint(notice: Option<&ZaifNotice>) -> *const ZaifHint {
    guard::get(ptr::null(), || {
        notice.map_or(ptr::null(), |n| ptr::from_ref(&n.hint))
    })
}

/// Which of the secrets the address was made with; 0 is the newest.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_notice_secret_index(notice: Option<&ZaifNotice>) -> usize {
    guard::get(0, || notice.map_or(0, |n| n.secret_index))
}

/// Free a notice, and what it lent. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_notice_free(notice: Option<Box<ZaifNotice>>) {
    guard::get((), || drop(notice));
}
