//! Makes calls: sends, reads, waits, and sends again, until the decisions in
//! `decide.rs` say that it is over.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::answer;
use super::credentials::Credentials;
use super::decide::{self, Next, Reply, Tries};
use super::handle::Handle;
use super::idempotency;
use super::key_age;
use super::options::Options;
use super::request::Outgoing;
use super::tokens::Tokens;
use crate::error::{Code, Error, Outcome, Result};
use crate::fork::ProcessLocal;
use crate::hook::{Event, EventName, Hook};
use crate::interrupt;
use crate::json::{self, Members};
use crate::rate::{self, RateLimit};
use crate::text::one_line;
use crate::transport::{Address, Network, Request, Transport, Verb};
use crate::world::{Clock, Micros, SECOND, SystemChance, SystemClock, micros};

mod authorization;

/// How many idle connections are kept: as many as a client may have threads.
const CONNECTIONS: usize = 256;

/// What every call of a client goes through.
#[derive(Clone)]
pub(crate) struct Engine {
    timeout: Duration,
    shared: Arc<Shared>,
}

struct Shared {
    options: Options,
    base: Address,
    token_url: Address,
    credentials: Credentials,
    tokens: ProcessLocal<Tokens>,
    rate: Option<ProcessLocal<Mutex<RateLimit>>>,
    clock: Arc<dyn Clock>,
    network: Arc<dyn Network>,
}

/// What a call can be given besides what it is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Each {
    pub(super) idempotency_key: Option<String>,
    pub(super) first_try_at: Option<i64>,
    pub(super) allow_paths: Vec<String>,
    pub(super) rate_key: Option<String>,
}

/// How a call began, where it is the repeat of one that was lost.
#[derive(Debug, Clone)]
pub(super) struct Earlier {
    pub(super) idempotency_key: String,
    /// When its first try was, in Unix seconds.
    pub(super) first_try: u64,
}

