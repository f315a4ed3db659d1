//! The server's books: what really happened.

use kessai::world::{Micros, SECOND};
use kessai::zaif::Status;

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
    /// The yen asked for.
    pub yen: u64,
    /// When it was made.
    pub created: Micros,
    /// From when on a lookup by order number shows it.
    pub visible: Micros,
    /// When the customer pays, if at all.
    pub paid: Option<Micros>,
    /// When the shop took it back, and by which call's request.
    pub canceled: Option<(Micros, CallId)>,
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

    /// Its state at a time.
    #[must_use]
    pub fn status(&self, now: Micros) -> Status {
        if self.canceled.is_some_and(|(at, _)| at <= now) {
            return Status::Canceled;
        }
        match self.paid {
            Some(at) if at.saturating_add(COMPLETE_AFTER) <= now => Status::Complete,
            Some(at) if at.saturating_add(CONFIRMED_AFTER) <= now => Status::Confirmed,
            Some(at) if at <= now => Status::Paid,
            _ if self.created.saturating_add(VALID) <= now => Status::Expired,
            _ => Status::New,
        }
    }
}
