//! The client classes: one method a row of the core's table, blocking and
//! asynchronous from the same rows.

use std::fmt::Write as _;

use kessai::argument::{ArgInfo, Takes};
use kessai::method::MethodInfo;
use kessai::option::{ON_EVENT, THREADS, TOKEN_SOURCE};
use kessai::returned::Returns;
use kessai::service::{CLIENTS, ClientInfo, MODELS};

use super::NOTICE;
use super::imports::Names;
use super::text::{item, prose};

/// Which of the two classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Client`.
    Blocking,
    /// `AsyncClient`.
    Async,
}

/// How lists are asked for what comes next.
const STARTING_AFTER: &str = "starting_after";

/// Texts of calls that look for cards, and that customers may have typed.
const TYPED: [&str; 4] = ["description", "email", "name", "phone"];

/// One argument of a Python method.
struct Argument {
    name: &'static str,
    doc: &'static str,
    kind: &'static str,
    required: bool,
    /// Whether no traceback may show it.
    secret: bool,
}

impl Argument {
    fn of(arg: &ArgInfo) -> Self {
        Self {
            name: arg.name,
            doc: arg.doc.text(),
            kind: python_type(arg.takes),
            required: arg.required,
            // A card's number may stand where anything may.
            secret: match arg.takes {
                Takes::Secret | Takes::Json | Takes::Map => true,
                Takes::Text => TYPED.contains(&arg.name),
                _ => false,
            },
        }
    }

    const fn optional((name, doc): (&'static str, &'static str), kind: &'static str) -> Self {
        Self {
            name,
            doc,
            kind,
            required: false,
            secret: false,
        }
    }

    /// As it stands in a signature.
    fn declared(&self) -> String {
        let Self { name, kind, .. } = self;
        if self.required {
            format!("        {name}: {kind},\n")
        } else {
            format!("        {name}: {kind} | None = None,\n")
        }
    }
}

pub(super) fn of(module: &str, kind: Kind) -> String {
    let (title, base) = match kind {
        Kind::Blocking => ("blocking", "from kessai._client import BlockingBase\n"),
        Kind::Async => (
            "asynchronous",
            "from kessai._client_async import AsyncBase\n",
        ),
    };
    let classes: Vec<_> = CLIENTS.iter().filter(|i| i.module == module).collect();
    let (mut names, mut body) = (Names::default(), String::new());
    for info in &classes {
        class(&mut body, &mut names, kind, info);
    }
    let plural = if classes.len() == 1 { "" } else { "s" };
    let models = MODELS.iter().filter(|info| info.module == module);
    let mut own: Vec<_> = models
        .map(|info| (info.name, format!("kessai._{module}_models")))
        .collect();
    own.push(("Resumed", format!("kessai._{module}_resumed")));
    format!(
        "\"\"\"The {title} client{plural} of ``kessai.{module}``.\"\"\"\n\n{NOTICE}\
         \nfrom __future__ import annotations\n\n{base}\
         from kessai._given import Handed{}\n{}{body}",
        if body.contains("Sealed(") {
            ", Sealed"
        } else {
            ""
        },
        names.for_checkers(&own)
    )
}

fn class(out: &mut String, names: &mut Names, kind: Kind, info: &ClientInfo) {
    let doc = info.doc.text().trim_end_matches('.');
    let (name, base, doc) = match kind {
        Kind::Blocking => (
            info.name.to_owned(),
            "BlockingBase",
            format!(
                "{doc}.\n\n    \
                 Safe to share between threads, and safe after a fork: a child makes its own\n    \
                 connections. Every method blocks until its result is known or its time limit\n    \
                 has passed; Ctrl-C ends it. Use it as a context manager, or let it be: what\n    \
                 it holds is a few idle connections.\n"
            ),
        ),
        Kind::Async => (
            format!("Async{}", info.name),
            "AsyncBase",
            format!(
                "{doc}.\n\n    \
                 Holds up no event loop. For asyncio and trio, and bound to no loop: one client\n    \
                 serves any number of them, one after the other or at once. Calls are made on\n    \
                 threads of their own, up to ``threads``, started on demand and ended when\n    \
                 idle. A call that is canceled ends within about a tenth of a second; the\n    \
                 cancellation then carries ``outcome`` and ``resume``.\n"
            ),
        ),
    };
    let _ = write!(
        out,
        "\n\nclass {name}({base}):\n    \"\"\"{doc}    \"\"\"\n\n    __slots__ = ()\n    \
         _class = (\"{}\", \"{}\")\n\n",
        info.module, info.name
    );
    constructors(out, names, kind, info);
    for info in info.methods {
        method(out, names, kind, info);
    }
}

