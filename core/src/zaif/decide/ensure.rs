//! The one invoice of an order, for pages that reload: look, and make one only
//! where none will do (spec of Zaif Payment, section 6).

use std::collections::BTreeSet;

use super::look::{Found, Look};
use super::tries::{Limits, unexpected};
use super::{Cancel, Create, Event, Intent, Machine, OnRejection, Step, Told};
use crate::error::{Code, Error, ErrorKind, Outcome, Result};
use crate::model::UnixSeconds;
use crate::nonce::Nonce;
use crate::world::{Chance, Micros, SECOND};
use crate::zaif::{Invoice, Status};

/// An order whose invoices change this often within one call is left alone.
const MOST_LOOKS: u32 = 8;

/// Finds the one invoice of an order, or makes it.
#[derive(Debug)]
pub struct Ensure {
    intent: Intent,
    limits: Limits,
    settle: Micros,
    on_rejection: OnRejection,
    min_left: Micros,
    state: State,
    looks: u32,
    /// Invoices that are not what is wanted and never will be.
    dead: BTreeSet<String>,
    /// Invoices that would do but for the time they have left. They run out by
    /// themselves; whoever is just paying one must not find it canceled.
    brief: BTreeSet<String>,
    /// What this call made.
    made: Option<Invoice>,
    /// Whether the service shows what this call made.
    made_is_visible: bool,
    /// Whether this call made something that it cannot name.
    made_unnamed: bool,
}

#[derive(Debug)]
enum State {
    Looking(Box<Look>),
    /// Waiting to be told what only the driver knows.
    Judging(Found),
    Canceling {
        cancel: Box<Cancel>,
        more: Vec<String>,
        then: Option<Box<Invoice>>,
    },
    Settling,
    Creating(Box<Create>),
}

/// The invoices of a look, by what can be done with them.
#[derive(Debug, Default)]
struct Sorted {
    /// With money seen, settled included.
    money: Vec<Invoice>,
    /// As wanted, with enough time left.
    fit: Vec<Invoice>,
    /// As wanted, with too little time left.
    brief: Vec<Invoice>,
    /// For another coin or amount.
    unfit: Vec<Invoice>,
}

impl Ensure {
    /// Finds or makes the invoice of `intent` with at least `min_left` to go, or
    /// half of its life where that is less.
    #[must_use]
    pub fn new(
        intent: Intent,
        limits: Limits,
        settle: Micros,
        on_rejection: OnRejection,
        min_left: Micros,
    ) -> Self {
        let look = Look::new(&intent.order, BTreeSet::new(), true, limits);
        Self {
            intent,
            limits,
            settle,
            on_rejection,
            min_left,
            state: State::Looking(Box::new(look)),
            looks: 1,
            dead: BTreeSet::new(),
            brief: BTreeSet::new(),
            made: None,
            made_is_visible: false,
            made_unnamed: false,
        }
    }

    /// The invoices that were there before and are not the one wanted: what a
    /// resume need not consider.
    #[must_use]
    pub fn known_before(&self) -> BTreeSet<String> {
        let mut known: BTreeSet<String> = self.dead.union(&self.brief).cloned().collect();
        if let State::Creating(create) = &self.state {
            known.extend(create.known_before().iter().cloned());
        }
        known
    }

    /// Whether all that this call made was seen in the order's list: then no
    /// later look can miss it.
    #[must_use]
    pub const fn shows_what_was_made(&self) -> bool {
        self.made_is_visible
    }

    fn look(&mut self, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        self.looks = self.looks.saturating_add(1);
        if self.looks > MOST_LOOKS {
            return self.end(Err(Error::new(
                Code::ZaifOrderBusy,
                if self.made_unnamed {
                    Outcome::Unknown
                } else {
                    Outcome::NotDone
                },
                "the order's invoices kept changing while they were looked at: try again",
            )));
        }
        let mut known = self.dead.clone();
        let before_create = self.made.is_none();
        match &self.made {
            // Only a find that comes last says which nonce is next.
            None => known.extend(self.brief.iter().cloned()),
            // Somebody may have paid a brief one meanwhile: it is read again.
            Some(made) => {
                known.insert(made.invoice_id.clone());
            }
        }
        let look = Look::new(&self.intent.order, known, before_create, self.limits);
        self.state = State::Looking(Box::new(look));
        self.step(Event::Begin, now, chance)
    }

