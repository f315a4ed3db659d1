//! One table of every call: what the service is asked, what Rust calls it, what
//! bindings call and document.
//!
//! A row makes a builder for Rust, and a method in every language.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::client::{Client, PublishableClient};
use super::engine::{Each, Engine};
use super::gives::{Gives, Item, Page};
use super::payment::PaymentResult;
use super::request::Endpoint;
use super::{Account, Customer, PaymentMethod, Refund, Subscription, Token, Transaction};
use crate::argument::{Arg, ArgInfo, Args, Takes};
use crate::error::{Error, Result};
use crate::exchange::{self, Names};
use crate::method::{Limit, MethodInfo};
use crate::model::Value;
use crate::option::check_timeout;
use crate::returned::Returned;
use crate::secret::Secret;
use crate::transport::Verb;
use zeroize::Zeroizing;

/// What every call can be given besides what it is about.
pub(super) const EACH: &[ArgInfo] = &[
    ArgInfo {
        name: "idempotency_key",
        doc: "The key that makes repeats of this call one call: a random one unless given. The \
              service answers a second call with the same key as it answered the first. \
              `order_key` makes one of an order.",
        takes: Takes::Text,
        required: false,
    },
    ArgInfo {
        name: "allow_paths",
        doc: "Where in the body something may stand that looks like a card's number, such as \
              `metadata.serial`.",
        takes: Takes::Texts,
        required: false,
    },
    ArgInfo {
        name: "rate_key",
        doc: "Whom the call counts for, such as the payer, where the client has a `rate_limit`.",
        takes: Takes::Text,
        required: false,
    },
];

/// A call that is put together.
pub(super) struct Calling<'c, G> {
    engine: &'c Engine,
    endpoint: &'static Endpoint,
    given: Vec<(String, Arg)>,
    each: Each,
    timeout: Option<Duration>,
    gives: PhantomData<fn() -> G>,
}

/// Which arguments were given; what they say may be anybody's.
impl<G> fmt::Debug for Calling<'_, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given: Vec<_> = self.given.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Calling")
            .field("call", &self.endpoint.shown)
            .field("given", &given)
            .finish_non_exhaustive()
    }
}

impl<G> Clone for Calling<'_, G> {
    fn clone(&self) -> Self {
        Self {
            engine: self.engine,
            endpoint: self.endpoint,
            given: self.given.clone(),
            each: self.each.clone(),
            timeout: self.timeout,
            gives: PhantomData,
        }
    }
}

impl<'c, G: Gives> Calling<'c, G> {
    fn new(engine: &'c Engine, endpoint: &'static Endpoint) -> Self {
        Self {
            engine,
            endpoint,
            given: Vec::new(),
            each: Each::default(),
            timeout: None,
            gives: PhantomData,
        }
    }

    fn put(&mut self, name: &str, value: Arg) {
        self.given.retain(|(n, _)| n != name);
        self.given.push((name.to_owned(), value));
    }

    fn send(self) -> Result<G> {
        let limited;
        let engine = match self.timeout {
            None => self.engine,
            Some(timeout) => {
                limited = self.engine.with_timeout(check_timeout(timeout)?);
                &limited
            }
        };
        call(engine, self.endpoint, &self.given, self.each)
    }
}

/// Makes a call of the table.
fn call<G: Gives>(
    engine: &Engine,
    endpoint: &'static Endpoint,
    given: &[(String, Arg)],
    each: Each,
) -> Result<G> {
    engine.observed(endpoint.name, |attempts| {
        let after = given.iter().find_map(|(name, value)| match value {
            Arg::Text(id) if name == "starting_after" => Some(id.clone()),
            _ => None,
        });
        let outgoing = endpoint.request(given, &each.allow_paths)?;
        let read = |body: &str, replayed| match (endpoint.verb, body, given.first()) {
            // Gone without a word.
            (Verb::Delete, "null", Some((_, Arg::Text(id)))) => {
                G::read(&gone(id), replayed, after.as_deref())
            }
            _ => G::read(body, replayed, after.as_deref()),
        };
        engine
            .send(endpoint.shown, &outgoing, each, None, attempts, read)
            .map_err(|error| without_secrets(error, given))
    })
}

