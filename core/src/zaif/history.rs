//! What a shop may conclude from the states it has seen of an invoice
//! (spec of Zaif Payment, sections 4 and 7).

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::{Invoice, Status};
use crate::hex::hex_lower;
use crate::money::{Amount, CoinAmount};

/// Why a payment did not settle. The service tells no received amount and no
/// cause, so it is only ever one of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// Less was paid than was due when the time ran out.
    Short,
    /// The first confirmation came too late.
    Slow,
    /// It was paid after it had expired.
    Late,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Short, Self::Slow, Self::Late];

    /// The word used in every language: `short`, `slow` or `late`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Slow => "slow",
            Self::Late => "late",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Status {
    /// Whether an invoice in this state can have been in the `earlier` one
    /// before: an older state must never overwrite a newer one, whatever the
    /// order in which two notifications were worked off. `None`: don't know.
    ///
    /// ```
    /// use kessai::zaif::Status;
    /// assert_eq!(Status::Complete.follows(&Status::Paid), Some(true));
    /// assert_eq!(Status::Paid.follows(&Status::Complete), Some(false));
    /// assert_eq!(Status::Paid.follows(&Status::Paid), Some(false));
    /// ```
    #[must_use]
    pub fn follows(&self, earlier: &Self) -> Option<bool> {
        use Status::{Canceled, Complete, Confirmed, Expired, Invalid, New, Other, Paid};
        Some(match (earlier, self) {
            (Other(_), _) | (_, Other(_)) => return None,
            (New, later) => *later != New,
            (Paid, later) => matches!(later, Confirmed | Complete | Expired | Invalid | Canceled),
            (Confirmed, later) => matches!(later, Complete | Invalid | Canceled),
            (Expired, later) => *later == Invalid,
            (Complete | Invalid | Canceled, _) => false,
        })
    }
}

/// Reads a state from the shop's books. Any word is one: the set is open.
impl From<String> for Status {
    fn from(word: String) -> Self {
        Self::from_wire(word)
    }
}

impl Invoice {
    /// Why the payment did not settle, as far as the states allow to say that
    /// the shop has `seen` of this invoice before: the set of causes that are
    /// possible, never a guess. Empty while it may still settle, where nothing
    /// is known to have been paid, and where the documents know no cause.
    ///
    /// That too much was paid cannot be told at all.
    ///
    /// ```no_run
    /// # use kessai::zaif::{Invoice, Reason, Status};
    /// # fn tell(invoice: &Invoice) {
    /// // Invalid now, and seen as expired before: the payment came late.
    /// assert_eq!(invoice.reasons(&[Status::New, Status::Expired]), [Reason::Late]);
    /// # }
    /// ```
    #[must_use]
    pub fn reasons(&self, seen: &[Status]) -> Vec<Reason> {
        let was = |status| seen.contains(&status);
        match &self.status {
            // A full payment that was confirmed in time is neither; the
            // documents know no way from there.
            Some(Status::Invalid | Status::Expired) if was(Status::Confirmed) => Vec::new(),
            Some(Status::Invalid) => {
                let late = was(Status::Expired);
                // Expired without money seen: whatever came, came after.
                let in_time = !late || was(Status::Paid);
                let mut reasons = Vec::new();
                if in_time {
                    reasons.extend([Reason::Short, Reason::Slow]);
                }
                if late {
                    reasons.push(Reason::Late);
                }
                reasons
            }
            // The documents use both words for it.
            Some(Status::Expired) if was(Status::Paid) => vec![Reason::Short, Reason::Slow],
            _ => Vec::new(),
        }
    }

    /// The key of the event that this reading is: the same for every delivery
    /// that finds the invoice in this state, another one as soon as anything
    /// changes that matters. Store it as unique, and each event is handled
    /// once. 64 hex digits.
    #[must_use]
    pub fn event_key(&self) -> String {
        let mut hash = Sha256::new();
        let status = self.status.as_ref().map_or("", Status::as_str);
        let settled = self.settled.map(|at| at.0.to_string()).unwrap_or_default();
        let exact = |coin: &CoinAmount| coin.as_decimal().normalize().to_string();
        let coin = self.coin_amount.as_ref().map(exact);
        let amount = match &self.amount {
            Amount::Yen(yen) => yen.to_string(),
            Amount::Coin(coin) => exact(coin),
        };
        for part in [
            "kessai zaif event 1",
            &self.invoice_id,
            status,
            &settled,
            &amount,
            self.currency.code(),
            &coin.unwrap_or_default(),
        ] {
            hash.update(part);
            hash.update([0]);
        }
        hex_lower(&hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model as _;

    fn invoice(status: &str) -> Invoice {
        Invoice::read(&format!(
            r#"{{"invoiceId":"a-1","created":1,"expired":2,"status":"{status}",
                "amount":"100","currency":"btc","rate":"1","btc":"0.10","address":"x"}}"#
        ))
        .unwrap()
    }

    #[test]
    fn reasons_are_what_the_history_allows() {
        use Reason::{Late, Short, Slow};
        use Status::{Confirmed, Expired, New, Paid};
        for (now, seen, reasons) in [
            ("invalid", &[][..], &[Short, Slow][..]),
            ("invalid", &[New, Paid], &[Short, Slow]),
            ("invalid", &[New, Expired], &[Late]),
            ("invalid", &[Paid, Expired], &[Short, Slow, Late]),
            ("invalid", &[Paid, Confirmed], &[]),
            ("expired", &[New], &[]),
            ("expired", &[Paid], &[Short, Slow]),
            ("paid", &[New], &[]),
            ("complete", &[Paid, Expired], &[]),
            ("frozen", &[Paid, Expired], &[]),
        ] {
            assert_eq!(invoice(now).reasons(seen), reasons, "{now} after {seen:?}");
        }
    }

    #[test]
    fn states_never_go_back() {
        for earlier in Status::LISTED {
            for later in Status::LISTED {
                let there = later.follows(&earlier).unwrap();
                let back = earlier.follows(&later).unwrap();
                assert!(!(there && back), "{earlier} and {later}");
                assert!(!there || earlier != later);
            }
            assert_eq!(earlier.follows(&Status::Other("x".into())), None);
        }
        // Every way that the documents draw, and each shortcut of it.
        for (earlier, later) in [
            ("new", "complete"),
            ("paid", "invalid"),
            ("paid", "expired"),
            ("expired", "invalid"),
            ("confirmed", "canceled"),
        ] {
            let read = |word: &str| Status::from(word.to_owned());
            assert_eq!(read(later).follows(&read(earlier)), Some(true));
        }
    }

    #[test]
    fn an_event_is_its_content_not_its_spelling() {
        let paid = invoice("paid");
        assert_eq!(paid.event_key().len(), 64);
        let respelled = paid
            .raw()
            .replace(r#""100""#, "100")
            .replace("0.10", "0.100");
        let respelled = Invoice::read(&respelled).unwrap();
        assert_eq!(paid.event_key(), respelled.event_key());
        assert_ne!(paid.event_key(), invoice("confirmed").event_key());
    }
}
