//! `/api`: arrival, faults, execution, answer.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, StatusCode, header};

use super::harm::{self, Voice};
use crate::domain::clock::Now;
use crate::domain::fault::Plan;
use crate::domain::faults::Target;
use crate::domain::ipay::mask;
use crate::hub::Hub;
use crate::ipay::answer::Answer;
use crate::ipay::call::Call;
use crate::ipay::execute::Arrival;
use crate::world::World;

/// Far more than the documented fields can fill.
const BODY_LIMIT: usize = 256 * 1024;

/// Answers one call of the API.
pub async fn call(State(hub): State<Hub>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let path = path.strip_prefix("/api").unwrap_or(path);
    let read = |body: Bytes| {
        let header = |name: &str| {
            let value = parts.headers.get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let query = parts.uri.query().unwrap_or_default();
        Call::read(parts.method.as_str(), path, query, header, body)
    };
    let route = read(Bytes::new()).route();
    if hub.with(|world, _| world.cuts_off(Target::Ipay(route))) {
        return harm::reset();
    }
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        let answer = hub.with(|world, _| {
            let request_id = world.fresh_id("req_", "ipay request");
            let reason = "the body is longer than 256 KiB or did not arrive";
            world.ipay_service_answer(413, reason, &request_id)
        });
        return spoken(answer);
    };
    let call = read(body);
    // A task of its own: a request that arrived is carried out even if its client gave up.
    let played = tokio::spawn(play(hub, call)).await;
    played.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// The same for browsers: the one call that pages of other origins may make.
pub async fn tokens(State(hub): State<Hub>, request: Request<Body>) -> Response {
    let mut response = if request.method() == Method::OPTIONS {
        let allowed = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
            (
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                "authorization, content-type, idempotency-key",
            ),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ];
        (StatusCode::NO_CONTENT, allowed).into_response()
    } else {
        call(State(hub), request).await
    };
    let everybody = HeaderValue::from_static("*");
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, everybody);
    response
}

/// An answer as it goes out.
pub(super) fn spoken(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = harm::json(answer.body);
    *response.status_mut() = status;
    let mut add = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::try_from(value) {
            let name = HeaderName::from_static(name);
            response.headers_mut().insert(name, value);
        }
    };
    add("x-request-id", &answer.request_id);
    if answer.replayed {
        add("idempotent-replayed", "true");
    }
    if status == StatusCode::UNAUTHORIZED {
        add("www-authenticate", "Bearer realm=\"iPay sandbox\"");
    }
    response
}

/// How far a call has come.
enum Stage {
    /// It was answered, or its plan lets it never begin.
    Over(Option<Answer>),
    /// It was begun and runs for a while.
    Running,
}

async fn play(hub: Hub, call: Call) -> Response {
    // Arrival and execution share one lock unless a fault puts time between them:
    // the order on the wire is the order of effects.
    let (generation, errors, arrival, plan, stage) = hub.with(|world, now| {
        let (arrival, plan) = world.arrive_ipay(&call, now);
        world.touch();
        let stage = if plan.before.is_some() {
            Stage::Over(None)
        } else if plan.delay_ms == 0 {
            Stage::Over(Some(carry_out(world, &call, &arrival, &plan, now)))
        } else {
            // What takes long has begun: its key says so to whoever asks meanwhile.
            world
                .begin_ipay(&call, &arrival, now)
                .map_or(Stage::Running, |answer| Stage::Over(Some(answer)))
        };
        let errors = world.ipay.modes.errors;
        (world.generation(), errors, arrival, plan, stage)
    });
    let voice = Voice::Ipay {
        request_id: arrival.request_id.clone(),
        errors,
    };
    if plan.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(plan.delay_ms)).await;
    }
    let answer = match stage {
        Stage::Over(answer) => answer,
        Stage::Running => {
            let late = hub.with(|world, now| {
                (world.generation() == generation).then(|| {
                    world.touch();
                    let first = world.finish_ipay(&call, &arrival, plan.lag_seconds, now);
                    second(world, &call, &arrival, &plan, now).unwrap_or(first)
                })
            });
            match late {
                Some(answer) => Some(answer),
                // The account it called is gone: so is its connection.
                None => return harm::reset(),
            }
        }
    };
    hub.with(|world, _| {
        if world.generation() == generation {
            write_down(world, &arrival, &plan, answer.as_ref(), &voice);
            world.touch();
        }
    });
    if let Some(seconds) = plan.late_seconds {
        tokio::spawn(run_late(
            hub,
            generation,
            call,
            arrival,
            plan.clone(),
            seconds,
        ));
    }
    match plan.before.or(plan.after) {
        Some(harm) => harm::respond(harm, answer.map(spoken), &voice),
        None => answer.map_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response(), spoken),
    }
}

/// Carries out what was on its way for so long that its client is gone.
async fn run_late(
    hub: Hub,
    generation: u64,
    call: Call,
    arrival: Arrival,
    plan: Plan,
    seconds: u64,
) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    hub.with(|world, now| {
        if world.generation() == generation {
            world.touch();
            carry_out(world, &call, &arrival, &plan, now);
        }
    });
}

/// Executes the call as its plan says.
fn carry_out(world: &mut World, call: &Call, arrival: &Arrival, plan: &Plan, now: Now) -> Answer {
    let first = run(world, call, arrival, plan, now);
    second(world, call, arrival, plan, now).unwrap_or(first)
}

fn run(world: &mut World, call: &Call, arrival: &Arrival, plan: &Plan, now: Now) -> Answer {
    let begun = world.begin_ipay(call, arrival, now);
    begun.unwrap_or_else(|| world.finish_ipay(call, arrival, plan.lag_seconds, now))
}

/// The answer to a second copy, if the call arrives twice.
fn second(
    world: &mut World,
    call: &Call,
    arrival: &Arrival,
    plan: &Plan,
    now: Now,
) -> Option<Answer> {
    plan.twice.then(|| {
        let copy = world.arrive_ipay_again(arrival, call, now);
        run(world, call, &copy, plan, now)
    })
}

/// Keeps what the client is told for people to look at.
fn write_down(
    world: &mut World,
    arrival: &Arrival,
    plan: &Plan,
    answer: Option<&Answer>,
    voice: &Voice,
) {
    let said = match answer {
        Some(answer) => (Some(answer.status), answer.body.as_str()),
        None => (None, ""),
    };
    let (status, body) = match plan.before.as_ref().or(plan.after.as_ref()) {
        Some(harm) => harm::shown(harm, said, voice),
        None => (said.0, said.1.to_owned()),
    };
    world
        .traffic
        .answered(arrival.seq, status, &mask::body(&body));
}
