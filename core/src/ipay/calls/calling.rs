//! A call that is put together, and made.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::super::engine::{Each, Engine};
use super::super::gives::Gives;
use super::super::request::Endpoint;
use crate::argument::{Arg, ArgInfo, Args, Takes};
use crate::doc::Doc;
use crate::error::Result;
use crate::exchange::{self, Names};
use crate::model::Value;
use crate::option::check_timeout;
use crate::transport::Verb;

/// What every call can be given besides what it is about.
pub(in super::super) const EACH: &[ArgInfo] = &[
    ArgInfo {
        name: "idempotency_key",
        doc: Doc::of(
            "The key that makes repeats of this call one call: a random one unless given. The \
              service answers a second call with the same key as it answered the first. \
              `order_key` makes one of an order.",
        ),
        takes: Takes::Text,
        required: false,
    },
    ArgInfo {
        name: "first_try_at",
        doc: Doc::of(
            "When the shop first used this `idempotency_key`, in Unix seconds, as its books say. \
             23 hours later the service may have forgotten the key, so nothing is sent any more: \
             the outcome is unknown, and the handle of the error finds out. Unless given, it is \
             now.",
        ),
        takes: Takes::Int,
        required: false,
    },
    ArgInfo {
        name: "allow_paths",
        doc: Doc::of(
            "Where in the body something may stand that looks like a card's number, such as \
              `metadata.serial`.",
        ),
        takes: Takes::Texts,
        required: false,
    },
    ArgInfo {
        name: "rate_key",
        doc: Doc::of(
            "Whom the call counts for, such as the payer, where the client has a `rate_limit`.",
        ),
        takes: Takes::Text,
        required: false,
    },
];

/// A call that is put together.
pub(super) struct Calling<'c, G> {
    engine: &'c Engine,
    endpoint: &'static Endpoint,
    given: Vec<(String, Arg)>,
    pub(super) each: Each,
    pub(super) timeout: Option<Duration>,
    gives: PhantomData<fn() -> G>,
}

/// Which arguments were given; what they say may be anybody's.
impl<G> fmt::Debug for Calling<'_, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given: Vec<_> = self.given.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Calling")
            .field("call", &self.endpoint.shown)
            .field("given", &given)
            .finish_non_exhaustive()
    }
}

impl<G> Clone for Calling<'_, G> {
    fn clone(&self) -> Self {
        Self {
            engine: self.engine,
            endpoint: self.endpoint,
            given: self.given.clone(),
            each: self.each.clone(),
            timeout: self.timeout,
            gives: PhantomData,
        }
    }
}

impl<'c, G: Gives> Calling<'c, G> {
    pub(super) fn new(engine: &'c Engine, endpoint: &'static Endpoint) -> Self {
        Self {
            engine,
            endpoint,
            given: Vec::new(),
            each: Each::default(),
            timeout: None,
            gives: PhantomData,
        }
    }

    pub(super) fn put(&mut self, name: &str, value: Arg) {
        self.given.retain(|(n, _)| n != name);
        self.given.push((name.to_owned(), value));
    }

    pub(super) fn send(self) -> Result<G> {
        let limited;
        let engine = match self.timeout {
            None => self.engine,
            Some(timeout) => {
                limited = self.engine.with_timeout(check_timeout(timeout)?);
                &limited
            }
        };
        call(engine, self.endpoint, &self.given, self.each)
    }
}

/// Makes a call of the table.
pub(super) fn call<G: Gives>(
    engine: &Engine,
    endpoint: &'static Endpoint,
    given: &[(String, Arg)],
    each: Each,
) -> Result<G> {
    engine.observed(endpoint.name, |attempts| {
        run(engine, endpoint, given, each, attempts)
    })
}

/// The same as part of another call, which is what the hook is told of.
pub(in super::super) fn run<G: Gives>(
    engine: &Engine,
    endpoint: &'static Endpoint,
    given: &[(String, Arg)],
    each: Each,
    attempts: &Cell<u32>,
) -> Result<G> {
    let after = given.iter().find_map(|(name, value)| match value {
        Arg::Text(id) if name == "starting_after" => Some(id.clone()),
        _ => None,
    });
    let outgoing = endpoint.request(given, &each.allow_paths)?;
    let each = match after {
        None => each,
        // Another page is another request.
        Some(_) => Each {
            idempotency_key: None,
            first_try_at: None,
            ..each
        },
    };
    let read = |body: &str, replayed| match (endpoint.verb, body, given.first()) {
        // Gone without a word.
        (Verb::Delete, "null", Some((_, Arg::Text(id)))) => {
            G::read(&gone(id), replayed, after.as_deref())
        }
        _ => G::read(body, replayed, after.as_deref()),
    };
    engine.send(endpoint.shown, &outgoing, each, None, attempts, read)
}

/// What is left of an object that was deleted.
fn gone(id: &str) -> String {
    let fields = [("id", Value::Text(id)), ("deleted", Value::Bool(true))];
    exchange::object(fields, Names::Snake)
}

/// What every call can be given, taken from the rest.
pub(in super::super) fn take_each(args: &mut Args) -> Result<Each> {
    Ok(Each {
        idempotency_key: args.text_or_none("idempotency_key")?,
        first_try_at: match args.take("first_try_at") {
            None => None,
            Some(at) => Some(at.whole("first_try_at")?),
        },
        allow_paths: match args.take("allow_paths") {
            None => Vec::new(),
            Some(paths) => paths.texts("allow_paths")?,
        },
        rate_key: args.text_or_none("rate_key")?,
    })
}
