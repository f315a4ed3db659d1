//! Events that nobody is there to hear any more.

use super::{Kind, Outbox, State};

impl Outbox {
    /// Ends every event on its way to `url`. One that is being sent right now is not
    /// tried again.
    pub fn end_events_to(&mut self, url: &str) {
        let waits = |it: &&super::Delivery| {
            it.kind == Kind::Event && it.state == State::Pending && it.letter.url == url
        };
        let ending: Vec<u64> = self.all.iter().filter(waits).map(|it| it.id).collect();
        for id in ending {
            if !self.get(id).is_some_and(|it| self.is_under_way(it)) {
                self.leave_lane(id);
            }
            if let Some(delivery) = self.get_mut(id) {
                delivery.state = State::Ended;
                delivery.next_try = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{START, due, letter};
    use super::*;

    #[test]
    fn events_to_an_address_end_whether_they_wait_or_are_under_way() {
        let mut outbox = Outbox::default();
        let mut other = letter("3");
        other.url = "http://127.0.0.1/other".into();
        for (about, letter) in [("a", letter("1")), ("a", letter("2")), ("a", other)] {
            outbox.push(about, Kind::Event, letter, START);
        }
        outbox.push("b", Kind::Event, letter("4"), START);
        outbox.push("c", Kind::Webhook, letter("5"), START);
        assert_eq!(due(&mut outbox, START), [1, 3, 4, 5]);
        outbox.report(4, Some(500), None, START);
        outbox.end_events_to(&letter("").url);
        outbox.report(1, Some(500), None, START);
        outbox.report(3, Some(500), None, START);
        outbox.report(5, Some(500), None, START);
        let states: Vec<State> = outbox.all().iter().map(|it| it.state).collect();
        let (ended, pending) = (State::Ended, State::Pending);
        assert_eq!(states, [ended, ended, pending, ended, pending]);
        assert_eq!(due(&mut outbox, START.plus_secs(100_000)), [3, 5]);
    }

    #[test]
    fn what_was_under_way_and_arrived_is_delivered() {
        let mut outbox = Outbox::default();
        outbox.push("a", Kind::Event, letter("1"), START);
        assert_eq!(due(&mut outbox, START), [1]);
        outbox.end_events_to(&letter("").url);
        outbox.report(1, Some(200), None, START);
        assert_eq!(outbox.get(1).unwrap().state, State::Delivered);
        assert_eq!(outbox.next_due(), None);
    }
}
