//! An invoice as the service describes it.

use rust_decimal::Decimal;

use super::{Coin, Status};
use crate::error::{Code, Error, Outcome, Result};
use crate::json::Members;
use crate::model::{Member as _, Table as _, UnixSeconds, model};
use crate::money::{Amount, CoinAmount};

model! {
    /// An invoice: what the customer owes, where to pay it, and how far the
    /// payment is.
    ///
    /// Read from `createInvoice`, `getInvoice` and `cancelInvoice` of the
    /// Zaif Payment API. Unknown fields are kept as they came.
    pub struct Invoice {
        /// The invoice's identifier.
        invoice_id: String = "invoiceId",
        /// When it was made, in Unix seconds.
        created: UnixSeconds = "created",
        /// Until when it can be paid, in Unix seconds. Read it; never assume a
        /// number of minutes.
        expired: UnixSeconds = "expired",
        /// The state, such as `new` or `complete`. The set is open: one that
        /// nobody listed is kept as it came. Absent in the answer of a create,
        /// which does not tell it.
        status: Option<Status> = "status",
        /// When it was settled, in Unix seconds; absent before.
        settled: Option<UnixSeconds> = "settled",
        /// What is asked for. Whole yen, or an amount of the coin where the
        /// shop bills in that coin.
        amount: Amount = "amount",
        /// The coin it is paid in, such as `btc` or `mona`.
        currency: Coin = "currency",
        /// Yen for one coin. Absent where the shop bills in the coin.
        rate: Option<Decimal> = "rate",
        /// Where the customer pays to.
        address: String = "address",
        /// The payment link that wallets understand, as the service gave it.
        bip21: Option<String> = "BIP21",
        /// Obsolete since 2022; echoed by the service.
        speed: Option<String> = "speed",
        /// The shop's own order number, where one was sent.
        order_number: Option<String> = "orderNumber",
        /// The shop's own reference number, where one was sent.
        reference_number: Option<String> = "referenceNumber",
        /// The shop's own name for the buyer, where one was sent.
        buyer_id: Option<String> = "buyerId",
        /// The payment page. Built from `form_base` where the answer does not
        /// tell it.
        invoice_uri: Option<String> = "invoiceUri",
        /// The payment page for an iframe. Built from `form_base` where the
        /// answer does not tell it.
        invoice_iframe_uri: Option<String> = "invoiceIframeUri",
        ; made
        /// The amount due in the coin, exact.
        coin_amount: Option<CoinAmount>,
        /// Whether it was found rather than made by this call. An earlier try
        /// had made it, or an earlier call.
        adopted: bool,
        /// Whether it has money but another coin or amount than was asked for.
        /// Only a call that ensures an invoice gives such a one.
        differs: bool,
        ; says
        /// Is the shop's money there for good? Absent: don't know.
        is_settled: Option<bool> | false,
        /// Has money been seen on the network? Absent: don't know.
        is_money_seen: Option<bool> | false,
        /// Will the state never change again? Absent: don't know.
        is_final: Option<bool> | false,
        /// Can money still arrive at the address? Absent: don't know.
        may_still_receive_money: Option<bool> | true,
    }
}

impl Invoice {
    /// Reads the object of an answer. What is wrong with it is told without
    /// its values.
    pub(crate) fn read(text: &str) -> Result<Self> {
        let members = Members::parse(text).map_err(|_| bad("it is not an object"))?;
        let mut invoice = Self::read_members(&members, text.into())
            .map_err(|field| bad(&format!("{field} is missing or cannot be read")))?;

        // The amount due stands under a key named after the coin.
        let due = members.get(invoice.currency.code());
        invoice.coin_amount =
            Option::read(due).ok_or_else(|| bad("the amount due cannot be read"))?;

        // Only an invoice billed in the coin has no rate (section 3).
        if invoice.rate.is_some() {
            if !matches!(invoice.amount, Amount::Yen(_)) {
                return Err(bad("amount is not whole yen"));
            }
        } else {
            invoice.amount = CoinAmount::read(members.get("amount"))
                .map(Amount::Coin)
                .ok_or_else(|| bad("amount cannot be read"))?;
        }
        Ok(invoice)
    }

    /// Fills in the addresses of the payment page, which only the answer of a
    /// create tells.
    pub(crate) fn with_form_base(mut self, base: &str) -> Self {
        let page = |kind: &str| format!("{base}/invoice/{kind}/{}", self.invoice_id);
        let (form, iframe) = (page("form"), page("iframe"));
        self.invoice_uri.get_or_insert(form);
        self.invoice_iframe_uri.get_or_insert(iframe);
        self
    }

