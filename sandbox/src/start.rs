//! From options to a listening sandbox.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde_json::json;
use tokio::net::TcpListener;

use crate::courier::{self, AllowedHosts};
use crate::domain::draw::Draw;
use crate::http::{routes, server};
use crate::hub::Hub;
use crate::log::Log;
use crate::snapshot::Snapshot;
use crate::world::World;

/// How to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen: loopback only.
    pub listen: SocketAddr,
    /// Makes ids, keys and addresses the same at every start.
    pub seed: Option<u64>,
    /// Whether to log on standard error.
    pub log: bool,
    /// Hosts besides loopback that webhooks may go to.
    pub allow_delivery_to: Vec<String>,
    /// Where the state is kept: read at the start, written by [`Hub::save`].
    pub data: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            seed: None,
            log: false,
            allow_delivery_to: Vec::new(),
            data: None,
        }
    }
}

/// Why the sandbox did not start.
#[derive(Debug)]
pub enum StartError {
    /// The address is beyond loopback.
    NotLoopback(SocketAddr),
    /// The address could not be listened on.
    Listen(SocketAddr, std::io::Error),
    /// The system gave no randomness, or the first key could not be made.
    State(String),
    /// The file with the state cannot be used.
    Data(PathBuf, String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(address) => write!(
                f,
                "refusing to listen on {address}: the sandbox speaks plain HTTP and hands out \
                 control of itself, so it listens on loopback only (127.0.0.1 or [::1])"
            ),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Data(file, reason) => {
                write!(f, "cannot use the state in {}: {reason}", file.display())
            }
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
    line: String,
}

impl Sandbox {
    /// Takes the address and makes a fresh account.
    ///
    /// # Errors
    /// When the address is beyond loopback or cannot be had.
    pub async fn bind(options: Options) -> Result<Self, StartError> {
        let wanted = options.listen;
        if !wanted.ip().is_loopback() {
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
        let url = format!("http://{address}");
        let mut world = World::new(draw, url.clone()).map_err(StartError::State)?;
        if let Some(file) = &options.data {
            let wrong = |reason| StartError::Data(file.clone(), reason);
            if let Some(snapshot) = Snapshot::load(file).map_err(wrong)? {
                world.restore(snapshot);
            }
        }
        let key = world.keys.first();
        let line = json!({
            "url": url,
            "zaif": {
                "endpoint": format!("{url}/ecapi"),
                "key": key.map(|key| &key.key),
                "secret": key.map(|key| &key.secret),
            },
        });
        Ok(Self {
            listener,
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

    /// The state, also for after [`Self::serve`] has ended.
    #[must_use]
    pub fn hub(&self) -> Hub {
        self.hub.clone()
    }

    /// Answers, delivers and keeps time until it is dropped.
    pub async fn serve(self) {
        let router = routes::router(self.hub.clone());
        let courier = courier::run(self.hub.clone(), self.allowed);
        tokio::join!(courier, server::run(self.listener, router, self.hub));
    }
}
