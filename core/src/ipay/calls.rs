//! One table of every call: what the service is asked, what Rust calls it, what
//! bindings call and document.

mod calling;
mod items;
#[macro_use]
mod row;

use std::time::Duration;

use super::client::{Client, PublishableClient};
use super::gives::{Gives, Page};
use super::payment::PaymentResult;
use super::request::Endpoint;
use super::{Account, Customer, PaymentMethod, Refund, Subscription, Token, Transaction};
use crate::argument::{Arg, ArgInfo, Args, Takes};
use crate::error::Result;
use crate::method::{Limit, MethodInfo};
use crate::returned::Returned;
use crate::secret::Secret;
use crate::transport::Verb;

use calling::{Calling, call};
pub(super) use calling::{EACH, run, take_each};
pub use items::Items;

calls! {
    for Client, false;
    /// Tell whose account it is (`GET /account`).
    get_account / GetAccount: Get "/account" -> one Account, first 0,
    needs {}
    may {};
    /// Make a payment (`POST /payments`).
    ///
    /// With `confirm` it is paid at once, or declined: then the error is a
    /// `CardError` with `decline_code` and `payment_id`. What it gives is one of
    /// several types, of which only one is paid: with `confirmation_token` it may need
    /// the customer first (3-D Secure).
    create_payment / CreatePayment: Post "/payments" -> one PaymentResult, first 0,
    needs {
        /// What is to be paid, in the currency's smallest unit: 2999 is $29.99, and
        /// 2999 yen. `minor_units` makes it of a decimal.
        amount: Int = "amount",
        /// The currency's code (ISO 4217), such as `JPY`.
        currency: Text = "currency",
    }
    may {
        /// The customer who pays.
        customer: Text = "customer",
        /// What it is paid with.
        payment_method: Text = "payment_method",
        /// Whether it is to be paid at once.
        confirm: Bool = "confirm",
        /// What it is for.
        description: Text = "description",
        /// The shop's own notes: `orderId` names the order.
        metadata: Map = "metadata",
        /// When the money is taken: `automatic`, or `manual` with `capture_payment`.
        capture_method: Text = "capture_method",
        /// What stands on the customer's statement.
        statement_descriptor: Text = "statement_descriptor",
        /// Whether 3-D Secure may be asked for.
        confirmation_token: Bool = "confirmation_token",
    };
    /// Read a payment (`GET /payments/{id}`, **Usual**).
    get_payment / GetPayment: Get "/payments/{payment_id}" -> one PaymentResult, first 1,
    needs {
        /// The payment's identifier.
        payment_id: Text = "",
    }
    may {};
    /// Go through the payments, newest first (`GET /payments`, **Usual**).
    list_payments / ListPayments: Get "/payments" -> list PaymentResult, first 0,
    needs {}
    may {
        /// How many stand on a page: 1 to 100.
        limit: Int = "limit",
        /// The identifier of the payment to start after.
        starting_after: Text = "starting_after",
    };
    /// Confirm a payment: it is paid, or declined (`POST /payments/{id}/confirm`,
    /// **Usual**).
    confirm_payment / ConfirmPayment: Post "/payments/{payment_id}/confirm" -> one PaymentResult, first 1,
    needs {
        /// The payment's identifier.
        payment_id: Text = "",
    }
    may {
        /// What it is paid with, where it was made without.
        payment_method: Text = "payment_method",
    };
    /// Take money that is reserved (`POST /payments/{id}/capture`, **Usual**).
    capture_payment / CapturePayment: Post "/payments/{payment_id}/capture" -> one PaymentResult, first 1,
    needs {
        /// The payment's identifier.
        payment_id: Text = "",
    }
    may {
        /// How much, in the currency's smallest unit: all of it unless given. What
        /// is left is given free.
        amount: Int = "amount",
    };
    /// Take a payment back before it is paid (`POST /payments/{id}/cancel`,
    /// **Usual**).
    cancel_payment / CancelPayment: Post "/payments/{payment_id}/cancel" -> one PaymentResult, first 1,
    needs {
        /// The payment's identifier.
        payment_id: Text = "",
    }
    may {};
    /// Give money back, all of it or part (`POST /refunds`).
    ///
    /// A refund's `idempotency_key` should carry the refund's own number:
    /// `order_key("A-1001", "refund-1", 1)`.
    create_refund / CreateRefund: Post "/refunds" -> one Refund, first 0,
    needs {
        /// The payment's identifier.
        payment: Text = "payment",
    }
    may {
        /// How much, in the currency's smallest unit: all that is left unless given.
        amount: Int = "amount",
        /// Why: `duplicate`, `fraudulent`, `requested_by_customer` (the default),
        /// `order_canceled`, `product_not_received`, `product_not_as_described`, or
        /// the shop's own word.
        reason: Text = "reason",
    };
    /// Read a refund (`GET /refunds/{id}`, **Usual**).
    get_refund / GetRefund: Get "/refunds/{refund_id}" -> one Refund, first 1,
    needs {
        /// The refund's identifier.
        refund_id: Text = "",
    }
    may {};
    /// Go through refunds, newest first (`GET /refunds`, **Usual**).
    list_refunds / ListRefunds: Get "/refunds" -> list Refund, first 0,
    needs {}
    may {
        /// Only those of this payment.
        payment: Text = "payment",
        /// How many stand on a page: 1 to 100.
        limit: Int = "limit",
        /// The identifier of the refund to start after.
        starting_after: Text = "starting_after",
    };
    /// Make a customer (`POST /customers`).
    create_customer / CreateCustomer: Post "/customers" -> one Customer, first 0,
    needs {}
    may {
        /// Where to write to.
        email: Text = "email",
        /// The name.
        name: Text = "name",
        /// The telephone number.
        phone: Text = "phone",
        /// The shop's own notes: the guide uses `internalId` and `tier`.
        metadata: Map = "metadata",
    };
    /// Read a customer (`GET /customers/{id}`, **Usual**).
    get_customer / GetCustomer: Get "/customers/{customer_id}" -> one Customer, first 1,
    needs {
        /// The customer's identifier.
        customer_id: Text = "",
    }
    may {};
    /// Change a customer: what is not given stays (`POST /customers/{id}`, **Usual**).
    update_customer / UpdateCustomer: Post "/customers/{customer_id}" -> one Customer, first 1,
    needs {
        /// The customer's identifier.
        customer_id: Text = "",
    }
    may {
        /// Where to write to.
        email: Text = "email",
        /// The name.
        name: Text = "name",
        /// The telephone number.
        phone: Text = "phone",
        /// The shop's own notes.
        metadata: Map = "metadata",
    };
    /// Delete a customer (`DELETE /customers/{id}`, **Usual**).
    delete_customer / DeleteCustomer: Delete "/customers/{customer_id}" -> one Customer, first 1,
    needs {
        /// The customer's identifier.
        customer_id: Text = "",
    }
    may {};
    /// Go through the customers, newest first (`GET /customers`, **Usual**).
    list_customers / ListCustomers: Get "/customers" -> list Customer, first 0,
    needs {}
    may {
        /// How many stand on a page: 1 to 100.
        limit: Int = "limit",
        /// The identifier of the customer to start after.
        starting_after: Text = "starting_after",
    };
    /// Go through what a customer can pay with
    /// (`GET /customers/{id}/payment_methods`).
    list_payment_methods / ListPaymentMethods: Get "/customers/{customer_id}/payment_methods" -> list PaymentMethod, first 1,
    needs {
        /// The customer's identifier.
        customer_id: Text = "",
    }
    may {
        /// How many stand on a page: 1 to 100. **Usual**.
        limit: Int = "limit",
        /// The identifier of the payment method to start after. **Usual**.
        starting_after: Text = "starting_after",
    };
    /// Keep something to pay with (`POST /payment_methods`).
    ///
    /// For a card it is the token that the customer's page got: the number never
    /// passes through the shop's server.
    create_payment_method / CreatePaymentMethod: Post "/payment_methods" -> one PaymentMethod, first 0,
    needs {
        /// What it is: `card`, `bank_transfer`, `digital_wallet` or
        /// `buy_now_pay_later`.
        r#type: Text = "type",
    }
    may {
        /// The card's token.
        token: Text = "token",
        /// Whose it is.
        customer: Text = "customer",
    };
    /// Give a payment method to a customer (`POST /payment_methods/{id}/attach`).
    attach_payment_method / AttachPaymentMethod: Post "/payment_methods/{payment_method_id}/attach" -> one PaymentMethod, first 1,
    needs {
        /// The payment method's identifier.
        payment_method_id: Text = "",
        /// The customer's identifier.
        customer: Text = "customer",
    }
    may {};
    /// Take a payment method from its customer (`POST /payment_methods/{id}/detach`,
    /// **Usual**).
    detach_payment_method / DetachPaymentMethod: Post "/payment_methods/{payment_method_id}/detach" -> one PaymentMethod, first 1,
    needs {
        /// The payment method's identifier.
        payment_method_id: Text = "",
    }
    may {};
    /// Begin a subscription (`POST /subscriptions`, **Usual**).
    create_subscription / CreateSubscription: Post "/subscriptions" -> one Subscription, first 0,
    needs {
        /// Who pays.
        customer: Text = "customer",
        /// What it is paid with.
        payment_method: Text = "payment_method",
        /// What is paid each time, in the currency's smallest unit.
        amount: Int = "amount",
        /// The currency's code (ISO 4217).
        currency: Text = "currency",
        /// How often: `day`, `week`, `month` or `year`.
        interval: Text = "interval",
    }
    may {
        /// The shop's own notes.
        metadata: Map = "metadata",
    };
    /// Read a subscription (`GET /subscriptions/{id}`, **Usual**).
    get_subscription / GetSubscription: Get "/subscriptions/{subscription_id}" -> one Subscription, first 1,
    needs {
        /// The subscription's identifier.
        subscription_id: Text = "",
    }
    may {};
    /// Change a subscription: what is not given stays (`POST /subscriptions/{id}`,
    /// **Usual**).
    update_subscription / UpdateSubscription: Post "/subscriptions/{subscription_id}" -> one Subscription, first 1,
    needs {
        /// The subscription's identifier.
        subscription_id: Text = "",
    }
    may {
        /// What it is paid with.
        payment_method: Text = "payment_method",
        /// What is paid each time, in the currency's smallest unit.
        amount: Int = "amount",
        /// How often: `day`, `week`, `month` or `year`.
        interval: Text = "interval",
        /// The shop's own notes.
        metadata: Map = "metadata",
    };
    /// End a subscription (`DELETE /subscriptions/{id}`, **Usual**).
    cancel_subscription / CancelSubscription: Delete "/subscriptions/{subscription_id}" -> one Subscription, first 1,
    needs {
        /// The subscription's identifier.
        subscription_id: Text = "",
    }
    may {};
    /// Go through the subscriptions, newest first (`GET /subscriptions`, **Usual**).
    list_subscriptions / ListSubscriptions: Get "/subscriptions" -> list Subscription, first 0,
    needs {}
    may {
        /// Only those of this customer.
        customer: Text = "customer",
        /// How many stand on a page: 1 to 100.
        limit: Int = "limit",
        /// The identifier of the subscription to start after.
        starting_after: Text = "starting_after",
    };
    /// Go through the account's history, newest first, for reconciliation
    /// (`GET /transactions`, **Usual**).
    list_transactions / ListTransactions: Get "/transactions" -> list Transaction, first 0,
    needs {}
    may {
        /// Only what happened at this time or later, in Unix seconds.
        since: Int = "from",
        /// Only what happened before this time, in Unix seconds.
        until: Int = "to",
        /// How many stand on a page: 1 to 100.
        limit: Int = "limit",
        /// The identifier of the line to start after.
        starting_after: Text = "starting_after",
    };
}

