//! A connection to a client, encrypted or not.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use crate::domain::fault::Handshake;

/// What HTTP and its faults need of a connection.
pub(super) trait Socket: AsyncRead + AsyncWrite + Unpin + Send + 'static {
    /// The connection below any encryption.
    fn tcp(&self) -> &TcpStream;
}

impl Socket for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Socket for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// A TLS record: a fatal alert that says `handshake_failure` (RFC 8446, section 6).
const ALERT: [u8; 7] = [21, 3, 3, 0, 2, 2, 40];

/// Ends a connection before it is encrypted.
pub(super) async fn spoil(how: Handshake, mut stream: TcpStream) {
    let mut sink = [0_u8; 4096];
    // The client speaks first; an answer before that would look like another fault.
    if stream.read(&mut sink).await.is_ok_and(|count| count > 0) {
        if how == Handshake::Refused {
            let _ = stream.write_all(&ALERT).await;
            let _ = stream.shutdown().await;
        }
        while stream.read(&mut sink).await.is_ok_and(|count| count > 0) {}
    }
}
