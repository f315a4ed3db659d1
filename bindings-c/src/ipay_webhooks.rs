//! iPay's webhooks, and the keys of orders.

use kessai::ipay::{Webhooks, order_key};
use kessai::model::Model;
use kessai::{Code, Error, Secret};

use crate::boundary::{Bytes, Out, Utf8, Utf8s, needed};
use crate::error::{self, OK, number};
use crate::generated::ipay_models::IpayEvent;
use crate::guard;
use crate::handle::Handle;
use crate::text::Text;

/// Checks the signatures of iPay's webhooks. Threads may share it freely.
#[derive(Debug)]
pub struct IpayWebhooks(Webhooks);

/// Webhooks that are signed with one of these secrets: several while one is being
/// replaced, the new one first.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_webhooks_new(
    secrets: Utf8s<'_>,
    secrets_count: usize,
    webhooks: Out<'_, *mut IpayWebhooks>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = webhooks.needed("webhooks")?;
        // SAFETY: the header asks for so many secrets.
        let secrets = unsafe { secrets.needed(secrets_count, "secrets") }?;
        let secrets = secrets.into_iter().map(Secret::from);
        place.give(IpayWebhooks(Webhooks::new(secrets)?));
        Ok(())
    })
}

/// The same with the secret that the environment variable `IPAY_WEBHOOK_SECRET` holds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_webhooks_from_environment(
    webhooks: Out<'_, *mut IpayWebhooks>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = webhooks.needed("webhooks")?;
        place.give(IpayWebhooks(Webhooks::from_env()?));
        Ok(())
    })
}

/// Check a webhook's signature, and then read it. `body` is the body as received, byte
/// for byte; `signature` is the header `ipay-signature`, NULL where there is none.
///
/// Whatever is wrong with the signature is `KESSAI_ERROR_IPAY_BAD_SIGNATURE`. What to
/// answer tells `kessai_ipay_webhooks_status`. Then let `kessai_ipay_event_key` count
/// once, and call `kessai_ipay_client_confirm` before anything is shipped.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_webhooks_verify(
    webhooks: Option<&IpayWebhooks>,
    body: Bytes<'_>,
    length: usize,
    signature: Utf8<'_>,
    event: Out<'_, *mut IpayEvent>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = event.needed("event")?;
        let webhooks = needed(webhooks, "webhooks")?;
        // SAFETY: the header asks for a body of this length.
        let body = unsafe { body.needed(length, "body") }?;
        // A signature that is no text is one that nobody made.
        let signature = signature.read("signature").unwrap_or(Some(""));
        let event: Box<dyn Model> = Box::new(webhooks.0.verify(body, signature)?);
        place.give(Handle::from(event).into());
        Ok(())
    })
}

/// The HTTP status to answer a webhook with, where what came of it has this number of
/// `kessai_code`: 401 to what the service has not signed, 400 to what is no event, else
/// 503, and the service sends it again. 200 for `KESSAI_OK`: only once what was done
/// about it is stored.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_webhooks_status(number: i32) -> u16 {
    guard::get(503, || {
        if number == OK {
            return 200;
        }
        let code = Code::ALL.iter().find(|code| self::number(**code) == number);
        code.map_or(503, |code| Webhooks::status(*code))
    })
}

/// Free webhooks. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_webhooks_free(webhooks: Option<Box<IpayWebhooks>>) {
    guard::get((), || drop(webhooks));
}

/// The signature that the service would send with this body: for tests of a shop's own
/// handler.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_sign(
    body: Bytes<'_>,
    length: usize,
    secret: Utf8<'_>,
    signature: Out<'_, *mut Text>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = signature.needed("signature")?;
        // SAFETY: the header asks for a body of this length.
        let body = unsafe { body.needed(length, "body") }?;
        let secret = Secret::from(secret.needed("secret")?.to_owned());
        place.give(Webhooks::sign(body, &secret)?.into());
        Ok(())
    })
}

/// An idempotency key that is always the same for an order, a purpose such as
/// `"payment"` or `"refund-1"`, and an attempt, from 1.
///
/// The attempt rises only once the one before has definitely failed: declined, `failed`
/// or `canceled`. Never after an unknown outcome.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_order_key(
    order: Utf8<'_>,
    purpose: Utf8<'_>,
    attempt: i64,
    key: Out<'_, *mut Text>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = key.needed("key")?;
        let (order, purpose) = (order.needed("order")?, purpose.needed("purpose")?);
        let attempt = u32::try_from(attempt)
            .map_err(|_| Error::of_bad_input("attempt", "attempt must be a whole number from 1"))?;
        place.give(order_key(order, purpose, attempt)?.into());
        Ok(())
    })
}
