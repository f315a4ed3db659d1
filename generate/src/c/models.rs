//! The models: a type for each, what every one can do, and lists of them.

use std::fmt::Write as _;

use kessai::model::ModelInfo;

use super::fields::{getter, question, text_getter};
use super::modules::{Module, one};
use super::text::{doc, import, paragraphs};
use super::variants;

/// A model as C sees it.
pub(super) struct Seen<'m> {
    pub(super) module: &'m Module,
    pub(super) info: &'static ModelInfo,
    /// Its type in Rust.
    pub(super) kind: String,
    /// What its functions begin with.
    pub(super) c: String,
    /// What a function calls it.
    pub(super) who: String,
}

pub(super) fn write(module: &Module) -> String {
    let mut all = String::new();
    for info in module.models() {
        let seen = Seen {
            module,
            info,
            kind: module.kind(info.name),
            c: module.c(info.name),
            who: one(info.name),
        };
        of_all(&mut all, &seen);
        for field in info.fields {
            getter(&mut all, &seen, field);
        }
        for ask in info.asks {
            if ask.is_field {
                text_getter(&mut all, &seen, ask.name, &paragraphs(ask.doc.text()));
            } else {
                question(&mut all, &seen, ask);
            }
        }
        variants::write(&mut all, &seen);
        if let Some(pages) = module.several(info.name) {
            several(&mut all, &seen, pages);
        }
    }
    let import = |path, names: &[&str]| import(&all, path, names);
    [
        format!("//! The models, and what they tell.\n//!\n{}", super::NOTICE),
        if module.models().any(|model| !model.variants.is_empty()) {
            "#![expect(\n    non_camel_case_types,\n    reason = \"the names of constants in C\"\n)]\n\n"
                .to_owned()
        } else {
            String::new()
        },
        "use std::ffi::c_char;\nuse std::ptr;\n\n".to_owned(),
        import("kessai::returned", &["Returns"]),
        import("crate::boundary", &["Out", "Utf8", "Utf8s", "owned"]),
        import("crate::error", &["Error"]),
        "use crate::guard;\nuse crate::handle::{self, Handle".to_owned(),
        if all.contains("Several") { ", Several};\n" } else { "};\n" }.to_owned(),
        if all.contains("table::") { "use crate::table;\n" } else { "" }.to_owned(),
        import("crate::text", &["Map", "Text", "Texts"]),
        all,
    ]
    .concat()
}

