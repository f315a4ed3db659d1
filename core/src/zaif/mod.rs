//! Zaif Payment: yen-priced invoices paid in Bitcoin or Monacoin.
//!
//! Written from the service's documentation and from what working
//! integrations show; where the two differ the client accepts both.
//!
//! ```no_run
//! use kessai::zaif::{Client, Coin, CreateInvoice, Expected, Hint};
//! use kessai::Yen;
//!
//! let client = Client::builder("your key", "your secret").build()?;
//! let order = CreateInvoice::new(Coin::BTC, Yen::new(10_800)).order_number("A-1001");
//! let invoice = client.create_invoice(&order)?;
//!
//! // Later, in the handler of the webhook:
//! # let body = b"";
//! let hint = Hint::parse(body)?;
//! let invoice = client.confirm(&hint, &Expected::new("A-1001", Yen::new(10_800)))?;
//! let ship = invoice.is_settled() == Some(true);
//! # Ok::<(), kessai::Error>(())
//! ```

#[doc(hidden)]
pub mod answer;
#[doc(hidden)]
pub mod asks;
mod client;
mod coin;
mod credentials;
#[doc(hidden)]
pub mod decide;
mod drive;
mod handle;
mod history;
mod iframe;
mod invoice;
mod key;
mod message;
#[doc(hidden)]
pub mod methods;
mod notification;
#[doc(hidden)]
pub mod options;
mod orders;
mod payment_uri;
mod request;
mod rules;
#[doc(hidden)]
pub mod sets;
mod status;
mod turns;
mod webhooks;

pub use client::Client;
pub use coin::Coin;
pub use decide::{Resumed, Until};
pub use history::Reason;
pub use iframe::iframe_html;
pub use invoice::Invoice;
pub use notification::{Expected, Hint};
pub use options::{ClientBuilder, ENDPOINT, FORM_BASE};
pub use payment_uri::PaymentUri;
pub use request::{CreateInvoice, Parameter, Rule};
pub use status::Status;
pub use webhooks::{Notice, Webhooks};
