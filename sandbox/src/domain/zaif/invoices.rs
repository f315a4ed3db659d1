//! All invoices of the account, found by id or order number and kept on time.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{coin::Coin, invoice::Invoice};
use crate::domain::clock::Moment;

/// The account's invoices, oldest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Invoice>", into = "Vec<Invoice>")]
pub struct Invoices {
    all: Vec<Invoice>,
    by_id: BTreeMap<String, usize>,
    by_order: BTreeMap<String, Vec<usize>>,
    /// Who changes next by time alone: spares looking at all of them at every request.
    deadlines: BTreeSet<(Moment, usize)>,
    /// Who waits for blocks.
    awaiting: BTreeSet<(Coin, usize)>,
}

impl From<Vec<Invoice>> for Invoices {
    fn from(all: Vec<Invoice>) -> Self {
        let mut books = Self::default();
        for invoice in all {
            books.add(invoice);
        }
        books
    }
}

impl From<Invoices> for Vec<Invoice> {
    fn from(books: Invoices) -> Self {
        books.all
    }
}

impl Invoices {
    /// Takes a new invoice into the books.
    pub fn add(&mut self, invoice: Invoice) {
        let place = self.all.len();
        self.by_id.insert(invoice.id.clone(), place);
        if let Some(order) = &invoice.terms.order_number {
            self.by_order.entry(order.clone()).or_default().push(place);
        }
        self.deadlines
            .extend(invoice.deadline().map(|moment| (moment, place)));
        if invoice.awaits_blocks() {
            self.awaiting.insert((invoice.terms.coin, place));
        }
        self.all.push(invoice);
    }

    /// Every invoice, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Invoice> {
        self.all.iter()
    }

    /// Every invoice, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Invoice> {
        self.all.iter().rev()
    }

    /// The invoice with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Invoice> {
        self.all.get(*self.by_id.get(id)?)
    }

    /// Every invoice of an order, oldest first, whichever key made it.
    pub fn of_order(&self, order: &str) -> impl Iterator<Item = &Invoice> {
        self.by_order
            .get(order)
            .into_iter()
            .flatten()
            .filter_map(|place| self.all.get(*place))
    }

    /// Changes one invoice and keeps the books' indexes right. `None` when there is none.
    pub fn change<R>(&mut self, id: &str, act: impl FnOnce(&mut Invoice) -> R) -> Option<R> {
        let place = *self.by_id.get(id)?;
        let invoice = self.all.get_mut(place)?;
        if let Some(moment) = invoice.deadline() {
            self.deadlines.remove(&(moment, place));
        }
        let result = act(invoice);
        if let Some(moment) = invoice.deadline() {
            self.deadlines.insert((moment, place));
        }
        let waits = (invoice.terms.coin, place);
        if invoice.awaits_blocks() {
            self.awaiting.insert(waits);
        } else {
            self.awaiting.remove(&waits);
        }
        Some(result)
    }

    /// The next moment at which time alone changes an invoice.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Moment> {
        self.deadlines.first().map(|(moment, _)| *moment)
    }

    /// The invoice whose deadline passed first, if any has by `at`.
    #[must_use]
    pub fn overdue(&self, at: Moment) -> Option<(Moment, String)> {
        let (moment, place) = self.deadlines.first()?;
        let invoice = self.all.get(*place)?;
        (*moment <= at).then(|| (*moment, invoice.id.clone()))
    }

    /// The invoices of `coin` that wait for blocks.
    #[must_use]
    pub fn awaiting(&self, coin: Coin) -> Vec<String> {
        self.awaiting
            .iter()
            .filter(|(of, _)| *of == coin)
            .filter_map(|(_, place)| self.all.get(*place))
            .map(|invoice| invoice.id.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zaif::invoice::{Status, tests::invoice};

    #[test]
    fn deadlines_follow_the_status() {
        let mut books = Invoices::default();
        books.add(invoice("btc"));
        let expires = books.get("id").unwrap().expires;
        assert_eq!(books.next_deadline(), Some(expires));
        assert!(books.overdue(Moment::from_secs(1_599)).is_none());
        let due = books.get("id").unwrap().due;
        books.change("id", |it| it.receive(due, it.created));
        assert_eq!(books.next_deadline(), Some(expires.plus_secs(3_000)));
        assert_eq!(books.awaiting(Coin::Btc), ["id"]);
        assert!(books.awaiting(Coin::Mona).is_empty());
        books.change("id", |it| it.cancel(it.created));
        assert_eq!(books.next_deadline(), None);
        assert!(books.awaiting(Coin::Btc).is_empty());
        assert_eq!(books.get("id").unwrap().status, Status::Canceled);
    }
}
