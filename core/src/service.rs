//! A client of either service as bindings see it: a table of methods, called
//! by name, at once or on a thread of a pool.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::argument::{Arg, ArgInfo, Args, Takes};
use crate::call::{Call, Work};
use crate::doc::Doc;
use crate::error::{Code, Error, ErrorKind, Outcome, Result};
use crate::hook::{Event, EventName, Hook};
use crate::interrupt;
use crate::method::{Limit, MethodInfo, TIMEOUT};
use crate::model::{Described, ModelInfo};
use crate::option::{OptionInfo, check_timeout};
use crate::pool::Pool;
use crate::returned::{Returned, Returns};
use crate::secret::Secret;
use crate::words::WordSet;
use crate::{ipay, zaif};

/// What is left of a time limit that waiting for a thread has used up.
const LEAST: Duration = Duration::from_millis(1);

/// The longest that a call may take.
pub(crate) const AN_HOUR: Duration = Duration::from_secs(3_600);

/// One class of clients: what bindings and the generator need to know.
#[derive(Debug)]
pub struct ClientInfo {
    /// The module it belongs to: `zaif` or `ipay`.
    pub module: &'static str,
    /// Its name there: `Client`, or what tells it from that.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub doc: Doc,
    /// What it needs to be told to speak for somebody.
    pub credentials: &'static [ArgInfo],
    /// The environment variables that it can be built from: those it needs, and
    /// those it reads where they are set.
    pub env: (&'static [&'static str], &'static [&'static str]),
    /// Whether a function may supply its tokens.
    pub takes_token_source: bool,
    /// Its options.
    pub options: &'static [OptionInfo],
    /// Its methods.
    pub methods: &'static [MethodInfo],
    /// Builds one.
    pub build: fn(Given) -> Result<AnyClient>,
}

impl ClientInfo {
    /// A method by its name.
    #[must_use]
    pub fn method(&self, name: &str) -> Option<&'static MethodInfo> {
        self.methods.iter().find(|info| info.name == name)
    }

    /// What an argument of a method takes; `None` where there is no such
    /// argument.
    #[must_use]
    pub fn takes(&self, method: &str, name: &str) -> Option<Takes> {
        let mut args = self.method(method)?.arguments().into_iter();
        args.find(|arg| arg.name == name).map(|arg| arg.takes)
    }

    /// What an option or a credential takes; `None` where there is none of
    /// this name.
    #[must_use]
    pub fn option_takes(&self, name: &str) -> Option<Takes> {
        let credential = self.credentials.iter().find(|arg| arg.name == name);
        let option = self.options.iter().find(|option| option.name == name);
        credential
            .map(|arg| arg.takes)
            .or(option.map(|option| option.takes))
    }

    /// What is known after a call that was never made. One that finds out what
    /// became of another has not found it out.
    #[must_use]
    pub fn untouched(&self, method: &str) -> Outcome {
        match self.method(method) {
            Some(info) if info.finds_out() => Outcome::Unknown,
            _ => Outcome::NotDone,
        }
    }

    /// What a call ends with whose arguments were refused: what it was to find out is
    /// as unknown as before, and `handle` as good.
    #[must_use]
    pub fn refused(&self, method: &str, handle: Option<String>, error: Error) -> Error {
        let says_too_much = error.kind() == ErrorKind::Input && error.outcome() == Outcome::NotDone;
        match self.untouched(method) {
            Outcome::Unknown if says_too_much => {
                error.with_outcome(Outcome::Unknown).with_resume(handle)
            }
            _ => error,
        }
    }

    /// What a call of a client ends with that was closed before.
    #[must_use]
    pub fn closed(&self, method: &str) -> Error {
        Error::of_a_closed_client().with_outcome(self.untouched(method))
    }
}

impl MethodInfo {
    /// Whether it finds out what became of another call.
    #[must_use]
    pub fn finds_out(&self) -> bool {
        matches!(self.returns, Returns::Resumed(_))
            || self.name.starts_with("resume_") && {
                // One that gives a handle finds nothing out.
                self.args.iter().any(|arg| arg.name == HANDLE)
            }
    }
}

/// The argument of a call that finds out what became of another.
const HANDLE: &str = "handle";

/// What a client is built of.
#[derive(Default)]
pub struct Given {
    /// Whether credentials come from the environment.
    pub from_env: bool,
    /// Credentials and options by name.
    pub named: Vec<(String, Arg)>,
    /// Told of every request and every call.
    pub on_event: Option<Box<Listener>>,
    /// Supplies a token for each call.
    pub token_source: Option<Box<TokenSource>>,
}

