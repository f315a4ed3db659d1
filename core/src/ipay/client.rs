//! The clients: the one of the shop's server, and the one that may see cards.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::engine::Engine;
use super::options::{ClientBuilder, Who};
use crate::error::Result;
use crate::option::check_timeout;
use crate::secret::Secret;
use crate::service::Patience;
use crate::transport::Address;

/// Calls iPay for one account: from the shop's server.
///
/// Cheap to clone, safe to share between threads, and safe after a fork: a child
/// makes its own connections. Every call blocks until its result is known or its
/// time limit has passed. Nothing in it takes a card's number: that goes from the
/// customer's page to `/tokens`, with the publishable key.
#[derive(Clone)]
pub struct Client(Engine);

impl Client {
    /// Begins to build a client for an API key and its secret.
    pub fn builder(key: impl Into<Secret>, secret: impl Into<Secret>) -> ClientBuilder {
        ClientBuilder::new(Who::Basic(key.into(), secret.into()))
    }

    /// Begins to build a client that fetches its tokens with client credentials
    /// (OAuth 2.0, RFC 6749). The guide names it; the form is **Usual**.
    pub fn with_client_credentials(
        client_id: impl Into<Secret>,
        client_secret: impl Into<Secret>,
    ) -> ClientBuilder {
        ClientBuilder::new(Who::OAuth(client_id.into(), client_secret.into()))
    }

    /// Begins to build a client with a bearer token, such as a JWT. The guide names
    /// it; the form is **Usual** (RFC 6750).
    pub fn with_token(token: impl Into<Secret>) -> ClientBuilder {
        ClientBuilder::new(Who::Token(token.into()))
    }

    /// Begins to build a client that asks for a bearer token for each request, and
    /// once more where the service does not accept one.
    pub fn with_token_source(
        source: impl Fn() -> Result<Secret> + Send + Sync + 'static,
    ) -> ClientBuilder {
        ClientBuilder::new(Who::Source(Arc::new(move |_: &Patience| source())))
    }

    pub(super) const fn of(engine: Engine) -> Self {
        Self(engine)
    }

    pub(super) const fn engine(&self) -> &Engine {
        &self.0
    }

    /// The same client with another time limit: connections and tokens stay shared.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) when it is not above nothing
    /// and at most an hour.
    pub fn with_timeout(&self, timeout: Duration) -> Result<Self> {
        Ok(Self(self.0.with_timeout(check_timeout(timeout)?)))
    }

    /// Where the API is.
    #[must_use]
    pub fn base_url(&self) -> &Address {
        self.0.base()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.0).finish()
    }
}

/// Makes tokens of cards with the publishable key, and can do nothing else.
///
/// For the customer's own device, such as a terminal or an app that runs there, and
/// for tests. Web pages do without it: they call `/tokens` themselves.
#[derive(Clone)]
pub struct PublishableClient(Engine);

impl PublishableClient {
    /// Begins to build a client for a publishable key.
    pub fn builder(publishable_key: impl Into<Secret>) -> ClientBuilder<Self> {
        ClientBuilder::new(Who::Publishable(publishable_key.into()))
    }

    pub(super) const fn of(engine: Engine) -> Self {
        Self(engine)
    }

    pub(super) const fn engine(&self) -> &Engine {
        &self.0
    }

    /// Where the API is.
    #[must_use]
    pub fn base_url(&self) -> &Address {
        self.0.base()
    }
}

impl fmt::Debug for PublishableClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PublishableClient").field(&self.0).finish()
    }
}
