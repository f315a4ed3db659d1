//! iPay's half: API, keys, credentials, webhooks, faults, clock.

mod auth;
mod clock;
mod flow;
mod keys;
mod merchant;
mod objects;
mod webhooks;
