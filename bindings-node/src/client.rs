//! A client: any class of the core's table and any method of that, on a thread of
//! the core's pool.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kessai::argument::{Arg, Args};
use kessai::call::Call;
use kessai::exchange::{self, Names};
use kessai::model::Value;
use kessai::naming::camel;
use kessai::pool::Pool;
use kessai::returned::{Detail, Returned};
use kessai::service::{AnyClient, Given};
use kessai::{Error, Event, EventName};
use napi::bindgen_prelude::{Function, Unknown};
use napi::threadsafe_function::UnknownReturnValue;
use napi::{Env, Result, ValueType};
use napi_derive::napi;

use crate::arguments::{arguments, each, object, one, text, unknown};
use crate::errors::{facts_of_call, raise};
use crate::mailbox::{Kind, Letter, Mailbox};
use crate::rows::Class;
use crate::tokens::Tokens;

/// The core's half of every client.
#[napi]
pub struct Client {
    class: &'static Class,
    /// None once it is closed.
    open: Mutex<Option<AnyClient>>,
    pool: Pool,
    /// None once it is closed: the last call then closes the mailbox.
    mailbox: Mutex<Option<Arc<Mailbox>>>,
    /// The calls whose end JavaScript has not been told yet.
    calls: Mutex<HashMap<u32, Call<Returned>>>,
    /// The calls that wait for a token of JavaScript's.
    tokens: Arc<Tokens>,
}

#[napi]
impl Client {
    /// Checks every option. `receive` is told of every call's end, and where
    /// `hears` is set of every event, and where `supplies` is set whenever a token
    /// is wanted.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        module: String,
        name: String,
        given: Unknown<'_>,
        from_env: bool,
        hears: bool,
        supplies: bool,
        receive: Function<'_, Letter, UnknownReturnValue>,
    ) -> Result<Self> {
        let Some(class) = Class::find(&module, &name) else {
            return Err(raise(&Error::of_a_defect()));
        };
        let mailbox = Arc::new(Mailbox::new(&receive)?);
        let tokens = Arc::new(Tokens::default());
        let settings = Settings::read(class, from_env, &given)?;
        let pool = Pool::of(settings.threads).map_err(|e| raise(&e))?;
        let mut given = Given {
            from_env,
            named: settings.named,
            ..Given::default()
        };
        if hears {
            let mailbox = Arc::clone(&mailbox);
            given.on_event = Some(Box::new(move |event| {
                mailbox.send(Kind::Event, 0, told(event));
            }));
        }
        if supplies {
            let (mailbox, tokens) = (Arc::clone(&mailbox), Arc::clone(&tokens));
            given.token_source = Some(Box::new(move |patience| tokens.ask(&mailbox, patience)));
        }
        let client = (class.info.build)(given).map_err(|e| raise(&e))?;
        Ok(Self {
            class,
            open: Mutex::new(Some(client)),
            pool,
            mailbox: Mutex::new(Some(mailbox)),
            calls: Mutex::default(),
            tokens,
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
            return Err(raise(&self.class.info.closed(&method)));
        };
        let args = match self.class.row(&method) {
            Some(row) => arguments(&method, row, &about, &options)?,
            // The core says that there is no such method.
            None => Args::default(),
        };
        mailbox.stay(&env, true)?;
        let ended = move |call: &Call<Returned>| {
            let (kind, text) = match call.take() {
                Ok(Returned::Json(json)) => (Kind::Result, exchange::exact(&json)),
                Ok(result) => (Kind::Result, result.to_json(Names::Camel, Detail::Stored)),
                Err(error) => (Kind::Error, facts_of_call(&error)),
            };
            mailbox.send(kind, id, text);
        };
        let call = client.start(&self.pool, &method, args, ended);
        self.calls().insert(id, call);
        Ok(())
    }

    /// What is known after a call that was never made.
    #[napi(catch_unwind)]
    pub fn untouched(&self, method: String) -> &'static str {
        self.class.info.untouched(&method).as_str()
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

    /// Hands over the token that was asked for under this number.
    #[napi(catch_unwind)]
    pub fn token(&self, number: u32, token: Unknown<'_>) -> Result<()> {
        let token = text("token", &token)?;
        self.tokens.answer(number, Some(token));
        Ok(())
    }

    /// Says that there will be none; gives whether anybody still waited for it.
    #[napi(catch_unwind)]
    pub fn no_token(&self, number: u32) -> bool {
        self.tokens.answer(number, None)
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
        self.open().as_ref().map(AnyClient::describe)
    }

    fn open(&self) -> MutexGuard<'_, Option<AnyClient>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn calls(&self) -> MutexGuard<'_, HashMap<u32, Call<Returned>>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mailbox(&self) -> MutexGuard<'_, Option<Arc<Mailbox>>> {
        self.mailbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Client {
    /// Nobody is left to answer.
    fn drop(&mut self) {
        self.tokens.close();
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

/// What a client was given.
#[derive(Default)]
struct Settings {
    threads: Option<i128>,
    named: Vec<(String, Arg)>,
}

impl Settings {
    fn read(class: &Class, from_env: bool, given: &Unknown<'_>) -> Result<Self> {
        let mut settings = Self::default();
        if let Some(given) = object("options", given)? {
            each(&given, |name, value| {
                settings.take(class, from_env, &name, value)
            })?;
        }
        Ok(settings)
    }

    fn take(
        &mut self,
        class: &Class,
        from_env: bool,
        name: &str,
        value: &Unknown<'_>,
    ) -> Result<()> {
        let known = class.options.iter().find(|option| option.here == name);
        match name {
            // `lib/client.js` calls them.
            "onEvent" => {}
            "tokenSource" if class.info.takes_token_source => {}
            "threads" => {
                self.threads = one(name, value, None)?.map(|threads| match threads {
                    Arg::Int(threads) => threads,
                    // What is no whole number is no number of threads either.
                    _ => -1,
                });
            }
            _ => match known {
                Some(option) => {
                    if let Some(value) = one(name, value, Some(option.takes))? {
                        if from_env && class.is_credential(option.core) {
                            return Err(unknown(&format!("{}.from_env", class.name()), name));
                        }
                        self.named.push((option.core.to_owned(), value));
                    }
                }
                None if value.get_type()? == ValueType::Undefined => {}
                None => return Err(unknown(&class.name(), name)),
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
