//! The generated half of the Python package.

mod client;
mod errors;
mod imports;
mod models;
mod text;

use kessai::service::CLIENTS;

const NOTICE: &str = "# Generated from the core's tables by `make generate`: do not edit.\n";

/// The files of each module: models, blocking clients, asynchronous ones.
const FILES: [(&str, [&str; 3]); 2] = [
    (
        "zaif",
        [
            "bindings-python/python/kessai/_zaif_models.py",
            "bindings-python/python/kessai/_zaif.py",
            "bindings-python/python/kessai/_zaif_async.py",
        ],
    ),
    (
        "ipay",
        [
            "bindings-python/python/kessai/_ipay_models.py",
            "bindings-python/python/kessai/_ipay.py",
            "bindings-python/python/kessai/_ipay_async.py",
        ],
    ),
];

/// Every generated file: its path in the project and its text.
pub(crate) fn files() -> Vec<(&'static str, String)> {
    let mut files = vec![(
        "bindings-python/python/kessai/errors.py",
        errors::exceptions(),
    )];
    for (module, [models, blocking, asynchronous]) in FILES {
        if CLIENTS.iter().any(|info| info.module == module) {
            files.push((models, models::of(module)));
            files.push((blocking, client::of(module, client::Kind::Blocking)));
            files.push((asynchronous, client::of(module, client::Kind::Async)));
        }
    }
    files
}
