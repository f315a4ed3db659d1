//! The clients, and their calls.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use kessai::returned::Returns;
use kessai::service::AnyClient;

use crate::boundary::{Out, Utf8};
use crate::client::{self, Call};
use crate::error::Error;
use crate::generated::ipay_given::{IpayCallOptions, IpayOptions};
use crate::generated::ipay_models::{IpayAccount, IpayPayment, IpayPayments, IpayRefund, IpayRefunds, IpayCustomer, IpayCustomers, IpayPaymentMethod, IpayPaymentMethods, IpayToken, IpaySubscription, IpaySubscriptions, IpayTransactions, IpayEvent};
use crate::given::Given;
use crate::guard;
use crate::table;
use crate::text::Text;

/// Calls iPay for one account: from the shop's server.
///
/// Threads may share it freely, and it survives a `fork`: a child makes its own
/// connections. Every call blocks until its result is known or its time limit has
/// passed, or until it is canceled.
#[derive(Debug)]
pub struct IpayClient(AnyClient);

/// Build a client. Every option is checked, nothing is sent. `options` may be NULL.
/// Free it with `kessai_ipay_client_free`.
///
/// * `key`: The API key, such as `live_...`. May be NULL.
/// * `secret`: The key's secret. May be NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_new(
    key: Utf8<'_>,
    secret: Utf8<'_>,
    options: Option<&IpayOptions>,
    client: Out<'_, *mut IpayClient>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = client.needed("client")?;
        let mut told = Given::default();
        let given = &mut told;
        given.secret("key", key);
        given.secret("secret", secret);
        let options = options.map(|options| &options.0);
        let built = client::build("ipay", "Client", false, told.read()?, options)?;
        place.give(IpayClient(built));
        Ok(())
    })
}

/// Build a client from the environment: `IPAY_API_KEY` and `IPAY_API_SECRET`, and where
/// they are set `IPAY_SANDBOX` and `IPAY_BASE_URL`. Options given here prevail; they
/// may be NULL. Free it with `kessai_ipay_client_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_from_env(
    options: Option<&IpayOptions>,
    client: Out<'_, *mut IpayClient>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = client.needed("client")?;
        let options = options.map(|options| &options.0);
        let built = client::build("ipay", "Client", true, Vec::new(), options)?;
        place.give(IpayClient(built));
        Ok(())
    })
}

/// Free a client, once no call of it is under way. NULL is allowed. What it gave
/// lives on.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_free(client: Option<Box<IpayClient>>) {
    guard::get((), || drop(client));
}

/// Make any call of this header by its name, such as `"get_account"`, with its
/// arguments and what it gives as JSON.
///
/// The arguments are one JSON object, under the names of the parameters and setters
/// here, with an order's among them; NULL stands for none. Spans of time are whole
/// milliseconds, with names that lack `_ms`. Amounts may be numbers or texts, and are
/// taken as they are spelled. In what it gives, exact amounts are texts, yen and times
/// are numbers. `options` may be NULL, and prevail.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_call_json(
    client: Option<&IpayClient>,
    method: Utf8<'_>,
    arguments: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    json: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = json.needed("json")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        place.give(client::call_json(client, method, arguments, options)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "get_account", Returns::Model("Account"));

/// Tell whose account it is (`GET /account`).
///
/// * `options`: may be NULL.
/// * `account`: what it gives; free it with `kessai_ipay_account_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_get_account(
    client: Option<&IpayClient>,
    options: Option<&IpayCallOptions>,
    account: Out<'_, *mut IpayAccount>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = account.needed("account")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "get_account", options)?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "create_payment", Returns::Model("Payment"));

/// Make a payment (`POST /payments`).
///
/// With `confirm` it is paid at once, or declined: then the error is a `CardError` with
/// `decline_code` and `payment_id`. What it gives is one of several types, of which
/// only one is paid: with `confirmation_token` it may need the customer first (3-D
/// Secure).
///
/// * `amount`: What is to be paid, in the currency's smallest unit: 2999 is $29.99, and
///   2999 yen. `minor_units` makes it of a decimal.
/// * `currency`: The currency's code (ISO 4217), such as `JPY`.
/// * `options`: may be NULL.
/// * `payment`: what it gives; free it with `kessai_ipay_payment_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_create_payment(
    client: Option<&IpayClient>,
    amount: i64,
    currency: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment: Out<'_, *mut IpayPayment>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment.needed("payment")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "create_payment", options)?.told(|given| {
            given.whole("amount", amount);
            given.text("currency", currency);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "get_payment", Returns::Model("Payment"));

