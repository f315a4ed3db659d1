//! The generated half of the C binding, and the header that C sees.

mod arguments;
mod clients;
mod codes;
mod fields;
mod header;
mod methods;
mod models;
mod modules;
mod nulls;
mod prototypes;
mod results;
mod runner;
mod setters;
mod text;
mod variants;

const NOTICE: &str = "//! Generated from the core's tables by `make generate`: do not edit.\n\n";

/// Every generated file: its path in the project and its text. The header is made
/// from the sources, the test and the list of prototypes from the header.
pub(crate) fn files() -> Result<Vec<(&'static str, String)>, String> {
    let mut files = vec![("bindings-c/src/generated/codes.rs", codes::write())];
    let mut rows = Vec::new();
    for module in &modules::MODULES {
        let [of_given, of_clients, of_models, of_runner] = module.files;
        files.push((of_given, setters::write(module)?));
        files.push((of_clients, clients::write(module)?));
        files.push((of_models, models::write(module)));
        rows.push((of_runner, runner::write(module)?));
    }
    let header = header::write(&files)?;
    files.extend(rows);
    files.push((prototypes::PATH, prototypes::list(&header)?));
    files.push(("bindings-c/tests/nulls.c", nulls::calls(&header)));
    files.push(("include/kessai.h", header));
    Ok(files)
}
