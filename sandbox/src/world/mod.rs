//! Everything the sandbox knows, in one place that one lock can hold.

mod zaif;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::{
    clock::{Clock, Moment, Now},
    draw::Draw,
    faults::{Handshake, Plan, Rule, Rules},
    faults_text,
    ledger::Ledger,
    outbox::Outbox,
    traffic::Traffic,
    zaif::{
        coin::Coin,
        invoices::Invoices,
        keys::{KeyOptions, KeyRing},
        modes::Modes,
    },
};
use crate::ecapi::call::Call;
use crate::snapshot::Snapshot;

pub use zaif::MAX_BLOCKS;

/// The rates of the document's two worked examples.
const EXAMPLE_RATES: [(Coin, &str); 2] = [(Coin::Btc, "30012"), (Coin::Mona, "20.0000")];

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
}
