//! What the tests stand on: a sandbox in this process, and a server that does
//! exactly what its script says.

mod sandbox;
mod scripted;

pub use sandbox::Sandbox;
pub use scripted::{Act, Scripted, json};

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
