//! The header: what cbindgen makes of the binding's sources.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kessai::ErrorKind;
use kessai::service::SETS;

use super::modules::one;
use super::text::flow;

/// The sources with exports or types of C, in the order of the header. The
/// generated ones are those of this run, whatever lies on the disk.
const SOURCES: [&str; 21] = [
    "version.rs",
    "generated/codes.rs",
    "error.rs",
    "text.rs",
    "cancel.rs",
    "event.rs",
    "token_source.rs",
    "units.rs",
    "given.rs",
    "generated/zaif_given.rs",
    "generated/zaif_clients.rs",
    "generated/zaif_models.rs",
    "returned.rs",
    "hint.rs",
    "webhooks.rs",
    "payment_uri.rs",
    "generated/ipay_given.rs",
    "generated/ipay_clients.rs",
    "generated/ipay_models.rs",
    "ipay_webhooks.rs",
    "qr.rs",
];

pub(super) fn write(generated: &[(&str, String)]) -> Result<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bindings-c/src");
    let place = tempfile::tempdir().map_err(|e| format!("no temporary folder: {e}"))?;
    let mut builder = cbindgen::Builder::new();
    let mut kinds = Vec::new();
    for (number, source) in SOURCES.iter().enumerate() {
        let of_this_run = generated
            .iter()
            .find(|(path, _)| path.strip_prefix("bindings-c/src/") == Some(source));
        let text = match of_this_run {
            Some((_, text)) => text.clone(),
            None => fs::read_to_string(root.join(source)).map_err(|e| format!("{source}: {e}"))?,
        };
        kinds.extend(types(&text));
        let copy = place.path().join(format!("{number}.rs"));
        fs::write(&copy, as_c(&text)).map_err(|e| format!("{source}: {e}"))?;
        builder = builder.with_src(copy);
    }
    let bindings = builder
        .with_config(config(kinds))
        .generate()
        .map_err(|e| format!("cbindgen: {e}"))?;
    let mut header = Vec::new();
    bindings.write(&mut header);
    String::from_utf8(header).map_err(|e| e.to_string())
}

/// The types that stand for C's own, written out: cbindgen does not look through
/// transparent ones.
fn as_c(text: &str) -> String {
    let text = text
        // C is to tell apart what is the same inside.
        .replace("#[repr(transparent)]\n", "")
        .replace("Utf8s<'_>", "*const *const c_char")
        .replace("Utf8<'_>", "*const c_char")
        .replace("Bytes<'_>", "*const c_void")
        .replace("-> Effect", "-> Outcome")
        .replace("Out<'_, *mut error::Error>", "*mut *mut Error");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("Out<'_, ") {
        let (inner, after) = after.split_once('>').unwrap_or((after, ""));
        let _ = write!(out, "{before}*mut {inner}");
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The types of a source that C sees, as they are called in Rust.
fn types(text: &str) -> Vec<String> {
    let lines = text.lines();
    let named = lines.filter_map(|line| {
        let kinds = ["pub struct ", "pub enum ", "pub type "];
        let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
        rest.split(|c: char| !c.is_alphanumeric()).next()
    });
    named.map(str::to_owned).collect()
}

fn config(kinds: Vec<String>) -> cbindgen::Config {
    let mut config = cbindgen::Config {
        language: cbindgen::Language::C,
        cpp_compat: true,
        usize_is_size_t: true,
        style: cbindgen::Style::Type,
        documentation_style: cbindgen::DocumentationStyle::Doxy,
        include_guard: Some("KESSAI_H".to_owned()),
        no_includes: true,
        sys_includes: ["stdbool.h", "stddef.h", "stdint.h"]
            .map(str::to_owned)
            .to_vec(),
        header: Some(include_str!("preface.txt").trim_end().to_owned()),
        after_includes: Some(constants()),
        line_length: 100,
        tab_width: 4,
        ..cbindgen::Config::default()
    };
    config.export.include = vec!["Code".to_owned()];
    for kind in kinds {
        let name = format!("kessai_{}", one(&kind));
        config.export.rename.insert(kind, name);
    }
    config
}

/// The version, and the words that texts of the service are known to be.
fn constants() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let mut out = format!(
        "\n/** The version of this header; `kessai_version` tells the library's. */\n\
         #define KESSAI_VERSION \"{version}\"\n"
    );
    let parts = ["MAJOR", "MINOR", "PATCH"].into_iter();
    for (part, number) in parts.zip(version.split('.')) {
        let _ = writeln!(out, "#define KESSAI_VERSION_{part} {number}");
    }
    out.push_str("\n/* The kinds of errors, as `kessai_error_kind` tells them. */\n");
    for kind in ErrorKind::ALL {
        let (word, meaning) = (kind.as_str(), flow(kind.doc()));
        let name = word.to_uppercase();
        let _ = write!(
            out,
            "/** {meaning} */\n#define KESSAI_KIND_{name} \"{word}\"\n"
        );
    }
    for (module, set) in SETS
        .iter()
        .flat_map(|(m, sets)| sets.iter().map(move |s| (m, s)))
    {
        let _ = write!(out, "\n/* {} */\n", flow(set.doc.text()));
        for (word, doc) in set.words {
            let name = format!("{module}_{}_{word}", one(set.name)).to_uppercase();
            let _ = write!(
                out,
                "/** {} */\n#define KESSAI_{name} \"{word}\"\n",
                flow(doc.text())
            );
        }
    }
    out
}
