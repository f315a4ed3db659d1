//! The client's methods: one function a row of the core's table.

use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::zaif::Client;
use kessai::zaif::methods::{MethodInfo, Returns};

use super::text::{doc, flow, paragraphs};

pub(super) fn zaif() -> String {
    let mut out = format!("//! The calls of a client.\n//!\n{}", super::NOTICE);
    out.push_str(
        "use crate::boundary::{Out, Utf8};\n\
         use crate::client::{Call, ZaifClient};\n\
         use crate::error::Error;\n\
         use crate::given::{ZaifCallOptions, ZaifOrder};\n\
         use crate::guard;\n\
         use crate::hint::ZaifHint;\n\
         use crate::invoice::ZaifInvoice;\n\
         use crate::returned::{ZaifInvoices, ZaifResumed};\n\
         use crate::text::{Map, Text, Texts};\n",
    );
    for method in Client::METHODS {
        let parameters = parameters(method);
        one(&mut out, method, &parameters, false);
        if parameters.iter().any(|p| p.takes == Takes::Money) {
            one(&mut out, method, &parameters, true);
        }
    }
    out
}

/// What a function takes as parameters: what the method needs, and what it is
/// about. An order is one parameter, and everything else stands in the options.
fn parameters(method: &MethodInfo) -> Vec<ArgInfo> {
    let arguments = method.arguments().into_iter().enumerate();
    arguments
        .filter(|(at, argument)| {
            is_own(method, argument) && (argument.required || *at < method.positional())
        })
        .map(|(_, argument)| argument)
        .collect()
}

/// Whether an argument is the method's, and not one of the order that it takes.
pub(super) fn is_own(method: &MethodInfo, argument: &ArgInfo) -> bool {
    let mut own = method.args.iter().map(|arg| arg.name).chain(["timeout"]);
    own.any(|name| name == argument.name)
}

/// What a method gives: the type, the name of the place for it, and how to make it.
const fn given(returns: Returns) -> (&'static str, &'static str, &'static str) {
    match returns {
        Returns::Invoice => ("ZaifInvoice", "invoice", "invoice()?.into()"),
        Returns::Invoices => ("ZaifInvoices", "invoices", "invoices()?.into()"),
        Returns::Resumed => ("ZaifResumed", "resumed", "resumed()?.into()"),
        Returns::Texts | Returns::Words(_) => ("Texts", "texts", "texts()?"),
        Returns::Map => ("Map", "map", "named()?"),
        Returns::Json => ("Text", "json", "written()?"),
        _ => ("Text", "text", "written()?"),
    }
}

fn one(out: &mut String, method: &MethodInfo, parameters: &[ArgInfo], in_yen: bool) {
    let mut said = paragraphs(method.doc);
    let (mut taken, mut put) = (String::new(), String::new());
    if method.takes_order {
        taken.push_str("    order: Option<&ZaifOrder>,\n");
        put.push_str(".order(order)?");
    }
    for parameter in parameters {
        let name = parameter.name;
        let mut text = flow(parameter.doc);
        let (place, kind, how) = match parameter.takes {
            Takes::Money if in_yen => {
                text = "Its amount in whole yen.".to_owned();
                (
                    format!("{name}_yen"),
                    "i64",
                    format!(".whole(\"{name}\", {name}_yen)"),
                )
            }
            Takes::Hint => (
                name.to_owned(),
                "Option<&ZaifHint>",
                format!(".hint(\"{name}\", {name})"),
            ),
            Takes::Map => {
                text.push_str(" One JSON object of texts and numbers.");
                let place = format!("{name}_json");
                let how = format!(".map(\"{name}\", {place})?");
                (place, "Utf8<'_>", how)
            }
            takes => {
                if takes == Takes::Money {
                    text.push_str(" An exact decimal.");
                }
                let how = format!(".text(\"{name}\", {name})?");
                (name.to_owned(), "Utf8<'_>", how)
            }
        };
        if !parameter.required {
            text.push_str(" May be NULL.");
        }
        said.push(format!("* `{place}`: {text}"));
        let _ = writeln!(taken, "    {place}: {kind},");
        let _ = write!(put, "{how}");
    }
    said.push("* `options`: may be NULL.".to_owned());
    let (kind, place, make) = given(method.returns);
    said.push(format!(
        "* `{place}`: what it gives; free it with `kessai_{}_free`.",
        c_name(kind)
    ));
    let unit = if in_yen { "_yen" } else { "" };
    let (said, name) = (doc(&said), method.name);
    let _ = write!(
        out,
        "\n{said}#[unsafe(no_mangle)]\n\
         pub extern \"C\" fn kessai_zaif_client_{name}{unit}(\n    \
         client: Option<&ZaifClient>,\n{taken}    \
         options: Option<&ZaifCallOptions>,\n    \
         {place}: Out<'_, *mut {kind}>,\n    \
         error: Out<'_, *mut Error>,\n) -> i32 {{\n    \
         guard::call(error, || {{\n        \
         let place = {place}.needed(\"{place}\")?;\n        \
         let call = Call::new(client, \"{name}\", options)?{put};\n        \
         place.give(call.{make});\n        Ok(())\n    }})\n}}\n"
    );
}

/// `ZaifInvoice` as `zaif_invoice`.
pub(super) fn c_name(kind: &str) -> String {
    let name = kessai::naming::snake(kind);
    name.trim_start_matches('_').to_owned()
}
