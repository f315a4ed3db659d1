//! Runs a decision machine over the real world: takes turns and nonces, sends,
//! reads, waits.

use std::sync::atomic::Ordering;
use std::time::Duration;

use form_urlencoded::Serializer;
use zeroize::Zeroizing;

use super::answer;
use super::credentials::Credentials;
use super::decide::{Ask, Event, Machine, Reply, Send, Sent, Step, Take};
use super::key::KeyState;
use super::turns::{Turn, Turns};
use crate::error::{Code, Error, ErrorKind, Outcome, Result};
use crate::interrupt;
use crate::nonce::Nonce;
use crate::transport::{Address, Exchange, Network, Request};
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
}

impl Drive<'_> {
    /// Drives a machine to its end.
    pub(super) fn run<M: Machine>(&mut self, machine: &mut M) -> Result<M::Output> {
        let turns = self.key.turns.get();
        let mut alone = None;
        let mut event = Event::Begin;
        loop {
            if interrupt::requested() {
                let outcome = if self.has_written {
                    Outcome::Unknown
                } else {
                    Outcome::NotDone
                };
                return Err(interrupt::error(outcome));
            }
            match machine.step(event, self.clock.monotonic(), &mut SystemChance) {
                Step::End(result) => return result.map_err(|error| self.explain(error)),
                Step::Wait(span) => {
                    alone = None;
                    self.clock.sleep(span);
                    event = Event::Waited;
                }
                Step::Send(send) => event = self.send(&send, &turns.1, &mut alone),
            }
        }
    }

    fn send<'t>(&mut self, send: &Send, turns: &'t Turns, alone: &mut Option<Turn<'t>>) -> Event {
        let patience = Duration::from_micros(send.patience(self.clock.monotonic()));
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
            return Event::Blocked(Error::new(
                Code::TransportTimeout,
                Outcome::NotDone,
                "too little of the time limit was left when this call's turn came, so nothing was \
                 sent; perhaps many calls of this process share the API key",
            ));
        };
        let began = self.clock.monotonic();
        if let Err(error) = self.ask_the_time(within)
            && send.ask.is_write()
        {
            return Event::Reply(Nonce::from_micros(0), Reply::NotSent(error));
        }
        // What that took is taken from the try, not from its outcome.
        let within = within.saturating_sub(self.clock.monotonic().saturating_sub(began));
        let nonce = match self.nonce(send) {
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
        }
        let reply = self.exchange(&send.ask, nonce, Duration::from_micros(within));
        self.has_written |= send.ask.is_write() && !matches!(reply, Reply::NotSent(_));
        if matches!(send.nonce, Take::Pair(_)) {
            *alone = Some(turn);
        }
        Event::Reply(nonce, reply)
    }

    fn nonce(&self, send: &Send) -> Result<Nonce> {
        let now = self.key.time.now(self.clock);
        let (raise, count) = match send.nonce {
            Take::Exactly(nonce) => return Ok(nonce),
            Take::Fresh(raise) => (raise, 1),
            Take::Pair(raise) => (raise, 2),
        };
        let above = send.above.map_or(Nonce::from_micros(0), Nonce::next);
        let floor = Nonce::from_micros(now.saturating_add(raise)).max(above);
        self.key.nonces.take(now, floor, count)
    }

    /// Before the first nonce of a process: what time is it at the service? A
    /// nonce from a wrong clock would lock every other user of the key out until
    /// that time comes, and of a create that was lost nobody could say when it
    /// was sent. The question needs neither key nor nonce. Where nobody answers
    /// nothing is changed; where the answer tells no time this machine's clock
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

    fn exchange(&self, ask: &Ask, nonce: Nonce, within: Duration) -> Reply {
        let (body, credentials) = (self.body(ask, nonce), self.credentials.headers());
        self.post(ask, &body, &credentials, ask.is_write(), within)
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
        match ask {
            Ask::Create | Ask::Other => {
                begin(self.method);
                form.extend_pairs(self.parameters);
            }
            Ask::Find => {
                begin("getInvoiceIdsByOrderNumber");
                form.append_pair("orderNumber", self.order);
            }
            Ask::Get(id) => {
                begin("getInvoice");
                form.append_pair("invoiceId", id);
            }
            Ask::Cancel(id) => {
                begin("cancelInvoice");
                form.append_pair("invoiceId", id);
            }
        }
        form.extend_pairs(self.credentials.parameters());
        Zeroizing::new(form.finish())
    }

    /// Adds what only this place knows: a wrong clock is the usual reason for
    /// nonces that do not pass. Takes out what no error may show: a service that
    /// echoes its requests would put the credentials into its message.
    fn explain(&self, error: Error) -> Error {
        let secrets = [
            self.credentials.key.expose(),
            self.credentials.digest.expose(),
        ];
        let error = error.without(&secrets);
        match self.key.time.skew(self.clock) {
            Some(skew) if error.kind() == ErrorKind::Nonce => error.with_note(&format!(
                "this machine's clock says {}, the service's says {} (Unix seconds): mend it",
                skew.local, skew.server
            )),
            _ => error,
        }
    }
}
