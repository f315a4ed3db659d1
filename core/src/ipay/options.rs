//! The options of a client, under the same names in every language.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::client::{Client, PublishableClient};
use super::credentials::{Credentials, Mode};
use super::engine::Engine;
use crate::argument::Arg;
use crate::error::{Code, Error, Outcome, Result};
use crate::hook::{Event, Hook};
use crate::option::{self, check_timeout, options, word};
use crate::secret::Secret;
use crate::transport::{Address, Route};

/// The settings, checked as they are set.
#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) base_url: Option<Address>,
    pub(super) mode: Option<Mode>,
    pub(super) token_url: Option<Address>,
    pub(super) timeout: Duration,
    pub(super) max_retries: u32,
    pub(super) rate_limit: Option<u32>,
    pub(super) hook: Hook,
    pub(super) route: Route,
}

/// Builds a client: every option with its default, checked when it is built.
///
/// ```
/// use std::time::Duration;
/// use kessai::ipay::Client;
/// let client = Client::builder("test_key", "secret_key")
///     .base_url("http://127.0.0.1:4000/api")
///     .timeout(Duration::from_secs(30))
///     .build()?;
/// # Ok::<(), kessai::Error>(())
/// ```
pub struct ClientBuilder<C = Client> {
    who: Who,
    given: Vec<(&'static str, Arg)>,
    hook: Hook,
    builds: PhantomData<fn() -> C>,
}

/// Credentials before they are checked.
pub(super) enum Who {
    Basic(Secret, Secret),
    OAuth(Secret, Secret),
    Token(Secret),
    Source(Arc<crate::service::TokenSource>),
    Publishable(Secret),
}

options! {
    for ClientBuilder<C>, C;
    /// Whether payments are real: `live` (the default) or `sandbox`. A key of the
    /// other kind is refused before anything is sent.
    mode: Text(impl Into<String>), |o, text| {
        o.mode = Some(word("mode", &text, &[("live", Mode::Live), ("sandbox", Mode::Sandbox)])?);
        Ok(())
    };
    /// Where the API is, where it is neither `https://api.ipay.com/api` nor
    /// `https://sandbox.ipay.com/api`. Plain http is for loopback addresses only;
    /// elsewhere than on loopback the `mode` must be said.
    base_url: Text(impl Into<String>), |o, text| {
        if text.contains('?') {
            return Err(Error::input("base_url", "base_url must not have a query"));
        }
        o.base_url = Some(Address::named("base_url", &text)?);
        Ok(())
    };
    /// Where tokens are fetched with client credentials: `/oauth/token` below the
    /// base address unless told otherwise. The form is **Usual** (RFC 6749).
    token_url: Text(impl Into<String>), |o, text| {
        o.token_url = Some(Address::named("token_url", &text)?);
        Ok(())
    };
    /// How long a call may take, everything included: name lookup, repeats, waits.
    /// 15 s by default.
    timeout: Span(Duration), |o, span| {
        o.timeout = check_timeout(span)?;
        Ok(())
    };
    /// How often one call is repeated where repeating is safe: 5 by default; 0
    /// repeats nothing. Every repeat has the same idempotency key.
    max_retries: Int(u32), |o, count| {
        o.max_retries = Some(count).filter(|c| *c <= 100)
            .ok_or_else(|| Error::input("max_retries", "max_retries must be 0 to 100"))?;
        Ok(())
    };
    /// How many calls a minute may be made for one `rate_key`, such as the payer.
    /// No limit by default; calls without a `rate_key` are not counted.
    rate_limit: Int(u32), |o, count| {
        o.rate_limit = Some(Some(count).filter(|c| (1..=100_000).contains(c))
            .ok_or_else(|| Error::input("rate_limit", "rate_limit must be 1 to 100000"))?);
        Ok(())
    };
    /// A proxy to reach the service through: `http://user:password@host:port`.
    /// None by default: the environment's is not used.
    proxy: Text(impl Into<String>), |o, text| o.route.through(&text);
    /// A PEM file with the certificates to trust instead of the bundled roots.
    /// There is no switch that turns checking off.
    ca_file: Text(impl Into<String>), |o, text| o.route.under(&text);
}

impl<C> ClientBuilder<C> {
    pub(super) fn new(who: Who) -> Self {
        Self {
            who,
            given: Vec::new(),
            hook: Hook::default(),
            builds: PhantomData,
        }
    }

