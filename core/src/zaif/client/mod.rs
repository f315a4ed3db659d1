//! The client: what it is made of. What it does stands in one file a kind of
//! call.

mod call;
mod cancel;
mod confirm;
mod create;
mod read;
mod resume;

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::credentials::Credentials;
use super::decide::{Limits, Machine};
use super::drive::Drive;
use super::key::KeyState;
use super::options::{ClientBuilder, Options};
use crate::error::{Error, Outcome, Result};
use crate::hook::{Event, EventName, Hook};
use crate::option::check_timeout;
use crate::secret::Secret;
use crate::transport::{Address, Network, Transport};
use crate::world::{Clock, SystemClock, micros};

/// Calls Zaif Payment with one API key.
///
/// Cheap to clone, safe to share between threads, and safe after a fork: a
/// child makes its own connections. Every method blocks until its result is
/// known or its time limit has passed.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    options: Options,
    form_base: String,
    credentials: Credentials,
    key: Arc<KeyState>,
    clock: Arc<dyn Clock>,
    network: Arc<dyn Network>,
}

impl Client {
    /// Begins to build a client for an API key and its secret.
    pub fn builder(key: impl Into<Secret>, secret: impl Into<Secret>) -> ClientBuilder {
        ClientBuilder::new(key.into(), secret.into())
    }

    pub(super) fn assemble(options: Options, credentials: Credentials) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let key = KeyState::of(
            options.endpoint.to_string(),
            credentials.fingerprint.clone(),
            &options.nonces,
            &*clock,
        );
        Self(Arc::new(Inner {
            form_base: options.form_base(),
            network: Arc::new(Transport::new(options.window, options.route.clone())),
            options,
            credentials,
            key,
            clock,
        }))
    }

    /// The same client with another time limit: connections, nonces and turns
    /// stay shared.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) when it is not above
    /// nothing and at most an hour.
    pub fn with_timeout(&self, timeout: Duration) -> Result<Self> {
        let timeout = check_timeout(timeout)?;
        let inner = &self.0;
        Ok(Self(Arc::new(Inner {
            options: Options {
                timeout,
                ..inner.options.clone()
            },
            form_base: inner.form_base.clone(),
            credentials: inner.credentials.clone(),
            key: Arc::clone(&inner.key),
            clock: Arc::clone(&inner.clock),
            network: Arc::clone(&inner.network),
        })))
    }

    /// Where the API is.
    #[must_use]
    pub fn endpoint(&self) -> &Address {
        &self.0.options.endpoint
    }

    /// How long a call may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        self.0.options.timeout
    }

    fn limits(&self) -> Limits {
        let options = &self.0.options;
        Limits::new(
            self.0.clock.monotonic(),
            micros(options.timeout),
            options.max_retries,
        )
    }

    fn drive<'a>(
        &'a self,
        attempts: &'a Cell<u32>,
        method: &'a str,
        parameters: &'a [(&'a str, String)],
    ) -> Drive<'a> {
        let inner = &*self.0;
        Drive {
            network: &*inner.network,
            clock: &*inner.clock,
            endpoint: &inner.options.endpoint,
            credentials: &inner.credentials,
            key: &inner.key,
            window: inner.options.window,
            trust_clock: inner.options.trust_clock,
            hook: &inner.options.hook,
            turn: None,
            order: "",
            method,
            parameters,
            last_create: None,
            has_written: false,
            anonymous: false,
            attempts,
            not_sent: None,
        }
    }

    /// Who is told of calls.
    pub(super) fn told(&self) -> &Hook {
        &self.0.options.hook
    }

    /// Makes a call and tells the hook how it ended, before the caller learns.
    fn observed<T>(
        &self,
        method: &'static str,
        call: impl FnOnce(&Cell<u32>) -> Result<T>,
    ) -> Result<T> {
        let attempts = Cell::new(0);
        let hook = &self.0.options.hook;
        if !hook.is_set() {
            return call(&attempts);
        }
        let began = self.0.clock.monotonic();
        let result = call(&attempts);
        let event = Event {
            attempt: attempts.get(),
            duration: Duration::from_micros(self.0.clock.monotonic().saturating_sub(began)),
            ..Event::new(EventName::Call, method, Outcome::Done)
        };
        match &result {
            Ok(_) => hook.tell(&event),
            Err(error) => hook.tell(&event.with_error(error)),
        }
        result
    }
}

impl Drive<'_> {
    /// Runs the machine; a defect of kessai ends the call as unknown, never as
    /// failed and never as an abort.
    fn guarded<M: Machine>(&mut self, machine: &mut M) -> Result<M::Output> {
        catch_unwind(AssertUnwindSafe(|| self.run(machine))).unwrap_or_else(|_| Err(defect()))
    }
}

fn defect() -> Error {
    Error::of_a_defect()
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.0.options.endpoint)
            .field("timeout", &self.0.options.timeout)
            .finish_non_exhaustive()
    }
}
