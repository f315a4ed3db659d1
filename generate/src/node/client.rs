//! The client class: one method a row of the core's table.

use std::fmt::Write as _;

use kessai::method::MethodInfo;
use kessai::naming::camel;
use kessai::returned::Returns;
use kessai::zaif::Client;

use super::NOTICE;
use super::text::summary;

/// What the methods make of what the core tells.
const READ: &str = "\
const asIs = (value) => value;
const invoice = (fields) => new Invoice(fields);
const invoices = (all) => all.map(invoice);
const resumed = (told) =>
  told.outcome === 'done' ? { ...told, invoice: invoice(told.invoice) } : told;

";

pub(super) fn class() -> String {
    let mut out = format!(
        "'use strict';\n\n{NOTICE}\n// The client of `kessai.zaif`: what its methods take and \
         give, `zaif-client.d.ts` tells.\n\n\
         const {{ BaseClient, invoke, listed }} = require('./client.js');\n\
         const {{ Invoice }} = require('./zaif-models.js');\n\n{READ}\
         /** Calls Zaif Payment with one API key, without holding up the event loop. */\n\
         class Client extends BaseClient {{\n"
    );
    for (number, method) in Client::METHODS.iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        one(&mut out, method);
    }
    out.push_str("}\n\nmodule.exports = { Client };\n");
    out
}

fn one(out: &mut String, method: &MethodInfo) {
    let name = camel(method.name);
    let first: Vec<_> = first(method);
    let (takes, about) = if method.takes_order() {
        ("order, ".to_owned(), "order".to_owned())
    } else {
        let names = first.join(", ");
        let takes = first.iter().map(|name| format!("{name}, ")).collect();
        (takes, format!("[{names}]"))
    };
    let read = match method.returns {
        Returns::Model(_) => "invoice",
        Returns::Models(_) => "invoices",
        Returns::Resumed(_) => "resumed",
        Returns::Text
        | Returns::Texts
        | Returns::Words(_)
        | Returns::Map
        | Returns::Json
        | Returns::Page(_)
        | Returns::Answer => "asIs",
    };
    let call = format!("this[invoke]('{}', {about}, options, {read})", method.name);
    let call = match method.returns {
        Returns::Models(_) | Returns::Texts | Returns::Words(_) => format!("listed({call})"),
        _ => call,
    };
    let doc = summary(method.doc, 2);
    let _ = write!(
        out,
        "{doc}  {name}({takes}options) {{\n    return {call};\n  }}\n"
    );
}

/// What stands first without a name.
pub(super) fn first(method: &MethodInfo) -> Vec<String> {
    let all = method.arguments();
    let first = all.iter().take(method.positional);
    first.map(|arg| camel(arg.name)).collect()
}
