//! The types of models and of the words they use.

use std::fmt::Write as _;

use kessai::model::{AskInfo, FieldInfo, ModelInfo, Shape};
use kessai::naming::camel;
use kessai::returned::Returns;

use super::NOTICE;
use super::modules::{Module, class_of};
use super::text::jsdoc;
use super::types::type_of;

pub(super) fn types(module: Module) -> String {
    let mut out = format!("{NOTICE}\nimport {{ Model }} from './model';\n");
    for set in module.sets() {
        let doc = jsdoc(set.doc.text(), 0);
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
            out.push_str(&jsdoc(meaning.text(), 2));
            let _ = writeln!(out, "  readonly {}: '{word}';", word.to_uppercase());
        }
        out.push_str("};\n");
    }
    for model in module.models() {
        one(&mut out, module, model);
        if !model.variants.is_empty() {
            variants(&mut out, model);
        }
    }
    out
}

fn one(out: &mut String, module: Module, model: &ModelInfo) {
    let (kind, constructor) = if model.variants.is_empty() {
        ("class", "private")
    } else {
        // Its variants extend it.
        ("abstract class", "protected")
    };
    let _ = write!(
        out,
        "\n{}export {kind} {} extends Model {{\n  {constructor} constructor();\n",
        jsdoc(model.doc.text(), 0),
        class_of(model)
    );
    for field in model.fields {
        declared(out, field);
    }
    for info in model.asks {
        asked(out, module, info);
    }
    let _ = write!(
        out,
        "\n  /** Gives one as it was when `store` gave this text. */\n  \
         static restore(stored: string): {};\n}}\n",
        model.name
    );
}

/// What a model can be: each a class that no other passes for.
fn variants(out: &mut String, model: &ModelInfo) {
    let class = class_of(model);
    let told_by = camel(model.told_by);
    for variant in model.variants {
        let _ = write!(
            out,
            "\n{}export class {} extends {class} {{\n  private constructor();\n\n  \
             // Nothing else passes for it, whatever it looks like.\n  #private;\n",
            jsdoc(variant.doc.text(), 0),
            variant.name,
        );
        // One without a word has any.
        if !variant.word.is_empty() {
            let _ = writeln!(out, "\n  readonly {told_by}: '{}';", variant.word);
        }
        let has = |field: &&FieldInfo| variant.has.contains(&field.name);
        for field in model.fields.iter().filter(has) {
            let kind = match field.shape {
                Shape::Json => "NonNullable<unknown>",
                shape => kind_of(shape),
            };
            let _ = writeln!(out, "\n  readonly {}: {kind};", camel(field.name));
        }
        out.push_str("}\n");
    }
    let names: Vec<_> = model.variants.iter().map(|variant| variant.name).collect();
    let _ = writeln!(
        out,
        "\n{}export type {} =\n  | {};",
        jsdoc(model.doc.text(), 0),
        model.name,
        names.join("\n  | ")
    );
}

const fn kind_of(shape: Shape) -> &'static str {
    match shape {
        Shape::Bool => "boolean",
        Shape::Int | Shape::Time => "number",
        Shape::Amount => "number | string",
        Shape::Word(name) | Shape::Model(name) => name,
        Shape::Text | Shape::Decimal => "string",
        Shape::Map => "Readonly<Record<string, string>>",
        Shape::Json => "unknown",
    }
}

fn declared(out: &mut String, field: &FieldInfo) {
    let kind = kind_of(field.shape);
    let or_null = match field.shape {
        Shape::Json => "",
        _ if field.optional => " | null",
        _ => "",
    };
    let name = camel(field.name);
    let _ = write!(
        out,
        "\n{}  readonly {name}: {kind}{or_null};\n",
        jsdoc(field.doc.text(), 2)
    );
    if field.shape == Shape::Time {
        let _ = write!(
            out,
            "\n  /** The same as `{name}`, as a date. */\n  get {name}At(): Date{or_null};\n"
        );
    }
}

fn asked(out: &mut String, module: Module, info: &AskInfo) {
    let typed = match info.returns {
        Returns::Words(set) => format!("{set}[]"),
        Returns::Answer => "boolean | null".to_owned(),
        _ => "string".to_owned(),
    };
    let (mut doc, mut takes) = (info.doc.text().to_owned(), String::new());
    for arg in info.args {
        let name = camel(arg.name);
        let _ = write!(takes, "{name}: {}", type_of(module, arg));
        let _ = write!(doc, "\n\n@param {name} {}", arg.doc.text());
    }
    let get = if info.is_field { "get " } else { "" };
    let _ = write!(
        out,
        "\n{}  {get}{}({takes}): {typed};\n",
        jsdoc(&doc, 2),
        camel(info.name)
    );
}
