//! What happens when: the order of events in virtual time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use kessai::world::Micros;

/// Events by their time; those of one moment in the order they were put in,
/// so that a run can be repeated.
#[derive(Debug)]
pub struct Queue<T> {
    heap: BinaryHeap<Reverse<Entry<T>>>,
    count: u64,
}

#[derive(Debug)]
struct Entry<T> {
    at: Micros,
    number: u64,
    what: T,
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl<T> Eq for Entry<T> {}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            heap: BinaryHeap::with_capacity(64),
            count: 0,
        }
    }
}

impl<T> Queue<T> {
    /// Puts in an event.
    pub fn put(&mut self, at: Micros, what: T) {
        self.count = self.count.saturating_add(1);
        let number = self.count;
        self.heap.push(Reverse(Entry { at, number, what }));
    }

    /// Takes out the next event and its time.
    pub fn take(&mut self) -> Option<(Micros, T)> {
        self.heap.pop().map(|Reverse(e)| (e.at, e.what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_time_then_by_turn() {
        let mut queue = Queue::default();
        for (at, what) in [(5, 'c'), (1, 'a'), (5, 'd'), (3, 'b'), (5, 'e')] {
            queue.put(at, what);
        }
        let order: Vec<_> = std::iter::from_fn(|| queue.take()).collect();
        assert_eq!(order, [(1, 'a'), (3, 'b'), (5, 'c'), (5, 'd'), (5, 'e')]);
    }
}
