//! The rules of the sandbox as pure code: no sockets, no tasks, no real clock.
//!
//! Everything here takes the moment it happens at as an argument, so a test can
//! live through an hour without waiting for it.

pub mod clock;
pub mod delivery;
pub mod draw;
pub mod fault;
mod fault_kinds;
pub mod faults;
pub mod faults_text;
pub mod hex;
pub mod ipay;
pub mod ledger;
pub mod outbox;
pub mod traffic;
pub mod zaif;
