//! The dashboard: its page, its buttons, its news and its files.

use std::convert::Infallible;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::middleware;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::api_page;
use super::guard::{self, Guard};
use super::page::{file, html};
use crate::dashboard::act::{Said, perform};
use crate::dashboard::look::{Look, View};
use crate::dashboard::parts::{Detail, Listing};
use crate::dashboard::words::Words;
use crate::dashboard::{customers, deliveries, invoices, payments, requests};
use crate::domain::clock::Now;
use crate::domain::faults::Rule;
use crate::domain::ipay::cards::CARDS;
use crate::ecapi::call::Call;
use crate::hub::Hub;
use crate::page::ipay_words;
use crate::page::language::choose;
use crate::page::test_cards::{self, Shown};
use crate::page::words::fill;
use crate::world::World;

const SCRIPT: &str = include_str!("../../assets/dashboard.js");
const STYLE: &str = include_str!("../../assets/dashboard.css");
/// What a rule looks like, to begin with.
const EXAMPLE_RULE: &str =
    r#"{"match": {"method": "createInvoice"}, "fault": "cut_answer", "times": 1}"#;
/// Under load an open page is told at most this often.
const CALM: Duration = Duration::from_millis(200);

/// The dashboard's paths; all that shows or does anything stands behind the guard.
pub(super) fn routes(guard: Guard) -> Router<Hub> {
    let guarded = Router::new()
        .route("/", get(show))
        .route("/_sandbox/", get(api_page::show))
        .route("/_sandbox/dashboard", post(press))
        .route("/_sandbox/events", get(events))
        .layer(middleware::from_fn_with_state(guard, guard::check));
    Router::new()
        .route(
            "/assets/dashboard.js",
            get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }),
        )
        .route(
            "/assets/dashboard.css",
            get(|| async { file("text/css; charset=utf-8", STYLE) }),
        )
        .merge(guarded)
}

/// One tab.
struct Tab {
    name: &'static str,
    address: String,
    count: usize,
    current: bool,
}

