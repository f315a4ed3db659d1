//! kessai (決済, settlement) takes payments without losing a yen or taking one
//! twice.
//!
//! It is a blocking client for two services, written once in Rust; the other
//! languages translate it: [`zaif`] is **Zaif Payment** (yen-priced invoices paid
//! in Bitcoin or Monacoin), [`ipay`] is **iPay** (cards and more).
//!
//! # Use
//!
//! ```no_run
//! use kessai::zaif::{Client, Coin, CreateInvoice};
//! use kessai::Yen;
//!
//! let client = Client::builder("your key", "your secret").build()?;
//! let order = CreateInvoice::new(Coin::BTC, Yen::new(10_800)).order_number("A-1001");
//! match client.create_invoice(&order) {
//!     Ok(invoice) => println!("{}", invoice.address),
//!     Err(error) => match error.resume() {
//!         // Whether it was made is not known: keep the handle, ask later.
//!         Some(handle) => println!("resume with {handle}"),
//!         None => return Err(error),
//!     },
//! }
//! # Ok::<(), kessai::Error>(())
//! ```
//!
//! ```no_run
//! use kessai::ipay::{Client, PaymentResult, order_key};
//!
//! let client = Client::builder("live_your_key", "secret_your_secret").build()?;
//! let payment = client
//!     .create_payment(10_800, "JPY")
//!     .payment_method("pm_...")
//!     .confirm(true)
//!     .metadata([("orderId", "A-1001")])
//!     .idempotency_key(order_key("A-1001", "payment", 1)?);
//! match payment.send()? {
//!     PaymentResult::Succeeded(paid) => println!("ship {:?}", paid.order_id),
//!     PaymentResult::NeedsAction(payment) => println!("go on with {}", payment.client_secret()),
//!     other => println!("not paid: {}", other.payment().status),
//! }
//! # Ok::<(), kessai::Error>(())
//! ```
//!
//! # Errors
//!
//! There is one [`Error`]. It has a kind (one class in other languages), a
//! stable code, and an [`Outcome`]: done, not done, or unknown. No path
//! through the library blurs those three, and nothing that moves money is
//! repeated unless repeating it is proven safe.
//!
//! # Time limits
//!
//! One limit bounds a whole call, 15 s unless told otherwise: name lookup,
//! connection, repeats, waits and settling included. A single try gets a third
//! of it and at most 3 s, so that a try that hangs leaves time to find out what became of it.
//!
//! # Money
//!
//! Yen are whole ([`Yen`]); coin amounts are exact decimals ([`CoinAmount`]);
//! other currencies are counted in their smallest unit ([`minor_units()`]).
//! No float touches either, not even while JSON is read.
//!
//! # Processes and threads
//!
//! A client may be shared between threads and survives a fork: the child makes
//! connections of its own. Clients of one process with the same key share
//! their nonces.
//!
//! # Versions
//!
//! Semantic versioning for everything documented here. Codes and kinds of
//! errors are only ever added. Items hidden from this documentation serve the
//! bindings and the simulator of this project and may change at any time.
#![forbid(unsafe_code)]

#[doc(hidden)]
pub mod argument;
#[doc(hidden)]
pub mod call;
#[doc(hidden)]
pub mod doc;
pub mod error;
#[doc(hidden)]
pub mod exchange;
mod fork;
mod hex;
mod hook;
#[doc(hidden)]
pub mod interrupt;
pub mod ipay;
mod json;
mod markup;
#[doc(hidden)]
pub mod method;
mod minor_units;
#[doc(hidden)]
pub mod model;
mod money;
#[doc(hidden)]
pub mod naming;
pub mod nonce;
#[cfg(test)]
mod numbers;
#[doc(hidden)]
pub mod option;
#[doc(hidden)]
pub mod pool;
mod qr;
mod rate;
mod retry;
#[doc(hidden)]
pub mod returned;
mod secret;
#[doc(hidden)]
pub mod service;
mod text;
#[doc(hidden)]
pub mod transport;
#[doc(hidden)]
pub mod words;
#[doc(hidden)]
pub mod world;
pub mod zaif;

pub use error::{Code, Error, ErrorKind, Outcome, Result};
pub use hook::{Event, EventName};
pub use minor_units::{currency_exponent, major_units, minor_units, minor_units_of};
pub use model::UnixSeconds;
pub use money::{Amount, CoinAmount, Yen};
pub use qr::{Background, Qr};
pub use secret::Secret;
pub use transport::Address;
