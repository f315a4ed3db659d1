//! Who is calling, as each request says: the key, or a token that is fetched or
//! asked for.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use super::super::credentials::{Credentials, check};
use super::super::tokens::Fresh;
use super::Engine;
use crate::error::{Code, Error, Outcome, Result};
use crate::hook::{Event, EventName};
use crate::interrupt;
use crate::secret::Secret;
use crate::service::Patience;
use crate::transport::{Exchange, Request, Verb};
use crate::world::Micros;

impl Engine {
    pub(super) fn can_renew(&self) -> bool {
        matches!(
            self.shared.credentials,
            Credentials::OAuth { .. } | Credentials::Source(_)
        )
    }

    /// The header that says who is calling, and the number of its token.
    pub(super) fn authorization(
        &self,
        refused: Option<u64>,
        deadline: Micros,
    ) -> Result<(Secret, Option<u64>)> {
        let bearer = |token: &Secret| format!("Bearer {}", token.expose()).into();
        match &self.shared.credentials {
            Credentials::Basic { header, .. } => Ok((header.clone(), None)),
            Credentials::Token(token) | Credentials::Publishable(token) => {
                Ok((bearer(token), None))
            }
            Credentials::Source(source) => {
                let left = deadline.saturating_sub(self.shared.clock.monotonic());
                let patience = Patience::of(Duration::from_micros(left));
                let given = catch_unwind(AssertUnwindSafe(|| source(&patience)));
                if interrupt::requested() {
                    return Err(interrupt::error(Outcome::NotDone));
                }
                let token = given.unwrap_or_else(|_| Err(Error::of_a_defect()));
                let token = token.and_then(|token| check("token", &token).map(|()| token));
                token.map(|token| (bearer(&token), None)).map_err(|cause| {
                    let why = "token_source gave no token to make the call with";
                    Error::new(Code::IpayNoToken, Outcome::NotDone, why).with_cause(cause)
                })
            }
            Credentials::OAuth { header, .. } => {
                let clock = &self.shared.clock;
                let tokens = self.shared.tokens.get();
                let fetch = || self.fetch(header, deadline);
                let token = tokens
                    .1
                    .get(refused, || clock.monotonic(), deadline, fetch)?;
                match token {
                    Some(token) => Ok((token.header, Some(token.number))),
                    None if interrupt::requested() => Err(interrupt::error(Outcome::NotDone)),
                    None => Err(Error::new(
                        Code::TransportTimeout,
                        Outcome::NotDone,
                        "the time limit passed before a token was fetched, so nothing was sent",
                    )),
                }
            }
        }
    }

    /// Fetches a token (RFC 6749, section 4.4), and tells the hook of it: it is a
    /// request of its own.
    fn fetch(&self, header: &Secret, deadline: Micros) -> Result<Fresh> {
        let clock = &self.shared.clock;
        let began = clock.monotonic();
        let exchange = self.shared.network.exchange(&Request {
            verb: Verb::Post,
            address: &self.shared.token_url,
            headers: &[],
            credentials: &[("authorization", header.expose())],
            content_type: "application/x-www-form-urlencoded",
            body: b"grant_type=client_credentials",
            is_write: true,
            within: Duration::from_micros((deadline.saturating_sub(began) / 2).max(1)),
        });
        let status = match &exchange {
            Exchange::Answered(answer) => Some(answer.status),
            Exchange::NotSent(_) | Exchange::Broken(_) => None,
        };
        let fresh = read(exchange);
        let event = Event {
            attempt: 1,
            duration: Duration::from_micros(clock.monotonic().saturating_sub(began)),
            http_status: status,
            ..Event::new(EventName::Request, "POST /oauth/token", Outcome::Done)
        };
        match &fresh {
            Ok(_) => self.hook().tell(&event),
            Err(error) => self.hook().tell(&event.with_error(error)),
        }
        fresh
    }
}

/// What the token endpoint's answer says. Whatever became of it, no call was made
/// with it.
fn read(exchange: Exchange) -> Result<Fresh> {
    let answer = match exchange {
        Exchange::NotSent(error) | Exchange::Broken(error) => {
            return Err(error.with_outcome(Outcome::NotDone));
        }
        Exchange::Answered(answer) => answer,
    };
    let no_token = |why: &str| {
        Error::new(Code::IpayNoToken, Outcome::NotDone, why)
            .with_http(Some(answer.status), answer.request_id.clone())
    };
    match (answer.status, str::from_utf8(&answer.body)) {
        (200..=299, Ok(body)) => Fresh::read(body)
            .and_then(|fresh| match check("token", &fresh.token) {
                Ok(()) => Ok(fresh),
                Err(_) => Err("its token cannot travel in a header"),
            })
            .map_err(|why| no_token(&format!("the answer with the token cannot be used: {why}"))),
        (429 | 500.., _) => {
            let code = match answer.status {
                429 => Code::IpayRateLimited,
                _ => Code::TransportHttpStatus,
            };
            let why = "no token was given for now, so nothing was sent";
            Err(Error::new(code, Outcome::NotDone, why)
                .with_http(Some(answer.status), answer.request_id)
                .with_retry_after(answer.retry_after))
        }
        _ => Err(no_token(
            "the service gives no token for client_id and client_secret",
        )),
    }
}
