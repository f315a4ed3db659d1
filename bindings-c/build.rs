//! Gives the shared library the name that programs look for when they start.

use std::env::var;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let part = |name: &str| var(format!("CARGO_PKG_VERSION_{name}")).unwrap_or_default();
    // What may break what was built before: while the major version is 0, a minor one.
    let lasts = match part("MAJOR").as_str() {
        "0" => format!("0.{}", part("MINOR")),
        major => major.to_owned(),
    };
    let name = match var("CARGO_CFG_TARGET_OS").as_deref() {
        Ok("macos") => format!("-Wl,-install_name,@rpath/libkessai.{lasts}.dylib"),
        Ok("windows") => return,
        _ => format!("-Wl,-soname,libkessai.so.{lasts}"),
    };
    println!("cargo::rustc-cdylib-link-arg={name}");
}
