//! Webhooks in another order than that of what they tell.

use std::collections::{BTreeSet, VecDeque};

use super::{Delivery, Moment, Outbox, State};

/// Why a delivery's place cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmovable {
    /// There is none with this id.
    Unknown(u64),
    /// It was named twice.
    Twice(u64),
    /// It is over, or being sent right now.
    Gone(u64),
}

impl Outbox {
    /// Puts deliveries that wait into a lane of their own, in this order; the first
    /// is due at once. All of them, or none.
    ///
    /// # Errors
    /// Names the delivery that cannot be moved.
    pub fn reorder(&mut self, ids: &[u64], at: Moment) -> Result<(), Unmovable> {
        let mut seen = BTreeSet::new();
        for id in ids {
            let delivery = self.get(*id).ok_or(Unmovable::Unknown(*id))?;
            if !seen.insert(*id) {
                return Err(Unmovable::Twice(*id));
            }
            if delivery.state != State::Pending || self.is_under_way(delivery) {
                return Err(Unmovable::Gone(*id));
            }
        }
        for id in ids {
            self.leave_lane(*id);
        }
        self.reorders += 1;
        let lane = format!("reorder {}", self.reorders);
        for id in ids {
            if let Some(delivery) = self.get_mut(*id) {
                delivery.lane.clone_from(&lane);
                delivery.due = at;
                delivery.next_try = Some(at.secs());
            }
        }
        self.ready.extend(ids.first().map(|first| (at, *first)));
        self.lanes.insert(lane, ids.iter().copied().collect());
        Ok(())
    }

    /// Whether it was taken and has not come back: the head of its lane, yet not ready.
    pub(super) fn is_under_way(&self, delivery: &Delivery) -> bool {
        let head = self.lanes.get(&delivery.lane).and_then(VecDeque::front);
        head == Some(&delivery.id) && !self.ready.contains(&(delivery.due, delivery.id))
    }

    /// Takes a delivery that nobody is sending out of its lane; who waited behind it moves up.
    pub(super) fn leave_lane(&mut self, id: u64) {
        let Some((lane, due)) = self.get(id).map(|it| (it.lane.clone(), it.due)) else {
            return;
        };
        if self.ready.remove(&(due, id)) {
            self.open_lane(&lane);
        } else if let Some(queue) = self.lanes.get_mut(&lane) {
            queue.retain(|waiting| *waiting != id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{START, due, letter};
    use super::*;
    use crate::domain::delivery::Kind;

    #[test]
    fn deliveries_that_wait_can_be_held_and_put_into_another_order() {
        let mut outbox = Outbox::default();
        for (invoice, body) in [("a", "1"), ("a", "2"), ("a", "3"), ("b", "4")] {
            outbox.push(invoice, Kind::Webhook, letter(body), START);
        }
        outbox.hold(true);
        assert_eq!(due(&mut outbox, START), [0; 0]);
        assert_eq!(outbox.next_due(), None);
        outbox.reorder(&[3, 4, 1], START).unwrap();
        outbox.hold(false);
        assert_eq!(due(&mut outbox, START), [2, 3]);
        assert_eq!(outbox.reorder(&[4, 2], START), Err(Unmovable::Gone(2)));
        outbox.report(3, Some(200), None, START);
        assert_eq!(due(&mut outbox, START), [4]);
        outbox.report(4, Some(200), None, START);
        assert_eq!(due(&mut outbox, START), [1]);
        outbox.report(2, Some(200), None, START);
        assert_eq!(outbox.next_due(), None);
        assert_eq!(outbox.reorder(&[1, 4], START), Err(Unmovable::Gone(1)));
        assert_eq!(outbox.reorder(&[9], START), Err(Unmovable::Unknown(9)));
        // One that waits for its repeat may go first again.
        outbox.report(1, Some(500), None, START);
        assert_eq!(outbox.reorder(&[1, 1], START), Err(Unmovable::Twice(1)));
        outbox.reorder(&[1], START).unwrap();
        assert_eq!(due(&mut outbox, START), [1]);
    }
}
