//! What really happened: one row for every request that arrived.
//!
//! Rows hold no credentials; a key appears under its id.

use serde::{Deserialize, Serialize};

use super::faults_text::Service;

/// Method and nonce are whatever a client sent; this much of them is kept.
const MAX_KEPT: usize = 64;

/// One request, in the order of arrival.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    /// Its number: requests are numbered as they arrive.
    pub seq: u64,
    /// The earlier request this is a second copy of.
    pub copy_of: Option<u64>,
    /// Virtual time of arrival, Unix seconds.
    pub at: u64,
    /// Whose API it called.
    pub service: Service,
    /// The method asked for; of iPay's calls the route.
    pub method: Option<String>,
    /// The nonce as sent.
    pub nonce: Option<String>,
    /// The idempotency key as sent, what looks like a card's number masked.
    pub idempotency_key: Option<String>,
    /// What iPay calls the request.
    pub request_id: Option<String>,
    /// Whether it was answered with what an earlier request with its key was.
    pub replayed: bool,
    /// The id of the key, once its credentials were accepted.
    pub key: Option<String>,
    /// Whether the nonce is used up.
    pub nonce_consumed: bool,
    /// Whether the method was carried out.
    pub executed: bool,
    /// Its number among the executed ones: the order in which effects took place.
    pub order: Option<u64>,
    /// Why it was not carried out, in the API's words.
    pub message: Option<String>,
    /// The invoice, or whatever object, it made.
    pub made: Option<String>,
    /// The faults that were played on it.
    pub faults: Vec<String>,
}

/// What a client sent, as much of it as is kept.
#[must_use]
pub fn kept(text: &str) -> String {
    text.chars().take(MAX_KEPT).collect()
}

/// All rows.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    rows: Vec<Row>,
    executed: u64,
}

impl Ledger {
    /// Writes down that a request arrived, and gives it its number.
    pub fn arrive(
        &mut self,
        at: u64,
        service: Service,
        method: Option<&str>,
        copy_of: Option<u64>,
    ) -> u64 {
        let seq = u64::try_from(self.rows.len()).map_or(u64::MAX, |count| count + 1);
        self.rows.push(Row {
            seq,
            copy_of,
            at,
            service,
            method: method.map(kept),
            nonce: None,
            idempotency_key: None,
            request_id: None,
            replayed: false,
            key: None,
            nonce_consumed: false,
            executed: false,
            order: None,
            message: None,
            made: None,
            faults: Vec::new(),
        });
        seq
    }

    /// Adds to the row of request `seq`.
    pub fn note(&mut self, seq: u64, write: impl FnOnce(&mut Row)) {
        let place = usize::try_from(seq).unwrap_or(usize::MAX).wrapping_sub(1);
        if let Some(row) = self.rows.get_mut(place) {
            write(row);
        }
    }

    /// Writes down that request `seq` was carried out.
    pub fn executed(&mut self, seq: u64) {
        self.executed += 1;
        let order = self.executed;
        self.note(seq, |row| {
            row.executed = true;
            row.order = Some(order);
        });
    }

    /// Every row, in the order of arrival.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_arrivals_and_executions_apart() {
        let mut ledger = Ledger::default();
        let first = ledger.arrive(1, Service::Zaif, Some("a"), None);
        let second = ledger.arrive(1, Service::Ipay, Some(&"b".repeat(100)), Some(first));
        ledger.executed(second);
        ledger.executed(first);
        let rows = ledger.rows();
        assert_eq!((rows[0].seq, rows[0].order), (1, Some(2)));
        assert_eq!((rows[1].seq, rows[1].order), (2, Some(1)));
        assert_eq!(rows[1].copy_of, Some(1));
        assert_eq!(rows[1].method.as_ref().unwrap().len(), 64);
    }
}
