//! The payment page: rendering, its live state, its files and its sandbox bar.

use std::convert::Infallible;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::middleware;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;
use tokio::sync::watch;

use super::guard::{self, Guard};
use super::json;
use crate::domain::clock::Now;
use crate::ecapi::call::Call;
use crate::hub::Hub;
use crate::page::language::choose;
use crate::page::press::press;
use crate::page::view::{Live, sign};
use crate::page::words::Words;
use crate::world::World;

use super::page_parts::PaymentPage;

/// Nothing but the sandbox's own files, and no script that writes markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; base-uri 'none'; require-trusted-types-for 'script'; \
    trusted-types 'none'";
/// Shops under development frame the payment page from this machine.
const FRAMED_BY: &str = "'self' http://localhost:* http://127.0.0.1:* https://localhost:* \
    https://127.0.0.1:*";
/// How often an open page is looked after even if nothing was heard: time passes silently.
const LOOK_EVERY: Duration = Duration::from_secs(1);

const SCRIPT: &str = include_str!("../../assets/payment.js");
const STYLE: &str = include_str!("../../assets/payment.css");
const ICON: &str = include_str!("../../assets/icon.svg");

/// The paths of the page; the bar's own path stands behind the guard.
pub fn routes(guard: Guard) -> Router<Hub> {
    let bar = Router::new()
        .route("/_sandbox/page/{id}", post(act))
        .layer(middleware::from_fn_with_state(guard, guard::check));
    Router::new()
        .route("/invoice/form/{id}", get(form))
        .route("/invoice/iframe/{id}", get(iframe))
        .route("/invoice/status/{id}", get(status))
        .route("/invoice/events/{id}", get(events))
        .route(
            "/assets/payment.js",
            get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }),
        )
        .route(
            "/assets/payment.css",
            get(|| async { file("text/css; charset=utf-8", STYLE) }),
        )
        .route(
            "/assets/icon.svg",
            get(|| async { file("image/svg+xml", ICON) }),
        )
        .merge(bar)
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

impl Asked {
    fn words(&self, headers: &HeaderMap) -> &'static Words {
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|value| value.to_str().ok());
        choose(self.lang.as_deref(), accepted)
    }
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "notice.html")]
pub(super) struct Notice<'a> {
    pub(super) lang: &'static str,
    pub(super) title: &'static str,
    /// The address in the other language, and both names of that.
    pub(super) other: (String, &'static str, &'static str),
    pub(super) headline: &'a str,
    pub(super) say: &'a str,
    pub(super) sign: &'static str,
}

async fn form(
    State(hub): State<Hub>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    render(&hub, &id, asked.words(&headers), "form", "'none'")
}

async fn iframe(
    State(hub): State<Hub>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    render(&hub, &id, asked.words(&headers), "iframe", FRAMED_BY)
}

fn render(
    hub: &Hub,
    id: &str,
    words: &'static Words,
    kind: &'static str,
    framed_by: &str,
) -> Response {
    let page = hub.with(|world, now| {
        let invoice = world.invoices.get(id)?;
        let live = live(world, id, words, now)?;
        Some(PaymentPage::of(invoice, words, live, kind))
    });
    match page {
        Some(page) => html(StatusCode::OK, page.render(), framed_by),
        None => html(
            StatusCode::NOT_FOUND,
            Notice {
                lang: words.lang,
                title: words.title,
                other: (
                    format!("?lang={}", words.other_lang),
                    words.other_lang,
                    words.other_language,
                ),
                headline: words.not_found,
                say: words.not_found_note,
                sign: sign::OVER,
            }
            .render(),
            framed_by,
        ),
    }
}

fn live(world: &World, id: &str, words: &Words, now: Now) -> Option<Live> {
    let invoice = world.invoices.get(id)?;
    Some(Live::of(invoice, words, now.at, world.clock.is_frozen()))
}

/// A page whose forms lead nowhere but here.
pub(super) fn html(
    status: StatusCode,
    body: Result<String, askama::Error>,
    framed_by: &str,
) -> Response {
    html_leading_to(status, body, framed_by, "'self'")
}

/// A page whose forms lead to `form_action`, by themselves or by a redirect.
pub(super) fn html_leading_to(
    status: StatusCode,
    body: Result<String, askama::Error>,
    framed_by: &str,
    form_action: &str,
) -> Response {
    let Ok(body) = body else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, body).into_response();
    let policy = format!("{POLICY}; form-action {form_action}; frame-ancestors {framed_by}");
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        // With `no-referrer` the bar's own forms would come from origin `null`.
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

pub(super) fn file(content_type: &'static str, body: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, body).into_response()
}

async fn status(
    State(hub): State<Hub>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let words = asked.words(&headers);
    match hub.with(|world, now| live(world, &id, words, now)) {
        Some(live) => ([(header::CACHE_CONTROL, "no-store")], json::ok(&live)).into_response(),
        None => json::problem(StatusCode::NOT_FOUND, "no such invoice").into_response(),
    }
}

/// What an open page was told last, and when.
struct Watcher {
    hub: Hub,
    bell: watch::Receiver<u64>,
    id: String,
    words: &'static Words,
    told: Option<(Live, tokio::time::Instant)>,
}

impl Watcher {
    /// Waits until the page has to be told something; `None` when the invoice is gone.
    async fn news(&mut self) -> Option<Live> {
        loop {
            self.bell.mark_unchanged();
            let live = self
                .hub
                .with(|world, now| live(world, &self.id, self.words, now))?;
            let known = self.told.as_ref().is_some_and(|(told, when)| {
                let millis = u64::try_from(when.elapsed().as_millis()).unwrap_or(u64::MAX);
                told.still_shows(&live, millis)
            });
            if !known {
                self.told = Some((live.clone(), tokio::time::Instant::now()));
                return Some(live);
            }
            tokio::select! {
                _ = self.bell.changed() => {}
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
        }
    }
}

async fn events(
    State(hub): State<Hub>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    if hub.with(|world, _| world.invoices.get(&id).is_none()) {
        return json::problem(StatusCode::NOT_FOUND, "no such invoice").into_response();
    }
    let watcher = Watcher {
        bell: hub.listen(),
        hub,
        id,
        words: asked.words(&headers),
        told: None,
    };
    Sse::new(stream_of(watcher))
        .keep_alive(KeepAlive::default())
        .into_response()
}

fn stream_of(watcher: Watcher) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(watcher, |mut watcher| async move {
        let live = watcher.news().await?;
        let text = serde_json::to_string(&live).ok()?;
        Some((Ok(Event::default().data(text)), watcher))
    })
}

/// What the sandbox bar's buttons do.
async fn act(State(hub): State<Hub>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = Call::read(|_| None, &body);
    let done = hub.with(|world, now| press(world, &id, form.get("act"), now));
    if let Err(reason) = done {
        return json::bad(reason).into_response();
    }
    let view = match form.get("view") {
        Some("iframe") => "iframe",
        _ => "form",
    };
    let lang = choose(form.get("lang"), None).lang;
    Redirect::to(&format!("/invoice/{view}/{id}?lang={lang}")).into_response()
}
