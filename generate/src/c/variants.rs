//! What a model can be: a type for each, so that none passes for another.

use std::fmt::Write as _;

use super::fields::getter;
use super::models::Seen;
use super::modules::one;
use super::text::{doc, paragraphs};

pub(super) fn write(out: &mut String, seen: &Seen<'_>) {
    let Seen {
        module,
        info,
        kind,
        c,
        who,
    } = seen;
    if info.variants.is_empty() {
        return;
    }
    let constant = |name: &str| format!("KESSAI_{c}_{}", one(name)).to_uppercase();
    let none = constant("None");
    let _ = write!(
        out,
        "\n/// What it is: to switch over. There may be more in time, so a `switch` needs a\n\
         /// `default`.\n#[repr(C)]\n#[derive(Debug, Clone, Copy, PartialEq, Eq)]\n\
         pub enum {kind}Kind {{\n    /// Nothing at all: NULL.\n    {none} = 0,\n"
    );
    let mut arms = String::new();
    for (number, variant) in (1..).zip(info.variants) {
        for line in doc(&paragraphs(variant.doc.text())).lines() {
            let _ = writeln!(out, "    {line}");
        }
        let (name, constant) = (variant.name, constant(variant.name));
        let _ = writeln!(out, "    {constant} = {number},");
        let _ = writeln!(arms, "        \"{name}\" => {kind}Kind::{constant},");
    }
    let _ = write!(
        out,
        "}}\n\n/// What it is.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_which({who}: Option<&{kind}>) -> {kind}Kind {{\n    \
         guard::get({kind}Kind::{none}, || match handle::class({who}.map(|m| &m.0)) {{\n{arms}        \
         _ => {kind}Kind::{none},\n    }})\n}}\n"
    );
    for variant in info.variants {
        let name = variant.name;
        let narrow = module.variant(info, name);
        let (own, own_c) = (one(name), one(&narrow));
        let mut said = paragraphs(variant.doc.text());
        said.push(format!(
            "Lent by the handle that `kessai_{c}_{own}` was asked of, for as long as that lives: \
             never free it."
        ));
        let _ = write!(
            out,
            "\n{said}#[derive(Debug)]\n#[repr(transparent)]\npub struct {narrow}(Handle);\n\n\
             /// It as what it is, lent, where it is that; else NULL.\n#[unsafe(no_mangle)]\n\
             pub extern \"C\" fn kessai_{c}_{own}({who}: Option<&{kind}>) -> *const {narrow} {{\n    \
             guard::get(ptr::null(), || handle::of_class({who}.map(|m| &m.0), \"{name}\"))\n}}\n\n\
             /// The whole of it, lent; NULL for NULL.\n#[unsafe(no_mangle)]\n\
             pub extern \"C\" fn kessai_{own_c}_as_{who}(\n    {who}: Option<&{narrow}>,\n) \
             -> *const {kind} {{\n    \
             guard::get(ptr::null(), || handle::of_class({who}.map(|m| &m.0), \"{name}\"))\n}}\n",
            said = doc(&said),
        );
        let narrowed = Seen {
            module,
            info,
            kind: narrow,
            c: own_c,
            who: who.clone(),
        };
        for field in info
            .fields
            .iter()
            .filter(|field| variant.has.contains(&field.name))
        {
            let mut certain = *field;
            certain.optional = false;
            getter(out, &narrowed, &certain);
        }
    }
}
