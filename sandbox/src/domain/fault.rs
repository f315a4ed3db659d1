//! How a request goes wrong: one fault, and all that happens to one request.

use super::draw::Draw;

/// What is done to the exchange in place of, or after, carrying the request out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Harm {
    /// The API's failure answer with this message.
    Message(String),
    /// An HTTP status, with headers and a body of the rule's choosing.
    Status {
        /// The status.
        status: u16,
        /// Headers such as `Retry-After`.
        headers: Vec<(String, String)>,
        /// The body; without one iPay's own for that status, and Zaif's is empty.
        body: Option<String>,
    },
    /// The connection is reset.
    Reset,
    /// The connection is held and nothing more is said.
    Silence,
    /// The answer ends in the middle of its body.
    Cut,
    /// The connection is reset in the middle of the answer's body.
    CutByReset,
    /// The answer promises so many bytes more (or fewer) than it has.
    WrongLength(i64),
    /// The answer comes byte by byte, with so many milliseconds between two of them.
    Drip(u64),
    /// A body of so many bytes.
    HugeBody(u64),
    /// Header fields without end.
    EndlessHeaders,
    /// A small compressed body that unpacks to at least so many bytes.
    GzipBomb(u64),
    /// JSON arrays within each other, so many deep.
    DeepJson(usize),
    /// A page of HTML with status 200.
    Garbage,
    /// A 302 to this address.
    Redirect(String),
}

/// How a TLS handshake goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handshake {
    /// The server refuses it with a fatal alert.
    Refused,
    /// The server never answers.
    Silent,
}

/// One kind of fault with its details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Instead of execution.
    Before(Harm),
    /// After execution, instead of the answer.
    After(Harm),
    /// Waits before the request is looked at, with up to `jitter_ms` on top.
    Latency {
        /// At least this long.
        ms: u64,
        /// And up to this much longer.
        jitter_ms: u64,
    },
    /// Executed at arrival, found by lookups only so many real seconds later.
    CommitLag {
        /// How many.
        seconds: u64,
    },
    /// The request arrives twice, back to back.
    Twice,
    /// Executed only so many real seconds after it arrived, with nobody left to answer to.
    Late {
        /// How many.
        seconds: u64,
        /// What the client sees at once.
        meanwhile: Harm,
    },
    /// The connection is reset while the request is still being read.
    Unread,
    /// The connection ends before a request can be sent.
    Handshake(Handshake),
}

/// Everything that will go wrong with one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Wait this long first.
    pub delay_ms: u64,
    /// Hide what it makes for so many real seconds.
    pub lag_seconds: u64,
    /// Run it a second time.
    pub twice: bool,
    /// Run it only so many seconds after it was answered with `before`.
    pub late_seconds: Option<u64>,
    /// Do this instead of running it.
    pub before: Option<Harm>,
    /// Do this instead of answering.
    pub after: Option<Harm>,
    /// The faults' names, for the books.
    pub names: Vec<&'static str>,
}

impl Plan {
    /// Takes a fault in if there is room for it: a request can end in one way only.
    pub(super) fn admit(&mut self, fault: &Fault, draw: &mut Draw) -> bool {
        match fault {
            Fault::Before(harm) if self.before.is_none() && self.after.is_none() => {
                self.before = Some(harm.clone());
            }
            Fault::After(harm) if self.before.is_none() && self.after.is_none() => {
                self.after = Some(harm.clone());
            }
            Fault::Late { seconds, meanwhile } if self.before.is_none() && self.after.is_none() => {
                self.before = Some(meanwhile.clone());
                self.late_seconds = Some(*seconds);
            }
            Fault::Before(_)
            | Fault::After(_)
            | Fault::Late { .. }
            | Fault::Unread
            | Fault::Handshake(_) => return false,
            Fault::Latency { ms, jitter_ms } => {
                let jitter = draw.below("jitter", jitter_ms.saturating_add(1));
                self.delay_ms = self.delay_ms.saturating_add(*ms).saturating_add(jitter);
            }
            Fault::CommitLag { seconds } => self.lag_seconds = self.lag_seconds.max(*seconds),
            Fault::Twice => self.twice = true,
        }
        true
    }
}
