//! The lines of the account, and what shops are told.

use serde::Serialize;

use super::answer::shown;
use crate::domain::clock::Moment;
use crate::domain::delivery::{Kind as Delivered, Letter};
use crate::domain::ipay::account::sign;
use crate::domain::ipay::event::{Body, Event, Kind};
use crate::domain::ipay::payment::Payment;
use crate::domain::ipay::shelf::Entry;
use crate::domain::ipay::transaction::{self, Transaction};
use crate::world::World;

impl World {
    /// An event about the object `about`, as it is now, for whoever wants to hear of it.
    pub(super) fn tell_event(
        &mut self,
        kind: Kind,
        about: &str,
        data: &impl Serialize,
        at: Moment,
    ) {
        let id = self.fresh_id("evt_", "ipay event");
        let body = shown(&Body {
            id: &id,
            kind,
            created: at.secs(),
            data,
        });
        // Over the bytes that go out, once: a repeat is the same letter.
        let signature = sign(&self.ipay.credentials.webhook_secret, body.as_bytes());
        for endpoint in self.ipay.endpoints.iter().filter(|it| it.hears(kind)) {
            let letter = Letter {
                url: endpoint.url.clone(),
                method: "POST".to_owned(),
                content_type: Some("application/json".to_owned()),
                headers: vec![("ipay-signature".to_owned(), signature.clone())],
                body: body.clone(),
                any_2xx: true,
            };
            self.outbox.push(about, Delivered::Event, letter, at);
        }
        self.ipay.events.push(Event {
            id,
            kind,
            created: at.secs(),
            about: about.to_owned(),
        });
    }

    /// Another line of the account.
    pub(super) fn book(
        &mut self,
        kind: transaction::Kind,
        amount: u64,
        payment: &Payment,
        refund: Option<&str>,
        at: Moment,
    ) {
        let sum = i64::try_from(amount).unwrap_or(i64::MAX);
        let left = matches!(kind, transaction::Kind::Refund | transaction::Kind::Dispute);
        let it = Transaction {
            id: self.fresh_id("txn_", "ipay transaction"),
            object: "transaction".to_owned(),
            created: at.secs(),
            kind,
            amount: if left { sum.saturating_neg() } else { sum },
            currency: payment.currency.clone(),
            payment: payment.id.clone(),
            refund: refund.map(str::to_owned),
        };
        self.ipay.transactions.add(Entry {
            it,
            inner: (),
            request: None,
            visible_from: Moment::from_millis(0),
        });
    }
}
