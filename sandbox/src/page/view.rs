//! The state of an invoice as the page shows it, at one moment and in one language.

use rust_decimal::Decimal;
use serde::Serialize;

use super::qr::{self, Wallet};
use super::words::{Words, fill, span};
use crate::domain::{
    clock::Moment,
    zaif::{
        invoice::{Invoice, Status},
        money::{shortest, six_decimals},
    },
};
use crate::ecapi::answer::bip21;

/// From so many seconds before the end on, the page says that time runs out.
const EXPIRING_SECONDS: u64 = 120;

/// The states of the page: finer than the API's, which does not tell amounts received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    /// Nothing received, time left.
    New,
    /// Nothing received, little time left.
    Expiring,
    /// Some of it received.
    Short,
    /// All of it seen.
    Paid,
    /// In blocks, but not enough of them.
    Confirmed,
    /// Settled.
    Complete,
    /// Settled, with more than was due.
    Over,
    /// Too late.
    Expired,
    /// Late or short.
    Invalid,
    /// Taken back.
    Canceled,
}

impl PageState {
    fn of(invoice: &Invoice, seconds_left: u64) -> Self {
        match invoice.status {
            Status::New if seconds_left <= EXPIRING_SECONDS => Self::Expiring,
            Status::New => Self::New,
            Status::Paid if invoice.remaining() > Decimal::ZERO => Self::Short,
            Status::Paid => Self::Paid,
            Status::Confirmed => Self::Confirmed,
            Status::Complete if invoice.excess() > Decimal::ZERO => Self::Over,
            Status::Complete => Self::Complete,
            Status::Expired => Self::Expired,
            Status::Invalid => Self::Invalid,
            Status::Canceled => Self::Canceled,
        }
    }

    /// Whether money is still asked for.
    const fn asks(self) -> bool {
        matches!(self, Self::New | Self::Expiring | Self::Short)
    }

    /// Whether all that is due was seen: only then may the buyer leave for the shop.
    const fn leaves(self) -> bool {
        matches!(
            self,
            Self::Paid | Self::Confirmed | Self::Complete | Self::Over
        )
    }

    /// How far along, from 1 to 4; none when it went astray.
    const fn step(self) -> u8 {
        match self {
            Self::New | Self::Expiring | Self::Short => 1,
            Self::Paid => 2,
            Self::Confirmed => 3,
            Self::Complete | Self::Over => 4,
            Self::Expired | Self::Invalid | Self::Canceled => 0,
        }
    }

    /// Whether it ended without a payment that counts.
    const fn ends(self) -> bool {
        matches!(self, Self::Expired | Self::Invalid | Self::Canceled)
    }

    /// A sign beside the words, so that colour is never alone.
    const fn sign(self) -> &'static str {
        match self {
            Self::New => sign::CLOCK,
            Self::Expiring | Self::Short | Self::Invalid => sign::ATTENTION,
            Self::Paid | Self::Confirmed => sign::UNDER_WAY,
            Self::Complete => sign::DONE,
            Self::Over => sign::MORE,
            Self::Expired | Self::Canceled => sign::OVER,
        }
    }
}

/// Signs, drawn with a round pen in a field of 24 by 24.
pub mod sign {
    /// Time runs.
    pub const CLOCK: &str = "M12 6.8v5.5l3.4 2";
    /// Look here.
    pub const ATTENTION: &str = "M12 6.8v6.4M12 16.8v.1";
    /// Not yet at its end.
    pub const UNDER_WAY: &str = "M7.6 12v.1M12 12v.1M16.4 12v.1";
    /// As it should be.
    pub const DONE: &str = "M7.4 12.4l3.2 3.2 6-6.6";
    /// More than was wanted.
    pub const MORE: &str = "M12 7.6v8.8M7.6 12h8.8";
    /// No more.
    pub const OVER: &str = "M8.6 8.6l6.8 6.8M15.4 8.6l-6.8 6.8";
}

/// What changes on the page while it is open: rendered first by the server, then
/// sent to its script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Live {
    /// The state.
    pub state: PageState,
    /// The sign beside the words: the path of a drawing in a circle.
    pub sign: &'static str,
    /// The words.
    pub headline: String,
    /// A second sentence, as for money beyond what was due.
    pub note: String,
    /// How far along.
    pub step: u8,
    /// Whether money is still asked for.
    pub asks: bool,
    /// Whether all was seen, so that the buyer may go back to the shop.
    pub leaves: bool,
    /// Whether it ended otherwise: then there is a way to the shop, but not to its thanks.
    pub ends: bool,
    /// Seconds until the end, while that matters.
    pub seconds_left: Option<u64>,
    /// The same in words.
    pub left: String,
    /// Whether the sandbox's clock stands still.
    pub frozen: bool,
    /// What is to be sent now, in coins.
    pub to_send: String,
    /// The same for a wallet.
    pub wallet: Wallet,
    /// What was received, in coins; empty when nothing was.
    pub received: String,
}

