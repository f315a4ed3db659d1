//! The address that a shop registers for notifications, and the door behind it
//! (spec of Zaif Payment, section 7).
//!
//! Notifications are not signed, and one sent by GET says nothing at all. So
//! the address itself carries the order number and a token that nobody can
//! guess; what comes without it is turned away before it costs anything.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use subtle::ConstantTimeEq as _;

use super::Hint;
use super::credentials::hmac;
use super::rules::is_web_address;
use crate::error::{Code, Error, Outcome, Result};
use crate::rate::{self, RateLimit};
use crate::secret::Secret;
use crate::text::plain_text;
use crate::world::{Clock, SystemClock};

/// How much of the HMAC goes into an address: 192 bits.
const TOKEN_BYTES: usize = 24;

/// A secret shorter than this can be guessed.
const LEAST_SECRET: usize = 16;

/// The longest address that the service certainly takes.
const LONGEST_ADDRESS: usize = 2_000;

/// Before an order number that a path cannot hold as it is. What follows is
/// Base64, so that it does not matter whether a web framework has decoded the
/// path already.
const ENCODED: char = '~';

/// Makes the addresses that notifications go to, and receives what comes
/// there.
///
/// ```
/// use kessai::zaif::Webhooks;
/// let webhooks = Webhooks::new(
///     "https://shop.example/hooks/zaif",
///     ["sandbox-webhook-secret".into()],
/// )?;
/// // For `webhook_url` and `notification_uri` of the order's invoice:
/// let address = webhooks.address("A-1001")?;
/// assert!(address.starts_with("https://shop.example/hooks/zaif/A-1001/"));
///
/// // In the handler, with the path and the raw body of the request:
/// let path = address.trim_start_matches("https://shop.example");
/// let notice = webhooks.receive(path, br#"{"invoiceId":"d7dd735c-1650"}"#)?;
/// assert_eq!(notice.order_number, "A-1001");
/// // Now `client.confirm(&notice.hint, &expected)`, with `expected` from the
/// // shop's books for this order. Answer 200 once what it says is stored.
/// # Ok::<(), kessai::Error>(())
/// ```
///
/// A limit on re-reads stands before them: per order and per process. What is
/// beyond it ends with `zaif.too_many_notifications`, to be answered with 503,
/// and comes again. [`Self::status`] tells the right answer for any error.
pub struct Webhooks {
    base: String,
    secrets: Vec<Secret>,
    received: Mutex<RateLimit>,
    clock: Box<dyn Clock>,
}

/// A notification that came to a true address.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notice {
    /// The order that the address was made for.
    pub order_number: String,
    /// What to hand to [`Client::confirm`](super::Client::confirm).
    pub hint: Hint,
    /// Which of the secrets the address was made with; 0 is the newest.
    pub secret_index: usize,
}

impl Webhooks {
    /// Addresses below `base`, such as `https://shop.example/hooks/zaif`. The
    /// first secret makes them; each of them is accepted, so that a secret can
    /// be replaced while invoices are under way. At most 10 re-reads a minute
    /// for one order and 120 for this process: see [`Self::limits`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for an address that is not http or https or has a
    /// query, and for a secret of fewer than 16 characters, or none.
    pub fn new(base: &str, secrets: impl IntoIterator<Item = Secret>) -> Result<Self> {
        let base = base.trim_end_matches('/');
        plain_text("base", base, 1_000)?;
        if !is_web_address(base) || base.contains(['?', '#']) {
            return Err(Error::input(
                "base",
                "base must be an absolute http or https address without query or fragment",
            ));
        }
        let secrets: Vec<Secret> = secrets.into_iter().collect();
        let long = |secret: &Secret| secret.expose().chars().count() >= LEAST_SECRET;
        if secrets.is_empty() || !secrets.iter().all(long) {
            return Err(Error::input(
                "secrets",
                format!("secrets must be one or more, each of {LEAST_SECRET} characters or more"),
            ));
        }
        Ok(Self {
            base: base.to_owned(),
            secrets,
            received: Mutex::new(RateLimit::per_minute(10, 120)),
            clock: Box::new(SystemClock),
        })
    }

    /// Other limits on re-reads per minute.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) unless both are 1 to 60,000.
    pub fn limits(mut self, per_order: u32, per_process: u32) -> Result<Self> {
        for (name, limit) in [("per_order", per_order), ("per_process", per_process)] {
            if !(1..=60_000).contains(&limit) {
                return Err(Error::input(name, format!("{name} must be 1 to 60,000")));
            }
        }
        self.received = Mutex::new(RateLimit::per_minute(per_order, per_process));
        Ok(self)
    }

    /// The address for an order's notifications. Its last part is as good as a
    /// key: keep it out of logs ([`Self::mask`]).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for an order number that is empty, longer than 255
    /// characters or holds control characters.
    pub fn address(&self, order_number: &str) -> Result<String> {
        plain_text("order_number", order_number, 255)?;
        let secret = self.secrets.first().ok_or_else(no_secret)?;
        let token = token(secret, order_number)?;
        let order = if is_plain(order_number) {
            order_number.to_owned()
        } else {
            format!("{ENCODED}{}", BASE64.encode(order_number))
        };
        let address = format!("{}/{order}/{token}", self.base);
        if address.len() > LONGEST_ADDRESS {
            return Err(Error::input(
                "order_number",
                "the address for this order number would be too long",
            ));
        }
        Ok(address)
    }

