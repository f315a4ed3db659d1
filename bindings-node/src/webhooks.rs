//! Addresses for notifications and the door behind them.

use kessai::Secret;
use kessai::argument::Arg;
use kessai::zaif;
use napi::Result;
use napi::bindgen_prelude::Unknown;
use napi_derive::napi;

use crate::arguments::{each, object, one, text, unknown};
use crate::errors::{bad, raise};
use crate::hint::told;

/// The core's half of `zaif.Webhooks`.
#[napi]
#[derive(Debug)]
pub struct ZaifWebhooks(zaif::Webhooks);

/// What came to a true address.
#[napi(object)]
#[derive(Debug)]
pub struct Received {
    /// The order that the address was made for.
    pub order_number: String,
    /// What `lib/hint.js` makes a hint of.
    pub hint: String,
    /// Which of the secrets the address was made with.
    pub secret_index: u32,
}

#[napi]
impl ZaifWebhooks {
    /// Addresses below `base`.
    #[napi(constructor, catch_unwind)]
    pub fn new(base: Unknown<'_>, secrets: Unknown<'_>, limits: Unknown<'_>) -> Result<Self> {
        let secrets = match one("secrets", &secrets, None)? {
            Some(Arg::Text(one)) => vec![one],
            Some(Arg::Texts(several)) => several,
            None => Vec::new(),
            Some(_) => return Err(bad("secrets", "must be one or several strings")),
        };
        let (mut per_order, mut per_process) = (10, 120);
        if let Some(limits) = object("limits", &limits)? {
            each(&limits, |name, value| {
                let limit = match one(&name, value, None)? {
                    None => return Ok(()),
                    // What is no number is no limit either.
                    Some(Arg::Int(limit)) => i64::try_from(limit).unwrap_or(0),
                    Some(_) => 0,
                };
                match name.as_str() {
                    "perOrder" => per_order = limit,
                    "perProcess" => per_process = limit,
                    _ => return Err(unknown("zaif.Webhooks", &name)),
                }
                Ok(())
            })?;
        }
        let secrets = secrets.into_iter().map(Secret::from);
        zaif::Webhooks::new(&text("base", &base)?, secrets)
            .and_then(|webhooks| webhooks.limits_of(per_order, per_process))
            .map(Self)
            .map_err(|e| raise(&e))
    }

    /// The address for an order's notifications.
    #[napi(catch_unwind)]
    pub fn address(&self, order_number: Unknown<'_>) -> Result<String> {
        let order_number = text("orderNumber", &order_number)?;
        self.0.address(&order_number).map_err(|e| raise(&e))
    }

    /// Receives a notification.
    #[napi(catch_unwind)]
    pub fn receive(&self, path: Unknown<'_>, body: &[u8]) -> Result<Received> {
        let notice = self
            .0
            .receive(&text("path", &path)?, body)
            .map_err(|e| raise(&e))?;
        Ok(Received {
            hint: told(&notice.hint),
            order_number: notice.order_number,
            secret_index: u32::try_from(notice.secret_index).unwrap_or(u32::MAX),
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
pub fn webhook_status(code: String) -> u32 {
    zaif::Webhooks::status_of(&code).into()
}

/// A path as it may stand in a log.
#[napi(catch_unwind)]
#[must_use]
pub fn webhook_mask(path: String) -> String {
    zaif::Webhooks::mask(&path)
}
