//! What is to be delivered to the shop, when, and what came of every try.
//!
//! Deliveries wait in lanes: one lane holds the webhooks of one object, and its
//! next delivery waits until the one before it is done with.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::delivery::{Delivery, Kind, Letter, State, Try};

mod end;
mod reorder;
mod stored;

pub use reorder::Unmovable;
use stored::Stored;

/// The first repeat comes this long after a failed try; each later one takes twice as long.
const FIRST_REPEAT_SECONDS: u64 = 10;
/// Repeats never lie further apart than this.
const LONGEST_REPEAT_SECONDS: u64 = 6 * 3600;

/// A delivery whose time has come.
#[derive(Debug, Clone)]
pub struct Errand {
    /// The delivery's id.
    pub id: u64,
    /// What to send.
    pub letter: Letter,
}

/// All deliveries.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Outbox {
    all: Vec<Delivery>,
    lanes: BTreeMap<String, VecDeque<u64>>,
    /// Heads of lanes that nobody is sending right now.
    ready: BTreeSet<(Moment, u64)>,
    held: bool,
    reorders: u64,
}

impl Outbox {
    /// Puts a delivery at the end of its lane.
    pub fn push(&mut self, about: &str, kind: Kind, letter: Letter, at: Moment) {
        let lane = match kind {
            Kind::Webhook => about.to_owned(),
            // Shops do not wait for each other.
            Kind::Event => format!("{about} {}", letter.url),
            Kind::Notification | Kind::Redelivery => format!("once {}", self.next_id()),
        };
        self.add(about, kind, None, lane, letter, at);
    }

    /// Sends a delivery once more, at once and beside all lanes. `None` if there is none.
    pub fn redeliver(&mut self, id: u64, at: Moment) -> Option<&Delivery> {
        let original = self.get(id)?.clone();
        let lane = format!("once {}", self.next_id());
        let made = self.add(
            &original.about,
            Kind::Redelivery,
            Some(id),
            lane,
            original.letter,
            at,
        );
        self.get(made)
    }

    fn next_id(&self) -> u64 {
        u64::try_from(self.all.len()).map_or(u64::MAX, |count| count + 1)
    }

    fn add(
        &mut self,
        about: &str,
        kind: Kind,
        redelivery_of: Option<u64>,
        lane: String,
        letter: Letter,
        at: Moment,
    ) -> u64 {
        let id = self.next_id();
        let queue = self.lanes.entry(lane.clone()).or_default();
        if queue.is_empty() {
            self.ready.insert((at, id));
        }
        queue.push_back(id);
        self.all.push(Delivery {
            id,
            about: about.to_owned(),
            kind,
            redelivery_of,
            state: State::Pending,
            next_try: Some(at.secs()),
            letter,
            tries: Vec::new(),
            due: at,
            lane,
        });
        id
    }

    /// The delivery with this id.
    #[must_use]
    pub fn get(&self, id: u64) -> Option<&Delivery> {
        self.all.get(usize::try_from(id.checked_sub(1)?).ok()?)
    }

    /// Every delivery, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Delivery] {
        &self.all
    }

    /// Whether nothing leaves until it is released.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        self.held
    }

    /// Keeps everything in, or lets it go again. What is under way already goes on.
    pub const fn hold(&mut self, held: bool) {
        self.held = held;
    }

    fn get_mut(&mut self, id: u64) -> Option<&mut Delivery> {
        self.all.get_mut(usize::try_from(id.checked_sub(1)?).ok()?)
    }

    /// Takes up to `room` errands that are due; each must come back through [`Self::report`].
    pub fn take_due(&mut self, at: Moment, room: usize) -> Vec<Errand> {
        let room = if self.held { 0 } else { room };
        let due: Vec<(Moment, u64)> = self
            .ready
            .iter()
            .take_while(|(moment, _)| *moment <= at)
            .take(room)
            .copied()
            .collect();
        due.into_iter()
            .filter_map(|head| {
                self.ready.remove(&head);
                let letter = self.get(head.1)?.letter.clone();
                Some(Errand { id: head.1, letter })
            })
            .collect()
    }

    /// When the next errand is due.
    #[must_use]
    pub fn next_due(&self) -> Option<Moment> {
        let first = self.ready.first().map(|(moment, _)| *moment);
        first.filter(|_| !self.held)
    }

    /// Notes what came of a try and decides what follows from it.
    pub fn report(&mut self, id: u64, status: Option<u16>, error: Option<String>, at: Moment) {
        let Some(delivery) = self.get_mut(id) else {
            return;
        };
        delivery.tries.push(Try {
            at: at.secs(),
            status,
            error,
        });
        let accepted = delivery.letter.is_accepted(status);
        let repeats = matches!(delivery.kind, Kind::Webhook | Kind::Event);
        if !accepted && repeats && delivery.state == State::Pending {
            let next = at.plus_secs(pause(delivery.tries.len()));
            delivery.due = next;
            delivery.next_try = Some(next.secs());
            self.ready.insert((next, id));
            return;
        }
        delivery.next_try = None;
        delivery.state = match delivery.state {
            _ if accepted => State::Delivered,
            State::Ended => State::Ended,
            _ => State::Failed,
        };
        let lane = delivery.lane.clone();
        self.open_lane(&lane);
    }

    /// The head of `lane` is done with: its next delivery moves up.
    fn open_lane(&mut self, lane: &str) {
        let Some(queue) = self.lanes.get_mut(lane) else {
            return;
        };
        queue.pop_front();
        match queue.front().copied() {
            Some(next) => {
                let due = self.get(next).map(|delivery| (delivery.due, next));
                self.ready.extend(due);
            }
            None => {
                self.lanes.remove(lane);
            }
        }
    }
}

