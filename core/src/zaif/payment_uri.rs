//! Payment links that wallets understand (BIP21).

mod read;

use std::fmt;
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Coin, Invoice};
use crate::argument::{Arg, Args};
use crate::error::{Code, Error, Outcome, Result};
use crate::model::Value;
use crate::money::CoinAmount;

/// What stays as it is; everything else is percent-encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The names that are no free parameters.
const OWN: [&str; 3] = ["amount", "label", "message"];

/// Schemes that browsers act on themselves: a page makes the text a link.
const OF_BROWSERS: [&str; 13] = [
    "about",
    "blob",
    "data",
    "file",
    "filesystem",
    "ftp",
    "http",
    "https",
    "javascript",
    "mailto",
    "vbscript",
    "ws",
    "wss",
];

/// A payment link such as
/// `bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856`, in the form
/// of BIP21: a coin, an address, an exact amount in whole coins, and texts.
///
/// The scheme is `bitcoin:` for [`Coin::BTC`], `monacoin:` for [`Coin::MONA`],
/// and the coin's code for every other coin. Addresses are kept as they are:
/// their form is checked, their checksum is not.
///
/// ```
/// use kessai::zaif::{Coin, PaymentUri};
///
/// let read = PaymentUri::parse("bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856")?;
/// assert_eq!(read.coin(), &Coin::BTC);
/// assert_eq!(read.amount(), Some("0.359856".parse()?));
///
/// let made = PaymentUri::new(Coin::MONA, "MBamfEqEFDy5dsLWwu48BCizM1zpCoKw3U")?
///     .with_amount("500.000000".parse()?)?;
/// assert_eq!(
///     made.to_string(),
///     "monacoin:MBamfEqEFDy5dsLWwu48BCizM1zpCoKw3U?amount=500.000000",
/// );
/// # Ok::<(), kessai::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PaymentUri {
    coin: Coin,
    address: String,
    amount: Option<CoinAmount>,
    label: Option<String>,
    message: Option<String>,
    parameters: Vec<(String, String)>,
}

impl PaymentUri {
    /// The longest link, in bytes, that is read or made.
    pub const MOST_BYTES: usize = 4096;

    /// A link to pay any amount to `address`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input): `currency` when its code
    /// can be no scheme; `address` unless it is 1 to 128 letters and digits.
    pub fn new(currency: Coin, address: &str) -> Result<Self> {
        // A coin called "bitcoin" would come back as btc.
        if coin_of(scheme_of(&currency)).ok().as_ref() != Some(&currency) {
            return Err(Error::input(
                "currency",
                "currency has a code that can be no scheme of a payment link",
            ));
        }
        if !(1..=128).contains(&address.len())
            || !address.bytes().all(|b| b.is_ascii_alphanumeric())
        {
            return Err(Error::input(
                "address",
                "address must be 1 to 128 letters and digits",
            ));
        }
        Ok(Self {
            coin: currency,
            address: address.to_owned(),
            amount: None,
            label: None,
            message: None,
            parameters: Vec::new(),
        })
    }

    /// The link for an invoice, from its own fields and without a label: the
    /// same as the service's [`bip21`](Invoice::bip21).
    ///
    /// ```no_run
    /// use kessai::Qr;
    /// use kessai::zaif::PaymentUri;
    /// # let client = kessai::zaif::Client::builder("your key", "your secret").build()?;
    /// # let invoice = client.get_invoice("d7dd735c-1650-11e5-b412-4437e6999eec")?;
    /// let link = PaymentUri::for_invoice(&invoice)?;
    /// let qr = Qr::new(&link.to_string())?.to_svg();
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Code::ZaifBadAnswer`], naming the field: `coin_amount` when the
    /// service does not tell the amount due (a link without it would let
    /// customers pay anything); `currency` or `address` when it cannot stand
    /// in a link; `bip21` when the service's own link has another coin, address
    /// or amount than the invoice, so that money could go astray.
    pub fn for_invoice(invoice: &Invoice) -> Result<Self> {
        let bad = |param: &str, why: &str| {
            let why = format!("no payment link can be made for the invoice: {why}");
            Error::new(Code::ZaifBadAnswer, Outcome::Done, why).with_param(param)
        };
        let due = invoice
            .coin_amount
            .ok_or_else(|| bad("coin_amount", "it does not tell the amount due"))?;
        let made = Self::new(invoice.currency.clone(), &invoice.address)
            .and_then(|link| link.with_amount(due))
            .map_err(|e| bad(e.param().unwrap_or("address"), e.message()))?;
        // A link of theirs that cannot be read says nothing against ours.
        let theirs = invoice.bip21.as_deref().map(Self::parse);
        if let Some(Ok(theirs)) = theirs {
            let agrees = theirs.coin == made.coin
                && theirs.address == made.address
                && theirs.amount.is_none_or(|amount| amount == due);
            if !agrees {
                return Err(bad("bip21", "bip21 disagrees with its other fields"));
            }
        }
        Ok(made)
    }

    /// Reads a link. The scheme may be in either case; everything else is read
    /// as it stands. A `+` is a plus, not a space.
    ///
    /// ```
    /// use kessai::zaif::PaymentUri;
    /// let link = PaymentUri::parse("BITCOIN:1abc?label=Caf%C3%A9+1&somethingelse=50")?;
    /// assert_eq!(link.label(), Some("Café+1"));
    /// assert_eq!(link.parameters(), [("somethingelse".into(), "50".into())]);
    ///
    /// let error = PaymentUri::parse("bitcoin:1abc?req-lock=7").unwrap_err();
    /// assert_eq!(error.param(), Some("req-lock"));
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming the part at
    /// fault: `uri` (its size or form, a parameter without a name), `scheme`,
    /// `address`, or the parameter. An amount must be a plain decimal; amount,
    /// label and message may stand only once; no text may hold control
    /// characters or bad escapes. A parameter that begins with `req-` must be
    /// understood by whoever reads it (BIP21), and none is known: it is
    /// refused.
    pub fn parse(uri: &str) -> Result<Self> {
        read::link(uri)
    }

