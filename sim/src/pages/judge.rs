//! Judges the loads of pages by the server's books.

use kessai::world::{Micros, SECOND};
use kessai::zaif::Invoice;
use kessai::{Amount, Outcome, Result, Yen};

use crate::call::{Call, End};
use crate::judge::Rule;
use crate::mind::Brought;
use crate::schedule::{Happening, Schedule};
use crate::server::ledger::Row;
use crate::shop::{CallId, IntentId};
use crate::trace::START;

/// By how much a client may misjudge how long an invoice has left: `Date` and
/// `expired` are cut to the second.
const MARGIN: Micros = 5 * SECOND;

/// Why two invoices live at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Twins {
    /// Those who made them take turns and share their doubts.
    OneRealm,
    /// They do not, and the first had not become visible when the second's
    /// maker looked: what nobody can prevent.
    Hidden,
    /// They do not, but the first was to be seen, or came in between.
    Seen,
}

impl Schedule<'_> {
    fn rows_of(&self, order: IntentId) -> impl Iterator<Item = &Row> {
        self.server.rows.iter().filter(move |r| r.intent == order)
    }

    /// What can be judged when a load ends.
    pub(crate) fn judge_load(&mut self, id: CallId, result: &Result<Brought>) {
        let Some(call) = self.calls.get(id).filter(|call| call.load.is_some()) else {
            return;
        };
        let order = call.intent;
        let (names, wrong) = match result {
            Ok(Brought::Invoice(invoice)) => (
                vec![invoice.invoice_id.clone()],
                self.wrongly_shown(id, call, invoice),
            ),
            Ok(_) => (
                Vec::new(),
                Some((Rule::Success, "a load brought no invoice")),
            ),
            Err(error) => (error.invoice_ids().to_vec(), None),
        };
        if let Err(error) = result {
            self.tally.count("loads that failed", error.code().as_str());
        }
        if let Some(page) = self.pages.get_mut(&order) {
            page.named.extend(names);
        }
        if let Some((rule, what)) = wrong {
            self.violated(rule, Some(order), &format!("call {id}: {what}"));
        }
    }

    /// What is wrong with an invoice that a page shows.
    fn wrongly_shown(
        &self,
        id: CallId,
        call: &Call,
        invoice: &Invoice,
    ) -> Option<(Rule, &'static str)> {
        let load = call.load.as_ref()?;
        let Some(row) = self.server.row(&invoice.invoice_id) else {
            return Some((Rule::Success, "the invoice shown is not in the books"));
        };
        let intent = self.intents.get(call.intent)?;
        let same = row.intent == call.intent
            && invoice.order_number == intent.order
            && invoice.currency.code() == row.terms.coin()
            && invoice.amount == Amount::Yen(Yen::new(row.terms.yen));
        if !same {
            return Some((Rule::Success, "the invoice shown is not as in the books"));
        }
        if invoice.differs != (row.terms != call.terms) {
            return Some((Rule::Shown, "it is not told rightly whether it differs"));
        }
        let money =
            |r: &&Row| r.visible <= load.began && r.has_money(load.began) && r.has_money(self.now);
        let rich: Vec<usize> = self
            .rows_of(call.intent)
            .filter(money)
            .map(|r| r.number)
            .collect();
        match rich.as_slice() {
            [] => {}
            [one] if *one == row.number => return None,
            [_] => return Some((Rule::Money, "another invoice has money")),
            _ => return Some((Rule::Money, "several invoices have money")),
        }
        // It may have run out since.
        let read = row.read_by(id, self.now);
        if row.has_money(self.now) || read.is_some_and(|read| row.has_money(read)) {
            return None;
        }
        if invoice.differs {
            return Some((Rule::Shown, "it differs, and has no money"));
        }
        if let Some((at, by)) = row.canceled.filter(|(at, _)| *at <= self.now) {
            let of_us = self.calls.get(by).and_then(|c| c.load.as_ref());
            let ours = of_us.is_none_or(|l| l.realm == load.realm) && at > load.began;
            return ours.then_some((Rule::Shown, "it was canceled"));
        }
        let needed = self.now.saturating_sub(load.began).saturating_add(MARGIN);
        let left = row.ends().saturating_sub(self.now);
        let brief = left.saturating_add(needed) < load.min_left;
        brief.then_some((Rule::Shown, "too little time is left"))
    }

    /// Judges an order's invoices when no load is under way and every create
    /// has become visible.
    pub(crate) fn inspect(&mut self, order: IntentId) {
        if !self.pages.contains_key(&order) || self.is_loading(order) {
            return;
        }
        let late = self.rows_of(order).map(|row| row.visible).max();
        if let Some(late) = late.filter(|late| *late > self.now) {
            self.queue.put(late, Happening::Inspect(order));
            return;
        }
        let live: Vec<&Row> = self
            .rows_of(order)
            .filter(|r| r.is_live(self.now))
            .collect();
        let mut twins = Vec::new();
        for (place, second) in live.iter().enumerate() {
            for first in live.iter().take(place) {
                if let Some(how) = self.twins(first, second) {
                    let both = (first.number, second.number);
                    twins.push((both, how, self.describe(first, second)));
                }
            }
        }
        for (both, how, what) in twins {
            let page = self.pages.get_mut(&order);
            if page.is_some_and(|page| page.judged.insert(both)) {
                self.tell_twins(order, how, &what);
            }
        }
    }

    fn is_loading(&self, order: IntentId) -> bool {
        self.calls.iter().any(|call| {
            call.intent == order
                && call.end == End::Not
                && call.load.is_some()
                && self.processes.get(call.process).is_some_and(|p| p.alive)
        })
    }

    fn tell_twins(&mut self, order: IntentId, how: Twins, what: &str) {
        match how {
            Twins::Hidden => {
                self.tally
                    .count("pages doubled, not judged", "commits lag between realms");
            }
            Twins::OneRealm => self.violated(Rule::Doubled, Some(order), what),
            Twins::Seen => {
                let what = format!("in two realms, though not hidden: {what}");
                self.violated(Rule::Doubled, Some(order), &what);
            }
        }
    }

    /// Whether an invoice was made beside another that was good enough, or
    /// should have been canceled.
    fn twins(&self, first: &Row, second: &Row) -> Option<Twins> {
        let (at, to) = (first.made_by?, second.made_by?);
        let (at, to) = (self.calls.get(at)?, self.calls.get(to)?);
        let (one, other) = (at.load.as_ref()?, to.load.as_ref()?);
        let born = second.created;
        let left = first.ends().saturating_sub(born);
        let seen = first.read_by(second.made_by?, born).unwrap_or(born);
        let brief = left < other.min_left.saturating_add(MARGIN)
            && first.terms == second.terms
            && !first.has_money(seen);
        if at.intent != to.intent || !first.is_live(born) || brief {
            return None;
        }
        let hidden = second
            .looked
            .is_some_and(|looked| first.created <= looked && looked < first.visible);
        Some(match (one.realm == other.realm, hidden) {
            (true, _) => Twins::OneRealm,
            (false, true) => Twins::Hidden,
            (false, false) => Twins::Seen,
        })
    }

    fn describe(&self, first: &Row, second: &Row) -> String {
        let since = |at: Micros| {
            let at = at.saturating_sub(START);
            format!("{}.{:03}", at / SECOND, at % SECOND / 1_000)
        };
        let maker = |row: &Row| {
            let call = row.made_by.unwrap_or(0);
            let end = self.calls.get(call).map(|c| c.end);
            format!("call {call} ({end:?})")
        };
        format!(
            "{} by {} at {}, visible at {}; {} by {} at {}, which had looked at {}",
            first.number,
            maker(first),
            since(first.created),
            since(first.visible),
            second.number,
            maker(second),
            since(second.created),
            second.looked.map_or_else(|| "no time".to_owned(), since),
        )
    }

    /// What can be judged of a page's order in the end.
    pub(crate) fn judge_page(&mut self, order: IntentId) {
        let (mut wrong, mut leftover, mut hidden) = (Vec::new(), 0, 0);
        let Some(page) = self.pages.get(&order) else {
            return;
        };
        for row in self.rows_of(order) {
            let Some(call) = row.made_by.and_then(|id| self.calls.get(id)) else {
                continue;
            };
            let named = page.named.contains(&row.id()) || row.canceled.is_some();
            // Its handle finds it, and so does the next load.
            let told = call.end == End::Killed || call.end == End::Unknown;
            // Left over, but some load knows it: the next would cancel it.
            let known = row.listed || !row.reads.is_empty();
            if !named && !told && known {
                leftover += 1;
            } else if !named && !told && self.is_behind_another_realms(row) {
                hidden += 1;
            } else if !named && !told {
                wrong.push((Rule::Lost, format!("no load names {}", row.id())));
            }
            let Some(load) = &call.load else {
                continue;
            };
            let rich = |other: &&Row| {
                other.visible <= load.began
                    && other.has_money(load.began)
                    && other.has_money(row.created)
            };
            if let Some(rich) = self.rows_of(order).find(rich) {
                let what = format!("{} was made beside {}", row.id(), rich.id());
                wrong.push((Rule::Money, what));
            }
        }
        let loads = self.calls.iter().filter(|c| c.intent == order);
        let failed = loads.filter(|c| c.end == End::Unknown).count();
        self.tally.count(
            "pages",
            if failed == 0 {
                "every load told its end"
            } else {
                "with loads that ended as unknown"
            },
        );
        for _ in 0..hidden {
            self.tally
                .count("pages", "invoices hidden behind another realm's");
        }
        for _ in 0..leftover {
            self.tally
                .count("pages", "invoices left for the next load to cancel");
        }
        self.judge_payments(order);
        for (rule, what) in wrong {
            self.violated(rule, Some(order), &what);
        }
    }

    /// A lost create that shows late, whose maker was content with what another
    /// realm had made.
    fn is_behind_another_realms(&self, row: &Row) -> bool {
        let realm = |row: &Row| {
            let call = row.made_by.and_then(|id| self.calls.get(id));
            Some(call?.load.as_ref()?.realm)
        };
        self.rows_of(row.intent).any(|r| realm(r) != realm(row))
    }

    /// Two invoices with money that were both due.
    fn judge_payments(&mut self, order: IntentId) {
        let due = |row: &&Row| {
            let paid = row.paid.filter(|at| *at <= row.ends() && !row.short);
            paid.is_some_and(|at| row.canceled.is_none_or(|(canceled, _)| canceled > at))
        };
        let paid: Vec<&Row> = self.rows_of(order).filter(due).collect();
        let (Some(first), Some(second)) = (paid.first(), paid.get(1)) else {
            return;
        };
        let what = format!("both have money: {}", self.describe(first, second));
        match self.twins(first, second) {
            Some(Twins::OneRealm | Twins::Seen) => {
                self.violated(Rule::Doubled, Some(order), &what);
            }
            Some(Twins::Hidden) => {
                self.tally
                    .count("pages paid twice, not judged", "commits lag between realms");
            }
            None => self
                .tally
                .count("pages paid twice, not judged", "the first was near its end"),
        }
    }

    /// Whether an invoice was canceled by somebody who could see its money.
    pub(crate) fn judge_cancels(&mut self) {
        let mut wrong = Vec::new();
        for row in &self.server.rows {
            let (Some((at, by)), Some(paid)) = (row.canceled, row.paid) else {
                continue;
            };
            if paid > at {
                self.tally.count("cancels", "before the money came");
                continue;
            }
            match row.read_by(by, at) {
                Some(read) if read < paid => {
                    let name = match at.saturating_sub(read) / SECOND {
                        0 => "overtaken by the money within 1 s",
                        1..10 => "overtaken by the money within 10 s",
                        _ => "overtaken by the money later",
                    };
                    self.tally.count("cancels", name);
                }
                _ => wrong.push((row.intent, row.id())),
            }
        }
        for (order, id) in wrong {
            self.violated(Rule::Canceled, Some(order), &id);
        }
    }

    /// How a call's end is kept.
    pub(crate) fn end_of(result: &Result<Brought>) -> End {
        match result {
            Err(error) if error.outcome() == Outcome::Unknown => End::Unknown,
            _ => End::Told,
        }
    }
}
