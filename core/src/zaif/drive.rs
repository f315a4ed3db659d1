//! Runs a decision machine over the real world: takes turns and nonces, sends,
//! reads, waits.

use std::time::Duration;

use form_urlencoded::Serializer;
use zeroize::Zeroizing;

use super::answer;
use super::credentials::Credentials;
use super::decide::{Ask, Event, Machine, Send, Step, Take};
use super::key::KeyState;
use super::turns::{Turn, Turns};
use crate::error::{Code, Error, ErrorKind, Outcome, Result};
use crate::nonce::Nonce;
use crate::transport::{Address, Exchange, Network, Request};
use crate::world::{Clock, SystemChance};

/// One call on its way.
#[derive(Debug)]
pub(super) struct Drive<'a> {
    pub(super) network: &'a dyn Network,
    pub(super) clock: &'a dyn Clock,
    pub(super) endpoint: &'a Address,
    pub(super) credentials: &'a Credentials,
    pub(super) key: &'a KeyState,
    pub(super) window: usize,
    /// The order at hand, for finds.
    pub(super) order: &'a str,
    /// Method and parameters of creates and generic calls.
    pub(super) method: &'a str,
    pub(super) parameters: &'a [(&'a str, String)],
    /// The nonce of the first create that was sent, for resume handles.
    pub(super) first_nonce: Option<Nonce>,
}

impl Drive<'_> {
    /// Drives a machine to its end.
    pub(super) fn run<M: Machine>(&mut self, machine: &mut M) -> Result<M::Output> {
        let turns = self.key.turns.get();
        let mut alone = None;
        let mut event = Event::Begin;
        loop {
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
        // Held from a pair to the request that uses its second nonce, and
        // dropped at the end of this function by whatever else comes.
        let turn = match send.nonce {
            Take::Exactly(_) => alone.take(),
            Take::Pair(_) => {
                *alone = None;
                turns.alone(self.left(send))
            }
            Take::Fresh(_) => {
                *alone = None;
                turns.shared(self.window, self.left(send))
            }
        };
        let Some(turn) = turn else {
            return Event::Blocked(Error::new(
                Code::TransportTimeout,
                Outcome::NotDone,
                "the time limit passed before this call's turn came: other calls of this process \
                 with the same API key are on their way",
            ));
        };
        let nonce = match self.nonce(send.nonce) {
            Ok(nonce) => nonce,
            Err(error) => return Event::Blocked(error),
        };
        if send.ask == Ask::Create {
            self.first_nonce.get_or_insert(nonce);
        }
        let exchange = self.exchange(send, nonce);
        if matches!(send.nonce, Take::Pair(_)) {
            *alone = Some(turn);
        }
        Event::Reply(nonce, answer::read(&send.ask, exchange))
    }

    fn nonce(&self, take: Take) -> Result<Nonce> {
        let now = self.key.time.now(self.clock);
        let (raise, count) = match take {
            Take::Exactly(nonce) => return Ok(nonce),
            Take::Fresh(raise) => (raise, 1),
            Take::Pair(raise) => (raise, 2),
        };
        // Without a raise the time is no floor: the store applies it.
        let floor = Nonce::from_micros(now.saturating_add(raise));
        self.key.nonces.take(now, floor, count)
    }

    fn left(&self, send: &Send) -> Duration {
        Duration::from_micros(send.until.saturating_sub(self.clock.monotonic()))
    }

    fn exchange(&self, send: &Send, nonce: Nonce) -> Exchange {
        let within = self.left(send);
        if within.is_zero() {
            return Exchange::NotSent(Error::new(
                Code::TransportTimeout,
                Outcome::NotDone,
                "the time limit passed before the request was sent",
            ));
        }
        let body = self.body(&send.ask, nonce);
        let mut headers = self.credentials.headers();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        let asked = self.clock.monotonic();
        let exchange = self.network.exchange(&Request {
            address: self.endpoint,
            headers: &headers,
            body: body.as_bytes(),
            is_write: send.ask.is_write(),
            within,
        });
        if let Exchange::Answered(answer) = &exchange
            && let Some(date) = answer.date
        {
            self.key.time.learn(date, asked, self.clock.monotonic());
        }
        exchange
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

    /// A wrong clock is the usual reason for nonces that do not pass: say so.
    fn explain(&self, error: Error) -> Error {
        match self.key.time.skew(self.clock) {
            Some(skew) if error.kind() == ErrorKind::Nonce => error.with_note(&format!(
                "this machine's clock says {}, the service's says {} (Unix seconds): mend it",
                skew.local, skew.server
            )),
            _ => error,
        }
    }
}
