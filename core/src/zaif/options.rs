//! The options of a client, under the same names in every language.

use std::fmt;
use std::time::Duration;

use super::client::Client;
use super::credentials::{Credentials, CredentialsIn, Digest};
use super::decide::OnRejection;
use super::key::NoncesIn;
use crate::argument::Arg;
use crate::error::{Code, Error, Outcome, Result};
use crate::hook::{Event, Hook};
use crate::option::{self, check_timeout, options, word};
use crate::secret::Secret;
use crate::transport::{Address, Route};

/// The documented endpoint.
pub const ENDPOINT: &str = "https://api.zaif.jp/ecapi";

/// Where the documented payment pages live.
pub const FORM_BASE: &str = "https://zaif.jp";

/// The settings, checked as they are set.
#[derive(Debug, Clone)]
pub(super) struct Options {
    pub(super) endpoint: Address,
    pub(super) form_base: Option<Address>,
    pub(super) credentials_in: CredentialsIn,
    pub(super) digest: Digest,
    pub(super) nonces: NoncesIn,
    pub(super) timeout: Duration,
    pub(super) settle: Duration,
    pub(super) on_rejection: OnRejection,
    pub(super) max_retries: u32,
    pub(super) window: usize,
    pub(super) trust_clock: bool,
    pub(super) allow_any_order_number: bool,
    pub(super) hook: Hook,
    pub(super) route: Route,
}

/// Builds a [`Client`]: every option with its default, checked when it is
/// built.
///
/// ```
/// use std::time::Duration;
/// use kessai::zaif::Client;
/// let client = Client::builder("sandbox_key", "sandbox_secret")
///     .endpoint("http://127.0.0.1:4000/ecapi")
///     .timeout(Duration::from_secs(90))
///     .build()?;
/// # Ok::<(), kessai::Error>(())
/// ```
pub struct ClientBuilder {
    key: Secret,
    secret: Secret,
    given: Vec<(&'static str, Arg)>,
    hook: Hook,
}

options! {
    for ClientBuilder;
    /// Where the API is: `https://api.zaif.jp/ecapi` by default. Plain http is
    /// for loopback addresses only.
    endpoint: Text(impl Into<String>), |o, text| {
        o.endpoint = Address::named("endpoint", &text)?;
        Ok(())
    };
    /// Where the payment pages are, for invoices whose answer does not tell
    /// it: `https://zaif.jp`, or the endpoint's own origin where that is on
    /// loopback.
    form_base: Text(impl Into<String>), |o, text| {
        o.form_base = Some(Address::named("form_base", &text)?);
        Ok(())
    };
    /// Where the credentials go: `both` (the default), `headers` or `body`.
    credentials_in: Text(impl Into<String>), |o, text| {
        o.credentials_in = word("credentials_in", &text, &[
            ("both", CredentialsIn::Both),
            ("headers", CredentialsIn::Headers),
            ("body", CredentialsIn::Body),
        ])?;
        Ok(())
    };
    /// Which digest of the secret is sent: `sha1` (the default) or `md5`.
    digest: Text(impl Into<String>), |o, text| {
        o.digest = word("digest", &text, &[("sha1", Digest::Sha1), ("md5", Digest::Md5)])?;
        Ok(())
    };
    /// Where nonces are kept: `clock` (the default) for one process, or `file:`
    /// and an absolute path for several processes of one host.
    nonces: Text(impl Into<String>), |o, text| { o.nonces = text.parse()?; Ok(()) };
    /// How long a call may take, everything included: name lookup, repeats,
    /// waits. 15 s by default; give calls that must settle a lost answer 90 s.
    timeout: Span(Duration), |o, span| {
        o.timeout = check_timeout(span)?;
        Ok(())
    };
    /// How long the service is given to show a create whose answer was lost:
    /// 30 s by default. Nothing is doubled while it needs no longer.
    settle: Span(Duration), |o, span| {
        if span > Duration::from_secs(600) {
            return Err(Error::input("settle", "settle must be at most 600 s"));
        }
        o.settle = span;
        Ok(())
    };
    /// What a rejected nonce means for a create: `look` (the default) looks
    /// once before creating again, `settle` also waits for `settle`. Where there
    /// is nothing to look up (no order number, a generic call) `look` believes
    /// the rejection and `settle` reports the outcome as unknown.
    on_rejection: Text(impl Into<String>), |o, text| {
        o.on_rejection = word("on_rejection", &text, &[
            ("look", OnRejection::Look),
            ("settle", OnRejection::Settle),
        ])?;
        Ok(())
    };
    /// How often one request of a call is repeated where repeating is safe: 20
    /// by default; 0 repeats nothing.
    max_retries: Int(u32), |o, count| {
        o.max_retries = Some(count).filter(|c| *c <= 100)
            .ok_or_else(|| Error::input("max_retries", "max_retries must be 0 to 100"))?;
        Ok(())
    };
    /// How many requests of this process may be on their way at once with one
    /// API key: 4 by default. More overtake one another more often.
    window: Int(u32), |o, count| {
        o.window = usize::try_from(count).ok().filter(|c| (1..=256).contains(c))
            .ok_or_else(|| Error::input("window", "window must be 1 to 256"))?;
        Ok(())
    };
    /// A proxy to reach the service through: `http://user:password@host:port`.
    /// None by default: the environment's is not used.
    proxy: Text(impl Into<String>), |o, text| o.route.through(&text);
    /// A PEM file with the certificates to trust instead of the bundled roots.
    /// There is no switch that turns checking off.
    ca_file: Text(impl Into<String>), |o, text| o.route.under(&text);
    /// Spares the question for the service's time that comes before the first
    /// nonce of a process. Off by default: a nonce from a clock that is an hour
    /// ahead locks every other user of the key out for an hour.
    trust_clock: Bool(bool), |o, yes| { o.trust_clock = yes; Ok(()) };
    /// Allows order numbers beyond 1 to 64 of `[A-Za-z0-9._-]`. Off by
    /// default: how the service treats others is not documented.
    allow_any_order_number: Bool(bool), |o, yes| { o.allow_any_order_number = yes; Ok(()) };
}

impl ClientBuilder {
    pub(super) fn new(key: Secret, secret: Secret) -> Self {
        Self {
            key,
            secret,
            given: Vec::new(),
            hook: Hook::default(),
        }
    }

