//! The books of iPay as the control API shows them.

use serde::Serialize;
use serde_json::{Value, json};

use crate::domain::ipay::mask;
use crate::domain::ipay::payment::Payment;
use crate::domain::ipay::shelf::{Entry, Object, Shelf};
use crate::world::World;

/// An object with the number of the request that made it.
fn row<T: Object + Serialize>(entry: &Entry<T>) -> Value {
    let mut row = json!(entry.it);
    hide(&mut row);
    with(row, [("request", json!(entry.request))])
}

fn with<const N: usize>(mut row: Value, more: [(&str, Value); N]) -> Value {
    if let Some(fields) = row.as_object_mut() {
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    }
    row
}

/// What looks like a card's number is one, wherever a shop has put it.
fn hide(value: &mut Value) {
    match value {
        Value::String(text) if !is_drawn(text) => *text = mask::card_numbers(text),
        Value::Array(items) => items.iter_mut().for_each(hide),
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == "client_secret" {
                    *value = Value::from(mask::MASK);
                }
                hide(value);
            }
        }
        _ => {}
    }
}

/// Whether it is an id that was drawn here: its hex digits may look like a card's.
fn is_drawn(text: &str) -> bool {
    let drawn = text.split_once('_').map(|(_, drawn)| drawn.as_bytes());
    drawn.is_some_and(|it| it.len() == 32 && it.iter().all(u8::is_ascii_hexdigit))
}

fn payment(entry: &Entry<Payment>) -> Value {
    let history = entry.inner.history.iter();
    let history: Vec<Value> = history
        .map(|(at, status)| json!({"at": at.secs(), "status": status.code()}))
        .collect();
    let more = [
        ("history", json!(history)),
        ("disputed", json!(entry.inner.disputed)),
        // The address has the client secret in it.
        ("next_action", json!(entry.it.next_action.is_some())),
    ];
    with(row(entry), more)
}

fn rows<T: Object + Serialize>(shelf: &Shelf<T>) -> Vec<Value> {
    shelf.iter().map(row).collect()
}

impl World {
    /// Every object of iPay.
    #[must_use]
    pub fn ipay_books(&self) -> Value {
        let ipay = &self.ipay;
        json!({
            "payments": ipay.payments.iter().map(payment).collect::<Vec<_>>(),
            "refunds": rows(&ipay.refunds),
            "customers": rows(&ipay.customers),
            "tokens": rows(&ipay.tokens),
            "payment_methods": rows(&ipay.payment_methods),
            "subscriptions": rows(&ipay.subscriptions),
            "transactions": rows(&ipay.transactions),
            "events": ipay.events,
        })
    }

    /// A payment as the books know it: more than the API tells.
    #[must_use]
    pub fn ipay_payment(&self, id: &str) -> Option<Value> {
        self.ipay.payments.get(id).map(payment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stays_what_it_is_and_a_card_does_not() {
        let mut row = json!({
            "id": "pay_4242424242424242abcdef0123456789",
            "description": "pay_4242424242424242",
            "client_secret": "x",
        });
        hide(&mut row);
        assert_eq!(row["id"], "pay_4242424242424242abcdef0123456789");
        assert_eq!(row["description"], "pay_•••4242");
        assert_eq!(row["client_secret"], mask::MASK);
    }
}
