//! An invoice's getters, and what it can be asked.

use std::fmt::Write as _;

use kessai::argument::Takes;
use kessai::model::{FieldInfo, Model as _, Shape};
use kessai::zaif::Invoice;
use kessai::zaif::asks::AskInfo;
use kessai::zaif::methods::Returns;

use super::text::{doc, flow, paragraphs};

pub(super) fn zaif() -> String {
    let mut out = format!("//! What an invoice tells.\n//!\n{}", super::NOTICE);
    out.push_str(
        "use std::ffi::c_char;\nuse std::ptr;\n\n\
         use kessai::argument::Arg;\n\n\
         use crate::boundary::{Out, Utf8, Utf8s};\n\
         use crate::error::Error;\nuse crate::guard;\n\
         use crate::invoice::{self, ZaifInvoice};\n\
         use crate::text::{Text, Texts};\n",
    );
    for field in Invoice::FIELDS {
        getter(&mut out, field);
    }
    for ask in Invoice::ASKS {
        if ask.is_field() {
            text(&mut out, ask.name, &paragraphs(ask.doc));
        } else {
            question(&mut out, ask);
        }
    }
    out
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
        _ => {
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
    let (mut taken, mut read, mut told) = (String::new(), String::new(), Vec::new());
    for arg in ask.args {
        let arg_name = arg.name;
        said.push(format!("* `{arg_name}`: {}", flow(arg.doc)));
        if arg.takes == Takes::Texts {
            said.push(format!("* `{arg_name}_count`: how many they are."));
            let _ = write!(
                taken,
                "    {arg_name}: Utf8s<'_>,\n    {arg_name}_count: usize,\n"
            );
            let _ = write!(
                read,
                "        // SAFETY: the header asks for so many of them.\n        \
                 let {arg_name} = unsafe {{ {arg_name}.needed({arg_name}_count, \"{arg_name}\") }}?;\n"
            );
            told.push(format!("(\"{arg_name}\", Arg::Texts({arg_name}))"));
        } else {
            let _ = writeln!(taken, "    {arg_name}: Utf8<'_>,");
            let _ = writeln!(
                read,
                "        let {arg_name} = {arg_name}.needed(\"{arg_name}\")?.to_owned();"
            );
            told.push(format!("(\"{arg_name}\", Arg::Text({arg_name}))"));
        }
    }
    let asked = format!("invoice::ask(invoice, \"{name}\", [{}])?", told.join(", "));
    let (places, body) = match ask.returns {
        Returns::Answer => {
            said.push("* `answer`: true for yes; false for no, and where it is not known.".into());
            said.push("* `known`: whether it is known. May be NULL.".into());
            (
                "    answer: Out<'_, bool>,\n    known: Out<'_, bool>,\n".to_owned(),
                format!(
                    "        let place = answer.needed(\"answer\")?;\n{read}        \
                     let given = invoice::answered(&{asked})?;\n        \
                     place.put(given == Some(true));\n        \
                     if let Some(known) = known.wanted() {{\n            \
                     known.put(given.is_some());\n        }}\n"
                ),
            )
        }
        returns => {
            let (kind, place, make) = match returns {
                Returns::Texts | Returns::Words(_) => ("Texts", "texts", "words"),
                _ => ("Text", "text", "written"),
            };
            said.push(format!(
                "* `{place}`: what it gives; free it with `kessai_{place}_free`."
            ));
            (
                format!("    {place}: Out<'_, *mut {kind}>,\n"),
                format!(
                    "        let place = {place}.needed(\"{place}\")?;\n{read}        \
                     place.give(invoice::{make}({asked})?);\n"
                ),
            )
        }
    };
    let said = doc(&said);
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_zaif_invoice_{name}(\n    \
         invoice: Option<&ZaifInvoice>,\n{taken}{places}    \
         error: Out<'_, *mut Error>,\n) -> i32 {{\n    \
         guard::call(error, || {{\n{body}        Ok(())\n    }})\n}}\n"
    );
}
