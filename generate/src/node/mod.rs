//! The generated half of the Node package.

mod client;
mod errors;
mod exports;
mod models;
mod text;
mod types;

const NOTICE: &str = "// Generated from the core's tables by `make generate`: do not edit.\n";

/// Every generated file: its path in the project and its text.
pub(crate) fn files() -> Vec<(&'static str, String)> {
    vec![
        ("bindings-node/lib/errors.js", errors::classes()),
        ("bindings-node/lib/errors.d.ts", errors::types()),
        ("bindings-node/lib/zaif-client.js", client::class()),
        ("bindings-node/lib/zaif-client.d.ts", types::client()),
        ("bindings-node/lib/zaif-models.js", models::classes()),
        ("bindings-node/lib/zaif-models.d.ts", models::types()),
        ("bindings-node/index.mjs", exports::module()),
    ]
}
