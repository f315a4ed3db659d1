//! The documented shapes of answers and notifications, field for field.

use std::collections::BTreeMap;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::domain::zaif::{
    coin::Coin,
    invoice::{Invoice, Status},
    money::six_decimals,
    terms::Asked,
};

/// `{"success": 1, "return": ...}`.
#[must_use]
pub fn success(result: &impl Serialize) -> String {
    envelope(1, result)
}

/// `{"success": 0, "return": "<message>"}`.
#[must_use]
pub fn failure(message: &str) -> String {
    envelope(0, &message)
}

fn envelope(success: u8, result: &impl Serialize) -> String {
    #[derive(Serialize)]
    struct Envelope<'a, T> {
        success: u8,
        r#return: &'a T,
    }
    text(&Envelope {
        success,
        r#return: result,
    })
}

/// JSON of one of this module's own shapes, none of which can fail to be written.
fn text(shape: &impl Serialize) -> String {
    serde_json::to_string(shape).unwrap_or_default()
}

/// Yen as the integer that was sent, coins as a string: a JSON number with a
/// fraction would be read as a float by every client.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Amount {
    Yen(u64),
    Coins(String),
}

/// What createInvoice answers.
#[derive(Debug, Serialize)]
pub struct Created {
    #[serde(rename = "invoiceId")]
    invoice_id: String,
    #[serde(rename = "invoiceUri")]
    invoice_uri: String,
    #[serde(rename = "invoiceIframeUri")]
    invoice_iframe_uri: String,
    created: u64,
    expired: u64,
    #[serde(flatten)]
    price: Price,
    #[serde(rename = "orderNumber", skip_serializing_if = "Option::is_none")]
    order_number: Option<String>,
    #[serde(rename = "referenceNumber", skip_serializing_if = "Option::is_none")]
    reference_number: Option<String>,
    #[serde(rename = "buyerId", skip_serializing_if = "Option::is_none")]
    buyer_id: Option<String>,
}

/// What getInvoice and cancelInvoice answer and webhooks carry.
#[derive(Debug, Serialize)]
pub struct Looked {
    #[serde(rename = "invoiceId")]
    invoice_id: String,
    created: u64,
    expired: u64,
    status: &'static str,
    settled: Option<u64>,
    #[serde(flatten)]
    price: Price,
    #[serde(rename = "orderNumber", skip_serializing_if = "Option::is_none")]
    order_number: Option<String>,
}

#[derive(Debug, Serialize)]
struct Price {
    amount: Amount,
    currency: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    btc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mona: Option<String>,
    address: String,
    #[serde(rename = "BIP21")]
    bip21: String,
    speed: String,
}

impl Price {
    fn of(invoice: &Invoice) -> Self {
        let coin = invoice.terms.coin;
        let due = six_decimals(invoice.due);
        let bip21 = bip21(invoice, &due);
        let (btc, mona) = match coin {
            Coin::Btc => (Some(due), None),
            Coin::Mona => (None, Some(due)),
        };
        Self {
            amount: match invoice.terms.asked {
                Asked::Yen(yen) => Amount::Yen(yen),
                Asked::Coins(coins) => Amount::Coins(six_decimals(coins)),
            },
            currency: coin.code(),
            // As it was set: the document's own example has no decimals.
            rate: invoice.rate.map(|rate| rate.to_string()),
            btc,
            mona,
            address: invoice.address.clone(),
            bip21,
            speed: invoice.terms.speed.clone(),
        }
    }
}

/// The payment address (BIP21) a wallet opens to send `amount`.
#[must_use]
pub fn bip21(invoice: &Invoice, amount: &str) -> String {
    let (scheme, address) = (invoice.terms.coin.scheme(), &invoice.address);
    format!("{scheme}:{address}?amount={amount}")
}

impl Created {
    /// For a new invoice whose page is below `origin`.
    #[must_use]
    pub fn of(invoice: &Invoice, origin: &str) -> Self {
        let id = &invoice.id;
        Self {
            invoice_id: id.clone(),
            invoice_uri: format!("{origin}/invoice/form/{id}"),
            invoice_iframe_uri: format!("{origin}/invoice/iframe/{id}"),
            created: invoice.created.secs(),
            expired: invoice.expires.secs(),
            price: Price::of(invoice),
            order_number: invoice.terms.order_number.clone(),
            reference_number: invoice.terms.reference_number.clone(),
            buyer_id: invoice.terms.buyer.id.clone(),
        }
    }
}

impl Looked {
    /// The invoice as it is now.
    #[must_use]
    pub fn of(invoice: &Invoice) -> Self {
        let settled = invoice
            .settled
            .filter(|_| invoice.status == Status::Complete);
        Self {
            invoice_id: invoice.id.clone(),
            created: invoice.created.secs(),
            expired: invoice.expires.secs(),
            status: invoice.status.code(),
            settled: settled.map(|moment| moment.secs()),
            price: Price::of(invoice),
            order_number: invoice.terms.order_number.clone(),
        }
    }
}

/// What getInvoiceIdsByOrderNumber answers.
#[derive(Debug, Serialize)]
pub struct Ids {
    #[serde(rename = "invoiceIds")]
    invoice_ids: Vec<String>,
    counts: usize,
}

impl Ids {
    /// These ids, oldest first.
    #[must_use]
    pub fn of(invoice_ids: Vec<String>) -> Self {
        Self {
            counts: invoice_ids.len(),
            invoice_ids,
        }
    }
}

/// What getSupportedCurrencies answers.
#[must_use]
pub fn currencies() -> BTreeMap<&'static str, &'static str> {
    Coin::ALL
        .into_iter()
        .map(|coin| (coin.code(), coin.name()))
        .collect()
}

/// The body of a webhook.
#[must_use]
pub fn webhook_body(invoice: &Invoice) -> String {
    text(&Looked::of(invoice))
}

/// The form of the one notification on completion, spelled as the document does
/// (`referenceNumbe` included).
#[must_use]
pub fn notification_form(invoice: &Invoice) -> String {
    let terms = &invoice.terms;
    let amount = match terms.asked {
        Asked::Yen(yen) => yen.to_string(),
        Asked::Coins(coins) => six_decimals(coins),
    };
    let settled = invoice.settled.map(|moment| moment.secs().to_string());
    let fields = [
        ("invoiceId", Some(invoice.id.clone())),
        ("settled", settled),
        ("amount", Some(amount)),
        (terms.coin.code(), Some(six_decimals(invoice.due))),
        ("orderNumber", terms.order_number.clone()),
        ("referenceNumbe", terms.reference_number.clone()),
        ("buyerId", terms.buyer.id.clone()),
    ];
    fields
        .into_iter()
        .filter_map(|(name, value)| {
            let value = value?;
            let value = utf8_percent_encode(&value, NON_ALPHANUMERIC);
            Some(format!("{name}={value}"))
        })
        .collect::<Vec<_>>()
        .join("&")
}