fn constructors(out: &mut String, names: &mut Names, kind: Kind, info: &ClientInfo) {
    let credentials: Vec<_> = info.credentials.iter().map(Argument::of).collect();
    let options = info.options.iter().map(|option| {
        let name = (option.name, option.doc.text());
        Argument {
            // Its address may hold a password.
            secret: option.name == "proxy",
            ..Argument::optional(name, python_type(option.takes))
        }
    });
    let options: Vec<_> = options.collect();
    let mut own = Vec::new();
    if info.takes_token_source {
        own.push(Argument::optional(TOKEN_SOURCE, "Callable[[], str]"));
    }
    if kind == Kind::Async {
        own.push(Argument::optional(THREADS, "int"));
    }
    own.push(Argument::optional(
        ON_EVENT,
        "Callable[[HookEvent], object]",
    ));
    let all = || credentials.iter().chain(&options).chain(&own);
    all().for_each(|argument| names.see(argument.kind));
    names.see("Self");
    // What must be given stands first without its name, or else a key and its
    // secret.
    let needed = credentials.iter().filter(|c| c.required).count();
    let positional = if needed == 0 { 2 } else { needed };

    out.push_str("    def __init__(\n        self,\n");
    for (number, argument) in all().enumerate() {
        if number == positional.min(credentials.len()) {
            out.push_str("        *,\n");
        }
        out.push_str(&argument.declared());
    }
    out.push_str(
        "    ) -> None:\n        \"\"\"Build a client; every option is checked, nothing is sent.\n\n        \
         Times are in seconds. The arguments:\n\n",
    );
    for argument in all() {
        item(out, argument.name, argument.doc);
    }
    out.push_str("        \"\"\"\n        given = Handed(\n");
    for Argument { name, .. } in credentials.iter().chain(&options) {
        let _ = writeln!(out, "            {name}={name},");
    }
    out.push_str("        )\n");
    forget(out, credentials.iter().chain(&options));
    out.push_str("        self._open(\n            given,\n");
    handed(out, &own);

    out.push_str("        )\n\n    @classmethod\n    def from_env(\n        cls,\n        *,\n");
    // Credentials come from one place.
    own.retain(|argument| argument.name != TOKEN_SOURCE.0);
    for option in options.iter().chain(&own) {
        out.push_str(&option.declared());
    }
    let (needed, read) = info.env;
    let list = |all: &[&str]| {
        let all: Vec<_> = all.iter().map(|name| format!("``{name}``")).collect();
        match all.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => all.concat(),
        }
    };
    let mut doc = format!("Reads {}", list(needed));
    if !read.is_empty() {
        let _ = write!(doc, ", and where they are set {}", list(read));
    }
    doc.push_str(". Options given here prevail.");
    let _ = write!(
        out,
        "    ) -> Self:\n        \"\"\"Build a client from the environment.\n\n{}        \"\"\"\n        \
         given = Handed(\n",
        super::text::paragraph(&doc, 8)
    );
    for Argument { name, .. } in &options {
        let _ = writeln!(out, "            {name}={name},");
    }
    out.push_str("        )\n");
    forget(out, &options);
    out.push_str("        client = cls.__new__(cls)\n        client._open(\n            given,\n");
    handed(out, &own);
    out.push_str("            from_env=True,\n        )\n        return client\n");
}

/// What a constructor hands to the core besides what its tables know.
fn handed(out: &mut String, own: &[Argument]) {
    for Argument { name, .. } in own {
        let _ = writeln!(out, "            {name}={name},");
    }
}

