//! The types of the client: its options, what each method takes and gives.

use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::method::{Limit, MethodInfo};
use kessai::naming::camel;
use kessai::option::{ON_EVENT, THREADS};
use kessai::returned::Returns;
use kessai::zaif::{Client, ClientBuilder, CreateInvoice, Rule};

use super::NOTICE;
use super::text::jsdoc;

const HEAD: &str = "
import { BaseClient, CallOptions, ListPromise } from './client';
import type { Event } from './event';
import type { Hint } from './hint';
import type { Resumed } from './resumed';
import type { Coin, Invoice, Status, Until } from './zaif-models';
";

/// Arguments that take the words of a set.
const WORDS: [(&str, &str); 5] = [
    ("billing_currency", "Coin"),
    ("currency", "Coin"),
    ("earlier", "Status"),
    ("seen", "readonly Status[]"),
    ("until", "Until"),
];

pub(super) fn client() -> String {
    let mut out = format!("{NOTICE}{HEAD}");
    options(&mut out);
    order(&mut out);
    for method in Client::METHODS {
        own_options(&mut out, method);
    }
    out.push_str(
        "\n/**\n * Calls Zaif Payment with one API key, without holding up the event loop.\n *\n \
         * Calls are made on threads of its own, up to `threads`, started on demand and ended\n \
         * when idle; the process stays while one is under way, and exits when none is. Times\n \
         * are in milliseconds.\n */\n\
         export class Client extends BaseClient {\n  \
         /** Builds a client; every option is checked, nothing is sent. */\n  \
         constructor(options: Options);\n\n  \
         /**\n   * Builds a client from the environment: `ZAIF_API_KEY` and `ZAIF_API_SECRET`, and where\n   \
         * they are set `ZAIF_ENDPOINT` and `KESSAI_NONCES`. Options given here prevail.\n   */\n  \
         static fromEnv(options?: MoreOptions): Client;\n",
    );
    for info in Client::METHODS {
        method(&mut out, info);
    }
    out.push_str("}\n");
    out
}

fn options(out: &mut String) {
    out.push_str(
        "\n/** What a client may be given besides its key. Times are in milliseconds. */\n\
         export interface MoreOptions {\n",
    );
    for option in ClientBuilder::OPTIONS {
        property(out, option.name, option.doc, typed(option.takes), false);
    }
    property(out, THREADS.0, THREADS.1, "number", false);
    let listener = "((event: Event) => void | Promise<void>)";
    property(out, ON_EVENT.0, ON_EVENT.1, listener, false);
    out.push_str(
        "}\n\n/** What a client is made with. Times are in milliseconds. */\n\
         export interface Options extends MoreOptions {\n",
    );
    property(out, "key", "The API key.", "string", true);
    property(out, "secret", "Its secret.", "string", true);
    out.push_str("}\n");
}

/// What an invoice can be made with: the same for every method that takes it.
fn order(out: &mut String) {
    let Some(method) = Client::METHODS.iter().find(|method| method.takes_order()) else {
        return;
    };
    out.push_str("\n/** What an invoice is made with. */\nexport interface Order {\n");
    let all = method.arguments();
    for arg in all.iter().filter(|arg| !is_own(method, arg)) {
        let rule = CreateInvoice::PARAMETERS
            .iter()
            .find(|p| p.name == arg.name);
        let kind = match rule.map(|parameter| parameter.rule) {
            Some(Rule::Word(words)) => {
                let words: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
                words.join(" | ")
            }
            _ => type_of(arg).to_owned(),
        };
        property(out, arg.name, arg.doc, &kind, arg.required);
    }
    out.push_str(
        "}\n\n/** An order with its number: what can have one invoice, or be resumed. */\n\
         export interface NumberedOrder extends Order {\n  orderNumber: string;\n}\n",
    );
}

