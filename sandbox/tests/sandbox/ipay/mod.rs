//! iPay's half: API, keys, credentials, webhooks, faults, clock.

mod auth;
mod clock;
mod dashboard;
mod faults;
mod flow;
mod keys;
mod mac;
pub(crate) mod merchant;
mod objects;
mod pages;
mod secrecy;
mod snapshot;
mod webhooks;
