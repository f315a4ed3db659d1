//! One call on its way through the books: credentials, key, execution, answer.

use super::answer::Answer;
use super::call::Call;
use super::door;
use super::routes::{Found, Route};
use crate::domain::clock::{Moment, Now};
use crate::domain::fault::Plan;
use crate::domain::faults::Target;
use crate::domain::faults_text::Service;
use crate::domain::ipay::idempotency::{Stored, Verdict};
use crate::domain::ipay::mask;
use crate::domain::ipay::refusal::Refusal;
use crate::domain::ipay::shelf::{Entry, Object};
use crate::domain::ledger::kept;
use crate::world::World;

/// Longer keys are refused.
const LONGEST_KEY: usize = 255;

/// What the books call one request that arrived.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Its number in the ledger.
    pub seq: u64,
    /// What the client is told it is called.
    pub request_id: String,
}

/// A call that is being carried out.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The call.
    pub(super) call: &'a Call,
    /// The id in its path.
    pub(super) id: &'a str,
    /// Its number in the ledger.
    pub(super) seq: u64,
    /// The instant.
    pub(super) now: Now,
    /// From when on lookups find what it makes.
    pub(super) visible_from: Moment,
}

impl Visit<'_> {
    /// A new object, as it stands on its shelf.
    pub(super) const fn made<T: Object>(&self, it: T, inner: T::Inner) -> Entry<T> {
        Entry {
            it,
            inner,
            request: Some(self.seq),
            visible_from: self.visible_from,
        }
    }
}

impl World {
    /// Writes down that a call of iPay arrived, and what is to go wrong with it.
    pub fn arrive_ipay(&mut self, call: &Call, now: Now) -> (Arrival, Plan) {
        let arrival = self.number_ipay(call, None, now);
        self.traffic.arrive(arrival.seq, call.masked());
        let target = Target::Ipay(call.route());
        let plan = self.faults.plan(target, &mut self.draw);
        self.ledger.note(arrival.seq, |row| {
            row.faults = plan.names.iter().copied().map(str::to_owned).collect();
        });
        (arrival, plan)
    }

    /// Writes down a second copy of a call.
    pub fn arrive_ipay_again(&mut self, first: &Arrival, call: &Call, now: Now) -> Arrival {
        self.number_ipay(call, Some(first.seq), now)
    }

    fn number_ipay(&mut self, call: &Call, copy_of: Option<u64>, now: Now) -> Arrival {
        let request_id = self.fresh_id("req_", "ipay request");
        let name = call.route().map_or_else(|| call.line(), str::to_owned);
        let at = now.at.secs();
        let seq = self.ledger.arrive(at, Service::Ipay, Some(&name), copy_of);
        self.ledger.note(seq, |row| {
            row.idempotency_key = call.shown_key().as_deref().map(kept);
            row.request_id = Some(request_id.clone());
        });
        Arrival { seq, request_id }
    }

    /// Looks at credentials and key; the answer if that is the end of it. Otherwise
    /// the key belongs to the call, which must be followed by [`Self::finish_ipay`].
    pub fn begin_ipay(&mut self, call: &Call, arrival: &Arrival, now: Now) -> Option<Answer> {
        match self.admit_ipay(call, arrival, now) {
            Ok(known) => known,
            Err(refusal) => Some(self.refuse_ipay(&refusal, arrival)),
        }
    }

    fn admit_ipay(
        &mut self,
        call: &Call,
        arrival: &Arrival,
        now: Now,
    ) -> Result<Option<Answer>, Refusal> {
        let route = match &call.found {
            Found::Route(route, _) => route,
            Found::OtherMethod => {
                let reason = format!("{}: no such method on this path", call.line());
                return Err(Refusal::request(405, "method_not_allowed", reason));
            }
            Found::Nothing => {
                let reason = format!("{}: there is nothing here", call.line());
                return Err(Refusal::not_found(reason));
            }
        };
        if route.is_open {
            return Ok(None);
        }
        let known = door::check(&self.ipay, call, route.door, now.at)?;
        self.ledger
            .note(arrival.seq, |row| row.key = Some(known.code().to_owned()));
        check_type(call)?;
        let Some(key) = call.key() else {
            return Ok(None);
        };
        if key.len() > LONGEST_KEY {
            let must = format!("must have at most {LONGEST_KEY} characters");
            return Err(Refusal::value("Idempotency-Key", &must));
        }
        match self.ipay.idempotency.claim(key, &call.print(), now.at) {
            Verdict::Fresh => Ok(None),
            Verdict::Running => Err(Refusal::running()),
            Verdict::Other => Err(Refusal::other_request()),
            Verdict::Known(stored) => {
                self.ledger.note(arrival.seq, |row| row.replayed = true);
                Ok(Some(Answer {
                    status: stored.status,
                    body: stored.body,
                    replayed: true,
                    request_id: arrival.request_id.clone(),
                }))
            }
        }
    }

    /// Carries a call out that was begun, and keeps its answer under its key.
    pub fn finish_ipay(
        &mut self,
        call: &Call,
        arrival: &Arrival,
        lag_seconds: u64,
        now: Now,
    ) -> Answer {
        let Found::Route(Route { act, .. }, id) = &call.found else {
            let nothing = Refusal::not_found("there is nothing here");
            return self.refuse_ipay(&nothing, arrival);
        };
        let visit = Visit {
            call,
            id,
            seq: arrival.seq,
            now,
            visible_from: now.real.plus_secs(lag_seconds),
        };
        let result = act(self, &visit);
        let executed = result.as_ref().map_or_else(Refusal::executed, |_| true);
        if executed {
            self.ledger.executed(arrival.seq);
        }
        let answer = match result {
            Ok(body) => Answer::success(body, &arrival.request_id),
            Err(refusal) => self.refuse_ipay(&refusal, arrival),
        };
        if let Some(key) = call.key() {
            if executed {
                let stored = Stored {
                    status: answer.status,
                    body: answer.body.clone(),
                };
                self.ipay.idempotency.keep(key, stored, now.at);
            } else {
                self.ipay.idempotency.release(key);
            }
        }
        answer
    }

    /// What the service says of itself, without having looked at the call.
    #[must_use]
    pub fn ipay_service_answer(&self, status: u16, message: &str, request_id: &str) -> Answer {
        let refusal = Refusal::service(status, message);
        Answer::refusal(&refusal, request_id, self.ipay.modes.errors)
    }

    fn refuse_ipay(&mut self, refusal: &Refusal, arrival: &Arrival) -> Answer {
        self.ledger.note(arrival.seq, |row| {
            row.message = Some(mask::card_numbers(&refusal.message));
        });
        Answer::refusal(refusal, &arrival.request_id, self.ipay.modes.errors)
    }

    /// Writes down what a request made.
    pub(super) fn note_made(&mut self, seq: u64, id: &str) {
        self.ledger.note(seq, |row| row.made = Some(id.to_owned()));
    }
}

/// A body is JSON, and says so.
fn check_type(call: &Call) -> Result<(), Refusal> {
    let media = call.content_type.as_deref().unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if call.body.is_empty() || media.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    Err(Refusal::request(
        415,
        "unsupported_media_type",
        "bodies are sent as application/json",
    ))
}
