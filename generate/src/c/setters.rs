//! Setters: a client's options, an order's parameters, a call's options.

use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::method::MethodInfo;

use super::arguments::{Taken, has_null, taken, word, yen};
use super::clients;
use super::methods::{is_own, is_parameter};
use super::modules::Module;
use super::text::{doc, flow, import, paragraphs};

/// One handle with setters.
struct Handle {
    /// Its name in C, without `kessai_`.
    name: String,
    /// What a setter calls it.
    place: &'static str,
    /// Its type in Rust.
    kind: String,
    /// Where its named arguments are.
    given: &'static str,
}

/// Everything that a caller of a service sets before a call.
pub(super) fn write(module: &Module) -> Result<String, String> {
    let mut all = String::new();
    options(&mut all, module);
    order(&mut all, module);
    call_options(&mut all, module)?;
    let import = |path, names: &[&str]| import(&all, path, names);
    Ok([
        format!(
            "//! What callers set before a call.\n//!\n{}",
            super::NOTICE
        ),
        "use std::ffi::c_void;\n\n".to_owned(),
        import("crate::boundary", &["Utf8", "Utf8s", "owned"]),
        "use crate::cancel::Cancel;\nuse crate::event::{Listener, OnEvent};\n".to_owned(),
        import("crate::given", &["CallOptions", "Options", "ZaifOrder"]),
        "use crate::guard;\n".to_owned(),
        import("crate::hint", &["ZaifHint"]),
        import("crate::token_source", &["Source", "TokenSource"]),
        all,
    ]
    .concat())
}

/// A handle's type, and how it is made, emptied and freed.
fn handle(out: &mut String, handle: &Handle, inner: &str, whose: &str, said: &str) {
    let Handle { name, kind, .. } = handle;
    let said = doc(&[said.to_owned()]);
    let _ = write!(
        out,
        "\n{said}#[derive(Debug, Default)]\npub struct {kind}(pub(crate) {inner});\n\n\
         /// New options for {whose}, with nothing set. Free them with\n\
         /// `kessai_{name}_free`.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{name}_new() -> *mut {kind} {{\n    \
         guard::get(std::ptr::null_mut(), || owned({kind}::default()))\n}}\n\n\
         /// Unset all of them, as if they were new. NULL is allowed.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{name}_clear(options: Option<&mut {kind}>) {{\n    \
         guard::get((), || {{\n        if let Some(options) = options {{\n            \
         *options = {kind}::default();\n        }}\n    }});\n}}\n\n\
         /// Free them. NULL is allowed.\n#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{name}_free(options: Option<Box<{kind}>>) {{\n    \
         guard::get((), || drop(options));\n}}\n"
    );
}

/// The options of every class of clients of a service, and credentials that are no
/// parameters.
fn options(out: &mut String, module: &Module) {
    let options = Handle {
        name: module.c("Options"),
        place: "options",
        kind: module.kind("Options"),
        given: "0.given",
    };
    handle(
        out,
        &options,
        "Options",
        "a client",
        "The options of a client. Setters never fail, and the function that builds the client \
         tells what is wrong. For one thread at a time; may be freed once the client is built.",
    );
    setters(out, &options, client_options(module).into_iter());
    let Handle { name, kind, .. } = &options;
    let _ = write!(
        out,
        "\n{ON_EVENT}#[unsafe(no_mangle)]\npub extern \"C\" fn kessai_{name}_set_on_event(\n    \
         options: Option<&mut {kind}>,\n    on_event: OnEvent,\n    user_data: *mut c_void,\n) {{\n    \
         guard::get((), || {{\n        if let Some(options) = options {{\n            \
         options.0.listener = Listener::new(on_event, user_data);\n        }}\n    }});\n}}\n"
    );
    if module.clients().any(|client| client.takes_token_source) {
        let _ = write!(
            out,
            "\n{TOKEN_SOURCE}#[unsafe(no_mangle)]\n\
             pub extern \"C\" fn kessai_{name}_set_token_source(\n    \
             options: Option<&mut {kind}>,\n    token_source: TokenSource,\n    \
             user_data: *mut c_void,\n) {{\n    \
             guard::get((), || {{\n        if let Some(options) = options {{\n            \
             options.0.token_source = Source::new(token_source, user_data);\n        }}\n    }});\n}}\n"
        );
    }
}

/// The settings that every class of clients of a service has between them, with their
/// documentation.
pub(super) fn client_options(module: &Module) -> Vec<(&'static str, Takes, Vec<String>)> {
    let mut all: Vec<(&str, Takes, Vec<String>)> = Vec::new();
    for client in module.clients() {
        let parameters = clients::credentials(client);
        let is_parameter = |arg: &&ArgInfo| parameters.iter().any(|p| p.name == arg.name);
        let others = client.credentials.iter().filter(|arg| !is_parameter(arg));
        let others = others.map(|arg| (arg.name, arg.takes, paragraphs(arg.doc.text())));
        let own = client.options.iter();
        let own = own.map(|option| (option.name, option.takes, paragraphs(option.doc.text())));
        for one in others.chain(own) {
            if !all.iter().any(|(name, ..)| *name == one.0) {
                all.push(one);
            }
        }
    }
    all
}

