//! What the shop wants: its orders, drawn before a schedule begins.

use kessai::Yen;
use kessai::world::{Chance as _, SECOND};
use kessai::zaif::Coin;

use crate::dice::Dice;
use crate::schedule::{Happening, Schedule};
use crate::server::ledger::Row;
use crate::shop::{CallId, IntentId, Work, WorkerId};
use crate::trace::START;

/// What an invoice asks the customer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Whether it is paid in Monacoin.
    pub mona: bool,
    /// Its yen.
    pub yen: u64,
}

/// One order that the shop wants an invoice for.
#[derive(Debug)]
pub struct Intent {
    /// Its number; a few go without.
    pub order: Option<String>,
    /// What the customer is asked for; on a page they change their mind.
    pub terms: Terms,
    /// Whether a page shows it, which makes it when it is loaded.
    pub on_a_page: bool,
    /// Whose it is.
    pub worker: WorkerId,
    /// The calls that wanted to make it.
    pub attempts: Vec<CallId>,
    /// How often its outcome was asked for.
    pub resumes: usize,
    /// What the shop believes in the end.
    pub verdict: Verdict,
}

/// What the shop believes of an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Open,
    /// This invoice is its own.
    Made(String),
    /// These are, and they are too many.
    Several(Vec<String>),
    /// There is none, and never will be.
    Nothing,
    /// Without an order number nobody can find out.
    NobodyKnows,
}

impl Terms {
    /// Draws some.
    pub(crate) fn draw(dice: &mut Dice) -> Self {
        Self {
            mona: dice.once_in(4),
            yen: dice.between(100, 1_000_000),
        }
    }

    /// The code of the coin.
    #[must_use]
    pub const fn coin(self) -> &'static str {
        if self.mona { "mona" } else { "btc" }
    }
}

impl Intent {
    /// The same as the core sees it, on `terms`.
    #[must_use]
    pub fn as_core(&self, terms: Terms) -> kessai::zaif::decide::Intent {
        kessai::zaif::decide::Intent {
            order: self.order.clone().unwrap_or_default(),
            currency: if terms.mona { Coin::MONA } else { Coin::BTC },
            amount: Yen::new(terms.yen).into(),
        }
    }
}

impl Schedule<'_> {
    /// Draws what everybody wants.
    pub(crate) fn open_shop(&mut self) {
        let workers = self.workers.len();
        for worker in 0..workers {
            let orders = match self.dice.below(8) {
                0 => 3,
                1 | 2 => 2,
                _ => 1,
            };
            for _ in 0..orders {
                self.new_order(worker);
            }
            let at = self.in_a_while(0, 20 * SECOND);
            self.queue.put(at, Happening::Work(worker, Work::Next));
        }
        for _ in 0..workers {
            let worker = below(&mut self.dice, workers);
            let about = below(&mut self.dice, self.intents.len());
            let at = self.in_a_while(0, 60 * SECOND);
            self.queue
                .put(at, Happening::Work(worker, Work::Read(about)));
        }
    }

    pub(crate) fn new_order(&mut self, worker: WorkerId) {
        let id = self.intents.len();
        self.intents.push(Intent {
            order: (!self.dice.once_in(32)).then(|| format!("A-{id}")),
            terms: Terms::draw(&mut self.dice),
            on_a_page: false,
            worker,
            attempts: Vec::new(),
            resumes: 0,
            verdict: Verdict::Open,
        });
        if let Some(worker) = self.workers.get_mut(worker) {
            worker.orders.push_back(id);
        }
        if self.dice.once_in(16) {
            self.invoice_of_before(id);
        }
    }

    /// An order can have an older invoice: one that nobody paid in time, or
    /// one of another amount.
    fn invoice_of_before(&mut self, id: IntentId) {
        let Some(intent) = self.intents.get(id) else {
            return;
        };
        let other_amount = self.dice.once_in(2);
        let age = if other_amount { 60 } else { 3_600 };
        let created = START.saturating_sub(age * SECOND);
        self.server.rows.push(Row {
            number: self.server.rows.len(),
            intent: id,
            made_by: None,
            terms: Terms {
                yen: intent.terms.yen.saturating_add(u64::from(other_amount)),
                ..intent.terms
            },
            created,
            visible: created,
            looked: None,
            paid: None,
            short: false,
            canceled: None,
            listed: true,
            reads: Vec::new(),
        });
    }
}

pub(crate) fn below(dice: &mut Dice, count: usize) -> usize {
    let count = u64::try_from(count).unwrap_or(0);
    usize::try_from(dice.below(count)).unwrap_or(0)
}
