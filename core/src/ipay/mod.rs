//! iPay: payments, refunds, customers, cards and signed webhooks.
//!
//! Written from an integration guide for iPay and payment interfaces of its
//! kind. What the guide does not show, and such interfaces usually have, is
//! marked **Usual**.
//!
//! Three rules are kept wherever they could be broken:
//!
//! * *One intent, one payment.* Every try of a call goes out with the same
//!   idempotency key and the same bytes; [`order_key`] makes a key of an order.
//!   What is still unknown in the end has a handle for
//!   [`Client::resume_payment`].
//! * *Paid is a type.* A payment is one of the five types of [`PaymentResult`],
//!   and only [`Succeeded`] is paid.
//! * *No card data beside the secret key.* Every body is looked at before it
//!   leaves; the page makes a token with the publishable key, and only
//!   [`PublishableClient`] takes a card's number at all.
//!
//! ```no_run
//! use kessai::ipay::{Client, Expected, PaymentResult, Webhooks};
//!
//! # fn handler(body: &[u8], signature: Option<&str>) -> kessai::Result<()> {
//! let client = Client::builder("live_your_key", "secret_your_secret").build()?;
//! let webhooks = Webhooks::new(["whsec_your_secret".into()])?;
//!
//! // In the handler of the webhook, with the body as it came:
//! let event = webhooks.verify(body, signature)?;
//! let payment = client.confirm(&event, &Expected::new("A-1001", 10_800, "JPY"))?;
//! if let PaymentResult::Succeeded(paid) = payment {
//!     println!("ship {}, once for each {}", paid.id, event.key());
//! }
//! # Ok(())
//! # }
//! ```

mod account;
mod answer;
mod calls;
#[doc(hidden)]
pub mod card_guard;
mod card_number;
mod client;
mod confirm;
mod credentials;
mod customer;
mod decide;
mod engine;
mod event;
mod generic;
mod gives;
mod handle;
mod idempotency;
mod key_age;
mod methods;
mod object;
mod options;
mod payment;
mod payment_method;
mod refund;
mod request;
mod resume;
#[doc(hidden)]
pub mod sets;
mod subscription;
mod tokens;
mod transaction;
#[cfg(test)]
pub(crate) mod vectors;
mod webhooks;

pub use account::Account;
pub use calls::*;
pub use client::{Client, PublishableClient};
pub use confirm::Expected;
pub use credentials::{LIVE, Mode, SANDBOX};
pub use customer::Customer;
pub use event::Event;
pub use generic::Request;
#[doc(hidden)]
pub use gives::Item;
pub use gives::Page;
pub use idempotency::order_key;
#[doc(hidden)]
pub use idempotency::{check_key, random_key};
pub use options::ClientBuilder;
pub use payment::{
    Canceled, Failed, NeedsAction, Payment, PaymentResult, Pending, ResultKind, Succeeded,
};
pub use payment_method::{Card, PaymentMethod, Token};
pub use refund::Refund;
pub use sets::{CaptureMethod, PaymentMethodType, PaymentStatus, RefundReason, RefundStatus};
pub use subscription::Subscription;
pub use transaction::Transaction;
pub use webhooks::Webhooks;
