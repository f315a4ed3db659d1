//! iPay's half: API, keys, credentials, webhooks, faults, clock.

mod auth;
mod clock;
mod faults;
mod flow;
mod keys;
mod mac;
mod merchant;
mod objects;
mod pages;
mod secrecy;
mod snapshot;
mod webhooks;