/// Read a payment (`GET /payments/{id}`, Usual).
///
/// * `payment_id`: The payment's identifier.
/// * `options`: may be NULL.
/// * `payment`: what it gives; free it with `kessai_ipay_payment_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_get_payment(
    client: Option<&IpayClient>,
    payment_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment: Out<'_, *mut IpayPayment>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment.needed("payment")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "get_payment", options)?.told(|given| {
            given.text("payment_id", payment_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "list_payments", Returns::Page("Payment"));

/// Go through the payments, newest first (`GET /payments`, Usual).
///
/// * `options`: may be NULL.
/// * `payments`: what it gives; free it with `kessai_ipay_payments_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_list_payments(
    client: Option<&IpayClient>,
    options: Option<&IpayCallOptions>,
    payments: Out<'_, *mut IpayPayments>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payments.needed("payments")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "list_payments", options)?;
        place.give(table::several(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "confirm_payment", Returns::Model("Payment"));

/// Confirm a payment: it is paid, or declined (`POST /payments/{id}/confirm`, Usual).
///
/// * `payment_id`: The payment's identifier.
/// * `options`: may be NULL.
/// * `payment`: what it gives; free it with `kessai_ipay_payment_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_confirm_payment(
    client: Option<&IpayClient>,
    payment_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment: Out<'_, *mut IpayPayment>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment.needed("payment")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "confirm_payment", options)?.told(|given| {
            given.text("payment_id", payment_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "capture_payment", Returns::Model("Payment"));

/// Take money that is reserved (`POST /payments/{id}/capture`, Usual).
///
/// * `payment_id`: The payment's identifier.
/// * `options`: may be NULL.
/// * `payment`: what it gives; free it with `kessai_ipay_payment_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_capture_payment(
    client: Option<&IpayClient>,
    payment_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment: Out<'_, *mut IpayPayment>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment.needed("payment")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "capture_payment", options)?.told(|given| {
            given.text("payment_id", payment_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "cancel_payment", Returns::Model("Payment"));

/// Take a payment back before it is paid (`POST /payments/{id}/cancel`, Usual).
///
/// * `payment_id`: The payment's identifier.
/// * `options`: may be NULL.
/// * `payment`: what it gives; free it with `kessai_ipay_payment_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_cancel_payment(
    client: Option<&IpayClient>,
    payment_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment: Out<'_, *mut IpayPayment>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment.needed("payment")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "cancel_payment", options)?.told(|given| {
            given.text("payment_id", payment_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "create_refund", Returns::Model("Refund"));

/// Give money back, all of it or part (`POST /refunds`).
///
/// A refund's `idempotency_key` should carry the refund's own number:
/// `order_key("A-1001", "refund-1", 1)`.
///
/// * `payment`: The payment's identifier.
/// * `options`: may be NULL.
/// * `refund`: what it gives; free it with `kessai_ipay_refund_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_create_refund(
    client: Option<&IpayClient>,
    payment: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    refund: Out<'_, *mut IpayRefund>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = refund.needed("refund")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "create_refund", options)?.told(|given| {
            given.text("payment", payment);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "get_refund", Returns::Model("Refund"));

/// Read a refund (`GET /refunds/{id}`, Usual).
///
/// * `refund_id`: The refund's identifier.
/// * `options`: may be NULL.
/// * `refund`: what it gives; free it with `kessai_ipay_refund_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_get_refund(
    client: Option<&IpayClient>,
    refund_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    refund: Out<'_, *mut IpayRefund>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = refund.needed("refund")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "get_refund", options)?.told(|given| {
            given.text("refund_id", refund_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "list_refunds", Returns::Page("Refund"));

