//! What every client is built of, and what every call of one goes through.

use std::sync::atomic::Ordering;

use kessai::argument::{Arg, Args};
use kessai::exchange::{self, Names};
use kessai::interrupt::interruptible;
use kessai::returned::{Detail, Returned};
use kessai::service::{AnyClient, CLIENTS, Given as Parts};
use kessai::{Error, Result};

use crate::boundary::{Utf8, needed};
use crate::cancel::Flag;
use crate::given::{CallOptions, Given, Options, ZaifOrder};

/// Builds a client of a class, of what the function was told and of its options;
/// from the environment where that is where its credentials are.
pub(crate) fn build(
    module: &str,
    class: &str,
    from_env: bool,
    told: Vec<(&'static str, Arg)>,
    options: Option<&Options>,
) -> Result<AnyClient> {
    let mut all = CLIENTS.iter();
    let info = all.find(|info| info.module == module && info.name == class);
    let info = info.ok_or_else(Error::of_a_defect)?;
    let mut parts = Parts {
        from_env,
        ..Parts::default()
    };
    parts.named.extend(told.into_iter().map(owned));
    if let Some(options) = options {
        for (name, value) in options.given.read()? {
            if info.option_takes(name).is_none() {
                return Err(Error::of_unknown_input(info.name, name));
            }
            parts.named.push(owned((name, value)));
        }
        if let Some(listener) = options.listener.clone() {
            parts.on_event = Some(Box::new(move |event| listener.tell(event)));
        }
        if let Some(source) = options.token_source.clone() {
            if !info.takes_token_source {
                return Err(Error::of_unknown_input(info.name, "token_source"));
            }
            parts.token_source = Some(Box::new(move |_| source.token()));
        }
    }
    (info.build)(parts)
}

fn owned((name, value): (&'static str, Arg)) -> (String, Arg) {
    (name.to_owned(), value)
}

/// A call that is put together.
pub(crate) struct Call<'a> {
    client: &'a AnyClient,
    method: &'a str,
    given: Vec<(String, Arg)>,
    cancel: Option<Flag>,
}

impl<'a> Call<'a> {
    pub(crate) fn new(
        client: Option<&'a AnyClient>,
        method: &'a str,
        options: Option<&CallOptions>,
    ) -> Result<Self> {
        let client = needed(client, "client")?;
        let call = Self::with(client, method, options);
        call.map_err(|error| client.info().refused(method, None, error))
    }

    fn with(client: &'a AnyClient, method: &'a str, options: Option<&CallOptions>) -> Result<Self> {
        let mut call = Self {
            client,
            method,
            given: Vec::new(),
            cancel: None,
        };
        if let Some(options) = options {
            let given = options.given.read()?;
            // An order has names that another call has as an option.
            if let Some(info) = call.client.info().method(method) {
                // What it needs it is told as a parameter.
                let is_own = |name| {
                    let mut own = info
                        .args
                        .iter()
                        .chain(info.each)
                        .filter(|arg| !arg.required);
                    own.any(|arg| arg.name == name)
                };
                let strange = given.iter().find(|(n, _)| *n != "timeout" && !is_own(*n));
                if let Some((name, _)) = strange {
                    return Err(Error::of_unknown_input(method, name));
                }
            }
            call.add(given);
            call.cancel.clone_from(&options.cancel);
        }
        Ok(call)
    }

    fn add(&mut self, given: impl IntoIterator<Item = (impl Into<String>, Arg)>) {
        for (name, value) in given {
            let name = name.into();
            if !self.given.iter().any(|(n, _)| *n == name) {
                self.given.push((name, value));
            }
        }
    }

    pub(crate) fn order(mut self, order: Option<&ZaifOrder>) -> Result<Self> {
        self.add(needed(order, "order")?.0.read()?);
        Ok(self)
    }

    /// What the function itself was told; what is needed and was not, the core misses.
    pub(crate) fn told(mut self, tell: impl FnOnce(&mut Given)) -> Result<Self> {
        let told = Given::of(tell);
        let told = told.map_err(|error| self.client.info().refused(self.method, None, error))?;
        self.given
            .retain(|(n, _)| !told.iter().any(|(t, _)| t == n));
        self.add(told);
        Ok(self)
    }

    pub(crate) fn make(self) -> Result<Returned> {
        let (client, method, args) = (self.client, self.method, Args::new(self.given));
        match self.cancel {
            None => client.invoke(method, args),
            Some(flag) => interruptible(
                move || flag.load(Ordering::Relaxed),
                || client.invoke(method, args),
            ),
        }
    }
}

/// Makes any call by its name, with JSON in and out.
pub(crate) fn call_json(
    client: Option<&AnyClient>,
    method: Utf8<'_>,
    arguments: Utf8<'_>,
    options: Option<&CallOptions>,
) -> Result<String> {
    let method = method.needed("method")?;
    let mut call = Call::new(client, method, options)?;
    if let Some(arguments) = arguments.read("arguments")? {
        let info = call.client.info();
        let given = exchange::arguments(arguments, |name| info.takes(method, name))?;
        call.add(given);
    }
    let returned = call.make()?;
    Ok(returned.to_json(Names::Snake, Detail::Raw))
}
