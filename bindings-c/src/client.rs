//! The client, and what every call of it goes through.

use std::sync::atomic::Ordering;

use kessai::argument::{Arg, Args};
use kessai::exchange::{self, Names};
use kessai::interrupt::interruptible;
use kessai::returned::Detail;
use kessai::returned::Returned;
use kessai::service::AnyClient;
use kessai::zaif::{Client, ClientBuilder};
use kessai::{Error, Result};

use crate::boundary::{Out, Utf8, needed};
use crate::cancel::Flag;
use crate::error;
use crate::given::{Given, ZaifCallOptions, ZaifOptions, ZaifOrder};
use crate::guard;
use crate::text::Text;

/// Calls Zaif Payment with one API key.
///
/// Threads may share it freely, and it survives a `fork`: a child makes its own
/// connections. Every call blocks until its result is known or its time limit has
/// passed, or until it is canceled.
#[derive(Debug)]
pub struct ZaifClient(AnyClient);

fn build(mut builder: ClientBuilder, options: Option<&ZaifOptions>) -> Result<ZaifClient> {
    if let Some(options) = options {
        for (name, value) in options.given.read()? {
            builder = builder.set(name, value)?;
        }
        if let Some(listener) = options.listener.clone() {
            builder = builder.on_event(move |event| listener.tell(event));
        }
    }
    builder.build().map(AnyClient::zaif).map(ZaifClient)
}

/// Build a client. Every option is checked, nothing is sent. `options` may be
/// NULL. Free it with `kessai_zaif_client_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_new(
    key: Utf8<'_>,
    secret: Utf8<'_>,
    options: Option<&ZaifOptions>,
    client: Out<'_, *mut ZaifClient>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = client.needed("client")?;
        let builder = Client::builder(key.needed("key")?, secret.needed("secret")?);
        place.give(build(builder, options)?);
        Ok(())
    })
}

/// Build a client from the environment: `ZAIF_API_KEY` and `ZAIF_API_SECRET`,
/// and where they are set `ZAIF_ENDPOINT` and `KESSAI_NONCES`. Options given here
/// prevail; they may be NULL. Free it with `kessai_zaif_client_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_from_env(
    options: Option<&ZaifOptions>,
    client: Out<'_, *mut ZaifClient>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = client.needed("client")?;
        place.give(build(ClientBuilder::from_env()?, options)?);
        Ok(())
    })
}

/// Free a client, once no call of it is under way. NULL is allowed. What it gave
/// lives on.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_free(client: Option<Box<ZaifClient>>) {
    guard::get((), || drop(client));
}

/// Make any call of this header by its name, such as `"create_invoice"`, with
/// its arguments and what it gives as JSON.
///
/// The arguments are one JSON object, under the names of the parameters and
/// setters here, with an order's among them; NULL stands for none. Spans of time
/// are whole milliseconds, with names that lack `_ms`. Amounts may be numbers or
/// texts, and are taken as they are spelled. In what it gives, exact amounts are
/// texts, yen and times are numbers. `options` may be NULL, and prevail.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_call_json(
    client: Option<&ZaifClient>,
    method: Utf8<'_>,
    arguments: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    json: Out<'_, *mut Text>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = json.needed("json")?;
        let method = method.needed("method")?;
        let mut call = Call::new(client, method, options)?;
        if let Some(arguments) = arguments.read("arguments")? {
            let given =
                exchange::arguments(arguments, |name| call.client.info().takes(method, name))?;
            call.add(given);
        }
        let returned = call.make()?;
        place.give(returned.to_json(Names::Snake, Detail::Raw).into());
        Ok(())
    })
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
        client: Option<&'a ZaifClient>,
        method: &'a str,
        options: Option<&ZaifCallOptions>,
    ) -> Result<Self> {
        let mut call = Self {
            client: &needed(client, "client")?.0,
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
                    let mut own = info.args.iter().filter(|arg| !arg.required);
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
        let told = Given::of(tell)?;
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
