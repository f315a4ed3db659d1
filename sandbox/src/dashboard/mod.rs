//! What a developer's eyes see of the sandbox, as pure code: lists, details, search, words.

pub mod act;
pub mod api;
pub mod api_words;
pub mod copy;
pub mod copy_ipay;
pub mod customers;
pub mod deliveries;
mod examples;
pub mod invoices;
pub mod json;
pub mod look;
pub mod parts;
pub mod payments;
pub mod query;
pub mod requests;
pub mod words;
