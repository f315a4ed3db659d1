//! The books as the control API shows them: what is true, not what the API tells.

use serde_json::{Value, json};

use crate::domain::{
    clock::Moment,
    zaif::{
        invoice::Invoice,
        money::{shortest, six_decimals},
        terms::Asked,
    },
};
use crate::world::World;

impl World {
    /// The books: every request and every invoice.
    #[must_use]
    pub fn books(&self) -> Value {
        let invoices: Vec<Value> = self.invoices.iter().map(entry).collect();
        json!({
            "requests": self.ledger.rows(),
            "invoices": invoices,
            "ipay": self.ipay_books(),
        })
    }
}

/// An invoice as the books know it: more than the API tells.
#[must_use]
pub fn entry(invoice: &Invoice) -> Value {
    let amount = match invoice.terms.asked {
        Asked::Yen(yen) => json!(yen),
        Asked::Coins(coins) => json!(six_decimals(coins)),
    };
    let payments: Vec<Value> = invoice
        .payments
        .iter()
        .map(|payment| {
            json!({
                "amount": shortest(payment.amount),
                "seen": payment.seen.secs(),
                "confirmations": payment.confirmations,
            })
        })
        .collect();
    let history: Vec<Value> = invoice
        .history
        .iter()
        .map(|(at, status)| json!({"at": at.secs(), "status": status.code()}))
        .collect();
    json!({
        "invoice_id": invoice.id,
        "order_number": invoice.terms.order_number,
        "request": invoice.request,
        "key": invoice.key,
        "currency": invoice.terms.coin.code(),
        "amount": amount,
        "billed_in_coins": invoice.rate.is_none(),
        "due": six_decimals(invoice.due),
        "received": shortest(invoice.received()),
        "status": invoice.status.code(),
        "created": invoice.created.secs(),
        "expires": invoice.expires.secs(),
        "settled": invoice.settled.map(Moment::secs),
        "confirmations": invoice.confirmations(),
        "payments": payments,
        "history": history,
    })
}
