//! A payment as one of the five things that it can have come to.

use std::ops::Deref;

use super::{Payment, ResultKind};
use crate::model::{Masked, RawJson};

/// A payment by what it has come to, each a type of its own: one that still needs
/// the customer cannot be taken for one that is paid.
///
/// ```
/// use kessai::ipay::{PaymentResult, Succeeded};
///
/// fn ship(paid: &Succeeded) {
///     println!("{} is paid", paid.id);
/// }
///
/// fn go_on(payment: &PaymentResult) {
///     match payment {
///         PaymentResult::Succeeded(paid) => ship(paid),
///         PaymentResult::NeedsAction(payment) => {
///             println!("the page goes on with {}", payment.client_secret());
///         }
///         PaymentResult::Failed(payment) => println!("{:?}", payment.failure_message),
///         PaymentResult::Canceled(_) | PaymentResult::Pending(_) => {}
///     }
/// }
/// ```
///
/// ```compile_fail
/// # use kessai::ipay::{NeedsAction, Succeeded};
/// fn ship(_paid: &Succeeded) {}
/// fn wrong(payment: &NeedsAction) {
///     ship(payment); // it is not paid
/// }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum PaymentResult {
    /// Paid: the shop has its money.
    Succeeded(Succeeded),
    /// Not paid: the customer must do something first, as in 3-D Secure.
    NeedsAction(NeedsAction),
    /// Declined, or refused by the customer: it will not be paid.
    Failed(Failed),
    /// Taken back before it was paid.
    Canceled(Canceled),
    /// None of these yet: its status says how far it is.
    Pending(Pending),
}

macro_rules! results {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, PartialEq)]
            pub struct $name(Payment);

            impl Deref for $name {
                type Target = Payment;

                fn deref(&self) -> &Payment {
                    &self.0
                }
            }

            impl From<$name> for Payment {
                fn from(payment: $name) -> Self {
                    payment.0
                }
            }
        )+

        impl From<Payment> for PaymentResult {
            /// By its status, whatever was written into its other fields.
            fn from(payment: Payment) -> Self {
                match payment.come_to() {
                    $(ResultKind::$name => Self::$name($name(payment)),)+
                }
            }
        }

        impl From<PaymentResult> for Payment {
            fn from(result: PaymentResult) -> Self {
                match result {
                    $(PaymentResult::$name(payment) => payment.0,)+
                }
            }
        }

        impl PaymentResult {
            /// The payment, whatever it has come to.
            #[must_use]
            pub const fn payment(&self) -> &Payment {
                match self {
                    $(Self::$name(payment) => &payment.0,)+
                }
            }
        }
    };
}

results! {
    /// A payment that is paid: the shop has its money.
    Succeeded;
    /// A payment that is not paid: the customer must do something first.
    NeedsAction;
    /// A payment that was declined, or refused by the customer.
    Failed;
    /// A payment that was taken back before it was paid.
    Canceled;
    /// A payment that is none of the others yet.
    Pending;
}

impl NeedsAction {
    /// With this the customer's page goes on with the payment.
    #[must_use]
    pub fn client_secret(&self) -> &str {
        let secret = self.0.client_secret.as_ref();
        secret.map_or("", Masked::expose)
    }

    /// What the customer must do next, as the service describes it: JSON.
    #[must_use]
    pub fn next_action(&self) -> &str {
        let action = self.0.next_action.as_ref();
        action.map_or("null", RawJson::get)
    }
}
