//! iPay's API: reads calls, checks who asks, carries them out and writes answers.

pub mod answer;
mod books;
pub mod call;
mod customers;
mod door;
pub mod execute;
mod flow;
mod methods;
mod oauth;
mod payments;
mod refunds;
mod routes;
mod subscriptions;
mod tell;
mod tokens;
mod transactions;
