//! A payment, and what it has come to.

mod result;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::object::{Object, as_member};
use super::sets::{CaptureMethod, PaymentStatus};
use crate::doc::Doc;
use crate::error::Result;
use crate::json::{self, Members};
use crate::model::{
    Masked, Member, Own, RawJson, Shape, Table as _, UnixSeconds, Value, VariantInfo, model,
};

pub use result::{Canceled, Failed, NeedsAction, PaymentResult, Pending, Succeeded};

model! {
    /// A payment: what is to be paid, and how far it is.
    ///
    /// Read from `/payments` of the iPay API. Unknown fields are kept as they came.
    pub struct Payment {
        /// The payment's identifier, such as `pay_...`.
        id: String = "id",
        /// How far it is. The set is open: one that nobody listed is kept as it
        /// came.
        status: PaymentStatus = "status",
        /// What is to be paid, in the currency's smallest unit: 2999 is $29.99, and
        /// 2999 yen.
        amount: i64 = "amount",
        /// The currency's code (ISO 4217), as it was sent.
        currency: String = "currency",
        /// How much of it was captured. **Usual**.
        amount_captured: Option<i64> = "amount_captured",
        /// How much of it was given back. **Usual**.
        amount_refunded: Option<i64> = "amount_refunded",
        /// The customer who pays.
        customer: Option<String> = "customer",
        /// What it is paid with.
        payment_method: Option<String> = "payment_method",
        /// What the shop says that it is for.
        description: Option<String> = "description",
        /// The shop's own notes: `orderId` names the order.
        metadata: BTreeMap<String, String> = "metadata",
        /// When the money is taken: `automatic` or `manual`.
        capture_method: Option<CaptureMethod> = "capture_method",
        /// What stands on the customer's statement.
        statement_descriptor: Option<String> = "statement_descriptor",
        /// With this the customer's page goes on with the payment. For that page
        /// only: it is not shown where the payment is printed.
        client_secret: Option<Masked> = "client_secret",
        /// What the customer must do next, as the service describes it. The guide
        /// does not tell its form.
        next_action: Option<RawJson> = "next_action",
        /// Why it failed, as a code.
        failure_code: Option<String> = "failure_code",
        /// Why it failed, for people.
        failure_message: Option<String> = "failure_message",
        /// When it was made, in Unix seconds. **Usual**.
        created: Option<UnixSeconds> = "created",
        ; made
        /// Whether this is the answer that an earlier request with the same
        /// idempotency key got.
        replayed: bool,
        /// What it has come to: `succeeded`, `needs_action`, `failed`, `canceled` or
        /// `pending`.
        result: ResultKind,
        /// The order it is for: `orderId` in its metadata.
        order_id: Option<String>,
        /// Where to send the customer, where the next action is to go somewhere: it
        /// may hold the `client_secret`, and is not shown where the payment is
        /// printed. **Usual**.
        redirect_url: Option<Masked>,
        ; says
    }
}

/// What a payment has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ResultKind {
    /// Paid.
    Succeeded,
    /// The customer must do something first.
    NeedsAction,
    /// It will not be paid.
    Failed,
    /// Taken back before it was paid.
    Canceled,
    /// None of these yet.
    #[default]
    Pending,
}

impl ResultKind {
    /// The word used in every language, such as `needs_action`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::NeedsAction => "needs_action",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Pending => "pending",
        }
    }
}

impl Member for ResultKind {
    const SHAPE: Shape = Shape::Word("ResultKind");

    /// The service does not tell it.
    fn read(_raw: Option<&RawValue>) -> Option<Self> {
        None
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self.as_str())
    }
}

as_member!(Payment);

impl Object for Payment {
    fn of_members(members: &Members<'_>, raw: Arc<str>) -> std::result::Result<Self, &'static str> {
        let mut payment = Self::read_members(members, raw)?;
        payment.result = payment.come_to();
        payment.order_id = payment.metadata.get("orderId").cloned();
        payment.redirect_url = payment.goes_to().map(Masked::from);
        Ok(payment)
    }

    fn mark_replayed(&mut self, replayed: bool) {
        self.replayed = replayed;
    }
}

impl Own for Payment {
    const MODULE: &'static str = "ipay";
    const TOLD_BY: &'static str = "result";
    const VARIANTS: &'static [VariantInfo] = &[
        VariantInfo {
            name: "Succeeded",
            word: "succeeded",
            doc: Doc::of("A payment that is paid: the shop has its money."),
            has: &[],
        },
        VariantInfo {
            name: "NeedsAction",
            word: "needs_action",
            doc: Doc::of(
                "A payment that is not paid: the customer must do something first, as in 3-D \
                  Secure.\n\nHand `client_secret` and `next_action` to the customer's page.",
            ),
            has: &["client_secret", "next_action"],
        },
        VariantInfo {
            name: "Failed",
            word: "failed",
            doc: Doc::of(
                "A payment that was declined, or refused by the customer: it will not be paid.",
            ),
            has: &[],
        },
        VariantInfo {
            name: "Canceled",
            word: "canceled",
            doc: Doc::of("A payment that was taken back before it was paid."),
            has: &[],
        },
        VariantInfo {
            name: "Pending",
            word: "pending",
            doc: Doc::of("A payment that is none of the others yet: `status` says how far it is."),
            has: &[],
        },
    ];

