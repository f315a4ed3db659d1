//! The classes of clients: one method a row of the core's tables.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kessai::method::MethodInfo;
use kessai::naming::camel;
use kessai::returned::Returns;
use kessai::service::ClientInfo;

use super::NOTICE;
use super::modules::{Module, class_of};
use super::text::summary;

pub(super) fn classes(module: Module) -> String {
    let name = module.name;
    let mut out = format!(
        "'use strict';\n\n{NOTICE}\n// The clients of `kessai.{name}`: what their methods take and \
         give, `{name}-client.d.ts` tells.\n\n\
         const {{ BaseClient, invoke }} = require('./client.js');\n\
         const {{ readerOf }} = require('./model.js');\n\
         const {{ Paged, asIs, each, listed, page, resumed }} = require('./read.js');\n\
         const models = require('./{name}-models.js');\n\n"
    );
    for model in read(module) {
        let class = module.model(model).map_or_else(String::new, class_of);
        let _ = writeln!(out, "const {} = readerOf(models.{class});", reader(model));
    }
    let mut names = Vec::new();
    for client in module.clients() {
        one(&mut out, client);
        names.push(client.name);
    }
    let _ = writeln!(out, "\nmodule.exports = {{ {} }};", names.join(", "));
    out
}

/// The models that methods give.
fn read(module: Module) -> BTreeSet<&'static str> {
    let methods = module.clients().flat_map(|client| client.methods);
    methods
        .filter_map(|method| model_of(method.returns))
        .collect()
}

/// The model that a method gives, alone or with others.
pub(super) const fn model_of(returns: Returns) -> Option<&'static str> {
    match returns {
        Returns::Model(name)
        | Returns::Models(name)
        | Returns::Page(name)
        | Returns::Resumed(name) => Some(name),
        Returns::Text
        | Returns::Texts
        | Returns::Words(_)
        | Returns::Map
        | Returns::Json
        | Returns::Answer => None,
    }
}

/// What makes a model of its fields: its name with a small letter.
fn reader(model: &str) -> String {
    let mut letters = model.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

fn one(out: &mut String, client: &ClientInfo) {
    let (module, name) = (client.module, client.name);
    let doc = summary(client.doc.text(), 0);
    let _ = write!(
        out,
        "\n{doc}class {name} extends BaseClient {{\n  constructor(options, from) {{\n    \
         super('{module}', '{name}', options, from);\n  }}\n"
    );
    for info in client.methods {
        out.push('\n');
        method(out, info);
    }
    out.push_str("}\n");
}

fn method(out: &mut String, method: &MethodInfo) {
    let name = camel(method.name);
    let first: Vec<_> = first(method);
    let (takes, about) = if method.takes_order() {
        ("order, ".to_owned(), "order".to_owned())
    } else {
        let names = first.join(", ");
        let takes = first.iter().map(|name| format!("{name}, ")).collect();
        (takes, format!("[{names}]"))
    };
    let call = |options: &str, read: &str| {
        format!(
            "this[invoke]('{}', {about}, {options}, {read})",
            method.name
        )
    };
    let one = |read: &str| call("options", read);
    let call = match method.returns {
        Returns::Model(model) => one(&reader(model)),
        Returns::Models(model) => format!("listed({})", one(&format!("each({})", reader(model)))),
        Returns::Page(model) => {
            let fetch = call("more", &format!("page({})", reader(model)));
            format!("new Paged((more) => {fetch}, options)")
        }
        Returns::Resumed(model) => one(&format!("resumed({})", reader(model))),
        Returns::Texts | Returns::Words(_) => format!("listed({})", one("asIs")),
        Returns::Text | Returns::Map | Returns::Json | Returns::Answer => one("asIs"),
    };
    let doc = summary(method.doc.text(), 2);
    let _ = write!(
        out,
        "{doc}  {name}({takes}options) {{\n    return {call};\n  }}\n"
    );
}

/// What stands first without a name.
fn first(method: &MethodInfo) -> Vec<String> {
    let all = method.arguments();
    let first = all.iter().take(method.positional);
    first.map(|arg| camel(arg.name)).collect()
}
