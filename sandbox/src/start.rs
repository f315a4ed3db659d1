//! From options to a listening sandbox.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use tokio::net::TcpListener;

use crate::courier::{self, AllowedHosts};
use crate::domain::draw::Draw;
use crate::http::guard::Guard;
use crate::http::{routes, server};
use crate::hub::Hub;
use crate::log::Log;
use crate::snapshot::Snapshot;
use crate::tls::Tls;
use crate::world::World;

/// How to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen: loopback only, unless with `tls`.
    pub listen: SocketAddr,
    /// Makes ids, keys and addresses the same at every start.
    pub seed: Option<u64>,
    /// Whether to log on standard error.
    pub log: bool,
    /// Hosts besides loopback that webhooks may go to.
    pub allow_delivery_to: Vec<String>,
    /// Where the state is kept: read at the start, written by [`Hub::save`].
    pub data: Option<PathBuf>,
    /// Whether to speak https, with a certificate authority made for this start.
    pub tls: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            seed: None,
            log: false,
            allow_delivery_to: Vec::new(),
            data: None,
            tls: false,
        }
    }
}

/// Why the sandbox did not start.
#[derive(Debug)]
pub enum StartError {
    /// The address is beyond loopback, and without TLS.
    NotLoopback(SocketAddr),
    /// The address could not be listened on.
    Listen(SocketAddr, std::io::Error),
    /// The system gave no randomness, or the first key could not be made.
    State(String),
    /// The certificates could not be made.
    Tls(String),
    /// The file with the state cannot be used.
    Data(PathBuf, String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(address) => write!(
                f,
                "refusing to listen on {address} in plain HTTP: beyond loopback (127.0.0.1 or \
                 [::1]) add --tls. Whoever reaches the sandbox controls it"
            ),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Data(file, reason) => {
                write!(f, "cannot use the state in {}: {reason}", file.display())
            }
            Self::Tls(reason) => write!(f, "cannot speak https: {reason}"),
            Self::State(reason) => write!(f, "cannot make a fresh state: {reason}"),
        }
    }
}

impl std::error::Error for StartError {}

/// A sandbox that listens but does not answer yet.
#[derive(Debug)]
pub struct Sandbox {
    listener: TcpListener,
    hub: Hub,
    allowed: AllowedHosts,
    tls: Option<Tls>,
    guard: Guard,
    url: String,
    line: String,
}

impl Sandbox {
    /// Takes the address and makes a fresh account.
    ///
    /// # Errors
    /// When the address is beyond loopback without TLS, or cannot be had.
    pub async fn bind(options: Options) -> Result<Self, StartError> {
        let wanted = options.listen;
        if !wanted.ip().is_loopback() && !options.tls {
            return Err(StartError::NotLoopback(wanted));
        }
        let listening = TcpListener::bind(wanted).await;
        let listener = listening.map_err(|error| StartError::Listen(wanted, error))?;
        let address = listener
            .local_addr()
            .map_err(|error| StartError::Listen(wanted, error))?;
        let draw = match options.seed {
            Some(number) => Draw::from_number(number),
            None => {
                let mut seed = [0; 32];
                getrandom::fill(&mut seed).map_err(|error| StartError::State(error.to_string()))?;
                Draw::new(seed)
            }
        };
        let tls = options
            .tls
            .then(|| Tls::make(wanted.ip(), options.data.as_deref()))
            .transpose()
            .map_err(StartError::Tls)?;
        let url = match &tls {
            None => format!("http://{address}"),
            // An address for every network names no machine; the certificate has this one.
            Some(_) if wanted.ip().is_unspecified() => {
                format!("https://localhost:{}", address.port())
            }
            Some(_) => format!("https://{address}"),
        };
        let mut world = World::new(draw, url.clone()).map_err(StartError::State)?;
        if let Some(file) = &options.data {
            let wrong = |reason| StartError::Data(file.clone(), reason);
            if let Some(snapshot) = Snapshot::load(file).map_err(wrong)? {
                world.restore(snapshot);
            }
        }
        world.ca_file = tls.as_ref().map(|tls| tls.ca_file.display().to_string());
        let line = world.introduction();
        Ok(Self {
            listener,
            guard: Guard {
                listen: wanted.ip(),
                encrypted: tls.is_some(),
            },
            tls,
            url,
            hub: Hub::new(world, Log::new(options.log), options.data),
            allowed: AllowedHosts::new(options.allow_delivery_to),
            line: line.to_string(),
        })
    }

    /// What a program that starts the sandbox reads: one line of JSON.
    #[must_use]
    pub fn start_line(&self) -> &str {
        &self.line
    }

    /// Where the dashboard is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whom a client has to trust, when the sandbox speaks https. The file lives as
    /// long as the sandbox, and beside the data for longer.
    #[must_use]
    pub fn ca_file(&self) -> Option<&Path> {
        Some(&self.tls.as_ref()?.ca_file)
    }

    /// The state, also for after [`Self::serve`] has ended.
    #[must_use]
    pub fn hub(&self) -> Hub {
        self.hub.clone()
    }

    /// Answers, delivers and keeps time until it is dropped.
    pub async fn serve(self) {
        let router = routes::router(self.hub.clone(), self.guard);
        // The authority's file is there for as long as anybody is served.
        let tls = self.tls;
        let acceptor = tls.as_ref().map(|tls| tls.acceptor.clone());
        let courier = courier::run(self.hub.clone(), self.allowed);
        tokio::join!(
            courier,
            server::run(self.listener, acceptor, router, self.hub)
        );
    }
}
