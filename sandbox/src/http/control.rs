//! The control API under `/_sandbox`: `GET` reads, `POST` acts.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::middleware;
use axum::routing::{get, post};
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::guard::{self, Guard};
use super::json::{self, Answer, bad, problem};
use super::{control_deliveries, control_ipay};
use crate::books::entry;
use crate::domain::clock::{MAX_ADVANCE_SECONDS, Now};
use crate::domain::faults::Rules;
use crate::domain::zaif::coin::Coin;
use crate::domain::zaif::keys::KeyOptions;
use crate::domain::zaif::modes::ModesChange;
use crate::domain::zaif::money::{ANSWER_DECIMALS, NETWORK_DECIMALS, from_control};
use crate::hub::Hub;
use crate::snapshot::Snapshot;
use crate::world::{MAX_BLOCKS, World};

/// A long life of an account fits in; a runaway upload does not.
const RESTORE_BYTES: usize = 256 << 20;

/// Every control path, behind the guard.
pub fn routes(guard: Guard) -> Router<Hub> {
    Router::new()
        .route("/_sandbox/zaif/invoices/{id}/pay", post(pay))
        .route("/_sandbox/zaif/invoices/{id}", get(invoice))
        .route("/_sandbox/zaif/mine", post(mine))
        .route("/_sandbox/zaif/rates", get(rates).post(set_rates))
        .route("/_sandbox/zaif/keys", get(keys).post(issue_key))
        .route(
            "/_sandbox/zaif/keys/{key}",
            post(arrange_key).patch(arrange_key),
        )
        .route("/_sandbox/clock", get(clock).post(set_clock))
        .route("/_sandbox/ledger", get(ledger))
        .route("/_sandbox/zaif/modes", get(modes).post(set_modes))
        .merge(control_deliveries::routes())
        .merge(control_ipay::routes())
        .route(
            "/_sandbox/faults",
            get(faults).post(add_faults).delete(clear_faults),
        )
        .route("/_sandbox/reset", post(reset))
        .route("/_sandbox/snapshot", get(snapshot))
        .route(
            "/_sandbox/restore",
            post(restore).layer(DefaultBodyLimit::max(RESTORE_BYTES)),
        )
        .fallback(|| async { problem(StatusCode::NOT_FOUND, "no such control path") })
        .layer(middleware::from_fn_with_state(guard, guard::check))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pay {
    amount: Option<Value>,
}

async fn pay(State(hub): State<Hub>, Path(id): Path<String>, body: Bytes) -> Answer {
    let amount = json::read::<Pay>(&body)?
        .amount
        .map(|value| from_control(&value, NETWORK_DECIMALS))
        .transpose()
        .map_err(|reason| bad(format!("amount {reason}")))?;
    hub.with(|world, now| {
        if world.invoices.get(&id).is_none() {
            return Err(problem(StatusCode::NOT_FOUND, "no such invoice"));
        }
        world
            .pay(&id, amount, now.at)
            .map_err(|reason| problem(StatusCode::CONFLICT, reason))?;
        Ok(json::ok(&world.invoices.get(&id).map(entry)))
    })
}

async fn invoice(State(hub): State<Hub>, Path(id): Path<String>) -> Answer {
    let found = hub.with(|world, _| world.invoices.get(&id).map(entry));
    let found = found.ok_or_else(|| problem(StatusCode::NOT_FOUND, "no such invoice"))?;
    Ok(json::ok(&found))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mine {
    coin: String,
    blocks: Option<u64>,
}

async fn mine(State(hub): State<Hub>, body: Bytes) -> Answer {
    let asked: Mine = json::read(&body)?;
    let coin = Coin::from_code(&asked.coin).ok_or_else(|| bad("coin must be btc or mona"))?;
    let blocks = asked.blocks.unwrap_or(1);
    if !(1..=MAX_BLOCKS).contains(&blocks) {
        return Err(bad(format!("blocks must be from 1 to {MAX_BLOCKS}")));
    }
    hub.with(|world, now| world.mine(coin, blocks, now.at));
    Ok(json::ok(&json!({"coin": coin.code(), "blocks": blocks})))
}

async fn rates(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, _| world.rates())))
}

