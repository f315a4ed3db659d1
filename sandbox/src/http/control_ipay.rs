//! Control of iPay: what only a bank, a customer or a clerk can do.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::json::{self, Answer, Problem, bad, problem};
use crate::domain::clock::Moment;
use crate::domain::ipay::event::{self, Endpoint, Kind};
use crate::domain::ipay::modes::Modes;
use crate::domain::ipay::refusal::Refusal;
use crate::hub::Hub;
use crate::world::World;

/// The paths below `/_sandbox/ipay`.
pub(super) fn routes() -> Router<Hub> {
    Router::new()
        .route("/_sandbox/ipay/account", get(account))
        .route("/_sandbox/ipay/payments/{id}", get(payment))
        .route("/_sandbox/ipay/payments/{id}/dispute", post(dispute))
        .route(
            "/_sandbox/ipay/payments/{id}/authenticate",
            post(authenticate),
        )
        .route("/_sandbox/ipay/payments/{id}/settle", post(settle_payment))
        .route("/_sandbox/ipay/refunds/{id}/settle", post(settle_refund))
        .route("/_sandbox/ipay/tokens/revoke", post(revoke))
        .route("/_sandbox/ipay/modes", get(modes).post(set_modes))
        .route(
            "/_sandbox/ipay/webhook_endpoints",
            get(endpoints).post(add_endpoint),
        )
        .route(
            "/_sandbox/ipay/webhook_endpoints/{id}",
            delete(end_endpoint),
        )
        .route("/_sandbox/ipay/webhook_secret/rotate", post(rotate))
        .route("/_sandbox/ipay/cards", get(cards))
}

fn refused(refusal: Refusal) -> Problem {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::CONFLICT);
    problem(status, refusal.message)
}

fn show_payment(world: &World, id: &str) -> Answer {
    let found = world.ipay_payment(id);
    let found = found.ok_or_else(|| problem(StatusCode::NOT_FOUND, "no such payment"))?;
    Ok(json::ok(&found))
}

async fn account(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, _| world.ipay_account())))
}

async fn payment(State(hub): State<Hub>, Path(id): Path<String>) -> Answer {
    hub.with(|world, _| show_payment(world, &id))
}

async fn dispute(State(hub): State<Hub>, Path(id): Path<String>, body: Bytes) -> Answer {
    json::read::<Nothing>(&body)?;
    hub.with(|world, now| {
        world.dispute(&id, now.at).map_err(refused)?;
        show_payment(world, &id)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    ok: bool,
}

type Judge = fn(&mut World, &str, bool, Moment) -> Result<(), Refusal>;

fn judge(hub: &Hub, id: &str, body: &[u8], act: Judge) -> Result<(), Problem> {
    let verdict: Verdict = json::read(body)?;
    hub.with(|world, now| act(world, id, verdict.ok, now.at))
        .map_err(refused)
}

async fn authenticate(State(hub): State<Hub>, Path(id): Path<String>, body: Bytes) -> Answer {
    judge(&hub, &id, &body, World::authenticate)?;
    hub.with(|world, _| show_payment(world, &id))
}

async fn settle_payment(State(hub): State<Hub>, Path(id): Path<String>, body: Bytes) -> Answer {
    judge(&hub, &id, &body, World::settle_payment)?;
    hub.with(|world, _| show_payment(world, &id))
}

async fn settle_refund(State(hub): State<Hub>, Path(id): Path<String>, body: Bytes) -> Answer {
    judge(&hub, &id, &body, World::settle_refund)?;
    Ok(json::ok(&hub.with(|world, _| {
        world.touch();
        world.ipay.refunds.get(&id).map(|entry| entry.it.clone())
    })))
}

async fn revoke(State(hub): State<Hub>, body: Bytes) -> Answer {
    json::read::<Nothing>(&body)?;
    let count = hub.with(|world, _| world.ipay.access_tokens.revoke());
    Ok(json::ok(&json!({"revoked": count})))
}

async fn rotate(State(hub): State<Hub>, body: Bytes) -> Answer {
    json::read::<Nothing>(&body)?;
    let secret = hub.with(|world, _| {
        let secret = world.fresh_id("whsec_", "ipay webhook secret");
        world.ipay.credentials.webhook_secret.clone_from(&secret);
        secret
    });
    Ok(json::ok(&json!({"webhook_secret": secret})))
}

async fn modes(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, _| world.ipay.modes)))
}

async fn set_modes(State(hub): State<Hub>, body: Bytes) -> Answer {
    let modes: Modes = json::read(&body)?;
    Ok(json::ok(&hub.with(|world, _| {
        world.ipay.modes = modes;
        world.touch();
        modes
    })))
}

async fn endpoints(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(
        |world, _| json!({"webhook_endpoints": world.ipay.endpoints}),
    )))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewEndpoint {
    url: String,
    events: Option<Vec<Kind>>,
}

async fn add_endpoint(State(hub): State<Hub>, body: Bytes) -> Answer {
    let asked: NewEndpoint = json::read(&body)?;
    event::check_url(&asked.url).map_err(|refusal| bad(refusal.message))?;
    Ok(json::ok(&hub.with(|world, now| {
        let endpoint = Endpoint {
            id: world.fresh_id("we_", "ipay webhook endpoint"),
            created: now.at.secs(),
            url: asked.url,
            events: asked.events,
        };
        world.ipay.endpoints.push(endpoint.clone());
        world.touch();
        endpoint
    })))
}

async fn end_endpoint(State(hub): State<Hub>, Path(id): Path<String>) -> Answer {
    let found = hub.with(|world, _| {
        let endpoints = &mut world.ipay.endpoints;
        let Some(place) = endpoints.iter().position(|it| it.id == id) else {
            return false;
        };
        let gone = endpoints.remove(place);
        // Another endpoint of the same address still hears what is on its way there.
        if !endpoints.iter().any(|it| it.url == gone.url) {
            world.outbox.end_events_to(&gone.url);
        }
        world.touch();
        true
    });
    if !found {
        return Err(problem(StatusCode::NOT_FOUND, "no such endpoint"));
    }
    Ok(json::ok(&json!({"id": id, "deleted": true})))
}

async fn cards() -> Answer {
    Ok(json::ok(
        &json!({"cards": crate::domain::ipay::cards::CARDS}),
    ))
}
