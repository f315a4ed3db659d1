//! Connects and waits so that a caller who wants to stop need not wait along.
//!
//! The operating system's own waits end at the time limit only. So where
//! somebody could interrupt the call, names are looked up and connections made
//! on a thread that can be left behind, and answers are awaited in slices. Below
//! TLS, so that a handshake that hangs is no exception. Built on
//! `ureq::unversioned`.

use std::fmt;
use std::io;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Instant;

use ureq::Error;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::time::Duration;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, NextTimeout, TcpConnector, Transport,
};

use crate::interrupt;

/// What an interrupted wait ends with. Not `Interrupted`: the libraries in
/// between would try again.
fn interrupted() -> Error {
    Error::Io(io::ErrorKind::ConnectionAborted.into())
}

/// Does some work that ends by itself, on a thread that is left behind when the
/// call is to end.
pub(super) fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    if !interrupt::is_possible() {
        return work();
    }
    let (done, result) = channel();
    std::thread::Builder::new()
        .name("kessai connect".to_owned())
        .spawn(move || {
            // Nobody waits any more where this fails.
            let _ = done.send(work());
        })
        .map_err(Error::Io)?;
    loop {
        match result.recv_timeout(interrupt::SLICE) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Disconnected) => return Err(Error::ConnectionFailed),
            Err(RecvTimeoutError::Timeout) if interrupt::requested() => return Err(interrupted()),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Makes connections.
#[derive(Debug, Default)]
pub(super) struct PatientTcp;

impl<In: Transport> Connector<In> for PatientTcp {
    type Out = Patient<<TcpConnector as Connector<In>>::Out>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        if chained.is_some() {
            let made = TcpConnector::default().connect(details, chained)?;
            return Ok(made.map(Patient));
        }
        let (uri, config) = (details.uri.clone(), details.config.clone());
        let (addrs, now, timeout) = (details.addrs.clone(), details.now, details.timeout);
        let request_level = details.request_level;
        let current_time = details.current_time.clone();
        let run_connector = details.run_connector.clone();
        let register_shutdown = details.register_shutdown.clone();
        let made = apart(move || {
            let details = ConnectionDetails {
                uri: &uri,
                addrs,
                config: &config,
                request_level,
                resolver: &DefaultResolver::default(),
                now,
                timeout,
                current_time,
                run_connector,
                register_shutdown,
            };
            TcpConnector::default().connect(&details, None::<In>)
        })?;
        Ok(made.map(Patient))
    }
}

/// One connection.
pub(super) struct Patient<In>(In);

impl<In: Transport> Transport for Patient<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        if !interrupt::is_possible() {
            return self.0.await_input(timeout);
        }
        let began = Instant::now();
        loop {
            let left = match timeout.after {
                Duration::Exact(span) => {
                    let left = span.saturating_sub(began.elapsed());
                    if left.is_zero() {
                        return Err(Error::Timeout(timeout.reason));
                    }
                    Duration::Exact(left)
                }
                never => never,
            };
            let slice = NextTimeout {
                after: left.min(Duration::Exact(interrupt::SLICE)),
                ..timeout
            };
            match self.0.await_input(slice) {
                Err(Error::Timeout(_)) if interrupt::requested() => return Err(interrupted()),
                Err(Error::Timeout(_)) => {}
                done => return done,
            }
        }
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

impl<In> fmt::Debug for Patient<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patient")
    }
}
