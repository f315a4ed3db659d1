//! One load at a time for one order, and how long its last create may still
//! show: the rules of the core's `orders.rs`, in virtual time and without its
//! files.

use std::collections::{BTreeMap, VecDeque};

use kessai::world::Micros;

use crate::shop::{CallId, IntentId};

/// Who shares locks and doubts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Realm {
    /// The threads of one process.
    Process(usize),
    /// The processes of a host that keep their nonces in one file.
    Host(usize),
}

/// The orders of every realm.
#[derive(Debug, Default)]
pub struct Locks(BTreeMap<(Realm, IntentId), Order>);

#[derive(Debug, Default)]
struct Order {
    holder: Option<CallId>,
    waiting: VecDeque<CallId>,
    /// Until when its last create may still become visible, by the realm's
    /// clock.
    doubt: Micros,
}

/// Nobody has made sure yet that the create can no longer begin.
pub const UNFENCED: Micros = Micros::MAX;

impl Locks {
    /// Takes the turn at an order, or waits for it.
    pub fn take(&mut self, realm: Realm, order: IntentId, call: CallId) -> bool {
        let order = self.0.entry((realm, order)).or_default();
        if order.holder.is_some() {
            order.waiting.push_back(call);
            return false;
        }
        order.holder = Some(call);
        true
    }

    /// Ends a call's turn, or its wait. Tells who waits now that it is free.
    pub fn leave(&mut self, realm: Realm, order: IntentId, call: CallId) -> usize {
        let Some(order) = self.0.get_mut(&(realm, order)) else {
            return 0;
        };
        order.waiting.retain(|c| *c != call);
        if order.holder == Some(call) {
            order.holder = None;
        }
        if order.holder.is_none() {
            order.waiting.len()
        } else {
            0
        }
    }

    /// Gives a free order to one of those that wait: nobody keeps a queue.
    pub fn grant(&mut self, realm: Realm, order: IntentId, which: usize) -> Option<CallId> {
        let order = self.0.get_mut(&(realm, order))?;
        if order.holder.is_some() {
            return None;
        }
        order.holder = order.waiting.remove(which);
        order.holder
    }

    /// For how long the order's last create may still become visible, at most
    /// `most`.
    #[must_use]
    pub fn doubt(&self, realm: Realm, order: IntentId, now: Micros, most: Micros) -> Micros {
        let until = self.0.get(&(realm, order)).map_or(0, |o| o.doubt);
        until.saturating_sub(now).min(most)
    }

    /// A create is about to be sent.
    pub fn create_begins(&mut self, realm: Realm, order: IntentId) {
        self.0.entry((realm, order)).or_default().doubt = UNFENCED;
    }

    /// A look was answered: what was sent before can no longer begin, and shows
    /// by then.
    pub fn was_fenced(&mut self, realm: Realm, order: IntentId, until: Micros) {
        if let Some(order) = self.0.get_mut(&(realm, order))
            && order.doubt == UNFENCED
        {
            order.doubt = until;
        }
    }

    /// Nothing is in doubt any more.
    pub fn is_certain(&mut self, realm: Realm, order: IntentId) {
        self.0.entry((realm, order)).or_default().doubt = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REALM: Realm = Realm::Host(0);

    #[test]
    fn one_at_a_time_and_the_next_when_it_leaves() {
        let mut locks = Locks::default();
        assert!(locks.take(REALM, 1, 10));
        assert!(locks.take(REALM, 2, 11), "another order");
        assert!(locks.take(Realm::Process(0), 1, 12), "another realm");
        assert!(!locks.take(REALM, 1, 13));
        assert!(!locks.take(REALM, 1, 14));
        assert_eq!(locks.grant(REALM, 1, 0), None);
        assert_eq!(locks.leave(REALM, 1, 13), 0);
        assert_eq!(locks.leave(REALM, 1, 10), 1);
        assert_eq!(locks.grant(REALM, 1, 0), Some(14));
    }

    #[test]
    fn a_doubt_outlives_the_turn_and_is_its_realms_own() {
        let mut locks = Locks::default();
        assert!(locks.take(REALM, 1, 10));
        locks.create_begins(REALM, 1);
        locks.leave(REALM, 1, 10);
        assert_eq!(locks.doubt(REALM, 1, 1_010, 30), 30);
        locks.was_fenced(REALM, 1, 1_030);
        locks.was_fenced(REALM, 1, 1_090);
        assert_eq!(locks.doubt(REALM, 1, 1_010, 30), 20);
        assert_eq!(locks.doubt(REALM, 1, 1_010, 5), 5);
        assert_eq!(locks.doubt(REALM, 1, 1_040, 30), 0);
        assert_eq!(locks.doubt(Realm::Process(3), 1, 1_010, 30), 0);
        locks.is_certain(REALM, 1);
        assert_eq!(locks.doubt(REALM, 1, 1_010, 30), 0);
    }
}
