//! Which path leads where.

use axum::Router;
use axum::routing::post;
use http::StatusCode;

use super::{control, dashboard, ecapi, json, page};
use crate::hub::Hub;

/// Every path of the sandbox.
pub fn router(hub: Hub) -> Router {
    Router::new()
        .route("/ecapi", post(ecapi::call))
        .merge(control::routes())
        .merge(page::routes())
        .merge(dashboard::routes())
        .fallback(|| async { json::problem(StatusCode::NOT_FOUND, "nothing is here") })
        .with_state(hub)
}
