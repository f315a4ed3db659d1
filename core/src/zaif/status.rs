//! The states of an invoice, and what each allows one to say
//! (spec of Zaif Payment, section 4).

use std::fmt;

use serde_json::value::RawValue;

use crate::model::{Member, Shape, Value};

/// The state of an invoice. The set is open: a state that nobody listed is
/// kept as it came and answers "don't know" to every question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Made; nothing received yet.
    New,
    /// Money is seen on the network, unconfirmed: **not money yet**.
    Paid,
    /// One confirmation or more.
    Confirmed,
    /// Settled. The only state in which the shop has its money.
    Complete,
    /// Nothing was received in time.
    Expired,
    /// Paid too late, too slowly or too little.
    Invalid,
    /// Taken back by the shop.
    Canceled,
    /// A state that the documents do not list, as it came.
    Other(String),
}

impl Status {
    /// The states that the documents list.
    pub const LISTED: [Self; 7] = [
        Self::New,
        Self::Paid,
        Self::Confirmed,
        Self::Complete,
        Self::Expired,
        Self::Invalid,
        Self::Canceled,
    ];

    /// The word that the service uses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::New => "new",
            Self::Paid => "paid",
            Self::Confirmed => "confirmed",
            Self::Complete => "complete",
            Self::Expired => "expired",
            Self::Invalid => "invalid",
            Self::Canceled => "canceled",
            Self::Other(word) => word,
        }
    }

    pub(super) fn from_wire(word: String) -> Self {
        Self::LISTED
            .into_iter()
            .find(|s| s.as_str() == word)
            .unwrap_or(Self::Other(word))
    }

    /// Is the shop's money there for good? `None`: don't know.
    ///
    /// ```
    /// use kessai::zaif::Status;
    /// assert_eq!(Status::Complete.is_settled(), Some(true));
    /// assert_eq!(Status::Confirmed.is_settled(), Some(false));
    /// assert_eq!(Status::Other("frozen".into()).is_settled(), None);
    /// ```
    #[must_use]
    pub const fn is_settled(&self) -> Option<bool> {
        match self {
            Self::Complete => Some(true),
            Self::Other(_) => None,
            _ => Some(false),
        }
    }

    /// Has any money been seen on the network? `None`: don't know.
    #[must_use]
    pub const fn is_money_seen(&self) -> Option<bool> {
        match self {
            Self::Paid | Self::Confirmed | Self::Complete => Some(true),
            Self::New | Self::Expired => Some(false),
            Self::Invalid | Self::Canceled | Self::Other(_) => None,
        }
    }

    /// Will the state never change again? `None`: don't know. An expired
    /// invoice can still become invalid, by a late payment.
    #[must_use]
    pub const fn is_final(&self) -> Option<bool> {
        match self {
            Self::Complete | Self::Invalid | Self::Canceled => Some(true),
            Self::New | Self::Paid | Self::Confirmed | Self::Expired => Some(false),
            Self::Other(_) => None,
        }
    }

    /// Can a customer's money still arrive at its address? `None`: don't know.
    #[must_use]
    pub const fn may_still_receive_money(&self) -> Option<bool> {
        match self {
            Self::Complete => Some(false),
            Self::Other(_) => None,
            _ => Some(true),
        }
    }

    /// Whether an order has a running or settled payment by this invoice: what
    /// section 6 calls live. `None`: don't know.
    #[must_use]
    pub(crate) const fn is_live(&self) -> Option<bool> {
        match self {
            Self::New | Self::Paid | Self::Confirmed | Self::Complete => Some(true),
            Self::Expired | Self::Invalid | Self::Canceled => Some(false),
            Self::Other(_) => None,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Member for Status {
    const SHAPE: Shape = Shape::Word("Status");

    fn read(raw: Option<&RawValue>) -> Option<Self> {
        String::read(raw).map(Self::from_wire)
    }

    fn value(&self) -> Value<'_> {
        Value::Text(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_truth_table_of_section_4() {
        let (yes, no, unknown) = (Some(true), Some(false), None);
        // status, is_settled, is_money_seen, is_final, may_still_receive_money
        let table = [
            ("new", no, no, no, yes),
            ("paid", no, yes, no, yes),
            ("confirmed", no, yes, no, yes),
            ("complete", yes, yes, yes, no),
            ("expired", no, no, no, yes),
            ("invalid", no, unknown, yes, yes),
            ("canceled", no, unknown, yes, yes),
            ("on_hold", unknown, unknown, unknown, unknown),
        ];
        for (word, settled, seen, last, receive) in table {
            let status = Status::from_wire(word.to_owned());
            assert_eq!(status.as_str(), word);
            assert_eq!(status.is_settled(), settled, "{word}");
            assert_eq!(status.is_money_seen(), seen, "{word}");
            assert_eq!(status.is_final(), last, "{word}");
            assert_eq!(status.may_still_receive_money(), receive, "{word}");
        }
    }
}
