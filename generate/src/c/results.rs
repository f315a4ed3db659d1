//! What a row of the core's tables gives, in C: every kind of it.

use kessai::returned::Returns;

use super::modules::{Module, one};

/// How a function of C gives it.
pub(super) struct Gives {
    /// The places that it takes, as Rust declares them.
    pub(super) places: String,
    /// What is said of them.
    pub(super) said: Vec<String>,
    /// Looks at them before anything is done.
    pub(super) before: String,
    /// What the core's table must say that the row gives.
    pub(super) row: String,
    put: String,
}

/// What it gives, where a function has these names already.
pub(super) fn gives(module: &Module, returns: Returns, taken: &[&str]) -> Gives {
    let of = |returns: &str, name: &str| format!("{returns}(\"{name}\")");
    let several = |name: &str| (module.kind(&format!("{name}s")), format!("{}s", one(name)));
    match returns {
        Returns::Model(name) => {
            let row = of("Model", name);
            handle(row, &module.kind(name), &one(name), "model", taken)
        }
        Returns::Models(name) => {
            let (kind, place) = several(name);
            handle(of("Models", name), &kind, &place, "several", taken)
        }
        Returns::Page(name) => {
            let (kind, place) = several(name);
            handle(of("Page", name), &kind, &place, "several", taken)
        }
        Returns::Resumed(name) => {
            let kind = module.kind("Resumed");
            handle(of("Resumed", name), &kind, "resumed", "resumed", taken)
        }
        Returns::Text => handle("Text".to_owned(), "Text", "text", "text", taken),
        Returns::Json => handle("Json".to_owned(), "Text", "json", "text", taken),
        Returns::Texts | Returns::Words(_) => {
            handle("Texts".to_owned(), "Texts", "texts", "texts", taken)
        }
        Returns::Map => handle("Map".to_owned(), "Map", "map", "map", taken),
        Returns::Answer => answer(taken),
    }
}

fn handle(row: String, kind: &str, place: &str, of_table: &str, taken: &[&str]) -> Gives {
    let place = free(place, taken);
    Gives {
        places: format!("    {place}: Out<'_, *mut {kind}>,\n"),
        said: vec![format!(
            "* `{place}`: what it gives; free it with `kessai_{}_free`.",
            one(kind)
        )],
        before: format!("        let place = {place}.needed(\"{place}\")?;\n"),
        row,
        put: format!("        place.give(table::{of_table}(RETURNED)?.into());\n"),
    }
}

fn answer(taken: &[&str]) -> Gives {
    let (answer, known) = (free("answer", taken), free("known", taken));
    Gives {
        places: format!("    {answer}: Out<'_, bool>,\n    {known}: Out<'_, bool>,\n"),
        said: vec![
            format!("* `{answer}`: true for yes; false for no, and where it is not known."),
            format!("* `{known}`: whether it is known. May be NULL."),
        ],
        before: format!("        let place = {answer}.needed(\"{answer}\")?;\n"),
        row: "Answer".to_owned(),
        put: format!(
            "        let yes = table::answer(RETURNED)?;\n        \
             place.put(yes == Some(true));\n        \
             if let Some({known}) = {known}.wanted() {{\n            \
             {known}.put(yes.is_some());\n        }}\n"
        ),
    }
}

/// A name that no parameter has.
fn free(name: &str, taken: &[&str]) -> String {
    let mut free = name.to_owned();
    while taken.contains(&free.as_str()) {
        free.push_str("_given");
    }
    free
}

impl Gives {
    /// Puts what this expression makes into the places.
    pub(super) fn put(&self, returned: &str) -> String {
        self.put.replace("RETURNED", returned)
    }
}
