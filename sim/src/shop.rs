//! The shop: what its workers want, and what they do about each result.

use std::collections::{BTreeSet, VecDeque};

use kessai::world::{Micros, SECOND};
use kessai::zaif::decide::Resumed;
use kessai::{Error, Outcome, Result};

use crate::call::{Call, Handle, Purpose};
use crate::judge::Rule;
use crate::mind::{Brought, Mind};
use crate::orders::{Terms, Verdict, below};
use crate::schedule::{Happening, Schedule};

/// A call's place in its schedule.
pub type CallId = usize;
/// An intent's place in its schedule.
pub type IntentId = usize;
/// A worker's place in its schedule.
pub type WorkerId = usize;

/// How often a worker calls for one order before it drops it.
const MOST_CREATES: usize = 4;

/// How often a job resumes one call before somebody would look into it.
const MOST_RESUMES: usize = 200;

/// One worker.
#[derive(Debug)]
pub struct Worker {
    /// Where it runs.
    pub process: usize,
    /// What it has yet to make.
    pub orders: VecDeque<IntentId>,
}

/// Something that a worker begins.
#[derive(Debug, Clone)]
pub enum Work {
    /// The next of its orders.
    Next,
    /// An invoice for this one.
    Create(IntentId),
    /// Finding out what became of this one.
    Resume(IntentId, Purpose),
    /// Taking an invoice back.
    Cancel(IntentId, String),
    /// Reading something in the background.
    Read(IntentId),
    /// Loading an order's page.
    Load(IntentId, Terms),
    /// Finding out what became of a load.
    Recall(IntentId, Purpose),
}

