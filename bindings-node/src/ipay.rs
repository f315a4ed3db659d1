//! Signed webhooks, and the keys of orders.

use kessai::argument::Arg;
use kessai::exchange::Names;
use kessai::ipay;
use kessai::model::{Described as _, Model as _, Value};
use kessai::returned::{Detail, Returned};
use kessai::{Code, Error, Secret};
use memchr::memchr2;
use napi::bindgen_prelude::{JsValue, Unknown};
use napi::{Result, ValueType};
use napi_derive::napi;

use crate::arguments::{one, text};
use crate::errors::{bad, raise};

/// The core's half of `ipay.Webhooks`.
#[napi]
#[derive(Debug)]
pub struct IpayWebhooks(ipay::Webhooks);

/// The classes of events, which `lib/ipay-event.js` knows in the same order.
fn class_index(event: &ipay::Event) -> Option<usize> {
    let variants = event.info().variants;
    let class = event.class_alone();
    variants.iter().position(|variant| variant.name == class)
}

#[napi]
impl IpayWebhooks {
    /// Accepts what any of the secrets has signed.
    #[napi(constructor, catch_unwind)]
    pub fn new(secrets: Unknown<'_>) -> Result<Self> {
        let secrets = match one("secrets", &secrets, None)? {
            Some(Arg::Text(one)) => vec![one],
            Some(Arg::Texts(several)) => several,
            None => Vec::new(),
            Some(_) => return Err(bad("secrets", "must be one or several strings")),
        };
        let webhooks = ipay::Webhooks::new(secrets.into_iter().map(Secret::from));
        webhooks.map(Self).map_err(|e| raise(&e))
    }

    /// Checks a signature, and reads what it signs as far as its class needs. What is
    /// no string is no signature.
    ///
    /// Gives one number, since an object costs as much as the check: whether JSON's
    /// usual readers would change a number in it, which of the secrets it was signed
    /// with, and its class.
    #[napi(catch_unwind)]
    pub fn verify(&self, body: &[u8], signature: Unknown<'_>) -> Result<u32> {
        let signature = match signature.get_type()? {
            ValueType::String => Some(signature.coerce_to_string()?.into_utf8()?.into_owned()?),
            _ => None,
        };
        let event = self.0.verify(body, signature.as_deref());
        let event = event.map_err(|e| raise(&e))?;
        let doubtful = usize::from(has_inexact_number(event.raw()));
        let told = class_index(&event)
            .and_then(|class| class.checked_mul(MOST_SECRETS))
            .and_then(|told| told.checked_add(event.secret_index()))
            .and_then(|told| told.checked_mul(2))
            .and_then(|told| told.checked_add(doubtful))
            .and_then(|told| u32::try_from(told).ok());
        told.ok_or_else(|| raise(&Error::of_a_defect()))
    }

    /// How it shows itself: without a secret.
    #[napi(catch_unwind)]
    pub fn describe(&self) -> String {
        format!("{:?}", self.0)
    }
}

/// More secrets the core does not take.
const MOST_SECRETS: usize = 16;

/// The longest whole number of which every one is exact in a double.
const SAFE_DIGITS: usize = 15;

/// Whether there is a number outside of texts that a double might change.
fn has_inexact_number(json: &str) -> bool {
    let mut rest = json.as_bytes();
    let mut digits = 0_usize;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        digits = match byte {
            b'0'..=b'9' if digits < SAFE_DIGITS => digits.saturating_add(1),
            b'0'..=b'9' => return true,
            b'.' | b'e' | b'E' if digits > 0 => return true,
            b'"' => {
                rest = after_text(after);
                0
            }
            _ => 0,
        };
    }
    false
}

/// What follows the text in which this stands.
fn after_text(mut rest: &[u8]) -> &[u8] {
    while let Some(at) = memchr2(b'"', b'\\', rest) {
        let is_end = rest.get(at) == Some(&b'"');
        let passed = if is_end { 1 } else { 2 };
        rest = rest.get(at.saturating_add(passed)..).unwrap_or_default();
        if is_end {
            return rest;
        }
    }
    &[]
}

/// One field of an event: what `lib/ipay-event.js` does not read itself.
#[napi(catch_unwind)]
pub fn ipay_event_field(stored: String, name: String) -> Result<String> {
    let event = (ipay::Event::INFO.restore)(&stored).map_err(|e| raise(&e))?;
    Ok(match event.field(&name) {
        Some(Value::Model(model)) => model.to_json(Names::Camel, Detail::Stored),
        Some(Value::Text(text)) => {
            Returned::Text(text.to_owned()).to_json(Names::Camel, Detail::Stored)
        }
        _ => "null".to_owned(),
    })
}

/// The HTTP status to answer an error of this code with.
#[napi(catch_unwind)]
#[must_use]
pub fn ipay_webhook_status(code: String) -> u32 {
    let mut codes = Code::ALL.iter();
    let code = codes.find(|known| known.as_str() == code);
    code.map_or(503, |code| ipay::Webhooks::status(*code).into())
}

/// The signature that the service would send with a body.
#[napi(catch_unwind)]
pub fn ipay_sign(body: &[u8], secret: Unknown<'_>) -> Result<String> {
    let secret = Secret::from(text("secret", &secret)?);
    ipay::Webhooks::sign(body, &secret).map_err(|e| raise(&e))
}

/// The idempotency key that belongs to an order.
#[napi(catch_unwind)]
pub fn ipay_order_key(
    order: Unknown<'_>,
    purpose: Unknown<'_>,
    attempt: Unknown<'_>,
) -> Result<String> {
    let attempt = match one("attempt", &attempt, None)? {
        Some(Arg::Int(attempt)) => u32::try_from(attempt).unwrap_or(0),
        Some(_) => return Err(bad("attempt", "must be a whole number")),
        None => return Err(raise(&Error::of_missing_input("attempt"))),
    };
    let key = ipay::order_key(
        &text("order", &order)?,
        &text("purpose", &purpose)?,
        attempt,
    );
    key.map_err(|e| raise(&e))
}
