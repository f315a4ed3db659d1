//! The Node binding: translates types, errors and threads, and decides nothing.
//! What users import is `index.js` and `lib`.
#![expect(
    clippy::needless_pass_by_value,
    reason = "napi hands texts and functions over by value only"
)]

mod arguments;
pub mod client;
mod errors;
pub mod hint;
pub mod ipay;
mod json;
mod mailbox;
pub mod minor_units;
pub mod model;
pub mod payment_uri;
pub mod qr;
mod rows;
mod tokens;
pub mod webhooks;

use napi_derive::napi;

/// The version of the library.
#[napi(catch_unwind)]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// JSON whose numbers `JSON.parse` does not change.
#[napi(catch_unwind)]
#[must_use]
pub fn exact(json: String) -> String {
    kessai::exchange::exact(&json)
}

/// What the boundary is tested with.
#[cfg(feature = "panic-on-purpose")]
#[napi(catch_unwind)]
pub fn panic_on_purpose() {
    // A function of its own: lints do not see what napi makes of this one.
    #[expect(clippy::panic, reason = "what the boundary is tested with")]
    fn panics() {
        panic!("on purpose");
    }
    panics();
}
