//! Judges what the client did and said by the server's books.

use std::fmt;

use kessai::zaif::Invoice;
use kessai::zaif::decide::Resumed;
use kessai::{Amount, Outcome, Result};

use crate::call::{End, Purpose};
use crate::mind::Brought;
use crate::orders::{Terms, Verdict};
use crate::schedule::Schedule;
use crate::server::ledger::Row;
use crate::shop::{CallId, IntentId};

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
        /// What must always hold.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule { $($(#[doc = $doc])+ $variant,)+ }

        impl Rule {
            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

rules! {
    /// At most one invoice for an intent.
    Doubled = "doubled";
    /// No success without its row in the books.
    Success = "success without its row";
    /// Every row is named by its intent's final result.
    Lost = "lost";
    /// What is said not to be done is not done, ever.
    NotDone = "not done, but done";
    /// An invoice with money is not overlooked, and nothing is made beside it.
    Money = "money overlooked";
    /// An invoice is not canceled once its money was to be seen.
    Canceled = "canceled with money";
    /// What is shown is what is wanted, or says that it is not.
    Shown = "shown, but not what is wanted";
    /// Nonces rise, each goes out once, none is far ahead of the clock.
    Nonce = "nonce";
    /// Every call ends by its deadline.
    Deadline = "deadline";
    /// The schedule itself came to an end.
    Astray = "astray";
}

/// What must not be, and where to see it.
#[derive(Debug, Clone)]
pub struct Violation {
    /// The schedule.
    pub index: u64,
    /// What was broken.
    pub rule: Rule,
    /// The intent that it is about.
    pub intent: Option<IntentId>,
    /// In words.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "schedule {}", self.index)?;
        if let Some(intent) = self.intent {
            write!(f, ", intent {intent}")?;
        }
        write!(f, ": {}: {}", self.rule.name(), self.what)
    }
}

