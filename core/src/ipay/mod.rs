//! iPay: payments, refunds, customers, cards and signed webhooks.
//!
//! Written from an integration guide for iPay and payment interfaces of its
//! kind. What the guide does not show, and such interfaces usually have, is
//! marked **Usual**.

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
mod gives;
mod handle;
mod idempotency;
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