/// See [`Given::on_event`].
pub type Listener = dyn Fn(&Event<'_>) + Send + Sync;

/// See [`Given::token_source`].
pub type TokenSource = dyn Fn(&Patience) -> Result<Secret> + Send + Sync;

/// How long a call may still wait for somebody else, on its own thread.
#[derive(Debug)]
pub struct Patience {
    until: Option<Instant>,
}

impl Patience {
    pub(crate) fn of(left: Duration) -> Self {
        Self {
            until: Instant::now().checked_add(left),
        }
    }

    /// Whether its time is up, or it was asked to end.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.until.is_some_and(|until| Instant::now() >= until) || interrupt::requested()
    }
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given")
            .field("from_env", &self.from_env)
            .finish_non_exhaustive()
    }
}

impl Given {
    /// Takes the credentials of these names. From the environment none is
    /// taken: what is given besides is refused.
    pub(crate) fn credentials<const N: usize>(
        &mut self,
        class: &str,
        names: [&str; N],
    ) -> Result<[Option<Secret>; N]> {
        let mut found = [const { None }; N];
        for (name, place) in names.iter().zip(&mut found) {
            if let Some(at) = self.named.iter().position(|(n, _)| n == name) {
                let (_, value) = self.named.swap_remove(at);
                if self.from_env {
                    return Err(Error::of_unknown_input(&format!("{class}.from_env"), name));
                }
                *place = Some(value.secret(name)?);
            }
        }
        Ok(found)
    }
}

/// A client that bindings call by the names of its methods.
pub(crate) trait Service: Clone + Send + Sync + 'static {
    /// Its class.
    const INFO: ClientInfo;

    /// How long a call may take.
    fn limit(&self) -> Duration;

    /// The limit of a method that has a rule of its own.
    fn own_limit(&self, method: &str) -> Duration;

    /// The same client with another limit.
    fn limited(&self, limit: Duration) -> Result<Self>;

    /// Where it calls.
    fn place(&self) -> String;

    /// Who is told.
    fn hook(&self) -> &Hook;

    /// Runs a row of the table.
    fn run(&self, info: &'static MethodInfo, args: &mut Args) -> Result<Returned>;
}

/// Any client, for bindings.
#[derive(Clone)]
pub struct AnyClient(Arc<dyn Erased>);

/// What a caller is told by, once a call on a thread is over.
type Ended = Box<dyn FnOnce(&Call<Returned>) + Send>;

trait Erased: Send + Sync {
    fn info(&self) -> &'static ClientInfo;
    fn describe(&self) -> String;
    fn invoke(&self, method: &str, args: Args) -> Result<Returned>;
    fn start(&self, pool: &Pool, method: &str, args: Args, ended: Ended) -> Call<Returned>;
}

impl<S: Service> Erased for S {
    fn info(&self) -> &'static ClientInfo {
        const { &S::INFO }
    }

    fn describe(&self) -> String {
        format!("{}, timeout {:?}", self.place(), self.limit())
    }

    fn invoke(&self, method: &str, args: Args) -> Result<Returned> {
        invoke_after(self, Duration::ZERO, method, args)
    }

    fn start(&self, pool: &Pool, method: &str, args: Args, ended: Ended) -> Call<Returned> {
        start(self, pool, method, args, ended)
    }
}

impl AnyClient {
    pub(crate) fn new(client: impl Service) -> Self {
        Self(Arc::new(client))
    }

    /// A client whose class the compiler knows.
    #[must_use]
    pub fn zaif(client: zaif::Client) -> Self {
        Self::new(client)
    }

    /// Its class.
    #[must_use]
    pub fn info(&self) -> &'static ClientInfo {
        self.0.info()
    }

    /// Where it calls, and with what patience.
    #[must_use]
    pub fn describe(&self) -> String {
        self.0.describe()
    }

    /// Calls a method of the table by its name.
    ///
    /// # Errors
    ///
    /// [`Code::InputUnknown`] for a method or an argument that there is not;
    /// otherwise whatever the method brings.
    pub fn invoke(&self, method: &str, args: Args) -> Result<Returned> {
        self.0.invoke(method, args)
    }

    /// Makes a call on a thread of the pool: see [`Call`].
    pub fn start(
        &self,
        pool: &Pool,
        method: &str,
        args: Args,
        ended: impl FnOnce(&Call<Returned>) + Send + 'static,
    ) -> Call<Returned> {
        self.0.start(pool, method, args, Box::new(ended))
    }
}