impl Schedule<'_> {
    /// Takes note of what must not be.
    pub(crate) fn violated(&mut self, rule: Rule, intent: Option<IntentId>, what: &str) {
        self.trace.note(self.now, "VIOLATION", &[]);
        self.trace.say(|| format!("{}: {what}", rule.name()));
        self.tally.count("violations", rule.name());
        self.violations.push(Violation {
            index: self.index,
            rule,
            intent,
            what: what.to_owned(),
        });
    }

    pub(crate) fn astray(&mut self) {
        self.violated(Rule::Astray, None, "it does not come to an end");
    }

    /// What can be judged when a call ends.
    pub(crate) fn judge_end(&mut self, id: CallId, result: &Result<Brought>) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let about = call.intent;
        if self.now > call.deadline {
            self.violated(
                Rule::Deadline,
                Some(about),
                "a call ended after its deadline",
            );
        }
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let claim = match result {
            Ok(Brought::Invoice(_)) if call.load.is_some() => None,
            Ok(Brought::Invoice(invoice) | Brought::Resumed(Resumed::Done { invoice, .. })) => {
                self.wrong(about, call.terms, invoice)
            }
            Ok(_) | Err(_) => None,
        };
        if call.purpose == Purpose::Create
            && let Err(error) = result
            && error.outcome() == Outcome::Unknown
            && self.intents.get(about).is_some_and(|i| i.order.is_some())
        {
            self.count_unknown(id);
        }
        self.remember(id, result);
        self.judge_load(id, result);
        if let Some(what) = claim {
            self.violated(Rule::Success, Some(about), what);
        }
    }

    /// What is wrong with an invoice that was reported for an intent.
    fn wrong(&self, about: IntentId, terms: Terms, invoice: &Invoice) -> Option<&'static str> {
        let Some(row) = self.server.row(&invoice.invoice_id) else {
            return Some("the invoice reported is not in the books");
        };
        let intent = self.intents.get(about)?;
        if row.intent != about {
            return Some("the invoice reported belongs to another intent");
        }
        if row.made_by.is_none() {
            return Some("the invoice reported was there before the first call");
        }
        let fits = row.id() == invoice.invoice_id
            && invoice.order_number == intent.order
            && invoice.currency.code() == row.terms.coin()
            && invoice.amount == Amount::Yen(kessai::Yen::new(row.terms.yen))
            && row.terms == terms;
        (!fits).then_some("the invoice reported is not as it stands in the books")
    }

    /// What befell the creates of a call that ended as unknown.
    fn count_unknown(&mut self, id: CallId) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        let rounds = match call.fates.iter().filter(|f| **f != "not sent").count() {
            0 => "0",
            1 => "1",
            2 => "2",
            3 => "3",
            _ => "4 or more",
        };
        self.tally.count("unknown creates, by creates sent", rounds);
        if let Some((last, earlier)) = call.fates.split_last() {
            self.tally.count("unknown creates, last create", last);
            for fate in earlier {
                self.tally.count("unknown creates, earlier creates", fate);
            }
        }
        if self.key_is_far_ahead() {
            self.tally
                .count("unknown creates, others", "key locked by a clock far ahead");
        }
    }

    /// Whether a host with a wrong clock has used up the nonces of the next
    /// minutes.
    fn key_is_far_ahead(&self) -> bool {
        self.server
            .book
            .last()
            .is_some_and(|n| n.as_micros() > self.now.saturating_add(kessai::nonce::MOST_AHEAD))
    }

    /// Keeps what was said to be not done, to be judged at the end.
    fn remember(&mut self, id: CallId, result: &Result<Brought>) {
        let Some(call) = self.calls.get(id) else {
            return;
        };
        match (&call.purpose, result) {
            (Purpose::Create | Purpose::Load(_), Err(error))
                if error.outcome() == Outcome::NotDone =>
            {
                self.denied.push((id, vec![id]));
            }
            (Purpose::Resume { about, .. }, Ok(Brought::Resumed(Resumed::NotDone))) => {
                let calls = self
                    .intents
                    .get(call.intent)
                    .map(|i| i.attempts.iter().take(*about).copied().collect())
                    .unwrap_or_default();
                self.denied.push((id, calls));
            }
            (Purpose::Recall { of, .. }, Ok(Brought::Resumed(Resumed::NotDone))) => {
                self.denied.push((id, vec![*of]));
            }
            (Purpose::Cancel(row), Err(error)) if error.outcome() == Outcome::NotDone => {
                self.not_canceled.push((id, row.clone()));
            }
            (Purpose::Cancel(row), Ok(_)) => {
                let canceled = self.server.row(row).is_some_and(|r| r.canceled.is_some());
                if !canceled {
                    let about = call.intent;
                    self.violated(Rule::Success, Some(about), "a cancel that never was");
                }
            }
            _ => {}
        }
    }

    /// What can be judged when everything has become visible.
    pub(crate) fn judge(&mut self) {
        let open: Vec<_> = self
            .calls
            .iter()
            .filter(|call| call.end == End::Not)
            .map(|call| call.intent)
            .collect();
        for intent in open {
            self.violated(Rule::Deadline, Some(intent), "a call never ended");
        }
        for (call, calls) in std::mem::take(&mut self.denied) {
            // What another load of the page canceled is as if it had not been.
            let is_gone = |row: &Row| {
                row.canceled.is_some_and(|(_, by)| by != call)
                    && self.pages.contains_key(&row.intent)
            };
            let made = |row: &&Row| row.made_by.is_some_and(|c| calls.contains(&c));
            let done = self.server.rows.iter().filter(made).any(|r| !is_gone(r));
            if done {
                let about = self.calls.get(call).map(|c| c.intent);
                let what = format!("call {call} said that nothing was made");
                self.violated(Rule::NotDone, about, &what);
            }
        }
        for (call, row) in std::mem::take(&mut self.not_canceled) {
            let by = self.server.row(&row).and_then(|r| r.canceled);
            if by.is_some_and(|(_, by)| by == call) {
                let about = self.calls.get(call).map(|c| c.intent);
                let what = format!("call {call} said that the invoice was not canceled");
                self.violated(Rule::NotDone, about, &what);
            }
        }
        for intent in 0..self.intents.len() {
            if self.pages.contains_key(&intent) {
                self.judge_page(intent);
            } else {
                self.judge_intent(intent);
            }
        }
        self.judge_cancels();
        self.tally.count("events", "schedules");
    }

    fn judge_intent(&mut self, id: IntentId) {
        let Some(intent) = self.intents.get(id) else {
            return;
        };
        let rows: Vec<String> = self
            .server
            .rows
            .iter()
            .filter(|row| row.intent == id && row.made_by.is_some())
            .map(Row::id)
            .collect();
        let named: &[String] = match &intent.verdict {
            Verdict::Made(row) => std::slice::from_ref(row),
            Verdict::Several(rows) => rows,
            Verdict::NobodyKnows => &rows,
            Verdict::Open | Verdict::Nothing => &[],
        };
        let lost: Vec<&str> = rows
            .iter()
            .filter(|row| !named.contains(row))
            .map(String::as_str)
            .collect();
        let lost = (!lost.is_empty()).then(|| format!("no result names {}", lost.join(", ")));
        let name = match &intent.verdict {
            Verdict::Open => "open",
            Verdict::Made(_) => "made",
            Verdict::Several(_) => "several",
            Verdict::Nothing => "given up, not made",
            Verdict::NobodyKnows => "without a number, unknown",
        };
        let open = intent.verdict == Verdict::Open;
        self.tally.count("intents", name);
        if rows.len() > 1 {
            self.tally.count("intents doubled", "intents doubled");
            let what = format!("{} invoices: {}", rows.len(), rows.join(", "));
            self.violated(Rule::Doubled, Some(id), &what);
        }
        if let Some(what) = lost {
            self.violated(Rule::Lost, Some(id), &what);
        }
        if open {
            self.violated(Rule::Lost, Some(id), "no call ever came to a result");
        }
    }
}
