//! Control of webhooks: what went out, once more, later, in another order.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::json::{self, Answer, bad, problem};
use crate::domain::outbox::Unmovable;
use crate::hub::Hub;
use crate::world::World;

/// The paths below `/_sandbox/deliveries`.
pub(super) fn routes() -> Router<Hub> {
    Router::new()
        .route("/_sandbox/deliveries", get(deliveries))
        .route("/_sandbox/deliveries/hold", post(hold))
        .route("/_sandbox/deliveries/release", post(release))
        .route("/_sandbox/deliveries/reorder", post(reorder))
        .route("/_sandbox/deliveries/{id}/redeliver", post(redeliver))
}

fn view(world: &World) -> Value {
    json!({"held": world.outbox.is_held(), "deliveries": world.outbox.all()})
}

async fn deliveries(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, _| view(world))))
}

async fn hold(State(hub): State<Hub>) -> Answer {
    Ok(set_held(&hub, true))
}

async fn release(State(hub): State<Hub>) -> Answer {
    Ok(set_held(&hub, false))
}

fn set_held(hub: &Hub, held: bool) -> axum::response::Response {
    json::ok(&hub.with(|world, _| {
        world.outbox.hold(held);
        world.touch();
        json!({"held": held})
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reorder {
    ids: Vec<u64>,
}

async fn reorder(State(hub): State<Hub>, body: Bytes) -> Answer {
    let asked: Reorder = json::read(&body)?;
    if asked.ids.is_empty() {
        return Err(bad("ids must name at least one delivery"));
    }
    hub.with(|world, now| {
        let moved = world.outbox.reorder(&asked.ids, now.at);
        moved.map_err(|reason| match reason {
            Unmovable::Unknown(id) => {
                problem(StatusCode::NOT_FOUND, format!("ids: no delivery {id}"))
            }
            Unmovable::Twice(id) => bad(format!(
                "ids: {id} is named twice; redeliver makes duplicates"
            )),
            Unmovable::Gone(id) => problem(
                StatusCode::CONFLICT,
                format!("ids: delivery {id} is over or under way: hold deliveries first"),
            ),
        })?;
        world.touch();
        Ok(json::ok(&view(world)))
    })
}

async fn redeliver(State(hub): State<Hub>, Path(id): Path<String>) -> Answer {
    let made = id.parse().ok().and_then(|id| {
        hub.with(|world, now| {
            world.touch();
            world.outbox.redeliver(id, now.at).cloned()
        })
    });
    let made = made.ok_or_else(|| problem(StatusCode::NOT_FOUND, "no such delivery"))?;
    Ok(json::ok(&made))
}
