//! The page about the control paths: plain HTML that works wherever the sandbox does.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

use super::page::html;
use crate::dashboard::api::{Section, sections};
use crate::dashboard::api_words::{EN, JA, Words};
use crate::hub::Hub;
use crate::page::language::choose;

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    w: &'static Words,
    encrypted: bool,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
}

/// Shows it.
pub(super) async fn show(
    State(hub): State<Hub>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    let lang = choose(asked.lang.as_deref(), accepted).lang;
    let w = if lang == EN.lang { &EN } else { &JA };
    let page = hub.with(|world, _| ApiPage {
        w,
        encrypted: world.is_encrypted(),
        sections: sections(world, w),
    });
    html(StatusCode::OK, page.render(), "'none'")
}
