//! What a customer pays with: cards, tokens for them, and the rest.

use super::object::object;
use super::sets::PaymentMethodType;
use crate::model::{UnixSeconds, model};

model! {
    /// What may be shown of a card.
    pub struct Card {
        /// The card's network, such as `visa`.
        brand: String = "brand",
        /// Its last four digits.
        last4: String = "last4",
        /// The month in which it ends, from 1.
        exp_month: i64 = "exp_month",
        /// The year in which it ends, with all four digits.
        exp_year: i64 = "exp_year",
        ; made
        ; says
    }
}

object!(Card, |card| &card.last4);

model! {
    /// Something to pay with, kept by the service.
    ///
    /// Read from `/payment_methods` of the iPay API. Unknown fields are kept as they
    /// came.
    pub struct PaymentMethod {
        /// The payment method's identifier, such as `pm_...`.
        id: String = "id",
        /// What it is. The set is open.
        r#type: PaymentMethodType = "type",
        /// Whose it is; nobody's while it is not attached.
        customer: Option<String> = "customer",
        /// What may be shown of the card, where it is one.
        card: Option<Card> = "card",
        /// When it was made, in Unix seconds. **Usual**.
        created: Option<UnixSeconds> = "created",
        ; made
        /// Whether this is the answer that an earlier request with the same
        /// idempotency key got.
        replayed: bool,
        ; says
    }
}

object!(PaymentMethod, |method| &method.id, replayed);

model! {
    /// A token: it stands for a card that the shop's server never sees.
    ///
    /// Read from `/tokens` of the iPay API.
    pub struct Token {
        /// The token's identifier, such as `tok_...`: the page hands it to the
        /// server.
        id: String = "id",
        /// What may be shown of the card. **Usual**.
        card: Option<Card> = "card",
        /// When it was made, in Unix seconds. **Usual**.
        created: Option<UnixSeconds> = "created",
        ; made
        ; says
    }
}

object!(Token, |token| &token.id);
