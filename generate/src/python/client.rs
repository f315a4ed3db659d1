//! The client classes: one method a row of the core's table, blocking and
//! asynchronous from the same rows.

use std::fmt::Write as _;

use kessai::argument::Takes;
use kessai::method::MethodInfo;
use kessai::option::{ON_EVENT, THREADS};
use kessai::returned::Returns;
use kessai::zaif::{Client, ClientBuilder};

use super::NOTICE;
use super::text::{item, prose};

/// Which of the two classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Client`.
    Blocking,
    /// `AsyncClient`.
    Async,
}

/// One argument of a Python method.
struct Argument {
    name: &'static str,
    doc: &'static str,
    kind: &'static str,
    required: bool,
}

pub(super) fn zaif(kind: Kind) -> String {
    let (title, name, base, imports, doc) = match kind {
        Kind::Blocking => (
            "The blocking client of ``kessai.zaif``.",
            "Client",
            "BlockingBase",
            "from kessai._client import BlockingBase\n",
            "Calls Zaif Payment with one API key.\n\n    \
             Safe to share between threads, and safe after a fork: a child makes its own\n    \
             connections. Every method blocks until its result is known or its time limit\n    \
             has passed; Ctrl-C ends it. Use it as a context manager, or let it be: what\n    \
             it holds is a few idle connections.\n",
        ),
        Kind::Async => (
            "The asynchronous client of ``kessai.zaif``.",
            "AsyncClient",
            "AsyncBase",
            "from kessai._client_async import AsyncBase\n",
            "Calls Zaif Payment with one API key, without holding up an event loop.\n\n    \
             For asyncio and trio, and bound to no loop: one client serves any number of\n    \
             them, one after the other or at once. Calls are made on threads of their own,\n    \
             up to ``threads``, started on demand and ended when idle. A call that is\n    \
             canceled ends within about a tenth of a second; the cancellation then carries\n    \
             ``outcome`` and ``resume``.\n",
        ),
    };
    let mut out = String::new();
    let _ = write!(out, "\"\"\"{title}\"\"\"\n\n");
    out.push_str(NOTICE);
    let _ = write!(
        out,
        "\nfrom __future__ import annotations\n\n{imports}\
         from kessai._zaif_models import Invoice\n\
         from kessai._zaif_resumed import Resumed\n\n\
         TYPE_CHECKING = False\n\
         if TYPE_CHECKING:\n    from collections.abc import Callable, Mapping\n    from decimal import Decimal\n    from typing import Any\n\n    from typing_extensions import Self\n\n    from kessai._event import Event\n    from kessai._kessai import Hint\n\n\n\
         class {name}({base}):\n    \"\"\"{doc}    \"\"\"\n\n    __slots__ = ()\n\n"
    );
    constructor(&mut out, kind);
    for method in Client::METHODS {
        one(&mut out, kind, method);
    }
    out
}

fn options(kind: Kind) -> Vec<Argument> {
    let mut all: Vec<Argument> = ClientBuilder::OPTIONS
        .iter()
        .map(|option| Argument {
            name: option.name,
            doc: option.doc,
            kind: python_type(option.takes),
            required: false,
        })
        .collect();
    if kind == Kind::Async {
        all.push(Argument {
            name: THREADS.0,
            doc: THREADS.1,
            kind: "int",
            required: false,
        });
    }
    all.push(Argument {
        name: ON_EVENT.0,
        doc: ON_EVENT.1,
        kind: "Callable[[Event], object]",
        required: false,
    });
    all
}

