//! Knows whether a request has touched the wire, and sends it in one piece.
//!
//! Sits above TLS and above any proxy, so that a failed handshake counts as
//! not sent. The count says "attempted": it rises before the socket is asked.
//! Built on `ureq::unversioned`.

use std::cell::Cell;

use ureq::Error;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

thread_local! {
    // A blocking call stays on its thread from the first byte to the last, so
    // the thread knows how far its own request got.
    static TOUCHED: Cell<bool> = const { Cell::new(false) };
}

/// A new request begins on this thread.
pub(super) fn begin() {
    TOUCHED.set(false);
}

/// Whether any byte of this thread's request was handed on.
pub(super) fn touched() -> bool {
    TOUCHED.get()
}

/// Wraps what the connectors before it made.
#[derive(Debug)]
pub(super) struct WireConnector;

impl<In: Transport> Connector<In> for WireConnector {
    type Out = Wire<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        Ok(chained.map(|inner| Wire {
            inner,
            held: Vec::new(),
            just_read: false,
        }))
    }
}

/// One connection.
#[derive(Debug)]
pub(super) struct Wire<In> {
    inner: In,
    /// Head and body, until somebody waits for the answer: one packet, not two.
    held: Vec<u8>,
    just_read: bool,
}

impl<In: Transport> Wire<In> {
    fn flush(&mut self, timeout: NextTimeout) -> Result<(), Error> {
        if self.held.is_empty() {
            return Ok(());
        }
        TOUCHED.set(true);
        let held = std::mem::take(&mut self.held);
        let mut rest = held.as_slice();
        while !rest.is_empty() {
            let output = self.inner.buffers().output();
            let amount = rest.len().min(output.len());
            let (now, later) = rest.split_at(amount);
            for (to, from) in output.iter_mut().zip(now) {
                *to = *from;
            }
            self.inner.transmit_output(amount, timeout)?;
            rest = later;
        }
        // Credentials went through here, and the room is used again.
        self.held = held;
        zeroize::Zeroize::zeroize(&mut self.held);
        Ok(())
    }
}

impl<In: Transport> Transport for Wire<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), Error> {
        let output = self.inner.buffers().output();
        self.held.extend(output.iter().take(amount));
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.flush(timeout)?;
        self.just_read = true;
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        // Asked twice for each use: when the connection goes back to the pool,
        // right after its answer, and when it is taken out again. The second
        // time is soon enough to find it closed or talking out of turn.
        if std::mem::take(&mut self.just_read) {
            return true;
        }
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
