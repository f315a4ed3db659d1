//! The client, and what every call of it goes through.

use std::sync::atomic::Ordering;

use kessai::argument::{Arg, Args};
use kessai::exchange::{self, Names};
use kessai::interrupt::interruptible;
use kessai::zaif::methods::Returned;
use kessai::zaif::returned::Detail;
use kessai::zaif::{Client, ClientBuilder, Invoice, Resumed};
use kessai::{Error, Result};

use crate::boundary::{Out, Utf8, needed};
use crate::cancel::Flag;
use crate::error;
use crate::given::{ZaifCallOptions, ZaifOptions, ZaifOrder, map};
use crate::guard;
use crate::hint::ZaifHint;
use crate::text::{Map, Text, Texts};

/// Calls Zaif Payment with one API key.
///
/// Threads may share it freely, and it survives a `fork`: a child makes its own
/// connections. Every call blocks until its result is known or its time limit has
/// passed, or until it is canceled.
#[derive(Debug)]
pub struct ZaifClient(Client);

fn build(mut builder: ClientBuilder, options: Option<&ZaifOptions>) -> Result<ZaifClient> {
    if let Some(options) = options {
        for (name, value) in options.given.read()? {
            builder = builder.set(name, value)?;
        }
        if let Some(listener) = options.listener.clone() {
            builder = builder.on_event(move |event| listener.tell(event));
        }
    }
    builder.build().map(ZaifClient)
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
            let given = exchange::arguments(arguments, |name| Client::takes(method, name))?;
            call.add(given);
        }
        let returned = call.make()?;
        place.give(returned.to_json(Names::Snake, Detail::Raw).into());
        Ok(())
    })
}

/// A call that is put together.
pub(crate) struct Call<'a> {
    client: &'a Client,
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
            if let Some(info) = Client::METHODS.iter().find(|info| info.name == method) {
                let is_own = |name| info.args.iter().any(|arg| arg.name == name);
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

    /// A text; where it is needed, the core misses it.
    pub(crate) fn text(mut self, name: &str, text: Utf8<'_>) -> Result<Self> {
        let text = text.read(name)?;
        self.add(text.map(|text| (name, Arg::Text(text.to_owned()))));
        Ok(self)
    }

    pub(crate) fn whole(mut self, name: &str, whole: i64) -> Self {
        self.add([(name, Arg::Int(whole.into()))]);
        self
    }

    pub(crate) fn map(mut self, name: &str, json: Utf8<'_>) -> Result<Self> {
        if let Some(json) = json.read(name)? {
            self.add([(name, map(name, json)?)]);
        }
        Ok(self)
    }

    pub(crate) fn hint(mut self, name: &str, hint: Option<&ZaifHint>) -> Self {
        self.add(hint.map(|hint| (name, Arg::Text(hint.to_string()))));
        self
    }

    fn make(self) -> Result<Returned> {
        let (client, method, args) = (self.client, self.method, Args::new(self.given));
        match self.cancel {
            None => client.invoke(method, args),
            Some(flag) => interruptible(
                move || flag.load(Ordering::Relaxed),
                || client.invoke(method, args),
            ),
        }
    }

    pub(crate) fn invoice(self) -> Result<Invoice> {
        match self.make()? {
            Returned::Invoice(invoice) => Ok(*invoice),
            _ => Err(Error::of_a_defect()),
        }
    }

    pub(crate) fn invoices(self) -> Result<Vec<Invoice>> {
        match self.make()? {
            Returned::Invoices(invoices) => Ok(invoices),
            _ => Err(Error::of_a_defect()),
        }
    }

    pub(crate) fn resumed(self) -> Result<Resumed> {
        match self.make()? {
            Returned::Resumed(resumed) => Ok(resumed),
            _ => Err(Error::of_a_defect()),
        }
    }

    pub(crate) fn texts(self) -> Result<Texts> {
        match self.make()? {
            Returned::Texts(texts) => Ok(texts.into()),
            _ => Err(Error::of_a_defect()),
        }
    }

    pub(crate) fn named(self) -> Result<Map> {
        match self.make()? {
            Returned::Map(map) => Ok(map.into()),
            _ => Err(Error::of_a_defect()),
        }
    }

    /// Text, or JSON.
    pub(crate) fn written(self) -> Result<Text> {
        match self.make()? {
            Returned::Text(text) | Returned::Json(text) => Ok(text.into()),
            _ => Err(Error::of_a_defect()),
        }
    }
}
