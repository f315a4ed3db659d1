//! Which invoices an order has: find, then read each.

use std::collections::BTreeSet;

use super::tries::unexpected;
use super::{Answer, Ask, Event, Limits, Machine, Read, Step};
use crate::error::{Code, Error, Outcome};
use crate::nonce::Nonce;
use crate::world::{Chance, Micros};
use crate::zaif::Invoice;

/// More invoices than this for one order are not told apart: the outcome is
/// unknown.
const MOST_INVOICES: usize = 20;

/// What a look found.
#[derive(Debug, Default)]
pub struct Found {
    /// The nonce of the find, unless invoices were read after it: whoever
    /// creates on the next one knows that nobody else's call was executed in
    /// between.
    pub nonce: Option<Nonce>,
    /// Every invoice of the order that was read, oldest first.
    pub invoices: Vec<Invoice>,
    /// The ids of all, of those that need not be read, too.
    pub listed: BTreeSet<String>,
}

impl Found {
    pub(super) fn take(&mut self) -> Self {
        std::mem::take(self)
    }
}

/// Finds and reads the invoices of one order.
#[derive(Debug)]
pub struct Look {
    order: String,
    limits: Limits,
    read: Read,
    found_at: Option<Nonce>,
    adjacent: bool,
    unread: Vec<String>,
    known: BTreeSet<String>,
    invoices: Vec<Invoice>,
    listed: BTreeSet<String>,
}

impl Look {
    /// Looks for the invoices of `order`; those in `dead` were read before and
    /// can never be live or ours again. `before_create` reserves the nonce after
    /// the find's.
    #[must_use]
    pub fn new(order: &str, dead: BTreeSet<String>, before_create: bool, limits: Limits) -> Self {
        Self {
            order: order.to_owned(),
            limits,
            read: Self::find(before_create, limits),
            found_at: None,
            adjacent: before_create,
            unread: Vec::new(),
            known: dead,
            invoices: Vec::new(),
            listed: BTreeSet::new(),
        }
    }

    /// The same, but that its find also fences another process's create.
    pub(super) fn fencing(mut self, above: Option<Nonce>, ahead: Micros) -> Self {
        self.read = self.read.fencing(above, ahead);
        self
    }

    fn find(before_create: bool, limits: Limits) -> Read {
        let read = Read::new(Ask::Find, limits);
        if before_create {
            read.reserving_the_next()
        } else {
            read
        }
    }

    fn found(
        &mut self,
        nonce: Nonce,
        ids: Vec<String>,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Found> {
        if ids.len() > MOST_INVOICES {
            return Step::End(Err(strange(&format!(
                "the order has {} invoices, more than can be told apart",
                ids.len()
            ))));
        }
        self.found_at = Some(nonce);
        self.listed = ids.iter().cloned().collect();
        let fresh: BTreeSet<String> = ids
            .into_iter()
            .filter(|id| !self.known.contains(id))
            .collect();
        self.unread = fresh.into_iter().collect();
        self.next(now, chance)
    }

    fn got(&mut self, invoice: Invoice, now: Micros, chance: &mut dyn Chance) -> Step<Found> {
        if invoice.order_number.as_deref() != Some(self.order.as_str()) {
            return Step::End(Err(strange(
                "an invoice found under the order number does not bear it",
            )));
        }
        self.known.insert(invoice.invoice_id.clone());
        self.invoices.push(invoice);
        // Reading it took a nonce of its own.
        self.adjacent = false;
        self.next(now, chance)
    }

    /// Reads the next invoice, or ends.
    fn next(&mut self, now: Micros, chance: &mut dyn Chance) -> Step<Found> {
        match (self.unread.pop(), self.found_at) {
            (Some(id), _) => {
                self.read = Read::new(Ask::Get(id), self.limits);
                self.begin(now, chance)
            }
            (None, Some(nonce)) => {
                let mut invoices = std::mem::take(&mut self.invoices);
                invoices
                    .sort_by(|a, b| (a.created, &a.invoice_id).cmp(&(b.created, &b.invoice_id)));
                Step::End(Ok(Found {
                    nonce: Some(nonce).filter(|_| self.adjacent),
                    invoices,
                    listed: std::mem::take(&mut self.listed),
                }))
            }
            (None, None) => Step::End(Err(unexpected())),
        }
    }

    fn begin(&mut self, now: Micros, chance: &mut dyn Chance) -> Step<Found> {
        self.read
            .step(Event::Begin, now, chance)
            .or_end(|_| Step::End(Err(unexpected())))
    }
}

impl Machine for Look {
    type Output = Found;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Found> {
        match self.read.step(event, now, chance) {
            Step::Send(send) => Step::Send(send),
            Step::Wait(span) => Step::Wait(span),
            Step::Ask => Step::Ask,
            Step::End(Err(error)) => Step::End(Err(error)),
            Step::End(Ok((nonce, Answer::Ids(ids)))) => self.found(nonce, ids, now, chance),
            Step::End(Ok((_, Answer::Invoice(invoice)))) => self.got(*invoice, now, chance),
            Step::End(Ok((_, Answer::Other(_)))) => Step::End(Err(unexpected())),
        }
    }
}

fn strange(why: &str) -> Error {
    Error::new(Code::ZaifStrangeInvoices, Outcome::Unknown, why)
}
