//! The generated half of the Node package.

mod client;
mod errors;
mod exports;
mod model_types;
mod models;
mod modules;
mod text;
mod types;

const NOTICE: &str = "// Generated from the core's tables by `make generate`: do not edit.\n";

/// Every generated file: its path in the project and its text.
pub(crate) fn files() -> Vec<(&'static str, String)> {
    let mut files = vec![
        ("bindings-node/lib/errors.js", errors::classes()),
        ("bindings-node/lib/errors.d.ts", errors::types()),
        ("bindings-node/index.mjs", exports::module()),
    ];
    for module in modules::MODULES {
        let [client, client_types, models, model_types] = module.files;
        files.extend([
            (client, client::classes(*module)),
            (client_types, types::clients(*module)),
            (models, models::classes(*module)),
            (model_types, model_types::types(*module)),
        ]);
    }
    files
}
