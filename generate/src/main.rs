//! Writes what other languages need to know of the core.
fn main() {}
