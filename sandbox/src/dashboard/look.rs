//! Which part of the sandbox is looked at: the state of the page, all of it in its address.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::parts::Fact;
use super::words::{EN, JA, Words};

/// What is listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// Invoices.
    #[default]
    Invoices,
    /// iPay's payments and refunds.
    Payments,
    /// iPay's customers.
    Customers,
    /// Requests with their answers.
    Requests,
    /// Webhooks and notifications.
    Deliveries,
    /// iPay's test cards.
    Cards,
    /// Fault rules and scenarios.
    Faults,
}

impl View {
    /// Every view, in the order of the tabs.
    pub const ALL: [Self; 7] = [
        Self::Invoices,
        Self::Payments,
        Self::Customers,
        Self::Requests,
        Self::Deliveries,
        Self::Cards,
        Self::Faults,
    ];

    /// What the address calls it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invoices => "invoices",
            Self::Payments => "payments",
            Self::Customers => "customers",
            Self::Requests => "requests",
            Self::Deliveries => "deliveries",
            Self::Cards => "cards",
            Self::Faults => "faults",
        }
    }

    /// The view an address names; invoices when it names none.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        let found = Self::ALL.into_iter().find(|view| view.code() == code);
        found.unwrap_or_default()
    }

    /// Its tab.
    #[must_use]
    pub const fn name(self, words: &Words) -> &'static str {
        match self {
            Self::Invoices => words.invoices,
            Self::Payments => words.payments,
            Self::Customers => words.customers,
            Self::Requests => words.requests,
            Self::Deliveries => words.deliveries,
            Self::Cards => words.cards,
            Self::Faults => words.faults,
        }
    }
}

/// The state of the page.
#[derive(Debug, Clone)]
pub struct Look {
    /// What is listed.
    pub view: View,
    /// The search line.
    pub query: String,
    /// What is open; empty when nothing is.
    pub id: String,
    /// The language.
    pub words: &'static Words,
}

impl Look {
    /// The words of a language code; Japanese unless it is `en`.
    #[must_use]
    pub fn words_of(lang: &str) -> &'static Words {
        if lang == EN.lang { &EN } else { &JA }
    }

    /// The address of this state.
    #[must_use]
    pub fn address(&self) -> String {
        let mut address = format!("/?lang={}&view={}", self.words.lang, self.view.code());
        for (name, value) in [("q", &self.query), ("id", &self.id)] {
            if !value.is_empty() {
                let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
                address.push_str(&format!("&{name}={value}"));
            }
        }
        address
    }

    /// The address of another view, without search.
    #[must_use]
    pub fn at(&self, view: View, id: &str) -> String {
        Self {
            view,
            query: String::new(),
            id: id.to_owned(),
            words: self.words,
        }
        .address()
    }

    /// A thing that is called by its id, with a link to where it is shown, if it is.
    #[must_use]
    pub fn thing(&self, id: &str) -> Fact {
        let w = self.words;
        let (name, view) = match id.split_once('_').map(|it| it.0) {
            None => (w.invoice, Some(View::Invoices)),
            Some("pay") => (w.payment, Some(View::Payments)),
            Some("re") => (w.refund, Some(View::Payments)),
            Some("cus") => (w.customer, Some(View::Customers)),
            Some(_) => (w.object, None),
        };
        Fact {
            name,
            value: id.to_owned(),
            address: view.map(|view| self.at(view, id)),
        }
    }

    /// The address of a search in a view.
    #[must_use]
    pub fn searching(&self, view: View, query: String) -> String {
        Self {
            view,
            query,
            id: String::new(),
            words: self.words,
        }
        .address()
    }

    /// The address with `id` open.
    #[must_use]
    pub fn with(&self, id: &str) -> String {
        Self {
            id: id.to_owned(),
            ..self.clone()
        }
        .address()
    }

    /// The address in the other language.
    #[must_use]
    pub fn translated(&self) -> String {
        Self {
            words: Self::words_of(self.words.other_lang),
            ..self.clone()
        }
        .address()
    }

    /// A moment as the reader's clock shows it, with or without its date.
    #[must_use]
    pub fn time(&self, secs: u64, dated: bool) -> String {
        let local = secs.saturating_add(self.offset_secs());
        let (day, rest) = (local / 86_400, local % 86_400);
        let clock = format!("{:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60);
        if dated {
            format!("{} {clock}", date(day))
        } else {
            clock
        }
    }

    /// How far the reader's clock is ahead of UTC.
    #[must_use]
    pub fn offset_secs(&self) -> u64 {
        if self.words.zone == JA.zone {
            9 * 3_600
        } else {
            0
        }
    }
}

/// The date of a day counted from 1970-01-01, by counting years of 400 from a March.
fn date(day: u64) -> String {
    let shifted = day + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    format!("{:04}-{month:02}-{of_month:02}", era * 400 + year + later)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(lang: &str) -> Look {
        Look {
            view: View::Requests,
            query: "order:A 1&b".into(),
            id: "7".into(),
            words: Look::words_of(lang),
        }
    }

    #[test]
    fn the_whole_state_is_in_the_address() {
        let address = "/?lang=en&view=requests&q=order%3AA%201%26b&id=7";
        assert_eq!(look("en").address(), address);
        assert_eq!(look("ja").translated(), address);
        assert_eq!(look("en").at(View::Faults, ""), "/?lang=en&view=faults");
        assert_eq!(View::from_code("deliveries"), View::Deliveries);
        assert_eq!(View::from_code("x"), View::Invoices);
    }

    #[test]
    fn moments_read_as_on_the_readers_clock() {
        assert_eq!(look("en").time(1_434_696_690, true), "2015-06-19 06:51:30");
        assert_eq!(look("ja").time(1_434_696_690, false), "15:51:30");
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(19_782), "2024-02-29");
        assert_eq!(date(19_783), "2024-03-01");
    }
}
