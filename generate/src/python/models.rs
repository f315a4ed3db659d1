//! Models as classes with typed attributes, and the sets of words they use.

use std::fmt::Write as _;

use kessai::model::{FieldInfo, Model as _, Shape};
use kessai::zaif::Invoice;
use kessai::zaif::sets::SETS;

use super::NOTICE;
use super::text::docstring;

pub(super) fn zaif() -> String {
    let mut out = String::new();
    out.push_str("\"\"\"Models of ``kessai.zaif`` and the words they use.\"\"\"\n\n");
    out.push_str(NOTICE);
    out.push_str(
        "\nfrom __future__ import annotations\n\n\
         from enum import Enum\n\n\
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
    out.push_str(
        r#"
    @property
    def event_key(self) -> str:
        """The key of the event that this reading is: 64 hex digits.

        The same for every delivery that finds the invoice in this state, another
        one as soon as anything changes that matters. Store it as unique, and each
        event is handled once.
        """
        return self._core.event_key()

    def reasons(self, seen: list[str]) -> list[Reason]:
        """Tell why the payment did not settle, as far as the states allow to say.

        ``seen`` are the states that the shop has seen of this invoice before.
        Gives the set of causes that are possible, never a guess: empty while it
        may still settle, where nothing is known to have been paid, and where the
        documents know no cause. That too much was paid cannot be told at all.
        """
        return [Reason(word) for word in self._core.reasons(seen)]

    def follows(self, earlier: str) -> bool | None:
        """Tell whether this state can have come after an earlier one.

        An older state must never overwrite a newer one, whatever the order in
        which two notifications were worked off: store this reading only when
        this is True for the state in the shop's books. None: don't know.
        """
        return self._core.follows(earlier)

    def iframe_html(self) -> str:
        """Give the documented snippet that embeds the payment page, escaped."""
        return self._core.iframe_html()
"#,
    );
    out
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
