//! What to do next: the rules about repeating, looking and settling, without
//! any I/O.
//!
//! Each call is a small machine: an [`Event`] goes in, a [`Step`] comes out.
//! One loop (`drive`) runs them over real sockets; the simulator runs the same
//! machines through a million invented worlds. Money can only be lost or
//! doubled by a wrong decision here, so here is where it is proven.

mod cancel;
mod create;
mod ensure;
mod look;
mod once;
mod read;
mod resume;
mod tries;
mod wait;

pub use cancel::Cancel;
pub use create::{Create, OnRejection};
pub use ensure::Ensure;
pub(super) use ensure::paid_twice;
pub use look::{Found, Look};
pub use once::Once;
pub use read::Read;
pub use resume::{Resume, Resumed};
pub use tries::Limits;
pub use wait::{Until, WaitFor};

use std::time::Duration;

use super::{Coin, Invoice};
use rust_decimal::Decimal;

use crate::error::{Code, Error, Outcome, Result};
use crate::money::Amount;
use crate::nonce::Nonce;
use crate::world::{Chance, Micros, SECOND};

/// What a request asks the service for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// `createInvoice`.
    Create,
    /// `getInvoiceIdsByOrderNumber`, for the order at hand.
    Find,
    /// `getInvoice`.
    Get(String),
    /// `cancelInvoice`.
    Cancel(String),
    /// Any other method, by the generic call.
    Other,
}

impl Ask {
    /// The service's method; `None` where the caller names it.
    #[must_use]
    pub const fn method(&self) -> Option<&'static str> {
        match self {
            Self::Create => Some("createInvoice"),
            Self::Find => Some("getInvoiceIdsByOrderNumber"),
            Self::Get(_) => Some("getInvoice"),
            Self::Cancel(_) => Some("cancelInvoice"),
            Self::Other => None,
        }
    }

    /// Whether it changes something at the service.
    #[must_use]
    pub const fn is_write(&self) -> bool {
        matches!(self, Self::Create | Self::Cancel(_) | Self::Other)
    }
}

/// Which nonce a request takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// A fresh one, at least so many microseconds above the service's time.
    Fresh(Micros),
    /// Two that follow one another, the first for this request. Until the
    /// second is used or given up, no other call of this process goes out on
    /// the key.
    Pair(Micros),
    /// Exactly this one: the second of a pair.
    Exactly(Nonce),
}

/// One request to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Send {
    /// What to ask for.
    pub ask: Ask,
    /// Which nonce to take.
    pub nonce: Take,
    /// A nonce that its own must exceed, whatever the clock says.
    pub above: Option<Nonce>,
    /// When the call ends, on the monotonic clock.
    pub until: Micros,
    /// How long it may take once its turn has come.
    pub one_try: Micros,
}

/// With less time left than this nothing is sent that changes something: it
/// would only end as unknown.
const LEAST_FOR_A_WRITE: Micros = SECOND;

impl Send {
    /// How long it may wait for its turn: what then is left should do for a
    /// whole try.
    #[must_use]
    pub const fn patience(&self, now: Micros) -> Micros {
        let left = self.until.saturating_sub(now);
        let try_ = if self.one_try < left / 2 {
            self.one_try
        } else {
            left / 2
        };
        left.saturating_sub(try_)
    }

    /// How long it may take, now that its turn has come. `None`: too little is
    /// left to begin.
    #[must_use]
    pub fn within(&self, now: Micros) -> Option<Micros> {
        let within = self.until.saturating_sub(now).min(self.one_try);
        let least = if self.ask.is_write() {
            LEAST_FOR_A_WRITE.min(self.one_try / 2)
        } else {
            1
        };
        (within >= least.max(1)).then_some(within)
    }
}

/// What a success contained.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// An invoice.
    Invoice(Box<Invoice>),
    /// The invoices of an order.
    Ids(Vec<String>),
    /// The JSON of any other method.
    Other(String),
}

/// Why the service did not execute a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Its nonce was not above the last one.
    StaleNonce,
    /// Too many calls.
    RateLimited,
    /// For good.
    Final,
}

