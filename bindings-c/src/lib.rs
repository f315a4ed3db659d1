//! The C binding: translates types, errors and handles, and decides nothing.
//!
//! What C sees is `include/kessai.h`, which cbindgen writes from this crate.
//! Its rules, which every export keeps:
//!
//! * The whole body of an export stands in a `guard`, so that no panic
//!   reaches C; `tests/exports.rs` finds one that does not.
//! * Handles come as `Option<&T>` and go as `Option<Box<T>>`: NULL is `None`,
//!   and the compiler has the rest checked. Texts, bytes, lists and places for
//!   results are the types of [`boundary`], and only those touch pointers.
//! * Places for results are looked at before anything is done, and written only
//!   when everything went well.
#![allow(
    unsafe_code,
    reason = "C hands over pointers, and calls functions by their unmangled names"
)]

pub mod boundary;
pub mod cancel;
pub mod client;
pub mod error;
pub mod event;
pub mod generated;
pub mod given;
mod guard;
mod handle;
pub mod hint;
pub mod ipay_webhooks;
pub mod payment_uri;
pub mod qr;
pub mod returned;
mod shown;
mod table;
pub mod text;
pub mod token_source;
pub mod units;
pub mod version;
pub mod webhooks;
