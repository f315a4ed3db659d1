//! What a buyer's eyes see of an invoice or a payment, as pure code: words, states, QR code.

pub mod amount;
pub mod authenticate;
pub mod ipay_words;
pub mod language;
pub mod press;
pub mod qr;
pub mod test_cards;
pub mod view;
pub mod way_back;
pub mod words;