fn constructor(out: &mut String, kind: Kind) {
    let options = options(kind);
    let given = |out: &mut String| {
        for option in &options {
            let _ = writeln!(
                out,
                "        {}: {} | None = None,",
                option.name, option.kind
            );
        }
    };
    let values = |out: &mut String| {
        out.push_str("            {\n");
        for option in options.iter().filter(|o| !own(o.name)) {
            let _ = writeln!(out, "                \"{0}\": {0},", option.name);
        }
        out.push_str("            },\n            on_event,\n");
        if kind == Kind::Async {
            out.push_str("            threads,\n");
        }
        out.push_str("        )\n");
    };
    out.push_str(
        "    def __init__(\n        self,\n        key: str,\n        secret: str,\n        *,\n",
    );
    given(out);
    out.push_str("    ) -> None:\n        \"\"\"Build a client; every option is checked, nothing is sent.\n\n        Times are in seconds. The options:\n\n");
    for option in &options {
        item(out, option.name, option.doc);
    }
    out.push_str("        \"\"\"\n        self._open(\n            key,\n            secret,\n");
    values(out);

    out.push_str("\n    @classmethod\n    def from_env(\n        cls,\n        *,\n");
    given(out);
    out.push_str(
        "    ) -> Self:\n        \"\"\"Build a client from the environment.\n\n\
        \x20       Reads ``ZAIF_API_KEY`` and ``ZAIF_API_SECRET``, and where they are set\n\
        \x20       ``ZAIF_ENDPOINT`` and ``KESSAI_NONCES``. Options given here prevail.\n\
        \x20       \"\"\"\n        client = cls.__new__(cls)\n        client._open_from_env(\n",
    );
    values(out);
    out.push_str("        return client\n");
}

/// The arguments in the order of the method's row: it is as fast as Python hands
/// anything over.
fn given(out: &mut String, arguments: &[Argument]) {
    let names: Vec<_> = arguments.iter().map(|argument| argument.name).collect();
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

/// Options that are Python's own, not the core's.
fn own(name: &str) -> bool {
    matches!(name, "threads" | "on_event")
}

fn arguments(method: &MethodInfo) -> Vec<Argument> {
    let all = method.arguments().into_iter();
    all.map(|arg| Argument {
        name: arg.name,
        doc: arg.doc,
        kind: python_type(arg.takes),
        required: arg.required,
    })
    .collect()
}

fn one(out: &mut String, kind: Kind, method: &MethodInfo) {
    let arguments = arguments(method);
    let (def, wait) = match kind {
        Kind::Blocking => ("def", ""),
        Kind::Async => ("async def", "await "),
    };
    let _ = write!(out, "\n    {def} {}(\n        self,\n", method.name);
    let first = method.positional;
    for (number, argument) in arguments.iter().enumerate() {
        if number == first {
            out.push_str("        *,\n");
        }
        let Argument { name, kind, .. } = argument;
        let _ = if argument.required {
            writeln!(out, "        {name}: {kind},")
        } else {
            writeln!(out, "        {name}: {kind} | None = None,")
        };
    }
    let returns = match method.returns {
        Returns::Model(_) => "Invoice",
        Returns::Models(_) => "list[Invoice]",
        Returns::Resumed(_) => "Resumed",
        Returns::Text => "str",
        Returns::Texts | Returns::Words(_) => "list[str]",
        Returns::Map => "dict[str, str]",
        Returns::Json | Returns::Page(_) => "Any",
        Returns::Answer => "bool | None",
    };
    let _ = writeln!(out, "    ) -> {returns}:");
    prose(out, method.doc);
    for argument in &arguments {
        item(out, argument.name, argument.doc);
    }
    out.push_str("        \"\"\"\n");
    let call = format!("{wait}self._call(\"{}\", given)", method.name);
    given(out, &arguments);
    let _ = match method.returns {
        Returns::Model(_) => writeln!(out, "        return Invoice({call})"),
        Returns::Models(_) => {
            writeln!(out, "        return [Invoice(core) for core in {call}]")
        }
        Returns::Resumed(_) => writeln!(out, "        return Resumed.of({call})"),
        Returns::Text
        | Returns::Texts
        | Returns::Words(_)
        | Returns::Map
        | Returns::Json
        | Returns::Page(_)
        | Returns::Answer => write!(
            out,
            "        value: {returns} = {call}\n        return value\n"
        ),
    };
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
        Takes::Text | Takes::Secret => "str",
        Takes::Json => "object",
    }
}
