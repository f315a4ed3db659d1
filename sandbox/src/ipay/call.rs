//! A call as it came over the wire.

use bytes::Bytes;

use super::routes::{self, Found, Route};
use crate::domain::ipay::{idempotency, mask};
use crate::domain::traffic::Request;

/// A request to the API, read but not yet believed.
#[derive(Clone)]
pub struct Call {
    method: String,
    path: String,
    /// What stands behind the `?`.
    pub(super) query: String,
    /// `Authorization`.
    pub(super) authorization: Option<String>,
    /// `Idempotency-Key`.
    pub(super) idempotency_key: Option<String>,
    /// `Content-Type`.
    pub(super) content_type: Option<String>,
    /// The body's bytes.
    pub(super) body: Bytes,
    /// Where it leads.
    pub(super) found: Found,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("route", &self.route())
            .finish_non_exhaustive()
    }
}

impl Call {
    /// Reads a request by its method, its path below `/api`, and its headers.
    pub fn read(
        method: &str,
        path: &str,
        query: &str,
        header: impl Fn(&str) -> Option<String>,
        body: Bytes,
    ) -> Self {
        Self {
            found: routes::find(method, path),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            authorization: header("authorization"),
            idempotency_key: header("idempotency-key").filter(|key| !key.is_empty()),
            content_type: header("content-type"),
            body,
        }
    }

    /// The name of its route, if there is one.
    #[must_use]
    pub fn route(&self) -> Option<&'static str> {
        routes::name(&self.found)
    }

    /// Method and path: what it is called where it has no route.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.method, mask::card_numbers(&self.path))
    }

    /// What tells it from other requests with its key.
    pub(super) fn print(&self) -> String {
        let path = format!("{}?{}", self.path, self.query);
        idempotency::print(&self.method, &path, &self.body)
    }

    /// The key under which its answer is kept, if under any: reading changes nothing
    /// and needs none.
    pub(super) fn key(&self) -> Option<&str> {
        let keeps = self.method != "GET"
            && matches!(self.found, Found::Route(Route { is_open: false, .. }, _));
        self.idempotency_key.as_deref().filter(|_| keeps)
    }

    /// The key as the books may show it.
    #[must_use]
    pub fn shown_key(&self) -> Option<String> {
        self.idempotency_key.as_deref().map(mask::card_numbers)
    }

    /// The request as people may see it.
    #[must_use]
    pub fn masked(&self) -> Request {
        let sent = [
            ("authorization", self.authorization.as_ref()),
            ("content-type", self.content_type.as_ref()),
        ];
        let mut headers = Vec::new();
        for (name, value) in sent {
            let Some(value) = value else { continue };
            let shown = match (name, value.split_once(' ')) {
                ("authorization", Some((scheme, _))) => format!("{scheme} {}", mask::MASK),
                ("authorization", None) => mask::MASK.to_owned(),
                _ => mask::card_numbers(value),
            };
            headers.push((name.to_owned(), shown));
        }
        headers.extend(
            self.shown_key()
                .map(|key| ("idempotency-key".to_owned(), key)),
        );
        let query = if self.query.is_empty() {
            String::new()
        } else {
            format!("?{}", mask::body(&self.query))
        };
        let path = mask::card_numbers(&self.path);
        Request {
            line: format!("{} /api{path}{query}", self.method),
            headers,
            parameters: Vec::new(),
            body: Some(mask::body(&String::from_utf8_lossy(&self.body))),
        }
    }
}
