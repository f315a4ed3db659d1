//! Re-reading what a notification hints at.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::Client;
use crate::error::{Code, Error, Outcome, Result};
use crate::zaif::decide::{Limits, paid_twice};
use crate::zaif::{Expected, Hint, Invoice};

impl Client {
    /// Re-reads the invoice that a notification hints at and compares it with
    /// what the shop expects. Only the invoice returned here may be believed;
    /// ship when [`Invoice::is_settled`] is `Some(true)`.
    ///
    /// Once money is seen the order's other invoices are looked at, too, up to
    /// 20 of them: a customer who has paid two is not sent two parcels.
    ///
    /// A mismatch and a double payment do not pass by themselves: store the
    /// alarm, answer the notification with 200, and have somebody look.
    ///
    /// A hint that names only the order stands for the invoice with money, or
    /// else for the newest.
    ///
    /// ```no_run
    /// # use kessai::{Yen, zaif::{Client, Expected, Hint}};
    /// # fn webhook(client: &Client, body: &[u8]) -> Result<(), kessai::Error> {
    /// let hint = Hint::parse(body)?;
    /// let invoice = client.confirm(&hint, &Expected::new("A-1001", Yen::new(10_800)))?;
    /// if invoice.is_settled() == Some(true) {
    ///     // Ship, once.
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Mismatch`](crate::ErrorKind::Mismatch), naming what
    /// differs; `zaif.paid_twice`, naming every invoice of the order that has
    /// money, oldest first; otherwise as [`Self::get_invoice`].
    pub fn confirm(&self, hint: &Hint, expected: &Expected) -> Result<Invoice> {
        self.observed("confirm", |attempts| {
            self.check_order(expected.order_number())?;
            let limits = self.limits();
            let Some(invoice_id) = hint.invoice_id() else {
                return self.confirm_order(attempts, limits, hint, expected);
            };
            let invoice = self.get(attempts, limits, invoice_id)?;
            expected.check(&invoice)?;
            if invoice.is_money_seen() == Some(true) {
                let known = BTreeSet::from([invoice.invoice_id.clone()]);
                match self.survey(attempts, limits, expected.order_number(), known) {
                    Ok(others) => paid_once(others.iter().chain([&invoice]))?,
                    // Too many to look at, or not the order's own: no reason to
                    // hold back what this one says.
                    Err(error) if error.code() == Code::ZaifStrangeInvoices => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(invoice)
        })
    }

    fn confirm_order(
        &self,
        attempts: &Cell<u32>,
        limits: Limits,
        hint: &Hint,
        expected: &Expected,
    ) -> Result<Invoice> {
        if hint.order_number() != Some(expected.order_number()) {
            return Err(Error::new(
                Code::ZaifMismatch,
                Outcome::Done,
                "the notification is about another order: do not deliver on it",
            )
            .with_param("order_number"));
        }
        let all = self.survey(attempts, limits, expected.order_number(), BTreeSet::new())?;
        paid_once(all.iter())?;
        let paid = all.iter().find(|i| i.is_money_seen() == Some(true));
        let invoice = paid.or_else(|| all.last()).cloned().ok_or_else(|| {
            Error::new(
                Code::ZaifNoInvoice,
                Outcome::Done,
                "the order has no invoice",
            )
            .of_a_read()
        })?;
        expected.check(&invoice)?;
        Ok(invoice)
    }
}

/// Refuses when more than one has money.
fn paid_once<'a>(invoices: impl Iterator<Item = &'a Invoice>) -> Result<()> {
    let mut paid: Vec<_> = invoices
        .filter(|invoice| invoice.is_money_seen() == Some(true))
        .collect();
    if paid.len() < 2 {
        return Ok(());
    }
    paid.sort_by_key(|invoice| (invoice.created, &invoice.invoice_id));
    Err(paid_twice(
        paid.into_iter().map(|i| i.invoice_id.clone()).collect(),
    ))
}
