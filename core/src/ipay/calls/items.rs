//! Lists as iterators.

use super::super::gives::{Item, Page};
use super::calling::Calling;
use crate::argument::Arg;
use crate::error::Result;

/// The items of a list, page after page; each page is forgotten when the next one
/// comes.
#[derive(Debug)]
pub struct Items<'c, T> {
    calling: Calling<'c, Page<T>>,
    page: std::vec::IntoIter<T>,
    /// Whether there is another page; not known before the first one came.
    more: bool,
}

impl<'c, T: Item> Items<'c, T> {
    pub(super) fn new(calling: Calling<'c, Page<T>>) -> Self {
        Self {
            calling,
            page: Vec::new().into_iter(),
            more: true,
        }
    }
}

impl<T: Item> Iterator for Items<'_, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            if !self.more {
                return None;
            }
            match self.calling.clone().send() {
                Ok(page) => {
                    self.more = page.next.is_some();
                    if let Some(next) = page.next {
                        self.calling.put("starting_after", Arg::Text(next));
                    }
                    self.page = page.items.into_iter();
                }
                Err(error) => {
                    // Whoever goes on all the same gets no endless row of errors.
                    self.more = false;
                    return Some(Err(error));
                }
            }
        }
    }
}