    fn unreadable<T: Member>() -> Option<T> {
        super::object::unreadable()
    }

    fn own_id(&self) -> &str {
        &self.id
    }

    fn to_store(&self) -> String {
        self.stored()
    }

    fn from_store(stored: &str) -> Result<Self> {
        Self::of_stored(stored)
    }
}

impl Payment {
    /// Only what is known to be paid is paid: a status that nobody listed is not.
    fn come_to(&self) -> ResultKind {
        let is = |status: PaymentStatus| self.status == status;
        let actionable = self.client_secret.is_some() && self.next_action.is_some();
        if is(PaymentStatus::SUCCEEDED) {
            ResultKind::Succeeded
        } else if is(PaymentStatus::FAILED) {
            ResultKind::Failed
        } else if is(PaymentStatus::CANCELED) {
            ResultKind::Canceled
        } else if is(PaymentStatus::REQUIRES_ACTION) && actionable {
            ResultKind::NeedsAction
        } else {
            ResultKind::Pending
        }
    }

    fn goes_to(&self) -> Option<String> {
        let action = Members::parse(self.next_action.as_ref()?.get()).ok()?;
        let redirect = Members::parse(action.get("redirect_to_url")?.get()).ok()?;
        json::text(redirect.get("url")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model as _;

    fn of(status: &str, more: &str) -> Payment {
        let raw = format!(
            r#"{{"id":"pay_1","status":"{status}","amount":2999,"currency":"JPY","metadata":{{"orderId":"A-1","n":1}}{more}}}"#
        );
        Payment::of_json(&raw, false).unwrap()
    }

    const ACTION: &str = r#","client_secret":"cs_canary","next_action":{"redirect_to_url":{"url":"https://x.example/cs_canary"}}"#;

    #[test]
    fn only_what_succeeded_is_paid() {
        for (status, more, result) in [
            ("succeeded", "", "succeeded"),
            ("requires_action", ACTION, "needs_action"),
            // Without what the page needs there is nothing to be done.
            ("requires_action", "", "pending"),
            ("failed", "", "failed"),
            ("canceled", "", "canceled"),
            ("requires_capture", "", "pending"),
            ("processing", ACTION, "pending"),
            ("Succeeded", "", "pending"),
            ("settled_tomorrow", "", "pending"),
        ] {
            let payment = of(status, more);
            assert_eq!(payment.result.as_str(), result, "{status}");
            let is_paid = matches!(payment.into(), PaymentResult::Succeeded(_));
            assert_eq!(is_paid, status == "succeeded");
        }
    }

    #[test]
    fn the_page_gets_what_it_needs_and_a_log_does_not() {
        let PaymentResult::NeedsAction(payment) = of("requires_action", ACTION).into() else {
            panic!("it needs no action");
        };
        assert_eq!(payment.client_secret(), "cs_canary");
        let url = payment.redirect_url.as_ref().map(Masked::expose);
        assert_eq!(url, Some("https://x.example/cs_canary"));
        assert!(payment.next_action().contains("redirect_to_url"));
        assert!(!format!("{payment:?}").contains("cs_canary"));
        assert_eq!(payment.order_id.as_deref(), Some("A-1"));
        assert_eq!(payment.metadata.get("n").map(String::as_str), Some("1"));
    }

    #[test]
    fn it_comes_back_from_storage() {
        let mut payment = of("requires_action", ACTION);
        payment.replayed = true;
        let back = Payment::of_stored(&payment.store()).unwrap();
        assert_eq!(back, payment);
        let boxed: Box<dyn crate::model::Model> = Box::new(back);
        assert_eq!(boxed.class(), "NeedsAction");
    }

    #[test]
    fn what_cannot_be_used_says_which_field() {
        for (raw, named) in [
            (r#"{"id":"p","status":"x","currency":"JPY"}"#, "amount"),
            (
                r#"{"id":"p","status":"x","amount":29.99,"currency":"USD"}"#,
                "amount",
            ),
            (r#"{"id":"p","amount":1,"currency":"USD"}"#, "status"),
            ("[]", "object"),
        ] {
            let error = Payment::of_json(raw, false).unwrap_err();
            assert!(error.message().contains(named), "{error}");
        }
    }
}
