//! What the tests stand on: a sandbox in this process, a server that does
//! exactly what its script says, a gate that holds and loses what passes, a
//! proxy, and shops in processes of their own.

mod child;
pub mod faults;
mod gate;
mod outlets;
mod proxy;
mod sandbox;
mod scripted;
mod strict;

pub use child::Shop;
pub use gate::{Gate, Way};
pub use outlets::{everything, logged, unpacked};
pub use proxy::Proxy;
pub use sandbox::Sandbox;
pub use scripted::{Act, Scripted, http, json};
pub use strict::Strict;

use std::path::PathBuf;

use serde_json::Value;

/// A data file that every language's runner reads.
#[must_use]
pub fn data(path: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(path);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Shows a figure or a table to whoever runs with `--nocapture`, and a result to
/// whoever reads a program's output.
#[expect(clippy::print_stdout, reason = "what the test runner captures")]
pub fn show(text: &str) {
    println!("{text}");
}
