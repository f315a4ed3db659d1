//! Everything the sandbox knows, in one place that one lock can hold.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::domain::{
    address::next_address,
    clock::{Clock, Moment, Now},
    coin::Coin,
    delivery::{Kind, Letter},
    draw::Draw,
    faults::{Handshake, Plan, Rule, Rules},
    faults_text,
    invoice::{Invoice, Status, VALID_SECONDS},
    invoices::Invoices,
    keys::{KeyOptions, KeyRing},
    ledger::Ledger,
    modes::Modes,
    money::coins_for_yen,
    outbox::Outbox,
    terms::{Asked, NotificationMethod, Terms},
    traffic::Traffic,
};
use crate::ecapi::{answer, call::Call, methods::Visit, spelling::spelled};
use crate::snapshot::Snapshot;

/// The rates of the document's two worked examples.
const EXAMPLE_RATES: [(Coin, &str); 2] = [(Coin::Btc, "30012"), (Coin::Mona, "20.0000")];
/// More blocks than any status needs.
pub const MAX_BLOCKS: u64 = 10_000;

/// The state of the sandbox.
#[derive(Debug)]
pub struct World {
    /// Where the sandbox listens, as its own pages name it.
    pub origin: String,
    /// Virtual time.
    pub clock: Clock,
    /// The account's API keys.
    pub keys: KeyRing,
    /// The account's invoices.
    pub invoices: Invoices,
    /// What arrived.
    pub ledger: Ledger,
    /// What is delivered.
    pub outbox: Outbox,
    /// What goes wrong.
    pub faults: Rules,
    /// What the last requests and answers said.
    pub traffic: Traffic,
    /// How the service is played.
    pub modes: Modes,
    draw: Draw,
    rates: BTreeMap<Coin, Decimal>,
    revision: u64,
    generation: u64,
}

impl World {
    /// A fresh account with one API key.
    ///
    /// # Errors
    /// Never in practice: only if the built-in options of a key were wrong.
    pub fn new(draw: Draw, origin: String) -> Result<Self, String> {
        let mut world = Self {
            origin,
            clock: Clock::default(),
            keys: KeyRing::default(),
            invoices: Invoices::default(),
            ledger: Ledger::default(),
            outbox: Outbox::default(),
            faults: Rules::default(),
            traffic: Traffic::default(),
            modes: Modes::default(),
            draw,
            rates: EXAMPLE_RATES
                .into_iter()
                .filter_map(|(coin, rate)| Some((coin, Decimal::from_str_exact(rate).ok()?)))
                .collect(),
            revision: 0,
            generation: 0,
        };
        world.issue_key(KeyOptions::default())?;
        Ok(world)
    }

    /// Back to the beginning, with the same first key and the same draws to come;
    /// with those of `seed`, where there is one.
    ///
    /// # Errors
    /// As [`Self::new`]; nothing has changed then.
    pub fn reset(&mut self, seed: Option<u64>) -> Result<(), String> {
        let draw = seed.map_or_else(|| self.draw.restarted(), Draw::from_number);
        let mut fresh = Self::new(draw, self.origin.clone())?;
        fresh.revision = self.revision + 1;
        fresh.generation = self.generation + 1;
        *self = fresh;
        Ok(())
    }

