//! The page of 3-D Secure: the customer accepts or refuses.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

use super::guard::{self, Guard};
use super::json;
use super::page::{Notice, html, html_leading_to};
use crate::domain::clock::Now;
use crate::domain::ipay::account::BUSINESS_NAME;
use crate::domain::ipay::payment::{Payment, Status};
use crate::ecapi::call::Call;
use crate::hub::Hub;
use crate::page::amount::shown;
use crate::page::authenticate::View;
use crate::page::ipay_words::{Words, words};
use crate::page::language::choose;
use crate::page::view::sign;
use crate::page::way_back::{WayBack, encoded};
use crate::world::World;

/// The paths of the page; what acts stands behind the guard.
pub(super) fn routes(guard: Guard) -> Router<Hub> {
    let path = "/ipay/authenticate/{id}";
    let guarded = Router::new()
        .route(path, axum::routing::post(act))
        .layer(middleware::from_fn_with_state(guard, guard::check));
    Router::new().route(path, get(show)).merge(guarded)
}

/// The words for a visitor.
pub(super) fn words_for(lang: Option<&str>, headers: &HeaderMap) -> &'static Words {
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    words(choose(lang, accepted).lang)
}

/// Why one of iPay's pages is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is no such payment.
    Unknown,
    /// Who asks was not sent by the shop.
    Secret,
    /// It would lead to another machine.
    WayBack,
    /// There is no key to make tokens with.
    Key,
}

impl Refused {
    /// The page that says so; `address` is this page's own, without a language.
    pub(super) fn page(self, w: &'static Words, address: &str) -> Response {
        let (status, headline, say) = match self {
            Self::Unknown => (StatusCode::NOT_FOUND, w.not_found, w.not_found_note),
            Self::Secret => (StatusCode::FORBIDDEN, w.no_secret, w.no_secret_note),
            Self::WayBack => (StatusCode::BAD_REQUEST, w.bad_return, w.bad_return_note),
            Self::Key => (StatusCode::BAD_REQUEST, w.no_key, w.no_key_note),
        };
        let notice = Notice {
            lang: w.lang,
            title: w.sandbox,
            other: (
                format!("{address}&lang={}", w.other_lang),
                w.other_lang,
                w.other_language,
            ),
            headline,
            say,
            sign: sign::OVER,
        };
        html(status, notice.render(), "'none'")
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    client_secret: String,
    #[serde(default)]
    return_url: String,
    lang: Option<String>,
}

impl Asked {
    /// The page's own address, without a language.
    fn address(&self) -> String {
        let secret = encoded(&self.client_secret);
        let back = encoded(&self.return_url);
        match self.return_url.as_str() {
            "" => format!("?client_secret={secret}"),
            _ => format!("?client_secret={secret}&return_url={back}"),
        }
    }

    /// Where the customer goes afterwards, if anywhere.
    fn way_back(&self) -> Result<Option<WayBack>, Refused> {
        if self.return_url.is_empty() {
            return Ok(None);
        }
        WayBack::read(&self.return_url)
            .map(Some)
            .ok_or(Refused::WayBack)
    }
}

/// The page as its template sees it.
#[derive(Template)]
#[template(path = "authenticate.html")]
struct Page {
    w: &'static Words,
    id: String,
    shop: &'static str,
    amount: String,
    view: View,
    client_secret: String,
    return_url: String,
    other_address: String,
    back: Option<String>,
    rows: Vec<(&'static str, String)>,
}

/// The payment, for whoever knows its secret.
fn payment<'w>(world: &'w World, id: &str, asked: &Asked) -> Result<&'w Payment, Refused> {
    let entry = world.ipay.payments.get(id).ok_or(Refused::Unknown)?;
    if entry.it.client_secret != asked.client_secret {
        return Err(Refused::Secret);
    }
    Ok(&entry.it)
}

fn rows(world: &World, payment: &Payment, w: &'static Words) -> Vec<(&'static str, String)> {
    let method = payment.payment_method.as_deref();
    let method = method.and_then(|id| world.ipay.payment_methods.get(id));
    let card = method.and_then(|entry| entry.it.card.as_ref());
    [
        (w.shop, Some(BUSINESS_NAME.to_owned())),
        (w.description, payment.description.clone()),
        (
            w.card,
            card.map(|card| format!("{} •••• {}", card.brand, card.last4)),
        ),
        (w.reason, payment.failure_code.clone()),
        (w.payment, Some(payment.id.clone())),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect()
}

fn page(
    world: &World,
    id: &str,
    asked: &Asked,
    back: Option<&WayBack>,
    w: &'static Words,
) -> Result<Page, Refused> {
    let payment = payment(world, id, asked)?;
    let view = View::of(payment.status, w);
    Ok(Page {
        w,
        id: payment.id.clone(),
        shop: BUSINESS_NAME,
        amount: shown(payment.amount, &payment.currency),
        view,
        client_secret: asked.client_secret.clone(),
        return_url: asked.return_url.clone(),
        other_address: format!("{}&lang={}", asked.address(), w.other_lang),
        back: back.map(|back| back.with("payment", id)),
        rows: rows(world, payment, w),
    })
}

async fn show(
    State(hub): State<Hub>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let w = words_for(asked.lang.as_deref(), &headers);
    let shown = asked.way_back().and_then(|back| {
        let page = hub.with(|world, _| page(world, &id, &asked, back.as_ref(), w))?;
        Ok((page, back))
    });
    match shown {
        Ok((page, back)) => {
            // A browser asks also where the answer to the form would lead.
            let origin = back.as_ref().map_or("", WayBack::origin);
            let to = format!("'self' {origin}");
            html_leading_to(StatusCode::OK, page.render(), "'none'", to.trim_end())
        }
        Err(refused) => refused.page(w, &asked.address()),
    }
}

/// Does what the customer says, unless it was said before.
fn decide(world: &mut World, id: &str, asked: &Asked, ok: bool, now: Now) -> Result<(), Refused> {
    if payment(world, id, asked)?.status == Status::RequiresAction {
        world
            .authenticate(id, ok, now.at)
            .map_err(|_| Refused::Unknown)?;
    }
    Ok(())
}

async fn act(State(hub): State<Hub>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = Call::read(|_| None, &body);
    let text = |name| form.get(name).unwrap_or_default().to_owned();
    let asked = Asked {
        client_secret: text("client_secret"),
        return_url: text("return_url"),
        lang: Some(text("lang")),
    };
    let w = words_for(asked.lang.as_deref(), &HeaderMap::new());
    let ok = match form.get("act") {
        Some("accept") => true,
        Some("refuse") => false,
        _ => return json::bad("unknown act").into_response(),
    };
    let decided = asked.way_back().and_then(|back| {
        hub.with(|world, now| decide(world, &id, &asked, ok, now))?;
        Ok(back)
    });
    match decided {
        Ok(Some(back)) => Redirect::to(&back.with("payment", &id)).into_response(),
        Ok(None) => {
            let address = asked.address();
            let to = format!(
                "/ipay/authenticate/{}{address}&lang={}",
                encoded(&id),
                w.lang
            );
            Redirect::to(&to).into_response()
        }
        Err(refused) => {
            let address = format!("/ipay/authenticate/{}{}", encoded(&id), asked.address());
            refused.page(w, &address)
        }
    }
}
