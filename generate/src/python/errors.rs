//! The exception classes.

use std::fmt::Write as _;

use kessai::{Code, ErrorKind};

use super::NOTICE;
use super::text::{comment, docstring};

pub(super) fn exceptions() -> String {
    let mut out = String::new();
    out.push_str("\"\"\"The exceptions: one base, one class a kind of error.\"\"\"\n\n");
    out.push_str(NOTICE);
    out.push_str("\nfrom kessai._error import KessaiError\n\n__all__ = [\n");
    let mut names: Vec<&str> = ErrorKind::ALL.iter().map(|k| k.class_name()).collect();
    names.push("KessaiError");
    names.sort_unstable();
    for name in names {
        let _ = writeln!(out, "    \"{name}\",");
    }
    out.push_str("]\n");
    for kind in ErrorKind::ALL {
        let _ = write!(
            out,
            "\n\nclass {}(KessaiError):\n{}\n    kind = \"{}\"\n",
            kind.class_name(),
            docstring(kind.doc(), 4),
            kind.as_str()
        );
    }
    out.push_str("\n\n# Every code, and the class of the errors that bear it.\n");
    out.push_str("CODES: dict[str, type[KessaiError]] = {\n");
    for code in Code::ALL {
        let class = code.kind().class_name();
        let meaning = comment(code.doc(), 4);
        let _ = writeln!(out, "{meaning}    \"{}\": {class},", code.as_str());
    }
    out.push_str("}\n");
    out
}
