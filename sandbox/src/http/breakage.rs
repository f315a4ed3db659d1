//! Harm done to a connection itself, below HTTP.

use std::fmt;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::socket::Socket;

/// How long a client may take to read what was sent before the connection is dropped.
const DRAIN: Duration = Duration::from_secs(1);

/// What becomes of a connection that HTTP was taken away from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breakage {
    /// Reset at once.
    Reset,
    /// Held in silence until the client leaves.
    Silence,
    /// These bytes, in this way.
    Say(Script),
}

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Politely, once everything was read.
    Close,
    /// With a reset.
    Reset,
}

/// Bytes to send past HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The first bytes.
    pub bytes: Bytes,
    /// Between two of them; none when they are sent at once.
    pub pause: Option<Duration>,
    /// What follows again and again, and how many bytes of it in all; none when nothing does.
    pub flood: Option<(Bytes, u64)>,
    /// And then.
    pub end: End,
}

impl fmt::Display for Breakage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault rule broke this connection")
    }
}

impl std::error::Error for Breakage {}

/// Answers bigger than any client should take in.
pub mod flood {
    use super::{Bytes, End, Script};

    /// One field of a head without end.
    const FIELD: &str = "x-sandbox-filler: 0123456789abcdef0123456789abcdef\r\n";
    /// About as much as one write takes in.
    const FIELDS: usize = 1_000;

    /// A head that is right and a body of `bytes` spaces.
    #[must_use]
    pub fn body(bytes: u64) -> Script {
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {bytes}\r\n\r\n"
        );
        script(head, Bytes::from(vec![b' '; 64 * 1024]), bytes)
    }

    /// A head that goes on until the client leaves.
    #[must_use]
    pub fn headers() -> Script {
        let fields = Bytes::from(FIELD.repeat(FIELDS));
        script("HTTP/1.1 200 OK\r\n".to_owned(), fields, u64::MAX)
    }

    fn script(head: String, chunk: Bytes, bytes: u64) -> Script {
        Script {
            bytes: head.into(),
            pause: None,
            flood: Some((chunk, bytes)),
            end: End::Close,
        }
    }
}

/// Ends a connection in the way `breakage` says.
pub(super) async fn play(breakage: Breakage, mut stream: impl Socket) {
    match breakage {
        // Without the zero linger, closing would be a polite end of the stream.
        Breakage::Reset => {
            let _ = stream.tcp().set_zero_linger();
        }
        Breakage::Silence => read_on(&mut stream).await,
        Breakage::Say(script) => {
            // A client that leaves in the middle has seen enough.
            let _ = say(&script, &mut stream).await;
            match script.end {
                End::Reset => {
                    // A reset overtakes what was not read yet: the client gets a moment.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    let _ = stream.tcp().set_zero_linger();
                }
                End::Close => {
                    let _ = stream.shutdown().await;
                    // Closing at once could reset the connection and take the bytes with it.
                    let _ = tokio::time::timeout(DRAIN, read_on(&mut stream)).await;
                }
            }
        }
    }
}

/// Reads until the client leaves.
async fn read_on(stream: &mut impl Socket) {
    let mut sink = [0_u8; 1024];
    while stream.read(&mut sink).await.is_ok_and(|count| count > 0) {}
}

async fn say(script: &Script, stream: &mut impl Socket) -> io::Result<()> {
    match script.pause {
        None => stream.write_all(&script.bytes).await?,
        Some(pause) => {
            for byte in &script.bytes {
                stream.write_u8(*byte).await?;
                tokio::time::sleep(pause).await;
            }
        }
    }
    let Some((chunk, mut left)) = script.flood.clone() else {
        return Ok(());
    };
    while left > 0 {
        let most = usize::try_from(left).map_or(chunk.len(), |left| left.min(chunk.len()));
        stream.write_all(chunk.split_at(most).0).await?;
        left = left.saturating_sub(u64::try_from(most).unwrap_or(u64::MAX));
    }
    Ok(())
}
