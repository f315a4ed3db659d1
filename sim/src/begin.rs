//! How a call begins: its limits and what decides it.

use kessai::world::{Micros, SECOND};
use kessai::zaif::decide::{Ask, Cancel, Create, Event, Limits, Once, Read, Resume};

use crate::call::{Call, End, Purpose};
use crate::mind::{FenceByOwnNonce, Mind, RetryOnTimeout};
use crate::orders::{Intent, Terms};
use crate::pages::locks::Realm;
use crate::pages::{Load, MIN_LEFT};
use crate::policy::Policy;
use crate::schedule::{Schedule, as_u64};
use crate::server::ledger::Row;
use crate::settings::World;
use crate::shop::{IntentId, WorkerId};

/// The time limit of a read.
const READ_TIMEOUT: Micros = 15 * SECOND;

/// How often one request is repeated: the client's default, which the fixed
/// world leaves alone.
const MAX_RETRIES: u32 = 20;

impl Schedule<'_> {
    /// A worker begins a call.
    pub(crate) fn begin(&mut self, worker: WorkerId, about: IntentId, purpose: Purpose) {
        let id = self.calls.len();
        let Some(process_id) = self.workers.get(worker).map(|w| w.process) else {
            return;
        };
        let Some(process) = self.processes.get(process_id) else {
            return;
        };
        let Some(clock) = self.hosts.get(process.host) else {
            return;
        };
        let Some(intent) = self.intents.get_mut(about) else {
            return;
        };
        let terms = match &purpose {
            Purpose::Load(terms) => *terms,
            Purpose::Recall { of, .. } => self.calls.get(*of).map_or(intent.terms, |c| c.terms),
            _ => intent.terms,
        };
        let timeout = match purpose {
            Purpose::Read => READ_TIMEOUT,
            // Half of the pages keep their customers waiting as long as a job.
            Purpose::Load(_) if self.dice.once_in(2) => READ_TIMEOUT,
            _ => self.world.client.timeout.micros(),
        };
        let limits = Limits::new(process.monotonic(self.now), timeout, MAX_RETRIES);
        if purpose == Purpose::Create {
            intent.attempts.push(id);
        }
        let stored = self.server.visible(about, self.now).map(Row::id).collect();
        let call = Call {
            stored,
            last_create: None,
            mind: mind(self.policy, self.world, intent, terms, &purpose, limits),
            load: matches!(purpose, Purpose::Load(_)).then(|| {
                let realm = match self.files.get(process.host) {
                    Some(Some(_)) => Realm::Host(process.host),
                    _ => Realm::Process(process_id),
                };
                let min_left = self.dice.pick(&MIN_LEFT).unwrap_or(0);
                Load::new(limits, realm, self.now, min_left)
            }),
            began_by_wall: self.now.saturating_add_signed(clock.off),
            purpose,
            worker,
            process: process_id,
            intent: about,
            terms,
            deadline: self.now.saturating_add(timeout),
            ticket: 0,
            turn: None,
            waiting: None,
            fates: Vec::new(),
            end: End::Not,
        };
        self.trace.note(
            self.now,
            "begins",
            &[
                ("call", as_u64(id)),
                ("worker", as_u64(worker)),
                ("process", as_u64(process_id)),
                ("intent", as_u64(about)),
            ],
        );
        self.trace.say(|| format!("{:?}", call.purpose));
        let is_load = call.load.is_some();
        self.calls.push(call);
        if is_load {
            self.want_order(id);
        } else {
            self.advance(id, Event::Begin);
        }
    }
}

fn mind(
    policy: Policy,
    world: &World,
    intent: &Intent,
    terms: Terms,
    purpose: &Purpose,
    limits: Limits,
) -> Mind {
    let settle = policy.settle(&world.client);
    let on_rejection = policy.on_rejection(&world.client);
    match purpose {
        Purpose::Create if policy == Policy::RetryOnTimeout => {
            Mind::Careless(RetryOnTimeout::new(limits))
        }
        Purpose::Create if intent.order.is_none() => {
            Mind::Once(Box::new(Once::new(Ask::Create, limits, on_rejection)))
        }
        Purpose::Create => {
            let create = Create::new(intent.as_core(terms), limits, settle, on_rejection);
            if policy.probes() {
                Mind::Fenced(Box::new(FenceByOwnNonce::new(create, limits)))
            } else {
                Mind::Create(Box::new(create))
            }
        }
        Purpose::Load(_) => Mind::Waiting,
        Purpose::Resume { handle, .. } | Purpose::Recall { handle, .. } => {
            let resume = Resume::new(
                intent.as_core(terms),
                handle.sent,
                handle.known.clone(),
                limits,
                settle,
            );
            Mind::Resume(Box::new(resume))
        }
        Purpose::Cancel(id) => Mind::Cancel(Box::new(Cancel::new(id.clone(), false, limits))),
        Purpose::Read => Mind::Read(Box::new(Read::new(Ask::Find, limits))),
    }
}