/// The options that only this method has.
fn own_options(out: &mut String, method: &MethodInfo) {
    let Some(name) = options_name(method) else {
        return;
    };
    let doc = format!("Options of `Client.{}`.", camel(method.name));
    let base = match method.limit {
        Limit::Clients => "CallOptions",
        Limit::Own(_) => "Omit<CallOptions, 'timeout'>",
    };
    let _ = write!(
        out,
        "\n{}export interface {name} extends {base} {{\n",
        jsdoc(&doc, 0)
    );
    for arg in named(method) {
        if method.limit != Limit::Clients || arg.name != "timeout" {
            property(out, arg.name, arg.doc, type_of(&arg), arg.required);
        }
    }
    out.push_str("}\n");
}

/// What is given by name in a method's last argument.
fn named(method: &MethodInfo) -> Vec<ArgInfo> {
    let all = method.arguments().into_iter();
    all.filter(|arg| is_own(method, arg))
        .skip(method.positional)
        .collect()
}

fn is_own(method: &MethodInfo, arg: &ArgInfo) -> bool {
    !method.takes_order()
        || arg.name == "timeout"
        || method.args.iter().any(|own| own.name == arg.name)
}

/// The name of the type of a method's options, unless it is that of all.
fn options_name(method: &MethodInfo) -> Option<String> {
    if method.limit == Limit::Clients && named(method).len() == 1 {
        return None;
    }
    let name = camel(method.name);
    let mut letters = name.chars();
    let first = letters.next()?.to_ascii_uppercase();
    Some(format!("{first}{}Options", letters.as_str()))
}

fn method(out: &mut String, method: &MethodInfo) {
    let returns = match method.returns {
        Returns::Model(_) => "Promise<Invoice>",
        Returns::Models(_) => "ListPromise<Invoice>",
        Returns::Resumed(_) => "Promise<Resumed>",
        Returns::Text => "Promise<string>",
        Returns::Texts | Returns::Words(_) => "ListPromise<string>",
        Returns::Map => "Promise<Record<string, string>>",
        Returns::Json | Returns::Page(_) => "Promise<unknown>",
        Returns::Answer => "Promise<boolean | null>",
    };
    let all = method.arguments();
    let mut takes: Vec<String> = all
        .iter()
        .take(method.positional)
        .map(|arg| {
            let mark = if arg.required { "" } else { "?" };
            format!("{}{mark}: {}", camel(arg.name), type_of(arg))
        })
        .collect();
    if method.takes_order() {
        let order = if method.needs_order_number {
            "order: NumberedOrder"
        } else {
            "order: Order"
        };
        takes.push(order.to_owned());
    }
    let mark = if named(method).iter().any(|arg| arg.required) {
        ""
    } else {
        "?"
    };
    let options = options_name(method).unwrap_or_else(|| "CallOptions".to_owned());
    takes.push(format!("options{mark}: {options}"));
    let _ = write!(
        out,
        "\n{}  {}({}): {returns};\n",
        jsdoc(method.doc, 2),
        camel(method.name),
        takes.join(", ")
    );
}

/// One property of an interface.
fn property(out: &mut String, name: &str, doc: &str, kind: &str, required: bool) {
    let name = camel(name);
    out.push_str(&jsdoc(doc, 2));
    let _ = if required {
        writeln!(out, "  {name}: {kind};")
    } else {
        writeln!(out, "  {name}?: {kind} | undefined;")
    };
}

/// The type of what an argument takes.
pub(super) fn type_of(arg: &ArgInfo) -> &'static str {
    let words = WORDS.iter().find(|(name, _)| *name == arg.name);
    words.map_or_else(|| typed(arg.takes), |(_, set)| set)
}

const fn typed(takes: Takes) -> &'static str {
    match takes {
        Takes::Int => "number | bigint",
        Takes::Bool => "boolean",
        Takes::Span => "number",
        Takes::Money => "number | bigint | string",
        Takes::Texts => "readonly string[]",
        Takes::Map => "Readonly<Record<string, string | number | bigint | null | undefined>>",
        Takes::Hint => "Hint | string",
        Takes::Text | Takes::Secret => "string",
        Takes::Json => "unknown",
    }
}