/// What is left of an object that was deleted.
fn gone(id: &str) -> String {
    let fields = [("id", Value::Text(id)), ("deleted", Value::Bool(true))];
    exchange::object(fields, Names::Snake)
}

/// A service that echoes its requests would put a card's number into its message:
/// as it was written, or as its digits.
fn without_secrets(error: Error, given: &[(String, Arg)]) -> Error {
    let mut secrets = Vec::new();
    for (_, value) in given {
        if let Arg::Secret(secret) = value {
            let digits = secret.expose().chars().filter(char::is_ascii_digit);
            secrets.push(Zeroizing::new(secret.expose().to_owned()));
            secrets.push(Zeroizing::new(digits.collect()));
        }
    }
    // Nothing is nowhere, and the longest goes first.
    secrets.retain(|secret| !secret.is_empty());
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    let secrets: Vec<&str> = secrets.iter().map(|secret| secret.as_str()).collect();
    error.without(&secrets)
}

/// What every call can be given, taken from the rest.
pub(super) fn take_each(args: &mut Args) -> Result<Each> {
    Ok(Each {
        idempotency_key: args.text_or_none("idempotency_key")?,
        allow_paths: match args.take("allow_paths") {
            None => Vec::new(),
            Some(paths) => paths.texts("allow_paths")?,
        },
        rate_key: args.text_or_none("rate_key")?,
    })
}

/// The items of a list, page after page; each page is forgotten when the next one
/// comes.
#[derive(Debug)]
pub struct Items<'c, T> {
    calling: Calling<'c, Page<T>>,
    page: std::vec::IntoIter<T>,
    /// Whether there is another page; not known before the first one came.
    more: bool,
}

impl<'c, T: Item> Items<'c, T> {
    fn new(calling: Calling<'c, Page<T>>) -> Self {
        Self {
            calling,
            page: Vec::new().into_iter(),
            more: true,
        }
    }
}

impl<T: Item> Iterator for Items<'_, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            if !self.more {
                return None;
            }
            match self.calling.clone().send() {
                Ok(page) => {
                    self.more = page.next.is_some();
                    if let Some(next) = page.next {
                        self.calling.put("starting_after", Arg::Text(next));
                    }
                    self.page = page.items.into_iter();
                }
                Err(error) => {
                    // Whoever goes on all the same gets no endless row of errors.
                    self.more = false;
                    return Some(Err(error));
                }
            }
        }
    }
}

macro_rules! kind {
    (Text) => { impl Into<String> };
    (Secret) => { impl Into<Secret> };
    (Int) => { i64 };
    (Bool) => { bool };
    (Map) => { impl IntoIterator<Item = (impl Into<String>, impl Into<String>)> };
}

macro_rules! arg {
    (Text, $value:ident) => {
        Arg::Text($value.into())
    };
    (Secret, $value:ident) => {
        Arg::Secret($value.into())
    };
    (Int, $value:ident) => {
        Arg::Int($value.into())
    };
    (Bool, $value:ident) => {
        Arg::Bool($value)
    };
    (Map, $value:ident) => {
        Arg::Map(
            $value
                .into_iter()
                .map(|(name, text)| (name.into(), Arg::Text(text.into())))
                .collect(),
        )
    };
}

/// How a list is walked through.
macro_rules! walk {
    (list $builder:ident $item:ty) => {
        impl<'c> $builder<'c> {
            /// All of the list, page after page: never more than one page in memory.
            #[must_use]
            pub fn iter(self) -> Items<'c, $item> {
                Items::new(self.0)
            }
        }
    };
    (one $builder:ident $item:ty) => {};
}

macro_rules! given_type {
    (list $item:ty) => { Page<$item> };
    (one $item:ty) => { $item };
}

