//! iPay: payments, refunds, customers, cards and signed webhooks.
//!
//! Written from an integration guide for iPay and payment interfaces of its
//! kind. What the guide does not show, and such interfaces usually have, is
//! marked **Usual**.

#[doc(hidden)]
pub mod card_guard;
mod card_number;
#[cfg(test)]
mod vectors;
