//! What a shop asks for when it makes an invoice.

use super::Coin;
use super::rules::{check_order_number, is_web_address};
use crate::argument::{Arg, ArgInfo, Takes};
use crate::doc::Doc;
use crate::error::{Code, Error, Outcome, Result};
use crate::money::{Amount, CoinAmount, Yen};
use crate::text::plain_text;

/// What values a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// Text of 1 to 255 characters without control characters.
    Text,
    /// The shop's order number: 1 to 64 of `[A-Za-z0-9._-]`, unless the
    /// client allows any.
    OrderNumber,
    /// An absolute http or https address.
    Url,
    /// Whole yen, zero included.
    Yen,
    /// One of these words.
    Word(&'static [&'static str]),
}

impl Rule {
    /// What a value of the parameter is, for bindings and the generator.
    pub(super) const fn takes(self) -> Takes {
        match self {
            Self::Yen => Takes::Int,
            _ => Takes::Text,
        }
    }
}

/// An optional parameter of `createInvoice`.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name, as in Rust and Python.
    pub name: &'static str,
    /// The name that the service uses.
    pub wire: &'static str,
    /// What it means.
    pub doc: Doc,
    /// What values it takes.
    pub rule: Rule,
}

macro_rules! create_invoice {
    ($($(#[doc = $doc:literal])+ $name:ident: $arg:ty = $wire:literal, $rule:expr;)+) => {
        /// What to ask for: the coin, the amount, and whatever else the shop
        /// wants to send.
        ///
        /// Everything is checked when the request is used, before anything is
        /// sent. The service shows
        /// what is sent as `buyer_*` (except `buyer_id`) on the payment page,
        /// and that page is open to anyone who holds its address: send none of
        /// it unless you must.
        ///
        /// ```
        /// use kessai::{Yen, zaif::{Coin, CreateInvoice}};
        /// let order = CreateInvoice::new(Coin::BTC, Yen::new(10_800))
        ///     .order_number("A-1001")
        ///     .item_name("Tea bowl")
        ///     .webhook_url("https://shop.example/hooks/zaif/A-1001");
        /// ```
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct CreateInvoice {
            currency: Coin,
            amount: Amount,
            given: Vec<(&'static Parameter, String)>,
        }

        impl CreateInvoice {
            /// What every request needs, and how it is billed.
            pub(super) const FIRST: [ArgInfo; 3] = [
                ArgInfo {
                    name: "currency",
                    doc: Doc::of("The coin it is paid in: `btc`, `mona`, or one added since."),
                    takes: Takes::Text,
                    required: true,
                },
                ArgInfo {
                    name: "amount",
                    doc: Doc::of("Whole yen; an amount of the coin where `billing_currency` is given. \
                          Never a float."),
                    takes: Takes::Money,
                    required: true,
                },
                ArgInfo {
                    name: "billing_currency",
                    doc: Doc::of("The same coin as `currency`, to bill in it instead of in yen: the \
                          exchange-rate risk is then the shop's."),
                    takes: Takes::Text,
                    required: false,
                },
            ];

            /// Every optional parameter.
            pub const PARAMETERS: &'static [Parameter] = &[
                $(Parameter {
                    name: stringify!($name),
                    wire: $wire,
                    doc: $crate::doc::Doc::of(concat!($($doc, "\n"),+)),
                    rule: $rule,
                },)+
            ];

            $(
                $(#[doc = $doc])+
                #[must_use]
                pub fn $name(self, value: impl Into<$arg>) -> Self {
                    let value: $arg = value.into();
                    self.put(stringify!($name), value.to_string())
                }
            )+
        }
    };
}

create_invoice! {
    /// The shop's own order number. With it a lost answer can be found again,
    /// and one call never makes two invoices: always send one.
    order_number: String = "orderNumber", Rule::OrderNumber;
    /// The shop's own reference number.
    reference_number: String = "referenceNumber", Rule::Text;
    /// The article's name, shown on the payment page.
    item_name: String = "itemName", Rule::Text;
    /// The shop's name, shown on the payment page.
    merchant_name: String = "merchantName", Rule::Text;
    /// Where the service posts every change of state. The posts are not
    /// signed: treat each as a hint and re-read the invoice.
    webhook_url: String = "webhookUrl", Rule::Url;
    /// Where the service sends one notification when the invoice is complete.
    /// It is neither signed nor repeated: prefer `webhook_url`.
    notification_uri: String = "notificationUri", Rule::Url;
    /// `POST` (the default) or `GET`, which carries no parameters.
    notification_method: String = "notificationMethod", Rule::Word(&["POST", "GET"]);
    /// Where the payment page sends the customer once money is seen: seen is
    /// not settled.
    redirect_uri: String = "redirectUri", Rule::Url;
    /// Subtotal in whole yen, shown on the payment page.
    sub_total: Yen = "subTotal", Rule::Yen;
    /// Tax in whole yen, shown on the payment page.
    tax: Yen = "tax", Rule::Yen;
    /// The regular price in whole yen, shown on the payment page.
    regular_price: Yen = "regularPrice", Rule::Yen;
    /// The discount in whole yen, shown on the payment page.
    discount: Yen = "discount", Rule::Yen;
    /// Obsolete since 2022: accepted and ignored by the service.
    speed: String = "speed", Rule::Word(&["high", "medium", "low"]);
    /// The shop's own name for the buyer. Not shown on the payment page.
    buyer_id: String = "buyerId", Rule::Text;
    /// The buyer's name. Shown on the payment page, which anyone with its
    /// address can open.
    buyer_name: String = "buyerName", Rule::Text;
    /// The buyer's name in kana. Shown on the payment page, which anyone with
    /// its address can open.
    buyer_kana: String = "buyerKana", Rule::Text;
    /// The buyer's postcode. Shown on the payment page, which anyone with its
    /// address can open.
    buyer_zip: String = "buyerZip", Rule::Text;
    /// The buyer's address, first line. Shown on the payment page, which
    /// anyone with its address can open.
    buyer_addr1: String = "buyerAddr1", Rule::Text;
    /// The buyer's address, second line. Shown on the payment page, which
    /// anyone with its address can open.
    buyer_addr2: String = "buyerAddr2", Rule::Text;
    /// The buyer's address, third line. Shown on the payment page, which
    /// anyone with its address can open.
    buyer_addr3: String = "buyerAddr3", Rule::Text;
    /// The buyer's telephone number. Shown on the payment page, which anyone
    /// with its address can open.
    buyer_phone: String = "buyerPhone", Rule::Text;
    /// The buyer's mobile number. Shown on the payment page, which anyone with
    /// its address can open.
    buyer_cellphone: String = "buyerCellphone", Rule::Text;
    /// The buyer's e-mail address. Shown on the payment page, which anyone
    /// with its address can open.
    buyer_email: String = "buyerEmail", Rule::Text;
}

impl CreateInvoice {
    /// An invoice over yen, paid in a coin at the service's rate.
    #[must_use]
    pub const fn new(currency: Coin, amount: Yen) -> Self {
        Self {
            currency,
            amount: Amount::Yen(amount),
            given: Vec::new(),
        }
    }

    /// An invoice over an amount of the coin itself: `billingCurrency`, a
    /// parameter outside the documented table. It is settled in that coin, and
    /// the exchange-rate risk is the shop's.
    #[must_use]
    pub const fn in_coin(currency: Coin, amount: CoinAmount) -> Self {
        Self {
            currency,
            amount: Amount::Coin(amount),
            given: Vec::new(),
        }
    }

    fn put(mut self, name: &str, value: String) -> Self {
        if let Some(parameter) = Self::PARAMETERS.iter().find(|p| p.name == name) {
            self.given.retain(|(p, _)| p.name != name);
            self.given.push((parameter, value));
        }
        self
    }

    /// Builds a request from a binding's named values.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming the parameter.
    pub fn from_args(args: impl IntoIterator<Item = (String, Arg)>) -> Result<Self> {
        let (mut currency, mut billing, mut amount) = (None, None, None);
        let mut given = Vec::new();
        for (name, value) in args {
            match (name.as_str(), value) {
                ("currency", value) => currency = Some(coin("currency", &value)?),
                ("billing_currency", value) => billing = Some(coin("billing_currency", &value)?),
                ("amount", value) => amount = Some(value),
                (_, value) => given.push((name, value)),
            }
        }
        let currency = currency.ok_or_else(|| missing("currency"))?;
        let amount = amount.ok_or_else(|| missing("amount"))?;
        if billing.as_ref().is_some_and(|b| *b != currency) {
            return Err(Error::input(
                "billing_currency",
                "billing_currency must equal currency",
            ));
        }
        let mut request = Self {
            amount: read_amount(billing.is_some(), &amount)?,
            currency,
            given: Vec::new(),
        };
        for (name, value) in given {
            let Some(parameter) = Self::PARAMETERS.iter().find(|p| p.name == name) else {
                return Err(Error::new(
                    Code::InputUnknown,
                    Outcome::NotDone,
                    format!("create_invoice has no parameter {name}"),
                )
                .with_param(name));
            };
            let text = match (parameter.rule, value) {
                (Rule::Yen, value) => yen(parameter.name, &value)?.to_string(),
                (_, value) => value.text(parameter.name)?,
            };
            request.given.push((parameter, text));
        }
        Ok(request)
    }

    /// Checks every rule.
    pub(crate) fn check(&self, any_order_number: bool) -> Result<()> {
        match &self.amount {
            Amount::Yen(yen) if yen.get() == 0 => {
                return Err(Error::input("amount", "the amount must be at least 1 yen"));
            }
            Amount::Yen(yen) if *yen > Yen::MOST => {
                return Err(Error::input("amount", "the amount is too large"));
            }
            Amount::Coin(coin) if coin.as_decimal().is_zero() => {
                return Err(Error::input("amount", "the amount must be above zero"));
            }
            _ => {}
        }
        for (parameter, value) in &self.given {
            let name = parameter.name;
            match parameter.rule {
                Rule::Text => plain_text(name, value, 255)?,
                Rule::OrderNumber => check_order_number(name, value, any_order_number)?,
                Rule::Url => {
                    plain_text(name, value, 2_000)?;
                    if !is_web_address(value) {
                        return Err(Error::input(
                            name,
                            format!("{name} must be an absolute http or https address"),
                        ));
                    }
                }
                Rule::Word(words) => {
                    if !words.contains(&value.as_str()) {
                        return Err(Error::input(
                            name,
                            format!("{name} must be one of: {}", words.join(", ")),
                        ));
                    }
                }
                Rule::Yen => {}
            }
        }
        Ok(())
    }

    pub(crate) fn currency(&self) -> &Coin {
        &self.currency
    }

    pub(crate) fn amount(&self) -> Amount {
        self.amount
    }

    pub(crate) fn order(&self) -> Option<&str> {
        self.given
            .iter()
            .find(|(p, _)| p.rule == Rule::OrderNumber)
            .map(|(_, value)| value.as_str())
    }

    /// The parameters as the service names them.
    pub(crate) fn wire(&self) -> impl Iterator<Item = (&str, String)> {
        let billing = matches!(self.amount, Amount::Coin(_))
            .then(|| ("billingCurrency", self.currency.code().to_owned()));
        [
            ("currency", self.currency.code().to_owned()),
            ("amount", self.amount.to_string()),
        ]
        .into_iter()
        .chain(billing)
        .chain(self.given.iter().map(|(p, v)| (p.wire, v.clone())))
    }
}

/// Whole yen, or an amount of the coin where the shop bills in it.
pub(super) fn read_amount(in_coin: bool, amount: &Arg) -> Result<Amount> {
    if !in_coin {
        return yen("amount", amount).map(Amount::Yen);
    }
    match amount {
        Arg::Int(whole) => whole.to_string().parse(),
        amount => amount.clone().text("amount")?.parse(),
    }
    .map(Amount::Coin)
}

pub(super) fn coin(name: &'static str, value: &Arg) -> Result<Coin> {
    let code = value.clone().text(name)?;
    code.parse().map_err(|e: Error| e.with_param(name))
}

fn yen(name: &'static str, value: &Arg) -> Result<Yen> {
    match value {
        Arg::Int(whole) => u64::try_from(*whole).ok().map(Yen::new),
        // A decimal without decimals is as good as a whole number.
        Arg::Text(text) => text
            .parse::<CoinAmount>()
            .ok()
            .filter(|d| d.as_decimal().fract().is_zero())
            .and_then(|d| u64::try_from(d.as_decimal().trunc()).ok())
            .map(Yen::new),
        _ => None,
    }
    .filter(|yen| *yen <= Yen::MOST)
    .ok_or_else(|| {
        Error::input(
            name,
            format!("{name} must be whole yen, without sign or commas"),
        )
    })
}

fn missing(name: &'static str) -> Error {
    Error::new(
        Code::InputMissing,
        Outcome::NotDone,
        format!("create_invoice needs {name}"),
    )
    .with_param(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> Arg {
        Arg::Text(value.to_owned())
    }

    fn from(args: &[(&str, Arg)]) -> Result<CreateInvoice> {
        CreateInvoice::from_args(args.iter().map(|(n, v)| ((*n).to_owned(), v.clone())))
            .and_then(|r| r.check(false).map(|()| r))
    }

    #[test]
    fn writes_the_names_of_the_service() {
        let request = CreateInvoice::new(Coin::BTC, Yen::new(10_800))
            .order_number("A-1")
            .tax(Yen::new(800))
            .order_number("A-2");
        let wire: Vec<_> = request.wire().collect();
        assert_eq!(
            wire,
            [
                ("currency", "btc".to_owned()),
                ("amount", "10800".to_owned()),
                ("tax", "800".to_owned()),
                ("orderNumber", "A-2".to_owned()),
            ]
        );
    }

    #[test]
    fn billing_in_coin_is_said_and_must_match() {
        let good = from(&[
            ("currency", text("btc")),
            ("billing_currency", text("btc")),
            ("amount", text("0.5")),
        ])
        .unwrap();
        assert!(
            good.wire()
                .any(|p| p == ("billingCurrency", "btc".to_owned()))
        );
        let bad = from(&[
            ("currency", text("btc")),
            ("billing_currency", text("mona")),
            ("amount", text("0.5")),
        ]);
        assert_eq!(bad.unwrap_err().param(), Some("billing_currency"));
    }

    #[test]
    fn bad_input_is_named_before_anything_is_sent() {
        let base = [("currency", text("btc")), ("amount", Arg::Int(100))];
        let cases: &[(&str, Arg)] = &[
            ("amount", Arg::Int(0)),
            ("amount", Arg::Int(-5)),
            ("amount", Arg::Int(i128::MAX)),
            ("amount", text("10.5")),
            ("amount", text("1,000")),
            ("currency", text("BTC")),
            ("currency", Arg::Int(1)),
            ("order_number", text("")),
            ("order_number", text("注文1")),
            ("order_number", text(&"x".repeat(65))),
            ("webhook_url", text("ftp://shop.example/")),
            ("webhook_url", text("https://user:pass@shop.example/")),
            ("webhook_url", text("https://")),
            ("redirect_uri", text("javascript:alert(1)")),
            ("item_name", text("a\nb")),
            ("item_name", text(&"あ".repeat(256))),
            ("item_name", Arg::Int(4)),
            ("tax", Arg::Int(-1)),
            ("notification_method", text("PUT")),
            ("no_such_thing", text("x")),
        ];
        for (name, value) in cases {
            let mut args: Vec<_> = base.iter().filter(|(n, _)| n != name).cloned().collect();
            args.push((name, value.clone()));
            let error = from(&args).expect_err(&format!("{name} = {value:?}"));
            assert_eq!(error.param(), Some(*name), "{error}");
            assert_eq!(error.outcome(), Outcome::NotDone);
            assert_eq!(error.kind(), crate::ErrorKind::Input);
        }
        for absent in ["currency", "amount"] {
            let args: Vec<_> = base.iter().filter(|(n, _)| *n != absent).cloned().collect();
            assert_eq!(from(&args).unwrap_err().code(), Code::InputMissing);
        }
        assert!(from(&[("currency", text("btc")), ("amount", text("10800"))]).is_ok());
    }
}
