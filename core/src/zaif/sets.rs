//! The sets of words that the other languages show as enumerations.

use crate::words::WordSet;

/// Every set.
pub const SETS: &[WordSet] = &[
    WordSet {
        name: "Status",
        doc: "The state of an invoice. The set is open: a state that nobody listed is kept as it came.",
        open: true,
        words: &[
            ("new", "Made; nothing received yet."),
            (
                "paid",
                "Money is seen on the network, unconfirmed: not money yet.",
            ),
            ("confirmed", "One confirmation or more."),
            (
                "complete",
                "Settled. The only state in which the shop has its money.",
            ),
            ("expired", "Nothing was received in time."),
            ("invalid", "Paid too late, too slowly or too little."),
            ("canceled", "Taken back by the shop."),
        ],
    },
    WordSet {
        name: "Coin",
        doc: "A coin by its code. The set is open: coins have been added and will be.",
        open: true,
        words: &[("btc", "Bitcoin."), ("mona", "Monacoin.")],
    },
    WordSet {
        name: "Reason",
        doc: "Why a payment did not settle. It is only ever one of a set of causes.",
        open: false,
        words: &[
            ("short", "Less was paid than was due when the time ran out."),
            ("slow", "The first confirmation came too late."),
            ("late", "It was paid after it had expired."),
        ],
    },
    WordSet {
        name: "Until",
        doc: "What to wait for.",
        open: false,
        words: &[
            (
                "money_seen",
                "Money is seen on the network: not settlement.",
            ),
            ("settled", "The shop's money is there for good."),
            ("final", "The state will never change again."),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zaif::{Coin, Reason, Status, Until};

    fn listed(name: &str) -> Vec<String> {
        match name {
            "Status" => Status::LISTED.iter().map(ToString::to_string).collect(),
            "Coin" => [Coin::BTC, Coin::MONA].map(|c| c.code().to_owned()).into(),
            "Reason" => Reason::ALL.map(|r| r.to_string()).into(),
            "Until" => Until::ALL.map(|u| u.as_str().to_owned()).into(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn each_set_holds_what_the_core_lists() {
        for set in SETS {
            let words: Vec<_> = set
                .words
                .iter()
                .map(|(word, _)| (*word).to_owned())
                .collect();
            assert_eq!(words, listed(set.name), "{}", set.name);
        }
    }
}