    /// The same, asking for this amount, in whole coins.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) when the link becomes
    /// longer than [`MOST_BYTES`](Self::MOST_BYTES).
    pub fn with_amount(mut self, amount: CoinAmount) -> Result<Self> {
        self.amount = Some(amount);
        self.fitting("amount")
    }

    /// The same with a name for the address, such as the shop's. A label makes
    /// the link's QR code larger and harder to scan.
    ///
    /// ```
    /// use kessai::zaif::{Coin, PaymentUri};
    /// let link = PaymentUri::new(Coin::BTC, "1abc")?.with_label("A & B 店")?;
    /// assert_eq!(link.to_string(), "bitcoin:1abc?label=A%20%26%20B%20%E5%BA%97");
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for control characters,
    /// or when the link becomes longer than
    /// [`MOST_BYTES`](Self::MOST_BYTES).
    pub fn with_label(mut self, label: &str) -> Result<Self> {
        self.label = Some(printable("label", label)?);
        self.fitting("label")
    }

    /// The same with a word on what the payment is for.
    ///
    /// # Errors
    ///
    /// As [`with_label`](Self::with_label).
    pub fn with_message(mut self, message: &str) -> Result<Self> {
        self.message = Some(printable("message", message)?);
        self.fitting("message")
    }

    /// The same with one more parameter, after the others.
    ///
    /// ```
    /// use kessai::zaif::{Coin, PaymentUri};
    /// let link = PaymentUri::new(Coin::BTC, "1abc")?.with_parameter("order", "A-1001")?;
    /// assert_eq!(link.to_string(), "bitcoin:1abc?order=A-1001");
    /// assert!(link.with_parameter("req-order", "A-1001").is_err());
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`with_label`](Self::with_label); also for a name that is empty, begins
    /// with `req-`, or is amount, label or message in any case.
    pub fn with_parameter(mut self, name: &str, value: &str) -> Result<Self> {
        let param = if name.is_empty() { "name" } else { name };
        printable("name", name)?;
        free(name).map_err(|why| Error::input(param, why))?;
        let value = printable(param, value)?;
        self.parameters.push((name.to_owned(), value));
        self.fitting(param)
    }

    /// The scheme, in lower case, without its colon.
    #[must_use]
    pub fn scheme(&self) -> &str {
        scheme_of(&self.coin)
    }

    /// The coin to pay in.
    #[must_use]
    pub const fn coin(&self) -> &Coin {
        &self.coin
    }

    /// The address to pay to.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The amount to pay, in whole coins; absent: any.
    #[must_use]
    pub const fn amount(&self) -> Option<CoinAmount> {
        self.amount
    }

    /// The name of the address.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// What the payment is for.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Every other parameter, in order, as name and value; the value is empty
    /// where the link has none.
    #[must_use]
    pub fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }

    /// A link from a binding's named values.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming what is wrong.
    #[doc(hidden)]
    pub fn from_args(mut args: Args) -> Result<Self> {
        let coin = args.text("currency")?.parse();
        let coin = coin.map_err(|e: Error| e.with_param("currency"))?;
        let mut link = Self::new(coin, &args.text("address")?)?;
        if let Some(amount) = args.take("amount") {
            let amount: CoinAmount = match amount {
                Arg::Int(whole) => whole.to_string(),
                amount => amount.text("amount")?,
            }
            .parse()?;
            link = link.with_amount(amount)?;
        }
        if let Some(label) = args.text_or_none("label")? {
            link = link.with_label(&label)?;
        }
        if let Some(message) = args.text_or_none("message")? {
            link = link.with_message(&message)?;
        }
        let parameters = match args.take("parameters") {
            None => Vec::new(),
            Some(Arg::Map(parameters)) => parameters,
            Some(Arg::Texts(none)) if none.is_empty() => Vec::new(),
            Some(_) => {
                let why = "parameters must be names with texts";
                return Err(Error::input("parameters", why));
            }
        };
        for (name, value) in parameters {
            let value = value.text(&name)?;
            link = link.with_parameter(&name, &value)?;
        }
        args.only("a payment link", |_| false)?;
        Ok(link)
    }

    /// What it tells, by name, except its parameters: what other languages show.
    #[doc(hidden)]
    #[must_use]
    pub fn fields(&self) -> [(&'static str, Value<'_>); 6] {
        let amount = self.amount.as_ref();
        [
            ("scheme", Value::Text(self.scheme())),
            ("currency", Value::Text(self.coin.code())),
            ("address", Value::Text(&self.address)),
            (
                "amount",
                amount.map_or(Value::Null, |a| Value::Decimal(*a.as_decimal())),
            ),
            ("label", Value::text(self.label())),
            ("message", Value::text(self.message())),
        ]
    }

    fn fitting(self, param: &str) -> Result<Self> {
        if self.to_string().len() > Self::MOST_BYTES {
            return Err(Error::input(
                param,
                format!(
                    "{param} makes the link longer than {} bytes: shorten it",
                    Self::MOST_BYTES
                ),
            ));
        }
        Ok(self)
    }
}

