//! The sets of words that the other languages show as enumerations.

use crate::doc::Doc;
use crate::words::WordSet;

/// Every set.
pub const SETS: &[WordSet] = &[
    WordSet {
        name: "Status",
        doc: Doc::of(
            "The state of an invoice. The set is open: a state that nobody listed is kept as it came.",
        ),
        open: true,
        words: &[
            ("new", Doc::of("Made; nothing received yet.")),
            (
                "paid",
                Doc::of("Money is seen on the network, unconfirmed: not money yet."),
            ),
            ("confirmed", Doc::of("One confirmation or more.")),
            (
                "complete",
                Doc::of("Settled. The only state in which the shop has its money."),
            ),
            ("expired", Doc::of("Nothing was received in time.")),
            (
                "invalid",
                Doc::of("Paid too late, too slowly or too little."),
            ),
            ("canceled", Doc::of("Taken back by the shop.")),
        ],
    },
    WordSet {
        name: "Coin",
        doc: Doc::of("A coin by its code. The set is open: coins have been added and will be."),
        open: true,
        words: &[("btc", Doc::of("Bitcoin.")), ("mona", Doc::of("Monacoin."))],
    },
    WordSet {
        name: "Reason",
        doc: Doc::of("Why a payment did not settle. It is only ever one of a set of causes."),
        open: false,
        words: &[
            (
                "short",
                Doc::of("Less was paid than was due when the time ran out."),
            ),
            ("slow", Doc::of("The first confirmation came too late.")),
            ("late", Doc::of("It was paid after it had expired.")),
        ],
    },
    WordSet {
        name: "Until",
        doc: Doc::of("What to wait for."),
        open: false,
        words: &[
            (
                "money_seen",
                Doc::of("Money is seen on the network: not settlement."),
            ),
            ("settled", Doc::of("The shop's money is there for good.")),
            ("final", Doc::of("The state will never change again.")),
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
