//! What the last requests and answers said, for people to look at.
//!
//! Credentials never get here: whoever writes down a request masks it first.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// How many exchanges are kept.
pub const KEPT: usize = 500;
/// The most characters kept of any one text.
const MAX_TEXT: usize = 4_000;

/// One request and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// The request's number in the ledger.
    pub seq: u64,
    /// Method and path, a query masked.
    pub line: String,
    /// Header fields that carried credentials, masked.
    pub headers: Vec<(String, String)>,
    /// Zaif's parameters, credentials masked.
    pub parameters: Vec<(String, String)>,
    /// iPay's body, credentials and card numbers masked.
    pub body: Option<String>,
    /// The HTTP status of the answer; none while, or because, there is no answer.
    pub status: Option<u16>,
    /// The answer's body.
    pub answer: String,
}

/// A request, masked already.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Method and path.
    pub line: String,
    /// Header fields that carried credentials.
    pub headers: Vec<(String, String)>,
    /// Zaif's parameters.
    pub parameters: Vec<(String, String)>,
    /// iPay's body.
    pub body: Option<String>,
}

/// The last exchanges, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Traffic {
    kept: VecDeque<Exchange>,
}

impl Traffic {
    /// Writes down a request, masked already.
    pub fn arrive(&mut self, seq: u64, request: Request) {
        if self.kept.len() >= KEPT {
            self.kept.pop_front();
        }
        let cut = |(name, value): (String, String)| (name, shortened(&value));
        self.kept.push_back(Exchange {
            seq,
            line: request.line,
            headers: request.headers,
            parameters: request.parameters.into_iter().map(cut).collect(),
            body: request.body.as_deref().map(shortened),
            status: None,
            answer: String::new(),
        });
    }

    /// Writes down what request `seq` was answered with.
    pub fn answered(&mut self, seq: u64, status: Option<u16>, answer: &str) {
        // Answers come soon after their requests: the newest are looked at first.
        if let Some(exchange) = self.kept.iter_mut().rev().find(|it| it.seq == seq) {
            exchange.status = status;
            exchange.answer = shortened(answer);
        }
    }

    /// The exchange of request `seq`, if it is still kept.
    #[must_use]
    pub fn get(&self, seq: u64) -> Option<&Exchange> {
        let place = self.kept.binary_search_by_key(&seq, |it| it.seq).ok()?;
        self.kept.get(place)
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => text.get(..end).map(|start| format!("{start}…")),
        None => Some(text.to_owned()),
    }
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ones_are_kept_and_long_ones_shortened() {
        let mut traffic = Traffic::default();
        for seq in 1..=520 {
            let request = Request {
                parameters: vec![("a".into(), "円".repeat(5_000))],
                ..Request::default()
            };
            traffic.arrive(seq, request);
            traffic.answered(seq, Some(200), "{}");
        }
        assert_eq!(traffic.get(20), None);
        let oldest = traffic.get(21).unwrap();
        assert_eq!((oldest.status, oldest.answer.as_str()), (Some(200), "{}"));
        assert_eq!(oldest.parameters[0].1.chars().count(), 4_001);
        assert!(traffic.get(520).is_some() && traffic.get(521).is_none());
    }
}
