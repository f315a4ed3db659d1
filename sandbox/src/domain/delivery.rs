//! One thing to deliver to the shop, and what came of it.

use serde::{Deserialize, Serialize};

use super::clock::Moment;

/// Why something is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `webhookUrl`: repeated until exactly 200.
    Webhook,
    /// An event of iPay: repeated until any 2xx.
    Event,
    /// `notificationUri`: one try, whatever comes of it.
    Notification,
    /// Sent once more because the developer asked for it: one try.
    Redelivery,
}

/// The request to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Where to.
    pub url: String,
    /// `POST` or `GET`.
    pub method: String,
    /// Type of the body; none without one.
    pub content_type: Option<String>,
    /// Header fields besides.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// Whether any 2xx will do, not only 200.
    pub any_2xx: bool,
}

impl Letter {
    /// Whether this answer means that the shop has it.
    #[must_use]
    pub fn is_accepted(&self, status: Option<u16>) -> bool {
        match status {
            Some(200) => true,
            Some(201..=299) => self.any_2xx,
            _ => false,
        }
    }
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It will be tried, or tried again.
    Pending,
    /// A try was answered with 200, or what else will do.
    Delivered,
    /// Its only try was not.
    Failed,
    /// It will not be tried any more: who was to have it is gone.
    Ended,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// Virtual time, Unix seconds.
    pub at: u64,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// What went wrong, if there was none.
    pub error: Option<String>,
}

/// One thing to deliver.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Delivery {
    /// Its id.
    pub id: u64,
    /// The invoice, or whatever object, it tells of.
    pub about: String,
    /// Why it is sent.
    pub kind: Kind,
    /// The delivery this one repeats on request.
    pub redelivery_of: Option<u64>,
    /// Where it stands.
    pub state: State,
    /// When it is tried next (virtual, Unix seconds); none when it is over.
    pub next_try: Option<u64>,
    /// What is sent.
    #[serde(flatten)]
    pub letter: Letter,
    /// Every try so far.
    pub tries: Vec<Try>,
    /// When it is due: as `next_try`, to the millisecond.
    #[serde(rename = "due_ms")]
    pub(super) due: Moment,
    /// Where it waits.
    pub(super) lane: String,
}
