//! What each method does to the world.

use crate::domain::{
    clock::Now,
    ledger::Row,
    zaif::{modes::OrderLookup, nonce::Nonce, terms::Terms},
};
use crate::ecapi::{
    answer::{self, Created, Ids, Looked},
    call::Call,
    spelling::spelled,
};
use crate::world::World;

/// The methods that need credentials and a nonce.
const METHODS: [&str; 5] = [
    "createInvoice",
    "getInvoice",
    "getInvoiceIdsByOrderNumber",
    "cancelInvoice",
    "get_info",
];

/// One request on its way through the books.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The request.
    pub call: &'a Call,
    /// Its number in the ledger.
    pub seq: u64,
    /// For how many real seconds lookups do not find what it makes.
    pub lag_seconds: u64,
}

impl World {
    /// Carries a call out and answers with the JSON to send.
    pub fn execute(&mut self, visit: Visit<'_>, now: Now) -> String {
        let result = self.run(visit, now);
        let body = match result {
            Ok(body) => {
                self.ledger.executed(visit.seq);
                body
            }
            Err(message) => {
                let body = answer::failure(&message);
                self.ledger
                    .note(visit.seq, |row| row.message = Some(message));
                body
            }
        };
        spelled(body, self.modes.spelling)
    }

    fn run(&mut self, visit: Visit<'_>, now: Now) -> Result<String, String> {
        visit.call.check_form()?;
        if visit.call.method() == Some("getSupportedCurrencies") {
            return Ok(answer::success(&answer::currencies()));
        }
        let method = visit.call.method().unwrap_or_default();
        let key = self.admit(visit, method, now)?;
        match method {
            "createInvoice" => self.create(visit, key, now),
            "getInvoice" => self.look(visit.call, now),
            "getInvoiceIdsByOrderNumber" => self.search(visit.call, &key, now),
            "cancelInvoice" => self.cancel(visit.call, now),
            _ => Ok(answer::success(&serde_json::json!({
                "server_time": now.at.secs()
            }))),
        }
    }

    /// Credentials, nonce, permission, limits, in this order. From the moment the
    /// nonce is taken it stays taken, whatever comes after. Answers the key's id.
    fn admit(&mut self, visit: Visit<'_>, method: &str, now: Now) -> Result<String, String> {
        let key = visit
            .call
            .authenticate(&mut self.keys, self.modes.credentials)?;
        let id = key.id.clone();
        self.ledger
            .note(visit.seq, |row: &mut Row| row.key = Some(id.clone()));
        let nonce = visit.call.nonce().and_then(Nonce::parse);
        key.consume(nonce.ok_or("invalid parameter nonce")?)?;
        self.ledger.note(visit.seq, |row| row.nonce_consumed = true);
        key.admit(method, now.at)?;
        if !METHODS.contains(&method) {
            return Err("method not found".to_owned());
        }
        Ok(id)
    }

    fn create(&mut self, visit: Visit<'_>, key: String, now: Now) -> Result<String, String> {
        let terms = Terms::read(|name| visit.call.get(name))
            .map_err(|name| format!("invalid parameter {name}"))?;
        let invoice = self.make_invoice(terms, key, visit, now)?;
        let body = answer::success(&Created::of(&invoice, &self.origin));
        self.ledger
            .note(visit.seq, |row| row.made = Some(invoice.id.clone()));
        self.invoices.add(invoice);
        Ok(body)
    }

    /// The id of the invoice a call names, if lookups find it already.
    fn named(&self, call: &Call, now: Now) -> Result<String, String> {
        call.get("invoiceId")
            .and_then(|id| self.invoices.get(id))
            .filter(|invoice| invoice.visible_from <= now.real)
            .map(|invoice| invoice.id.clone())
            .ok_or_else(|| "invalid parameter invoiceId".to_owned())
    }

    fn look(&self, call: &Call, now: Now) -> Result<String, String> {
        let id = self.named(call, now)?;
        let invoice = self
            .invoices
            .get(&id)
            .ok_or("invalid parameter invoiceId")?;
        Ok(answer::success(&Looked::of(invoice)))
    }

    fn search(&self, call: &Call, key: &str, now: Now) -> Result<String, String> {
        let order = call
            .get("orderNumber")
            .ok_or("invalid parameter orderNumber")?;
        let all = self.modes.order_lookup == OrderLookup::Account;
        let ids = self
            .invoices
            .of_order(order)
            .filter(|invoice| all || invoice.key == key)
            .filter(|invoice| invoice.visible_from <= now.real)
            .map(|invoice| invoice.id.clone())
            .collect();
        Ok(answer::success(&Ids::of(ids)))
    }

    fn cancel(&mut self, call: &Call, now: Now) -> Result<String, String> {
        let id = self.named(call, now)?;
        let canceled = self.change_invoice(&id, now.at, |invoice| invoice.cancel(now.at));
        if canceled != Some(true) {
            return Err("invalid parameter invoiceId".to_owned());
        }
        self.look(call, now)
    }
}