    /// Is the shop's money there for good? `None`: don't know.
    #[must_use]
    pub fn is_settled(&self) -> Option<bool> {
        self.status.as_ref().and_then(Status::is_settled)
    }

    /// Has money been seen on the network? `None`: don't know.
    #[must_use]
    pub fn is_money_seen(&self) -> Option<bool> {
        self.status.as_ref().and_then(Status::is_money_seen)
    }

    /// Will the state never change again? `None`: don't know.
    #[must_use]
    pub fn is_final(&self) -> Option<bool> {
        self.status.as_ref().and_then(Status::is_final)
    }

    /// Can money still arrive at the address? `None`: don't know.
    #[must_use]
    pub fn may_still_receive_money(&self) -> Option<bool> {
        self.status
            .as_ref()
            .and_then(Status::may_still_receive_money)
    }
}

fn bad(why: &str) -> Error {
    Error::new(
        Code::ZaifBadAnswer,
        Outcome::Done,
        format!("the service answered with an invoice that cannot be used: {why}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Model as _, Value};
    use crate::money::Yen;

    const WORKED: &str = r#"{"invoiceId":"d7dd735c-1650-11e5-b412-4437e6999eec",
        "invoiceUri":"https://zaif.jp/invoice/form/d7dd735c-1650-11e5-b412-4437e6999eec",
        "created":1434696690,"expired":"1434698490","amount":10800,"currency":"btc",
        "rate":"30012","btc":"0.359856","address":"19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb",
        "BIP21":"bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856","speed":"high",
        "futureField":{"kept":[1.10,null]}}"#;

    #[test]
    fn reads_the_worked_example_to_the_last_digit() {
        let invoice = Invoice::read(WORKED)
            .unwrap()
            .with_form_base("https://zaif.jp");
        assert_eq!(invoice.amount, Amount::Yen(Yen::new(10_800)));
        assert_eq!(invoice.coin_amount.unwrap().to_string(), "0.359856");
        assert_eq!(invoice.rate.unwrap().to_string(), "30012");
        assert_eq!(invoice.expired, UnixSeconds(1_434_698_490));
        assert_eq!(invoice.status, None);
        assert_eq!(invoice.is_settled(), None);
        assert_eq!(
            invoice.invoice_iframe_uri.as_deref(),
            Some("https://zaif.jp/invoice/iframe/d7dd735c-1650-11e5-b412-4437e6999eec")
        );
        assert!(
            invoice
                .raw()
                .contains(r#""futureField":{"kept":[1.10,null]}"#)
        );
        assert_eq!(invoice.field("amount"), Some(Value::Int(10_800)));
        assert_eq!(invoice.field("adopted"), Some(Value::Bool(false)));
        assert_eq!(invoice.field("futureField"), None);
        assert_eq!(
            invoice.member("futureField"),
            Some(r#"{"kept":[1.10,null]}"#)
        );
        assert_eq!(invoice.member("pastField"), None);
        assert_eq!(invoice.member_text("speed").as_deref(), Some("high"));
        assert_eq!(invoice.member_text("created"), None);
    }

    #[test]
    fn billed_in_coin_when_there_is_no_rate() {
        let text = WORKED
            .replace(r#""rate":"30012","#, "")
            .replace("10800", "\"2\"");
        let invoice = Invoice::read(&text).unwrap();
        assert_eq!(invoice.amount, Amount::Coin("2".parse().unwrap()));
    }

    #[test]
    fn a_new_coin_is_read_like_the_old_ones() {
        let text = WORKED
            .replace(r#""currency":"btc""#, r#""currency":"xym""#)
            .replace(r#""btc":"#, r#""xym":"#);
        let invoice = Invoice::read(&text).unwrap();
        assert_eq!(invoice.currency.code(), "xym");
        assert_eq!(invoice.coin_amount.unwrap().to_string(), "0.359856");
    }

    #[test]
    fn what_cannot_be_used_says_which_field() {
        for (from, to, named) in [
            (r#""invoiceId":"#, r#""otherId":"#, "invoiceId"),
            ("1434696690", "true", "created"),
            ("10800", "-1", "amount"),
            ("10800", "10800.5", "amount"),
            ("10800", "9007199254740992", "amount"),
            ("10800", "1e19", "amount"),
            ("10800", "99999999999999999999", "amount"),
            (r#""0.359856""#, r#""a lot""#, "amount due"),
        ] {
            let error = Invoice::read(&WORKED.replacen(from, to, 1)).unwrap_err();
            assert!(error.message().contains(named), "{error}");
            assert_eq!(error.outcome(), Outcome::Done);
        }
    }
}