const ON_EVENT: &str = "\
/// Set what is called for every request and every call, and for a clock that is
/// wrong: for logs and metrics. `user_data` is handed on as it is. NULL as
/// `on_event` unsets it.
///
/// It is called on the thread of the call, so on several threads at once where
/// several make calls, for as long as the client lives. It should be quick, and
/// make no call of its own: one could wait for the other. Neither `longjmp` nor a
/// C++ exception may leave it. No event holds a credential.
";

const TOKEN_SOURCE: &str = "\
/// Set what is called for the bearer token of each call, and once more where the
/// service refuses it: for a JWT that is made anew. NULL as `token_source` unsets it.
///
/// It is called on the thread of the call, so on several threads at once where several
/// make calls, for as long as the client lives. The text that it gives is copied at once.
/// Neither `longjmp` nor a C++ exception may leave it.
";

/// What an order is made of, where the service has orders.
fn order(out: &mut String, module: &Module) {
    let methods = module.methods();
    let Some(method) = methods.iter().find(|method| method.takes_order()) else {
        return;
    };
    let order = Handle {
        name: module.c("Order"),
        place: "order",
        kind: module.kind("Order"),
        given: "0",
    };
    let mut arguments = method.arguments();
    arguments.retain(|argument| !is_own(method, argument));
    let arguments = arguments.into_iter();
    setters(
        out,
        &order,
        arguments.map(|argument| {
            (
                argument.name,
                argument.takes,
                paragraphs(argument.doc.text()),
            )
        }),
    );
}

/// Every call has these: one setter stands for all methods that take its name.
fn call_options(out: &mut String, module: &Module) -> Result<(), String> {
    let options = Handle {
        name: module.c("CallOptions"),
        place: "options",
        kind: module.kind("CallOptions"),
        given: "0.given",
    };
    handle(
        out,
        &options,
        "CallOptions",
        "calls",
        "What a call can be told besides what it needs. Setters never fail, and the call tells \
         what is wrong; one that does not take what is set here says so. For one thread at a \
         time; may be used for several calls.",
    );
    let methods = module.methods();
    let names = merged(methods.iter().map(|m| (m.name, optional(m))))?;
    let documented = names.iter().map(|(name, takes)| {
        let docs = methods.iter().filter_map(|method| {
            let option = optional(method).into_iter().find(|o| o.name == *name)?;
            Some((method.name, flow(option.doc.text())))
        });
        (
            *name,
            *takes,
            by_method(&docs.collect::<Vec<_>>(), &methods),
        )
    });
    setters(out, &options, documented);
    let Handle { name, kind, .. } = &options;
    let _ = write!(
        out,
        "\n/// Set what can end the calls early, from another thread or from a signal\n\
         /// handler. NULL unsets it. It may be freed before the options are.\n\
         #[unsafe(no_mangle)]\npub extern \"C\" fn kessai_{name}_set_cancel(\n    \
         options: Option<&mut {kind}>,\n    cancel: Option<&Cancel>,\n) {{\n    \
         guard::get((), || {{\n        if let Some(options) = options {{\n            \
         options.0.cancel = cancel.map(Cancel::flag);\n        }}\n    }});\n}}\n"
    );
    Ok(())
}

/// The options of all methods, each once. One setter cannot take two kinds.
pub(super) fn merged<'a>(
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
                         setter for both, `set_{name}` of its calls' options. Give one of them another \
                         name in the core's table",
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
pub(super) fn optional(method: &MethodInfo) -> Vec<ArgInfo> {
    let arguments = method.arguments().into_iter().enumerate();
    arguments
        .filter(|(at, argument)| is_own(method, argument) && !is_parameter(method, *at, argument))
        .map(|(_, argument)| argument)
        .collect()
}

/// What an option says, with the methods that take it where not all do.
fn by_method(docs: &[(&str, String)], all: &[&MethodInfo]) -> Vec<String> {
    let mut said: Vec<(&String, Vec<&str>)> = Vec::new();
    for (method, doc) in docs {
        match said.iter_mut().find(|(known, _)| *known == doc) {
            Some((_, methods)) => methods.push(method),
            None => said.push((doc, vec![method])),
        }
    }
    let list = |methods: &[&str]| {
        let methods: Vec<_> = methods.iter().map(|name| format!("`{name}`")).collect();
        methods.join(", ")
    };
    let each = said.iter().map(|(doc, methods)| {
        let lack = all.iter().map(|method| method.name);
        let lack: Vec<_> = lack
            .filter(|name| !docs.iter().any(|(n, _)| n == name))
            .collect();
        match (lack.is_empty(), methods.len()) {
            (true, 4..) => (*doc).clone(),
            (false, 4..) if lack.len() < methods.len() => {
                format!("{doc} For all calls but {}.", list(&lack))
            }
            _ => format!("For {}: {doc}", list(methods)),
        }
    });
    each.collect()
}

fn setters<'a>(
    out: &mut String,
    handle: &Handle,
    setters: impl Iterator<Item = (&'a str, Takes, Vec<String>)>,
) {
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
        one(out, handle, name, &taken, &said);
        if takes == Takes::Money {
            let text = format!("kessai_{}_set_{name}", handle.name);
            let said = [format!("The same setting as `{text}`, in whole yen.")];
            one(out, handle, name, &yen(name), &said);
        }
    }
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
    use kessai::doc::Doc;

    use super::*;

    #[test]
    fn one_setter_cannot_take_two_kinds() {
        let option = |takes| ArgInfo {
            name: "depth",
            doc: Doc::of(""),
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
