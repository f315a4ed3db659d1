//! Setters: a client's options, an order's parameters, a call's options.

use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::zaif::methods::MethodInfo;
use kessai::zaif::{Client, ClientBuilder};

use super::methods::is_own;
use super::text::{doc, flow, paragraphs};

/// One handle with setters.
struct Handle {
    title: &'static str,
    /// Its name in C, without `kessai_`.
    name: &'static str,
    /// What a setter calls it.
    place: &'static str,
    /// Its type in Rust.
    kind: &'static str,
    /// Where its named arguments are.
    given: &'static str,
}

pub(super) fn options() -> String {
    let handle = Handle {
        title: "The options of a client.",
        name: "zaif_options",
        place: "options",
        kind: "ZaifOptions",
        given: "given",
    };
    let options = ClientBuilder::OPTIONS
        .iter()
        .map(|option| (option.name, option.takes, paragraphs(option.doc)));
    write(&handle, options)
}

pub(super) fn order() -> String {
    let handle = Handle {
        title: "The parameters of an order.",
        name: "zaif_order",
        place: "order",
        kind: "ZaifOrder",
        given: "0",
    };
    let of_an_order = Client::METHODS.iter().find(|method| method.takes_order);
    let arguments = of_an_order.map(|method| {
        let mut arguments = method.arguments();
        arguments.retain(|argument| !is_own(method, argument));
        arguments
    });
    let arguments = arguments.unwrap_or_default().into_iter();
    write(
        &handle,
        arguments.map(|argument| (argument.name, argument.takes, paragraphs(argument.doc))),
    )
}

pub(super) fn call_options() -> String {
    let handle = Handle {
        title: "The options of calls.",
        name: "zaif_call_options",
        place: "options",
        kind: "ZaifCallOptions",
        given: "given",
    };
    let mut names: Vec<(&str, Takes)> = Vec::new();
    for option in Client::METHODS.iter().flat_map(optional) {
        if !names.iter().any(|(name, _)| *name == option.name) {
            names.push((option.name, option.takes));
        }
    }
    let documented = names.iter().map(|(name, takes)| {
        let docs = Client::METHODS.iter().filter_map(|method| {
            let option = optional(method).into_iter().find(|o| o.name == *name)?;
            Some((method.name, flow(option.doc)))
        });
        (*name, *takes, by_method(&docs.collect::<Vec<_>>()))
    });
    write(&handle, documented)
}

/// What a method can be told besides what it needs and what it is about.
fn optional(method: &MethodInfo) -> Vec<ArgInfo> {
    let arguments = method.arguments().into_iter().enumerate();
    arguments
        .filter(|(at, argument)| {
            *at >= method.positional() && !argument.required && is_own(method, argument)
        })
        .map(|(_, argument)| argument)
        .collect()
}

/// What an option says, with the methods that take it where not all do.
fn by_method(docs: &[(&str, String)]) -> Vec<String> {
    let mut said: Vec<(&String, Vec<&str>)> = Vec::new();
    for (method, doc) in docs {
        match said.iter_mut().find(|(known, _)| *known == doc) {
            Some((_, methods)) => methods.push(method),
            None => said.push((doc, vec![method])),
        }
    }
    let each = said.iter().map(|(doc, methods)| {
        if docs.len() == Client::METHODS.len() && methods.len() > 3 {
            return (*doc).clone();
        }
        let methods: Vec<_> = methods.iter().map(|name| format!("`{name}`")).collect();
        format!("For {}: {doc}", methods.join(", "))
    });
    each.collect()
}

fn write<'a>(
    handle: &Handle,
    setters: impl Iterator<Item = (&'a str, Takes, Vec<String>)>,
) -> String {
    let Handle { title, kind, .. } = handle;
    let mut out = format!("//! {title}\n//!\n{}", super::NOTICE);
    let _ = write!(
        out,
        "use crate::boundary::Utf8;\nuse crate::given::{kind};\nuse crate::guard;\n"
    );
    for (name, takes, said) in setters {
        let more = |unit: &str| {
            let mut said = said.clone();
            said.push(unit.to_owned());
            said
        };
        let text = ("Utf8<'_>", "text");
        let whole = ("i64", "whole");
        match takes {
            Takes::Bool => one(&mut out, handle, name, "", ("bool", "flag"), &said),
            Takes::Int => one(&mut out, handle, name, "", whole, &said),
            Takes::Span => {
                let said = more("In whole milliseconds.");
                one(&mut out, handle, name, "_ms", ("i64", "millis"), &said);
            }
            Takes::Money => {
                let exact = more("An exact decimal, such as `\"10800\"`. NULL unsets it.");
                one(&mut out, handle, name, "", text, &exact);
                let yen = [format!("Its {name} in whole yen.")];
                one(&mut out, handle, name, "_yen", whole, &yen);
            }
            _ => one(&mut out, handle, name, "", text, &more("NULL unsets it.")),
        }
    }
    out
}

fn one(
    out: &mut String,
    handle: &Handle,
    name: &str,
    unit: &str,
    (kind, put): (&str, &str),
    said: &[String],
) {
    let said = doc(said);
    let (prefix, owner, given) = (handle.name, handle.kind, handle.given);
    let place = handle.place;
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{prefix}_set_{name}{unit}(\n    \
         {place}: Option<&mut {owner}>,\n    {name}: {kind},\n) {{\n    \
         guard::get((), || {{\n        \
         if let Some({place}) = {place} {{\n            \
         {place}.{given}.{put}(\"{name}\", {name});\n        }}\n    }});\n}}\n"
    );
}
