//! What a buyer's eyes see of an invoice, as pure code: words, states, QR code.

pub mod language;
pub mod press;
pub mod qr;
pub mod view;
pub mod words;
