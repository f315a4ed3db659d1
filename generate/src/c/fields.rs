//! An invoice's getters, and what it can be asked.

use std::fmt::Write as _;

use kessai::model::AskInfo;
use kessai::model::{Described as _, FieldInfo, Shape};
use kessai::zaif::Invoice;

use super::arguments::taken;
use super::results::gives;
use super::text::{doc, flow, import, paragraphs};

pub(super) fn zaif() -> String {
    let mut all = String::new();
    for field in Invoice::FIELDS {
        getter(&mut all, field);
    }
    for ask in Invoice::ASKS {
        if ask.is_field {
            text(&mut all, ask.name, &paragraphs(ask.doc));
        } else {
            question(&mut all, ask);
        }
    }
    let import = |module, names: &[&str]| import(&all, module, names);
    [
        format!("//! What an invoice tells.\n//!\n{}", super::NOTICE),
        "use std::ffi::c_char;\nuse std::ptr;\n\n".to_owned(),
        "use kessai::returned::Returns;\n\n".to_owned(),
        import("crate::boundary", &["Out", "Utf8", "Utf8s"]),
        import("crate::error", &["Error"]),
        "use crate::guard;\n".to_owned(),
        import("crate::hint", &["ZaifHint"]),
        "use crate::invoice::{self, ZaifInvoice};\n".to_owned(),
        import("crate::returned", &["ZaifInvoices", "ZaifResumed"]),
        "use crate::table;\n".to_owned(),
        import("crate::text", &["Map", "Text", "Texts"]),
        all,
    ]
    .concat()
}

fn getter(out: &mut String, field: &FieldInfo) {
    let name = field.name;
    let mut said = vec![flow(field.doc)];
    match field.shape {
        Shape::Bool => {
            if field.optional {
                let unless = field.unless_known;
                said.push(format!(
                    "A plain answer: {unless} where it is not known, which \
                     `kessai_zaif_invoice_{name}_known` tells."
                ));
                plain(
                    out,
                    name,
                    "",
                    "bool",
                    &field.unless_known.to_string(),
                    &said,
                    &format!("invoice::answer(invoice, \"{name}\").unwrap_or({unless})"),
                );
                let said = [format!("Whether `kessai_zaif_invoice_{name}` is known.")];
                plain(
                    out,
                    name,
                    "_known",
                    "bool",
                    "false",
                    &said,
                    &format!("invoice::answer(invoice, \"{name}\").is_some()"),
                );
            } else {
                plain(
                    out,
                    name,
                    "",
                    "bool",
                    "false",
                    &said,
                    &format!("invoice::answer(invoice, \"{name}\") == Some(true)"),
                );
            }
        }
        Shape::Time => {
            if field.optional {
                said.push("0 where it is absent.".to_owned());
            }
            plain(
                out,
                name,
                "",
                "i64",
                "0",
                &said,
                &format!("invoice::time(invoice, \"{name}\")"),
            );
        }
        Shape::Amount => {
            text(out, name, &said);
            yen(out, name);
        }
        // A whole number is text too: no type of C has to be found that is wide enough.
        Shape::Text
        | Shape::Word(_)
        | Shape::Int
        | Shape::Decimal
        | Shape::Map
        | Shape::Json
        | Shape::Model(_) => {
            if field.optional {
                said.push("NULL where it is absent.".to_owned());
            }
            text(out, name, &said);
        }
    }
}

fn text(out: &mut String, name: &str, said: &[String]) {
    let get = format!("invoice::text(invoice, \"{name}\")");
    plain(out, name, "", "*const c_char", "ptr::null()", said, &get);
}

fn plain(
    out: &mut String,
    name: &str,
    unit: &str,
    kind: &str,
    otherwise: &str,
    said: &[String],
    get: &str,
) {
    let said = doc(said);
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_zaif_invoice_{name}{unit}(invoice: Option<&ZaifInvoice>) \
         -> {kind} {{\n    guard::get({otherwise}, || {get})\n}}\n"
    );
}

fn yen(out: &mut String, name: &str) {
    let said = doc(&[format!(
        "The same in whole yen. False, and nothing written, where it is an amount of the coin; \
         then `kessai_zaif_invoice_{name}` has it."
    )]);
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_zaif_invoice_{name}_yen(\n    \
         invoice: Option<&ZaifInvoice>,\n    yen: Out<'_, i64>,\n) -> bool {{\n    \
         guard::get(false, || {{\n        \
         let (Some(whole), Some(place)) = (invoice::yen(invoice, \"{name}\"), yen.wanted()) else {{\n            \
         return false;\n        }};\n        place.put(whole);\n        true\n    }})\n}}\n"
    );
}

/// A question that may fail, or that must be told something.
fn question(out: &mut String, ask: &AskInfo) {
    let name = ask.name;
    let mut said = paragraphs(ask.doc);
    let (mut declared, mut told) = (String::new(), String::new());
    let mut names = ["invoice", "error", "place", "given", "yes"]
        .map(str::to_owned)
        .to_vec();
    for arg in ask.args {
        let taken = taken(arg.name, arg.takes);
        let mut text = format!("{} {}", flow(arg.doc), taken.said);
        for (name, kind) in &taken.parameters {
            if *kind == "usize" {
                text = "how many they are.".to_owned();
            }
            said.push(format!("* `{name}`: {}", text.trim_end()));
            names.push(name.clone());
        }
        declared.push_str(&taken.declared());
        told.push_str(&taken.put(12));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let gives = gives(ask.returns, &names);
    said.extend(gives.said.iter().cloned());
    let tell = if told.is_empty() {
        "|_| ()".to_owned()
    } else {
        format!("|given| {{\n{told}        }}")
    };
    let (said, row) = (doc(&said), gives.row);
    let _ = write!(
        out,
        "\nconst _: () = table::question(\"{name}\", Returns::{row});\n\n\
         {said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_zaif_invoice_{name}(\n    \
         invoice: Option<&ZaifInvoice>,\n{declared}{places}    \
         error: Out<'_, *mut Error>,\n) -> i32 {{\n    \
         guard::call(error, || {{\n{before}        \
         let answer = invoice::ask(invoice, \"{name}\", {tell})?;\n\
         {put}        Ok(())\n    }})\n}}\n",
        places = gives.places,
        before = gives.before,
        put = gives.put("answer"),
    );
}
