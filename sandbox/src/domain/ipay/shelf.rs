//! All objects of one kind, oldest first, found by id and listed page by page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::domain::clock::{Moment, Now};

/// What can stand on a shelf.
pub trait Object {
    /// What the books know of it beyond what the API tells.
    type Inner: std::fmt::Debug + Clone;
    /// What it is called in messages.
    const NAME: &'static str;
    /// Its id.
    fn id(&self) -> &str;
}

/// One object with what is known of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry<T: Object> {
    /// As the API tells it.
    pub it: T,
    /// What only the books know.
    pub inner: T::Inner,
    /// The number of the request that made it; none when the clock did.
    pub request: Option<u64>,
    /// The real instant from which lookups find it.
    pub visible_from: Moment,
}

/// Where a page of a list begins and how long it is.
#[derive(Debug, Clone, Default)]
pub struct Paging {
    /// At most so many.
    pub limit: usize,
    /// Those older than this one.
    pub starting_after: Option<String>,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct Page<'a, T> {
    object: &'static str,
    /// Newest first.
    pub data: Vec<&'a T>,
    /// Whether older ones follow.
    pub has_more: bool,
}

/// All objects of one kind.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Vec<Entry<T>>", into = "Vec<Entry<T>>")]
#[serde(bound(
    serialize = "T: Object + Clone + Serialize, T::Inner: Serialize",
    deserialize = "T: Object + Deserialize<'de>, T::Inner: Deserialize<'de>"
))]
pub struct Shelf<T: Object> {
    all: Vec<Entry<T>>,
    places: BTreeMap<String, usize>,
}

impl<T: Object> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            places: BTreeMap::new(),
        }
    }
}

impl<T: Object> From<Vec<Entry<T>>> for Shelf<T> {
    fn from(all: Vec<Entry<T>>) -> Self {
        let mut shelf = Self::default();
        for entry in all {
            shelf.add(entry);
        }
        shelf
    }
}

impl<T: Object> From<Shelf<T>> for Vec<Entry<T>> {
    fn from(shelf: Shelf<T>) -> Self {
        shelf.all
    }
}

impl<T: Object> Shelf<T> {
    /// Puts an object behind all others.
    pub fn add(&mut self, entry: Entry<T>) {
        self.places.insert(entry.it.id().to_owned(), self.all.len());
        self.all.push(entry);
    }

    /// The object with this id, whether lookups find it yet or not.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Entry<T>> {
        self.all.get(*self.places.get(id)?)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Entry<T>> {
        self.all.get_mut(*self.places.get(id)?)
    }

    /// The object a request's path names.
    ///
    /// # Errors
    /// There is none that lookups find.
    pub fn find(&self, id: &str, now: Now) -> Result<&Entry<T>, Refusal> {
        self.seen(id, now)
            .ok_or_else(|| Refusal::not_found(format!("no such {}", T::NAME)))
    }

    /// The object that the field `param` of a body names.
    ///
    /// # Errors
    /// There is none that lookups find.
    pub fn named(&self, param: &str, id: &str, now: Now) -> Result<&Entry<T>, Refusal> {
        self.seen(id, now)
            .ok_or_else(|| Refusal::unknown(param, T::NAME))
    }

    fn seen(&self, id: &str, now: Now) -> Option<&Entry<T>> {
        self.get(id).filter(|entry| entry.visible_from <= now.real)
    }

    /// Every object, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry<T>> {
        self.all.iter()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The page of those that are `wanted`.
    ///
    /// # Errors
    /// It is to start after an object that does not exist.
    pub fn page(
        &self,
        paging: &Paging,
        now: Now,
        wanted: impl Fn(&Entry<T>) -> bool,
    ) -> Result<Page<'_, T>, Refusal> {
        let end = match &paging.starting_after {
            None => self.all.len(),
            Some(id) => *self
                .places
                .get(id)
                .ok_or_else(|| Refusal::unknown("starting_after", T::NAME))?,
        };
        let older = self.all.iter().take(end).rev();
        let mut found = older
            .filter(|entry| entry.visible_from <= now.real && wanted(entry))
            .map(|entry| &entry.it);
        let data = found.by_ref().take(paging.limit).collect();
        Ok(Page {
            object: "list",
            data,
            has_more: found.next().is_some(),
        })
    }
}
