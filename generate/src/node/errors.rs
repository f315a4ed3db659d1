//! The classes of errors, and the codes that they bear.

use std::fmt::Write as _;

use kessai::{Code, ErrorKind};

use super::NOTICE;
use super::text::jsdoc;

fn documented(kind: ErrorKind) -> String {
    jsdoc(kind.doc(), 0)
}

pub(super) fn classes() -> String {
    let mut out = format!(
        "'use strict';\n\n{NOTICE}\n// The errors: one base, one class a kind.\n\n\
         const {{ KessaiError, ofKind }} = require('./error.js');\n"
    );
    for kind in ErrorKind::ALL {
        let (class, name) = (kind.class_name(), kind.as_str());
        let doc = documented(*kind);
        let _ = write!(
            out,
            "\n{doc}class {class} extends KessaiError {{}}\nofKind({class}, '{name}');\n"
        );
    }
    out.push_str("\n/** The class of each kind. */\nconst KINDS = Object.freeze({\n");
    for kind in ErrorKind::ALL {
        let _ = writeln!(out, "  {}: {},", kind.as_str(), kind.class_name());
    }
    out.push_str(
        "});\n\n/** Every code, and the class of the errors that bear it. */\n\
         const CODES = Object.freeze({\n",
    );
    for code in Code::ALL {
        let class = code.kind().class_name();
        let _ = writeln!(out, "  '{code}': {class},");
    }
    out.push_str("});\n\nmodule.exports = {\n  CODES,\n  KINDS,\n");
    for kind in ErrorKind::ALL {
        let _ = writeln!(out, "  {},", kind.class_name());
    }
    out.push_str("};\n");
    out
}

pub(super) fn types() -> String {
    let mut out = format!("{NOTICE}\nimport {{ KessaiError }} from './error';\n\n");
    out.push_str("/** Every code; more are added over time. */\nexport type Code =\n");
    for code in Code::ALL {
        let _ = writeln!(out, "  | '{code}'");
    }
    out.push_str(
        "  | (string & {});\n\n/** Every kind; more are added over time. */\nexport type Kind =\n",
    );
    for kind in ErrorKind::ALL {
        let _ = writeln!(out, "  | '{}'", kind.as_str());
    }
    out.push_str("  | (string & {});\n");
    for kind in ErrorKind::ALL {
        let (class, name) = (kind.class_name(), kind.as_str());
        let doc = documented(*kind);
        let _ = write!(
            out,
            "\n{doc}export class {class} extends KessaiError {{\n  readonly kind: '{name}';\n}}\n"
        );
    }
    out.push_str(
        "\n/** Every code, and the class of the errors that bear it. */\n\
         export const CODES: {\n",
    );
    for code in Code::ALL {
        out.push_str(&jsdoc(code.doc(), 2));
        let _ = writeln!(
            out,
            "  readonly '{code}': typeof {};",
            code.kind().class_name()
        );
    }
    out.push_str("};\n");
    out
}
