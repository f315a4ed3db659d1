//! Which call leads where.

use super::execute::Visit;
use super::{customers, methods, oauth, payments, refunds, subscriptions, tokens, transactions};
use crate::domain::ipay::refusal::Refusal;
use crate::world::World;

/// Who may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Door {
    /// Who holds the secret key, or a token got with it.
    Secret,
    /// Who holds the publishable key.
    Publishable,
}

/// What a route does.
pub(super) type Act = fn(&mut World, &Visit<'_>) -> Result<String, Refusal>;

/// One call of the API.
#[derive(Debug, Clone, Copy)]
pub(super) struct Route {
    /// Its name: method and path.
    pub(super) name: &'static str,
    /// Who may call it.
    pub(super) door: Door,
    /// Whether it looks at credentials itself, and takes a form.
    pub(super) is_open: bool,
    /// What it does.
    pub(super) act: Act,
}

const fn route(name: &'static str, act: Act) -> Route {
    Route {
        name,
        door: Door::Secret,
        is_open: false,
        act,
    }
}

/// Every call.
static ROUTES: [Route; 27] = [
    Route {
        is_open: true,
        ..route("POST /oauth/token", oauth::token)
    },
    route("GET /account", customers::account),
    route("POST /payments", payments::create),
    route("GET /payments", payments::list),
    route("GET /payments/{id}", payments::read),
    route("POST /payments/{id}/confirm", payments::confirm),
    route("POST /payments/{id}/capture", payments::capture),
    route("POST /payments/{id}/cancel", payments::cancel),
    route("POST /refunds", refunds::create),
    route("GET /refunds", refunds::list),
    route("GET /refunds/{id}", refunds::read),
    route("POST /customers", customers::create),
    route("GET /customers", customers::list),
    route("GET /customers/{id}", customers::read),
    route("POST /customers/{id}", customers::update),
    route("DELETE /customers/{id}", customers::delete),
    route("GET /customers/{id}/payment_methods", customers::methods),
    Route {
        door: Door::Publishable,
        ..route("POST /tokens", tokens::create)
    },
    route("POST /payment_methods", methods::create),
    route("POST /payment_methods/{id}/attach", methods::attach),
    route("POST /payment_methods/{id}/detach", methods::detach),
    route("POST /subscriptions", subscriptions::create),
    route("GET /subscriptions", subscriptions::list),
    route("GET /subscriptions/{id}", subscriptions::read),
    route("POST /subscriptions/{id}", subscriptions::update),
    route("DELETE /subscriptions/{id}", subscriptions::delete),
    route("GET /transactions", transactions::list),
];

/// Where a method and a path lead.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// To this call, about the object with this id.
    Route(Route, String),
    /// Nowhere, but with other methods somewhere.
    OtherMethod,
    /// Nowhere.
    Nothing,
}

/// The name of the call it leads to.
pub(super) const fn name(found: &Found) -> Option<&'static str> {
    match found {
        Found::Route(route, _) => Some(route.name),
        _ => None,
    }
}

/// Finds the call.
pub(super) fn find(method: &str, path: &str) -> Found {
    let mut found = Found::Nothing;
    for route in &ROUTES {
        let Some((wanted, pattern)) = route.name.split_once(' ') else {
            continue;
        };
        let Some(id) = fits(pattern, path) else {
            continue;
        };
        if wanted == method {
            return Found::Route(*route, id.to_owned());
        }
        found = Found::OtherMethod;
    }
    found
}

/// Whether `path` is one of `pattern`; with the id in it, or an empty text.
fn fits<'p>(pattern: &str, path: &'p str) -> Option<&'p str> {
    let Some((before, after)) = pattern.split_once("{id}") else {
        return (pattern == path).then_some("");
    };
    let id = path.strip_prefix(before)?.strip_suffix(after)?;
    (!id.is_empty() && !id.contains('/')).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ipay::routes::NAMES;

    #[test]
    fn every_name_leads_to_its_call() {
        assert_eq!(ROUTES.map(|route| route.name), NAMES);
        for name in NAMES {
            let (method, path) = name.split_once(' ').unwrap();
            let found = find(method, &path.replace("{id}", "x_1"));
            assert_eq!(super::name(&found), Some(name));
        }
        assert!(matches!(find("PUT", "/payments"), Found::OtherMethod));
        for path in [
            "/payments/",
            "/payments/a/b",
            "/x",
            "",
            "/payments//confirm",
        ] {
            assert!(matches!(
                find("GET", path),
                Found::Nothing | Found::OtherMethod
            ));
        }
    }
}
