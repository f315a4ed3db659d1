//! The module for `import`: the very same objects as `require` gives, by name.

use std::fmt::Write as _;

use kessai::ErrorKind;

use super::NOTICE;

/// What is there besides the classes of errors.
const OWN: [&str; 10] = [
    "AbortError",
    "CODES",
    "KessaiError",
    "Qr",
    "currencyExponent",
    "ipay",
    "majorUnits",
    "minorUnits",
    "version",
    "zaif",
];

pub(super) fn module() -> String {
    let mut names: Vec<&str> = ErrorKind::ALL.iter().map(|k| k.class_name()).collect();
    names.extend(OWN);
    names.sort_unstable();
    let mut out = format!("{NOTICE}\nimport kessai from './index.js';\n\nexport const {{\n");
    for name in names {
        let _ = writeln!(out, "  {name},");
    }
    out.push_str("} = kessai;\n");
    out
}
