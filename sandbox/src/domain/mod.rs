//! The rules of the sandbox as pure code: no sockets, no tasks, no real clock.
//!
//! Everything here takes the moment it happens at as an argument, so a test can
//! live through an hour without waiting for it.

pub mod address;
pub mod clock;
pub mod coin;
pub mod delivery;
pub mod draw;
mod fault_kinds;
pub mod faults;
pub mod faults_text;
pub mod hex;
pub mod invoice;
pub mod invoices;
pub mod keys;
pub mod ledger;
pub mod modes;
pub mod money;
pub mod nonce;
pub mod outbox;
pub mod terms;
pub mod traffic;