    /// Tells this function of every request and every call: for logs and metrics.
    /// It is called on the thread of the call, so it should be quick, and make no
    /// call of its own: one could wait for the other. A panic of it is caught. No
    /// event holds a credential.
    #[must_use]
    pub fn on_event(mut self, listener: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.hook = Hook::new(listener);
        self
    }

    /// Sets an option by its name, as bindings do.
    ///
    /// # Errors
    ///
    /// [`Code::InputUnknown`] when there is no such option.
    pub fn set(mut self, name: &str, value: Arg) -> Result<Self> {
        let name = option::named(Self::OPTIONS, name)?;
        self.given.push((name, value));
        Ok(self)
    }

    fn engine(self) -> Result<Engine> {
        let mut options = Options {
            base_url: None,
            mode: None,
            token_url: None,
            timeout: Duration::from_secs(15),
            max_retries: 5,
            rate_limit: None,
            hook: self.hook,
            route: Route::default(),
        };
        for (name, value) in self.given {
            options.set(name, value)?;
        }
        let credentials = match self.who {
            Who::Basic(key, secret) => Credentials::basic(key, secret)?,
            Who::OAuth(id, secret) => Credentials::oauth(id, secret)?,
            Who::Token(token) => Credentials::token(token)?,
            Who::Source(source) => Credentials::Source(source),
            Who::Publishable(key) => Credentials::publishable(key)?,
        };
        if options.mode.is_none() && options.base_url.is_none() && credentials.tell_no_mode() {
            return Err(Error::input(
                "mode",
                "mode must be live or sandbox: these credentials do not tell it",
            ));
        }
        let (base, mode) = options.place()?;
        let fetches = options.token_url.as_ref().and_then(Mode::of);
        if fetches.is_some_and(|known| known != mode) {
            let why = "token_url is for live payments, or base_url is, but not both";
            return Err(Error::input("token_url", why));
        }
        credentials.fits(mode)?;
        Engine::new(options, base, credentials)
    }
}

impl ClientBuilder<Client> {
    /// Checks every option and builds the client. Sends nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming the option.
    pub fn build(self) -> Result<Client> {
        self.engine().map(Client::of)
    }

    /// A builder from the environment: `IPAY_API_KEY` and `IPAY_API_SECRET`, and
    /// where they are set `IPAY_SANDBOX` and `IPAY_BASE_URL`. Options set afterwards
    /// prevail.
    ///
    /// # Errors
    ///
    /// [`Code::InputMissing`], naming the variable; [`Code::InputInvalid`] for an
    /// `IPAY_SANDBOX` of `0`, `false`, `no` or `off`, which the guide's own code
    /// takes for the sandbox.
    pub fn from_env() -> Result<Self> {
        let who = Who::Basic(needed("IPAY_API_KEY")?, needed("IPAY_API_SECRET")?);
        Self::new(who).of_env()
    }
}

impl ClientBuilder<PublishableClient> {
    /// Checks every option and builds the client. Sends nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming the option.
    pub fn build(self) -> Result<PublishableClient> {
        self.engine().map(PublishableClient::of)
    }

