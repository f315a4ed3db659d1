//! Models as classes with typed attributes, and the sets of words they use.

use std::fmt::Write as _;

use kessai::model::AskInfo;
use kessai::model::{Described as _, FieldInfo, Shape};
use kessai::returned::Returns;
use kessai::zaif::Invoice;
use kessai::zaif::sets::SETS;

use super::NOTICE;
use super::client::python_type;
use super::text::docstring;

pub(super) fn zaif() -> String {
    let mut out = String::new();
    out.push_str("\"\"\"Models of ``kessai.zaif`` and the words they use.\"\"\"\n\n");
    out.push_str(NOTICE);
    out.push_str(
        "\nfrom __future__ import annotations\n\n\
         from enum import Enum\n\n\
         from kessai import _kessai\n\
         from kessai._model import Model, utc\n\
         from kessai._word import Word\n\n\
         TYPE_CHECKING = False\n\
         if TYPE_CHECKING:\n    from datetime import datetime\n    from decimal import Decimal\n",
    );
    for set in SETS {
        let base = if set.open { "Word" } else { "str" };
        let _ = write!(
            out,
            "\n\nclass {}({base}, Enum):\n{}\n",
            set.name,
            docstring(set.doc, 4)
        );
        for (word, doc) in set.words {
            let _ = writeln!(out, "    {} = \"{word}\"", word.to_uppercase());
            out.push_str(&docstring(doc, 4));
        }
        out.push_str(
            r#"
    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)
"#,
        );
    }
    let _ = write!(
        out,
        "\n\nclass {}(Model):\n{}\n    __slots__ = ()\n",
        Invoice::NAME,
        docstring(Invoice::DOC, 4)
    );
    for field in Invoice::FIELDS {
        property(&mut out, field);
    }
    for info in Invoice::ASKS {
        ask(&mut out, info);
    }
    out.push_str(
        r#"
    @classmethod
    def restore(cls, stored: str) -> Invoice:
        """Give an invoice as it was when `store` gave this text."""
        return cls(_kessai.Model(stored))
"#,
    );
    out
}

/// A question that an invoice answers by itself.
fn ask(out: &mut String, info: &AskInfo) {
    let (mut takes, mut gives, mut names) = (String::new(), String::new(), String::new());
    for arg in info.args {
        let _ = write!(takes, ", {}: {}", arg.name, python_type(arg.takes));
        let _ = write!(gives, ", {0}={0}", arg.name);
        let _ = write!(names, " `{}`: {}", arg.name, arg.doc);
    }
    let property = if info.is_field { "    @property\n" } else { "" };
    let typed = match info.returns {
        Returns::Words(set) => format!("list[{set}]"),
        Returns::Answer => "bool | None".to_owned(),
        _ => "str".to_owned(),
    };
    let _ = write!(
        out,
        "\n{property}    def {name}(self{takes}) -> {typed}:\n{doc}",
        name = info.name,
        doc = docstring(&format!("{}{names}", info.doc), 8),
    );
    let call = format!("self._core.ask(\"{}\"{gives})", info.name);
    let _ = match info.returns {
        Returns::Words(set) => writeln!(out, "        return [{set}(word) for word in {call}]"),
        _ => write!(
            out,
            "        value: {typed} = {call}\n        return value\n"
        ),
    };
}

fn property(out: &mut String, field: &FieldInfo) {
    let kind = match field.shape {
        Shape::Bool => "bool",
        Shape::Int | Shape::Time => "int",
        Shape::Decimal => "Decimal",
        Shape::Amount => "int | Decimal",
        Shape::Word(set) => set,
        _ => "str",
    };
    let typed = optional(kind, field.optional);
    let _ = write!(
        out,
        "\n    @property\n    def {name}(self) -> {typed}:\n{doc}",
        name = field.name,
        doc = docstring(field.doc, 8),
    );
    let _ = match (field.shape, field.optional) {
        (Shape::Word(_), true) => write!(
            out,
            "        word = self._core.get(\"{0}\")\n        return None if word is None else {kind}(word)\n",
            field.name
        ),
        (Shape::Word(_), false) => {
            writeln!(
                out,
                "        return {kind}(self._core.get(\"{}\"))",
                field.name
            )
        }
        _ => write!(
            out,
            "        value: {typed} = self._core.get(\"{}\")\n        return value\n",
            field.name
        ),
    };
    if field.shape == Shape::Time {
        let typed = optional("datetime", field.optional);
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
            "\n    @property\n    def {0}_at(self) -> {typed}:\n        \"\"\"The same as :attr:`{0}`, as an aware datetime in UTC.\"\"\"\n{body}",
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