async fn set_rates(State(hub): State<Hub>, body: Bytes) -> Answer {
    let asked: std::collections::BTreeMap<String, Value> = json::read(&body)?;
    let mut rates = Vec::new();
    for (code, value) in asked {
        let coin = Coin::from_code(&code).ok_or_else(|| bad(format!("unknown coin `{code}`")))?;
        let rate = from_control(&value, ANSWER_DECIMALS)
            .map_err(|reason| bad(format!("{code} {reason}")))?;
        rates.push((coin, rate));
    }
    let rates = hub.with(|world, _| {
        for (coin, rate) in rates {
            world.set_rate(coin, rate);
        }
        world.rates()
    });
    Ok(json::ok(&rates))
}

async fn keys(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(
        &hub.with(|world, _| json!({"keys": world.keys.views()})),
    ))
}

async fn issue_key(State(hub): State<Hub>, body: Bytes) -> Answer {
    let options: KeyOptions = json::read(&body)?;
    let made = hub.with(|world, _| world.issue_key(options));
    Ok(json::ok(&made.map_err(bad)?))
}

async fn arrange_key(State(hub): State<Hub>, Path(name): Path<String>, body: Bytes) -> Answer {
    let options: KeyOptions = json::read(&body)?;
    hub.with(|world, _| {
        let key = world
            .keys
            .by_key_or_id(&name)
            .ok_or_else(|| problem(StatusCode::NOT_FOUND, "no such key"))?;
        key.arrange(options).map_err(bad)?;
        Ok(json::ok(&key.view()))
    })
}

async fn modes(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, _| world.modes)))
}

async fn set_modes(State(hub): State<Hub>, body: Bytes) -> Answer {
    let change: ModesChange = json::read(&body)?;
    hub.with(|world, _| {
        world.modes.apply(change).map_err(bad)?;
        world.touch();
        Ok(json::ok(&world.modes))
    })
}

fn clock_view(world: &World, now: Now) -> Value {
    json!({
        "now": world.clock.at(now.real).secs(),
        "frozen": world.clock.is_frozen(),
    })
}

async fn clock(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, now| clock_view(world, now))))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    advance: Option<u64>,
    freeze: Option<bool>,
}

async fn set_clock(State(hub): State<Hub>, body: Bytes) -> Answer {
    let asked: SetClock = json::read(&body)?;
    if asked.advance.is_some_and(|by| by > MAX_ADVANCE_SECONDS) {
        return Err(bad(format!(
            "advance must be at most {MAX_ADVANCE_SECONDS}"
        )));
    }
    let view = hub.with(|world, now| {
        match asked.freeze {
            Some(true) => world.clock.freeze(now.real),
            Some(false) => world.clock.thaw(now.real),
            None => {}
        }
        world.advance(asked.advance.unwrap_or(0), now.real);
        clock_view(world, now)
    });
    Ok(json::ok(&view))
}

async fn ledger(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, _| world.books())))
}

fn fault_view(rules: &Rules) -> Value {
    json!({"faults": rules})
}

async fn faults(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, _| fault_view(&world.faults))))
}

async fn add_faults(State(hub): State<Hub>, body: Bytes) -> Answer {
    hub.with(|world, _| {
        world.add_faults(&body).map_err(bad)?;
        Ok(json::ok(&fault_view(&world.faults)))
    })
}

async fn clear_faults(State(hub): State<Hub>) -> Answer {
    Ok(json::ok(&hub.with(|world, _| {
        world.faults.clear();
        fault_view(&world.faults)
    })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    /// Ids and keys that nobody has seen, for clients that remember what they
    /// did with those before.
    seed: Option<u64>,
}

async fn reset(State(hub): State<Hub>, body: Bytes) -> Answer {
    let seed = json::read::<Reset>(&body)?.seed;
    hub.with(|world, _| {
        world
            .reset(seed)
            .map_err(|reason| problem(StatusCode::INTERNAL_SERVER_ERROR, reason))?;
        Ok(json::ok(&world.introduction()))
    })
}

async fn snapshot(State(hub): State<Hub>) -> Answer {
    let snapshot = hub.save().map_err(|error| {
        let reason = format!("the state could not be saved: {error}");
        problem(StatusCode::INTERNAL_SERVER_ERROR, reason)
    })?;
    Ok(json::ok(&snapshot))
}

async fn restore(State(hub): State<Hub>, body: Bytes) -> Answer {
    let snapshot = Snapshot::read(&body).map_err(bad)?;
    hub.with(|world, _| world.restore(snapshot));
    Ok(json::ok(&json!({"restored": true})))
}
