//! `POST /ecapi`: arrival, faults, execution, answer.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{Request, StatusCode, header};

use super::harm::{self, Voice};
use crate::domain::clock::Now;
use crate::domain::fault::Plan;
use crate::domain::faults::Target;
use crate::ecapi::{call::Call, methods::Visit};
use crate::hub::Hub;
use crate::world::World;

/// Far more than the documented parameters can fill.
const BODY_LIMIT: usize = 64 * 1024;

/// Answers one call of the API.
pub async fn call(State(hub): State<Hub>, request: Request<Body>) -> Response {
    if hub.with(|world, _| world.cuts_off(Target::Zaif(None))) {
        return harm::reset();
    }
    let (parts, body) = request.into_parts();
    let typed = parts.headers.get(header::CONTENT_TYPE);
    if typed.is_some_and(|value| !is_form(value)) {
        let text = "parameters are sent as application/x-www-form-urlencoded\n";
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, text).into_response();
    }
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        let text = "the body is longer than 64 KiB or did not arrive\n";
        return (StatusCode::PAYLOAD_TOO_LARGE, text).into_response();
    };
    let header = |name: &str| {
        let value = parts.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let call = Call::read(header, &body);
    // A task of its own: a request that arrived is carried out even if its client gave up.
    let played = tokio::spawn(play(hub, call)).await;
    played.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

fn is_form(value: &http::HeaderValue) -> bool {
    value.to_str().is_ok_and(|text| {
        let media = text.split(';').next().unwrap_or_default().trim();
        media.eq_ignore_ascii_case("application/x-www-form-urlencoded")
    })
}

async fn play(hub: Hub, call: Call) -> Response {
    // Arrival and execution share one lock unless a fault puts time between them:
    // the order on the wire is the order in the nonce book.
    let (generation, spelling, seq, plan, at_once) = hub.with(|world, now| {
        let (seq, plan) = world.arrive(&call, now);
        let at_once = (plan.delay_ms == 0).then(|| carry_out(world, &call, seq, &plan, now));
        world.touch();
        if let Some(body) = &at_once {
            write_down(world, seq, &plan, body.as_deref());
        }
        let spelling = world.modes.spelling;
        (world.generation(), spelling, seq, plan, at_once)
    });
    let body = match at_once {
        Some(body) => body,
        None => {
            tokio::time::sleep(Duration::from_millis(plan.delay_ms)).await;
            let late = hub.with(|world, now| {
                if world.generation() != generation {
                    return None;
                }
                world.touch();
                let body = carry_out(world, &call, seq, &plan, now);
                write_down(world, seq, &plan, body.as_deref());
                Some(body)
            });
            match late {
                Some(body) => body,
                // The account it called is gone: so is its connection.
                None => return harm::reset(),
            }
        }
    };
    if let Some(seconds) = plan.late_seconds {
        // Whatever else is to go wrong with it still does.
        let rest = Plan {
            before: None,
            late_seconds: None,
            ..plan.clone()
        };
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            hub.with(|world, now| {
                if world.generation() == generation {
                    world.touch();
                    carry_out(world, &call, seq, &rest, now);
                }
            });
        });
    }
    match plan.before.or(plan.after) {
        Some(harm) => harm::respond(harm, body.map(harm::json), &Voice::Zaif(spelling)),
        None => harm::json(body.unwrap_or_default()),
    }
}

/// Keeps what the client is told for people to look at.
fn write_down(world: &mut World, seq: u64, plan: &Plan, body: Option<&str>) {
    let (status, answer) = match plan.before.as_ref().or(plan.after.as_ref()) {
        Some(harm) => {
            let answer = (Some(200), body.unwrap_or_default());
            harm::shown(harm, answer, &Voice::Zaif(world.modes.spelling))
        }
        None => (Some(200), body.unwrap_or_default().to_owned()),
    };
    world.traffic.answered(seq, status, &answer);
}

/// Executes the call as its plan says; `None` when the plan lets it never begin.
fn carry_out(world: &mut World, call: &Call, seq: u64, plan: &Plan, now: Now) -> Option<String> {
    if plan.before.is_some() {
        return None;
    }
    let visit = |seq| Visit {
        call,
        seq,
        lag_seconds: plan.lag_seconds,
    };
    let first = world.execute(visit(seq), now);
    if !plan.twice {
        return Some(first);
    }
    let copy = world.arrive_again(seq, call, now);
    Some(world.execute(visit(copy), now))
}
