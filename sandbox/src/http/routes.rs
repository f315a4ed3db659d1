//! Which path leads where.

use axum::Router;
use axum::routing::{any, get, post};
use http::StatusCode;

use super::guard::Guard;
use super::{control, dashboard, ecapi, ipay, json, page, page_authenticate, page_card};
use crate::hub::Hub;

/// Every path of the sandbox.
pub fn router(hub: Hub, guard: Guard) -> Router {
    Router::new()
        .route("/ecapi", post(ecapi::call))
        .route("/api/tokens", any(ipay::tokens))
        .route("/api/{*path}", any(ipay::call))
        // Tells nothing but that it runs, so whatever starts it may ask under any name.
        .route(
            "/_sandbox/ready",
            get(|| async { json::ok(&serde_json::json!({"ready": true})) }),
        )
        .merge(control::routes(guard))
        .merge(page::routes(guard))
        .merge(page_authenticate::routes(guard))
        .merge(page_card::routes())
        .merge(dashboard::routes(guard))
        .fallback(|| async { json::problem(StatusCode::NOT_FOUND, "nothing is here") })
        .with_state(hub)
}
