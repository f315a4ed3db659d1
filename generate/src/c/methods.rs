//! The client's methods: one function a row of the core's table.

use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::method::MethodInfo;
use kessai::service::ClientInfo;

use super::arguments::{has_null, taken, yen};
use super::modules::Module;
use super::results::gives;
use super::text::{doc, flow, paragraphs};

pub(super) fn write(out: &mut String, module: &Module, client: &ClientInfo) -> Result<(), String> {
    for method in client.methods {
        let parameters = parameters(method);
        one(out, (module, client), method, &parameters, false)?;
        if parameters.iter().any(|p| p.takes == Takes::Money) {
            one(out, (module, client), method, &parameters, true)?;
        }
    }
    Ok(())
}

/// What a function takes as parameters: what the method needs, and what it is
/// about. An order is one parameter, and everything else stands in the options.
pub(super) fn parameters(method: &MethodInfo) -> Vec<ArgInfo> {
    let arguments = method.arguments().into_iter().enumerate();
    arguments
        .filter(|(at, argument)| is_parameter(method, *at, argument))
        .map(|(_, argument)| argument)
        .collect()
}

/// Whether an argument is a parameter of the function. One that may be left out
/// can only be one where a NULL says so.
pub(super) fn is_parameter(method: &MethodInfo, at: usize, argument: &ArgInfo) -> bool {
    let about = at < method.positional && has_null(argument.takes);
    is_own(method, argument) && (argument.required || about)
}

/// Whether an argument is the method's, and not one of the order that it takes.
pub(super) fn is_own(method: &MethodInfo, argument: &ArgInfo) -> bool {
    let own = method.args.iter().chain(method.each);
    let mut own = own.map(|arg| arg.name).chain(["timeout"]);
    own.any(|name| name == argument.name)
}

/// The names that every function has for itself.
const OURS: [&str; 7] = [
    "client", "order", "options", "error", "place", "given", "yes",
];

fn one(
    out: &mut String,
    (module, client): (&Module, &ClientInfo),
    method: &MethodInfo,
    parameters: &[ArgInfo],
    in_yen: bool,
) -> Result<(), String> {
    let mut said = paragraphs(method.doc.text());
    let (mut declared, mut told) = (String::new(), String::new());
    let mut names: Vec<String> = OURS.map(str::to_owned).to_vec();
    for parameter in parameters {
        let in_yen = in_yen && parameter.takes == Takes::Money;
        let (taken, mut text) = if in_yen {
            (yen(parameter.name), "Its amount in whole yen.".to_owned())
        } else {
            let taken = taken(parameter.name, parameter.takes);
            let text = format!("{} {}", flow(parameter.doc.text()), taken.said);
            (taken, text.trim_end().to_owned())
        };
        if !parameter.required {
            text.push_str(" May be NULL.");
        }
        for (name, kind) in &taken.parameters {
            if names.contains(name) {
                return Err(format!(
                    "C cannot tell the argument `{}` of `{}` from another of its parameters: \
                     give it another name in the core's table",
                    parameter.name, method.name
                ));
            }
            names.push(name.clone());
            if *kind == "usize" {
                text = "how many they are.".to_owned();
            }
            said.push(format!("* `{}`: {text}", name.trim_start_matches("r#")));
        }
        declared.push_str(&taken.declared());
        told.push_str(&taken.put(12));
    }
    said.push("* `options`: may be NULL.".to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let gives = gives(module, method.returns, &names);
    said.extend(gives.said.iter().cloned());
    let (mut order, mut put_order) = ("", "");
    if method.takes_order() {
        order = "    order: Option<&ZaifOrder>,\n";
        put_order = ".order(order)?";
    }
    if !told.is_empty() {
        told = format!(".told(|given| {{\n{told}        }})?");
    }
    let unit = if in_yen { "_yen" } else { "" };
    let (said, name, row) = (doc(&said), method.name, &gives.row);
    let (kind, c) = (module.kind(client.name), module.c(client.name));
    let (options, class) = (module.kind("CallOptions"), client.name);
    let of_module = client.module;
    let _ = write!(
        out,
        "\nconst _: () = table::method(\"{of_module}\", \"{class}\", \"{name}\", Returns::{row});\n\n\
         {said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_{c}_{name}{unit}(\n    \
         client: Option<&{kind}>,\n{order}{declared}    \
         options: Option<&{options}>,\n{places}    \
         error: Out<'_, *mut Error>,\n) -> i32 {{\n    \
         guard::call(error, || {{\n{before}        \
         let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));\n        \
         let call = Call::new(client, \"{name}\", options)?{put_order}{told};\n\
         {put}        Ok(())\n    }})\n}}\n",
        places = gives.places,
        before = gives.before,
        put = gives.put("call.make()?"),
    );
    Ok(())
}
