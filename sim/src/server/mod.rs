//! The invented service: it checks nonces, executes, keeps books and answers.

mod body;
pub mod book;
pub mod ledger;

use std::collections::BTreeMap;
use std::time::Duration;

use kessai::nonce::Nonce;
use kessai::transport::HttpAnswer;
use kessai::world::{Micros, SECOND};
use kessai::zaif::Status;
use kessai::zaif::decide::Ask;

use crate::dice::Dice;
use crate::orders::{Intent, Terms};
use crate::settings::CommitLag;
use crate::shop::{CallId, IntentId};
use book::NonceBook;
use ledger::Row;

/// A request as it arrives.
#[derive(Debug, Clone)]
pub struct Request {
    /// What it asks for.
    pub ask: Ask,
    /// Its nonce.
    pub nonce: Nonce,
    /// The order it is about.
    pub intent: IntentId,
    /// What a create asks the customer for.
    pub terms: Terms,
    /// The call that sent it: the server cannot see it, the judge can.
    pub call: CallId,
}

/// What the world does to a request on its arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Treatment {
    /// Nothing: it is executed and answered.
    Serve,
    /// Executed, but a proxy answers with an outage.
    ServeThenFail,
    /// Executed, but something answers with HTML.
    ServeThenGarbage,
    /// Executed, and the answer is cut.
    ServeThenCut,
    /// A proxy answers with an outage instead.
    Fail,
    /// Refused for its rate, by a proxy or by the service.
    Limit,
    /// Redirected elsewhere.
    Redirect,
    /// It vanishes.
    Vanish,
}

/// The service.
#[derive(Debug)]
pub struct Server<'w> {
    lag: &'w CommitLag,
    /// The highest nonce.
    pub book: NonceBook,
    /// Every invoice.
    pub rows: Vec<Row>,
    /// When each call last looked for its order's invoices.
    finds: BTreeMap<CallId, Micros>,
}

impl<'w> Server<'w> {
    /// A service whose creates become visible after `lag`.
    #[must_use]
    pub fn new(lag: &'w CommitLag) -> Self {
        Self {
            lag,
            book: NonceBook::default(),
            rows: Vec::new(),
            finds: BTreeMap::new(),
        }
    }

    /// A row by its identifier.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.get(Row::number_of(id)?)
    }

    pub(crate) fn row_mut(&mut self, id: &str) -> Option<&mut Row> {
        self.rows.get_mut(Row::number_of(id)?)
    }

    /// What a lookup by an order's number shows.
    pub fn visible(&self, intent: IntentId, now: Micros) -> impl Iterator<Item = &Row> {
        let is_shown = move |row: &&Row| row.intent == intent && row.visible <= now;
        self.rows.iter().filter(is_shown)
    }

    /// A request arrives. Nothing comes back of one that vanishes.
    pub fn receive(
        &mut self,
        request: &Request,
        treatment: Treatment,
        intent: &Intent,
        now: Micros,
        dice: &mut Dice,
    ) -> Option<HttpAnswer> {
        match treatment {
            Treatment::Vanish => None,
            Treatment::Fail => Some(body::html(outage(dice), now)),
            Treatment::Limit => Some(limit(now, dice)),
            Treatment::Redirect => Some(body::answer(302, String::new(), now)),
            Treatment::Serve => Some(self.serve(request, intent, now, dice)),
            Treatment::ServeThenFail => {
                let _ = self.serve(request, intent, now, dice);
                Some(body::html(outage(dice), now))
            }
            Treatment::ServeThenGarbage => {
                let _ = self.serve(request, intent, now, dice);
                Some(body::html(200, now))
            }
            Treatment::ServeThenCut => {
                let mut answer = self.serve(request, intent, now, dice);
                body::cut(&mut answer, dice);
                Some(answer)
            }
        }
    }

    fn serve(
        &mut self,
        request: &Request,
        intent: &Intent,
        now: Micros,
        dice: &mut Dice,
    ) -> HttpAnswer {
        let text = if self.book.accept(request.nonce) {
            self.execute(request, intent, now, dice)
        } else {
            body::failure("nonce not incremented", dice)
        };
        body::answer(200, text, now)
    }

    fn execute(
        &mut self,
        request: &Request,
        intent: &Intent,
        now: Micros,
        dice: &mut Dice,
    ) -> String {
        match &request.ask {
            Ask::Create => self.create(request, intent, now, dice),
            Ask::Find => {
                self.finds.insert(request.call, now);
                let shown = |row: &&mut Row| row.intent == request.intent && row.visible <= now;
                for row in self.rows.iter_mut().filter(shown) {
                    row.listed = true;
                }
                let found: Vec<_> = self.visible(request.intent, now).collect();
                body::ids(&found, dice)
            }
            Ask::Get(id) => match self.row_mut(id) {
                Some(row) => {
                    row.reads.push((request.call, now));
                    body::invoice(row, intent, Some(&row.status(now)), dice)
                }
                None => body::failure("invalid parameter invoiceId", dice),
            },
            Ask::Cancel(id) => self.cancel(id, request.call, intent, now, dice),
            Ask::Other => body::failure("method not found", dice),
        }
    }

    fn create(
        &mut self,
        request: &Request,
        intent: &Intent,
        now: Micros,
        dice: &mut Dice,
    ) -> String {
        let lag = if dice.hits(self.lag.share_slow) {
            dice.between(self.lag.slow_from.micros(), self.lag.max.micros())
        } else {
            dice.between(0, self.lag.slow_from.micros())
        };
        // Of what a page shows its customer decides.
        let paid = (!intent.on_a_page && dice.once_in(8))
            .then(|| now.saturating_add(dice.between(SECOND, 120 * SECOND)));
        let row = Row {
            number: self.rows.len(),
            intent: request.intent,
            made_by: Some(request.call),
            terms: request.terms,
            created: now,
            visible: now.saturating_add(lag),
            looked: self.finds.get(&request.call).copied(),
            paid,
            short: false,
            canceled: None,
            listed: false,
            reads: Vec::new(),
        };
        let text = body::invoice(&row, intent, None, dice);
        self.rows.push(row);
        text
    }

    fn cancel(
        &mut self,
        id: &str,
        call: CallId,
        intent: &Intent,
        now: Micros,
        dice: &mut Dice,
    ) -> String {
        match self.row_mut(id) {
            Some(row)
                if matches!(
                    row.status(now),
                    Status::New | Status::Paid | Status::Confirmed
                ) =>
            {
                row.canceled = Some((now, call));
                body::invoice(row, intent, Some(&Status::Canceled), dice)
            }
            _ => body::failure("invalid parameter invoiceId", dice),
        }
    }
}

fn outage(dice: &mut Dice) -> u16 {
    dice.pick(&[500, 502, 503, 504]).unwrap_or(500)
}

/// The service says it in a message, a proxy with a status, both before
/// anything is executed and before the nonce is used up.
fn limit(now: Micros, dice: &mut Dice) -> HttpAnswer {
    if dice.once_in(2) {
        let text = body::failure("time wait restriction, please try later.", dice);
        return body::answer(200, text, now);
    }
    let mut answer = body::html(429, now);
    answer.retry_after = dice
        .once_in(2)
        .then(|| Duration::from_secs(dice.between(0, 5)));
    answer
}
