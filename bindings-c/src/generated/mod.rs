//! What follows from the core's tables: see `generate/src/c`.

#[rustfmt::skip]
pub mod codes;
#[rustfmt::skip]
pub mod ipay_clients;
#[rustfmt::skip]
pub mod ipay_given;
#[rustfmt::skip]
pub mod ipay_models;
#[rustfmt::skip]
pub mod zaif_clients;
#[rustfmt::skip]
pub mod zaif_given;
#[rustfmt::skip]
pub mod zaif_models;
