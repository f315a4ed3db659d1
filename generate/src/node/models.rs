//! Models as classes, and the sets of words they use.

use std::fmt::Write as _;

use kessai::model::{AskInfo, ModelInfo, Shape};
use kessai::naming::camel;

use super::NOTICE;
use super::modules::{Module, class_of};
use super::text::{jsdoc, summary};

/// The question that every model answers in the same way.
const STORE: &str = "store";

/// The model that `lib/ipay-event.js` has: what it holds is only read when it is
/// asked for.
const BY_HAND: &str = "Event";

pub(super) fn classes(module: Module) -> String {
    let mut out = format!(
        "'use strict';\n\n{NOTICE}\n// Models of `kessai.{}` and the words they use.\n\n\
         const {{ Model, ask, dateOf, hide, isKind, readerOf }} = require('./model.js');\n",
        module.name
    );
    let mut names: Vec<String> = Vec::new();
    for set in module.sets() {
        names.push(set.name.to_owned());
        let _ = write!(
            out,
            "\n{}const {} = Object.freeze({{\n",
            jsdoc(set.doc.text(), 0),
            set.name
        );
        for (word, _) in set.words {
            let _ = writeln!(out, "  {}: '{word}',", word.to_uppercase());
        }
        out.push_str("});\n");
    }
    for model in module.models().filter(|model| model.name != BY_HAND) {
        names.push(class_of(model));
        names.extend(model.variants.iter().map(|variant| variant.name.to_owned()));
        one(&mut out, module, model);
    }
    out.push_str("\nmodule.exports = {\n");
    for name in names {
        let _ = writeln!(out, "  {name},");
    }
    out.push_str("};\n");
    out
}

fn one(out: &mut String, module: Module, model: &ModelInfo) {
    let class = class_of(model);
    let _ = write!(
        out,
        "\n{}class {class} extends Model {{\n  constructor(fields) {{\n    super(fields);\n",
        jsdoc(model.doc.text(), 0)
    );
    for field in model.fields {
        let name = camel(field.name);
        let inner = match field.shape {
            Shape::Model(inner) => module.model(inner),
            _ => None,
        };
        let value = match inner {
            Some(inner) => format!("readerOf({})(fields.{name})", class_of(inner)),
            None => format!("fields.{name}"),
        };
        let _ = if field.masked {
            writeln!(out, "    hide(this, '{name}', {value});")
        } else {
            writeln!(out, "    this.{name} = {value};")
        };
    }
    out.push_str("    Object.freeze(this);\n  }\n");
    for field in model.fields {
        if field.shape == Shape::Time {
            let name = camel(field.name);
            let _ = write!(
                out,
                "\n  /** The same as `{name}`, as a date. */\n  get {name}At() {{\n    \
                 return dateOf(this.{name});\n  }}\n"
            );
        }
    }
    for info in model.asks.iter().filter(|ask| ask.name != STORE) {
        question(out, info);
    }
    out.push_str("}\n");
    let read = if model.variants.is_empty() {
        format!("(fields) => new {class}(fields)")
    } else {
        variants(out, model)
    };
    let (module, name) = (module.name, model.name);
    let _ = writeln!(out, "isKind({class}, '{module}', '{name}', {read});");
}

/// The classes of what a model can be; gives what makes the right one.
fn variants(out: &mut String, model: &ModelInfo) -> String {
    let class = class_of(model);
    for variant in model.variants {
        let doc = jsdoc(variant.doc.text(), 0);
        let _ = writeln!(out, "\n{doc}class {} extends {class} {{}}", variant.name);
    }
    let table = format!("{}S", model.name.to_uppercase());
    let names: Vec<_> = model.variants.iter().map(|variant| variant.name).collect();
    let _ = writeln!(
        out,
        "\nconst {table} = {{ __proto__: null, {} }};",
        names.join(", ")
    );
    format!("(fields) => new ({table}[fields.class] ?? {class})(fields)")
}

/// A question that a model answers by itself.
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
        summary(info.doc.text(), 2),
        camel(info.name),
        info.name
    );
}
