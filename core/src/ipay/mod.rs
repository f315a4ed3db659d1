//! iPay: payments, refunds, customers, cards and signed webhooks.
//!
//! Written from an integration guide for iPay and payment interfaces of its
//! kind. What the guide does not show, and such interfaces usually have, is
//! marked **Usual**.

#[doc(hidden)]
pub mod card_guard;
mod card_number;
mod event;
mod idempotency;
#[cfg(test)]
pub(crate) mod vectors;
mod webhooks;

pub use event::Event;
pub use idempotency::order_key;
#[doc(hidden)]
pub use idempotency::{check_key, random_key};
pub use webhooks::Webhooks;