impl fmt::Display for PaymentUri {
    /// The link: amount, label and message first, then the others in order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.scheme(), self.address)?;
        let amount = self.amount.map(|amount| amount.to_string());
        let own = [amount.as_deref(), self.label(), self.message()];
        let own = OWN.into_iter().zip(own);
        let own = own.filter_map(|(name, value)| Some((name, value?)));
        let others = self.parameters.iter();
        let others = others.map(|(name, value)| (name.as_str(), value.as_str()));
        let marks = std::iter::once('?').chain(std::iter::repeat('&'));
        for (mark, (name, value)) in marks.zip(own.chain(others)) {
            let encoded = |text| utf8_percent_encode(text, ENCODED);
            write!(f, "{mark}{}={}", encoded(name), encoded(value))?;
        }
        Ok(())
    }
}

impl FromStr for PaymentUri {
    type Err = Error;

    /// As [`PaymentUri::parse`].
    fn from_str(uri: &str) -> Result<Self> {
        Self::parse(uri)
    }
}

fn scheme_of(coin: &Coin) -> &str {
    match coin.code() {
        "btc" => "bitcoin",
        "mona" => "monacoin",
        code => code,
    }
}

/// The coin of a scheme in lower case.
fn coin_of(scheme: &str) -> Result<Coin> {
    match scheme {
        "bitcoin" => return Ok(Coin::BTC),
        "monacoin" => return Ok(Coin::MONA),
        "btc" | "mona" => {
            return Err(Error::input(
                "scheme",
                "the schemes of btc and mona are bitcoin: and monacoin:",
            ));
        }
        _ => {}
    }
    let begins = scheme.starts_with(|c: char| c.is_ascii_lowercase());
    let coin = scheme.parse().ok();
    coin.filter(|_| begins && !OF_BROWSERS.contains(&scheme))
        .ok_or_else(|| {
            Error::input(
                "scheme",
                "a payment link begins with a coin's scheme, such as bitcoin: or monacoin:",
            )
        })
}

fn printable(param: &str, text: &str) -> Result<String> {
    if text.chars().any(char::is_control) {
        return Err(Error::input(
            param,
            format!("{} contains a control character: remove it", shown(param)),
        ));
    }
    Ok(text.to_owned())
}

/// A parameter's name fit for a message.
fn shown(name: &str) -> String {
    name.chars().take(64).collect()
}

/// Whether a parameter's name is free, or why not. Names differ by case in
/// BIP21 but not in its successor: what only looks like an amount is never
/// passed over.
fn free(name: &str) -> std::result::Result<(), String> {
    let lower = name.to_ascii_lowercase();
    if name.is_empty() {
        Err("a parameter has no name: name it or remove it".to_owned())
    } else if OWN.contains(&lower.as_str()) {
        Err(format!(
            "{lower} stands for itself: write it in lower case, once"
        ))
    } else if lower.starts_with("req-") {
        Err(format!(
            "{} must be understood by whoever reads the link (BIP21) and is not: do not pay by it",
            shown(name)
        ))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