/// Go through refunds, newest first (`GET /refunds`, Usual).
///
/// * `options`: may be NULL.
/// * `refunds`: what it gives; free it with `kessai_ipay_refunds_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_list_refunds(
    client: Option<&IpayClient>,
    options: Option<&IpayCallOptions>,
    refunds: Out<'_, *mut IpayRefunds>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = refunds.needed("refunds")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "list_refunds", options)?;
        place.give(table::several(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "create_customer", Returns::Model("Customer"));

/// Make a customer (`POST /customers`).
///
/// * `options`: may be NULL.
/// * `customer`: what it gives; free it with `kessai_ipay_customer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_create_customer(
    client: Option<&IpayClient>,
    options: Option<&IpayCallOptions>,
    customer: Out<'_, *mut IpayCustomer>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = customer.needed("customer")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "create_customer", options)?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "get_customer", Returns::Model("Customer"));

/// Read a customer (`GET /customers/{id}`, Usual).
///
/// * `customer_id`: The customer's identifier.
/// * `options`: may be NULL.
/// * `customer`: what it gives; free it with `kessai_ipay_customer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_get_customer(
    client: Option<&IpayClient>,
    customer_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    customer: Out<'_, *mut IpayCustomer>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = customer.needed("customer")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "get_customer", options)?.told(|given| {
            given.text("customer_id", customer_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "update_customer", Returns::Model("Customer"));

/// Change a customer: what is not given stays (`POST /customers/{id}`, Usual).
///
/// * `customer_id`: The customer's identifier.
/// * `options`: may be NULL.
/// * `customer`: what it gives; free it with `kessai_ipay_customer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_update_customer(
    client: Option<&IpayClient>,
    customer_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    customer: Out<'_, *mut IpayCustomer>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = customer.needed("customer")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "update_customer", options)?.told(|given| {
            given.text("customer_id", customer_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "delete_customer", Returns::Model("Customer"));

/// Delete a customer (`DELETE /customers/{id}`, Usual).
///
/// * `customer_id`: The customer's identifier.
/// * `options`: may be NULL.
/// * `customer`: what it gives; free it with `kessai_ipay_customer_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_delete_customer(
    client: Option<&IpayClient>,
    customer_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    customer: Out<'_, *mut IpayCustomer>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = customer.needed("customer")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "delete_customer", options)?.told(|given| {
            given.text("customer_id", customer_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "list_customers", Returns::Page("Customer"));

/// Go through the customers, newest first (`GET /customers`, Usual).
///
/// * `options`: may be NULL.
/// * `customers`: what it gives; free it with `kessai_ipay_customers_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_list_customers(
    client: Option<&IpayClient>,
    options: Option<&IpayCallOptions>,
    customers: Out<'_, *mut IpayCustomers>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = customers.needed("customers")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "list_customers", options)?;
        place.give(table::several(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "list_payment_methods", Returns::Page("PaymentMethod"));

/// Go through what a customer can pay with (`GET /customers/{id}/payment_methods`).
///
/// * `customer_id`: The customer's identifier.
/// * `options`: may be NULL.
/// * `payment_methods`: what it gives; free it with `kessai_ipay_payment_methods_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_list_payment_methods(
    client: Option<&IpayClient>,
    customer_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment_methods: Out<'_, *mut IpayPaymentMethods>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment_methods.needed("payment_methods")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "list_payment_methods", options)?.told(|given| {
            given.text("customer_id", customer_id);
        })?;
        place.give(table::several(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "create_payment_method", Returns::Model("PaymentMethod"));

/// Keep something to pay with (`POST /payment_methods`).
///
/// For a card it is the token that the customer's page got: the number never passes
/// through the shop's server.
///
/// * `type`: What it is: `card`, `bank_transfer`, `digital_wallet` or
///   `buy_now_pay_later`.
/// * `options`: may be NULL.
/// * `payment_method`: what it gives; free it with `kessai_ipay_payment_method_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_create_payment_method(
    client: Option<&IpayClient>,
    r#type: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment_method: Out<'_, *mut IpayPaymentMethod>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment_method.needed("payment_method")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "create_payment_method", options)?.told(|given| {
            given.text("type", r#type);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "attach_payment_method", Returns::Model("PaymentMethod"));

/// Give a payment method to a customer (`POST /payment_methods/{id}/attach`).
///
/// * `payment_method_id`: The payment method's identifier.
/// * `customer`: The customer's identifier.
/// * `options`: may be NULL.
/// * `payment_method`: what it gives; free it with `kessai_ipay_payment_method_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_attach_payment_method(
    client: Option<&IpayClient>,
    payment_method_id: Utf8<'_>,
    customer: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment_method: Out<'_, *mut IpayPaymentMethod>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment_method.needed("payment_method")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "attach_payment_method", options)?.told(|given| {
            given.text("payment_method_id", payment_method_id);
            given.text("customer", customer);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "detach_payment_method", Returns::Model("PaymentMethod"));

/// Take a payment method from its customer (`POST /payment_methods/{id}/detach`,
/// Usual).
///
/// * `payment_method_id`: The payment method's identifier.
/// * `options`: may be NULL.
/// * `payment_method`: what it gives; free it with `kessai_ipay_payment_method_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_detach_payment_method(
    client: Option<&IpayClient>,
    payment_method_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment_method: Out<'_, *mut IpayPaymentMethod>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment_method.needed("payment_method")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "detach_payment_method", options)?.told(|given| {
            given.text("payment_method_id", payment_method_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "create_subscription", Returns::Model("Subscription"));

/// Begin a subscription (`POST /subscriptions`, Usual).
///
/// * `customer`: Who pays.
/// * `payment_method`: What it is paid with.
/// * `amount`: What is paid each time, in the currency's smallest unit.
/// * `currency`: The currency's code (ISO 4217).
/// * `interval`: How often: `day`, `week`, `month` or `year`.
/// * `options`: may be NULL.
/// * `subscription`: what it gives; free it with `kessai_ipay_subscription_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_create_subscription(
    client: Option<&IpayClient>,
    customer: Utf8<'_>,
    payment_method: Utf8<'_>,
    amount: i64,
    currency: Utf8<'_>,
    interval: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    subscription: Out<'_, *mut IpaySubscription>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = subscription.needed("subscription")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "create_subscription", options)?.told(|given| {
            given.text("customer", customer);
            given.text("payment_method", payment_method);
            given.whole("amount", amount);
            given.text("currency", currency);
            given.text("interval", interval);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "get_subscription", Returns::Model("Subscription"));

