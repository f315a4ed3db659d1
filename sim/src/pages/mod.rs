//! Pages that reload: an order's invoice is made when its page is loaded, by
//! however many workers load it at once, and its customer changes their mind,
//! pays, and loads it again.

pub mod hasty;
mod judge;
mod load;
pub mod locks;
pub mod store;

use std::collections::BTreeSet;
use std::sync::Arc;

use kessai::world::{Micros, SECOND};
use kessai::zaif::decide::Limits;

use crate::orders::{Intent, Terms, Verdict, below};
use crate::schedule::{Happening, Schedule};
use crate::shop::{IntentId, Work, WorkerId};
use crate::trace::START;
use locks::Realm;
use store::FileNonces;

/// How much time an invoice must have left to be shown: the usual, and more
/// and less.
pub const MIN_LEFT: [Micros; 4] = [120 * SECOND, 120 * SECOND, 30 * SECOND, 300 * SECOND];

/// How long after one another a page's loads come in bursts: at once, within
/// the time to settle, when the invoice is near its end, and beyond.
const GAPS: [u64; 10] = [0, 2, 5, 15, 40, 150, 420, 470, 540, 620];

/// Loads of one page beyond these are not begun.
const MOST_LOADS: usize = 40;

/// One load of a page, on its way.
#[derive(Debug)]
pub struct Load {
    /// Its bounds, the wait for the order included.
    pub limits: Limits,
    /// With whom it shares its lock.
    pub realm: Realm,
    /// When it began.
    pub began: Micros,
    /// How much time an invoice must have left for it.
    pub min_left: Micros,
}

impl Load {
    /// A load that begins.
    #[must_use]
    pub const fn new(limits: Limits, realm: Realm, began: Micros, min_left: Micros) -> Self {
        Self {
            limits,
            realm,
            began,
            min_left,
        }
    }
}

/// A page and its customer.
#[derive(Debug, Default)]
pub struct Page {
    /// How often it was loaded.
    loads: usize,
    /// The invoices that it showed, or that its errors named.
    named: BTreeSet<String>,
    /// What its customer paid, and when.
    paid: Vec<(String, Micros)>,
    /// Pairs of invoices that were judged.
    judged: BTreeSet<(usize, usize)>,
}

impl Schedule<'_> {
    /// On half of the hosts the processes keep their nonces in one file.
    pub(crate) fn share_files(&mut self) {
        for _ in 0..self.hosts.len() {
            let shared = self.dice.once_in(2);
            self.files.push(shared.then(Arc::<FileNonces>::default));
        }
    }

    /// Draws who loads what, and when; a few make invoices beside.
    pub(crate) fn open_pages(&mut self) {
        let workers = self.workers.len();
        for worker in 0..workers {
            if self.dice.once_in(4) {
                self.new_order(worker);
                let at = self.in_a_while(0, 20 * SECOND);
                self.queue.put(at, Happening::Work(worker, Work::Next));
            }
        }
        for _ in 0..2 {
            self.new_page();
        }
        for _ in 0..workers {
            let worker = below(&mut self.dice, workers);
            let about = below(&mut self.dice, self.intents.len());
            let at = self.in_a_while(0, 60 * SECOND);
            self.queue
                .put(at, Happening::Work(worker, Work::Read(about)));
        }
    }

    fn new_page(&mut self) {
        let order = self.intents.len();
        let mut terms = Terms::draw(&mut self.dice);
        self.intents.push(Intent {
            order: Some(format!("A-{order}")),
            terms,
            on_a_page: true,
            worker: 0,
            attempts: Vec::new(),
            resumes: 0,
            verdict: Verdict::Open,
        });
        self.pages.insert(order, Page::default());
        let mut at = START.saturating_add(self.dice.between(0, 20 * SECOND));
        for _ in 0..self.dice.between(1, 5) {
            self.burst(order, terms, at);
            let gap = self.dice.pick(&GAPS).unwrap_or(0);
            let jitter = self.dice.between(0, 20 * SECOND);
            at = at.saturating_add(gap.saturating_mul(SECOND).saturating_add(jitter));
            if self.dice.once_in(4) {
                terms = changed(terms, Terms::draw(&mut self.dice), self.dice.once_in(2));
            }
        }
    }

    /// Some loads at about the same time.
    fn burst(&mut self, order: IntentId, terms: Terms, at: Micros) {
        let loads = self.dice.pick(&[1, 2, 8]).unwrap_or(1);
        let spread = self.dice.pick(&[0, SECOND / 20, 2 * SECOND]).unwrap_or(0);
        let among = self.among();
        for _ in 0..loads {
            let worker = self.dice.pick(&among).unwrap_or(0);
            let at = at.saturating_add(self.dice.between(0, spread));
            // Two windows of one customer need not agree.
            let terms = if self.dice.once_in(16) {
                Terms::draw(&mut self.dice)
            } else {
                terms
            };
            self.queue
                .put(at, Happening::Work(worker, Work::Load(order, terms)));
        }
    }

    /// The workers among whom loads are spread: all, those of a host, or one
    /// and those of its process.
    fn among(&mut self) -> Vec<WorkerId> {
        let all = 0..self.workers.len();
        let first = below(&mut self.dice, self.workers.len());
        let process = |worker: WorkerId| self.workers.get(worker).map(|w| w.process);
        let host = |worker| {
            process(worker).and_then(|p| self.processes.get(p).map(|process| process.host))
        };
        let (at, on) = (process(first), host(first));
        match below(&mut self.dice, 3) {
            0 => all.collect(),
            1 => all.filter(|w| host(*w) == on).collect(),
            _ => all.filter(|w| process(*w) == at).collect(),
        }
    }
}

/// Another coin, or another amount.
const fn changed(terms: Terms, drawn: Terms, coin: bool) -> Terms {
    if coin {
        Terms {
            mona: !terms.mona,
            ..terms
        }
    } else {
        Terms {
            yen: drawn.yen,
            ..terms
        }
    }
}
