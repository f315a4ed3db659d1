//! The HTTP client of one process, with none of its defaults left to chance.

use std::time::{Duration, SystemTime};

use ureq::config::Config;
use ureq::unversioned::transport::{Connector as _, RustlsConnector, TcpConnector};

use super::lookup::Lookup;
use super::wire::WireConnector;
use super::{HttpAnswer, MOST_BODY, MOST_HEADERS, Request, failure, read_headers};
use crate::error::{Code, Error, Outcome};

/// A request is written at once; one larger than this in several writes.
const OUTPUT_BUFFER: usize = 16 << 10;

/// An idle connection is kept so long for reads.
const IDLE: Duration = Duration::from_secs(15);

/// A request that changes something takes no connection idle for longer: a
/// server about to close it could take the request and drop it.
const IDLE_FOR_WRITES: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Agent(ureq::Agent);

impl Agent {
    pub(super) fn new(connections: usize) -> Self {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .user_agent(concat!("kessai/", env!("CARGO_PKG_VERSION")))
            .accept("application/json")
            .accept_encoding("identity")
            .max_response_header_size(MOST_HEADERS)
            .input_buffer_size(MOST_HEADERS + (1 << 10))
            .output_buffer_size(OUTPUT_BUFFER)
            .max_idle_connections(connections)
            .max_idle_connections_per_host(connections)
            .max_idle_age(IDLE)
            .build();
        let connector =
            ().chain(TcpConnector::default())
                .chain(RustlsConnector::default())
                .chain(WireConnector);
        Self(ureq::Agent::with_parts(
            config,
            connector,
            Lookup::default(),
        ))
    }

    pub(super) fn post(&self, request: &Request<'_>) -> Result<HttpAnswer, Error> {
        let mut post = self
            .0
            .post(request.address.uri().clone())
            .config()
            .timeout_global(Some(request.within))
            .max_idle_age(if request.is_write {
                IDLE_FOR_WRITES
            } else {
                IDLE
            })
            .build();
        for (name, value) in request.headers {
            post = post.header(*name, *value);
        }
        let mut response = post.send(request.body).map_err(|e| failure(&e))?;

        let mut answer = read_headers(response.headers(), SystemTime::now());
        answer.status = response.status().as_u16();
        if response.headers().contains_key("content-encoding") {
            return Err(Error::new(
                Code::TransportMalformed,
                Outcome::Unknown,
                "the answer is compressed, which was not asked for",
            ));
        }
        answer.body = response
            .body_mut()
            .with_config()
            .limit(MOST_BODY)
            .read_to_vec()
            .map_err(|e| failure(&e).with_http(Some(answer.status), answer.request_id.clone()))?;
        Ok(answer)
    }
}