impl Engine {
    pub(super) fn new(options: Options, base: Address, credentials: Credentials) -> Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let token_url = match &options.token_url {
            Some(address) => address.clone(),
            None => base.below("/oauth/token")?,
        };
        let network: Arc<dyn Network> =
            Arc::new(Transport::new(CONNECTIONS, options.route.clone()));
        Ok(Self {
            timeout: options.timeout,
            shared: Arc::new(Shared {
                rate: options.rate_limit.map(|most| {
                    ProcessLocal::new(move |_| Mutex::new(RateLimit::per_minute(most, u32::MAX)))
                }),
                tokens: ProcessLocal::new(|_| Tokens::default()),
                options,
                base,
                token_url,
                credentials,
                clock,
                network,
            }),
        })
    }

    pub(super) const fn timeout(&self) -> Duration {
        self.timeout
    }

    pub(super) fn with_timeout(&self, timeout: Duration) -> Self {
        Self {
            timeout,
            shared: Arc::clone(&self.shared),
        }
    }

    pub(super) fn base(&self) -> &Address {
        &self.shared.base
    }

    pub(super) fn hook(&self) -> &Hook {
        &self.shared.options.hook
    }

    pub(super) fn credentials(&self) -> &Credentials {
        &self.shared.credentials
    }

    pub(super) fn unix_seconds(&self) -> u64 {
        self.shared.clock.unix() / SECOND
    }

    /// Makes a call and tells the hook how it ended, before the caller learns.
    pub(super) fn observed<T>(
        &self,
        method: &'static str,
        call: impl FnOnce(&Cell<u32>) -> Result<T>,
    ) -> Result<T> {
        let attempts = Cell::new(0);
        if !self.hook().is_set() {
            return call(&attempts);
        }
        let clock = &self.shared.clock;
        let began = clock.monotonic();
        let result = call(&attempts);
        let event = Event {
            attempt: attempts.get(),
            duration: Duration::from_micros(clock.monotonic().saturating_sub(began)),
            ..Event::new(EventName::Call, method, Outcome::Done)
        };
        match &result {
            Ok(_) => self.hook().tell(&event),
            Err(error) => self.hook().tell(&event.with_error(error)),
        }
        result
    }

    /// Sends a request until it is answered or given up, and gives what `read` makes
    /// of the answer's JSON and of whether an earlier request got it first.
    pub(super) fn send<T>(
        &self,
        shown: &str,
        outgoing: &Outgoing,
        each: Each,
        earlier: Option<&Earlier>,
        attempts: &Cell<u32>,
        read: impl Fn(&str, bool) -> Result<T>,
    ) -> Result<T> {
        if let Some(key) = &each.rate_key {
            self.may_call(key)?;
        }
        let is_write = outgoing.verb != Verb::Get;
        let now = self.unix_seconds();
        let began = key_age::first_try(each.first_try_at, each.idempotency_key.as_deref(), now)?;
        let key = match (earlier, each.idempotency_key) {
            (Some(earlier), _) => Some(earlier.idempotency_key.clone()),
            (None, Some(key)) => {
                idempotency::check_key(&key)?;
                Some(key)
            }
            (None, None) if is_write => Some(idempotency::random_key()?),
            (None, None) => None,
        };
        let first_try = earlier.map_or(began, |e| e.first_try);
        let run = AssertUnwindSafe(|| {
            if is_write && earlier.is_none() && !key_age::is_known(first_try, now) {
                return Err(key_age::forgotten());
            }
            let ran = self.run(shown, outgoing, key.as_deref(), earlier.is_some(), attempts);
            let (body, replayed) = ran?;
            read(&body, replayed).map_err(|error| unusable(error, &body, is_write))
        });
        // A defect of kessai ends the call as unknown, never as failed.
        let result = catch_unwind(run).unwrap_or_else(|_| Err(Error::of_a_defect()));
        result.map_err(|error| {
            let error = error.without(&self.credentials().secrets());
            let error = error.without(&outgoing.secrets());
            let Some(key) = key.filter(|_| is_write) else {
                return error;
            };
            let error = error.with_idempotency_key(&key);
            // What was executed, and then told so that nobody can read it, is to be
            // found as well.
            let is_told = error.code() != Code::IpayBadAnswer;
            if error.outcome() != Outcome::Unknown && is_told {
                return error;
            }
            let handle = Handle::of(self, outgoing, &key, first_try);
            error.with_resume(handle.and_then(|handle| handle.seal(self)))
        })
    }

    fn run(
        &self,
        shown: &str,
        outgoing: &Outgoing,
        key: Option<&str>,
        resumed: bool,
        attempts: &Cell<u32>,
    ) -> Result<(String, bool)> {
        let clock = &self.shared.clock;
        let address = self.shared.base.below(&outgoing.path)?;
        let deadline = clock.monotonic().saturating_add(micros(self.timeout));
        let is_write = outgoing.verb != Verb::Get;
        let mut tries = Tries::new(deadline, self.shared.options.max_retries, is_write);
        if resumed {
            tries = tries.resumed();
        }
        let mut refused = None;
        let headers: Vec<_> = key.iter().map(|key| ("idempotency-key", *key)).collect();
        loop {
            if interrupt::requested() {
                return Err(tries.ended(interrupt::error(tries.outcome())));
            }
            let now = clock.monotonic();
            let (reply, token) = match self.authorization(refused, deadline) {
                Err(error) if error.code() == Code::Interrupted => {
                    return Err(tries.ended(error));
                }
                // Without credentials nothing was sent; what kept them may pass.
                Err(error) if error.is_retryable() => (Reply::NotSent(error), None),
                Err(error) => (Reply::Refused(error), None),
                Ok((header, number)) => {
                    let within = tries.patience(clock.monotonic());
                    let request = Request {
                        verb: outgoing.verb,
                        address: &address,
                        headers: &headers,
                        credentials: &[("authorization", header.expose())],
                        content_type: "application/json",
                        body: &outgoing.body,
                        is_write,
                        within: Duration::from_micros(within.max(1)),
                    };
                    let reply = answer::read(self.shared.network.exchange(&request));
                    let reply = masked(reply, header.expose(), &outgoing.secrets());
                    self.tell(shown, attempts, now, &reply);
                    (reply, number)
                }
            };
            let reply = match reply {
                // Only a token can be had anew.
                Reply::Unauthorized(error) if !self.can_renew() => Reply::Refused(error),
                reply => reply,
            };
            if interrupt::requested() && matches!(reply, Reply::Lost(_) | Reply::NotSent(_)) {
                let _ = tries.after(reply, deadline, &mut SystemChance);
                return Err(tries.ended(interrupt::error(tries.outcome())));
            }
            match tries.after(reply, clock.monotonic(), &mut SystemChance) {
                Next::End(result) => return result,
                Next::Renew => refused = token,
                Next::Again(wait) => clock.sleep(wait),
            }
        }
    }

    fn may_call(&self, key: &str) -> Result<()> {
        let Some(rate) = &self.shared.rate else {
            return Err(Error::input(
                "rate_key",
                "rate_key counts nothing without the client's option rate_limit",
            ));
        };
        let now = self.shared.clock.monotonic();
        let rate = rate.get();
        let mut rate = rate.1.lock().unwrap_or_else(PoisonError::into_inner);
        rate.take(key, now).map_err(|wait| {
            let why = "more calls for one rate_key than the client's rate_limit allows, so \
                       nothing was sent";
            Error::new(Code::IpayOwnRateLimit, Outcome::NotDone, why)
                .with_retry_after(Some(rate::span(wait)))
        })
    }

    fn tell(&self, shown: &str, attempts: &Cell<u32>, began: Micros, reply: &Reply) {
        attempts.set(attempts.get().saturating_add(1));
        if !self.hook().is_set() {
            return;
        }
        let now = self.shared.clock.monotonic();
        let event = Event {
            attempt: attempts.get(),
            duration: Duration::from_micros(now.saturating_sub(began)),
            ..Event::new(EventName::Request, shown, Outcome::Done)
        };
        match (reply.error(), reply) {
            (None, Reply::Answer { status, .. }) => self.hook().tell(&Event {
                http_status: Some(*status),
                ..event
            }),
            (None, _) => {}
            (Some(error), _) => {
                let error = error.clone().without(&self.credentials().secrets());
                self.hook().tell(&event.with_error(&error));
            }
        }
    }
}

/// An answer that was read and cannot be used. One that names what it made says that
/// it was executed; any other JSON could be anybody's, as a page of a proxy's.
fn unusable(error: Error, body: &str, is_write: bool) -> Error {
    if !is_write {
        return error.of_a_read();
    }
    let id = Members::parse(body).ok();
    let id = id.and_then(|members| members.get("id").and_then(json::text));
    match id {
        Some(id) if id.starts_with("pay_") => error.with_decline(None, Some(one_line(&id))),
        Some(_) => error,
        None => decide::unknown(error.with_outcome(Outcome::Unknown)),
    }
}

/// Without what a service that echoes its requests would put into its message.
fn masked(reply: Reply, header: &str, secrets: &[&str]) -> Reply {
    let token = header.split_once(' ').map_or(header, |(_, token)| token);
    reply.map_error(|error| error.without(&[token]).without(secrets))
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("base", &self.shared.base)
            .field("credentials", &self.shared.credentials)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
