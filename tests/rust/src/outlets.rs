//! What is let out of a process, for whoever looks for what must not be: its log, and
//! everything about an error.

use std::sync::Mutex;

use kessai::Error;

/// What every library logs.
struct Log(Mutex<String>);

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        use std::fmt::Write as _;
        writeln!(self.0.lock().unwrap(), "{}", record.args()).unwrap();
    }
    fn flush(&self) {}
}

/// Keeps what is logged in this process from now on, down to the finest level, until
/// somebody sets another.
#[must_use]
pub fn logged() -> &'static Mutex<String> {
    static LOG: Log = Log(Mutex::new(String::new()));
    log::set_logger(&LOG).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    &LOG.0
}

/// Everything that an error lets out, down to its first cause.
#[must_use]
pub fn everything(error: &Error) -> String {
    let mut all = format!("{:?}", error.facts());
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        all.push_str(&format!("\n{error} {error:?} {error:#?}"));
        next = error.source();
    }
    if let Some(handle) = error.resume() {
        let (content, seal) = handle.split_once('.').unwrap();
        all.push_str(&format!(
            "\n{handle} {} {}",
            unpacked(content),
            unpacked(seal)
        ));
    }
    all
}

/// Base 64 as handles are written.
#[must_use]
pub fn unpacked(text: &str) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bits = String::new();
    for letter in text.chars() {
        bits.push_str(&format!("{:06b}", LETTERS.find(letter).unwrap()));
    }
    let byte = |bits: &[u8]| u8::from_str_radix(std::str::from_utf8(bits).unwrap(), 2).unwrap();
    let bytes: Vec<u8> = bits.as_bytes().chunks_exact(8).map(byte).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}