/// Read a subscription (`GET /subscriptions/{id}`, Usual).
///
/// * `subscription_id`: The subscription's identifier.
/// * `options`: may be NULL.
/// * `subscription`: what it gives; free it with `kessai_ipay_subscription_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_get_subscription(
    client: Option<&IpayClient>,
    subscription_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    subscription: Out<'_, *mut IpaySubscription>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = subscription.needed("subscription")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "get_subscription", options)?.told(|given| {
            given.text("subscription_id", subscription_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "update_subscription", Returns::Model("Subscription"));

/// Change a subscription: what is not given stays (`POST /subscriptions/{id}`, Usual).
///
/// * `subscription_id`: The subscription's identifier.
/// * `options`: may be NULL.
/// * `subscription`: what it gives; free it with `kessai_ipay_subscription_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_update_subscription(
    client: Option<&IpayClient>,
    subscription_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    subscription: Out<'_, *mut IpaySubscription>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = subscription.needed("subscription")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "update_subscription", options)?.told(|given| {
            given.text("subscription_id", subscription_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "cancel_subscription", Returns::Model("Subscription"));

/// End a subscription (`DELETE /subscriptions/{id}`, Usual).
///
/// * `subscription_id`: The subscription's identifier.
/// * `options`: may be NULL.
/// * `subscription`: what it gives; free it with `kessai_ipay_subscription_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_cancel_subscription(
    client: Option<&IpayClient>,
    subscription_id: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    subscription: Out<'_, *mut IpaySubscription>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = subscription.needed("subscription")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "cancel_subscription", options)?.told(|given| {
            given.text("subscription_id", subscription_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "list_subscriptions", Returns::Page("Subscription"));

