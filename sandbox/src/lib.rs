//! A sandbox that plays Zaif Payment and iPay on a developer's machine.
//!
//! It has books of its own: invoices and payments with real status machines, nonces
//! and idempotency keys, webhooks that repeat, a clock that can be pushed forward, and faults on
//! request. The binary `kessai-sandbox` is this library behind a command line:
//!
//! ```no_run
//! # async fn example() -> Result<(), kessai_sandbox::StartError> {
//! use kessai_sandbox::{Options, Sandbox};
//!
//! let sandbox = Sandbox::bind(Options::default()).await?;
//! println!("{}", sandbox.start_line());
//! sandbox.serve().await;
//! # Ok(())
//! # }
//! ```
//!
//! The modules from the bottom up: [`domain`] holds the rules as pure code,
//! [`ecapi`] and [`ipay`] read calls and write answers, each for its service, [`world`] is the whole state, [`books`] shows it and [`snapshot`] keeps it,
//! [`page`] puts an invoice into words for the buyer, [`dashboard`] all of it for the developer, [`hub`] is the lock around
//! the state, [`courier`] takes webhooks to the shop and [`http`] is what the
//! outside reaches. Nothing here knows the client library:
//! the sandbox judges it, and a judge must not share the accused's mistakes.

pub mod books;
pub mod courier;
pub mod dashboard;
pub mod domain;
pub mod ecapi;
pub mod http;
pub mod hub;
pub mod ipay;
pub mod log;
pub mod page;
pub mod snapshot;
mod start;
mod tls;
pub mod world;

pub use start::{Options, Sandbox, StartError};
