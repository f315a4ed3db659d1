//! One invoice and its life: which payments, blocks and moments change its status.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{modes::ShortAtEnd, terms::Terms};
use crate::domain::clock::Moment;

/// How long an invoice waits for money.
pub const VALID_SECONDS: u64 = 600;
/// How much longer money seen in time may take to its first confirmation.
pub const CONFIRM_SECONDS: u64 = 3_000;

/// Where an invoice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing received yet.
    New,
    /// Money seen on the network, unconfirmed or short.
    Paid,
    /// All that is due has one confirmation or more.
    Confirmed,
    /// Settled.
    Complete,
    /// Nothing received in time.
    Expired,
    /// Short, slow or late: not settled by itself.
    Invalid,
    /// Taken back by the shop.
    Canceled,
}

impl Status {
    /// What the API calls it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Paid => "paid",
            Self::Confirmed => "confirmed",
            Self::Complete => "complete",
            Self::Expired => "expired",
            Self::Invalid => "invalid",
            Self::Canceled => "canceled",
        }
    }
}

/// Money that arrived at the invoice's address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payment {
    /// How much.
    pub amount: Decimal,
    /// When it was seen.
    pub seen: Moment,
    /// In how many blocks it is buried.
    pub confirmations: u32,
}

/// An invoice with everything that ever happened to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invoice {
    /// Its id.
    pub id: String,
    /// The id (not the key itself) of the API key that made it.
    pub key: String,
    /// The number of the request that made it.
    pub request: u64,
    /// When it was made, in whole seconds.
    pub created: Moment,
    /// From when on payments are late.
    pub expires: Moment,
    /// The rate it was converted at; none when billed in coins.
    pub rate: Option<Decimal>,
    /// Coins due.
    pub due: Decimal,
    /// Where to pay.
    pub address: String,
    /// What the shop asked for.
    pub terms: Terms,
    /// Where it stands.
    pub status: Status,
    /// When it became complete.
    pub settled: Option<Moment>,
    /// All money that arrived, whatever the status.
    pub payments: Vec<Payment>,
    /// Every status it had, with the moment it began.
    pub history: Vec<(Moment, Status)>,
    /// The real instant from which lookups find it.
    pub visible_from: Moment,
}

impl Invoice {
    /// Everything received so far.
    #[must_use]
    pub fn received(&self) -> Decimal {
        self.payments.iter().map(|payment| payment.amount).sum()
    }

    /// What is still missing, zero when nothing is.
    #[must_use]
    pub fn remaining(&self) -> Decimal {
        (self.due - self.received()).max(Decimal::ZERO)
    }

    /// What came in beyond what was due.
    #[must_use]
    pub fn excess(&self) -> Decimal {
        (self.received() - self.due).max(Decimal::ZERO)
    }

    /// The least number of confirmations that covers all that is due.
    #[must_use]
    pub fn confirmations(&self) -> u32 {
        let mut depths: Vec<u32> = self.payments.iter().map(|it| it.confirmations).collect();
        depths.sort_unstable();
        depths
            .into_iter()
            .rev()
            .find(|depth| self.buried(*depth) >= self.due)
            .unwrap_or(0)
    }

    fn buried(&self, depth: u32) -> Decimal {
        self.payments
            .iter()
            .filter(|payment| payment.confirmations >= depth)
            .map(|payment| payment.amount)
            .sum()
    }

    /// When time alone will change the status, if nothing else happens before.
    #[must_use]
    pub fn deadline(&self) -> Option<Moment> {
        match self.status {
            Status::New => Some(self.expires),
            Status::Paid if self.remaining() > Decimal::ZERO => Some(self.expires),
            Status::Paid => Some(self.expires.plus_secs(CONFIRM_SECONDS)),
            _ => None,
        }
    }

    /// Whether another block can still change anything.
    #[must_use]
    pub fn awaits_blocks(&self) -> bool {
        matches!(self.status, Status::Paid | Status::Confirmed)
    }

    /// Money is seen on the network. Every deadline up to `seen` must have been
    /// applied before.
    pub fn receive(&mut self, amount: Decimal, seen: Moment) {
        self.payments.push(Payment {
            amount,
            seen,
            confirmations: 0,
        });
        match self.status {
            Status::New => self.enter(Status::Paid, seen),
            Status::Expired => self.enter(Status::Invalid, seen),
            _ => {}
        }
    }

    /// A block with all payments seen so far was found.
    pub fn bury(&mut self, found: Moment) {
        for payment in &mut self.payments {
            payment.confirmations = payment.confirmations.saturating_add(1);
        }
        let confirmations = self.confirmations();
        if self.status == Status::Paid && confirmations >= 1 {
            self.enter(Status::Confirmed, found);
        }
        if self.status == Status::Confirmed
            && confirmations >= self.terms.coin.confirmations_needed()
        {
            self.settled = Some(found);
            self.enter(Status::Complete, found);
        }
    }

    /// The deadline passed; `short` says what that makes of a payment that is too small.
    pub fn lapse(&mut self, at: Moment, short: ShortAtEnd) {
        match self.status {
            Status::Paid if short == ShortAtEnd::Expired && self.remaining() > Decimal::ZERO => {
                self.enter(Status::Expired, at);
            }
            Status::New => self.enter(Status::Expired, at),
            Status::Paid => self.enter(Status::Invalid, at),
            _ => {}
        }
    }

