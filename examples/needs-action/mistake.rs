//! What must not compile: a payment that waits for its customer is shipped.

use kessai::ipay::{PaymentResult, Succeeded};

fn ship(paid: &Succeeded) -> String {
    format!("on its way, paid by {}", paid.id)
}

pub fn go_on(payment: &PaymentResult) -> String {
    match payment {
        PaymentResult::Succeeded(paid) => ship(paid),
        PaymentResult::NeedsAction(action) => ship(action), // the mistake
        PaymentResult::Failed(_) | PaymentResult::Canceled(_) => "another card, please".to_owned(),
        PaymentResult::Pending(_) => "one moment, please".to_owned(),
    }
}
