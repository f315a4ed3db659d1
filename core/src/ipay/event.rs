//! What a webhook says, once it is known to be the service's.

use std::fmt;
use std::sync::OnceLock;

use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::object::Object as _;
use super::{Customer, Payment, Subscription};
use crate::error::{Code, Error, Outcome, Result};
use crate::exchange::{self, Names};
use crate::hex::hex_lower;
use crate::json::{self, Members};
use crate::model::{
    Described, FieldInfo, Member as _, Model, ModelInfo, RawJson, Shape, UnixSeconds, Value,
    VariantInfo,
};

/// A webhook that the service signed.
///
/// Only the top level was read; [`data`](Self::data) is the object that the
/// event is about, as it came. That it is genuine does not make it the event
/// that the shop waits for, nor a new one: signatures bear no time, so an old
/// delivery can be sent again, and deliveries may come in any order. Let each
/// [`key`](Self::key) count once, and ask the service for the payment itself
/// before anything is shipped.
#[derive(Clone)]
pub struct Event {
    id: Option<String>,
    event_type: String,
    created: Option<UnixSeconds>,
    data: Option<RawJson>,
    raw: String,
    key: OnceLock<String>,
    secret_index: usize,
    /// Read when it is asked for.
    about: OnceLock<About>,
}

/// The object that an event is about.
#[derive(Debug, Clone)]
enum About {
    Payment(Box<Payment>),
    Customer(Box<Customer>),
    Subscription(Box<Subscription>),
    /// Something that nobody listed, or that cannot be read as what it should be.
    Unknown,
}

impl Event {
    /// Reads a body whose signature was true.
    pub(super) fn read(body: &[u8], secret_index: usize) -> Result<Self> {
        let bad = |why: &str| Error::new(Code::IpayBadEvent, Outcome::NotDone, why);
        let raw = str::from_utf8(body).map_err(|_| bad("the webhook is not UTF-8"))?;
        let members = Members::parse(raw)
            .map_err(|_| bad("the webhook is not one JSON object with each member once"))?;
        let event_type = members
            .get("type")
            .and_then(json::text)
            .ok_or_else(|| bad("the webhook has no text `type`"))?;
        let is_some = |value: &&RawValue| !json::is_null(value);
        Ok(Self {
            id: members
                .get("id")
                .and_then(json::text)
                .filter(|id| !id.is_empty()),
            event_type,
            created: UnixSeconds::read(members.get("created")),
            data: RawJson::read(members.get("data").filter(is_some)),
            raw: raw.to_owned(),
            key: OnceLock::new(),
            secret_index,
            about: OnceLock::new(),
        })
    }

    /// The event's identifier (**Usual**); `None` also where it is no text, or
    /// an empty one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// What happened, such as `payment.succeeded`. The set is open.
    #[must_use]
    pub fn event_type(&self) -> &str {
        &self.event_type
    }

    /// When it happened, in Unix seconds (**Usual**).
    #[must_use]
    pub const fn created(&self) -> Option<UnixSeconds> {
        self.created
    }

    /// The object that it is about: JSON, to the letter as it came. `None`
    /// where it is missing or null.
    #[must_use]
    pub fn data(&self) -> Option<&str> {
        self.data.as_ref().map(RawJson::get)
    }

    /// The whole body, to the letter as it came.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// Which of the secrets it was signed with, counted from 0 in the order in
    /// which they were given. Once the old one matches nothing any more it can
    /// go.
    #[must_use]
    pub const fn secret_index(&self) -> usize {
        self.secret_index
    }

    /// By what the event is known: its identifier, or, where it has none,
    /// `sha256:` and the SHA-256 of the body in hex. A delivery that is repeated
    /// has the same key.
    #[must_use]
    pub fn key(&self) -> &str {
        match &self.id {
            Some(id) => id,
            None => self
                .key
                .get_or_init(|| format!("sha256:{}", hex_lower(&Sha256::digest(&self.raw)))),
        }
    }

