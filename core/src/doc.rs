//! What the tables say for people to read.

/// A text of a table that only generated code shows. The generator asks for the
/// feature `docs`; what shops run holds none of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doc(#[cfg(feature = "docs")] &'static str);

impl Doc {
    /// A text.
    #[cfg(feature = "docs")]
    #[must_use]
    pub const fn of(text: &'static str) -> Self {
        Self(text)
    }

    /// A text, which is let go.
    #[cfg(not(feature = "docs"))]
    #[must_use]
    pub const fn of(_text: &'static str) -> Self {
        Self()
    }

    /// The text.
    #[cfg(feature = "docs")]
    #[must_use]
    pub const fn text(self) -> &'static str {
        self.0
    }
}
