//! iPay: payments, refunds, customers, cards and signed webhooks.
//!
//! Written from an integration guide for iPay and payment interfaces of its
//! kind. What the guide does not show, and such interfaces usually have, is
//! marked **Usual**.
