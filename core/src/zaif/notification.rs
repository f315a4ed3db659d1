//! What the service sends to a shop, and why none of it is believed.
//!
//! Neither `webhookUrl` nor `notificationUri` is signed: anyone who knows the
//! address can post to it. So a [`Hint`] says only which invoice to re-read;
//! it has no way to say "paid". What the shop acts on is the invoice that
//! [`Client::confirm`](super::Client::confirm) read itself and compared with
//! what the shop [`Expected`].

use std::fmt;
use std::str::FromStr;

use super::request::{coin, read_amount};
use super::rules::check_invoice_id;
use super::{Coin, Invoice};
use crate::argument::Arg;
use crate::error::{Code, Error, Outcome, Result};
use crate::json::{self, Members};
use crate::money::Amount;
use crate::text::plain_text;

/// A notification larger than this is none.
const MOST_BODY: usize = 64 << 10;

/// That something may have happened to an invoice, or to an order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Hint(About);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum About {
    Invoice(String),
    Order(String),
}

impl Hint {
    /// Reads the body of a `webhookUrl` post (JSON) or of a `notificationUri`
    /// post (form-encoded), as received. (A `notificationUri` called by GET
    /// carries nothing: see [`Webhooks`](super::Webhooks).)
    ///
    /// ```
    /// use kessai::zaif::Hint;
    /// let hint = Hint::parse(br#"{"invoiceId":"d7dd735c-1650","status":"complete"}"#)?;
    /// assert_eq!(hint.invoice_id(), Some("d7dd735c-1650"));
    /// assert!(Hint::parse(b"garbage").is_err());
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Code::ZaifBadNotification`], whatever is wrong with it. Answer HTTP
    /// 400 then.
    pub fn parse(body: &[u8]) -> Result<Self> {
        let bad = |why| Error::new(Code::ZaifBadNotification, Outcome::NotDone, why);
        if body.len() > MOST_BODY {
            return Err(bad("the notification is larger than 64 KiB"));
        }
        let text = std::str::from_utf8(body).map_err(|_| bad("the notification is not UTF-8"))?;
        let invoice_id = if text.trim_start().starts_with('{') {
            let members = Members::parse(text).map_err(|_| bad("the notification is not JSON"))?;
            members.get("invoiceId").and_then(json::text)
        } else {
            let mut ids = form_urlencoded::parse(body).filter(|(name, _)| name == "invoiceId");
            match (ids.next(), ids.next()) {
                (Some((_, id)), None) => Some(id.into_owned()),
                _ => None,
            }
        };
        let invoice_id = invoice_id.ok_or_else(|| bad("the notification names no invoice"))?;
        check_invoice_id(&invoice_id)
            .map_err(|_| bad("the notification's invoice id has no known form"))?;
        Ok(Self(About::Invoice(invoice_id)))
    }

    /// A hint from the shop's own books: this invoice is worth a look.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) when it is no invoice id.
    pub fn about(invoice_id: &str) -> Result<Self> {
        check_invoice_id(invoice_id)?;
        Ok(Self(About::Invoice(invoice_id.to_owned())))
    }

    /// The same where only the order is known: its invoices are worth a look.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) when it is empty, longer
    /// than 255 characters or holds control characters.
    pub fn about_order(order_number: &str) -> Result<Self> {
        plain_text("order_number", order_number, 255)?;
        Ok(Self(About::Order(order_number.to_owned())))
    }

    /// The invoice to re-read, where the hint names one.
    #[must_use]
    pub fn invoice_id(&self) -> Option<&str> {
        match &self.0 {
            About::Invoice(id) => Some(id),
            About::Order(_) => None,
        }
    }

    /// The order whose invoices are to be re-read, where it names no invoice.
    #[must_use]
    pub fn order_number(&self) -> Option<&str> {
        match &self.0 {
            About::Order(order) => Some(order),
            About::Invoice(_) => None,
        }
    }
}

/// As text that can be put on a queue.
impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            About::Invoice(id) => write!(f, "invoice:{id}"),
            About::Order(order) => write!(f, "order:{order}"),
        }
    }
}

impl FromStr for Hint {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("invoice", id)) => Self::about(id),
            Some(("order", order)) => Self::about_order(order),
            _ => Err(Error::input("hint", "hint is not the text of a hint")),
        }
    }
}

/// What the shop knows of the order from its own books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    order_number: String,
    amount: Amount,
    currency: Option<Coin>,
}

impl Expected {
    /// The order's number, and its amount in yen (or in the coin, where the
    /// shop bills in coin).
    pub fn new(order_number: impl Into<String>, amount: impl Into<Amount>) -> Self {
        Self {
            order_number: order_number.into(),
            amount: amount.into(),
            currency: None,
        }
    }

    /// Builds an expectation from a binding's values: the amount is whole yen
    /// unless there is a billing currency.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming the parameter.
    pub fn from_args(
        order_number: &str,
        amount: &Arg,
        currency: Option<&str>,
        billing_currency: Option<&str>,
    ) -> Result<Self> {
        let read = |name, code: Option<&str>| {
            code.map(|code| coin(name, &Arg::Text(code.to_owned())))
                .transpose()
        };
        let billing = read("billing_currency", billing_currency)?;
        let currency = read("currency", currency)?;
        if billing.is_some() && currency.is_some() && billing != currency {
            return Err(Error::input(
                "billing_currency",
                "billing_currency must equal currency",
            ));
        }
        Ok(Self {
            order_number: order_number.to_owned(),
            amount: read_amount(billing.is_some(), amount)?,
            currency: billing.or(currency),
        })
    }

    /// The coin it must be paid in, where the shop cares.
    #[must_use]
    pub fn currency(mut self, coin: Coin) -> Self {
        self.currency = Some(coin);
        self
    }

    /// The order's number.
    #[must_use]
    pub fn order_number(&self) -> &str {
        &self.order_number
    }

    /// Compares, byte for byte and yen for yen.
    pub(super) fn check(&self, invoice: &Invoice) -> Result<()> {
        let mismatch = |param: &str, what: &str| {
            Err(Error::new(
                Code::ZaifMismatch,
                Outcome::Done,
                format!(
                    "invoice {} is {what}: do not deliver on it",
                    invoice.invoice_id
                ),
            )
            .with_param(param))
        };
        if invoice.order_number.as_deref() != Some(self.order_number.as_str()) {
            return mismatch("order_number", "for another order");
        }
        if invoice.amount != self.amount {
            return mismatch("amount", "over another amount");
        }
        if self
            .currency
            .as_ref()
            .is_some_and(|c| *c != invoice.currency)
        {
            return mismatch("currency", "in another coin");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms() {
        for body in [
            &br#" {"invoiceId":"a-1","status":"complete"}"#[..],
            b"invoiceId=a-1&settled=1434696690&amount=10800&referenceNumbe=x",
        ] {
            let hint = Hint::parse(body).unwrap();
            assert_eq!(hint.invoice_id(), Some("a-1"));
            assert_eq!(hint.to_string().parse::<Hint>().unwrap(), hint);
        }
    }

    #[test]
    fn every_bad_input_is_the_same_error() {
        let long = vec![b' '; MOST_BODY + 1];
        for body in [
            &b""[..],
            b"{",
            b"{}",
            b"null",
            b"\xff\xfe",
            br#"{"invoiceId":7}"#,
            br#"{"invoiceId":""}"#,
            br#"{"invoiceId":"../../etc"}"#,
            br#"{"invoiceId":"a","invoiceId":"b"}"#,
            b"invoiceId=a&invoiceId=b",
            b"invoiceId=%0d%0a",
            &long,
        ] {
            let error = Hint::parse(body).unwrap_err();
            assert_eq!(error.code(), Code::ZaifBadNotification);
        }
    }
}
