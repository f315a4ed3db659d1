//! One thing to deliver to the shop, and what came of it.

use serde::{Deserialize, Serialize};

use super::clock::Moment;

/// Why something is delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `webhookUrl`: repeated until exactly 200.
    Webhook,
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
    /// The body.
    pub body: String,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It will be tried, or tried again.
    Pending,
    /// A try was answered with 200.
    Delivered,
    /// Its only try was not.
    Failed,
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
    /// The invoice it tells of.
    pub invoice_id: String,
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
