//! Lines on standard error, only if asked for.

use std::io::Write;

/// Where log lines go: nowhere unless switched on.
#[derive(Debug, Clone, Copy)]
pub struct Log(bool);

impl Log {
    /// A log that speaks if `on`.
    #[must_use]
    pub const fn new(on: bool) -> Self {
        Self(on)
    }

    /// Writes one line; nothing that opens a door belongs into it.
    pub fn line(self, text: &str) {
        if self.0 {
            // A closed standard error is no reason to stop.
            let _ = writeln!(std::io::stderr(), "kessai-sandbox: {text}");
        }
    }
}
