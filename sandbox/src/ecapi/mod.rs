//! The payment API itself: one endpoint, `POST /ecapi`.

pub mod answer;
pub mod call;
pub mod methods;
pub mod spelling;
