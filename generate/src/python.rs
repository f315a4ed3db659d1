//! The generated half of the Python package.

use std::fmt::Write as _;

use kessai::ErrorKind;
use kessai::model::{FieldInfo, Model as _, Shape};
use kessai::zaif::{ClientBuilder, CreateInvoice, Invoice, OptionShape, Rule};

const NOTICE: &str = "# Generated from the core's tables by `make generate`: do not edit.\n";

/// Every generated file: its path in the project and its text.
pub(crate) fn files() -> Vec<(&'static str, String)> {
    vec![
        ("bindings-python/python/kessai/errors.py", errors()),
        ("bindings-python/python/kessai/_zaif.py", zaif()),
    ]
}

fn errors() -> String {
    let mut out = String::new();
    out.push_str("\"\"\"The exceptions: one base, one class a kind of error.\"\"\"\n\n");
    out.push_str(NOTICE);
    out.push_str("\nfrom kessai._error import KessaiError\n\n__all__ = [\n");
    let mut names: Vec<&str> = ErrorKind::ALL.iter().map(|k| k.class_name()).collect();
    names.push("KessaiError");
    names.sort_unstable();
    for name in names {
        let _ = writeln!(out, "    \"{name}\",");
    }
    out.push_str("]\n");
    for kind in ErrorKind::ALL {
        let _ = write!(
            out,
            "\n\nclass {}(KessaiError):\n{}\n    kind = \"{}\"\n",
            kind.class_name(),
            docstring(kind.doc(), 4),
            kind.as_str()
        );
    }
    out
}

fn zaif() -> String {
    let mut out = String::new();
    out.push_str("\"\"\"Models and long signatures of ``kessai.zaif``.\"\"\"\n\n");
    out.push_str(NOTICE);
    out.push_str(
        "\nfrom __future__ import annotations\n\n\
                  from kessai._kessai import ZaifClient\n\
         from kessai._model import Model, utc\n\n\
         TYPE_CHECKING = False\n\
         if TYPE_CHECKING:\n    from datetime import datetime\n    from decimal import Decimal\n\n    from typing_extensions import Self\n\n\n",
    );
    let _ = write!(
        out,
        "class {}(Model):\n{}\n    __slots__ = ()\n",
        Invoice::NAME,
        docstring(Invoice::DOC, 4)
    );
    for field in Invoice::FIELDS {
        property(&mut out, field);
    }
    out.push_str("\n\nclass ClientBase:\n    \"\"\"The parts of the client whose signatures follow the core's tables.\"\"\"\n\n    __slots__ = (\"_core\",)\n\n");
    constructor(&mut out);
    create_invoice(&mut out);
    out
}

fn property(out: &mut String, field: &FieldInfo) {
    let kind = match field.shape {
        Shape::Bool => "bool",
        Shape::Int | Shape::Time => "int",
        Shape::Decimal => "Decimal",
        Shape::Amount => "int | Decimal",
        _ => "str",
    };
    let kind = optional(kind, field.optional);
    let _ = write!(
        out,
        "\n    @property\n    def {name}(self) -> {kind}:\n{doc}        value: {kind} = self._core.get(\"{name}\")\n        return value\n",
        name = field.name,
        doc = docstring(field.doc, 8),
    );
    if field.shape == Shape::Time {
        let kind = optional("datetime", field.optional);
        let body = if field.optional {
            format!(
                "        seconds = self.{0}\n        return None if seconds is None else utc(seconds)\n",
                field.name
            )
        } else {
            format!("        return utc(self.{})\n", field.name)
        };
        let _ = write!(
            out,
            "\n    @property\n    def {0}_at(self) -> {kind}:\n        \"\"\"The same as :attr:`{0}`, as an aware datetime in UTC.\"\"\"\n{body}",
            field.name,
        );
    }
}

fn optional(kind: &str, is: bool) -> String {
    if is {
        format!("{kind} | None")
    } else {
        kind.to_owned()
    }
}

fn constructor(out: &mut String) {
    out.push_str(
        "    def __init__(\n        self,\n        key: str,\n        secret: str,\n        *,\n",
    );
    option_arguments(out);
    out.push_str("    ) -> None:\n        \"\"\"Build a client; every option is checked, nothing is sent.\n\n        Times are in seconds. The options:\n\n");
    for option in ClientBuilder::OPTIONS {
        item(out, option.name, option.doc);
    }
    out.push_str(
        "        \"\"\"\n        self._core = ZaifClient(\n            key,\n            secret,\n",
    );
    option_values(out);
    out.push_str("        )\n");

    out.push_str("\n    @classmethod\n    def from_env(\n        cls,\n        *,\n");
    option_arguments(out);
    out.push_str(
        "    ) -> Self:\n        \"\"\"Build a client from the environment.\n\n\
        \x20       Reads ``ZAIF_API_KEY`` and ``ZAIF_API_SECRET``, and where they are set\n\
        \x20       ``ZAIF_ENDPOINT`` and ``KESSAI_NONCES``. Options given here prevail.\n\
        \x20       \"\"\"\n        client = cls.__new__(cls)\n        client._core = ZaifClient.from_env(\n",
    );
    option_values(out);
    out.push_str("        )\n        return client\n");
}