impl fmt::Debug for AnyClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AnyClient({})", self.describe())
    }
}

fn start<S: Service>(
    client: &S,
    pool: &Pool,
    method: &str,
    args: Args,
    ended: Ended,
) -> Call<Returned> {
    let patience = patience(client, method, &args);
    let untouched = client.info().untouched(method);
    let (client, name) = (client.clone(), method.to_owned());
    let untold = client.clone();
    let info = client.info().method(method);
    let handle = match untouched {
        Outcome::Unknown => args.text_of(HANDLE).map(str::to_owned),
        _ => None,
    };
    let work = Work {
        run: Box::new(move |waited| invoke_after(&client, waited, &name, args)),
        never: Box::new(move |error| {
            let error = error.with_outcome(untouched).with_resume(handle);
            if let Some(info) = info {
                let event = Event::new(EventName::Call, info.name, Outcome::NotDone);
                untold.hook().tell(&event.with_error(&error));
            }
            error
        }),
    };
    Call::start(pool, patience, work, ended)
}

/// How long a call that has to wait for a thread may do so.
fn patience<S: Service>(client: &S, method: &str, args: &Args) -> Duration {
    let (usual, most) = match client.info().method(method).map(|info| info.limit) {
        Some(Limit::Own(most)) => (client.own_limit(method), most),
        _ => (client.limit(), AN_HOUR),
    };
    // One that no call may have is refused on the thread, and soon.
    args.span(TIMEOUT)
        .filter(|timeout| !timeout.is_zero() && *timeout <= most)
        .unwrap_or(usual)
}

/// Calls a method that has waited for a thread: its time limit counts from when
/// it was made.
pub(crate) fn invoke_after<S: Service>(
    client: &S,
    waited: Duration,
    method: &str,
    args: Args,
) -> Result<Returned> {
    let info = client.info();
    let finds_out = info.untouched(method) == Outcome::Unknown;
    let handle = args.text_of(HANDLE).filter(|_| finds_out);
    let handle = handle.map(str::to_owned);
    invoked(client, waited, method, args).map_err(|error| info.refused(method, handle, error))
}

fn invoked<S: Service>(
    client: &S,
    waited: Duration,
    method: &str,
    mut args: Args,
) -> Result<Returned> {
    #[cfg(feature = "panic-on-purpose")]
    #[expect(
        clippy::panic,
        reason = "what the boundaries of the bindings are tested with"
    )]
    if method == "panic_on_purpose" {
        panic!("on purpose");
    }
    let Some(info) = client.info().method(method) else {
        return Err(Error::new(
            Code::InputUnknown,
            Outcome::NotDone,
            format!("there is no method {method}"),
        )
        .with_param("method"));
    };
    let own = matches!(info.limit, Limit::Own(_));
    let given = if own {
        args.shorten(TIMEOUT, waited, LEAST);
        None
    } else {
        args.span_or_none(TIMEOUT)?
    };
    let limited = if given.is_none() && (waited.is_zero() || own) {
        None
    } else {
        let limit = check_timeout(given.unwrap_or_else(|| client.limit()))?;
        Some(client.limited(limit.saturating_sub(waited).max(LEAST))?)
    };
    if !info.takes_order() {
        args.only(method, |name| info.has(name))?;
    }
    limited.as_ref().unwrap_or(client).run(info, &mut args)
}

/// Every class of clients.
pub const CLIENTS: &[&ClientInfo] = &[
    &<zaif::Client as Service>::INFO,
    &<ipay::Client as Service>::INFO,
    &<ipay::PublishableClient as Service>::INFO,
];

/// Every model.
pub const MODELS: &[&ModelInfo] = &[
    &<zaif::Invoice as Described>::INFO,
    &<ipay::Account as Described>::INFO,
    &<ipay::Payment as Described>::INFO,
    &<ipay::Refund as Described>::INFO,
    &<ipay::Customer as Described>::INFO,
    &<ipay::Card as Described>::INFO,
    &<ipay::PaymentMethod as Described>::INFO,
    &<ipay::Token as Described>::INFO,
    &<ipay::Subscription as Described>::INFO,
    &<ipay::Transaction as Described>::INFO,
    &<ipay::Event as Described>::INFO,
];

/// Every set of words, by the module that it belongs to.
pub const SETS: &[(&str, &[WordSet])] = &[("zaif", zaif::sets::SETS), ("ipay", ipay::sets::SETS)];
