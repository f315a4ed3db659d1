//! A model's getters, and what it can be asked.

use std::fmt::Write as _;

use kessai::model::{AskInfo, FieldInfo, Shape};

use super::arguments::taken;
use super::models::Seen;
use super::results::gives;
use super::text::{doc, flow, paragraphs};

pub(super) fn getter(out: &mut String, seen: &Seen<'_>, field: &FieldInfo) {
    let (name, c, who) = (field.name, &seen.c, &seen.who);
    let mut said = vec![flow(field.doc.text())];
    let get = |function: &str| format!("handle::{function}({who}.map(|m| &m.0), \"{name}\")");
    let absent = |said: &mut Vec<String>, what: &str| {
        if field.optional {
            said.push(format!("{what} where it is absent."));
        }
    };
    match field.shape {
        Shape::Bool if field.optional => {
            let unless = field.unless_known;
            said.push(format!(
                "A plain answer: {unless} where it is not known, which `kessai_{c}_{name}_known` \
                 tells."
            ));
            let plain_answer = format!("{}.unwrap_or({unless})", get("answer"));
            plain(
                out,
                seen,
                name,
                "bool",
                &unless.to_string(),
                &said,
                &plain_answer,
            );
            let said = [format!("Whether `kessai_{c}_{name}` is known.")];
            let known = format!("{}.is_some()", get("answer"));
            plain(
                out,
                seen,
                &format!("{name}_known"),
                "bool",
                "false",
                &said,
                &known,
            );
        }
        Shape::Bool => {
            let yes = format!("{} == Some(true)", get("answer"));
            plain(out, seen, name, "bool", "false", &said, &yes);
        }
        Shape::Time => {
            absent(&mut said, "0");
            plain(out, seen, name, "i64", "0", &said, &get("time"));
        }
        Shape::Amount => {
            text_getter(out, seen, name, &said);
            let said = format!(
                "The same in whole yen. False, and nothing written, where it is an amount of the \
                 coin; then `kessai_{c}_{name}` has it."
            );
            number(out, seen, name, &format!("{name}_yen"), "yen", &said);
        }
        Shape::Int if field.optional => {
            let said = format!(
                "{} False, and nothing written, where it is absent.",
                flow(field.doc.text())
            );
            number(out, seen, name, name, name, &said);
        }
        Shape::Int => {
            let whole = format!("{}.unwrap_or(0)", get("whole_number"));
            plain(out, seen, name, "i64", "0", &said, &whole);
        }
        Shape::Text | Shape::Word(_) | Shape::Decimal => {
            absent(&mut said, "NULL");
            text_getter(out, seen, name, &said);
        }
        Shape::Map => {
            text_by_name(out, seen, name, &said);
            said.push("All of it, as one JSON object of texts.".to_owned());
            plain(
                out,
                seen,
                &format!("{name}_json"),
                POINTER,
                NULL,
                &said,
                &get("text"),
            );
        }
        Shape::Json => {
            said.push("JSON.".to_owned());
            absent(&mut said, "NULL");
            plain(
                out,
                seen,
                &format!("{name}_json"),
                POINTER,
                NULL,
                &said,
                &get("text"),
            );
        }
        Shape::Model(model) => {
            said.push("Lent.".to_owned());
            absent(&mut said, "NULL");
            let kind = format!("*const {}", seen.module.kind(model));
            plain(out, seen, name, &kind, NULL, &said, &get("model"));
        }
    }
}

const POINTER: &str = "*const c_char";
const NULL: &str = "ptr::null()";

pub(super) fn text_getter(out: &mut String, seen: &Seen<'_>, name: &str, said: &[String]) {
    let get = format!("handle::text({}.map(|m| &m.0), \"{name}\")", seen.who);
    plain(out, seen, name, POINTER, NULL, said, &get);
}

fn plain(
    out: &mut String,
    seen: &Seen<'_>,
    name: &str,
    gives: &str,
    otherwise: &str,
    said: &[String],
    get: &str,
) {
    let said = doc(said);
    let Seen { kind, c, who, .. } = seen;
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_{name}({who}: Option<&{kind}>) \
         -> {gives} {{\n    guard::get({otherwise}, || {get})\n}}\n"
    );
}

/// One of several texts by its name.
fn text_by_name(out: &mut String, seen: &Seen<'_>, name: &str, said: &[String]) {
    let mut said = said.to_vec();
    said.push("The text of this name, lent; NULL where there is none.".to_owned());
    let said = doc(&said);
    let Seen { kind, c, who, .. } = seen;
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_{name}(\n    {who}: Option<&{kind}>,\n    \
         name: Utf8<'_>,\n) -> *const c_char {{\n    \
         guard::get(ptr::null(), || handle::text_of({who}.map(|m| &m.0), \"{name}\", name))\n}}\n"
    );
}

/// A whole number that may not be there.
fn number(out: &mut String, seen: &Seen<'_>, field: &str, name: &str, place: &str, said: &str) {
    let said = doc(&[said.to_owned()]);
    let Seen { kind, c, who, .. } = seen;
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_{name}(\n    \
         {who}: Option<&{kind}>,\n    {place}: Out<'_, i64>,\n) -> bool {{\n    \
         guard::get(false, || {{\n        \
         let whole = handle::whole_number({who}.map(|m| &m.0), \"{field}\");\n        \
         let (Some(whole), Some(place)) = (whole, {place}.wanted()) else {{\n            \
         return false;\n        }};\n        place.put(whole);\n        true\n    }})\n}}\n"
    );
}

/// A question that may fail, or that must be told something.
pub(super) fn question(out: &mut String, seen: &Seen<'_>, ask: &AskInfo) {
    let name = ask.name;
    let mut said = paragraphs(ask.doc.text());
    let (mut declared, mut told) = (String::new(), String::new());
    let Seen { kind, c, who, .. } = seen;
    let mut names = [who.as_str(), "error", "place", "given", "yes"]
        .map(str::to_owned)
        .to_vec();
    for arg in ask.args {
        let taken = taken(arg.name, arg.takes);
        let mut text = format!("{} {}", flow(arg.doc.text()), taken.said);
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
    let gives = gives(seen.module, ask.returns, &names);
    said.extend(gives.said.iter().cloned());
    let tell = if told.is_empty() {
        "|_| ()".to_owned()
    } else {
        format!("|given| {{\n{told}        }}")
    };
    let (said, row) = (doc(&said), &gives.row);
    let (module, model) = (seen.info.module, seen.info.name);
    let _ = write!(
        out,
        "\nconst _: () = table::question(\"{module}\", \"{model}\", \"{name}\", Returns::{row});\n\n\
         {said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_{name}(\n    \
         {who}: Option<&{kind}>,\n{declared}{places}    \
         error: Out<'_, *mut Error>,\n) -> i32 {{\n    \
         guard::call(error, || {{\n{before}        \
         let answer = handle::ask({who}.map(|m| &m.0), \"{who}\", \"{name}\", {tell})?;\n\
         {put}        Ok(())\n    }})\n}}\n",
        places = gives.places,
        before = gives.before,
        put = gives.put("answer"),
    );
}
