//! The numbers of errors and outcomes.

use std::fmt::Write as _;

use kessai::{Code, ErrorKind};

use super::text::{doc, flow};

/// What C has as constants, and the names behind them.
pub(super) fn write() -> String {
    let mut out = String::from("//! The numbers that C returns, and the names behind them.\n");
    out.push_str("//!\n");
    out.push_str(super::NOTICE);
    out.push_str(
        "#![expect(\n    non_camel_case_types,\n    reason = \"the names of constants in C\"\n)]\n\n\
         use std::ffi::CStr;\n\nuse kessai::ErrorKind;\n\n",
    );
    out.push_str(&doc(&[
        "What functions return: `KESSAI_OK`, or the number of an error.".into(),
        "A number, once given, is never given to another error. There may be more in time, so a \
         `switch` needs a `default`."
            .into(),
    ]));
    out.push_str(
        "#[repr(C)]\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum Code {\n    \
         /// It went well.\n    KESSAI_OK = 0,\n",
    );
    for code in Code::ALL {
        let mut text = flow(code.doc());
        let _ = write!(text, " (`{code}`)");
        for line in doc(&[text]).lines() {
            let _ = writeln!(out, "    {line}");
        }
        let _ = writeln!(out, "    {} = {},", constant(*code), code.number());
    }
    out.push_str("}\n\n");
    out.push_str(&doc(&[
        "What is known of the effect of a call.".into(),
        "None of them is 0: that something is known is no success. Compare with a constant.".into(),
    ]));
    out.push_str(
        "#[repr(C)]\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\npub enum Outcome {\n    \
         /// The service certainly did not execute the call.\n    KESSAI_OUTCOME_NOT_DONE = 1,\n    \
         /// The service executed the call. On an error: executed, but its result\n    \
         /// cannot be used.\n    KESSAI_OUTCOME_DONE = 2,\n    \
         /// The service may or may not have executed the call. Never repeat a call that\n    \
         /// moves money on this outcome: resume it.\n    KESSAI_OUTCOME_UNKNOWN = 3,\n}\n\n",
    );
    out.push_str("const NAMES: &[(i32, &CStr)] = &[\n    (0, c\"ok\"),\n");
    for code in Code::ALL {
        let _ = writeln!(out, "    ({}, c\"{code}\"),", code.number());
    }
    out.push_str("];\n\nconst KINDS: &[(ErrorKind, &CStr, &CStr)] = &[\n");
    for kind in ErrorKind::ALL {
        let (word, class) = (kind.as_str(), kind.class_name());
        let _ = writeln!(out, "    (ErrorKind::{kind:?}, c\"{word}\", c\"{class}\"),");
    }
    out.push_str(
        "];\n\n/// The name of a code's number.\n\
         pub(crate) fn name(number: i32) -> Option<&'static CStr> {\n    \
         let found = NAMES.iter().find(|(n, _)| *n == number);\n    \
         found.map(|(_, name)| *name)\n}\n\n\
         /// A kind's word.\n\
         pub(crate) fn kind(kind: ErrorKind) -> Option<&'static CStr> {\n    \
         let found = KINDS.iter().find(|(k, ..)| *k == kind);\n    \
         found.map(|(_, word, _)| *word)\n}\n\n\
         /// The name of a kind's class.\n\
         pub(crate) fn class(kind: ErrorKind) -> Option<&'static CStr> {\n    \
         let found = KINDS.iter().find(|(k, ..)| *k == kind);\n    \
         found.map(|(.., class)| *class)\n}\n",
    );
    out
}

/// `zaif.nonce_stuck` as `KESSAI_ERROR_ZAIF_NONCE_STUCK`.
fn constant(code: Code) -> String {
    let name = code.as_str().replace('.', "_").to_uppercase();
    format!("KESSAI_ERROR_{name}")
}
