//! Gives the shared library the name that programs look for when they start.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let major = var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
    let name = match var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("macos") => format!("-Wl,-install_name,@rpath/libkessai.{major}.dylib"),
        Ok("windows") => return,
        _ => format!("-Wl,-soname,libkessai.so.{major}"),
    };
    println!("cargo::rustc-cdylib-link-arg={name}");
}
