//! What follows from the core's tables: see `generate/src/c`.

#[rustfmt::skip]
pub mod call_options;
#[rustfmt::skip]
pub mod codes;
#[rustfmt::skip]
pub mod fields;
#[rustfmt::skip]
pub mod methods;
#[rustfmt::skip]
pub mod options;
#[rustfmt::skip]
pub mod order;