    fn looked(&mut self, result: Result<Found>) -> Step<Invoice> {
        match result {
            Ok(found) => {
                // One that was adopted may be another process's, and a lost create
                // of ours yet to come.
                if let Some(made) = self.made.as_ref().filter(|made| !made.adopted) {
                    self.made_is_visible |= found.listed.contains(&made.invoice_id);
                }
                self.state = State::Judging(found);
                Step::Ask
            }
            Err(error) if self.made_unnamed => self.end(Err(error.with_outcome(Outcome::Unknown))),
            // Only read so far: this call has made nothing.
            Err(error) if error.code() == Code::ZaifStrangeInvoices => self.end(Err(error)),
            Err(error) => self.end(Err(error.with_outcome(Outcome::NotDone))),
        }
    }

    /// What was made is the result, whatever happened to the look after it.
    fn end(&mut self, result: Result<Invoice>) -> Step<Invoice> {
        Step::End(match (self.made.take(), result) {
            (Some(made), Err(error)) if error.kind() != ErrorKind::DuplicateInvoice => Ok(made),
            (_, result) => result,
        })
    }

    fn sort(&mut self, invoices: Vec<Invoice>, unix: Micros) -> Result<Sorted> {
        let mut sorted = Sorted::default();
        for invoice in invoices {
            let status = invoice.status.as_ref();
            match status.and_then(Status::is_live) {
                None => {
                    return Err(Error::new(
                        Code::ZaifStrangeInvoices,
                        Outcome::NotDone,
                        "an invoice of this order is in a state that nobody listed",
                    )
                    .with_invoice_ids(vec![invoice.invoice_id]));
                }
                Some(false) => {
                    self.dead.insert(invoice.invoice_id);
                }
                Some(true) if status.and_then(Status::is_money_seen) == Some(true) => {
                    sorted.money.push(invoice);
                }
                Some(true) if !self.intent.is(&invoice) => sorted.unfit.push(invoice),
                Some(true) => {
                    let seconds = |at: UnixSeconds| u64::try_from(at.0).unwrap_or(0);
                    let ends = seconds(invoice.expired).saturating_mul(SECOND);
                    let life = ends.saturating_sub(seconds(invoice.created).saturating_mul(SECOND));
                    // More than half of a life would make new ones without end.
                    let enough = self.min_left.min(life / 2);
                    if ends >= unix.saturating_add(enough) {
                        sorted.fit.push(invoice);
                    } else {
                        self.brief.insert(invoice.invoice_id.clone());
                        sorted.brief.push(invoice);
                    }
                }
            }
        }
        Ok(sorted)
    }

    fn judge(
        &mut self,
        found: Found,
        told: Told,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        let mut sorted = match self.sort(found.invoices, told.unix) {
            Ok(sorted) => sorted,
            Err(error) => return self.end(Err(error)),
        };
        if let Some(made) = &self.made {
            // A create's answer tells no state: it is as new as can be. One that
            // was adopted tells its own.
            let money = made.status.as_ref().and_then(Status::is_money_seen) == Some(true);
            let place = if money {
                &mut sorted.money
            } else {
                &mut sorted.fit
            };
            place.push(made.clone());
            place.sort_by(|a, b| (a.created, &a.invoice_id).cmp(&(b.created, &b.invoice_id)));
        }
        let Sorted {
            money,
            mut fit,
            brief,
            unfit,
        } = sorted;
        if money.len() > 1 {
            let ids = money.into_iter().map(|i| i.invoice_id).collect();
            return self.end(Err(paid_twice(ids)));
        }
        if let Some(paid) = money.into_iter().next() {
            // Nothing else of this order should be paid any more.
            let others = fit.into_iter().chain(brief).chain(unfit);
            return self.keep(paid, others, now, chance);
        }
        if fit.is_empty() {
            return if unfit.is_empty() {
                self.none(found.nonce, told.doubt, now, chance)
            } else {
                let ids = unfit.into_iter().map(|i| i.invoice_id).collect();
                self.cancel(ids, None, now, chance)
            };
        }
        // The oldest: every process that looks at once keeps the same one.
        let oldest = fit.remove(0);
        self.keep(oldest, fit.into_iter().chain(unfit), now, chance)
    }

    fn keep(
        &mut self,
        mut kept: Invoice,
        others: impl Iterator<Item = Invoice>,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        let own = self.made.as_ref().map(|made| made.invoice_id.as_str());
        if own != Some(kept.invoice_id.as_str()) {
            kept.adopted = true;
        }
        kept.differs = !self.intent.is(&kept);
        let ids = others.map(|invoice| invoice.invoice_id).collect();
        self.cancel(ids, Some(Box::new(kept)), now, chance)
    }