/// Go through the subscriptions, newest first (`GET /subscriptions`, Usual).
///
/// * `options`: may be NULL.
/// * `subscriptions`: what it gives; free it with `kessai_ipay_subscriptions_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_list_subscriptions(
    client: Option<&IpayClient>,
    options: Option<&IpayCallOptions>,
    subscriptions: Out<'_, *mut IpaySubscriptions>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = subscriptions.needed("subscriptions")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "list_subscriptions", options)?;
        place.give(table::several(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "list_transactions", Returns::Page("Transaction"));

/// Go through the account's history, newest first, for reconciliation (`GET
/// /transactions`, Usual).
///
/// * `options`: may be NULL.
/// * `transactions`: what it gives; free it with `kessai_ipay_transactions_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_list_transactions(
    client: Option<&IpayClient>,
    options: Option<&IpayCallOptions>,
    transactions: Out<'_, *mut IpayTransactions>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = transactions.needed("transactions")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "list_transactions", options)?;
        place.give(table::several(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "request", Returns::Json);

/// Call any endpoint, present or future, and give its answer as JSON.
///
/// Credentials, idempotency, repeats and errors are those of every call, and the body
/// is looked at for card data. A `GET` counts as a read.
///
/// * `method`: `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
/// * `path`: The path below the base address, such as `/payments?limit=3`.
/// * `body_json`: What is sent, as JSON. May be NULL.
/// * `options`: may be NULL.
/// * `json`: what it gives; free it with `kessai_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_request(
    client: Option<&IpayClient>,
    method: Utf8<'_>,
    path: Utf8<'_>,
    body_json: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    json: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = json.needed("json")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "request", options)?.told(|given| {
            given.text("method", method);
            given.text("path", path);
            given.json("body", body_json);
        })?;
        place.give(table::text(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "confirm", Returns::Model("Payment"));

/// Read the payment that a verified event is about, and give it once it fits what the
/// shop expects.
///
/// A genuine event need not be the right one, nor the newest: an old delivery can be
/// sent again, and a late `payment.failed` may follow a success. What this gives is how
/// the payment is now. What differs is a `MismatchError` (`ipay.mismatch`).
///
/// * `event`: The event that `Webhooks.verify` gave.
/// * `order_id`: The order: `orderId` in the payment's metadata.
/// * `amount`: What it must be for, in the currency's smallest unit.
/// * `currency`: The currency's code (ISO 4217).
/// * `options`: may be NULL.
/// * `payment`: what it gives; free it with `kessai_ipay_payment_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_confirm(
    client: Option<&IpayClient>,
    event: Option<&IpayEvent>,
    order_id: Utf8<'_>,
    amount: i64,
    currency: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment: Out<'_, *mut IpayPayment>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment.needed("payment")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "confirm", options)?.told(|given| {
            given.event("event", event);
            given.text("order_id", order_id);
            given.whole("amount", amount);
            given.text("currency", currency);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "resume_payment", Returns::Model("Payment"));

/// Find out what became of a payment's call whose outcome was unknown.
///
/// Of a create, a confirm, a capture or a cancel. Within 23 hours of its first try the
/// same request goes out once more with the same idempotency key, so the call is
/// executed once whatever happened; later the payment is looked for, by `orderId` in
/// its metadata or by its identifier. While it is still not known the error is an
/// `OutcomeUnknownError` with the handle.
///
/// * `handle`: The error's `resume`.
/// * `options`: may be NULL.
/// * `payment`: what it gives; free it with `kessai_ipay_payment_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_resume_payment(
    client: Option<&IpayClient>,
    handle: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    payment: Out<'_, *mut IpayPayment>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = payment.needed("payment")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "resume_payment", options)?.told(|given| {
            given.text("handle", handle);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "Client", "resume_refund", Returns::Model("Refund"));