    /// Tells this function of every request and every call, and of a clock that
    /// is wrong: for logs and metrics. It is called on the thread of the call,
    /// so it should be quick, and make no call of its own: one could wait for the
    /// other. A panic of it is caught. No event holds a credential.
    ///
    /// ```
    /// # use kessai::zaif::Client;
    /// let client = Client::builder("sandbox_key", "sandbox_secret")
    ///     .on_event(|event| println!("{} {} {:?}", event.method, event.outcome, event.duration))
    ///     .build()?;
    /// # Ok::<(), kessai::Error>(())
    /// ```
    #[must_use]
    pub fn on_event(mut self, listener: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.hook = Hook::new(listener);
        self
    }

    /// A builder from the environment: `ZAIF_API_KEY` and `ZAIF_API_SECRET`, and
    /// where they are set `ZAIF_ENDPOINT` and `KESSAI_NONCES`. Options set
    /// afterwards prevail.
    ///
    /// # Errors
    ///
    /// [`Code::InputMissing`], naming the variable.
    pub fn from_env() -> Result<Self> {
        let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let needed = |name: &str| {
            read(name).map(Secret::from).ok_or_else(|| {
                Error::new(
                    Code::InputMissing,
                    Outcome::NotDone,
                    format!("the environment variable {name} is not set"),
                )
                .with_param(name)
            })
        };
        let mut builder = Self::new(needed("ZAIF_API_KEY")?, needed("ZAIF_API_SECRET")?);
        for (name, option) in [("ZAIF_ENDPOINT", "endpoint"), ("KESSAI_NONCES", "nonces")] {
            if let Some(value) = read(name) {
                builder = builder.set(option, Arg::Text(value))?;
            }
        }
        Ok(builder)
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

    /// Checks every option and builds the client. Sends nothing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming the option.
    pub fn build(self) -> Result<Client> {
        let options = self.options()?;
        let (digest, place) = (options.digest, options.credentials_in);
        let credentials = Credentials::new(self.key, &self.secret, digest, place)?;
        Ok(Client::assemble(options, credentials))
    }

    fn options(&self) -> Result<Options> {
        let mut options = Options {
            endpoint: ENDPOINT.parse()?,
            form_base: None,
            credentials_in: CredentialsIn::default(),
            digest: Digest::default(),
            nonces: NoncesIn::Clock,
            timeout: Duration::from_secs(15),
            settle: Duration::from_secs(30),
            on_rejection: OnRejection::default(),
            max_retries: 20,
            window: 4,
            trust_clock: false,
            allow_any_order_number: false,
            hook: self.hook.clone(),
            route: Route::default(),
        };
        for (name, value) in &self.given {
            options.set(name, value.clone())?;
        }
        Ok(options)
    }
}

/// Which options were given; what was given may be a password.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given: Vec<_> = self.given.iter().map(|(name, _)| *name).collect();
        f.debug_struct("ClientBuilder")
            .field("given", &given)
            .finish_non_exhaustive()
    }
}

impl Options {
    /// Where the payment pages are.
    pub(super) fn form_base(&self) -> String {
        match &self.form_base {
            Some(base) => base.to_string().trim_end_matches('/').to_owned(),
            None if self.endpoint.is_loopback() => self.endpoint.origin(),
            None => FORM_BASE.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_option_is_named() {
        let text = |t: &str| Arg::Text(t.to_owned());
        for (name, value) in [
            ("endpoint", text("http://api.zaif.jp/")),
            ("form_base", text("ftp://x/")),
            ("credentials_in", text("cookie")),
            ("digest", text("sha256")),
            ("nonces", text("dice")),
            ("timeout", Arg::Span(Duration::ZERO)),
            ("timeout", text("3")),
            ("settle", Arg::Span(Duration::from_secs(601))),
            ("on_rejection", text("ignore")),
            ("max_retries", Arg::Int(101)),
            ("window", Arg::Int(0)),
            ("allow_any_order_number", text("yes")),
        ] {
            let built = Client::builder("k", "s").set(name, value).unwrap().build();
            assert_eq!(built.unwrap_err().param(), Some(name));
        }
        let unknown = Client::builder("k", "s").set("colour", text("red"));
        assert_eq!(unknown.unwrap_err().code(), Code::InputUnknown);
    }

    #[test]
    fn payment_pages_follow_the_endpoint() {
        let base = |b: ClientBuilder| b.options().unwrap().form_base();
        assert_eq!(base(Client::builder("k", "s")), "https://zaif.jp");
        let sandbox = Client::builder("k", "s").endpoint("http://127.0.0.1:4000/ecapi");
        assert_eq!(base(sandbox), "http://127.0.0.1:4000");
        let own = Client::builder("k", "s").form_base("https://pay.example/");
        assert_eq!(base(own), "https://pay.example");
    }
}
