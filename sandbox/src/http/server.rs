//! Accepting connections and speaking HTTP on them, until a fault takes one away.

use std::convert::Infallible;
use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use http::{HeaderValue, Request, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::breakage::{self, Breakage};
use super::harm;
use super::socket::{self, Socket};
use crate::domain::ipay::mask;
use crate::hub::Hub;

/// A client that needs longer to say what it wants does not want it.
const HEAD_LIMIT: Duration = Duration::from_secs(30);
/// A client that needs longer for its handshake will not finish it.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(30);
/// The most bytes of a request's head.
const HEAD_BYTES: usize = 64 * 1024;

/// Serves connections for as long as it is polled.
pub async fn run(listener: TcpListener, tls: Option<TlsAcceptor>, router: Router, hub: Hub) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                let (router, hub) = (router.clone(), hub.clone());
                match tls.clone() {
                    None => tokio::spawn(connection(stream, router, hub)),
                    Some(tls) => tokio::spawn(encrypted(stream, tls, router, hub)),
                };
            }
            Err(error) => {
                // Out of descriptors, most likely: some may be closed in a moment.
                hub.log
                    .line(&format!("cannot accept a connection: {error}"));
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

async fn encrypted(stream: TcpStream, tls: TlsAcceptor, router: Router, hub: Hub) {
    if let Some(how) = hub.with(|world, _| world.spoils_handshake()) {
        return socket::spoil(how, stream).await;
    }
    match tokio::time::timeout(HANDSHAKE_LIMIT, tls.accept(stream)).await {
        Ok(Ok(stream)) => connection(stream, router, hub).await,
        Ok(Err(error)) => hub.log.line(&format!("a handshake failed: {error}")),
        Err(_) => hub.log.line("a handshake took too long"),
    }
}

async fn connection(stream: impl Socket, router: Router, hub: Hub) {
    let log = hub.log;
    let service = service_fn(move |request: Request<Incoming>| {
        let (router, hub) = (router.clone(), hub.clone());
        async move {
            let path = mask::card_numbers(request.uri().path());
            let line = format!("{} {path}", request.method());
            let answered: Result<_, Infallible> = router.oneshot(request.map(Body::new)).await;
            let Ok(mut response) = answered;
            hub.log.line(&format!("{line} {}", response.status()));
            if let Some(date) = virtual_date(&hub) {
                response.headers_mut().insert(header::DATE, date);
            }
            harm::breakage(response).await
        }
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_LIMIT)
        .max_buf_size(HEAD_BYTES)
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), service);
    let Err(error) = std::pin::Pin::new(&mut connection).await else {
        return;
    };
    match error.source().and_then(|it| it.downcast_ref::<Breakage>()) {
        Some(breakage) => {
            let breakage = breakage.clone();
            breakage::play(breakage, connection.into_parts().io.into_inner()).await;
        }
        None => log.line(&format!("a connection ended: {error}")),
    }
}

/// The sandbox's time as a `Date` header.
fn virtual_date(hub: &Hub) -> Option<HeaderValue> {
    let at = hub.with(|_, now| now.at);
    let time: SystemTime = UNIX_EPOCH.checked_add(Duration::from_secs(at.secs()))?;
    HeaderValue::try_from(httpdate::fmt_http_date(time)).ok()
}
