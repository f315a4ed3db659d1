//! Models as classes with typed fields, and the sets of words they use.

use std::fmt::Write as _;

use kessai::model::AskInfo;
use kessai::model::{Described as _, FieldInfo, Shape};
use kessai::naming::camel;
use kessai::returned::Returns;
use kessai::zaif::Invoice;
use kessai::zaif::sets::SETS;

use super::NOTICE;
use super::text::{jsdoc, summary};
use super::types::type_of;

pub(super) fn classes() -> String {
    let mut out = format!(
        "'use strict';\n\n{NOTICE}\n// Models of `kessai.zaif` and the words they use.\n\n\
         const native = require('./native.js');\n\
         const {{ Model, ask, dateOf }} = require('./model.js');\n\
         const {{ core }} = require('./translate.js');\n"
    );
    for set in SETS {
        let _ = write!(
            out,
            "\n{}const {} = Object.freeze({{\n",
            jsdoc(set.doc, 0),
            set.name
        );
        for (word, _) in set.words {
            let _ = writeln!(out, "  {}: '{word}',", word.to_uppercase());
        }
        out.push_str("});\n");
    }
    let _ = write!(
        out,
        "\n{}class {} extends Model {{\n  constructor(fields) {{\n    super(fields);\n",
        jsdoc(Invoice::DOC, 0),
        Invoice::NAME
    );
    for field in Invoice::FIELDS {
        let _ = writeln!(out, "    this.{0} = fields.{0};", camel(field.name));
    }
    out.push_str("    Object.freeze(this);\n  }\n");
    for field in Invoice::FIELDS {
        if field.shape == Shape::Time {
            let name = camel(field.name);
            let _ = write!(
                out,
                "\n  /** The same as `{name}`, as a date. */\n  get {name}At() {{\n    \
                 return dateOf(this.{name});\n  }}\n"
            );
        }
    }
    for info in Invoice::ASKS {
        question(&mut out, info);
    }
    out.push_str(
        "\n  /** Gives an invoice as it was when `store` gave this text. */\n  \
         static restore(stored) {\n    \
         return new Invoice(JSON.parse(core(() => native.invoiceRestore(stored))));\n  }\n}\n\n",
    );
    let names: Vec<_> = SETS.iter().map(|set| set.name).collect();
    let _ = writeln!(
        out,
        "module.exports = {{ {}, {} }};",
        names.join(", "),
        Invoice::NAME
    );
    out
}

/// A question that an invoice answers by itself.
fn question(out: &mut String, info: &AskInfo) {
    let names: Vec<_> = info.args.iter().map(|arg| camel(arg.name)).collect();
    let names = names.join(", ");
    let get = if info.is_field { "get " } else { "" };
    let given = if names.is_empty() {
        String::new()
    } else {
        format!(", {{ {names} }}")
    };
    let _ = write!(
        out,
        "\n{}  {get}{}({names}) {{\n    return this[ask]('{}'{given});\n  }}\n",
        summary(info.doc, 2),
        camel(info.name),
        info.name
    );
}

pub(super) fn types() -> String {
    let mut out = format!("{NOTICE}\nimport {{ Model }} from './model';\n");
    for set in SETS {
        let doc = jsdoc(set.doc, 0);
        let mut words: Vec<_> = set.words.iter().map(|(w, _)| format!("'{w}'")).collect();
        if set.open {
            words.push("(string & {})".to_owned());
        }
        let _ = write!(
            out,
            "\n{doc}export type {0} = {1};\n{doc}export const {0}: {{\n",
            set.name,
            words.join(" | ")
        );
        for (word, meaning) in set.words {
            out.push_str(&jsdoc(meaning, 2));
            let _ = writeln!(out, "  readonly {}: '{word}';", word.to_uppercase());
        }
        out.push_str("};\n");
    }
    let _ = write!(
        out,
        "\n{}export class {} extends Model {{\n  private constructor();\n",
        jsdoc(Invoice::DOC, 0),
        Invoice::NAME
    );
    for field in Invoice::FIELDS {
        declared(&mut out, field);
    }
    for info in Invoice::ASKS {
        asked(&mut out, info);
    }
    out.push_str(
        "\n  /** Gives an invoice as it was when `store` gave this text. */\n  \
         static restore(stored: string): Invoice;\n}\n",
    );
    out
}

fn declared(out: &mut String, field: &FieldInfo) {
    let kind = match field.shape {
        Shape::Bool => "boolean",
        Shape::Int | Shape::Time => "number",
        Shape::Amount => "number | string",
        Shape::Word(set) => set,
        _ => "string",
    };
    let or_null = if field.optional { " | null" } else { "" };
    let name = camel(field.name);
    let _ = write!(
        out,
        "\n{}  readonly {name}: {kind}{or_null};\n",
        jsdoc(field.doc, 2)
    );
    if field.shape == Shape::Time {
        let _ = write!(
            out,
            "\n  /** The same as `{name}`, as a date. */\n  get {name}At(): Date{or_null};\n"
        );
    }
}

fn asked(out: &mut String, info: &AskInfo) {
    let typed = match info.returns {
        Returns::Words(set) => format!("{set}[]"),
        Returns::Answer => "boolean | null".to_owned(),
        _ => "string".to_owned(),
    };
    let (mut doc, mut takes) = (info.doc.to_owned(), String::new());
    for arg in info.args {
        let name = camel(arg.name);
        let _ = write!(takes, "{name}: {}", type_of(arg));
        let _ = write!(doc, "\n\n@param {name} {}", arg.doc);
    }
    let get = if info.is_field { "get " } else { "" };
    let _ = write!(
        out,
        "\n{}  {get}{}({takes}): {typed};\n",
        jsdoc(&doc, 2),
        camel(info.name)
    );
}
