//! Setters: a client's options, an order's parameters, a call's options.

use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::method::MethodInfo;
use kessai::zaif::{Client, ClientBuilder};

use super::arguments::{Taken, has_null, taken, word, yen};
use super::methods::{is_own, is_parameter};
use super::text::{doc, flow, import, paragraphs};

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
    let of_an_order = Client::METHODS.iter().find(|method| method.takes_order());
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

/// Every call has these: one setter stands for all methods that take its name.
pub(super) fn call_options() -> Result<String, String> {
    let handle = Handle {
        title: "The options of calls.",
        name: "zaif_call_options",
        place: "options",
        kind: "ZaifCallOptions",
        given: "given",
    };
    let each = Client::METHODS.iter().map(|m| (m.name, optional(m)));
    let names = merged(each)?;
    let documented = names.iter().map(|(name, takes)| {
        let docs = Client::METHODS.iter().filter_map(|method| {
            let option = optional(method).into_iter().find(|o| o.name == *name)?;
            Some((method.name, flow(option.doc)))
        });
        (*name, *takes, by_method(&docs.collect::<Vec<_>>()))
    });
    Ok(write(&handle, documented))
}

/// The options of all methods, each once. One setter cannot take two kinds.
fn merged<'a>(
    methods: impl Iterator<Item = (&'a str, Vec<ArgInfo>)>,
) -> Result<Vec<(&'static str, Takes)>, String> {
    let mut all: Vec<(&str, ArgInfo)> = Vec::new();
    for (method, options) in methods {
        for option in options {
            match all.iter().find(|(_, known)| known.name == option.name) {
                None => all.push((method, option)),
                Some((first, known)) if known.takes != option.takes => {
                    return Err(format!(
                        "`{name}` is {one} for `{first}`, but {other} for `{method}`: C has one \
                         setter for both, `kessai_zaif_call_options_set_{name}`. Give one of \
                         them another name in core/src/zaif/methods.rs",
                        name = option.name,
                        one = word(known.takes),
                        other = word(option.takes),
                    ));
                }
                Some(_) => {}
            }
        }
    }
    Ok(all.iter().map(|(_, one)| (one.name, one.takes)).collect())
}

/// What a method can be told besides what it needs and what it is about.
fn optional(method: &MethodInfo) -> Vec<ArgInfo> {
    let arguments = method.arguments().into_iter().enumerate();
    arguments
        .filter(|(at, argument)| is_own(method, argument) && !is_parameter(method, *at, argument))
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
    let mut all = String::new();
    for (name, takes, mut said) in setters {
        let taken = taken(name, takes);
        let unset = if has_null(takes) {
            "NULL unsets it."
        } else {
            ""
        };
        let form = match takes {
            Takes::Money => "An exact decimal, such as `\"10800\"`.",
            _ => taken.said,
        };
        let form = format!("{form} {unset}");
        if !form.trim().is_empty() {
            said.push(form.trim().to_owned());
        }
        one(&mut all, handle, name, &taken, &said);
        if takes == Takes::Money {
            let text = format!("kessai_{}_set_{name}", handle.name);
            let said = [format!("The same setting as `{text}`, in whole yen.")];
            one(&mut all, handle, name, &yen(name), &said);
        }
    }
    let Handle { title, kind, .. } = handle;
    let import = |module, names: &[&str]| import(&all, module, names);
    [
        format!("//! {title}\n//!\n{}", super::NOTICE),
        import("crate::boundary", &["Utf8", "Utf8s"]),
        format!("use crate::given::{kind};\nuse crate::guard;\n"),
        import("crate::hint", &["ZaifHint"]),
        all,
    ]
    .concat()
}

fn one(out: &mut String, handle: &Handle, name: &str, taken: &Taken, said: &[String]) {
    let (said, unit) = (doc(said), taken.unit);
    let Handle {
        name: prefix,
        place,
        kind,
        given,
        ..
    } = handle;
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{prefix}_set_{name}{unit}(\n    \
         {place}: Option<&mut {kind}>,\n{parameters}) {{\n    \
         guard::get((), || {{\n        \
         if let Some({place}) = {place} {{\n            \
         let given = &mut {place}.{given};\n{put}        }}\n    }});\n}}\n",
        parameters = taken.declared(),
        put = taken.put(12),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_setter_cannot_take_two_kinds() {
        let option = |takes| ArgInfo {
            name: "depth",
            doc: "",
            takes,
            required: false,
        };
        let methods = |first, second| {
            let all = [("dig", vec![option(first)]), ("dive", vec![option(second)])];
            merged(all.into_iter())
        };
        assert_eq!(
            methods(Takes::Int, Takes::Int),
            Ok(vec![("depth", Takes::Int)])
        );
        let why = methods(Takes::Int, Takes::Span).unwrap_err();
        for part in ["`depth`", "`dig`", "`dive`", "a span of time"] {
            assert!(why.contains(part), "{part} in {why}");
        }
    }
}
