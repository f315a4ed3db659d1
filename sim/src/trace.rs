//! What happened, as a digest of every event and, when asked for, in words.

use std::fmt::Write as _;

use kessai::world::{Micros, SECOND};

/// When every schedule begins: some day, in Unix seconds.
pub const START: Micros = 1_795_000_000 * SECOND;

/// Takes note of events.
#[derive(Debug)]
pub struct Trace {
    digest: u64,
    words: Option<Vec<String>>,
}

impl Trace {
    /// A trace that keeps the words too, or the digest alone.
    #[must_use]
    pub fn new(words: bool) -> Self {
        Self {
            digest: 0xcbf2_9ce4_8422_2325,
            words: words.then(Vec::new),
        }
    }

    /// Takes note of one event.
    pub fn note(&mut self, now: Micros, what: &'static str, facts: &[(&'static str, u64)]) {
        self.add(now);
        for byte in what.bytes() {
            self.add(u64::from(byte));
        }
        for (_, value) in facts {
            self.add(*value);
        }
        if let Some(words) = &mut self.words {
            let since = now.saturating_sub(START);
            let mut line = format!("{:>6}.{:06} {what}", since / SECOND, since % SECOND);
            for (name, value) in facts {
                // Writing to a string cannot fail.
                let _ = if *name == "nonce" {
                    write!(
                        line,
                        " {name}={}",
                        kessai::nonce::Nonce::from_micros(*value)
                    )
                } else {
                    write!(line, " {name}={value}")
                };
            }
            words.push(line);
        }
    }

    /// Adds words to the event just noted.
    pub fn say(&mut self, words: impl FnOnce() -> String) {
        if let Some(line) = self.words.as_mut().and_then(|w| w.last_mut()) {
            line.push_str(": ");
            line.push_str(&words());
        }
    }

    /// The digest and the words.
    #[must_use]
    pub fn finish(self) -> (u64, Vec<String>) {
        (self.digest, self.words.unwrap_or_default())
    }

    /// A step of FNV-1a over whole words.
    const fn add(&mut self, value: u64) {
        self.digest = (self.digest ^ value).wrapping_mul(0x0100_0000_01b3);
        self.digest ^= self.digest >> 29;
    }
}
