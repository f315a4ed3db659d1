//! Judges the decisions of the client in an invented world.
//!
//! One schedule is a small world made from a seed and an index: a server with
//! a nonce book and late commits, hosts whose clocks differ, workers that share
//! one API key, and a network that fails in nineteen ways. The client's part
//! in it is played by the core's own decision machines, which do no I/O. When
//! everything has settled, the server's books say what really happened, and
//! what the client said is judged by them.
//!
//! The same seed and index always make the same schedule: whatever is found
//! can be replayed.

mod begin;
pub mod call;
mod crash;
pub mod dice;
mod driver;
pub mod faults;
pub mod host;
pub mod judge;
pub mod mind;
pub mod orders;
pub mod pages;
pub mod policy;
pub mod queue;
pub mod run;
pub mod schedule;
pub mod server;
pub mod settings;
pub mod shop;
pub mod tally;
pub mod trace;
pub mod turns;
pub mod wire;
