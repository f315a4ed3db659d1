//! Runs a decision machine over the real world: takes turns and nonces, sends,
//! reads, waits.

use std::cell::Cell;
use std::sync::atomic::Ordering;
use std::time::Duration;

use form_urlencoded::Serializer;
use zeroize::Zeroizing;

use super::answer;
use super::credentials::Credentials;
use super::decide::{Ask, Event, Machine, Reply, Send, Sent, Step, Take, Told};
use super::key::KeyState;
use super::orders::OrderTurn;
use super::turns::{Turn, Turns};
use crate::error::{Code, Error, ErrorKind, Outcome, Result};
use crate::hook::{Event as Report, EventName, Hook};
use crate::interrupt;
use crate::nonce::{Nonce, within_reach};
use crate::transport::{Address, Exchange, Network, Request, Verb};
use crate::world::{Clock, Micros, SECOND, SystemChance};

/// The longest that a call waits for the service's time.
const MOST_FOR_THE_TIME: Micros = 2 * SECOND;

/// One call on its way.
#[derive(Debug)]
pub(super) struct Drive<'a> {
    pub(super) network: &'a dyn Network,
    pub(super) clock: &'a dyn Clock,
    pub(super) endpoint: &'a Address,
    pub(super) credentials: &'a Credentials,
    pub(super) key: &'a KeyState,
    pub(super) window: usize,
    pub(super) trust_clock: bool,
    pub(super) hook: &'a Hook,
    /// The turn at the order, and within what time the service shows a create
    /// that can no longer begin.
    pub(super) turn: Option<(OrderTurn<'a>, Micros)>,
    /// The order at hand, for finds.
    pub(super) order: &'a str,
    /// Method and parameters of creates and generic calls.
    pub(super) method: &'a str,
    pub(super) parameters: &'a [(&'a str, String)],
    /// The last create that was sent, for resume handles: what is above its
    /// nonce is above every earlier one's.
    pub(super) last_create: Option<Sent>,
    /// Whether anything that changes something may have reached the service.
    pub(super) has_written: bool,
    /// Whether it goes out without key and nonce.
    pub(super) anonymous: bool,
    /// How many requests the call has made.
    pub(super) attempts: &'a Cell<u32>,
    /// Why the last request did not go out, where it did not.
    pub(super) not_sent: Option<Error>,
}