calls! {
    for PublishableClient, true;
    /// Make a token of a card (`POST /tokens`).
    ///
    /// For whoever may see the card: the customer's own device. It stands for the card
    /// once, when a payment method is made of it. Nothing of the card is kept, shown
    /// or logged.
    create_token / CreateToken: Post "/tokens" -> one Token, first 0,
    needs {
        /// The card's number: digits, perhaps with blanks between them.
        number: Secret = "card.number",
        /// The month in which it ends, from 1.
        exp_month: Int = "card.exp_month",
        /// The year in which it ends, with all four digits.
        exp_year: Int = "card.exp_year",
        /// The code on its back.
        cvc: Secret = "card.cvc",
    }
    may {};
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::argument::Args;

    #[test]
    fn every_row_has_a_name_of_its_own_and_its_path_s_arguments() {
        let names: std::collections::BTreeSet<_> =
            Client::CALLS.iter().map(|info| info.name).collect();
        assert_eq!(names.len(), Client::CALLS.len());
        let endpoint = CapturePayment::ENDPOINT;
        assert!(endpoint.path.contains("{payment_id}"));
        assert_eq!(endpoint.shown, "POST /payments/{payment_id}/capture");
        assert_eq!(CreatePaymentMethod::ENDPOINT.args[0].name, "type");
    }

    #[test]
    fn every_call_can_be_run_by_its_name() {
        let client = Client::builder("test_k", "s").base_url("http://127.0.0.1:1/api");
        let client = client.max_retries(0).build().unwrap();
        for info in Client::CALLS {
            let given = info.args.iter().filter(|arg| arg.required).map(|arg| {
                let value = match arg.takes {
                    Takes::Int => Arg::Int(1),
                    _ if arg.name == "currency" => Arg::Text("JPY".to_owned()),
                    _ => Arg::Text("x_1".to_owned()),
                };
                (arg.name.to_owned(), value)
            });
            let mut args = Args::new(given.collect());
            let error = client.run_call(info.name, &mut args).unwrap().unwrap_err();
            assert_eq!(error.code(), crate::Code::TransportConnect, "{}", info.name);
        }
    }
}
