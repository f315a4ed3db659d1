//! Access tokens for client credentials, as RFC 6749 has them.

use percent_encoding::percent_decode_str;
use serde_json::json;

use super::door::{basic, same};
use super::execute::Visit;
use crate::domain::ipay::account::TOKEN_SECONDS;
use crate::domain::ipay::fields::Query;
use crate::domain::ipay::refusal::Refusal;
use crate::world::World;

/// `POST /oauth/token`. Its errors are the RFC's: whoever executes it spells them so.
pub(super) fn token(world: &mut World, visit: &Visit<'_>) -> Result<String, Refusal> {
    let invalid = |reason: &str| Refusal::oauth("invalid_request", reason);
    let media = visit.call.content_type.as_deref().unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(invalid("send a form (application/x-www-form-urlencoded)"));
    }
    let text =
        std::str::from_utf8(&visit.call.body).map_err(|_| invalid("the form is no UTF-8"))?;
    let mut form = Query::read(text).map_err(|_| invalid("a parameter stands there twice"))?;
    let grant = form.text("grant_type");
    let (id, secret) = (form.text("client_id"), form.text("client_secret"));
    let header = visit.call.authorization.as_deref();
    let (id, secret) = match (header, id, secret) {
        (Some(_), _, Some(_)) => return Err(invalid("credentials in two places")),
        (Some(header), named, None) => {
            let (id, secret) = from_header(header)?;
            if named.is_some_and(|named| named != id) {
                return Err(invalid("client_id differs from the header's"));
            }
            (id, secret)
        }
        (None, Some(id), Some(secret)) => (id, secret),
        (None, _, _) => return Err(Refusal::oauth("invalid_client", "no client credentials")),
    };
    let own = &world.ipay.credentials;
    if id != own.client_id || !same(&secret, &own.client_secret) {
        let reason = "unknown client, or wrong secret";
        return Err(Refusal::oauth("invalid_client", reason));
    }
    match grant.as_deref() {
        None => return Err(invalid("grant_type is missing")),
        Some("client_credentials") => {}
        Some(_) => {
            let reason = "only client_credentials is played";
            return Err(Refusal::oauth("unsupported_grant_type", reason));
        }
    }
    let token = world
        .ipay
        .access_tokens
        .issue(&mut world.draw, visit.now.at);
    Ok(json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": TOKEN_SECONDS,
    })
    .to_string())
}

/// The header's parts are form-encoded before they are joined.
fn from_header(header: &str) -> Result<(String, String), Refusal> {
    let wrong = || Refusal::oauth("invalid_client", "Authorization must be Basic");
    let (scheme, value) = header.split_once(' ').ok_or_else(wrong)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(wrong());
    }
    let (id, secret) = basic(value.trim()).map_err(|_| wrong())?;
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    Ok((decode(&id), decode(&secret)))
}
