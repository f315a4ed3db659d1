//! The words of iPay.

use crate::doc::Doc;
use crate::words::{WordSet, open_set};

open_set! {
    /// How far a payment is. The set is open: a status that nobody listed is kept as
    /// it came, and never passes for paid.
    ///
    /// The names are the guide's; what leads from one to another is **Usual**.
    pub struct PaymentStatus {
        /// Made without a method to pay with.
        REQUIRES_PAYMENT_METHOD = "requires_payment_method",
        /// Made with a method, and not confirmed yet.
        REQUIRES_CONFIRMATION = "requires_confirmation",
        /// The customer must do something first, as in 3-D Secure.
        REQUIRES_ACTION = "requires_action",
        /// Under way, as bank transfers are for a while.
        PROCESSING = "processing",
        /// The money is reserved and waits to be captured.
        REQUIRES_CAPTURE = "requires_capture",
        /// Paid. The only status in which the shop has its money.
        SUCCEEDED = "succeeded",
        /// Declined, or refused by the customer.
        FAILED = "failed",
        /// Taken back before it was paid.
        CANCELED = "canceled",
    }
}

open_set! {
    /// How far a refund is. The set is open, and **Usual**: the guide names none.
    pub struct RefundStatus {
        /// Under way.
        PENDING = "pending",
        /// The money is back.
        SUCCEEDED = "succeeded",
        /// It could not be given back.
        FAILED = "failed",
    }
}

open_set! {
    /// Why a payment is refunded. The set is open: the guide's own sample sends
    /// `partial_ship`.
    pub struct RefundReason {
        /// Charged twice.
        DUPLICATE = "duplicate",
        /// Not the customer's own doing.
        FRAUDULENT = "fraudulent",
        /// The customer asked for it: the default.
        REQUESTED_BY_CUSTOMER = "requested_by_customer",
        /// The order was canceled.
        ORDER_CANCELED = "order_canceled",
        /// The goods did not arrive.
        PRODUCT_NOT_RECEIVED = "product_not_received",
        /// The goods are not what was ordered.
        PRODUCT_NOT_AS_DESCRIBED = "product_not_as_described",
    }
}

open_set! {
    /// When a payment's money is taken.
    pub struct CaptureMethod {
        /// At once.
        AUTOMATIC = "automatic",
        /// When it is captured.
        MANUAL = "manual",
    }
}

open_set! {
    /// What a payment is paid with.
    pub struct PaymentMethodType {
        /// A credit or debit card.
        CARD = "card",
        /// A bank transfer.
        BANK_TRANSFER = "bank_transfer",
        /// A wallet on a phone.
        DIGITAL_WALLET = "digital_wallet",
        /// In instalments, or later.
        BUY_NOW_PAY_LATER = "buy_now_pay_later",
    }
}

/// What a payment has come to.
pub(crate) const RESULT: WordSet = WordSet {
    name: "ResultKind",
    doc: Doc::of("What a payment has come to."),
    open: false,
    words: &[
        ("succeeded", Doc::of("Paid.")),
        (
            "needs_action",
            Doc::of("The customer must do something first, as in 3-D Secure."),
        ),
        (
            "failed",
            Doc::of("Declined, or refused by the customer: it will not be paid."),
        ),
        ("canceled", Doc::of("Taken back before it was paid.")),
        (
            "pending",
            Doc::of("None of these yet: the status says how far it is."),
        ),
    ],
};

/// Every set.
pub const SETS: &[WordSet] = &[
    PaymentStatus::WORDS,
    RefundStatus::WORDS,
    RefundReason::WORDS,
    CaptureMethod::WORDS,
    PaymentMethodType::WORDS,
    RESULT,
];
