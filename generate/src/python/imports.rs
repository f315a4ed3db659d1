//! The imports that a file needs for the types it names, and no others.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// What types are made of, and where it comes from. Linters want them in this
/// order: Python's own, others', ours.
const STANDARD: [(&str, &str); 6] = [
    ("Callable", "collections.abc"),
    ("Mapping", "collections.abc"),
    ("datetime", "datetime"),
    ("Decimal", "decimal"),
    ("Any", "typing"),
    ("Literal", "typing"),
];
const OTHERS: [(&str, &str); 1] = [("Self", "typing_extensions")];
const OURS: [(&str, &str); 4] = [
    ("HookEvent", "kessai._event"),
    ("Hint", "kessai._kessai"),
    ("AsyncPages", "kessai._pages"),
    ("Pages", "kessai._pages"),
];

/// The names that types are made of.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Takes note of a type.
    pub(super) fn see(&mut self, kind: &str) {
        let words = kind.split(|c: char| !c.is_alphanumeric() && c != '_');
        self.0.extend(words.map(str::to_owned));
    }

    /// What only type checkers import; `more` are names of other modules of the
    /// package.
    pub(super) fn for_checkers(&self, more: &[(&str, String)]) -> String {
        let ours = OURS
            .iter()
            .map(|(name, module)| (*name, (*module).to_owned()));
        let mut ours: Vec<(&str, String)> = ours.chain(more.iter().cloned()).collect();
        ours.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
        let groups = [
            self.block(STANDARD.map(|(name, module)| (name, module.to_owned()))),
            self.block(OTHERS.map(|(name, module)| (name, module.to_owned()))),
            self.block(ours),
        ];
        let groups: Vec<_> = groups.into_iter().filter(|g| !g.is_empty()).collect();
        if groups.is_empty() {
            return String::new();
        }
        format!(
            "\nTYPE_CHECKING = False\nif TYPE_CHECKING:\n{}",
            groups.join("\n")
        )
    }

    fn block<'a>(&self, known: impl IntoIterator<Item = (&'a str, String)>) -> String {
        let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
        for (name, module) in known {
            if !self.0.contains(name) {
                continue;
            }
            match lines.last_mut() {
                Some((last, names)) if *last == module => names.push(name),
                _ => lines.push((module, vec![name])),
            }
        }
        let mut out = String::new();
        for (module, names) in lines {
            let line = format!("    from {module} import {}", names.join(", "));
            if line.len() <= 100 {
                let _ = writeln!(out, "{line}");
                continue;
            }
            let _ = writeln!(out, "    from {module} import (");
            for name in names {
                let _ = writeln!(out, "        {name},");
            }
            out.push_str("    )\n");
        }
        out
    }
}