/// What became of one request, as far as its sender can tell.
#[derive(Debug, Clone)]
pub enum Reply {
    /// Executed.
    Answer(Answer),
    /// Certainly not executed: the service says so.
    Refused(Refusal, Error),
    /// Certainly not executed: no byte of it was handed to the socket.
    NotSent(Error),
    /// Nobody knows.
    Unknown(Error),
    /// Refused with a message that nobody listed: nobody knows, and the same
    /// request would be refused again.
    Unlisted(Error),
    /// Executed, but what it answered cannot be used.
    Unusable(Error),
}

impl Reply {
    /// What went wrong, where something did.
    #[must_use]
    pub const fn error(&self) -> Option<&Error> {
        match self {
            Self::Answer(_) => None,
            Self::Refused(_, error)
            | Self::NotSent(error)
            | Self::Unknown(error)
            | Self::Unlisted(error)
            | Self::Unusable(error) => Some(error),
        }
    }

    /// Whether the service itself said it, rather than something on the way.
    #[must_use]
    pub fn is_from_the_service(&self) -> bool {
        match self {
            Self::Answer(_) | Self::Unusable(_) | Self::Unlisted(_) => true,
            Self::Refused(_, error) => error.code() != Code::TransportRateLimited,
            Self::NotSent(_) | Self::Unknown(_) => false,
        }
    }
}

/// What a machine is told.
#[derive(Debug, Clone)]
pub enum Event {
    /// Begin.
    Begin,
    /// What became of the request, and the nonce it bore.
    Reply(Nonce, Reply),
    /// The wait is over.
    Waited,
    /// What was asked for.
    Told(Told),
    /// The request could not be sent for want of a nonce or of a turn.
    Blocked(Error),
}

/// What a driver knows of the order at hand, once the service was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// What time it is at the service, in microseconds since 1970.
    pub unix: Micros,
    /// For how long an earlier create for the order may still become visible.
    pub doubt: Micros,
}

/// What a machine wants.
#[derive(Debug)]
pub enum Step<T> {
    /// Send this, and tell what became of it.
    Send(Send),
    /// Wait so long.
    Wait(Micros),
    /// Tell what only the driver knows.
    Ask,
    /// The call is over.
    End(Result<T>),
}

impl<T> Step<T> {
    /// Passes on what is not an end.
    fn or_end<U>(self, end: impl FnOnce(Result<T>) -> Step<U>) -> Step<U> {
        match self {
            Self::Send(send) => Step::Send(send),
            Self::Wait(span) => Step::Wait(span),
            Self::Ask => Step::Ask,
            Self::End(result) => end(result),
        }
    }
}

/// One call's decisions.
pub trait Machine {
    /// What the call yields.
    type Output;

    /// Decides the next step. `now` is the monotonic clock.
    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Self::Output>;
}

/// The creates that a call has sent, as a resume must know them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// The nonce of the last.
    pub nonce: Nonce,
    /// The service's Unix time when the first was sent, in seconds, where the
    /// service had been heard before: a nonce is no time, since the clock it
    /// came from may have been wrong.
    pub at: Option<u64>,
}

/// What makes an invoice ours: order number, coin, amount and, with the
/// amount's kind, billing currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// The order number; empty where there is none.
    pub order: String,
    /// The coin.
    pub currency: Coin,
    /// The amount.
    pub amount: Amount,
}

impl Intent {
    /// Whether an invoice of this order is the one intended.
    #[must_use]
    pub fn is(&self, invoice: &Invoice) -> bool {
        self.currency == invoice.currency && self.amount == invoice.amount
    }

    /// The answer to a create is the invoice, unless it speaks of another one.
    /// Then its identifier is told, so that it can be canceled.
    fn accept(&self, mut invoice: Invoice) -> Result<Invoice> {
        // What was billed in coin is known here, whether or not a rate came.
        if let (Amount::Coin(asked), Amount::Yen(read)) = (self.amount, invoice.amount)
            && *asked.as_decimal() == Decimal::from(read.get())
        {
            invoice.amount = self.amount;
        }
        let order = invoice.order_number.as_deref();
        if self.is(&invoice) && order.is_none_or(|o| o == self.order) {
            return Ok(invoice);
        }
        Err(Error::new(
            Code::ZaifBadAnswer,
            Outcome::Done,
            "the service answered with an invoice of another order, coin or amount",
        )
        .with_invoice_ids(vec![invoice.invoice_id]))
    }
}

/// A wait that an error asks for, in microseconds.
fn asked_wait(error: &Error) -> Micros {
    error
        .retry_after()
        .map_or(0, |d: Duration| crate::world::micros(d))
}
