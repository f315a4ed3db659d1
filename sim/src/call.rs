//! One call of the client on its way.

use std::collections::BTreeSet;

use kessai::world::Micros;
use kessai::zaif::decide::{Send, Sent};

use crate::mind::Mind;
use crate::orders::{Intent, Terms};
use crate::pages::Load;
use crate::shop::{CallId, IntentId, WorkerId};
use crate::turns::Turn;

/// What a call is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Making an invoice.
    Create,
    /// Finding out what became of earlier creates.
    Resume {
        /// Of how many of the intent's attempts.
        about: usize,
        /// Whether the asker is the one that acts on the result.
        owner: bool,
        /// What was stored for it.
        handle: Handle,
    },
    /// Taking an invoice back.
    Cancel(String),
    /// Reading in the background.
    Read,
    /// Showing the one invoice of an order on a page.
    Load(Terms),
    /// Finding out what became of a load.
    Recall {
        /// Which.
        of: CallId,
        /// What was stored for it.
        handle: Handle,
    },
}

/// What a shop stores of a create: what a resume handle holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handle {
    /// Its last create, where one is known to have been sent.
    pub sent: Option<Sent>,
    /// The invoices that were there before.
    pub known: BTreeSet<String>,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It has not.
    Not,
    /// With an outcome that is known.
    Told,
    /// With one that nobody knows.
    Unknown,
    /// Its process was killed.
    Killed,
}

/// One call.
#[derive(Debug)]
pub struct Call {
    /// What it is for.
    pub purpose: Purpose,
    /// Whose it is.
    pub worker: WorkerId,
    /// The process that makes it.
    pub process: usize,
    /// What it is about.
    pub intent: IntentId,
    /// What it asks the customer for.
    pub terms: Terms,
    /// What decides it.
    pub mind: Mind,
    /// The last create that it sent.
    pub last_create: Option<Sent>,
    /// The order's invoices when it began, as the shop stored them before.
    pub stored: BTreeSet<String>,
    /// When it must be over.
    pub deadline: Micros,
    /// What its host's wall clock showed when it began.
    pub began_by_wall: Micros,
    /// Counts what it waits for, so that what it no longer waits for is known.
    pub ticket: u64,
    /// The turn it holds.
    pub turn: Option<Turn>,
    /// The request that waits for a turn.
    pub waiting: Option<Send>,
    /// What befell each of its creates.
    pub fates: Vec<&'static str>,
    /// How it ended.
    pub end: End,
    /// What only the load of a page has.
    pub load: Option<Load>,
}

impl Call {
    /// The group of counts that it belongs to.
    #[must_use]
    pub fn group(&self, about: Option<&Intent>) -> &'static str {
        match &self.purpose {
            Purpose::Create if about.is_some_and(|i| i.order.is_none()) => {
                "calls, create without a number"
            }
            Purpose::Create => "calls, create",
            Purpose::Resume { .. } => "calls, resume",
            Purpose::Cancel(_) => "calls, cancel",
            Purpose::Read => "calls, read",
            Purpose::Load(_) => "calls, load of a page",
            Purpose::Recall { .. } => "calls, resume of a load",
        }
    }
}
