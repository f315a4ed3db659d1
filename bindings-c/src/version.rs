//! Which library this is.

use std::ffi::c_char;
use std::ptr;

use crate::guard;

/// The version of the library that runs, such as `"0.1.0"`; `KESSAI_VERSION` is the
/// one of this header. Never freed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_version() -> *const c_char {
    guard::get(ptr::null(), || {
        concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
    })
}
