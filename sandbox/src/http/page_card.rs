//! The page where customers enter a card: the shop is handed a token, never the number.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use time::OffsetDateTime;

use super::page::{file, html_leading_to};
use super::page_authenticate::{Refused, words_for};
use crate::domain::clock::Moment;
use crate::domain::ipay::account::BUSINESS_NAME;
use crate::hub::Hub;
use crate::page::ipay_words::Words;
use crate::page::test_cards::{self, Shown};
use crate::page::way_back::{WayBack, encoded};

const SCRIPT: &str = include_str!("../../assets/card.js");
/// How long the test cards are still good.
const YEARS_LEFT: i32 = 3;

/// The paths of the page. It changes nothing itself: the API does.
pub(super) fn routes() -> Router<Hub> {
    Router::new().route("/ipay/card", get(show)).route(
        "/assets/card.js",
        get(|| async { file("text/javascript; charset=utf-8", SCRIPT) }),
    )
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    publishable_key: String,
    #[serde(default)]
    return_url: String,
    state: Option<String>,
    lang: Option<String>,
}

impl Asked {
    /// The page's own address, without a language.
    fn address(&self) -> String {
        let key = encoded(&self.publishable_key);
        let back = encoded(&self.return_url);
        let mut address = format!("?publishable_key={key}&return_url={back}");
        if let Some(state) = &self.state {
            address.push_str(&format!("&state={}", encoded(state)));
        }
        address
    }
}

/// The page as its template sees it.
#[derive(Template)]
#[template(path = "card.html")]
struct Page {
    w: &'static Words,
    shop: &'static str,
    other_address: String,
    publishable_key: String,
    return_url: String,
    state: Option<String>,
    cards: Vec<Shown>,
    year: i32,
}

/// A year in which the test cards are good.
fn good_year(at: Moment) -> i32 {
    let today = i64::try_from(at.secs()).ok();
    let today = today.and_then(|secs| OffsetDateTime::from_unix_timestamp(secs).ok());
    today.map_or(2_099, |today| today.year().saturating_add(YEARS_LEFT))
}

async fn show(State(hub): State<Hub>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let w = words_for(asked.lang.as_deref(), &headers);
    let Some(back) = WayBack::read(&asked.return_url) else {
        return Refused::WayBack.page(w, &asked.address());
    };
    if asked.publishable_key.is_empty() {
        return Refused::Key.page(w, &asked.address());
    }
    let page = Page {
        w,
        shop: BUSINESS_NAME,
        other_address: format!("{}&lang={}", asked.address(), w.other_lang),
        publishable_key: asked.publishable_key,
        return_url: back.as_str().to_owned(),
        state: asked.state,
        cards: test_cards::shown(w),
        year: hub.with(|_, now| good_year(now.at)),
    };
    // The shop may lead on to the page of 3-D Secure, which is this sandbox's.
    let to = format!("'self' {}", back.origin());
    let mut response = html_leading_to(StatusCode::OK, page.render(), "'none'", &to);
    // The form goes to another origin: with `same-origin` it would come from `null`.
    let policy = HeaderValue::from_static("strict-origin");
    response
        .headers_mut()
        .insert(header::REFERRER_POLICY, policy);
    response
}