/// What every model can do.
fn of_all(out: &mut String, seen: &Seen<'_>) {
    let Seen {
        info, kind, c, who, ..
    } = seen;
    let (module, name) = (info.module, info.name);
    let mut said = paragraphs(info.doc.text());
    said.push(
        "Immutable: threads may share it. What it lends lives as long as it does. A text that has \
         a NUL inside cannot be lent, and is NULL."
            .to_owned(),
    );
    let said = doc(&said);
    let stores = if info.asks.iter().any(|ask| ask.name == "store") {
        String::new()
    } else {
        format!(
            "\n/// All of it as one text, for a cache or a queue; `kessai_{c}_restore` reads it.\n\
             #[unsafe(no_mangle)]\npub extern \"C\" fn kessai_{c}_store(\n    \
             {who}: Option<&{kind}>,\n    text: Out<'_, *mut Text>,\n    \
             error: Out<'_, *mut Error>,\n) -> i32 {{\n    guard::call(error, || {{\n        \
             let place = text.needed(\"text\")?;\n        \
             place.give(handle::store({who}.map(|m| &m.0), \"{who}\")?.into());\n        \
             Ok(())\n    }})\n}}\n"
        )
    };
    let _ = write!(
        out,
        "\n{said}#[derive(Debug)]\n#[repr(transparent)]\npub struct {kind}(pub(crate) Handle);\n\n\
         impl From<Handle> for {kind} {{\n    fn from(handle: Handle) -> Self {{\n        \
         Self(handle)\n    }}\n}}\n\n\
         /// Free it, and what it lent. NULL is allowed.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_free({who}: Option<Box<{kind}>>) {{\n    \
         guard::get((), || drop({who}));\n}}\n\n\
         /// The same as a handle of its own, such as of one that a list lends; NULL for\n\
         /// NULL.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_copy({who}: Option<&{kind}>) -> *mut {kind} {{\n    \
         guard::get(ptr::null_mut(), || {{\n        \
         let copied = handle::copy({who}.map(|m| &m.0));\n        \
         copied.map_or(ptr::null_mut(), |copied| owned({kind}(copied)))\n    }})\n}}\n{stores}\n\
         /// One as it was when `kessai_{c}_store` gave this text.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_restore(\n    stored: Utf8<'_>,\n    \
         {who}: Out<'_, *mut {kind}>,\n    error: Out<'_, *mut Error>,\n) -> i32 {{\n    \
         guard::call(error, || {{\n        let place = {who}.needed(\"{who}\")?;\n        \
         place.give(handle::restore(\"{module}\", \"{name}\", stored)?.into());\n        \
         Ok(())\n    }})\n}}\n\n\
         /// The object as the service sent it, to the letter, unknown members included:\n\
         /// JSON. NULL for NULL.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_raw({who}: Option<&{kind}>) -> *const c_char {{\n    \
         guard::get(ptr::null(), || handle::raw({who}.map(|m| &m.0)))\n}}\n\n\
         /// Everything that this header tells of it as one JSON object, with `raw` in it.\n\
         /// Exact amounts are texts, whole ones and times are numbers. NULL for NULL.\n\
         #[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_json({who}: Option<&{kind}>) -> *const c_char {{\n    \
         guard::get(ptr::null(), || handle::all_json({who}.map(|m| &m.0)))\n}}\n\n\
         /// A member of the object as the service sent it, by the service's own name, also\n\
         /// one that nobody knew when this library was made: its JSON, to the letter. A new\n\
         /// text, or NULL where there is no such member.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_member_json(\n    {who}: Option<&{kind}>,\n    \
         name: Utf8<'_>,\n) -> *mut Text {{\n    \
         guard::get(ptr::null_mut(), || handle::member_json({who}.map(|m| &m.0), name))\n}}\n\n\
         /// The same where the member is a text: what it says, without quotes and escapes.\n\
         /// A new text, or NULL where there is no such member or it is no text.\n\
         #[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_member_text(\n    {who}: Option<&{kind}>,\n    \
         name: Utf8<'_>,\n) -> *mut Text {{\n    \
         guard::get(ptr::null_mut(), || handle::member_text({who}.map(|m| &m.0), name))\n}}\n"
    );
}

/// Several of a model, as a call gives them.
fn several(out: &mut String, seen: &Seen<'_>, pages: bool) {
    let Seen { kind, c, who, .. } = seen;
    let what = if pages {
        "One page of a list, newest first where the service says so."
    } else {
        "Several of them, oldest first."
    };
    let _ = write!(
        out,
        "\n/// {what} Immutable: threads may share it.\n#[derive(Debug)]\n\
         pub struct {kind}s(Several);\n\n\
         impl From<Several> for {kind}s {{\n    fn from(several: Several) -> Self {{\n        \
         Self(several)\n    }}\n}}\n\n\
         /// How many there are.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}s_count({who}s: Option<&{kind}s>) -> usize {{\n    \
         guard::get(0, || handle::count({who}s.map(|all| &all.0)))\n}}\n\n\
         /// One of them, counted from 0, lent; NULL beyond the last.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}s_at(\n    {who}s: Option<&{kind}s>,\n    index: usize,\n) \
         -> *const {kind} {{\n    \
         guard::get(ptr::null(), || handle::at({who}s.map(|all| &all.0), index))\n}}\n"
    );
    if pages {
        let _ = write!(
            out,
            "\n/// What the next page starts after, for `starting_after`; NULL on the last page.\n\
             #[unsafe(no_mangle)]\n\
             pub extern \"C\" fn kessai_{c}s_next({who}s: Option<&{kind}s>) -> *const c_char {{\n    \
             guard::get(ptr::null(), || handle::next({who}s.map(|all| &all.0)))\n}}\n"
        );
    }
    let _ = write!(
        out,
        "\n/// Free them, and what they lent. NULL is allowed.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}s_free({who}s: Option<Box<{kind}s>>) {{\n    \
         guard::get((), || drop({who}s));\n}}\n"
    );
}
