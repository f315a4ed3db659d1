//! How an event describes itself to other languages.

use std::any::Any;

use super::{About, Customer, Event, Payment, Subject, Subscription};
use crate::doc::Doc;
use crate::error::Error;
use crate::exchange::{self, Names};
use crate::json::{self, Members};
use crate::model::{Described, FieldInfo, Model, ModelInfo, Shape, Table as _, Value, VariantInfo};

const fn field(name: &'static str, doc: &'static str, shape: Shape, optional: bool) -> FieldInfo {
    FieldInfo {
        name,
        doc: Doc::of(doc),
        shape,
        optional,
        masked: false,
        unless_known: false,
    }
}

const fn variant(
    name: &'static str,
    word: &'static str,
    doc: &'static str,
    has: &'static [&'static str],
) -> VariantInfo {
    VariantInfo {
        name,
        word,
        doc: Doc::of(doc),
        has,
    }
}

impl Described for Event {
    const NAME: &'static str = "Event";
    const DOC: &'static str = "A webhook that the service signed.\n\n\
        That it is genuine does not make it the event that the shop waits for, nor a new one: an \
        old delivery can be sent again, and deliveries may come in any order. Let each `key` count \
        once, and let `confirm` read the payment itself before anything is shipped.\n";
    const FIELDS: &'static [FieldInfo] = &[
        field(
            "id",
            "The event's identifier. **Usual**.",
            Shape::Text,
            true,
        ),
        field(
            "type",
            "What happened, such as `payment.succeeded`. The set is open.",
            Shape::Text,
            false,
        ),
        field(
            "created",
            "When it happened, in Unix seconds. **Usual**.",
            Shape::Time,
            true,
        ),
        field(
            "key",
            "By what the event is known: its identifier, or `sha256:` and the digest of its \
             body. A delivery that is repeated has the same key.",
            Shape::Text,
            false,
        ),
        field(
            "secret_index",
            "Which of the secrets it was signed with, counted from 0.",
            Shape::Int,
            false,
        ),
        FieldInfo {
            masked: true,
            ..field(
                "data",
                "The object that it is about, as the service sent it.",
                Shape::Json,
                true,
            )
        },
        field(
            "payment",
            "The payment that it is about.",
            Shape::Model("Payment"),
            true,
        ),
        field(
            "customer",
            "The customer that it is about.",
            Shape::Model("Customer"),
            true,
        ),
        field(
            "subscription",
            "The subscription that it is about.",
            Shape::Model("Subscription"),
            true,
        ),
    ];
    const INFO: ModelInfo = ModelInfo {
        module: "ipay",
        name: Self::NAME,
        doc: Doc::of(Self::DOC),
        fields: Self::FIELDS,
        asks: &[],
        variants: &[
            variant(
                "PaymentSucceeded",
                "payment.succeeded",
                "A payment was paid, says the event: `confirm` tells whether it is.",
                &["payment", "data"],
            ),
            variant(
                "PaymentFailed",
                "payment.failed",
                "A payment was declined. It may have succeeded since.",
                &["payment", "data"],
            ),
            variant(
                "PaymentRefunded",
                "payment.refunded",
                "Money of a payment was given back.",
                &["payment", "data"],
            ),
            variant(
                "PaymentDisputed",
                "payment.disputed",
                "A payment is disputed: the customer's bank wants the money back.",
                &["payment", "data"],
            ),
            variant(
                "CustomerCreated",
                "customer.created",
                "A customer was made.",
                &["customer", "data"],
            ),
            variant(
                "CustomerSubscriptionUpdated",
                "customer.subscription.updated",
                "A subscription has changed.",
                &["subscription", "data"],
            ),
            variant(
                "UnknownEvent",
                "",
                "An event that nobody listed, or whose object cannot be read as what it should \
                 be. Its data are kept as they came.",
                &[],
            ),
        ],
        told_by: "type",
        restore: |stored| {
            let bad = || Error::input("stored", "stored must be the text of a stored event");
            let members = Members::parse(stored).map_err(|_| bad())?;
            let raw = members.get("raw").and_then(json::text).ok_or_else(bad)?;
            let index = members.get("secret_index").and_then(json::integer);
            let index = index
                .and_then(|index| usize::try_from(index).ok())
                .ok_or_else(bad)?;
            Ok(Box::new(
                Self::read(raw.as_bytes(), index).map_err(|_| bad())?,
            ))
        },
    };
}

impl Event {
    /// Its class, for who keeps nothing but that: what it is about is read no further
    /// than is needed to tell.
    #[must_use]
    pub fn class_alone(&self) -> &'static str {
        self.class_if(match (self.about.get(), self.members()) {
            (Some(about), _) => !matches!(about, About::Unknown),
            (None, Some((_, members))) => match self.subject(&members) {
                Some(Subject::Payment) => Payment::can_be_read(&members),
                Some(Subject::Customer) => Customer::can_be_read(&members),
                Some(Subject::Subscription) => Subscription::can_be_read(&members),
                None => false,
            },
            (None, None) => false,
        })
    }

    fn class_if(&self, can_be_read: bool) -> &'static str {
        let mut variants = Self::INFO.variants.iter();
        let variant = variants.find(|variant| can_be_read && variant.word == self.event_type);
        variant.map_or("UnknownEvent", |variant| variant.name)
    }
}

impl Model for Event {
    fn info(&self) -> &'static ModelInfo {
        const { &Self::INFO }
    }

    fn field(&self, name: &str) -> Option<Value<'_>> {
        Some(match name {
            "id" => Value::text(self.id()),
            "type" => Value::Text(&self.event_type),
            "created" => self.created.map_or(Value::Null, |at| Value::Time(at.0)),
            "key" => Value::Text(self.key()),
            "secret_index" => Value::Int(i64::try_from(self.secret_index).unwrap_or(i64::MAX)),
            "data" => self.data().map_or(Value::Null, Value::Json),
            "payment" => match self.about() {
                About::Payment(payment) => Value::Model(payment),
                _ => Value::Null,
            },
            "customer" => match self.about() {
                About::Customer(customer) => Value::Model(customer),
                _ => Value::Null,
            },
            "subscription" => match self.about() {
                About::Subscription(subscription) => Value::Model(subscription),
                _ => Value::Null,
            },
            _ => return None,
        })
    }

    fn raw(&self) -> &str {
        &self.raw
    }

    fn id(&self) -> &str {
        self.key()
    }

    fn store(&self) -> String {
        let index = Value::Int(i64::try_from(self.secret_index).unwrap_or(i64::MAX));
        let all = [("raw", Value::Text(&self.raw)), ("secret_index", index)];
        exchange::object(all, Names::Snake)
    }

    /// Whose object cannot be read is of no listed class: it must not pass for one
    /// that has it.
    fn class(&self) -> &'static str {
        self.class_if(!matches!(self.about(), About::Unknown))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn copy(&self) -> Box<dyn Model> {
        Box::new(self.clone())
    }

    fn equals(&self, other: &dyn Model) -> bool {
        other.of::<Self>() == Some(self)
    }
}
