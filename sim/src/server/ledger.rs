//! The server's books: what really happened.

use kessai::world::{Micros, SECOND};
use kessai::zaif::Status;

use crate::orders::Terms;
use crate::shop::{CallId, IntentId};

/// How long an invoice can be paid.
pub const VALID: Micros = 600 * SECOND;

/// When a payment seen is confirmed, and when it is complete.
const CONFIRMED_AFTER: Micros = 1_200 * SECOND;
const COMPLETE_AFTER: Micros = 3_600 * SECOND;

/// One invoice.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its place in the books.
    pub number: usize,
    /// Whose it is.
    pub intent: IntentId,
    /// The call whose request made it; none for what was there before.
    pub made_by: Option<CallId>,
    /// What it asks for.
    pub terms: Terms,
    /// When it was made.
    pub created: Micros,
    /// From when on a lookup by order number shows it.
    pub visible: Micros,
    /// When the call that made it last looked for the order's invoices.
    pub looked: Option<Micros>,
    /// When the customer pays, if at all.
    pub paid: Option<Micros>,
    /// Whether that is less than was asked for.
    pub short: bool,
    /// When the shop took it back, and by which call's request.
    pub canceled: Option<(Micros, CallId)>,
    /// Whether a lookup has shown it to anybody.
    pub listed: bool,
    /// Who read it by its identifier, and when.
    pub reads: Vec<(CallId, Micros)>,
}

impl Row {
    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{:08x}-1650-11e5-b412-4437e6999eec", self.number)
    }

    /// The place in the books of an identifier.
    #[must_use]
    pub fn number_of(id: &str) -> Option<usize> {
        usize::from_str_radix(id.get(..8)?, 16).ok()
    }

    /// Until when it can be paid.
    #[must_use]
    pub const fn ends(&self) -> Micros {
        self.created.saturating_add(VALID)
    }

    /// When a call read it last, up to some time.
    #[must_use]
    pub fn read_by(&self, call: CallId, until: Micros) -> Option<Micros> {
        let mut reads = self.reads.iter().rev();
        let read = reads.find(|(who, at)| *who == call && *at <= until);
        read.map(|(_, at)| *at)
    }

    /// Whether it is there to be paid, or has been.
    #[must_use]
    pub fn is_live(&self, now: Micros) -> bool {
        self.created <= now
            && matches!(
                self.status(now),
                Status::New | Status::Paid | Status::Confirmed | Status::Complete
            )
    }

    /// Whether money has been seen for it, and not in vain.
    #[must_use]
    pub fn has_money(&self, now: Micros) -> bool {
        self.is_live(now) && self.status(now) != Status::New
    }

    /// Its state at a time.
    #[must_use]
    pub fn status(&self, now: Micros) -> Status {
        if self.canceled.is_some_and(|(at, _)| at <= now) {
            return Status::Canceled;
        }
        let ends = self.ends();
        match self.paid {
            Some(at) if at <= now && (at > ends || self.short && ends <= now) => Status::Invalid,
            Some(at) if at.saturating_add(COMPLETE_AFTER) <= now => Status::Complete,
            Some(at) if at.saturating_add(CONFIRMED_AFTER) <= now => Status::Confirmed,
            Some(at) if at <= now => Status::Paid,
            _ if ends <= now => Status::Expired,
            _ => Status::New,
        }
    }
}