/// One rule in force.
struct RuleLine {
    text: String,
    counts: String,
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct Dashboard {
    w: &'static Words,
    look: Look,
    tabs: Vec<Tab>,
    said: Option<(&'static str, bool)>,
    endpoints: Vec<String>,
    cards: Vec<Shown>,
    time: String,
    millis: u64,
    offset: u64,
    frozen: bool,
    held: bool,
    encrypted: bool,
    listing: Listing,
    more: Option<String>,
    detail: Option<Detail>,
    rules: Vec<RuleLine>,
    typed: String,
    typed_wrong: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
    view: Option<String>,
    q: Option<String>,
    id: Option<String>,
    said: Option<String>,
    rule: Option<String>,
}

async fn show(State(hub): State<Hub>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    let lang = choose(asked.lang.as_deref(), accepted).lang;
    let look = Look {
        view: View::from_code(asked.view.as_deref().unwrap_or_default()),
        query: asked.q.unwrap_or_default(),
        id: asked.id.unwrap_or_default(),
        words: Look::words_of(lang),
    };
    let said = asked.said.as_deref().and_then(Said::from_code);
    let typed = asked.rule.unwrap_or_else(|| EXAMPLE_RULE.to_owned());
    let page = hub.with(|world, now| page(world, look, said, typed, now));
    html(StatusCode::OK, page.render(), "'none'")
}

fn page(world: &World, look: Look, said: Option<Said>, typed: String, now: Now) -> Dashboard {
    let w = look.words;
    let (listing, detail) = match look.view {
        View::Invoices => (invoices::list(world, &look), invoices::detail(world, &look)),
        View::Requests => (requests::list(world, &look), requests::detail(world, &look)),
        View::Deliveries => (
            deliveries::list(world, &look),
            deliveries::detail(world, &look),
        ),
        View::Payments => (payments::list(world, &look), payments::detail(world, &look)),
        View::Customers => (
            customers::list(world, &look),
            customers::detail(world, &look),
        ),
        View::Cards | View::Faults => (Listing::default(), None),
    };
    let shown = listing.lines.len().to_string();
    let more = (listing.found > listing.lines.len()).then(|| {
        let all = listing.found.to_string();
        fill(w.more, &[("shown", &shown), ("all", &all)])
    });
    Dashboard {
        w,
        tabs: tabs(world, &look),
        said: said.map(|said| (said.text(w), said == Said::Done)),
        endpoints: endpoints(world, look.view),
        cards: match look.view {
            View::Cards => test_cards::shown(ipay_words::words(w.lang)),
            _ => Vec::new(),
        },
        time: look.time(now.at.secs(), true),
        millis: now.at.millis(),
        offset: look.offset_secs(),
        frozen: world.clock.is_frozen(),
        held: world.outbox.is_held(),
        encrypted: world.is_encrypted(),
        listing,
        more,
        detail,
        rules: rules(world, w),
        typed_wrong: world.read_faults(typed.as_bytes()).err(),
        typed,
        look,
    }
}

/// Where to send the calls whose traces a view shows.
fn endpoints(world: &World, view: View) -> Vec<String> {
    let (zaif, ipay) = ("/ecapi", "/api");
    let paths = match view {
        View::Invoices => &[zaif][..],
        View::Payments | View::Customers => &[ipay],
        _ => &[zaif, ipay],
    };
    let whole = |path: &&str| format!("{}{path}", world.origin);
    paths.iter().map(whole).collect()
}

fn tabs(world: &World, look: &Look) -> Vec<Tab> {
    let count = |view| match view {
        View::Invoices => world.invoices.iter().count(),
        View::Payments => world.ipay.payments.len(),
        View::Customers => world.ipay.customers.len(),
        View::Cards => CARDS.len(),
        View::Requests => world.ledger.rows().len(),
        View::Deliveries => world.outbox.all().len(),
        View::Faults => world.faults.all().len(),
    };
    let tab = |view: View| Tab {
        name: view.name(look.words),
        address: look.at(view, ""),
        count: count(view),
        current: view == look.view,
    };
    View::ALL.map(tab).into()
}

fn rules(world: &World, w: &Words) -> Vec<RuleLine> {
    let line = |rule: &Rule| RuleLine {
        text: serde_json::to_string(&rule.text).unwrap_or_default(),
        counts: fill(
            w.rule_counts,
            &[
                ("seen", &rule.seen().to_string()),
                ("used", &rule.used().to_string()),
            ],
        ),
    };
    world.faults.all().iter().map(line).collect()
}

/// A button was pressed: does it and leads back to where it was, or to what came of it.
async fn press(State(hub): State<Hub>, body: Bytes) -> Response {
    let form = Call::read(|_| None, &body);
    let text = |name| form.get(name).unwrap_or_default();
    let mut look = Look {
        view: View::from_code(text("view")),
        query: text("q").to_owned(),
        id: text("id").to_owned(),
        words: Look::words_of(text("lang")),
    };
    let rule = text("rule");
    let done = hub.with(|world, now| perform(world, text("act"), &look.id, rule, now));
    let said = match done {
        Ok(None) => Said::Done,
        Ok(Some((view, id))) => {
            if view != look.view {
                look.query.clear();
            }
            (look.view, look.id) = (view, id);
            Said::Done
        }
        Err(said) => said,
    };
    let mut address = format!("{}&said={}", look.address(), said.code());
    if said == Said::BadRule {
        // What was typed comes back, with what is wrong about it.
        let rule = utf8_percent_encode(rule, NON_ALPHANUMERIC);
        address.push_str(&format!("&rule={rule}"));
    }
    Redirect::to(&address).into_response()
}

/// News: the count of changes, at once and after each of them. Who was away for a
/// while hears the newest count first and looks at everything again.
async fn events(State(hub): State<Hub>) -> Response {
    let bell = hub.listen();
    let news = stream::unfold((hub, bell, true), |(hub, mut bell, first)| async move {
        if !first {
            bell.changed().await.ok()?;
            tokio::time::sleep(CALM).await;
        }
        bell.mark_unchanged();
        let count = hub.with(|world, _| world.revision()).to_string();
        let event = Event::default().id(count.as_str()).data(&count);
        Some((Ok::<_, Infallible>(event), (hub, bell, false)))
    });
    Sse::new(news)
        .keep_alive(KeepAlive::default())
        .into_response()
}