/// Seconds from failed try number `tries` to the next one.
fn pause(tries: usize) -> u64 {
    let doublings = u32::try_from(tries.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST_REPEAT_SECONDS
        .checked_shl(doublings.min(20))
        .map_or(LONGEST_REPEAT_SECONDS, |seconds| {
            seconds.min(LONGEST_REPEAT_SECONDS)
        })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(super) const START: Moment = Moment::from_secs(1_000);

    pub(super) fn letter(body: &str) -> Letter {
        Letter {
            url: "http://127.0.0.1/".into(),
            method: "POST".into(),
            content_type: None,
            headers: Vec::new(),
            body: body.into(),
            any_2xx: false,
        }
    }

    pub(super) fn due(outbox: &mut Outbox, at: Moment) -> Vec<u64> {
        outbox
            .take_due(at, 10)
            .into_iter()
            .map(|it| it.id)
            .collect()
    }

    #[test]
    fn repeats_at_growing_intervals_until_exactly_200() {
        let mut outbox = Outbox::default();
        outbox.push("a", Kind::Webhook, letter("1"), START);
        let mut at = START;
        for (status, wait) in [(500, 10), (201, 20), (302, 40)] {
            assert_eq!(due(&mut outbox, at), [1]);
            outbox.report(1, Some(status), None, at);
            assert_eq!(outbox.next_due(), Some(at.plus_secs(wait)));
            assert_eq!(due(&mut outbox, at.plus_secs(wait - 1)), [0; 0]);
            at = at.plus_secs(wait);
        }
        assert_eq!(due(&mut outbox, at), [1]);
        outbox.report(1, Some(200), None, at);
        assert_eq!(outbox.get(1).unwrap().state, State::Delivered);
        assert_eq!(outbox.next_due(), None);
    }

    #[test]
    fn intervals_grow_to_six_hours_and_no_further() {
        assert_eq!([pause(1), pause(2), pause(3)], [10, 20, 40]);
        assert_eq!(pause(100), 21_600);
    }

    #[test]
    fn one_invoice_is_told_in_order_and_others_do_not_wait() {
        let mut outbox = Outbox::default();
        outbox.push("a", Kind::Webhook, letter("1"), START);
        outbox.push("a", Kind::Webhook, letter("2"), START);
        outbox.push("b", Kind::Webhook, letter("3"), START);
        assert_eq!(due(&mut outbox, START), [1, 3]);
        outbox.report(1, None, Some("refused".into()), START);
        assert_eq!(due(&mut outbox, START.plus_secs(10)), [1]);
        outbox.report(1, Some(200), None, START.plus_secs(10));
        assert_eq!(due(&mut outbox, START.plus_secs(10)), [2]);
    }

    #[test]
    fn notifications_and_redeliveries_are_tried_once() {
        let mut outbox = Outbox::default();
        outbox.push("a", Kind::Notification, letter("1"), START);
        assert_eq!(due(&mut outbox, START), [1]);
        outbox.report(1, Some(500), None, START);
        assert_eq!(outbox.get(1).unwrap().state, State::Failed);
        assert_eq!(outbox.redeliver(1, START).unwrap().redelivery_of, Some(1));
        assert_eq!(due(&mut outbox, START), [2]);
        outbox.report(2, Some(200), None, START);
        assert_eq!(outbox.next_due(), None);
        assert!(outbox.redeliver(9, START).is_none());
    }
}
