//! How a page is loaded: what the core's client does around `Ensure`, in
//! virtual time, and what the customer makes of the page.

use kessai::world::{Micros, SECOND};
use kessai::zaif::decide::{Ensure, Event};
use kessai::{Code, Outcome, Result};

use super::MOST_LOADS;
use super::hasty::Hasty;
use super::locks::Realm;
use crate::call::{End, Handle, Purpose};
use crate::mind::{Brought, Mind, unsent};
use crate::orders::{Terms, below};
use crate::policy::Policy;
use crate::schedule::{Happening, Schedule};
use crate::shop::{CallId, IntentId, Work, WorkerId};

/// How long a process sleeps between two tries at another one's lock.
const BETWEEN_TRIES: Micros = 5_000;

impl Schedule<'_> {
    /// A load takes its turn at the order, or waits for it.
    pub(crate) fn want_order(&mut self, id: CallId) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let (order, until) = (call.intent, call.deadline);
        let Some(realm) = call.load.as_ref().map(|load| load.realm) else {
            return;
        };
        if !self.policy.locks_orders() || self.locks.take(realm, order, id) {
            self.begin_load(id);
            return;
        }
        let ticket = self.new_ticket(id);
        self.queue.put(until, Happening::OrderLimit(id, ticket));
    }

    pub(crate) fn order_turn(&mut self, id: CallId, ticket: u64) {
        if self.waits_for(id, ticket) {
            self.begin_load(id);
        }
    }

    pub(crate) fn order_limit(&mut self, id: CallId, ticket: u64) {
        if self.waits_for(id, ticket)
            && let Some(busy) = unsent(Code::ZaifOrderBusy, "it is another load's turn")
            && self.runs(id)
        {
            self.end(id, &Err(busy));
        }
    }

    /// Whether a call's process is there to go on with it.
    fn runs(&self, id: CallId) -> bool {
        self.calls.get(id).is_some_and(|call| {
            call.end == End::Not && self.processes.get(call.process).is_some_and(|p| p.alive)
        })
    }

    /// The clock that a realm's doubts are counted by: the service's time where
    /// several processes read them, else the process's own.
    pub(crate) fn doubt_time(&self, realm: Realm, process: usize) -> Micros {
        let Some(process) = self.processes.get(process) else {
            return 0;
        };
        match (realm, self.hosts.get(process.host)) {
            (Realm::Host(_), Some(clock)) => process.server_time(clock, self.now),
            _ => process.monotonic(self.now),
        }
    }

    /// The order is this load's own: from here on the core decides.
    fn begin_load(&mut self, id: CallId) {
        if !self.runs(id) {
            return;
        }
        let _ = self.new_ticket(id);
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        let (Some(load), Some(intent)) = (&call.load, self.intents.get(call.intent)) else {
            return;
        };
        let settle = self.policy.settle(&self.world.client);
        let ensure = Ensure::new(
            intent.as_core(call.terms),
            load.limits,
            settle,
            self.policy.on_rejection(&self.world.client),
            load.min_left,
        );
        call.mind = match self.policy {
            Policy::HastyPages | Policy::PagesOnFreshNonces => {
                Mind::Hasty(Box::new(Hasty::new(ensure, self.policy)))
            }
            _ => Mind::Ensure(Box::new(ensure)),
        };
        self.advance(id, Event::Begin);
    }

    /// A load ends: what it leaves to the next.
    pub(crate) fn leave_order(&mut self, id: CallId, result: &Result<Brought>) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let (order, sent) = (call.intent, call.last_create.is_some());
        let Some(realm) = call.load.as_ref().map(|load| load.realm) else {
            return;
        };
        let is_certain = match result {
            Ok(_) => match &call.mind {
                Mind::Ensure(ensure) => ensure.shows_what_was_made(),
                _ => true,
            },
            Err(error) => error.outcome() == Outcome::NotDone,
        };
        if sent && is_certain {
            self.locks.is_certain(realm, order);
        }
        self.free_order(realm, order, id);
        self.queue.put(self.now, Happening::Inspect(order));
    }

    fn free_order(&mut self, realm: Realm, order: IntentId, id: CallId) {
        let waiting = self.locks.leave(realm, order, id);
        if waiting == 0 {
            return;
        }
        let which = below(&mut self.dice, waiting);
        let Some(next) = self.locks.grant(realm, order, which) else {
            return;
        };
        let pause = match realm {
            Realm::Process(_) => 0,
            Realm::Host(_) => self.dice.between(0, BETWEEN_TRIES),
        };
        let ticket = self.new_ticket(next);
        let limit = self.calls.get(next).map_or(self.now, |call| call.deadline);
        let at = self.now.saturating_add(pause).min(limit);
        self.queue.put(at, Happening::OrderTurn(next, ticket));
    }

    /// A killed process's locks are free; what it doubted stays doubted.
    pub(crate) fn free_orders_of(&mut self, process: usize) {
        let of_it: Vec<_> = self
            .calls
            .iter()
            .enumerate()
            .filter(|(_, call)| call.process == process && call.end == End::Not)
            .filter_map(|(id, call)| Some((id, call.load.as_ref()?.realm, call.intent)))
            .collect();
        for (id, realm, order) in of_it {
            self.free_order(realm, order, id);
            self.queue.put(self.now, Happening::Inspect(order));
        }
    }

    /// What the customer makes of a page.
    pub(crate) fn loaded(&mut self, id: CallId, result: &Result<Brought>, handle: Handle) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let (worker, order, terms) = (call.worker, call.intent, call.terms);
        match result {
            Ok(Brought::Invoice(invoice)) => {
                self.maybe_pay(id, &invoice.invoice_id);
                if self.dice.once_in(3) {
                    self.reload(worker, order, terms);
                }
            }
            Ok(_) => {}
            Err(error) => {
                if error.outcome() == Outcome::Unknown && self.dice.once_in(3) {
                    let at = self.in_a_while(0, 120 * SECOND);
                    let recall = Work::Recall(order, Purpose::Recall { of: id, handle });
                    self.queue.put(at, Happening::Work(worker, recall));
                }
                if self.dice.once_in(2) {
                    self.reload(worker, order, terms);
                }
            }
        }
    }

    /// Loads a page again, here or elsewhere.
    pub(crate) fn reload(&mut self, worker: WorkerId, order: IntentId, terms: Terms) {
        let Some(page) = self.pages.get_mut(&order) else {
            return;
        };
        page.loads = page.loads.saturating_add(1);
        if page.loads > MOST_LOADS {
            return;
        }
        let worker = if self.dice.once_in(2) {
            worker
        } else {
            below(&mut self.dice, self.workers.len())
        };
        let most = self.dice.pick(&[SECOND, 10 * SECOND, 60 * SECOND]);
        let at = self.in_a_while(0, most.unwrap_or(SECOND));
        self.queue
            .put(at, Happening::Work(worker, Work::Load(order, terms)));
    }

    /// The customer pays what the page shows, unless they have paid: then only
    /// a page that was loaded after that makes them pay again.
    fn maybe_pay(&mut self, id: CallId, shown: &str) {
        let Some((order, began)) = self
            .calls
            .get(id)
            .and_then(|call| Some((call.intent, call.load.as_ref()?.began)))
        else {
            return;
        };
        let (Some(page), Some(row)) = (self.pages.get_mut(&order), self.server.row_mut(shown))
        else {
            return;
        };
        let again = match page.paid.last() {
            None => false,
            Some((_, at)) if *at <= began => true,
            Some(_) => return,
        };
        if row.paid.is_some() || !self.dice.once_in(if again { 2 } else { 3 }) {
            return;
        }
        let most = if self.dice.once_in(8) { 700 } else { 120 };
        let at = self
            .now
            .saturating_add(self.dice.between(SECOND, most * SECOND));
        row.paid = Some(at);
        row.short = self.dice.once_in(4);
        page.paid.push((shown.to_owned(), at));
    }
}