    /// Cancels what is left of the list; then gives `then`, or looks again.
    fn cancel(
        &mut self,
        mut ids: Vec<String>,
        then: Option<Box<Invoice>>,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        match (ids.pop(), then) {
            (Some(id), then) => {
                let cancel = Cancel::new(id, false, self.limits);
                self.state = State::Canceling {
                    cancel: Box::new(cancel),
                    more: ids,
                    then,
                };
                self.step(Event::Begin, now, chance)
            }
            (None, Some(kept)) => Step::End(Ok(*kept)),
            (None, None) => self.look(now, chance),
        }
    }

    fn canceled(
        &mut self,
        result: Result<Invoice>,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        let State::Canceling { more, then, .. } = &mut self.state else {
            return Step::End(Err(unexpected()));
        };
        let (more, then) = (std::mem::take(more), then.take());
        match (result, then) {
            (Ok(canceled), then) => {
                if self
                    .made
                    .as_ref()
                    .is_some_and(|m| m.invoice_id == canceled.invoice_id)
                {
                    self.made = None;
                }
                self.dead.insert(canceled.invoice_id);
                self.cancel(more, then, now, chance)
            }
            // Paid or run out since it was read: look anew before deciding.
            (Err(error), _)
                if matches!(
                    error.code(),
                    Code::ZaifMoneySeen | Code::ZaifInvalidParameter
                ) =>
            {
                self.look(now, chance)
            }
            // The invoice to keep is right all the same; the next call cancels
            // what this one could not.
            (Err(_), Some(kept)) => Step::End(Ok(*kept)),
            (Err(error), None) => self.end(Err(error)),
        }
    }

    /// There is none: make one, unless an earlier create may still show.
    fn none(
        &mut self,
        looked: Option<Nonce>,
        doubt: Micros,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        if doubt > 0 {
            if doubt.saturating_add(self.limits.one_try) >= self.limits.left(now) {
                return self.end(Err(Error::new(
                    Code::ZaifOrderInDoubt,
                    Outcome::NotDone,
                    "an earlier invoice of this order may still become visible, so none was made: \
                     try again when that time is over",
                )
                .with_retry_after(Some(std::time::Duration::from_secs(
                    doubt.div_ceil(SECOND),
                )))));
            }
            self.state = State::Settling;
            return Step::Wait(doubt);
        }
        // Invoices were read after the find: only a find that comes last says
        // which nonce is next.
        let Some(nonce) = looked else {
            return self.look(now, chance);
        };
        let create = Create::new(
            self.intent.clone(),
            self.limits,
            self.settle,
            self.on_rejection,
        );
        let known = self.dead.union(&self.brief).cloned().collect();
        self.state = State::Creating(Box::new(create.beginning_on(nonce.next(), known)));
        self.step(Event::Begin, now, chance)
    }

    fn created(
        &mut self,
        result: Result<Invoice>,
        now: Micros,
        chance: &mut dyn Chance,
    ) -> Step<Invoice> {
        match result {
            Ok(invoice) => {
                self.made = Some(invoice);
                self.look(now, chance)
            }
            // Several: the look that follows keeps the oldest.
            Err(error) if error.code() == Code::ZaifDuplicateInvoice => {
                self.made_unnamed = true;
                self.look(now, chance)
            }
            // Somebody else made one: perhaps it will do.
            Err(error) if error.code() == Code::ZaifOrderBusy => self.look(now, chance),
            Err(error) => Step::End(Err(error)),
        }
    }
}

impl Machine for Ensure {
    type Output = Invoice;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        match &mut self.state {
            State::Looking(look) => {
                let step = look.step(event, now, chance);
                step.or_end(|result| self.looked(result))
            }
            State::Judging(found) => match event {
                Event::Told(told) => {
                    let found = found.take();
                    self.judge(found, told, now, chance)
                }
                _ => Step::End(Err(unexpected())),
            },
            State::Canceling { cancel, .. } => {
                let step = cancel.step(event, now, chance);
                step.or_end(|result| self.canceled(result, now, chance))
            }
            State::Settling => {
                // Somebody may have paid one of them in the meantime.
                self.brief.clear();
                self.look(now, chance)
            }
            State::Creating(create) => {
                let step = create.step(event, now, chance);
                step.or_end(|result| self.created(result, now, chance))
            }
        }
    }
}

/// More than one invoice of an order has money.
pub(in crate::zaif) fn paid_twice(ids: Vec<String>) -> Error {
    Error::new(
        Code::ZaifPaidTwice,
        Outcome::Done,
        "the order has several invoices with money: deliver once, and give the rest back",
    )
    .with_invoice_ids(ids)
}
