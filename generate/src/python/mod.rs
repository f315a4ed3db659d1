//! The generated half of the Python package.

mod client;
mod errors;
mod models;
mod text;

const NOTICE: &str = "# Generated from the core's tables by `make generate`: do not edit.\n";

/// Every generated file: its path in the project and its text.
pub(crate) fn files() -> Vec<(&'static str, String)> {
    vec![
        (
            "bindings-python/python/kessai/errors.py",
            errors::exceptions(),
        ),
        (
            "bindings-python/python/kessai/_zaif_models.py",
            models::zaif(),
        ),
        (
            "bindings-python/python/kessai/_zaif.py",
            client::zaif(client::Kind::Blocking),
        ),
        (
            "bindings-python/python/kessai/_zaif_async.py",
            client::zaif(client::Kind::Async),
        ),
    ]
}
