//! The sandbox as its users meet it: the binary, over sockets.
//!
//! Time is the sandbox's own clock, moved by the tests; nothing here sleeps and hopes.
// Helpers of tests fail like tests do: the exemption in clippy.toml covers only
// functions that carry the attribute themselves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod api;
mod client;
mod control;
mod dashboard;
mod faults;
mod heavy_faults;
mod https;
mod ipay;
mod life;
mod modes;
mod nonces;
mod pages;
mod process;
mod running;
mod shop;
mod snapshots;
mod webhooks;