impl Drive<'_> {
    /// Drives a machine to its end.
    pub(super) fn run<M: Machine>(&mut self, machine: &mut M) -> Result<M::Output> {
        let turns = self.key.turns.get();
        let mut alone = None;
        let mut event = Event::Begin;
        loop {
            let step = machine.step(event, self.clock.monotonic(), &mut SystemChance);
            if !matches!(step, Step::End(_)) && interrupt::requested() {
                let outcome = if self.has_written {
                    Outcome::Unknown
                } else {
                    Outcome::NotDone
                };
                return Err(interrupt::error(outcome));
            }
            match step {
                Step::End(result) => return result.map_err(|error| self.explain(error)),
                Step::Wait(span) => {
                    alone = None;
                    self.clock.sleep(span);
                    event = Event::Waited;
                }
                Step::Ask => event = Event::Told(self.tell_machine()),
                Step::Send(send) => event = self.send(&send, &turns.1, &mut alone),
            }
        }
    }

    // Once for all machines, not once in each of their loops.
    #[inline(never)]
    fn send<'t>(&mut self, send: &Send, turns: &'t Turns, alone: &mut Option<Turn<'t>>) -> Event {
        let now = self.clock.monotonic();
        if self.anonymous {
            return match send.within(now) {
                Some(within) => self.send_anonymously(within),
                None => Event::Blocked(self.too_late()),
            };
        }
        let patience = Duration::from_micros(send.patience(now));
        // Held from a pair to the request that uses its second nonce, and
        // dropped at the end of this function by whatever else comes.
        let turn = match send.nonce {
            Take::Exactly(_) => alone.take(),
            Take::Pair(_) => {
                *alone = None;
                turns.alone(patience)
            }
            Take::Fresh(_) => {
                *alone = None;
                turns.shared(self.window, patience)
            }
        };
        let within = send.within(self.clock.monotonic());
        let (Some(turn), Some(within)) = (turn, within) else {
            return Event::Blocked(self.too_late());
        };
        let began = self.clock.monotonic();
        if let Err(error) = self.ask_the_time(within) {
            self.not_sent = Some(error.clone());
            return Event::Reply(Nonce::from_micros(0), Reply::NotSent(error));
        }
        // What that took is taken from the try, not from its outcome.
        let within = within.saturating_sub(self.clock.monotonic().saturating_sub(began));
        let nonce = match self.nonce(send, Duration::from_micros(within)) {
            Ok(nonce) => nonce,
            Err(error) => return Event::Blocked(error),
        };
        if send.ask == Ask::Create {
            // The nonce of the last, the time of the first.
            let at = match self.last_create {
                Some(earlier) => earlier.at,
                None => self.key.time.told(self.clock).map(|at| at / SECOND),
            };
            self.last_create = Some(Sent { nonce, at });
            // Written down before it goes out: a process that is killed now
            // leaves the others warned.
            if let Some((turn, _)) = &mut self.turn
                && let Err(error) = turn.create_begins()
            {
                return Event::Blocked(error);
            }
        }
        let reply = self.exchange(&send.ask, nonce, Duration::from_micros(within));
        self.not_sent = match &reply {
            Reply::NotSent(error) => Some(error.clone()),
            _ => None,
        };
        self.has_written |= send.ask.is_write() && !matches!(reply, Reply::NotSent(_));
        if let (Ask::Find, Reply::Answer(_), Some((turn, settle))) =
            (&send.ask, &reply, &mut self.turn)
        {
            // Where that cannot be written down it is found out again later.
            let _ = turn.was_fenced(*settle);
        }
        if matches!(send.nonce, Take::Pair(_)) {
            *alone = Some(turn);
        }
        Event::Reply(nonce, reply)
    }

    /// Why nothing was sent any more.
    fn too_late(&mut self) -> Error {
        if interrupt::requested() {
            return interrupt::error(Outcome::NotDone);
        }
        // What kept it from going out says more than that there is no time left.
        if let Some(error) = self.not_sent.take() {
            return error;
        }
        Error::new(
            Code::TransportTimeout,
            Outcome::NotDone,
            "too little of the time limit was left when this call's turn came, so nothing was sent; \
             perhaps many calls of this process share the API key",
        )
    }

    /// A doubt that cannot be read lasts as long as any.
    fn tell_machine(&mut self) -> Told {
        let doubt = match &mut self.turn {
            Some((turn, settle)) => turn.doubt(*settle).unwrap_or(*settle),
            None => 0,
        };
        Told {
            unix: self.key.time.now(self.clock),
            doubt,
        }
    }

    fn nonce(&self, send: &Send, patience: Duration) -> Result<Nonce> {
        let now = self.key.time.now(self.clock);
        let (raise, count) = match send.nonce {
            Take::Exactly(nonce) => return within_reach(nonce, 1, now),
            Take::Fresh(raise) => (raise, 1),
            Take::Pair(raise) => (raise, 2),
        };
        let above = send.above.map_or(Nonce::from_micros(0), Nonce::next);
        let floor = Nonce::from_micros(now.saturating_add(raise)).max(above);
        self.key.nonces.take_within(now, floor, count, patience)
    }

    /// Before the first nonce of a process: what time is it at the service? A
    /// nonce from a wrong clock would lock every other user of the key out until
    /// that time comes, and of a create that was lost nobody could say when it
    /// was sent. The question needs neither key nor nonce. Where nobody answers
    /// nothing else is sent; where the answer tells no time this machine's clock
    /// has to do.
    fn ask_the_time(&self, within: Micros) -> Result<()> {
        let (mut result, mut answered) = (Ok(()), false);
        let mut left = (within / 2).min(MOST_FOR_THE_TIME);
        // A second time for an answer that is too strange to be believed alone.
        for _ in 0..2 {
            let told = self.key.time.told(self.clock).is_some();
            let asked = self.key.asked.load(Ordering::Relaxed);
            if self.trust_clock || told || asked || left == 0 {
                break;
            }
            let began = self.clock.monotonic();
            let question = "method=getSupportedCurrencies";
            let span = Duration::from_micros(left);
            result = match self.post(&Ask::Other, question, &[], false, span) {
                Reply::NotSent(error) | Reply::Unknown(error) => {
                    Err(error.with_outcome(Outcome::NotDone))
                }
                _ => {
                    answered = true;
                    Ok(())
                }
            };
            left = left.saturating_sub(self.clock.monotonic().saturating_sub(began));
        }
        if answered {
            self.key.asked.store(true, Ordering::Relaxed);
        }
        result
    }

    /// Needs neither key nor nonce, and so nobody's turn.
    fn send_anonymously(&self, within: Micros) -> Event {
        let question = format!("method={}", self.method);
        let began = self.clock.monotonic();
        let span = Duration::from_micros(within);
        let reply = self.post(&Ask::Other, &question, &[], false, span);
        self.tell(self.method, began, &reply);
        Event::Reply(Nonce::from_micros(0), reply)
    }

    fn exchange(&self, ask: &Ask, nonce: Nonce, within: Duration) -> Reply {
        let (body, credentials) = (self.body(ask, nonce), self.credentials.headers());
        let began = self.clock.monotonic();
        let reply = self.post(ask, &body, &credentials, ask.is_write(), within);
        self.tell(ask.method().unwrap_or(self.method), began, &reply);
        reply
    }

    fn tell(&self, method: &str, began: Micros, reply: &Reply) {
        self.attempts.set(self.attempts.get().saturating_add(1));
        if !self.hook.is_set() {
            return;
        }
        let event = Report {
            attempt: self.attempts.get(),
            duration: Duration::from_micros(self.clock.monotonic().saturating_sub(began)),
            ..Report::new(EventName::Request, method, Outcome::Done)
        };
        match reply.error().map(|error| self.masked(error.clone())) {
            // Of the answer itself more is not kept.
            None => self.hook.tell(&Report {
                http_status: Some(200),
                ..event
            }),
            Some(error) => self.hook.tell(&event.with_error(&error)),
        }
        let skew = self.key.time.skew(self.clock);
        let reported = &self.key.skew_reported;
        match skew {
            None => reported.store(false, Ordering::Relaxed),
            Some(skew) if !reported.swap(true, Ordering::Relaxed) => {
                self.hook.tell(&Report {
                    local_time: Some(skew.local),
                    server_time: Some(skew.server),
                    ..Report::new(EventName::ClockSkew, method, Outcome::Done)
                });
            }
            Some(_) => {}
        }
    }

    /// Without what no error may show: a service that echoes its requests would
    /// put the credentials into its message.
    fn masked(&self, error: Error) -> Error {
        error.without(&[
            self.credentials.key.expose(),
            self.credentials.digest.expose(),
        ])
    }

    fn post(
        &self,
        ask: &Ask,
        body: &str,
        credentials: &[(&'static str, &str)],
        is_write: bool,
        within: Duration,
    ) -> Reply {
        let asked = self.clock.monotonic();
        let exchange = self.network.exchange(&Request {
            verb: Verb::Post,
            headers: &[],
            address: self.endpoint,
            credentials,
            content_type: "application/x-www-form-urlencoded",
            body: body.as_bytes(),
            is_write,
            within,
        });
        let date = match &exchange {
            Exchange::Answered(answer) => answer.date,
            Exchange::NotSent(_) | Exchange::Broken(_) => None,
        };
        let reply = answer::read(ask, exchange);
        // Only the service itself tells its time: a proxy's error page may say
        // anything, and a nonce from the future burns the key.
        if let (Some(date), true) = (date, reply.is_from_the_service()) {
            self.key.time.learn(date, asked, self.clock.monotonic());
        }
        reply
    }

    fn body(&self, ask: &Ask, nonce: Nonce) -> Zeroizing<String> {
        let mut form = Serializer::new(String::with_capacity(512));
        let nonce = nonce.to_string();
        let mut begin = |method: &str| {
            form.append_pair("method", method)
                .append_pair("nonce", &nonce);
        };
        begin(ask.method().unwrap_or(self.method));
        match ask {
            Ask::Create | Ask::Other => {
                form.extend_pairs(self.parameters);
            }
            Ask::Find => {
                form.append_pair("orderNumber", self.order);
            }
            Ask::Get(id) | Ask::Cancel(id) => {
                form.append_pair("invoiceId", id);
            }
        }
        form.extend_pairs(self.credentials.parameters());
        Zeroizing::new(form.finish())
    }

    /// Adds what only this place knows: a wrong clock is the usual reason for
    /// nonces that do not pass.
    fn explain(&self, error: Error) -> Error {
        let error = self.masked(error);
        match self.key.time.skew(self.clock) {
            Some(skew) if error.kind() == ErrorKind::Nonce => error.with_note(&format!(
                "this machine's clock says {}, the service's says {} (Unix seconds): mend it",
                skew.local, skew.server
            )),
            _ => error,
        }
    }
}