macro_rules! calls {
    (for $client:ident, $takes_card:literal; $(
        $(#[doc = $doc:literal])+
        $name:ident / $builder:ident: $verb:ident $path:literal -> $many:ident $item:ty, first $first:literal,
        needs { $($(#[doc = $need_doc:literal])+ $need:ident: $need_takes:ident = $need_wire:literal,)* }
        may { $($(#[doc = $may_doc:literal])+ $may:ident: $may_takes:ident = $may_wire:literal,)* };
    )+) => {
        impl $client {
            /// Every call of the table.
            pub(super) const CALLS: &'static [MethodInfo] = &[$(MethodInfo {
                name: $crate::model::plain(stringify!($name)),
                doc: concat!($($doc, "\n"),+),
                order: None,
                needs_order_number: false,
                args: <$builder<'static>>::ENDPOINT.args,
                positional: $first,
                each: EACH,
                returns: <given_type!($many $item) as Gives>::RETURNS,
                limit: Limit::Clients,
            },)+];

            /// Runs a row of the table.
            pub(super) fn run_call(&self, name: &str, args: &mut Args) -> Option<Result<Returned>> {
                let each = match take_each(args) {
                    Ok(each) => each,
                    Err(error) => return Some(Err(error)),
                };
                Some(match name {
                    $(stringify!($name) => call::<given_type!($many $item)>(
                        self.engine(),
                        <$builder<'static>>::ENDPOINT,
                        &args.rest(),
                        each,
                    ).map(Gives::returned),)+
                    _ => return None,
                })
            }

            $(
                $(#[doc = $doc])+
                pub fn $name(&self, $($need: kind!($need_takes)),*) -> $builder<'_> {
                    #[allow(unused_mut, reason = "some need nothing")]
                    let mut calling = Calling::new(self.engine(), <$builder<'static>>::ENDPOINT);
                    $(calling.put(stringify!($need), arg!($need_takes, $need));)*
                    $builder(calling)
                }
            )+
        }

        $(
            #[doc = concat!("A call of `", stringify!($name), "` that is put together.")]
            #[derive(Debug, Clone)]
            #[must_use = "nothing is sent before `send`"]
            pub struct $builder<'c>(Calling<'c, given_type!($many $item)>);

            impl $builder<'_> {
                const ENDPOINT: &'static Endpoint = &Endpoint {
                    name: $crate::model::plain(stringify!($name)),
                    verb: Verb::$verb,
                    path: $path,
                    shown: concat!(verb!($verb), " ", $path),
                    args: &[
                        $(ArgInfo {
                            name: $crate::model::plain(stringify!($need)),
                            doc: concat!($($need_doc, "\n"),+),
                            takes: Takes::$need_takes,
                            required: true,
                        },)*
                        $(ArgInfo {
                            name: $crate::model::plain(stringify!($may)),
                            doc: concat!($($may_doc, "\n"),+),
                            takes: Takes::$may_takes,
                            required: false,
                        },)*
                    ],
                    wire: &[$($need_wire,)* $($may_wire,)*],
                    takes_card: $takes_card,
                };

                $(
                    $(#[doc = $may_doc])+
                    pub fn $may(mut self, value: kind!($may_takes)) -> Self {
                        let name = const { $crate::model::plain(stringify!($may)) };
                        self.0.put(name, arg!($may_takes, value));
                        self
                    }
                )*

                /// The key that makes repeats of this call one call: a random one
                /// unless given.
                pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
                    self.0.each.idempotency_key = Some(key.into());
                    self
                }

                /// Where in the body something may stand that looks like a card's
                /// number.
                pub fn allow_paths(
                    mut self,
                    paths: impl IntoIterator<Item = impl Into<String>>,
                ) -> Self {
                    self.0.each.allow_paths = paths.into_iter().map(Into::into).collect();
                    self
                }

                /// Whom the call counts for, where the client has a `rate_limit`.
                pub fn rate_key(mut self, key: impl Into<String>) -> Self {
                    self.0.each.rate_key = Some(key.into());
                    self
                }

                /// The time limit of this call, instead of the client's.
                pub fn timeout(mut self, timeout: Duration) -> Self {
                    self.0.timeout = Some(timeout);
                    self
                }

                /// Makes the call.
                ///
                /// # Errors
                ///
                /// [`ErrorKind::Input`](crate::ErrorKind::Input) before anything is
                /// sent; otherwise what became of it, which
                /// [`Error::outcome`] tells.
                pub fn send(self) -> Result<given_type!($many $item)> {
                    self.0.send()
                }
            }

            walk!($many $builder $item);
        )+
    };
}

macro_rules! verb {
    (Get) => {
        "GET"
    };
    (Post) => {
        "POST"
    };
    (Delete) => {
        "DELETE"
    };
}

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