    /// A builder from the environment: `IPAY_PUBLISHABLE_KEY`, and where they are
    /// set `IPAY_SANDBOX` and `IPAY_BASE_URL`.
    ///
    /// # Errors
    ///
    /// As those of the other client.
    pub fn from_env() -> Result<Self> {
        Self::new(Who::Publishable(needed("IPAY_PUBLISHABLE_KEY")?)).of_env()
    }
}

impl<C> ClientBuilder<C> {
    /// Where to, as the environment has it.
    fn of_env(mut self) -> Result<Self> {
        if std::env::var_os("IPAY_SANDBOX").is_some_and(|value| value.to_str().is_none()) {
            return Err(Error::input("IPAY_SANDBOX", "IPAY_SANDBOX is no text"));
        }
        if let Some(word) = variable("IPAY_SANDBOX") {
            let off = ["0", "false", "no", "off"];
            if off.iter().any(|off| word.trim().eq_ignore_ascii_case(off)) {
                return Err(Error::input(
                    "IPAY_SANDBOX",
                    "IPAY_SANDBOX is set, and any value means the sandbox: unset it for live \
                     payments, or set it to 1",
                ));
            }
            self = self.mode("sandbox");
        }
        if let Some(base) = variable("IPAY_BASE_URL") {
            self = self.base_url(base);
        }
        Ok(self)
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn needed(name: &str) -> Result<Secret> {
    variable(name).map(Secret::from).ok_or_else(|| {
        Error::new(
            Code::InputMissing,
            Outcome::NotDone,
            format!("the environment variable {name} is not set"),
        )
        .with_param(name)
    })
}

impl Options {
    /// The base address, and whether payments there are real.
    fn place(&self) -> Result<(Address, Mode)> {
        let Some(base) = &self.base_url else {
            let mode = self.mode.unwrap_or(Mode::Live);
            return Ok((mode.address().parse()?, mode));
        };
        match (Mode::of(base), self.mode) {
            (Some(known), Some(said)) if known != said => Err(Error::input(
                "mode",
                "mode says otherwise than base_url does: leave it out",
            )),
            (Some(mode), _) | (None, Some(mode)) => Ok((base.clone(), mode)),
            (None, None) => Err(Error::input(
                "mode",
                "mode must be live or sandbox where base_url is an address of your own",
            )),
        }
    }
}

/// Which options were given; what was given may be a password.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given: Vec<_> = self.given.iter().map(|(name, _)| *name).collect();
        f.debug_struct("ClientBuilder")
            .field("given", &given)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_option_is_named() {
        let text = |t: &str| Arg::Text(t.to_owned());
        for (name, value) in [
            ("base_url", text("http://api.ipay.com/api")),
            ("base_url", text("https://x.example/api?x=1")),
            ("token_url", text("ftp://x/")),
            ("mode", text("test")),
            ("timeout", Arg::Span(Duration::ZERO)),
            ("max_retries", Arg::Int(101)),
            ("rate_limit", Arg::Int(0)),
        ] {
            let built = Client::builder("live_k", "s")
                .set(name, value)
                .unwrap()
                .build();
            assert_eq!(built.unwrap_err().param(), Some(name));
        }
        let unknown = Client::builder("live_k", "s").set("colour", text("red"));
        assert_eq!(unknown.unwrap_err().code(), Code::InputUnknown);
    }

    #[test]
    fn address_and_mode_agree() {
        let param = |b: ClientBuilder| b.build().err().and_then(|e| e.param().map(str::to_owned));
        let live = || Client::builder("live_k", "s");
        let test = || Client::builder("test_k", "s");
        assert_eq!(param(live()), None);
        assert_eq!(param(test().mode("sandbox")), None);
        assert_eq!(param(test().base_url("http://127.0.0.1:1/api")), None);
        assert_eq!(
            param(test().base_url("https://x.example/api").mode("sandbox")),
            None
        );
        assert_eq!(param(test()).as_deref(), Some("key"));
        assert_eq!(param(live().mode("sandbox")).as_deref(), Some("key"));
        assert_eq!(
            param(live().base_url("http://127.0.0.1:1/api")).as_deref(),
            Some("key")
        );
        assert_eq!(
            param(live().base_url("https://x.example/api")).as_deref(),
            Some("mode")
        );
        let other = test().base_url("https://sandbox.ipay.com/api").mode("live");
        assert_eq!(param(other).as_deref(), Some("mode"));
    }
}
