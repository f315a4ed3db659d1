//! Runs the decision machines: what the core's own driver does, in virtual
//! time.

use kessai::nonce::Nonce;
use kessai::transport::Exchange;
use kessai::world::SECOND;
use kessai::zaif::answer;
use kessai::zaif::decide::{Answer, Ask, Event, Reply, Send, Sent, Step, Take, Told};
use kessai::{Code, Result};

use crate::call::{End, Purpose};
use crate::host::BadNonce;
use crate::judge::Rule;
use crate::mind::{Brought, told, unsent};
use crate::schedule::{Flight, Happening, Schedule, as_u64, name_of};
use crate::server::Request;
use crate::shop::CallId;
use crate::turns::Turn;
use crate::wire::{Brings, passage, resent};

impl Schedule<'_> {
    /// Lets a call's machine go on until it waits for something.
    pub(crate) fn advance(&mut self, id: CallId, event: Event) {
        let mut event = event;
        loop {
            let Some(call) = self.calls.get_mut(id) else {
                return;
            };
            let Some(process) = self.processes.get(call.process) else {
                return;
            };
            if call.end != End::Not || !process.alive {
                return;
            }
            let now = process.monotonic(self.now);
            let process = call.process;
            let step = call.mind.step(event, now, &mut self.dice);
            if call.purpose != Purpose::Read {
                self.step_towards_doom(process);
            }
            match step {
                Step::End(result) => {
                    self.let_go(id);
                    self.end(id, &result);
                    return;
                }
                Step::Wait(span) => {
                    self.let_go(id);
                    self.trace
                        .note(self.now, "waits", &[("call", as_u64(id)), ("us", span)]);
                    let ticket = self.new_ticket(id);
                    let at = self.now.saturating_add(span);
                    self.queue.put(at, Happening::Wake(id, ticket));
                    return;
                }
                Step::Ask => match self.tell(id) {
                    Some(told) => event = Event::Told(told),
                    None => return,
                },
                Step::Send(send) => match self.send(id, send) {
                    Some(next) => event = next,
                    None => return,
                },
            }
        }
    }

    /// What only the driver knows, as the core's tells it.
    fn tell(&self, id: CallId) -> Option<Told> {
        let call = self.calls.get(id)?;
        let process = self.processes.get(call.process)?;
        let clock = self.hosts.get(process.host)?;
        let doubt = call.load.as_ref().map_or(0, |load| {
            let now = self.doubt_time(load.realm, call.process);
            let settle = self.policy.settle(&self.world.client);
            self.locks.doubt(load.realm, call.intent, now, settle)
        });
        Some(Told {
            unix: process.server_time(clock, self.now),
            doubt,
        })
    }

    pub(crate) fn new_ticket(&mut self, id: CallId) -> u64 {
        self.calls.get_mut(id).map_or(0, |call| {
            call.ticket = call.ticket.saturating_add(1);
            call.ticket
        })
    }

    /// Whether a call still waits for what it got this ticket for.
    pub(crate) fn waits_for(&self, id: CallId, ticket: u64) -> bool {
        self.calls
            .get(id)
            .is_some_and(|call| call.ticket == ticket && call.end == End::Not)
    }

    pub(crate) fn wake(&mut self, id: CallId, ticket: u64) {
        if self.waits_for(id, ticket) {
            self.advance(id, Event::Waited);
        }
    }

    /// Takes a turn for a request and sends it, or waits for one.
    fn send(&mut self, id: CallId, send: Send) -> Option<Event> {
        let call = self.calls.get(id)?;
        let turn = match send.nonce {
            Take::Exactly(_) if call.turn == Some(Turn::Alone) => return self.go(id, &send),
            Take::Exactly(_) if !self.policy.probes() => return Some(Event::Blocked(no_turn()?)),
            Take::Exactly(_) | Take::Fresh(_) => Turn::Shared,
            Take::Pair(_) => Turn::Alone,
        };
        let process_id = call.process;
        self.let_go(id);
        let process = self.processes.get_mut(process_id)?;
        if process.turns.take(turn) {
            self.calls.get_mut(id)?.turn = Some(turn);
            return self.go(id, &send);
        }
        let patience = send.patience(process.monotonic(self.now));
        if patience == 0 {
            return Some(Event::Blocked(no_turn()?));
        }
        let until = self.now.saturating_add(patience);
        process.turns.wait(id, turn);
        self.calls.get_mut(id)?.waiting = Some(send);
        let ticket = self.new_ticket(id);
        self.queue.put(until, Happening::TurnLimit(id, ticket));
        None
    }

    pub(crate) fn turn_limit(&mut self, id: CallId, ticket: u64) {
        if !self.waits_for(id, ticket) {
            return;
        }
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        call.waiting = None;
        let process = call.process;
        if let Some(process) = self.processes.get_mut(process) {
            process.turns.give_up(id);
        }
        self.queue.put(self.now, Happening::Pump(process));
        if let Some(error) = no_turn() {
            self.advance(id, Event::Blocked(error));
        }
    }

    /// Gives free turns to those that wait.
    pub(crate) fn pump(&mut self, id: usize) {
        while let Some((call_id, turn)) = self
            .processes
            .get_mut(id)
            .filter(|p| p.alive)
            .and_then(|p| p.turns.grant())
        {
            let _ = self.new_ticket(call_id);
            let Some(call) = self.calls.get_mut(call_id) else {
                return;
            };
            call.turn = Some(turn);
            if let Some(send) = call.waiting.take()
                && let Some(event) = self.go(call_id, &send)
            {
                self.advance(call_id, event);
            }
        }
    }

    fn let_go(&mut self, id: CallId) {
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        if let Some(turn) = call.turn.take()
            && let Some(process) = self.processes.get_mut(call.process)
        {
            process.turns.end(turn);
            self.queue.put(self.now, Happening::Pump(call.process));
        }
    }

    /// Sends a request, its turn taken.
    fn go(&mut self, id: CallId, send: &Send) -> Option<Event> {
        let call = self.calls.get(id)?;
        let (process_id, about, terms) = (call.process, call.intent, call.terms);
        let host = self.processes.get(process_id)?.host;
        if self.dice.hits(self.world.clock.skew.jump_share) {
            self.jump(host);
        }
        let process = self.processes.get_mut(process_id)?;
        let clock = self.hosts.get(host)?;
        let Some(within) = send.within(process.monotonic(self.now)) else {
            self.let_go(id);
            return Some(Event::Blocked(no_turn()?));
        };
        let until = self.now.saturating_add(within);
        // The question for the time, in no time: it can fail like any other.
        for _ in 0..2 {
            if process.told(clock, self.now).is_none()
                && self.world.faults.draw(&mut self.dice).is_none()
            {
                process.learn(Some(self.now / SECOND), self.now, self.now);
            }
        }
        if process.told(clock, self.now).is_none() {
            self.let_go(id);
            let error = unsent(Code::TransportConnect, "nobody tells the time")?;
            return Some(Event::Reply(Nonce::from_micros(0), Reply::NotSent(error)));
        }
        let nonce = match process.nonce(send, clock, self.now) {
            Ok(nonce) => nonce,
            Err(error) => {
                self.let_go(id);
                return Some(Event::Blocked(error));
            }
        };
        let pair = matches!(send.nonce, Take::Pair(_));
        if send.ask == Ask::Create
            && let Some(call) = self.calls.get_mut(id)
        {
            call.last_create = Some(Sent {
                nonce,
                at: match call.last_create {
                    Some(earlier) => earlier.at,
                    None => process.told(clock, self.now),
                },
            });
        }
        if send.ask == Ask::Create
            && self.policy.keeps_doubts()
            && let Some(load) = self.calls.get(id).and_then(|call| call.load.as_ref())
        {
            // Before it goes out, as the core's driver does.
            self.locks.create_begins(load.realm, about);
        }
        let judged = process.judge(nonce, clock, self.now);
        let fault = self.world.faults.draw(&mut self.dice);
        let latency = &self.world.server.latency;
        let mut passage = passage(fault, self.now, until, latency, &mut self.dice);
        if self.policy.resends() && send.ask.is_write() {
            passage = resent(passage, self.now, until, latency, &mut self.dice);
        }
        self.tally.count("requests", name_of(&send.ask));
        if let Some(fault) = fault {
            self.tally.count("faults", fault.name());
        }
        let flight = Flight {
            request: Request {
                ask: send.ask.clone(),
                nonce,
                intent: about,
                terms,
                call: id,
            },
            passage,
            pair,
            fault,
            sent: self.now,
            answer: None,
        };
        self.launch(id, send, nonce, flight);
        match judged {
            Err(BadNonce::NotAbove) if self.policy.probes() => {}
            Err(BadNonce::NotAbove) => {
                self.violated(
                    Rule::Nonce,
                    Some(about),
                    "a nonce is not above the one before",
                );
            }
            Err(BadNonce::TooFarAhead) => {
                self.violated(Rule::Nonce, Some(about), "a nonce is more than 300 s ahead");
            }
            Ok(()) => {}
        }
        None
    }

    fn jump(&mut self, host: usize) {
        let by = self.dice.pick(&self.world.clock.skew.jumps);
        if let (Some(host), Some(by)) = (self.hosts.get_mut(host), by) {
            host.off = host.off.saturating_add(by.micros());
            self.tally.count("events", "clock jumps");
            self.trace.note(self.now, "clock jumps", &[]);
            self.trace.say(|| format!("now off by {} us", host.off));
        }
    }

    /// What a request brought gets back to its sender.
    pub(crate) fn land(&mut self, id: usize) {
        let Some(flight) = self.flights.get_mut(id) else {
            return;
        };
        let (call_id, nonce, pair) = (flight.request.call, flight.request.nonce, flight.pair);
        let Some(call) = self.calls.get_mut(call_id) else {
            return;
        };
        let Some(process) = self.processes.get_mut(call.process) else {
            return;
        };
        if call.end != End::Not || !process.alive {
            return;
        }
        let exchange = match (flight.passage.brings, flight.answer.take()) {
            (Brings::NotSent(code), _) => Exchange::not_sent(code, "not sent"),
            (Brings::Broken(code), _) => Exchange::broken(code, "broken off"),
            (Brings::Answer | Brings::SecondAnswer, Some(answer)) => Exchange::Answered(answer),
            (Brings::Answer | Brings::SecondAnswer, None) => {
                Exchange::broken(Code::TransportTimeout, "never answered")
            }
        };
        let date = match &exchange {
            Exchange::Answered(answer) => answer.date,
            Exchange::NotSent(_) | Exchange::Broken(_) => None,
        };
        let ask = flight.request.ask.clone();
        let mut reply = answer::read(&ask, exchange);
        if reply.is_from_the_service() {
            process.learn(date, flight.sent, self.now);
        }
        let told = describe(&reply);
        if told == "stale nonce" {
            self.tally.count("rejections", name_of(&ask));
        }
        if ask == Ask::Create {
            call.fates
                .push(flight.fault.map_or(told, crate::faults::Fault::name));
        }
        if self.policy.hides_what_seems_older()
            && let Reply::Answer(Answer::Ids(ids)) = &mut reply
        {
            let began = call.began_by_wall;
            ids.retain(|id| self.server.row(id).is_some_and(|row| row.created >= began));
        }
        self.trace.note(
            self.now,
            "lands",
            &[("flight", as_u64(id)), ("call", as_u64(call_id))],
        );
        self.trace.say(|| told.to_owned());
        if !pair {
            self.let_go(call_id);
        }
        if let (Ask::Find, Reply::Answer(_)) = (&ask, &reply)
            && let Some((realm, order, process)) = self
                .calls
                .get(call_id)
                .and_then(|call| Some((call.load.as_ref()?.realm, call.intent, call.process)))
        {
            let settle = self.policy.settle(&self.world.client);
            let until = self.doubt_time(realm, process).saturating_add(settle);
            self.locks.was_fenced(realm, order, until);
        }
        self.advance(call_id, Event::Reply(nonce, reply));
    }

    pub(crate) fn end(&mut self, id: CallId, result: &Result<Brought>) {
        let Some(call) = self.calls.get_mut(id) else {
            return;
        };
        call.end = Self::end_of(result);
        let told = told(result);
        self.trace.note(self.now, "ends", &[("call", as_u64(id))]);
        self.trace.say(|| match result {
            Ok(_) => told.to_owned(),
            Err(error) => error.to_string(),
        });
        let about = self.intents.get(call.intent);
        self.tally.count(call.group(about), told);
        self.leave_order(id, result);
        self.judge_end(id, result);
        self.conclude(id, result);
    }
}

fn no_turn() -> Option<kessai::Error> {
    unsent(Code::TransportTimeout, "no turn in time")
}

fn describe(reply: &Reply) -> &'static str {
    use kessai::zaif::decide::Refusal;
    match reply {
        Reply::Answer(_) => "answer",
        Reply::Refused(Refusal::StaleNonce, _) => "stale nonce",
        Reply::Refused(Refusal::RateLimited, _) => "rate limited",
        Reply::Refused(Refusal::Final, _) => "refused",
        Reply::NotSent(_) => "not sent",
        Reply::Unknown(_) => "unknown",
        Reply::Unlisted(_) => "unlisted",
        Reply::Unusable(_) => "unusable",
    }
}
