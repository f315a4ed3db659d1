//! The types of the clients: their options, what each method takes and gives.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::method::{Limit, MethodInfo};
use kessai::naming::camel;
use kessai::option::{ON_EVENT, THREADS, TOKEN_SOURCE};
use kessai::returned::Returns;
use kessai::service::ClientInfo;
use kessai::zaif::{CreateInvoice, Rule};

use super::NOTICE;
use super::client::model_of;
use super::modules::Module;
use super::text::jsdoc;

pub(super) fn clients(module: Module) -> String {
    let mut out = NOTICE.to_owned();
    imports(&mut out, module);
    for client in module.clients() {
        let types = Types { module, client };
        types.options(&mut out);
        types.order(&mut out);
        types.every_call(&mut out);
        for method in client.methods {
            types.own_options(&mut out, method);
        }
        types.class(&mut out);
    }
    out
}

/// Imports what the types of a module's clients speak of.
fn imports(out: &mut String, module: Module) {
    let methods: Vec<_> = module.clients().flat_map(|client| client.methods).collect();
    let each = |wanted: fn(Returns) -> bool| methods.iter().any(|m| wanted(m.returns));
    let mut base = vec!["BaseClient"];
    base.push(if methods.iter().any(|method| !method.each.is_empty()) {
        "CallOptions as EveryCallOptions"
    } else {
        "CallOptions"
    });
    let is_list = |returns| {
        matches!(
            returns,
            Returns::Models(_) | Returns::Texts | Returns::Words(_)
        )
    };
    if each(is_list) {
        base.push("ListPromise");
    }
    if each(|returns| matches!(returns, Returns::Page(_))) {
        base.push("Paged");
    }
    let _ = write!(
        out,
        "\nimport {{ {} }} from './client';\nimport type {{ Event as HookEvent }} from './event';\n",
        base.join(", ")
    );
    let takes = |takes| {
        let mut all = methods.iter().flat_map(|method| method.arguments());
        all.any(|arg| arg.takes == takes)
    };
    if takes(Takes::Hint) {
        out.push_str("import type { Hint } from './hint';\n");
    }
    if takes(Takes::Json) {
        out.push_str("import type { Json } from './json';\n");
    }
    if each(|returns| matches!(returns, Returns::Resumed(_))) {
        out.push_str("import type { Resumed } from './resumed';\n");
    }
    let models = methods.iter().filter_map(|m| match m.returns {
        Returns::Resumed(_) => None,
        other => model_of(other),
    });
    let arguments = methods.iter().flat_map(|method| method.arguments());
    let words = arguments.filter_map(|arg| module.words(arg.name));
    let bare = |word: &'static str| {
        let word = word.strip_prefix("readonly ").unwrap_or(word);
        word.strip_suffix("[]").unwrap_or(word)
    };
    let events = takes(Takes::Event).then_some("Event");
    let names: BTreeSet<_> = models.chain(words.map(bare)).chain(events).collect();
    let names: Vec<_> = names.into_iter().collect();
    let _ = writeln!(
        out,
        "import type {{ {} }} from './{}-models';",
        names.join(", "),
        module.name
    );
}

/// The types of one class of clients.
struct Types {
    module: Module,
    client: &'static ClientInfo,
}

