//! Looks host names up once in a while instead of on every call.
//!
//! The HTTP library asks the resolver for each request, also on a pooled
//! connection, and with any time limit starts a thread for it: several times
//! the cost of the call itself. Built on `ureq::unversioned`.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::patient::apart;

/// How long an answer of the name service is believed.
const FRESH: Duration = Duration::from_secs(30);

/// A resolver that remembers the last name it looked up.
#[derive(Default, Clone)]
pub(super) struct Lookup {
    system: Arc<DefaultResolver>,
    last: Arc<Mutex<Option<Found>>>,
}

/// Where a name led, and when.
type Found = (Uri, Instant, ResolvedSocketAddrs);

impl Lookup {
    /// What is remembered leads nowhere any more.
    pub(super) fn forget(&self) {
        if let Ok(mut last) = self.last.lock() {
            *last = None;
        }
    }

    fn remembered(&self, uri: &Uri) -> Option<ResolvedSocketAddrs> {
        let last = self.last.lock().ok()?;
        let (of, at, addresses) = last.as_ref()?;
        let same = of.authority() == uri.authority() && of.scheme() == uri.scheme();
        (same && at.elapsed() < FRESH).then(|| addresses.clone())
    }
}

impl Resolver for Lookup {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        if let Some(addresses) = self.remembered(uri) {
            return Ok(addresses);
        }
        let addresses = if is_literal(uri) {
            // Needs no thread that could be given up on.
            self.system.resolve(uri, config, NextTimeout::default())
        } else {
            let (system, uri, config) = (Arc::clone(&self.system), uri.clone(), config.clone());
            apart(move || system.resolve(&uri, &config, timeout))
        }
        .map_err(|error| match error {
            ureq::Error::Timeout(_) => error,
            _ => ureq::Error::HostNotFound,
        })?;
        if let Ok(mut last) = self.last.lock() {
            *last = Some((uri.clone(), Instant::now(), addresses.clone()));
        }
        Ok(addresses)
    }
}

fn is_literal(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or("");
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>()
        .is_ok()
}

impl fmt::Debug for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lookup")
    }
}