fn option_arguments(out: &mut String) {
    for option in ClientBuilder::OPTIONS {
        let kind = match option.shape {
            OptionShape::Text => "str",
            OptionShape::Int => "int",
            OptionShape::Bool => "bool",
            OptionShape::Span => "float",
        };
        let _ = writeln!(out, "        {}: {kind} | None = None,", option.name);
    }
}

fn option_values(out: &mut String) {
    out.push_str("            {\n");
    for option in ClientBuilder::OPTIONS {
        let _ = writeln!(out, "                \"{0}\": {0},", option.name);
    }
    out.push_str("            },\n");
}

fn create_invoice(out: &mut String) {
    let mut parameters = vec![
        ("currency", "str", true),
        ("amount", "int | Decimal", true),
        ("billing_currency", "str", false),
    ];
    for parameter in CreateInvoice::PARAMETERS {
        let kind = if parameter.rule == Rule::Yen {
            "int"
        } else {
            "str"
        };
        parameters.push((parameter.name, kind, false));
    }
    let signature = |out: &mut String, timeout: bool| {
        out.push_str("        self,\n        *,\n");
        for (name, kind, required) in &parameters {
            let _ = if *required {
                writeln!(out, "        {name}: {kind},")
            } else {
                writeln!(out, "        {name}: {kind} | None = None,")
            };
        }
        if timeout {
            out.push_str("        timeout: float | None = None,\n");
        }
    };
    let values = |out: &mut String| {
        out.push_str("            {\n");
        for (name, _, _) in &parameters {
            let _ = writeln!(out, "                \"{name}\": {name},");
        }
        out.push_str("            },\n");
    };

    out.push_str("\n    def create_invoice(\n");
    signature(out, true);
    out.push_str("    ) -> Invoice:\n");
    out.push_str(
        "        \"\"\"Make an invoice (``createInvoice``).\n\n\
        \x20       With an ``order_number`` one call makes one invoice, whatever happens on the\n\
        \x20       way; one that was found rather than made is marked ``adopted``. Where the time\n\
        \x20       limit is too short to find out, :class:`kessai.OutcomeUnknownError` is raised\n\
        \x20       with a handle for :meth:`resume`: never make the call again instead. A second\n\
        \x20       call for the same order makes a second invoice.\n\n\
        \x20       Everything is checked before anything is sent. The parameters:\n\n",
    );
    item(
        out,
        "currency",
        "The coin it is paid in: `btc`, `mona`, or one added since.",
    );
    item(
        out,
        "amount",
        "Whole yen; an amount of the coin where `billing_currency` is given. Never a float.",
    );
    item(
        out,
        "billing_currency",
        "The same coin as `currency`, to bill in it instead of in yen: the exchange-rate risk is then the shop's.",
    );
    for parameter in CreateInvoice::PARAMETERS {
        item(out, parameter.name, parameter.doc);
    }
    item(
        out,
        "timeout",
        "The time limit of this call in seconds, instead of the client's.",
    );
    out.push_str("        \"\"\"\n        core = self._core.create_invoice(\n");
    values(out);
    out.push_str("            timeout,\n        )\n        return Invoice(core)\n");

    out.push_str("\n    def resume_handle(\n");
    signature(out, false);
    out.push_str("    ) -> str:\n");
    out.push_str(
        "        \"\"\"Give the handle for :meth:`resume` before a create is sent.\n\n\
        \x20       Takes what :meth:`create_invoice` takes, and asks for the order's invoices.\n\
        \x20       Store the handle with the order, and a process that is killed in mid-call\n\
        \x20       leaves nothing behind that cannot be found.\n\
        \x20       \"\"\"\n        return self._core.resume_handle(\n",
    );
    values(out);
    out.push_str("        )\n");
}

/// One entry of a list of parameters.
fn item(out: &mut String, name: &str, doc: &str) {
    let text = flow(doc);
    for (number, line) in wrap(&format!("``{name}``: {text}"), 84).iter().enumerate() {
        let lead = if number == 0 { "* " } else { "  " };
        let _ = writeln!(out, "        {lead}{line}");
    }
}

/// A docstring in the shape that linters want: a summary line, a blank line,
/// the rest.
fn docstring(doc: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let text = flow(doc);
    let (summary, rest) = match text.split_once(". ") {
        Some((first, rest)) => (format!("{first}."), rest.to_owned()),
        None => (text, String::new()),
    };
    let mut lines = wrap(&summary, 96 - indent);
    let head = lines.remove(0);
    let mut out = format!("{pad}\"\"\"{head}");
    let more: Vec<String> = lines
        .into_iter()
        .chain(wrap(&rest, 98 - indent))
        .filter(|l| !l.is_empty())
        .collect();
    if more.is_empty() {
        out.push_str("\"\"\"\n");
    } else {
        out.push_str("\n\n");
        for line in more {
            let _ = writeln!(out, "{pad}{line}");
        }
        let _ = writeln!(out, "{pad}\"\"\"");
    }
    out
}

/// Rust's documentation as one flowing text for Python.
fn flow(doc: &str) -> String {
    let text = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("**", "*").replace('`', "``")
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else {
            continue;
        };
        if line.is_empty() {
            line.push_str(word);
        } else if line.len().saturating_add(1).saturating_add(word.len()) <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