impl Schedule<'_> {
    pub(crate) fn in_a_while(&mut self, least: Micros, most: Micros) -> Micros {
        self.now.saturating_add(self.dice.between(least, most))
    }

    /// A worker begins something, or waits until it runs again.
    pub(crate) fn work(&mut self, worker: WorkerId, work: Work) {
        let Some(at) = self.workers.get(worker).map(|w| w.process) else {
            return;
        };
        if !self.processes.get(at).is_some_and(|p| p.alive) {
            let later = self.now.saturating_add(SECOND);
            self.queue.put(later, Happening::Work(worker, work));
            return;
        }
        match work {
            Work::Next => {
                let next = self
                    .workers
                    .get_mut(worker)
                    .and_then(|w| w.orders.pop_front());
                if let Some(intent) = next {
                    self.begin(worker, intent, Purpose::Create);
                }
            }
            Work::Create(intent) => self.begin(worker, intent, Purpose::Create),
            Work::Resume(intent, purpose) => self.begin(worker, intent, purpose),
            Work::Cancel(intent, id) => self.begin(worker, intent, Purpose::Cancel(id)),
            Work::Read(intent) => self.begin(worker, intent, Purpose::Read),
            Work::Load(order, terms) => self.begin(worker, order, Purpose::Load(terms)),
            Work::Recall(order, purpose) => self.begin(worker, order, purpose),
        }
    }

    /// What a worker makes of a call's end.
    pub(crate) fn conclude(&mut self, id: CallId, result: &Result<Brought>) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let (worker, intent) = (call.worker, call.intent);
        match call.purpose.clone() {
            Purpose::Create => {
                let handle = handle_of(call);
                self.created(worker, intent, result, &handle);
                let at = self.in_a_while(0, 5 * SECOND);
                self.queue.put(at, Happening::Work(worker, Work::Next));
            }
            Purpose::Resume { owner, .. } => self.resumed(worker, intent, owner, result),
            Purpose::Cancel(row) => {
                if result
                    .as_ref()
                    .is_err_and(|e| e.outcome() == Outcome::Unknown)
                {
                    let at = self.in_a_while(5 * SECOND, 300 * SECOND);
                    self.queue
                        .put(at, Happening::Work(worker, Work::Cancel(intent, row)));
                }
            }
            Purpose::Load(_) => {
                let handle = handle_of(call);
                self.loaded(id, result, handle);
            }
            Purpose::Recall { .. } | Purpose::Read => {}
        }
    }

    fn created(
        &mut self,
        worker: WorkerId,
        intent: IntentId,
        result: &Result<Brought>,
        handle: &Handle,
    ) {
        match result {
            Ok(Brought::Invoice(invoice)) => {
                let row = invoice.invoice_id.clone();
                self.believe(intent, Verdict::Made(row.clone()));
                if self.dice.once_in(16) {
                    let at = self.in_a_while(0, 30 * SECOND);
                    self.queue
                        .put(at, Happening::Work(worker, Work::Cancel(intent, row)));
                }
            }
            Ok(_) => self.violated(Rule::Success, Some(intent), "a create brought no invoice"),
            Err(error) if !error.invoice_ids().is_empty() => {
                self.believe(intent, Verdict::Several(error.invoice_ids().to_vec()));
            }
            Err(error) if error.outcome() == Outcome::NotDone => self.create_again(worker, intent),
            Err(_) => self.resume_later(worker, intent, handle),
        }
    }

    fn resumed(
        &mut self,
        worker: WorkerId,
        intent: IntentId,
        owner: bool,
        result: &Result<Brought>,
    ) {
        if !owner {
            return;
        }
        match result {
            Ok(Brought::Resumed(Resumed::Done { invoice, .. })) => {
                self.believe(intent, Verdict::Made(invoice.invoice_id.clone()));
            }
            Ok(Brought::Resumed(Resumed::NotDone)) => self.create_again(worker, intent),
            Ok(_) => self.violated(Rule::Success, Some(intent), "a resume brought no result"),
            Err(error) => self.still_unknown(worker, intent, error),
        }
    }

    fn still_unknown(&mut self, worker: WorkerId, id: IntentId, error: &Error) {
        if !error.invoice_ids().is_empty() {
            self.believe(id, Verdict::Several(error.invoice_ids().to_vec()));
            return;
        }
        let handle = self.last_handle(id);
        self.resume_later(worker, id, &handle);
    }

    /// What the intent's last resume was made with.
    fn last_handle(&self, intent: IntentId) -> Handle {
        self.calls
            .iter()
            .rev()
            .filter(|call| call.intent == intent)
            .find_map(|call| match &call.purpose {
                Purpose::Resume { handle, .. } => Some(handle.clone()),
                _ => None,
            })
            .unwrap_or_default()
    }

    fn create_again(&mut self, worker: WorkerId, id: IntentId) {
        let Some(intent) = self.intents.get_mut(id) else {
            return;
        };
        if intent.attempts.len() >= MOST_CREATES {
            intent.verdict = Verdict::Nothing;
            return;
        }
        let at = self.in_a_while(0, 60 * SECOND);
        self.queue
            .put(at, Happening::Work(worker, Work::Create(id)));
    }

    fn resume_later(&mut self, worker: WorkerId, id: IntentId, handle: &Handle) {
        let Some(intent) = self.intents.get_mut(id) else {
            return;
        };
        if intent.order.is_none() {
            intent.verdict = Verdict::NobodyKnows;
            return;
        }
        intent.resumes = intent.resumes.saturating_add(1);
        if intent.resumes > MOST_RESUMES {
            self.violated(
                Rule::Lost,
                Some(id),
                "it was never found out what became of it",
            );
            return;
        }
        let soon = intent.resumes == 1;
        let about = intent.attempts.len();
        let purpose = |owner| Purpose::Resume {
            about,
            owner,
            handle: handle.clone(),
        };
        let (own, other) = (purpose(true), purpose(false));
        let most = if soon { 60 } else { 600 };
        let at = self.in_a_while(0, most * SECOND);
        self.queue
            .put(at, Happening::Work(worker, Work::Resume(id, own)));
        // Another worker's job may want to know the same at the same time.
        if soon && self.dice.once_in(3) {
            let other_worker = below(&mut self.dice, self.workers.len());
            let at = self.in_a_while(0, most * SECOND);
            self.queue
                .put(at, Happening::Work(other_worker, Work::Resume(id, other)));
        }
    }

    fn believe(&mut self, intent: IntentId, verdict: Verdict) {
        if let Some(intent) = self.intents.get_mut(intent) {
            intent.verdict = verdict;
        }
    }

    /// What a worker does about a call that its process was killed in: it has
    /// stored its intent before sending, with the order's older invoices, and
    /// nothing else.
    pub(crate) fn recover(&mut self, id: CallId) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let (worker, intent) = (call.worker, call.intent);
        let handle = Handle {
            sent: None,
            known: call.stored.clone(),
        };
        match call.purpose.clone() {
            Purpose::Create => {
                let order = self.intents.get(intent).map(|i| i.order.is_some());
                if order == Some(true) {
                    let about = self.intents.get(intent).map_or(0, |i| i.attempts.len());
                    let purpose = Purpose::Resume {
                        about,
                        owner: true,
                        handle,
                    };
                    self.work(worker, Work::Resume(intent, purpose));
                } else {
                    self.believe(intent, Verdict::NobodyKnows);
                }
                self.work(worker, Work::Next);
            }
            purpose @ Purpose::Resume { .. } => self.work(worker, Work::Resume(intent, purpose)),
            Purpose::Cancel(row) => self.work(worker, Work::Cancel(intent, row)),
            Purpose::Load(terms) => self.reload(worker, intent, terms),
            Purpose::Recall { .. } | Purpose::Read => {}
        }
    }
}

/// What a call that ended as unknown leaves for a resume.
fn handle_of(call: &Call) -> Handle {
    let known = match &call.mind {
        Mind::Create(create) => create.known_before().clone(),
        Mind::Fenced(fenced) => fenced.known_before().clone(),
        Mind::Ensure(ensure) => ensure.known_before(),
        _ => BTreeSet::new(),
    };
    Handle {
        sent: call.last_create,
        known,
    }
}