impl Live {
    /// The page of `invoice` at `at`.
    #[must_use]
    pub fn of(invoice: &Invoice, words: &Words, at: Moment, frozen: bool) -> Self {
        // A moment before the end is still a second: zero means that it is over.
        let left = at.millis_until(invoice.expires).div_ceil(1000);
        let state = PageState::of(invoice, left);
        let unit = invoice.terms.coin.unit();
        let missing = shortest(invoice.remaining());
        let received = invoice.received();
        let also_over = invoice.excess() > Decimal::ZERO && state != PageState::Over;
        let left_words = fill(words.left, &[("time", &span(words, left))]);
        Self {
            state,
            sign: state.sign(),
            headline: headline(state, invoice, words, &missing, unit),
            note: if also_over && state.leaves() {
                words.over.to_owned()
            } else {
                String::new()
            },
            step: state.step(),
            asks: state.asks(),
            leaves: state.leaves(),
            ends: state.ends(),
            seconds_left: state.asks().then_some(left),
            left: if state.asks() {
                left_words
            } else {
                String::new()
            },
            frozen,
            to_send: if state == PageState::Short {
                missing
            } else {
                shortest(invoice.due)
            },
            // The rest only: who scans the code again must not pay everything again.
            wallet: qr::draw(if state == PageState::Short {
                bip21(invoice, &shortest(invoice.remaining()))
            } else {
                bip21(invoice, &six_decimals(invoice.due))
            }),
            received: if received > Decimal::ZERO {
                format!("{} {unit}", shortest(received))
            } else {
                String::new()
            },
        }
    }

    /// Whether a page that shows `self` since `millis` ago would now show this.
    #[must_use]
    pub fn still_shows(&self, newer: &Self, millis: u64) -> bool {
        let expected = |left: u64| {
            if self.frozen {
                left
            } else {
                left.saturating_sub(millis / 1000)
            }
        };
        let on_time = match (self.seconds_left, newer.seconds_left) {
            (Some(then), Some(now)) => expected(then).abs_diff(now) <= 1,
            (then, now) => then == now,
        };
        let timeless = |live: &Self| Self {
            seconds_left: None,
            left: String::new(),
            ..live.clone()
        };
        on_time && timeless(self) == timeless(newer)
    }
}

fn headline(
    state: PageState,
    invoice: &Invoice,
    words: &Words,
    missing: &str,
    unit: &str,
) -> String {
    let coin = invoice.terms.coin;
    match state {
        PageState::New => words.new.to_owned(),
        PageState::Expiring => words.expiring.to_owned(),
        PageState::Short => fill(words.short, &[("amount", missing), ("unit", unit)]),
        PageState::Paid => words.paid.to_owned(),
        PageState::Confirmed => fill(
            words.confirmed,
            &[
                ("n", &invoice.confirmations().to_string()),
                ("needed", &coin.confirmations_needed().to_string()),
            ],
        ),
        PageState::Complete => words.complete.to_owned(),
        PageState::Over => words.over.to_owned(),
        PageState::Expired => words.expired.to_owned(),
        PageState::Invalid => words.invalid.to_owned(),
        PageState::Canceled => words.canceled.to_owned(),
    }
}

/// Where the page may send the buyer: https, or plain http on this machine.
#[must_use]
pub fn safe_redirect(address: &str) -> bool {
    address.parse::<http::Uri>().is_ok_and(|uri| {
        let host = uri.host().unwrap_or_default();
        let local = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
        match uri.scheme_str() {
            Some("https") => !host.is_empty(),
            Some("http") => local,
            _ => false,
        }
    })
}

/// The shop a safe address belongs to: its front door.
#[must_use]
pub fn front_door(address: &str) -> Option<String> {
    let uri: http::Uri = address.parse().ok()?;
    Some(format!("{}://{}/", uri.scheme_str()?, uri.authority()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::zaif::invoice::tests::invoice;
    use crate::page::words::{EN, JA};

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn speaks_of_each_state_in_the_words_of_the_table() {
        let mut it = invoice("btc");
        let say = |it: &Invoice, at: u64| Live::of(it, &EN, it.created.plus_secs(at), false);
        assert_eq!(say(&it, 30).left, "9 min 30 s left");
        assert_eq!(say(&it, 480).state, PageState::Expiring);
        it.receive(decimal("0.9999"), it.created);
        let short = say(&it, 0);
        assert_eq!(
            short.headline,
            "0.0001 BTC short. Send the rest to the same address"
        );
        assert_eq!(
            Live::of(&it, &JA, it.created, false).headline,
            "0.0001 BTC 不足しています。同じアドレスへ追加でお送りください"
        );
        assert!(short.asks && !short.leaves);
        it.receive(decimal("0.1001"), it.created);
        let paid = say(&it, 0);
        assert_eq!((paid.state, paid.note.as_str()), (PageState::Paid, EN.over));
        it.bury(it.created);
        assert_eq!(say(&it, 0).headline, "Confirming (1 of 3)");
        it.bury(it.created);
        it.bury(it.created);
        assert_eq!(say(&it, 0).state, PageState::Over);
    }

    #[test]
    fn is_told_anew_when_the_clock_jumps_but_not_while_it_runs() {
        let it = invoice("btc");
        let at = |second: u64| Live::of(&it, &EN, it.created.plus_secs(second), false);
        assert!(at(0).still_shows(&at(7), 7_000));
        assert!(!at(0).still_shows(&at(307), 7_000));
        assert!(!at(0).still_shows(&at(500), 500_000));
    }

    #[test]
    fn buyers_are_only_sent_to_safe_places() {
        for safe in [
            "https://shop.test/done",
            "http://127.0.0.1:8000/",
            "http://localhost/x",
        ] {
            assert!(safe_redirect(safe), "{safe}");
        }
        assert_eq!(
            front_door("https://shop.test:8443/thanks?order=1").as_deref(),
            Some("https://shop.test:8443/")
        );
        for bad in [
            "http://shop.test/",
            "javascript:alert(1)",
            "/relative",
            "ftp://localhost/",
        ] {
            assert!(!safe_redirect(bad), "{bad}");
        }
    }
}
