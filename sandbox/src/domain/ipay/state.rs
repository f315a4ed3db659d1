//! All that the account holds.

use serde::{Deserialize, Serialize};

use super::account::{AccessTokens, Credentials};
use super::agenda::Agenda;
use super::customer::Customer;
use super::event::{Endpoint, Event};
use super::idempotency::Keys;
use super::method::{PaymentMethod, Token};
use super::modes::Modes;
use super::payment::Payment;
use super::refund::Refund;
use super::shelf::Shelf;
use super::subscription::Subscription;
use super::transaction::Transaction;
use crate::domain::draw::Draw;

/// The account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ipay {
    /// Who may call.
    pub credentials: Credentials,
    /// Who may call for an hour.
    pub access_tokens: AccessTokens,
    /// How it is played.
    pub modes: Modes,
    /// Who pays.
    pub customers: Shelf<Customer>,
    /// Cards handed over by browsers.
    pub tokens: Shelf<Token>,
    /// What is paid with.
    pub payment_methods: Shelf<PaymentMethod>,
    /// Payments.
    pub payments: Shelf<Payment>,
    /// Refunds.
    pub refunds: Shelf<Refund>,
    /// Payments that repeat.
    pub subscriptions: Shelf<Subscription>,
    /// Lines of the account.
    pub transactions: Shelf<Transaction>,
    /// Where shops hear of events.
    pub endpoints: Vec<Endpoint>,
    /// All events.
    pub events: Vec<Event>,
    /// Requests by their keys.
    pub idempotency: Keys,
    /// What the clock brings.
    pub agenda: Agenda,
}

impl Ipay {
    /// An account in which nothing happened yet.
    pub fn new(draw: &mut Draw) -> Self {
        Self {
            credentials: Credentials::draw(draw),
            access_tokens: AccessTokens::default(),
            modes: Modes::default(),
            customers: Shelf::default(),
            tokens: Shelf::default(),
            payment_methods: Shelf::default(),
            payments: Shelf::default(),
            refunds: Shelf::default(),
            subscriptions: Shelf::default(),
            transactions: Shelf::default(),
            endpoints: Vec::new(),
            events: Vec::new(),
            idempotency: Keys::default(),
            agenda: Agenda::default(),
        }
    }
}