    /// Everything there is to know, as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            clock: self.clock.clone(),
            keys: self.keys.clone(),
            invoices: self.invoices.clone(),
            ledger: self.ledger.clone(),
            outbox: self.outbox.clone(),
            faults: self.faults.clone(),
            traffic: self.traffic.clone(),
            modes: self.modes,
            rates: self.rates.clone(),
            draw: self.draw.clone(),
        }
    }

    /// Goes on from where `snapshot` was taken.
    pub fn restore(&mut self, snapshot: Snapshot) {
        *self = Self {
            origin: std::mem::take(&mut self.origin),
            clock: snapshot.clock,
            keys: snapshot.keys,
            invoices: snapshot.invoices,
            ledger: snapshot.ledger,
            outbox: snapshot.outbox,
            faults: snapshot.faults,
            traffic: snapshot.traffic,
            modes: snapshot.modes,
            rates: snapshot.rates,
            draw: snapshot.draw,
            revision: self.revision + 1,
            generation: self.generation + 1,
        };
    }

    /// Counts changes, so that watchers know when to look again.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Counts resets and restores: what began before one must not write into the books after it.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// Says that something changed.
    pub const fn touch(&mut self) {
        self.revision += 1;
    }

    /// Issues another key; answers its id, key and secret, the only time they are told.
    ///
    /// # Errors
    /// Names the option that cannot be taken.
    pub fn issue_key(&mut self, options: KeyOptions) -> Result<Value, String> {
        let key = self.keys.issue(&mut self.draw, options)?;
        Ok(json!({"id": key.id, "key": key.key, "secret": key.secret}))
    }

    /// The rates in force, as they are answered.
    #[must_use]
    pub fn rates(&self) -> BTreeMap<&'static str, String> {
        self.rates
            .iter()
            .map(|(coin, rate)| (coin.code(), rate.to_string()))
            .collect()
    }

    /// Sets the rate for invoices from now on.
    pub fn set_rate(&mut self, coin: Coin, rate: Decimal) {
        self.rates.insert(coin, rate);
    }

    /// Pushes time forward and applies what comes due by it.
    pub fn advance(&mut self, seconds: u64, real: Moment) {
        self.clock.advance(seconds);
        self.catch_up(self.clock.at(real));
        self.touch();
    }

    /// Applies everything that time alone has brought about, in its order.
    pub fn catch_up(&mut self, at: Moment) {
        while let Some((deadline, id)) = self.invoices.overdue(at) {
            let short = self.modes.short_at_end;
            self.change_invoice(&id, deadline, |invoice| {
                invoice.lapse(deadline, short);
                true
            });
        }
    }

    /// Writes down that a request arrived and what is to go wrong with it.
    pub fn arrive(&mut self, call: &Call, now: Now) -> (u64, Plan) {
        let seq = self
            .ledger
            .arrive(now.at.secs(), call.method(), call.nonce(), None);
        let (headers, parameters) = call.masked();
        self.traffic.arrive(seq, headers, parameters);
        let plan = self.faults.plan(call.method(), &mut self.draw);
        self.ledger.note(seq, |row| {
            row.faults = plan.names.iter().copied().map(str::to_owned).collect();
        });
        (seq, plan)
    }

    /// Whether the next request is cut off before it is read: then it never arrives.
    pub fn cuts_off(&mut self, _: Now) -> bool {
        let cut = self.faults.cuts_off(&mut self.draw);
        if cut {
            self.touch();
        }
        cut
    }

    /// What becomes of a new connection's handshake: nothing but the truth, or this.
    pub fn spoils_handshake(&mut self) -> Option<Handshake> {
        let spoiled = self.faults.handshake(&mut self.draw);
        if spoiled.is_some() {
            self.touch();
        }
        spoiled
    }

    /// Reads rules for what goes wrong and puts them in force: all of them, or none.
    ///
    /// # Errors
    /// Says which rule is wrong, or that it means nothing to this sandbox.
    pub fn add_faults(&mut self, json: &[u8]) -> Result<(), String> {
        let rules = self.read_faults(json)?;
        self.faults.add(rules);
        self.touch();
        Ok(())
    }

    /// Reads rules without putting them in force.
    ///
    /// # Errors
    /// As [`Self::add_faults`].
    pub fn read_faults(&self, json: &[u8]) -> Result<Vec<Rule>, String> {
        let rules = faults_text::parse(json)?;
        if Rules::need_tls(&rules) && !self.is_encrypted() {
            return Err("faults of the TLS handshake need a sandbox started with --tls".to_owned());
        }
        Ok(rules)
    }

    /// Whether it is reached by https.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.origin.starts_with("https:")
    }

    /// Writes down a second copy of request `seq`; answers its number.
    pub fn arrive_again(&mut self, seq: u64, call: &Call, now: Now) -> u64 {
        self.ledger
            .arrive(now.at.secs(), call.method(), call.nonce(), Some(seq))
    }

    /// An invoice on these terms, at today's rate and with an address of its own.
    ///
    /// # Errors
    /// The API's own message when the amount comes to nothing.
    pub fn make_invoice(
        &mut self,
        terms: Terms,
        key: String,
        visit: Visit<'_>,
        now: Now,
    ) -> Result<Invoice, String> {
        let wrong = || "invalid parameter amount".to_owned();
        let (rate, due) = match terms.asked {
            Asked::Coins(coins) => (None, coins),
            Asked::Yen(yen) => {
                let rate = *self.rates.get(&terms.coin).ok_or_else(wrong)?;
                (Some(rate), coins_for_yen(yen, rate).ok_or_else(wrong)?)
            }
        };
        let created = Moment::from_secs(now.at.secs());
        Ok(Invoice {
            id: self.draw.uuid("invoice"),
            key,
            request: visit.seq,
            created,
            expires: created.plus_secs(VALID_SECONDS),
            rate,
            due,
            address: next_address(&mut self.draw, terms.coin),
            terms,
            status: Status::New,
            settled: None,
            payments: Vec::new(),
            history: vec![(created, Status::New)],
            visible_from: now.real.plus_secs(visit.lag_seconds),
        })
    }

    /// Money for an invoice is seen; without an amount, all that is still due.
    ///
    /// # Errors
    /// Why no money can be paid, in words.
    pub fn pay(
        &mut self,
        id: &str,
        amount: Option<Decimal>,
        at: Moment,
    ) -> Result<Decimal, String> {
        let invoice = self.invoices.get(id).ok_or("no such invoice")?;
        let amount = amount.unwrap_or_else(|| invoice.remaining());
        if amount <= Decimal::ZERO {
            return Err("nothing is due any more: name an amount".to_owned());
        }
        self.change_invoice(id, at, |invoice| {
            invoice.receive(amount, at);
            true
        });
        Ok(amount)
    }

    /// Blocks of `coin` are found, one after the other.
    pub fn mine(&mut self, coin: Coin, blocks: u64, at: Moment) {
        for _ in 0..blocks.min(MAX_BLOCKS) {
            let waiting = self.invoices.awaiting(coin);
            if waiting.is_empty() {
                return;
            }
            for id in waiting {
                self.change_invoice(&id, at, |invoice| {
                    let before = invoice.status;
                    invoice.bury(at);
                    before != invoice.status
                });
            }
        }
    }

    /// Changes an invoice and tells the shop if `act` says that there is news.
    pub fn change_invoice(
        &mut self,
        id: &str,
        at: Moment,
        act: impl FnOnce(&mut Invoice) -> bool,
    ) -> Option<bool> {
        let before = self.invoices.get(id)?.status;
        let news = self.invoices.change(id, act)?;
        self.touch();
        if news {
            self.tell(id, before, at);
        }
        Some(news)
    }

    fn tell(&mut self, id: &str, before: Status, at: Moment) {
        let Some(invoice) = self.invoices.get(id) else {
            return;
        };
        if let Some(url) = &invoice.terms.webhook_url {
            let letter = Letter {
                url: url.clone(),
                method: "POST".to_owned(),
                content_type: Some("application/json".to_owned()),
                body: spelled(answer::webhook_body(invoice), self.modes.spelling),
            };
            self.outbox.push(id, Kind::Webhook, letter, at);
        }
        let completed = before != Status::Complete && invoice.status == Status::Complete;
        if let Some(url) = invoice
            .terms
            .notification_uri
            .as_ref()
            .filter(|_| completed)
        {
            let url = url.clone();
            let letter = match invoice.terms.notification_method {
                NotificationMethod::Get => Letter {
                    url,
                    method: "GET".to_owned(),
                    content_type: None,
                    body: String::new(),
                },
                NotificationMethod::Post => Letter {
                    url,
                    method: "POST".to_owned(),
                    content_type: Some("application/x-www-form-urlencoded".to_owned()),
                    body: answer::notification_form(invoice),
                },
            };
            self.outbox.push(id, Kind::Notification, letter, at);
        }
    }
}
