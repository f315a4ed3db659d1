//! One key, one request: what was answered to it is answered again.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::{clock::Moment, hex::hex_lower};

/// How long an answer is kept.
pub const KEPT_SECONDS: u64 = 24 * 3_600;

/// An answer that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// What a key says about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody used it: from now on it belongs to this request.
    Fresh,
    /// The same request is still running.
    Running,
    /// It belongs to another request.
    Other,
    /// The same request was answered with this.
    Known(Stored),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Use {
    key: String,
    print: String,
    since: Moment,
    answer: Option<Stored>,
}

/// All keys of the account.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Use>", into = "Vec<Use>")]
pub struct Keys {
    uses: BTreeMap<String, Use>,
    /// Answered ones, by time.
    order: VecDeque<(Moment, String)>,
}

impl From<Vec<Use>> for Keys {
    fn from(uses: Vec<Use>) -> Self {
        let mut keys = Self::default();
        for it in uses {
            keys.order.push_back((it.since, it.key.clone()));
            keys.uses.insert(it.key.clone(), it);
        }
        keys
    }
}

impl From<Keys> for Vec<Use> {
    fn from(keys: Keys) -> Self {
        // What is running when a snapshot is taken never ends in what goes on from it.
        let mut uses: Self = keys
            .uses
            .into_values()
            .filter(|it| it.answer.is_some())
            .collect();
        uses.sort_by_key(|it| it.since);
        uses
    }
}

/// What tells requests apart.
#[must_use]
pub fn print(method: &str, path: &str, body: &[u8]) -> String {
    let digest = Sha256::new()
        .chain_update(method)
        .chain_update([0])
        .chain_update(path)
        .chain_update([0])
        .chain_update(body)
        .finalize();
    hex_lower(&digest)
}

impl Keys {
    /// What `key` says about the request with this print; a fresh one is taken by it.
    pub fn claim(&mut self, key: &str, print: &str, at: Moment) -> Verdict {
        self.forget(at);
        match self.uses.get(key) {
            Some(it) if it.print != print => Verdict::Other,
            Some(it) => it.answer.clone().map_or(Verdict::Running, Verdict::Known),
            None => {
                let it = Use {
                    key: key.to_owned(),
                    print: print.to_owned(),
                    since: at,
                    answer: None,
                };
                self.uses.insert(key.to_owned(), it);
                Verdict::Fresh
            }
        }
    }

    /// The request was carried out with this answer.
    pub fn keep(&mut self, key: &str, answer: Stored, at: Moment) {
        if let Some(it) = self.uses.get_mut(key) {
            it.since = at;
            it.answer = Some(answer);
            self.order.push_back((at, key.to_owned()));
        }
    }

    /// The request was refused: its key is nobody's again.
    pub fn release(&mut self, key: &str) {
        self.uses.remove(key);
    }

    fn forget(&mut self, at: Moment) {
        while let Some((since, key)) = self.order.front()
            && since.plus_secs(KEPT_SECONDS) <= at
        {
            self.uses.remove(key);
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_belongs_to_one_request_for_a_day_after_its_answer() {
        let mut keys = Keys::default();
        let start = Moment::from_secs(1_000);
        let answer = Stored {
            status: 402,
            body: "{}".into(),
        };
        let (one, two) = (print("POST", "/a", b"1"), print("POST", "/a", b"2"));
        assert_ne!(one, print("POST", "/a1", b""));
        assert_eq!(keys.claim("k", &one, start), Verdict::Fresh);
        assert_eq!(keys.claim("k", &one, start), Verdict::Running);
        assert_eq!(keys.claim("k", &two, start), Verdict::Other);
        keys.release("k");
        assert_eq!(keys.claim("k", &one, start), Verdict::Fresh);
        keys.keep("k", answer.clone(), start);
        let late = start.plus_secs(KEPT_SECONDS - 1);
        assert_eq!(keys.claim("k", &one, late), Verdict::Known(answer.clone()));
        let mut again = Keys::from(Vec::from(keys.clone()));
        assert_eq!(again.claim("k", &one, late), Verdict::Known(answer));
        let end = start.plus_secs(KEPT_SECONDS);
        assert_eq!(keys.claim("k", &two, end), Verdict::Fresh);
    }
}
