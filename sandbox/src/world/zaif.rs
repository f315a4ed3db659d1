//! The half of the world that is Zaif Payment: keys, rates, invoices and what the
//! shop is told of them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::World;
use crate::domain::{
    clock::{Moment, Now},
    delivery::{Kind, Letter},
    zaif::{
        address::next_address,
        coin::Coin,
        invoice::{Invoice, Status, VALID_SECONDS},
        keys::KeyOptions,
        money::coins_for_yen,
        terms::{Asked, NotificationMethod, Terms},
    },
};
use crate::ecapi::{answer, methods::Visit, spelling::spelled};

/// More blocks than any status needs.
pub const MAX_BLOCKS: u64 = 10_000;

impl World {
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
                headers: Vec::new(),
                any_2xx: false,
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
                    headers: Vec::new(),
                    any_2xx: false,
                    body: String::new(),
                },
                NotificationMethod::Post => Letter {
                    url,
                    method: "POST".to_owned(),
                    content_type: Some("application/x-www-form-urlencoded".to_owned()),
                    headers: Vec::new(),
                    any_2xx: false,
                    body: answer::notification_form(invoice),
                },
            };
            self.outbox.push(id, Kind::Notification, letter, at);
        }
    }
}
