//! Zaif Payment: keys with their nonces, invoices and their life, coins and rates.

pub mod address;
pub mod coin;
pub mod invoice;
pub mod invoices;
pub mod keys;
pub mod modes;
pub mod money;
pub mod nonce;
pub mod terms;