/// Find out what became of a refund whose outcome was unknown: see `resume_payment`.
///
/// * `handle`: The error's `resume`.
/// * `options`: may be NULL.
/// * `refund`: what it gives; free it with `kessai_ipay_refund_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_client_resume_refund(
    client: Option<&IpayClient>,
    handle: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    refund: Out<'_, *mut IpayRefund>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = refund.needed("refund")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "resume_refund", options)?.told(|given| {
            given.text("handle", handle);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

/// Makes tokens of cards with the publishable key, and can do nothing else.
///
/// Threads may share it freely, and it survives a `fork`: a child makes its own
/// connections. Every call blocks until its result is known or its time limit has
/// passed, or until it is canceled.
#[derive(Debug)]
pub struct IpayPublishableClient(AnyClient);

/// Build a client. Every option is checked, nothing is sent. `options` may be NULL.
/// Free it with `kessai_ipay_publishable_client_free`.
///
/// * `publishable_key`: The publishable key, such as `pk_live_...`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_publishable_client_new(
    publishable_key: Utf8<'_>,
    options: Option<&IpayOptions>,
    client: Out<'_, *mut IpayPublishableClient>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = client.needed("client")?;
        let mut told = Given::default();
        let given = &mut told;
        publishable_key.needed("publishable_key")?;
        given.secret("publishable_key", publishable_key);
        let options = options.map(|options| &options.0);
        let built = client::build("ipay", "PublishableClient", false, told.read()?, options)?;
        place.give(IpayPublishableClient(built));
        Ok(())
    })
}

/// Build a client from the environment: `IPAY_PUBLISHABLE_KEY`, and where they are set
/// `IPAY_SANDBOX` and `IPAY_BASE_URL`. Options given here prevail; they may be NULL.
/// Free it with `kessai_ipay_publishable_client_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_publishable_client_from_env(
    options: Option<&IpayOptions>,
    client: Out<'_, *mut IpayPublishableClient>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = client.needed("client")?;
        let options = options.map(|options| &options.0);
        let built = client::build("ipay", "PublishableClient", true, Vec::new(), options)?;
        place.give(IpayPublishableClient(built));
        Ok(())
    })
}

/// Free a client, once no call of it is under way. NULL is allowed. What it gave
/// lives on.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_publishable_client_free(client: Option<Box<IpayPublishableClient>>) {
    guard::get((), || drop(client));
}

/// Make any call of this header by its name, such as `"create_token"`, with its
/// arguments and what it gives as JSON.
///
/// The arguments are one JSON object, under the names of the parameters and setters
/// here, with an order's among them; NULL stands for none. Spans of time are whole
/// milliseconds, with names that lack `_ms`. Amounts may be numbers or texts, and are
/// taken as they are spelled. In what it gives, exact amounts are texts, yen and times
/// are numbers. `options` may be NULL, and prevail.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_publishable_client_call_json(
    client: Option<&IpayPublishableClient>,
    method: Utf8<'_>,
    arguments: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    json: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = json.needed("json")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        place.give(client::call_json(client, method, arguments, options)?.into());
        Ok(())
    })
}

const _: () = table::method("ipay", "PublishableClient", "create_token", Returns::Model("Token"));

/// Make a token of a card (`POST /tokens`).
///
/// For whoever may see the card: the customer's own device. It stands for the card
/// once, when a payment method is made of it. Nothing of the card is kept, shown or
/// logged.
///
/// * `number`: The card's number: digits, perhaps with blanks between them.
/// * `exp_month`: The month in which it ends, from 1.
/// * `exp_year`: The year in which it ends, with all four digits.
/// * `cvc`: The code on its back.
/// * `options`: may be NULL.
/// * `token`: what it gives; free it with `kessai_ipay_token_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_ipay_publishable_client_create_token(
    client: Option<&IpayPublishableClient>,
    number: Utf8<'_>,
    exp_month: i64,
    exp_year: i64,
    cvc: Utf8<'_>,
    options: Option<&IpayCallOptions>,
    token: Out<'_, *mut IpayToken>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = token.needed("token")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "create_token", options)?.told(|given| {
            given.secret("number", number);
            given.whole("exp_month", exp_month);
            given.whole("exp_year", exp_year);
            given.secret("cvc", cvc);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}
