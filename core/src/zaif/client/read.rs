//! Calls that only read.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::{Client, defect};
use crate::error::{Code, Error, Outcome, Result};
use crate::world::micros;
use crate::zaif::Invoice;
use crate::zaif::decide::{Answer, Ask, Limits, Look, Read, Until, WaitFor};
use crate::zaif::rules::{check_invoice_id, check_order_number};

/// The longest that a wait may take.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

impl Client {
    /// Reads an invoice (`getInvoice`).
    ///
    /// # Errors
    ///
    /// `zaif.invalid_parameter` with `invoice_id` when there is none of this
    /// id; whatever else the service or the network brings.
    pub fn get_invoice(&self, invoice_id: &str) -> Result<Invoice> {
        self.observed("get_invoice", |attempts| {
            self.get(attempts, self.limits(), invoice_id)
        })
    }

    /// The identifiers of an order's invoices (`getInvoiceIdsByOrderNumber`),
    /// in the service's order; empty when it has none. One order can have
    /// several: an expired one, another coin.
    ///
    /// # Errors
    ///
    /// As [`Self::get_invoice`].
    pub fn find_invoice_ids(&self, order_number: &str) -> Result<Vec<String>> {
        self.observed("find_invoice_ids", |attempts| {
            self.check_order(order_number)?;
            let limits = self.limits();
            match self.read(attempts, limits, Ask::Find, order_number, "", &[])? {
                Answer::Ids(ids) => Ok(ids),
                _ => Err(defect()),
            }
        })
    }

    /// Every invoice of an order, each read anew, oldest first; empty when it
    /// has none.
    ///
    /// # Errors
    ///
    /// As [`Self::get_invoice`]; `zaif.strange_invoices` when one does not bear
    /// the order's number, or when there are more than 20.
    pub fn find_invoices(&self, order_number: &str) -> Result<Vec<Invoice>> {
        self.observed("find_invoices", |attempts| {
            self.survey(attempts, self.limits(), order_number, BTreeSet::new())
        })
    }

    /// Reads an invoice again and again, ever more slowly up to every 15 s,
    /// until what `until` says has come or never will: once the invoice is
    /// expired, invalid or canceled it is given as it is, so look at it
    /// ([`Until::Final`] waits on for an expired one, which a late payment still
    /// makes invalid). For scripts and jobs; shops have webhooks.
    ///
    /// ```no_run
    /// # use kessai::zaif::{Client, Until};
    /// # use std::time::Duration;
    /// # let client = Client::builder("sandbox_key", "sandbox_secret").build()?;
    /// let invoice = client.wait_for("d7dd735c-1650", Until::Settled, Duration::from_secs(3600))?;
    /// let ship = invoice.is_settled() == Some(true);
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `zaif.still_waiting` when the time limit, at most a day, has passed;
    /// otherwise as [`Self::get_invoice`]. Failures that can pass are waited
    /// out.
    pub fn wait_for(&self, invoice_id: &str, until: Until, timeout: Duration) -> Result<Invoice> {
        self.observed("wait_for", |attempts| {
            check_invoice_id(invoice_id)?;
            if timeout.is_zero() || timeout > LONGEST_WAIT {
                return Err(Error::input(
                    "timeout",
                    "timeout must be above nothing and at most a day",
                ));
            }
            let options = &self.0.options;
            let now = self.0.clock.monotonic();
            let limits = Limits::new(now, micros(timeout), options.max_retries);
            let mut wait = WaitFor::new(invoice_id.to_owned(), until, limits);
            let mut drive = self.drive(attempts, "", &[]);
            let invoice = drive.guarded(&mut wait).map_err(Error::of_a_read)?;
            Ok(invoice.with_form_base(&self.0.form_base))
        })
    }

    /// What the service tells of the account (`get_info`), as JSON: the
    /// documents name the method but not its answer.
    ///
    /// # Errors
    ///
    /// As [`Self::get_invoice`].
    pub fn get_info(&self) -> Result<String> {
        self.observed("get_info", |attempts| {
            match self.read(attempts, self.limits(), Ask::Other, "", "get_info", &[])? {
                Answer::Other(json) => Ok(json),
                _ => Err(defect()),
            }
        })
    }

    /// The coins that invoices can be paid in, by code: `btc` is `Bitcoin`
    /// (`getSupportedCurrencies`). Sends neither key nor nonce.
    ///
    /// # Errors
    ///
    /// As [`Self::get_invoice`].
    pub fn get_supported_currencies(&self) -> Result<BTreeMap<String, String>> {
        self.observed("get_supported_currencies", |attempts| {
            let mut drive = self.drive(attempts, "getSupportedCurrencies", &[]);
            drive.anonymous = true;
            let mut read = Read::new(Ask::Other, self.limits());
            let (_, answer) = drive.guarded(&mut read).map_err(Error::of_a_read)?;
            let Answer::Other(json) = answer else {
                return Err(defect());
            };
            serde_json::from_str(&json).map_err(|_| {
                Error::new(
                    Code::ZaifBadAnswer,
                    Outcome::Done,
                    "the service answered with a list of coins that cannot be read",
                )
                .of_a_read()
            })
        })
    }

    pub(super) fn get(
        &self,
        attempts: &Cell<u32>,
        limits: Limits,
        invoice_id: &str,
    ) -> Result<Invoice> {
        check_invoice_id(invoice_id)?;
        let ask = Ask::Get(invoice_id.to_owned());
        self.invoice(self.read(attempts, limits, ask, "", "", &[])?)
    }

    /// The invoices of an order but those `known`.
    pub(super) fn survey(
        &self,
        attempts: &Cell<u32>,
        limits: Limits,
        order_number: &str,
        known: BTreeSet<String>,
    ) -> Result<Vec<Invoice>> {
        self.check_order(order_number)?;
        let mut look = Look::new(order_number, known, false, limits);
        let mut drive = self.drive(attempts, "", &[]);
        drive.order = order_number;
        let found = drive.guarded(&mut look).map_err(Error::of_a_read)?;
        let whole = |invoice: Invoice| invoice.with_form_base(&self.0.form_base);
        Ok(found.invoices.into_iter().map(whole).collect())
    }

    pub(super) fn check_order(&self, order_number: &str) -> Result<()> {
        let any = self.0.options.allow_any_order_number;
        check_order_number("order_number", order_number, any)
    }

    pub(super) fn read(
        &self,
        attempts: &Cell<u32>,
        limits: Limits,
        ask: Ask,
        order: &str,
        method: &str,
        parameters: &[(&str, String)],
    ) -> Result<Answer> {
        let mut drive = self.drive(attempts, method, parameters);
        drive.order = order;
        let mut read = Read::new(ask, limits);
        let read = drive.guarded(&mut read).map_err(Error::of_a_read)?;
        Ok(read.1)
    }

    pub(super) fn invoice(&self, answer: Answer) -> Result<Invoice> {
        match answer {
            Answer::Invoice(invoice) => Ok(invoice.with_form_base(&self.0.form_base)),
            _ => Err(defect()),
        }
    }
}