impl Types {
    /// What its types are called by, besides what they are.
    fn stem(&self) -> &'static str {
        let name = self.client.name;
        name.strip_suffix("Client").unwrap_or(name)
    }

    fn options(&self, out: &mut String) {
        let stem = self.stem();
        let _ = write!(
            out,
            "\n/** What a client may be given besides its credentials. Times are in milliseconds. */\n\
             export interface More{stem}Options {{\n",
        );
        for option in self.client.options {
            property(
                out,
                option.name,
                option.doc.text(),
                typed(option.takes),
                false,
            );
        }
        property(out, THREADS.0, THREADS.1, "number", false);
        let listener = "((event: HookEvent) => void | Promise<void>)";
        property(out, ON_EVENT.0, ON_EVENT.1, listener, false);
        let _ = write!(
            out,
            "}}\n\n/** What a client is made with. Times are in milliseconds. */\n\
             export interface {stem}Options extends More{stem}Options {{\n",
        );
        for credential in self.client.credentials {
            let kind = typed(credential.takes);
            property(
                out,
                credential.name,
                credential.doc.text(),
                kind,
                credential.required,
            );
        }
        if self.client.takes_token_source {
            let source = "(() => string | Promise<string>)";
            property(out, TOKEN_SOURCE.0, TOKEN_SOURCE.1, source, false);
        }
        out.push_str("}\n");
    }

    /// What an order can be made with: the same for every method that takes it.
    fn order(&self, out: &mut String) {
        let mut methods = self.client.methods.iter();
        let Some(method) = methods.find(|method| method.takes_order()) else {
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
                _ => type_of(self.module, arg).to_owned(),
            };
            property(out, arg.name, arg.doc.text(), &kind, arg.required);
        }
        out.push_str(
            "}\n\n/** An order with its number: what can have one invoice, or be resumed. */\n\
             export interface NumberedOrder extends Order {\n  orderNumber: string;\n}\n",
        );
    }

    /// What every call of the service can be given besides.
    fn every_call(&self, out: &mut String) {
        let Some(method) = self.client.methods.iter().find(|m| !m.each.is_empty()) else {
            return;
        };
        let stem = self.stem();
        let _ = write!(
            out,
            "\n/** What every call takes besides its own. Times are in milliseconds. */\n\
             export interface {stem}CallOptions extends EveryCallOptions {{\n"
        );
        for arg in method.each {
            property(
                out,
                arg.name,
                arg.doc.text(),
                type_of(self.module, arg),
                arg.required,
            );
        }
        out.push_str("}\n");
    }

    fn call_options(&self, method: &MethodInfo) -> String {
        if !method.each.is_empty() {
            format!("{}CallOptions", self.stem())
        } else if self.client.methods.iter().all(|m| m.each.is_empty()) {
            "CallOptions".to_owned()
        } else {
            "EveryCallOptions".to_owned()
        }
    }

    /// The options that only this method has.
    fn own_options(&self, out: &mut String, method: &MethodInfo) {
        let Some(name) = options_name(method) else {
            return;
        };
        let doc = format!("Options of `{}.{}`.", self.client.name, camel(method.name));
        let base = self.call_options(method);
        let base = match method.limit {
            Limit::Clients => base,
            Limit::Own(_) => format!("Omit<{base}, 'timeout'>"),
        };
        let _ = write!(
            out,
            "\n{}export interface {name} extends {base} {{\n",
            jsdoc(&doc, 0)
        );
        for arg in only(method) {
            let kind = type_of(self.module, &arg);
            property(out, arg.name, arg.doc.text(), kind, arg.required);
        }
        out.push_str("}\n");
    }

    fn class(&self, out: &mut String) {
        let (name, stem) = (self.client.name, self.stem());
        let doc = format!(
            "{}\n\nCalls are made on threads of its own, up to `threads`, started on demand and \
             ended when idle: the event loop is never held up. The process stays while one is \
             under way, and exits when none is. Times are in milliseconds.",
            self.client.doc.text()
        );
        let needs = self.client.credentials.iter().any(|arg| arg.required);
        let mark = if needs { "" } else { "?" };
        let _ = write!(
            out,
            "\n{}export class {name} extends BaseClient {{\n  \
             /** Builds a client; every option is checked, nothing is sent. */\n  \
             constructor(options{mark}: {stem}Options);\n\n{}  \
             static fromEnv(options?: More{stem}Options): {name};\n",
            jsdoc(&doc, 0),
            jsdoc(&self.environment(), 2),
        );
        for info in self.client.methods {
            self.method(out, info);
        }
        out.push_str("}\n");
    }

    /// What of the environment a client is built from.
    fn environment(&self) -> String {
        let (needed, read) = self.client.env;
        let quoted = |names: &[&str]| {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            match names.split_last() {
                Some((last, [])) => last.clone(),
                Some((last, first)) => format!("{} and {last}", first.join(", ")),
                None => String::new(),
            }
        };
        let mut doc = "Builds a client from the environment".to_owned();
        if !needed.is_empty() {
            let _ = write!(doc, ": {}", quoted(needed));
        }
        if !read.is_empty() {
            let mark = if needed.is_empty() { ":" } else { ", and" };
            let _ = write!(doc, "{mark} where they are set {}", quoted(read));
        }
        doc.push_str(". Options given here prevail.");
        doc
    }

    fn method(&self, out: &mut String, method: &MethodInfo) {
        let returns = match method.returns {
            Returns::Model(model) => format!("Promise<{model}>"),
            Returns::Models(model) => format!("ListPromise<{model}>"),
            Returns::Page(model) => format!("Paged<{model}>"),
            Returns::Resumed(_) => "Promise<Resumed>".to_owned(),
            Returns::Text => "Promise<string>".to_owned(),
            Returns::Texts | Returns::Words(_) => "ListPromise<string>".to_owned(),
            Returns::Map => "Promise<Record<string, string>>".to_owned(),
            Returns::Json => "Promise<unknown>".to_owned(),
            Returns::Answer => "Promise<boolean | null>".to_owned(),
        };
        let all = method.arguments();
        let mut takes: Vec<String> = all
            .iter()
            .take(method.positional)
            .map(|arg| {
                let mark = if arg.required { "" } else { "?" };
                format!("{}{mark}: {}", camel(arg.name), type_of(self.module, arg))
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
        let options = options_name(method).unwrap_or_else(|| self.call_options(method));
        takes.push(format!("options{mark}: {options}"));
        let _ = write!(
            out,
            "\n{}  {}({}): {returns};\n",
            jsdoc(method.doc.text(), 2),
            camel(method.name),
            takes.join(", ")
        );
    }
}

/// What is given by name in a method's last argument.
fn named(method: &MethodInfo) -> Vec<ArgInfo> {
    let all = method.arguments().into_iter();
    all.filter(|arg| is_own(method, arg))
        .skip(method.positional)
        .collect()
}

/// The part of it that other methods do not have.
fn only(method: &MethodInfo) -> Vec<ArgInfo> {
    let mut own = named(method);
    own.retain(|arg| {
        let is_limit = arg.name == "timeout" && method.limit == Limit::Clients;
        !is_limit && !method.each.iter().any(|each| each.name == arg.name)
    });
    own
}

fn is_own(method: &MethodInfo, arg: &ArgInfo) -> bool {
    let mut own = method.args.iter().chain(method.each);
    !method.takes_order() || arg.name == "timeout" || own.any(|own| own.name == arg.name)
}

/// The name of the type of a method's options, unless it is that of all.
fn options_name(method: &MethodInfo) -> Option<String> {
    if only(method).is_empty() {
        return None;
    }
    let name = camel(method.name);
    let mut letters = name.chars();
    let first = letters.next()?.to_ascii_uppercase();
    Some(format!("{first}{}Options", letters.as_str()))
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
pub(super) fn type_of(module: Module, arg: &ArgInfo) -> &'static str {
    module.words(arg.name).unwrap_or_else(|| typed(arg.takes))
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
        Takes::Json => "Json",
        Takes::Event => "Event",
    }
}