/// Tracebacks are sent to error trackers with every local variable.
fn forget<'a>(out: &mut String, arguments: impl IntoIterator<Item = &'a Argument>) {
    let secrets = arguments.into_iter().filter(|argument| argument.secret);
    let mut line = String::new();
    for Argument { name, .. } in secrets {
        if line.len() + name.len() > 98 {
            let _ = writeln!(out, "{}", std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() {
            "        del "
        } else {
            ", "
        });
        line.push_str(name);
    }
    if !line.is_empty() {
        let _ = writeln!(out, "{line}");
    }
}

/// The arguments in the order of the method's row: it is as fast as Python hands
/// anything over.
fn given(out: &mut String, arguments: &[Argument]) {
    let names: Vec<_> = arguments.iter().map(|argument| argument.name).collect();
    if arguments.iter().any(|argument| argument.secret) {
        let joined = names.join(", ");
        let line = format!("        given = Sealed(({joined}))");
        let broken = format!("            ({joined})");
        let _ = if line.len() <= 100 {
            writeln!(out, "{line}")
        } else if broken.len() <= 100 {
            writeln!(out, "        given = Sealed(\n{broken}\n        )")
        } else {
            let each = names
                .iter()
                .map(|name| format!("                {name},\n"));
            let each = each.collect::<String>();
            writeln!(
                out,
                "        given = Sealed(\n            (\n{each}            )\n        )"
            )
        };
        forget(out, arguments);
        return;
    }
    let single = if names.len() == 1 { "," } else { "" };
    let line = format!("        given = ({}{single})", names.join(", "));
    if line.len() <= 100 {
        let _ = writeln!(out, "{line}");
        return;
    }
    out.push_str("        given = (\n");
    for name in names {
        let _ = writeln!(out, "            {name},");
    }
    out.push_str("        )\n");
}

fn method(out: &mut String, names: &mut Names, kind: Kind, info: &MethodInfo) {
    let arguments: Vec<_> = info.arguments().iter().map(Argument::of).collect();
    let pages = matches!(info.returns, Returns::Page(_));
    let def = match kind {
        Kind::Async if !pages => "async def",
        _ => "def",
    };
    let _ = write!(out, "\n    {def} {}(\n        self,\n", info.name);
    for (number, argument) in arguments.iter().enumerate() {
        if number == info.positional {
            out.push_str("        *,\n");
        }
        names.see(argument.kind);
        out.push_str(&argument.declared());
    }
    let returns = returns(info.returns, kind);
    names.see(&returns);
    let _ = writeln!(out, "    ) -> {returns}:");
    prose(out, info.doc.text());
    for argument in &arguments {
        item(out, argument.name, argument.doc);
    }
    out.push_str("        \"\"\"\n");
    given(out, &arguments);
    let call = match kind {
        _ if pages => {
            let mut names = arguments.iter().map(|argument| argument.name);
            let place = names.position(|name| name == STARTING_AFTER);
            let place = place.unwrap_or_default();
            format!("self._pages(\"{}\", given, {place})", info.name)
        }
        Kind::Blocking => format!("self._core.invoke(\"{}\", given)", info.name),
        Kind::Async => format!("await self._call(\"{}\", given)", info.name),
    };
    let _ = write!(
        out,
        "        value: {returns} = {call}\n        return value\n"
    );
}

fn returns(returns: Returns, kind: Kind) -> String {
    match returns {
        Returns::Model(name) => name.to_owned(),
        Returns::Models(name) => format!("list[{name}]"),
        Returns::Page(name) => match kind {
            Kind::Blocking => format!("Pages[{name}]"),
            Kind::Async => format!("AsyncPages[{name}]"),
        },
        Returns::Resumed(_) => "Resumed".to_owned(),
        Returns::Text => "str".to_owned(),
        Returns::Texts | Returns::Words(_) => "list[str]".to_owned(),
        Returns::Map => "dict[str, str]".to_owned(),
        Returns::Json => "Any".to_owned(),
        Returns::Answer => "bool | None".to_owned(),
    }
}

pub(super) const fn python_type(takes: Takes) -> &'static str {
    match takes {
        Takes::Int => "int",
        Takes::Bool => "bool",
        Takes::Span => "float",
        Takes::Money => "int | Decimal",
        Takes::Texts => "list[str]",
        Takes::Map => "Mapping[str, str | int | Decimal]",
        Takes::Hint => "Hint",
        Takes::Event => "Event",
        Takes::Text | Takes::Secret => "str",
        Takes::Json => "Any",
    }
}
