//! The client: any method of the core's table, on a thread of the core's pool.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kessai::argument::{Arg, Args};
use kessai::call::Call;
use kessai::exchange::{self, Names};
use kessai::model::Value;
use kessai::naming::camel;
use kessai::pool::Pool;
use kessai::returned::Returned;
use kessai::returned::Detail;
use kessai::zaif::{Client, ClientBuilder};
use kessai::{Error, Event, EventName};
use napi::bindgen_prelude::{Function, Unknown};
use napi::threadsafe_function::UnknownReturnValue;
use napi::{Env, Result, ValueType};
use napi_derive::napi;

use crate::arguments::{arguments, each, object, one, unknown};
use crate::errors::{bad, facts, raise};
use crate::mailbox::{Kind, Letter, Mailbox};
use crate::rows::{options, row};

/// The core's half of `zaif.Client`.
#[napi]
#[derive(Debug)]
pub struct ZaifClient {
    /// None once it is closed.
    open: Mutex<Option<Client>>,
    pool: Pool,
    /// None once it is closed: the last call then closes the mailbox.
    mailbox: Mutex<Option<Arc<Mailbox>>>,
    /// The calls whose end JavaScript has not been told yet.
    calls: Mutex<HashMap<u32, Call<Returned>>>,
}

#[napi]
impl ZaifClient {
    /// Checks every option. `receive` is told of every call's end, and where
    /// `hears` is set of every event.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        given: Unknown<'_>,
        from_env: bool,
        hears: bool,
        receive: Function<'_, Letter, UnknownReturnValue>,
    ) -> Result<Self> {
        let mailbox = Arc::new(Mailbox::new(&receive)?);
        let settings = Settings::read(&given)?;
        let pool = Pool::of(settings.threads).map_err(|e| raise(&e))?;
        let mut builder = if from_env {
            for (name, given) in [("key", &settings.key), ("secret", &settings.secret)] {
                if given.is_some() {
                    return Err(unknown("zaif.Client.fromEnv", name));
                }
            }
            ClientBuilder::from_env().map_err(|e| raise(&e))?
        } else {
            let need = |name, given: Option<String>| {
                given.ok_or_else(|| raise(&Error::of_missing_input(name)))
            };
            let (key, secret) = (need("key", settings.key)?, need("secret", settings.secret)?);
            Client::builder(key, secret)
        };
        for (name, value) in settings.options {
            builder = builder.set(name, value).map_err(|e| raise(&e))?;
        }
        if hears {
            let mailbox = Arc::clone(&mailbox);
            builder = builder.on_event(move |event| mailbox.send(Kind::Event, 0, told(event)));
        }
        Ok(Self {
            open: Mutex::new(Some(builder.build().map_err(|e| raise(&e))?)),
            pool,
            mailbox: Mutex::new(Some(mailbox)),
            calls: Mutex::default(),
        })
    }

    /// Starts a call of any method.
    #[napi(catch_unwind)]
    pub fn start(
        &self,
        env: Env,
        id: u32,
        method: String,
        about: Unknown<'_>,
        options: Unknown<'_>,
    ) -> Result<()> {
        let open = (self.open().clone(), self.mailbox().clone());
        let (Some(client), Some(mailbox)) = open else {
            return Err(raise(&Client::closed(&method)));
        };
        let args = match row(&method) {
            Some(row) => arguments(&method, row, &about, &options)?,
            // The core says that there is no such method.
            None => Args::default(),
        };
        mailbox.stay(&env, true)?;
        let call = client.start(&self.pool, &method, args, move |call| match call.take() {
            Ok(Returned::Json(json)) => mailbox.send(Kind::Result, id, exchange::exact(&json)),
            Ok(result) => {
                let result = result.to_json(Names::Camel, Detail::Stored);
                mailbox.send(Kind::Result, id, result);
            }
            Err(error) => mailbox.send(Kind::Error, id, facts(&error)),
        });
        self.calls().insert(id, call);
        Ok(())
    }

    /// What is known after a call that was never made.
    #[napi(catch_unwind)]
    pub fn untouched(method: String) -> &'static str {
        Client::untouched(&method).as_str()
    }

    /// Asks a call to end.
    #[napi(catch_unwind)]
    pub fn cancel(&self, id: u32) {
        let call = self.calls().get(&id).cloned();
        if let Some(call) = call {
            call.cancel();
        }
    }

    /// Forgets a call whose end JavaScript was told. With the last one the
    /// process may end.
    #[napi(catch_unwind)]
    pub fn ended(&self, env: Env, id: u32) -> Result<()> {
        let mut calls = self.calls();
        calls.remove(&id);
        match self.mailbox().as_ref() {
            Some(mailbox) if calls.is_empty() => mailbox.stay(&env, false),
            _ => Ok(()),
        }
    }

    /// Drops the connections. What is under way goes on to its end.
    #[napi(catch_unwind)]
    pub fn close(&self) {
        let client = self.open().take();
        let mailbox = self.mailbox().take();
        drop((client, mailbox));
    }

    /// Where it calls, and with what patience; null once it is closed.
    #[napi(catch_unwind)]
    pub fn describe(&self) -> Option<String> {
        let open = self.open();
        open.as_ref()
            .map(|client| format!("{}, timeout {:?}", client.endpoint(), client.timeout()))
    }

    fn open(&self) -> MutexGuard<'_, Option<Client>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mailbox(&self) -> MutexGuard<'_, Option<Arc<Mailbox>>> {
        self.mailbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn calls(&self) -> MutexGuard<'_, HashMap<u32, Call<Returned>>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a client was given.
#[derive(Default)]
struct Settings {
    key: Option<String>,
    secret: Option<String>,
    threads: Option<i128>,
    options: Vec<(&'static str, Arg)>,
}

impl Settings {
    fn read(given: &Unknown<'_>) -> Result<Self> {
        let mut settings = Self::default();
        if let Some(given) = object("options", given)? {
            each(&given, |name, value| settings.take(&name, value))?;
        }
        Ok(settings)
    }

    fn take(&mut self, name: &str, value: &Unknown<'_>) -> Result<()> {
        let credential = |value: &Unknown<'_>| match one(name, value, None)? {
            None => Ok(None),
            Some(Arg::Text(text)) => Ok(Some(text)),
            Some(_) => Err(bad(name, "must be a string")),
        };
        match name {
            "key" => self.key = credential(value)?,
            "secret" => self.secret = credential(value)?,
            // `lib/client.js` calls it.
            "onEvent" => {}
            "threads" => {
                self.threads = one(name, value, None)?.map(|threads| match threads {
                    Arg::Int(threads) => threads,
                    // What is no whole number is no number of threads either.
                    _ => -1,
                });
            }
            _ => match options().iter().find(|option| option.here == name) {
                Some(option) => {
                    let value = one(name, value, Some(option.takes))?;
                    self.options.extend(value.map(|value| (option.core, value)));
                }
                None if value.get_type()? == ValueType::Undefined => {}
                None => return Err(unknown("zaif.Client", name)),
            },
        }
        Ok(())
    }
}

/// An event as JSON; kessai's own methods are spelled as in Node.
fn told(event: &Event<'_>) -> String {
    let method = camel(event.method);
    let fields = event.fields().into_iter();
    let fields = fields.map(|(name, value)| match (name, event.name) {
        ("method", EventName::Call) => (name, Value::Text(method.as_str())),
        _ => (name, value),
    });
    exchange::object(fields, Names::Camel)
}