    /// The shop takes it back; `false` when it is too late for that.
    pub fn cancel(&mut self, at: Moment) -> bool {
        let open = matches!(self.status, Status::New | Status::Paid | Status::Confirmed);
        if open {
            self.enter(Status::Canceled, at);
        }
        open
    }

    fn enter(&mut self, status: Status, at: Moment) {
        self.status = status;
        self.history.push((at, status));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const START: Moment = Moment::from_secs(1_000);

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    pub(crate) fn invoice(coin: &str) -> Invoice {
        let pairs = [("currency", coin), ("amount", "100")];
        let lookup = |name: &str| pairs.iter().find(|pair| pair.0 == name).map(|pair| pair.1);
        Invoice {
            id: "id".into(),
            key: "key_1".into(),
            request: 1,
            created: START,
            expires: START.plus_secs(VALID_SECONDS),
            rate: None,
            due: decimal("1"),
            address: String::new(),
            terms: Terms::read(lookup).unwrap(),
            status: Status::New,
            settled: None,
            payments: Vec::new(),
            history: vec![(START, Status::New)],
            visible_from: START,
        }
    }

    #[test]
    fn new_paid_confirmed_complete() {
        let mut it = invoice("btc");
        it.receive(decimal("1"), START);
        assert_eq!(it.status, Status::Paid);
        it.bury(START);
        assert_eq!(it.status, Status::Confirmed);
        it.bury(START);
        assert_eq!((it.status, it.settled), (Status::Confirmed, None));
        it.bury(START.plus_secs(9));
        assert_eq!(it.status, Status::Complete);
        assert_eq!(it.settled, Some(START.plus_secs(9)));
        it.receive(decimal("0.5"), START.plus_secs(10));
        assert_eq!(it.status, Status::Complete);
        assert_eq!(it.excess(), decimal("0.5"));
    }

    #[test]
    fn monacoin_needs_a_hundred_blocks() {
        let mut it = invoice("mona");
        it.receive(decimal("1"), START);
        for _ in 0..99 {
            it.bury(START);
        }
        assert_eq!(it.status, Status::Confirmed);
        it.bury(START);
        assert_eq!(it.status, Status::Complete);
    }

    #[test]
    fn nothing_received_expires_and_late_money_makes_it_invalid() {
        let mut it = invoice("btc");
        assert_eq!(it.deadline(), Some(START.plus_secs(600)));
        it.lapse(it.expires, ShortAtEnd::Invalid);
        assert_eq!((it.status, it.deadline()), (Status::Expired, None));
        it.receive(decimal("1"), it.expires.plus_secs(1));
        assert_eq!(it.status, Status::Invalid);
    }

    #[test]
    fn a_short_payment_stays_paid_until_time_runs_out() {
        let mut it = invoice("btc");
        it.receive(decimal("0.4"), START);
        it.bury(START);
        assert_eq!(it.status, Status::Paid);
        assert_eq!(it.deadline(), Some(it.expires));
        let mut topped_up = it.clone();
        let mut gone = it.clone();
        gone.lapse(gone.expires, ShortAtEnd::Expired);
        assert_eq!(gone.status, Status::Expired);
        it.lapse(it.expires, ShortAtEnd::Invalid);
        assert_eq!(it.status, Status::Invalid);

        topped_up.receive(decimal("0.6"), START.plus_secs(1));
        assert_eq!(topped_up.deadline(), Some(START.plus_secs(3_600)));
        topped_up.bury(START.plus_secs(2));
        assert_eq!(topped_up.status, Status::Confirmed);
        assert_eq!(topped_up.confirmations(), 1);
    }

    #[test]
    fn a_full_payment_has_fifty_more_minutes_for_its_first_block() {
        let mut it = invoice("btc");
        it.receive(decimal("1"), START);
        assert_eq!(it.deadline(), Some(it.expires.plus_secs(3_000)));
        let mut slow = it.clone();
        it.bury(it.expires.plus_secs(2_999));
        assert_eq!((it.status, it.deadline()), (Status::Confirmed, None));
        slow.lapse(slow.expires.plus_secs(3_000), ShortAtEnd::Invalid);
        assert_eq!(slow.status, Status::Invalid);
    }

    #[test]
    fn money_on_top_does_not_hold_up_completion() {
        let mut it = invoice("btc");
        it.receive(decimal("1"), START);
        it.bury(START);
        it.bury(START);
        it.receive(decimal("1"), START);
        assert_eq!(it.confirmations(), 2);
        it.bury(START);
        assert_eq!(it.status, Status::Complete);
    }

    #[test]
    fn only_open_invoices_can_be_canceled() {
        for confirmations in 0..2 {
            let mut it = invoice("btc");
            it.receive(decimal("1"), START);
            (0..confirmations).for_each(|_| it.bury(START));
            assert!(it.cancel(START));
            assert!(!it.cancel(START));
        }
        let mut complete = invoice("btc");
        complete.receive(decimal("1"), START);
        (0..3).for_each(|_| complete.bury(START));
        assert!(!complete.cancel(START));
        let mut expired = invoice("btc");
        expired.lapse(START, ShortAtEnd::Invalid);
        assert!(!expired.cancel(START));
        expired.receive(decimal("1"), START);
        assert!(!expired.cancel(START));
    }
}
