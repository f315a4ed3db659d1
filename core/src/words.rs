//! Sets of words: what the services use where other interfaces have numbers.

use crate::doc::Doc;

/// A set of words.
#[derive(Debug)]
pub struct WordSet {
    /// Its name in every language.
    pub name: &'static str,
    /// What its words say.
    pub doc: Doc,
    /// Whether words beyond these are kept as they come.
    pub open: bool,
    /// The words that are known, each with its meaning.
    pub words: &'static [(&'static str, Doc)],
}

/// Defines an open set of words: a type that holds any text, with a constant for
/// each word that is known.
macro_rules! open_set {
    (
        $(#[doc = $doc:literal])+
        pub struct $set:ident {
            $($(#[doc = $word_doc:literal])+ $name:ident = $word:literal,)+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $set(std::borrow::Cow<'static, str>);

        impl $set {
            $($(#[doc = $word_doc])+ pub const $name: Self = Self(std::borrow::Cow::Borrowed($word));)+

            /// The set, for other languages.
            pub(crate) const WORDS: $crate::words::WordSet = $crate::words::WordSet {
                name: stringify!($set),
                doc: $crate::doc::Doc::of(concat!($($doc, "\n"),+)),
                open: true,
                words: &[$(($word, $crate::doc::Doc::of(concat!($($word_doc, "\n"),+))),)+],
            };

            /// The word, as the service spells it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $set {
            fn from(word: String) -> Self {
                Self(word.into())
            }
        }

        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $crate::model::Member for $set {
            const SHAPE: $crate::model::Shape = $crate::model::Shape::Word(stringify!($set));

            fn read(raw: Option<&serde_json::value::RawValue>) -> Option<Self> {
                $crate::json::text(raw?).map(Self::from)
            }

            fn value(&self) -> $crate::model::Value<'_> {
                $crate::model::Value::Text(&self.0)
            }
        }
    };
}
pub(crate) use open_set;
