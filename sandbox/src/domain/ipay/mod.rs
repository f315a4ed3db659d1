//! iPay: the account with its credentials, payments and refunds, customers and
//! their methods, subscriptions, and what the books say of them.

pub mod account;
pub mod agenda;
pub mod cards;
pub mod customer;
pub mod event;
pub mod fields;
pub mod idempotency;
pub mod mask;
pub mod method;
pub mod modes;
pub mod payment;
pub mod refund;
pub mod refusal;
pub mod routes;
pub mod shelf;
pub mod state;
pub mod subscription;
pub mod transaction;
