//! Taking invoices back.

use super::Client;
use crate::error::Result;
use crate::zaif::Invoice;
use crate::zaif::decide::Cancel;
use crate::zaif::rules::check_invoice_id;

impl Client {
    /// Takes an invoice back (`cancelInvoice`), after re-reading it: once
    /// money has been seen it refuses (`zaif.money_seen`). Repeating a cancel
    /// is safe. Keep watching a canceled invoice: its address can still
    /// receive money.
    ///
    /// # Errors
    ///
    /// As [`Self::get_invoice`]; `zaif.money_seen` as said;
    /// `zaif.invalid_parameter` when it is expired or invalid.
    pub fn cancel_invoice(&self, invoice_id: &str) -> Result<Invoice> {
        self.cancel(invoice_id, false)
    }

    /// The same even if money has been seen, which then counts as overpaid.
    ///
    /// # Errors
    ///
    /// As [`Self::cancel_invoice`], without its refusal.
    pub fn cancel_invoice_even_if_money_seen(&self, invoice_id: &str) -> Result<Invoice> {
        self.cancel(invoice_id, true)
    }

    fn cancel(&self, invoice_id: &str, even_if_money_seen: bool) -> Result<Invoice> {
        self.observed("cancel_invoice", |attempts| {
            check_invoice_id(invoice_id)?;
            let mut cancel = Cancel::new(invoice_id.to_owned(), even_if_money_seen, self.limits());
            let mut drive = self.drive(attempts, "", &[]);
            let canceled = drive.guarded(&mut cancel);
            Ok(canceled?.with_form_base(&self.0.form_base))
        })
    }
}
