//! Knows whether a request has touched the wire, adds the credentials, and
//! sends it in one piece.
//!
//! Sits above TLS and above any proxy, so that a failed handshake counts as
//! not sent. The count says "attempted": it rises before the socket is asked.
//! Built on `ureq::unversioned`.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::time::Instant;

use ureq::Error;
use ureq::unversioned::transport::time::Duration;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, NextTimeout, Transport,
};
use zeroize::{Zeroize as _, Zeroizing};

thread_local! {
    // A blocking call stays on its thread from the first byte to the last, so
    // the thread knows how far its own request got.
    static TOUCHED: Cell<bool> = const { Cell::new(false) };
    // The HTTP library logs the heads it writes; these lines never reach it.
    static CREDENTIALS: RefCell<Zeroizing<String>> = RefCell::new(Zeroizing::default());
}

/// A new request begins on this thread; these headers carry its credentials.
pub(super) fn begin(credentials: &[(&str, &str)]) {
    TOUCHED.set(false);
    CREDENTIALS.with_borrow_mut(|lines| {
        lines.zeroize();
        let length = credentials.iter().map(|(n, v)| n.len() + v.len() + 4).sum();
        lines.reserve(length);
        for (name, value) in credentials {
            lines.extend([name, ": ", value, "\r\n"]);
        }
    });
}

/// Whether any byte of this thread's request was handed on.
pub(super) fn touched() -> bool {
    TOUCHED.get()
}

/// Wraps what the connectors before it made.
#[derive(Debug)]
pub(super) struct WireConnector {
    has_proxy: bool,
}

impl WireConnector {
    pub(super) const fn new(has_proxy: bool) -> Self {
        Self { has_proxy }
    }
}

impl<In: Transport> Connector<In> for WireConnector {
    type Out = Either<Wire<In>, In>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        // The way to the proxy itself: what is said on it is not the request,
        // and the credentials are not for it.
        if self.has_proxy && details.config.proxy().is_none() {
            return Ok(chained.map(Either::B));
        }
        Ok(chained.map(|inner| {
            Either::A(Wire {
                inner,
                held: Zeroizing::new(Vec::with_capacity(ROOM)),
                just_read: false,
            })
        }))
    }
}

/// Enough for any request but a very long generic call, so that what is held
/// is not moved, and left behind, by growing.
const ROOM: usize = 8 << 10;

/// One connection.
pub(super) struct Wire<In> {
    inner: In,
    /// Head and body, until somebody waits for the answer: one packet, not two.
    held: Zeroizing<Vec<u8>>,
    just_read: bool,
}

impl<In: Transport> Wire<In> {
    fn flush(&mut self, limit: &Limit) -> Result<(), Error> {
        if self.held.is_empty() {
            return Ok(());
        }
        TOUCHED.set(true);
        let mut held = std::mem::take(&mut self.held);
        CREDENTIALS.with_borrow_mut(|lines| {
            if let Some(end) = held.windows(2).position(|w| w == b"\r\n") {
                let after_request_line = end.saturating_add(2);
                held.splice(after_request_line..after_request_line, lines.bytes());
            }
            lines.zeroize();
        });
        let mut rest = held.as_slice();
        while !rest.is_empty() {
            let output = self.inner.buffers().output();
            let amount = rest.len().min(output.len());
            let (now, later) = rest.split_at(amount);
            for (to, from) in output.iter_mut().zip(now) {
                *to = *from;
            }
            self.inner.transmit_output(amount, limit.left()?)?;
            wipe(self.inner.buffers().output(), amount);
            rest = later;
        }
        // Wiped, and its room used again.
        held.zeroize();
        self.held = held;
        Ok(())
    }
}

/// What was handed on is nobody's any more: it may hold a card's number.
fn wipe(output: &mut [u8], amount: usize) {
    if let Some(written) = output.get_mut(..amount) {
        written.zeroize();
    }
}

/// One limit for the writes and the read that one wait for input takes.
struct Limit {
    timeout: NextTimeout,
    began: Instant,
}

impl Limit {
    fn left(&self) -> Result<NextTimeout, Error> {
        let mut timeout = self.timeout;
        if let Duration::Exact(span) = timeout.after {
            let left = span.saturating_sub(self.began.elapsed());
            if left.is_zero() {
                return Err(Error::Timeout(timeout.reason));
            }
            timeout.after = Duration::Exact(left);
        }
        Ok(timeout)
    }
}

impl<In> fmt::Debug for Wire<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}

impl<In: Transport> Transport for Wire<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), Error> {
        let output = self.inner.buffers().output();
        self.held.extend(output.iter().take(amount));
        wipe(output, amount);
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        let limit = Limit {
            timeout,
            began: Instant::now(),
        };
        self.flush(&limit)?;
        self.just_read = true;
        self.inner.await_input(limit.left()?)
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
