//! Calling a method of the table by its name, as bindings do: at once, or on a
//! thread of a pool.

use std::time::Duration;

use super::client::Client;
use super::methods::{AN_HOUR, Limit, TIMEOUT};
use super::options::check_timeout;
use super::returned::{Returned, Returns};
use crate::argument::{Args, Takes};
use crate::call::{Call, Work};
use crate::error::{Code, Error, Outcome, Result};
use crate::pool::Pool;

/// What is left of a time limit that waiting for a thread has used up.
const LEAST: Duration = Duration::from_millis(1);

impl Client {
    /// Calls a method of the table by its name, as bindings do.
    ///
    /// # Errors
    ///
    /// [`Code::InputUnknown`] for a method or an argument that there is not;
    /// otherwise whatever the method brings.
    #[doc(hidden)]
    pub fn invoke(&self, method: &str, args: Args) -> Result<Returned> {
        self.invoke_after(Duration::ZERO, method, args)
    }

    /// What an argument of a method takes; `None` where there is no such
    /// argument.
    #[doc(hidden)]
    #[must_use]
    pub fn takes(method: &str, name: &str) -> Option<Takes> {
        let info = Self::METHODS.iter().find(|info| info.name == method)?;
        let mut args = info.arguments().into_iter();
        args.find(|arg| arg.name == name).map(|arg| arg.takes)
    }

    /// Makes a call on a thread of the pool: see [`Call`].
    #[doc(hidden)]
    pub fn start(
        &self,
        pool: &Pool,
        method: &str,
        args: Args,
        ended: impl FnOnce(&Call<Returned>) + Send + 'static,
    ) -> Call<Returned> {
        let patience = self.patience(method, &args);
        let (client, name) = (self.clone(), method.to_owned());
        let (untold, unnamed) = (self.clone(), method.to_owned());
        let handle = match Self::untouched(method) {
            Outcome::Unknown => args.text_of("handle").map(str::to_owned),
            _ => None,
        };
        let work = Work {
            run: Box::new(move |waited| client.invoke_after(waited, &name, args)),
            never: Box::new(move |error| {
                let error = error.with_outcome(Self::untouched(&unnamed));
                let error = error.with_resume(handle);
                untold.was_never_made(&unnamed, &error);
                error
            }),
        };
        Call::start(pool, patience, work, ended)
    }

    /// What is known after a call that was never made. One that finds out what
    /// became of another has not found it out.
    #[doc(hidden)]
    #[must_use]
    pub fn untouched(method: &str) -> Outcome {
        let info = Self::METHODS.iter().find(|info| info.name == method);
        match info.map(|info| info.returns) {
            Some(Returns::Resumed) => Outcome::Unknown,
            _ => Outcome::NotDone,
        }
    }

    /// What a call of a client ends with that was closed before.
    #[doc(hidden)]
    #[must_use]
    pub fn closed(method: &str) -> Error {
        Error::of_a_closed_client().with_outcome(Self::untouched(method))
    }

    /// How long a call that has to wait for a thread may do so.
    fn patience(&self, method: &str, args: &Args) -> Duration {
        let info = Self::METHODS.iter().find(|info| info.name == method);
        let own = info.and_then(|info| info.own_limit);
        let (usual, most) = own.map_or((self.timeout(), AN_HOUR), |(usual, most)| {
            (usual(self), most)
        });
        // One that no call may have is refused on the thread, and soon.
        args.span(TIMEOUT)
            .filter(|timeout| !timeout.is_zero() && *timeout <= most)
            .unwrap_or(usual)
    }

    /// Tells the hook of a call that ended before any thread took it.
    fn was_never_made(&self, method: &str, error: &Error) {
        if let Some(info) = Self::METHODS.iter().find(|info| info.name == method) {
            self.tell_of(info.name, error);
        }
    }

    /// The same after it has waited for a thread: its time limit counts from
    /// when it was made.
    fn invoke_after(&self, waited: Duration, method: &str, mut args: Args) -> Result<Returned> {
        #[cfg(feature = "panic-on-purpose")]
        #[expect(
            clippy::panic,
            reason = "what the boundaries of the bindings are tested with"
        )]
        if method == "panic_on_purpose" {
            panic!("on purpose");
        }
        let info = Self::METHODS
            .iter()
            .find(|info| info.name == method)
            .ok_or_else(|| {
                Error::new(
                    Code::InputUnknown,
                    Outcome::NotDone,
                    format!("there is no method {method}"),
                )
                .with_param("method")
            })?;
        let given = match info.limit {
            Limit::Own => {
                args.shorten(TIMEOUT, waited, LEAST);
                None
            }
            Limit::Clients => args.span_or_none(TIMEOUT)?,
        };
        let own = info.limit == Limit::Own;
        let limited = if given.is_none() && (waited.is_zero() || own) {
            None
        } else {
            let limit = check_timeout(given.unwrap_or_else(|| self.timeout()))?;
            Some(self.with_timeout(limit.saturating_sub(waited).max(LEAST))?)
        };
        let own = |name: &str| info.args.iter().any(|arg| arg.name == name);
        if !info.takes_order {
            args.only(method, |name| own(name) || name == TIMEOUT)?;
        }
        (info.run)(limited.as_ref().unwrap_or(self), &mut args)
    }
}
