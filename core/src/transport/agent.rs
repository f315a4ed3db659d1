//! The HTTP client of one process, with none of its defaults left to chance.

use std::time::{Duration, SystemTime};

use ureq::AsSendBody;
use ureq::config::Config;
use ureq::http;
use ureq::unversioned::transport::{
    ConnectProxyConnector, ConnectionDetails, Connector, RustlsConnector, Transport,
};

use super::lookup::Lookup;
use super::patient::PatientTcp;
use super::wire::{self, WireConnector};
use super::{HttpAnswer, MOST_BODY, MOST_HEADERS, Request, Route, Verb, failure, read_headers};
use crate::error::{Code, Error, Outcome};

/// A request is written at once; one larger than this in several writes.
const OUTPUT_BUFFER: usize = 16 << 10;

/// An idle connection is kept so long for reads.
const IDLE: Duration = Duration::from_secs(15);

/// A request that changes something takes no connection idle for longer: a
/// server about to close it could take the request and drop it.
const IDLE_FOR_WRITES: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct Agent {
    http: ureq::Agent,
    lookup: Lookup,
}

impl Agent {
    pub(super) fn new(connections: usize, route: &Route) -> Self {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(route.proxy().cloned())
            .tls_config(route.tls())
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
            ().chain(ConnectProxyConnector::default())
                .chain(PatientTcp)
                .chain(OneTlsConfig::default())
                .chain(WireConnector::new(route.proxy().is_some()));
        let lookup = Lookup::default();
        Self {
            http: ureq::Agent::with_parts(config, connector, lookup.clone()),
            lookup,
        }
    }

    pub(super) fn send(&self, request: &Request<'_>) -> Result<HttpAnswer, Error> {
        let mut head = http::Request::builder()
            .method(request.verb.as_str())
            .uri(request.address.uri().clone());
        if !request.body.is_empty() {
            head = head.header(http::header::CONTENT_TYPE, request.content_type);
        }
        for (name, value) in request.headers {
            head = head.header(*name, *value);
        }
        // Those that usually have a body say that there is none.
        let has_body = matches!(request.verb, Verb::Post | Verb::Put | Verb::Patch);
        if has_body || !request.body.is_empty() {
            self.run(request, head.body(request.body))
        } else {
            self.run(request, head.body(()))
        }
    }

    fn run(
        &self,
        request: &Request<'_>,
        built: http::Result<http::Request<impl AsSendBody>>,
    ) -> Result<HttpAnswer, Error> {
        let built = built.map_err(|_| {
            // Its parts were checked before.
            Error::new(
                Code::Internal,
                Outcome::NotDone,
                "a request that HTTP does not allow",
            )
        })?;
        let built = self
            .http
            .configure_request(built)
            .timeout_global(Some(request.within))
            .max_idle_age(if request.is_write {
                IDLE_FOR_WRITES
            } else {
                IDLE
            })
            .build();
        let mut response = self.http.run(built).map_err(|error| {
            if !wire::touched() {
                // Perhaps the host has moved.
                self.lookup.forget();
            }
            failure(&error)
        })?;

        let mut answer = read_headers(response.headers(), SystemTime::now());
        answer.status = response.status().as_u16();
        let encoding = response.headers().get("content-encoding");
        if encoding.is_some_and(|e| e != "identity") {
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

/// Builds the TLS configuration once, and so resumes sessions.
///
/// Each request has limits of its own, and the library's connector then
/// suspects a TLS configuration of its own, too, and builds one.
#[derive(Debug, Default)]
struct OneTlsConfig(RustlsConnector);

impl<In: Transport> Connector<In> for OneTlsConfig {
    type Out = <RustlsConnector as Connector<In>>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        let details = ConnectionDetails {
            uri: details.uri,
            addrs: details.addrs.clone(),
            config: details.config,
            request_level: false,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        self.0.connect(&details, chained)
    }
}
