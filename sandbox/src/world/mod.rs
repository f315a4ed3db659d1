//! Everything the sandbox knows, in one place that one lock can hold.

mod zaif;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::domain::{
    clock::{Clock, Moment, Now},
    draw::Draw,
    fault::{Handshake, Plan},
    faults::{Rule, Rules, Target},
    faults_text::{self, Service},
    ipay::{account, state::Ipay},
    ledger::{Ledger, kept},
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
    /// The account at iPay.
    pub ipay: Ipay,
    /// The file of the authority that clients have to trust, if it is reached by https.
    pub ca_file: Option<String>,
    pub(crate) draw: Draw,
    rates: BTreeMap<Coin, Decimal>,
    revision: u64,
    generation: u64,
}

impl World {
    /// A fresh account with one API key.
    ///
    /// # Errors
    /// Never in practice: only if the built-in options of a key were wrong.
    pub fn new(mut draw: Draw, origin: String) -> Result<Self, String> {
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
            ipay: Ipay::new(&mut draw),
            ca_file: None,
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
        fresh.ca_file = self.ca_file.take();
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
            ipay: self.ipay.clone(),
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
            ipay: snapshot.ipay,
            ca_file: self.ca_file.take(),
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
        self.catch_up_ipay(at);
    }

    /// Writes down that a request arrived and what is to go wrong with it.
    pub fn arrive(&mut self, call: &Call, now: Now) -> (u64, Plan) {
        let seq = self.number(call, None, now);
        self.traffic.arrive(seq, call.masked());
        let target = Target::Zaif(call.method());
        let plan = self.faults.plan(target, &mut self.draw);
        self.ledger.note(seq, |row| {
            row.faults = plan.names.iter().copied().map(str::to_owned).collect();
        });
        (seq, plan)
    }

    /// Whether the next request is cut off before it is read: then it never arrives.
    pub fn cuts_off(&mut self, target: Target<'_>) -> bool {
        let cut = self.faults.cuts_off(target, &mut self.draw);
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
        self.number(call, Some(seq), now)
    }

    fn number(&mut self, call: &Call, copy_of: Option<u64>, now: Now) -> u64 {
        let at = now.at.secs();
        let seq = self
            .ledger
            .arrive(at, Service::Zaif, call.method(), copy_of);
        self.ledger
            .note(seq, |row| row.nonce = call.nonce().map(kept));
        seq
    }

    /// An id that nothing had before.
    pub fn fresh_id(&mut self, prefix: &str, label: &'static str) -> String {
        format!("{prefix}{}", account::text(&mut self.draw, label))
    }

    /// The account at iPay: where it is, and with what.
    #[must_use]
    pub fn ipay_account(&self) -> Value {
        let (url, ipay) = (&self.origin, &self.ipay.credentials);
        json!({
            "base_url": format!("{url}/api"),
            "key": ipay.key,
            "secret": ipay.secret,
            "publishable_key": ipay.publishable_key,
            "webhook_secret": ipay.webhook_secret,
            "client_id": ipay.client_id,
            "client_secret": ipay.client_secret,
        })
    }

    /// What a program that starts the sandbox has to know to call it.
    #[must_use]
    pub fn introduction(&self) -> Value {
        let (url, key) = (&self.origin, self.keys.first());
        let mut line = json!({
            "url": url,
            "zaif": {
                "endpoint": format!("{url}/ecapi"),
                "key": key.map(|key| &key.key),
                "secret": key.map(|key| &key.secret),
            },
            "ipay": self.ipay_account(),
        });
        if let (Some(file), Some(line)) = (&self.ca_file, line.as_object_mut()) {
            line.insert("ca_file".to_owned(), json!(file));
        }
        line
    }
}
