//! The generated half of the C binding, and the header that C sees.

mod arguments;
mod codes;
mod fields;
mod header;
mod methods;
mod nulls;
mod prototypes;
mod results;
mod setters;
mod text;

const NOTICE: &str = "//! Generated from the core's tables by `make generate`: do not edit.\n\n";

/// Every generated file: its path in the project and its text. The header is made
/// from the sources, the test and the list of prototypes from the header.
pub(crate) fn files() -> Result<Vec<(&'static str, String)>, String> {
    let mut files = vec![
        ("bindings-c/src/generated/codes.rs", codes::zaif()),
        ("bindings-c/src/generated/options.rs", setters::options()),
        ("bindings-c/src/generated/order.rs", setters::order()),
        (
            "bindings-c/src/generated/call_options.rs",
            setters::call_options()?,
        ),
        ("bindings-c/src/generated/methods.rs", methods::zaif()?),
        ("bindings-c/src/generated/fields.rs", fields::zaif()),
    ];
    let header = header::write(&files)?;
    files.push((prototypes::PATH, prototypes::list(&header)?));
    files.push(("bindings-c/tests/nulls.c", nulls::calls(&header)));
    files.push(("include/kessai.h", header));
    Ok(files)
}
