//! Deliveries as a snapshot keeps them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::{Delivery, Outbox};

/// What a snapshot keeps. Errands under way are not among it: they are due again.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    all: Vec<Delivery>,
    lanes: BTreeMap<String, VecDeque<u64>>,
    held: bool,
    reorders: u64,
}

impl From<Outbox> for Stored {
    fn from(outbox: Outbox) -> Self {
        Self {
            all: outbox.all,
            lanes: outbox.lanes,
            held: outbox.held,
            reorders: outbox.reorders,
        }
    }
}

impl TryFrom<Stored> for Outbox {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let mut outbox = Self {
            all: stored.all,
            lanes: stored.lanes,
            ready: BTreeSet::new(),
            held: stored.held,
            reorders: stored.reorders,
        };
        if !(1_u64..).zip(&outbox.all).all(|(id, it)| it.id == id) {
            return Err("ids must count from 1".to_owned());
        }
        for (name, queue) in &outbox.lanes {
            let known = |id: &u64| outbox.get(*id).is_some_and(|it| it.lane == *name);
            if queue.is_empty() || !queue.iter().all(known) {
                return Err(format!("lane `{name}` does not hold deliveries of its own"));
            }
            let head = queue.front().and_then(|id| outbox.get(*id));
            outbox.ready.extend(head.map(|head| (head.due, head.id)));
        }
        Ok(outbox)
    }
}
