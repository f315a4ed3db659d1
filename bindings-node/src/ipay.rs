//! Signed webhooks, and the keys of orders.

use kessai::argument::Arg;
use kessai::exchange::{Names, object};
use kessai::ipay;
use kessai::model::{Model as _, Value};
use kessai::{Code, Error, Secret};
use napi::bindgen_prelude::{JsValue, Unknown};
use napi::{Result, ValueType};
use napi_derive::napi;

use crate::arguments::{one, text};
use crate::errors::{bad, raise};

/// The core's half of `ipay.Webhooks`.
#[napi]
#[derive(Debug)]
pub struct IpayWebhooks(ipay::Webhooks);

/// A webhook that the service signed.
#[napi(object)]
#[derive(Debug)]
pub struct Verified {
    /// Its class and what stands at its top, as JSON.
    pub head: String,
    /// All of it, as it came.
    pub raw: String,
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

    /// Checks a signature, and reads the top of what it signs. What is no string is
    /// no signature.
    #[napi(catch_unwind)]
    pub fn verify(&self, body: &[u8], signature: Unknown<'_>) -> Result<Verified> {
        let signature = match signature.get_type()? {
            ValueType::String => Some(signature.coerce_to_string()?.into_utf8()?.into_owned()?),
            _ => None,
        };
        let event = self.0.verify(body, signature.as_deref());
        let event = event.map_err(|e| raise(&e))?;
        let fields = ["id", "type", "created", "secret_index"];
        let fields = fields.map(|name| (name, event.field(name).unwrap_or(Value::Null)));
        let class = [("class", Value::Text(event.class()))];
        Ok(Verified {
            head: object(class.into_iter().chain(fields), Names::Camel),
            raw: event.raw().to_owned(),
        })
    }

    /// How it shows itself: without a secret.
    #[napi(catch_unwind)]
    pub fn describe(&self) -> String {
        format!("{:?}", self.0)
    }
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
