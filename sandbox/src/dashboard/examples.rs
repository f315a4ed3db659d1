//! What the examples of the control paths are about.

use crate::domain::ipay::payment::{Payment, Status};
use crate::domain::ipay::refund::{self, Refund};
use crate::domain::ipay::shelf::Entry;
use crate::world::World;

/// The newest objects of iPay that an example can be about, by the gap they fill.
pub(super) fn newest_of_ipay(world: &World) -> [(&'static str, String); 6] {
    let ipay = &world.ipay;
    let payment = |fits: fn(&Entry<Payment>) -> bool| {
        let found = ipay.payments.iter().rev().find(|entry| fits(entry));
        found.map_or_else(|| "PAYMENT_ID".to_owned(), |entry| entry.it.id.clone())
    };
    let pending = |entry: &&Entry<Refund>| entry.it.status == refund::Status::Pending;
    let refund = ipay.refunds.iter().rev().find(pending);
    let endpoint = ipay.endpoints.last();
    [
        ("{payment}", payment(|_| true)),
        (
            "{asking}",
            payment(|it| it.it.status == Status::RequiresAction),
        ),
        (
            "{processing}",
            payment(|it| it.it.status == Status::Processing),
        ),
        (
            "{paid}",
            payment(|it| it.it.status == Status::Succeeded && !it.inner.disputed),
        ),
        (
            "{refund}",
            refund.map_or_else(|| "REFUND_ID".to_owned(), |it| it.it.id.clone()),
        ),
        (
            "{endpoint}",
            endpoint.map_or_else(|| "ENDPOINT_ID".to_owned(), |it| it.id.clone()),
        ),
    ]
}
