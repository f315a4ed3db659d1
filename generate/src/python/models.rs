//! Models as classes with typed attributes, and the sets of words they use.

use std::fmt::Write as _;

use kessai::model::{AskInfo, FieldInfo, ModelInfo, Shape, VariantInfo};
use kessai::returned::Returns;
use kessai::service::{MODELS, SETS};
use kessai::words::WordSet;

use super::NOTICE;
use super::client::python_type;
use super::imports::Names;
use super::text::docstring;

pub(super) fn of(module: &str) -> String {
    let (mut names, mut body) = (Names::default(), String::new());
    let sets = SETS.iter().find(|(of, _)| *of == module);
    let sets = sets.map_or(&[][..], |(_, sets)| *sets);
    for set in sets {
        words(&mut body, set);
    }
    for info in MODELS.iter().filter(|info| info.module == module) {
        model(&mut body, &mut names, info);
    }
    let mut imports = String::new();
    if !sets.is_empty() {
        imports.push_str("from enum import Enum\n\n");
    }
    imports.push_str("from kessai._model import Model, restored");
    if body.contains("utc(") {
        imports.push_str(", utc");
    }
    imports.push('\n');
    if sets.iter().any(|set| set.open) {
        imports.push_str("from kessai._word import Word\n");
    }
    format!(
        "\"\"\"Models of ``kessai.{module}`` and the words they use.\"\"\"\n\n{NOTICE}\
         \nfrom __future__ import annotations\n\n{imports}{}{body}",
        names.for_checkers(&[])
    )
}

fn words(out: &mut String, set: &WordSet) {
    let base = if set.open { "Word" } else { "str" };
    let _ = write!(
        out,
        "\n\nclass {}({base}, Enum):\n{}\n",
        set.name,
        docstring(set.doc.text(), 4)
    );
    for (word, doc) in set.words {
        let _ = writeln!(out, "    {} = \"{word}\"", member(word));
        out.push_str(&docstring(doc.text(), 4));
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

/// One class, or where it can be several things a class of each, their base and
/// the type that is any of them.
fn model(out: &mut String, names: &mut Names, info: &ModelInfo) {
    let class = if info.variants.is_empty() {
        info.name.to_owned()
    } else {
        format!("Any{}", info.name)
    };
    let _ = write!(
        out,
        "\n\nclass {class}(Model):\n{}\n    __slots__ = ()\n",
        docstring(info.doc.text(), 4)
    );
    for field in info.fields {
        property(out, names, field, field.optional);
    }
    for info in info.asks {
        ask(out, names, info);
    }
    let _ = write!(
        out,
        r#"
    @classmethod
    def restore(cls, stored: str) -> {name}:
        """Give it as it was when :meth:`store` gave this text."""
        value: {name} = restored("{module}", "{name}", stored)
        return value
"#,
        name = info.name,
        module = info.module,
    );
    for is in info.variants {
        variant(out, names, info, &class, is);
    }
    if !info.variants.is_empty() {
        union(out, info);
    }
}

fn variant(out: &mut String, names: &mut Names, info: &ModelInfo, base: &str, is: &VariantInfo) {
    let _ = write!(
        out,
        "\n\nclass {}({base}):\n{}\n    __slots__ = ()\n",
        is.name,
        docstring(is.doc.text(), 4)
    );
    for field in info.fields {
        if field.name == info.told_by {
            told(out, names, field, is.word);
        } else if is.has.contains(&field.name) && field.shape != Shape::Json {
            property(out, names, field, false);
        }
    }
}

/// The field that tells what it is: checkers know its value.
fn told(out: &mut String, names: &mut Names, field: &FieldInfo, word: &str) {
    let value = match field.shape {
        Shape::Word(set) => format!("{set}.{}", member(word)),
        _ => format!("\"{word}\""),
    };
    if word.is_empty() {
        return;
    }
    names.see("Literal");
    let _ = write!(
        out,
        "\n    @property\n    def {}(self) -> Literal[{value}]:\n{}        return {value}\n",
        field.name,
        docstring(field.doc.text(), 8)
    );
}

/// What a word is called in its enumeration.
fn member(word: &str) -> String {
    word.to_uppercase().replace('.', "_")
}

/// The type that is any of them, for annotations and for `isinstance`.
fn union(out: &mut String, info: &ModelInfo) {
    let all: Vec<_> = info.variants.iter().map(|is| is.name).collect();
    let line = format!("{} = {}", info.name, all.join(" | "));
    if line.len() <= 100 {
        let _ = write!(out, "\n\n{line}\n");
    } else {
        let all = all.join("\n    | ");
        let _ = write!(out, "\n\n{} = (\n    {all}\n)\n", info.name);
    }
    out.push_str(&docstring(&format!("{} One of these.", info.doc.text()), 0));
}

/// A question that a model answers by itself.
fn ask(out: &mut String, names: &mut Names, info: &AskInfo) {
    let (mut takes, mut gives, mut list) = (String::new(), String::new(), String::new());
    for arg in info.args {
        let kind = python_type(arg.takes);
        names.see(kind);
        let _ = write!(takes, ", {}: {kind}", arg.name);
        let _ = write!(gives, ", {0}={0}", arg.name);
        let _ = write!(list, " `{}`: {}", arg.name, arg.doc.text());
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
        doc = docstring(&format!("{}{list}", info.doc.text()), 8),
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

fn property(out: &mut String, names: &mut Names, field: &FieldInfo, is_optional: bool) {
    let kind = match field.shape {
        Shape::Bool => "bool",
        Shape::Int | Shape::Time => "int",
        Shape::Decimal => "Decimal",
        Shape::Amount => "int | Decimal",
        Shape::Text => "str",
        Shape::Map => "dict[str, str]",
        Shape::Json => "Any",
        Shape::Word(name) | Shape::Model(name) => name,
    };
    names.see(kind);
    // Whatever JSON holds may be null as well.
    let typed = optional(kind, is_optional && kind != "Any");
    getter(out, field, kind, &typed, is_optional);
    if field.shape == Shape::Time {
        names.see("datetime");
        let typed = optional("datetime", is_optional);
        let body = if is_optional {
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

fn getter(out: &mut String, field: &FieldInfo, kind: &str, typed: &str, is_optional: bool) {
    let _ = write!(
        out,
        "\n    @property\n    def {name}(self) -> {typed}:\n{doc}",
        name = field.name,
        doc = docstring(field.doc.text(), 8),
    );
    let get = format!("self._core.get(\"{}\")", field.name);
    let _ = match (field.shape, is_optional) {
        (Shape::Word(_), true) => write!(
            out,
            "        word = {get}\n        return None if word is None else {kind}(word)\n",
        ),
        (Shape::Word(_), false) => writeln!(out, "        return {kind}({get})"),
        _ => write!(
            out,
            "        value: {typed} = {get}\n        return value\n"
        ),
    };
}

fn optional(kind: &str, is: bool) -> String {
    if is {
        format!("{kind} | None")
    } else {
        kind.to_owned()
    }
}
