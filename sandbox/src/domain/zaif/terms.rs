//! What a shop asks for with createInvoice, checked parameter by parameter.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    coin::Coin,
    money::{ANSWER_DECIMALS, parse_positive, parse_whole_yen, parse_yen},
};

/// The longest text a parameter may hold, in characters.
const MAX_TEXT: usize = 255;
/// The longest address a parameter may hold, in bytes.
const MAX_ADDRESS: usize = 2_000;

/// The amount asked for, in the money it was asked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Yen, converted at the rate of the moment.
    Yen(u64),
    /// Coins, as `billingCurrency` says.
    Coins(Decimal),
}

/// How the one notification on completion is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotificationMethod {
    /// A form with the documented fields.
    Post,
    /// No fields at all.
    Get,
}

/// Who buys: shown on the payment page, except the id.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Buyer {
    /// The shop's id for the buyer; never shown.
    pub id: Option<String>,
    /// `buyerName`.
    pub name: Option<String>,
    /// `buyerKana`.
    pub kana: Option<String>,
    /// `buyerZip` and `buyerAddr1` to `buyerAddr3`, as far as sent.
    pub postal: Vec<String>,
    /// `buyerPhone` and `buyerCellphone`, as far as sent.
    pub phones: Vec<String>,
    /// `buyerEmail`.
    pub email: Option<String>,
}

/// The terms of an invoice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Terms {
    /// `currency`.
    pub coin: Coin,
    /// `amount`, in yen or, with `billingCurrency`, in coins.
    pub asked: Asked,
    /// `speed`: without effect, echoed.
    pub speed: String,
    /// `notificationUri`.
    pub notification_uri: Option<String>,
    /// `notificationMethod`.
    pub notification_method: NotificationMethod,
    /// `webhookUrl`.
    pub webhook_url: Option<String>,
    /// `redirectUri`.
    pub redirect_uri: Option<String>,
    /// `subTotal` in yen.
    pub sub_total: Option<u64>,
    /// `tax` in yen.
    pub tax: Option<u64>,
    /// `regularPrice` in yen.
    pub regular_price: Option<u64>,
    /// `discount` in yen.
    pub discount: Option<u64>,
    /// `merchantName`.
    pub merchant_name: Option<String>,
    /// `orderNumber`.
    pub order_number: Option<String>,
    /// `referenceNumber`.
    pub reference_number: Option<String>,
    /// `itemName`.
    pub item_name: Option<String>,
    /// The `buyer...` parameters.
    pub buyer: Buyer,
}

/// Looks parameters up and remembers nothing: an empty one counts as not sent.
struct Reader<'a, F: Fn(&str) -> Option<&'a str>>(F);

