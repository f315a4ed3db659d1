//! Any endpoint, present or future.

use std::fmt;
use std::time::Duration;

use percent_encoding::percent_decode_str;

use super::calls::take_each;
use super::card_guard;
use super::client::Client;
use super::gives::{Gives as _, RawAnswer};
use super::request::{Outgoing, guard};
use crate::argument::{Arg, Args};
use crate::error::{Error, Result};
use crate::transport::Verb;

impl Client {
    /// Calls any endpoint, present or future, and gives its answer's JSON.
    ///
    /// Credentials, idempotency, repeats and errors are those of every call, and the
    /// body is looked at for card data. A `GET` counts as a read.
    ///
    /// ```no_run
    /// # fn shop(client: &kessai::ipay::Client) -> kessai::Result<()> {
    /// let json = client
    ///     .request("POST", "/payouts")
    ///     .body(r#"{"amount":1000}"#)
    ///     .idempotency_key("payout-17")
    ///     .send()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn request(&self, method: impl Into<String>, path: impl Into<String>) -> Request<'_> {
        let named = [("method", method.into()), ("path", path.into())];
        let named = named.map(|(name, text)| (name.to_owned(), Arg::Text(text)));
        Request {
            client: self,
            named: named.into(),
            timeout: None,
        }
    }

    pub(super) fn request_with(&self, args: &mut Args) -> Result<RawAnswer> {
        let each = take_each(args)?;
        let outgoing = outgoing(args, &each.allow_paths)?;
        let engine = self.engine();
        engine.observed("request", |attempts| {
            let shown = shown(&outgoing);
            let read = |body: &str, replayed| RawAnswer::read(body, replayed, None);
            engine.send(&shown, &outgoing, each, None, attempts, read)
        })
    }
}

/// A generic call that is put together.
#[must_use = "nothing is sent before `send`"]
pub struct Request<'c> {
    client: &'c Client,
    named: Vec<(String, Arg)>,
    timeout: Option<Duration>,
}

impl Request<'_> {
    fn with(mut self, name: &str, value: Arg) -> Self {
        self.named.retain(|(n, _)| n != name);
        self.named.push((name.to_owned(), value));
        self
    }

    /// What is sent, as JSON.
    pub fn body(self, json: impl Into<String>) -> Self {
        self.with("body", Arg::Json(json.into()))
    }

    /// The key that makes repeats of this call one call: a random one unless given.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        self.with("idempotency_key", Arg::Text(key.into()))
    }

    /// When the shop first used this idempotency key, in Unix seconds, as its books
    /// say. 23 hours later nothing is sent any more, and the outcome is unknown. Unless
    /// given, it is now.
    pub fn first_try_at(self, unix_seconds: i64) -> Self {
        self.with("first_try_at", Arg::Int(unix_seconds.into()))
    }

    /// Where in the body something may stand that looks like a card's number.
    pub fn allow_paths(self, paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let paths = paths.into_iter().map(Into::into).collect();
        self.with("allow_paths", Arg::Texts(paths))
    }

    /// Whom the call counts for, where the client has a `rate_limit`.
    pub fn rate_key(self, key: impl Into<String>) -> Self {
        self.with("rate_key", Arg::Text(key.into()))
    }

    /// The time limit of this call, instead of the client's.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Makes the call, and gives the answer's JSON.
    ///
    /// # Errors
    ///
    /// As those of every call.
    pub fn send(self) -> Result<String> {
        let limited = match self.timeout {
            None => self.client.clone(),
            Some(timeout) => self.client.with_timeout(timeout)?,
        };
        let answer = limited.request_with(&mut Args::new(self.named))?;
        Ok(answer.0)
    }
}

/// Which arguments were given; what they say may be anybody's.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given: Vec<_> = self.named.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Request")
            .field("given", &given)
            .finish_non_exhaustive()
    }
}

/// The verb and the path without what may tell of somebody.
fn shown(outgoing: &Outgoing) -> String {
    let path = outgoing.path.split('?').next().unwrap_or_default();
    format!("{} {path}", outgoing.verb.as_str())
}

/// A generic request, checked.
fn outgoing(args: &mut Args, allow_paths: &[String]) -> Result<Outgoing> {
    let verb = match args.text("method")?.as_str() {
        "GET" => Verb::Get,
        "POST" => Verb::Post,
        "PUT" => Verb::Put,
        "PATCH" => Verb::Patch,
        "DELETE" => Verb::Delete,
        _ => {
            let why = "method must be GET, POST, PUT, PATCH or DELETE";
            return Err(Error::input("method", why));
        }
    };
    let path = args.text("path")?;
    let bad = |why: &str| Error::input("path", format!("path {why}"));
    if !path.starts_with('/') {
        return Err(bad("must begin with a slash"));
    }
    if !path.bytes().all(|b| b.is_ascii_graphic()) || path.contains('#') {
        return Err(bad("must be written as in an address, without a fragment"));
    }
    let before_query = path.split('?').next().unwrap_or_default();
    let climbs = |part: &str| part == ".." || part == "." || part.contains('%');
    if before_query.split('/').any(climbs) || before_query.contains("//") {
        return Err(bad("must lead nowhere but below the base address"));
    }
    // As the service reads it.
    let spaced = path.replace('+', " ");
    let read = percent_decode_str(&spaced).decode_utf8_lossy();
    for part in read.split(['/', '?', '&', '=', ',', ';']) {
        card_guard::check_text("path", part)?;
    }
    let body = match args.take("body") {
        None => Vec::new(),
        Some(Arg::Json(json) | Arg::Text(json)) => {
            // A body that is not JSON is nobody's.
            serde_json::from_str::<&serde_json::value::RawValue>(&json)
                .map_err(|_| Error::input("body", "body must be JSON"))?;
            json.into_bytes()
        }
        Some(_) => return Err(Error::input("body", "body must be JSON")),
    };
    if verb == Verb::Get && !body.is_empty() {
        return Err(Error::input("body", "body must be left out of a GET"));
    }
    guard(&body, allow_paths)?;
    Ok(Outgoing {
        verb,
        path,
        body: body.into(),
        hidden: Vec::new(),
    })
}
