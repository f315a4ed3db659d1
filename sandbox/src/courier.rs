//! Takes deliveries to the shop: due errands out of the world, results back into it.

use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::domain::delivery::Letter;
use crate::domain::outbox::Errand;
use crate::hub::Hub;

/// A shop that takes longer has not answered.
const TIME_LIMIT: Duration = Duration::from_secs(10);
/// Nobody needs more of a shop's answer than its status.
const ANSWER_LIMIT: usize = 64 * 1024;
/// Errands under way at once.
const AT_ONCE: usize = 32;

/// Which hosts deliveries may go to, besides loopback.
#[derive(Debug, Clone, Default)]
pub struct AllowedHosts(Vec<String>);

impl AllowedHosts {
    /// Loopback and these.
    #[must_use]
    pub fn new(hosts: Vec<String>) -> Self {
        Self(hosts)
    }

    fn contains(&self, host: &str) -> bool {
        self.0.iter().any(|name| name.eq_ignore_ascii_case(host))
    }
}

/// Delivers for as long as it is polled, and lets time take its effect on invoices.
pub async fn run(hub: Hub, allowed: AllowedHosts) {
    let mut bell = hub.listen();
    let mut under_way = JoinSet::new();
    loop {
        bell.mark_unchanged();
        let room = AT_ONCE.saturating_sub(under_way.len());
        let (generation, errands, wait) = hub.with(|world, now| {
            let errands = world.outbox.take_due(now.at, room);
            // With no room left a returning errand is the next thing that matters.
            let next = [
                world.invoices.next_deadline(),
                world.ipay.agenda.next(),
                world.outbox.next_due(),
            ]
            .into_iter()
            .flatten()
            .filter(|due| room > errands.len() || *due > now.at)
            .filter_map(|due| world.clock.wait_millis(now.real, due))
            .min();
            (world.generation(), errands, next)
        });
        for errand in errands {
            under_way.spawn(run_errand(hub.clone(), generation, errand, allowed.clone()));
        }
        let pause = async {
            match wait {
                Some(millis) => tokio::time::sleep(Duration::from_millis(millis.max(1))).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = bell.changed() => {}
            Some(_) = under_way.join_next() => {}
            () = pause => {}
        }
    }
}

async fn run_errand(hub: Hub, generation: u64, errand: Errand, allowed: AllowedHosts) {
    let sent = tokio::time::timeout(TIME_LIMIT, send(&errand.letter, &allowed)).await;
    let (status, error) = match sent {
        Ok(Ok(status)) => (Some(status), None),
        Ok(Err(reason)) => (None, Some(reason)),
        Err(_) => (None, Some("no answer within 10 s".to_owned())),
    };
    let outcome = status.map_or_else(
        || error.clone().unwrap_or_default(),
        |status| status.to_string(),
    );
    hub.log.line(&format!("delivery {}: {outcome}", errand.id));
    hub.with(|world, now| {
        if world.generation() == generation {
            world.outbox.report(errand.id, status, error, now.at);
            world.touch();
        }
    });
}

/// Makes the request; answers the status. Redirects are not followed.
async fn send(letter: &Letter, allowed: &AllowedHosts) -> Result<u16, String> {
    let uri: Uri = letter.url.parse().map_err(|_| "no valid address")?;
    if uri.scheme_str() != Some("http") {
        return Err("only http addresses can be delivered to".to_owned());
    }
    let host = uri.host().ok_or("no host in the address")?;
    let stream = connect(host, uri.port_u16().unwrap_or(80), allowed).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    // Dropped with the exchange, and with it the socket.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let mut request = Request::builder()
        .method(Method::from_bytes(letter.method.as_bytes()).unwrap_or(Method::POST))
        .uri(uri.path_and_query().map_or("/", |path| path.as_str()))
        .header(header::HOST, uri.authority().map_or("", |it| it.as_str()))
        .header(header::USER_AGENT, "kessai-sandbox")
        .header(header::CONNECTION, "close");
    if let Some(content_type) = &letter.content_type {
        request = request.header(header::CONTENT_TYPE, content_type);
    }
    for (name, value) in &letter.headers {
        request = request.header(name, value);
    }
    let body = Full::new(Bytes::from(letter.body.clone()));
    let request = request.body(body).map_err(|error| error.to_string())?;
    let response = sender
        .send_request(request)
        .await
        .map_err(|error| error.to_string())?;
    let status = response.status().as_u16();
    // Read so that the shop is not cut off mid-sentence; what it says does not matter.
    let _ = Limited::new(response.into_body(), ANSWER_LIMIT)
        .collect()
        .await;
    Ok(status)
}

/// Connects to an address that was looked at: a name is resolved once, and what
/// it resolved to is what is both checked and used.
async fn connect(host: &str, port: u16, allowed: &AllowedHosts) -> Result<TcpStream, String> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let found = tokio::net::lookup_host((bare, port))
        .await
        .map_err(|error| format!("cannot resolve {host}: {error}"))?;
    let mut refused = false;
    let mut last = format!("{host} has no address");
    for address in found {
        if !address.ip().is_loopback() && !allowed.contains(bare) {
            refused = true;
            continue;
        }
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = format!("cannot connect to {address}: {error}"),
        }
    }
    if refused {
        last = format!("{host} is not loopback: start with --allow-delivery-to {bare}");
    }
    Err(last)
}