impl<'a, F: Fn(&str) -> Option<&'a str>> Reader<'a, F> {
    fn raw(&self, name: &str) -> Option<&'a str> {
        (self.0)(name).filter(|value| !value.is_empty())
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, &'static str> {
        match self.raw(name) {
            Some(text) if text.chars().count() > MAX_TEXT => Err(name),
            Some(text) if text.chars().any(char::is_control) => Err(name),
            other => Ok(other.map(str::to_owned)),
        }
    }

    fn texts(&self, names: &[&'static str]) -> Result<Vec<String>, &'static str> {
        let mut found = Vec::new();
        for name in names {
            found.extend(self.text(name)?);
        }
        Ok(found)
    }

    fn yen(&self, name: &'static str) -> Result<Option<u64>, &'static str> {
        self.raw(name)
            .map(|text| parse_whole_yen(text).ok_or(name))
            .transpose()
    }

    fn address(&self, name: &'static str) -> Result<Option<String>, &'static str> {
        self.raw(name)
            .map(|text| {
                let uri: http::Uri = text.parse().map_err(|_| name)?;
                let web = matches!(uri.scheme_str(), Some("http" | "https"));
                let host = uri.host().is_some_and(|host| !host.is_empty());
                let user = uri.authority().is_some_and(|it| it.as_str().contains('@'));
                if web && host && !user && text.len() <= MAX_ADDRESS {
                    Ok(text.to_owned())
                } else {
                    Err(name)
                }
            })
            .transpose()
    }

    fn one_of(
        &self,
        name: &'static str,
        allowed: &[&'static str],
        default: &'static str,
    ) -> Result<&'static str, &'static str> {
        let sent = self.raw(name).unwrap_or(default);
        allowed
            .iter()
            .find(|word| **word == sent)
            .copied()
            .ok_or(name)
    }
}

impl Terms {
    /// Reads the parameters of createInvoice through `lookup`.
    ///
    /// # Errors
    /// The name of the first parameter that is not valid.
    pub fn read<'a>(lookup: impl Fn(&str) -> Option<&'a str>) -> Result<Self, &'static str> {
        let form = Reader(lookup);
        let coin = form
            .raw("currency")
            .and_then(Coin::from_code)
            .ok_or("currency")?;
        let amount = form.raw("amount").ok_or("amount")?;
        let asked = match form.raw("billingCurrency") {
            None => Asked::Yen(parse_yen(amount).ok_or("amount")?),
            Some(code) if code == coin.code() => {
                Asked::Coins(parse_positive(amount, ANSWER_DECIMALS).ok_or("amount")?)
            }
            Some(_) => return Err("billingCurrency"),
        };
        let method = match form.one_of("notificationMethod", &["POST", "GET"], "POST")? {
            "GET" => NotificationMethod::Get,
            _ => NotificationMethod::Post,
        };
        Ok(Self {
            coin,
            asked,
            speed: form
                .one_of("speed", &["high", "medium", "low"], "medium")?
                .to_owned(),
            notification_uri: form.address("notificationUri")?,
            notification_method: method,
            webhook_url: form.address("webhookUrl")?,
            redirect_uri: form.address("redirectUri")?,
            sub_total: form.yen("subTotal")?,
            tax: form.yen("tax")?,
            regular_price: form.yen("regularPrice")?,
            discount: form.yen("discount")?,
            merchant_name: form.text("merchantName")?,
            order_number: form.text("orderNumber")?,
            reference_number: form.text("referenceNumber")?,
            item_name: form.text("itemName")?,
            buyer: Buyer {
                id: form.text("buyerId")?,
                name: form.text("buyerName")?,
                kana: form.text("buyerKana")?,
                postal: form.texts(&["buyerZip", "buyerAddr1", "buyerAddr2", "buyerAddr3"])?,
                phones: form.texts(&["buyerPhone", "buyerCellphone"])?,
                email: form.text("buyerEmail")?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Terms, &'static str> {
        Terms::read(|name| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1))
    }

    fn with(name: &str, value: &str) -> Result<Terms, &'static str> {
        read(&[(name, value), ("currency", "btc"), ("amount", "100")])
    }

    #[test]
    fn needs_a_coin_and_an_amount() {
        assert_eq!(read(&[("amount", "1")]).unwrap_err(), "currency");
        assert_eq!(read(&[("currency", "btc")]).unwrap_err(), "amount");
        let terms = read(&[("currency", "mona"), ("amount", "100")]).unwrap();
        assert_eq!(terms.asked, Asked::Yen(100));
        assert_eq!(terms.speed, "medium");
    }

    #[test]
    fn names_the_parameter_that_is_wrong() {
        let long = "x".repeat(256);
        for (name, value) in [
            ("currency", "eth"),
            ("amount", "1,000"),
            ("billingCurrency", "mona"),
            ("speed", "fast"),
            ("notificationMethod", "PUT"),
            ("webhookUrl", "ftp://127.0.0.1/x"),
            ("notificationUri", "http://user:pass@127.0.0.1/"),
            ("redirectUri", "javascript:alert(1)"),
            ("tax", "-1"),
            ("merchantName", long.as_str()),
            ("orderNumber", "a\nb"),
        ] {
            assert_eq!(with(name, value).unwrap_err(), name);
        }
    }

    #[test]
    fn an_empty_parameter_counts_as_not_sent() {
        assert_eq!(with("orderNumber", "").unwrap().order_number, None);
    }

    #[test]
    fn billing_in_coins_takes_decimals() {
        let terms = read(&[
            ("currency", "btc"),
            ("billingCurrency", "btc"),
            ("amount", "0.5"),
        ]);
        assert!(matches!(terms.unwrap().asked, Asked::Coins(_)));
    }
}