    /// Receives a notification: the path of the request (or its whole address)
    /// and the raw body. The token is checked first, then the body is read,
    /// then the limits are.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Signature`](crate::ErrorKind::Signature) (`zaif.bad_token`) for a path without a true
    /// token, `zaif.bad_notification` for a body that is no notification,
    /// `zaif.too_many_notifications` beyond the limits. What to answer:
    /// [`Self::status`].
    pub fn receive(&self, path: &str, body: &[u8]) -> Result<Notice> {
        let (order_number, secret_index) = self.order(path)?;
        let hint = if body.trim_ascii().is_empty() {
            Hint::about_order(&order_number)?
        } else {
            Hint::parse(body)?
        };
        self.count(&order_number)?;
        Ok(Notice {
            order_number,
            hint,
            secret_index,
        })
    }

    /// The HTTP status to answer an error of this code with: 404 to whoever has no token,
    /// 400 to what is no notification, else 503, and the service sends it
    /// again. Answer 200 only when what was confirmed is stored.
    #[must_use]
    pub const fn status(code: Code) -> u16 {
        match code {
            Code::ZaifBadToken => 404,
            Code::ZaifBadNotification => 400,
            _ => 503,
        }
    }

    /// The same for a code by its name, as bindings have it.
    #[doc(hidden)]
    #[must_use]
    pub fn status_of(code: &str) -> u16 {
        let code = Code::ALL.iter().find(|known| known.as_str() == code);
        code.map_or(503, |code| Self::status(*code))
    }

    /// Other limits, as bindings have them: what is no count is refused.
    ///
    /// # Errors
    ///
    /// As [`Self::limits`].
    #[doc(hidden)]
    pub fn limits_of(self, per_order: i64, per_process: i64) -> Result<Self> {
        let count = |limit: i64| u32::try_from(limit).unwrap_or(0);
        self.limits(count(per_order), count(per_process))
    }

    /// A path or an address as it may stand in a log: without its token.
    ///
    /// ```
    /// # use kessai::zaif::Webhooks;
    /// let path = "/hooks/zaif/A-1001/S2Vlc3RoaXN0b2tlbm91dG9mbG9ncw12";
    /// assert_eq!(Webhooks::mask(path), "/hooks/zaif/A-1001/***");
    /// ```
    #[must_use]
    pub fn mask(path: &str) -> String {
        let is_token = |part: &str| BASE64.decode(part).is_ok_and(|t| t.len() == TOKEN_BYTES);
        let end = path.find(['?', '#']).unwrap_or(path.len());
        let (path, rest) = path.split_at_checked(end).unwrap_or((path, ""));
        let parts: Vec<_> = path
            .split('/')
            .map(|part| if is_token(part) { "***" } else { part })
            .collect();
        let masked = parts.join("/");
        if rest.is_empty() {
            masked
        } else {
            format!("{masked}?***")
        }
    }

    /// The order that a path was made for, and by which secret.
    fn order(&self, path: &str) -> Result<(String, usize)> {
        let bad = || {
            Error::new(
                Code::ZaifBadToken,
                Outcome::NotDone,
                "the address of this notification bears no token of this shop",
            )
        };
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let mut parts = path.trim_end_matches('/').rsplit('/');
        let (given, order) = (parts.next(), parts.next());
        let (Some(given), Some(order)) = (given, order) else {
            return Err(bad());
        };
        let order = match order.strip_prefix(ENCODED) {
            None => order.to_owned(),
            Some(encoded) => BASE64
                .decode(encoded)
                .ok()
                .and_then(|bytes| String::from_utf8(bytes).ok())
                .ok_or_else(bad)?,
        };
        // Every secret is tried, so that the time it takes says nothing.
        let mut matched = None;
        for (index, secret) in self.secrets.iter().enumerate().rev() {
            let token = token(secret, &order)?;
            if token.as_bytes().ct_eq(given.as_bytes()).into() {
                matched = Some(index);
            }
        }
        let index = matched.ok_or_else(bad)?;
        Ok((order, index))
    }

    fn count(&self, order: &str) -> Result<()> {
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        received
            .take(order, self.clock.monotonic())
            .map_err(|wait| {
                Error::new(
                    Code::ZaifTooManyNotifications,
                    Outcome::NotDone,
                    "more notifications than are worth re-reading: answer 503, and they come again",
                )
                .with_retry_after(Some(rate::span(wait)))
            })
    }
}

/// Whether a path can hold it as it is, whoever handles the path.
fn is_plain(order_number: &str) -> bool {
    !order_number.trim_matches('.').is_empty()
        && order_number
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

fn token(secret: &Secret, order_number: &str) -> Result<String> {
    let message = format!("kessai zaif webhook 1\0{order_number}");
    let mac = hmac(secret.expose().as_bytes(), message.as_bytes())?;
    let part = mac.get(..TOKEN_BYTES).ok_or_else(no_secret)?;
    Ok(BASE64.encode(part))
}

fn no_secret() -> Error {
    Error::input("secrets", "there is no secret to make addresses with")
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks")
            .field("base", &self.base)
            .field("secrets", &self.secrets.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