    /// The payment that it is about; none for events of other things, and where it
    /// cannot be read as one.
    #[must_use]
    pub fn payment(&self) -> Option<&Payment> {
        match self.about() {
            About::Payment(payment) => Some(payment),
            _ => None,
        }
    }

    /// The customer that it is about.
    #[must_use]
    pub fn customer(&self) -> Option<&Customer> {
        match self.about() {
            About::Customer(customer) => Some(customer),
            _ => None,
        }
    }

    /// The subscription that it is about.
    #[must_use]
    pub fn subscription(&self) -> Option<&Subscription> {
        match self.about() {
            About::Subscription(subscription) => Some(subscription),
            _ => None,
        }
    }

    /// The identifier of the payment that it is about.
    pub(super) fn payment_id(&self) -> Option<String> {
        if let Some(payment) = self.payment() {
            return Some(payment.id.clone());
        }
        if !self.event_type.starts_with("payment.") {
            return None;
        }
        let data = Members::parse(self.data()?).ok()?;
        let payment = data.get("payment").and_then(json::text);
        payment.or_else(|| data.get("id").and_then(json::text))
    }

    /// An event that was verified before, from its whole body.
    pub(super) fn of_verified(raw: &str) -> Result<Self> {
        Self::read(raw.as_bytes(), 0)
    }

    fn about(&self) -> &About {
        self.about.get_or_init(|| {
            let Some(data) = self.data() else {
                return About::Unknown;
            };
            let kind = self.event_type.as_str();
            let about = if kind.starts_with("payment.") && !is_of_a_payment(data) {
                Payment::of_json(data, false).map(|it| About::Payment(Box::new(it)))
            } else if kind.starts_with("customer.subscription.") {
                Subscription::of_json(data, false).map(|it| About::Subscription(Box::new(it)))
            } else if kind.starts_with("customer.") {
                Customer::of_json(data, false).map(|it| About::Customer(Box::new(it)))
            } else {
                return About::Unknown;
            };
            about.unwrap_or(About::Unknown)
        })
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl Eq for Event {}

/// Whether it names the payment that it belongs to, as refunds and disputes do: it
/// must not pass for that payment.
fn is_of_a_payment(data: &str) -> bool {
    Members::parse(data).is_ok_and(|data| data.get("payment").is_some())
}

const fn field(name: &'static str, doc: &'static str, shape: Shape, optional: bool) -> FieldInfo {
    FieldInfo {
        name,
        doc,
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
        doc,
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
        doc: Self::DOC,
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

impl Model for Event {
    fn info(&self) -> &'static ModelInfo {
        const { &Self::INFO }
    }

    fn field(&self, name: &str) -> Option<Value<'_>> {
        fn model<M: Model>(model: Option<&M>) -> Value<'_> {
            model.map_or(Value::Null, |model| Value::Model(model))
        }
        Some(match name {
            "id" => Value::text(self.id()),
            "type" => Value::Text(&self.event_type),
            "created" => self.created.map_or(Value::Null, |at| Value::Time(at.0)),
            "key" => Value::Text(self.key()),
            "secret_index" => Value::Int(i64::try_from(self.secret_index).unwrap_or(i64::MAX)),
            "data" => self.data().map_or(Value::Null, Value::Json),
            "payment" => model(self.payment()),
            "customer" => model(self.customer()),
            "subscription" => model(self.subscription()),
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
        let variants = Self::INFO.variants;
        let is = |variant: &&VariantInfo| variant.word == self.event_type;
        match (variants.iter().find(is), self.about()) {
            (Some(variant), About::Payment(_) | About::Customer(_) | About::Subscription(_)) => {
                variant.name
            }
            _ => "UnknownEvent",
        }
    }

    fn copy(&self) -> Box<dyn Model> {
        Box::new(self.clone())
    }

    fn equals(&self, other: &dyn Model) -> bool {
        other.of::<Self>() == Some(self)
    }
}

impl fmt::Debug for Event {
    /// Without the data, which may hold what belongs into no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("id", &self.id)
            .field("event_type", &self.event_type)
            .field("created", &self.created)
            .field("secret_index", &self.secret_index)
            .finish_non_exhaustive()
    }
}
