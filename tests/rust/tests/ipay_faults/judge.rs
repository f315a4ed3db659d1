//! One call under one fault, and what the sandbox's books say of it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use kessai::{Error, Outcome};
use kessai_tests::Sandbox;
use kessai_tests::faults::Fault;
use serde_json::{Value, json};

use crate::posts::{Before, Post, Shop, shop};

/// How much later than promised a call may end over real sockets.
const GRACE: Duration = Duration::from_secs(1);

/// How a judgment begins that a busy machine alone may bring about.
pub const LATE: &str = "took";

/// What is in the books of iPay, but for names and times: the objects of each kind, in
/// the order in which they were made.
pub type Books = BTreeMap<String, Vec<Value>>;

/// Ends a judgment that finds something wrong.
macro_rules! ensure {
    ($holds:expr, $($why:tt)+) => {
        if !$holds {
            return Err(format!($($why)+));
        }
    };
}

/// A call, and how it goes wrong.
pub struct Case<'a> {
    pub post: &'a Post,
    /// The books before the call, and after it went well.
    pub baseline: &'a (Books, Books),
    pub fault: &'a Fault,
    pub times: u64,
    pub limit: Duration,
    pub tls: bool,
}

/// The books of a sandbox in which a call goes well, before and after it.
pub fn without_faults(post: &Post) -> (Books, Books) {
    let sandbox = Sandbox::start();
    let it = shop(&sandbox, Duration::from_secs(15), post.faulted.is_some());
    let there = (post.before)(&it);
    let before = books(&sandbox);
    (post.call)(&it, &there, None).unwrap();
    let after = books(&sandbox);
    // Who is deleted stays in the books as they were.
    let is_told = post.heading != "delete a customer";
    assert_eq!(before != after, is_told, "{}", post.heading);
    (before, after)
}

impl Case<'_> {
    pub fn title(&self) -> String {
        format!("{} x {}", self.fault.label, self.post.heading)
    }

    /// What the call came to, or the promise that it broke.
    pub fn run(&self) -> Result<String, String> {
        let sandbox = if self.tls {
            Sandbox::start_with_tls()
        } else {
            Sandbox::start()
        };
        let with_oauth = self.post.faulted.is_some();
        let there = (self.post.before)(&shop(&sandbox, Duration::from_secs(15), false));
        let rows = sandbox.rows().len();
        let first = books(&sandbox);
        ensure!(
            first == self.baseline.0,
            "{first:?}, not {:?}",
            self.baseline.0
        );

        // Its own connections: a handshake is still before it.
        let it = shop(&sandbox, self.limit, with_oauth);
        let matching = if self.tls {
            json!({})
        } else {
            let route = self.post.faulted.unwrap_or(self.post.route);
            json!({"service": "ipay", "route": route})
        };
        sandbox.fault(&self.fault.on(&matching, self.times));
        let began = Instant::now();
        let result = (self.post.call)(&it, &there, None);
        let took = began.elapsed();
        ensure!(took <= self.limit + GRACE, "{LATE} {took:?}");
        sandbox.heal();
        self.let_it_pass(&sandbox, rows);

        let judge = Judge {
            case: self,
            sandbox: &sandbox,
            rows,
        };
        let verdict = match &result {
            Ok(()) => {
                judge.executed_once()?;
                "done".to_owned()
            }
            Err(error) => judge.error(error, &there)?,
        };
        judge.one_key()?;
        Ok(verdict)
    }

    /// Waits for what was on its way for longer than its client waited.
    fn let_it_pass(&self, sandbox: &Sandbox, from: usize) {
        if !["execute_later", "latency"].contains(&self.fault.name()) {
            return;
        }
        let until = Instant::now() + Duration::from_secs(10);
        let is_open = |row: &Value| {
            row["executed"] == false && row["replayed"] == false && row["message"].is_null()
        };
        while sandbox.rows().iter().skip(from).any(is_open) {
            assert!(Instant::now() < until, "something is still on its way");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

struct Judge<'a> {
    case: &'a Case<'a>,
    sandbox: &'a Sandbox,
    rows: usize,
}

impl Judge<'_> {
    fn own_rows(&self) -> Vec<Value> {
        let rows = self.sandbox.rows().into_iter().skip(self.rows);
        rows.filter(|row| row["method"] == self.case.post.route)
            .collect()
    }

    fn executed(&self) -> usize {
        let rows = self.own_rows();
        rows.iter().filter(|row| row["executed"] == true).count()
    }

    fn executed_once(&self) -> Result<(), String> {
        let executed = self.executed();
        ensure!(executed == 1, "executed {executed} times");
        let (now, expected) = (books(self.sandbox), &self.case.baseline.1);
        ensure!(now == *expected, "{now:?}, not {expected:?}");
        Ok(())
    }

    fn not_executed(&self) -> Result<(), String> {
        let executed = self.executed();
        ensure!(executed == 0, "executed {executed} times");
        let (now, expected) = (books(self.sandbox), &self.case.baseline.0);
        ensure!(now == *expected, "{now:?}, not {expected:?}");
        Ok(())
    }

    /// Every try of the call had one key, and the bytes that go with it: the sandbox
    /// refuses other bytes under a key.
    fn one_key(&self) -> Result<(), String> {
        let rows = self.own_rows();
        let keys: BTreeSet<_> = rows
            .iter()
            .map(|row| row["idempotency_key"].as_str())
            .collect();
        ensure!(keys.len() <= 1 && !keys.contains(&None), "keys {keys:?}");
        Ok(())
    }

    /// An error says what is so, and leads to what it does not know.
    fn error(&self, error: &Error, there: &Before) -> Result<String, String> {
        let code = error.code().as_str();
        match error.outcome() {
            Outcome::Done => {
                self.executed_once()?;
                return Ok(format!("done, {code}"));
            }
            Outcome::NotDone => {
                self.not_executed()?;
                ensure!(error.resume().is_none(), "a handle of what was not done");
                return Ok(format!("not done, {code}"));
            }
            Outcome::Unknown => {}
        }
        // Whatever happened: not more than once.
        if self.executed() == 0 {
            self.not_executed()?;
        } else {
            self.executed_once()?;
        }
        let key = error.idempotency_key();
        let key = key.ok_or_else(|| format!("{error:?} has no key"))?;
        let with_oauth = self.case.post.faulted.is_some();
        let again = shop(self.sandbox, Duration::from_secs(15), with_oauth);
        let moves_money = ["POST /payments", "POST /refunds"]
            .iter()
            .any(|route| self.case.post.route.starts_with(route))
            && !self.case.post.route.starts_with("POST /payment_methods");
        ensure!(
            error.resume().is_some() == moves_money,
            "the handle: {error:?}"
        );
        let found = match error.resume() {
            Some(handle) => resumed(&again, self.case.post.route, handle),
            None => (self.case.post.call)(&again, there, Some(key)),
        };
        ensure!(found.is_ok(), "found out nothing: {found:?}");
        self.executed_once()?;
        Ok(format!("unknown, {code}, then done"))
    }
}

fn resumed(again: &Shop, route: &str, handle: &str) -> Result<(), Error> {
    if route == "POST /refunds" {
        again.client.resume_refund(handle).map(drop)
    } else {
        again.client.resume_payment(handle).map(drop)
    }
}

/// What tells one run's objects from another's, and nothing else.
const OF_THE_RUN: [&str; 7] = [
    "created",
    "at",
    "request",
    "current_period_start",
    "current_period_end",
    "available_on",
    "next_billing",
];

fn books(sandbox: &Sandbox) -> Books {
    let mut ledger = sandbox.ledger();
    let mut names = BTreeMap::new();
    let Value::Object(kinds) = ledger["ipay"].take() else {
        panic!("no books of iPay");
    };
    kinds
        .into_iter()
        .map(|(kind, rows)| {
            let Value::Array(mut rows) = rows else {
                panic!("{kind}: no list");
            };
            rows.iter_mut().for_each(|row| rename(row, &mut names));
            (kind, rows)
        })
        .collect()
}

/// Every identifier becomes its number in the order of appearance.
fn rename(value: &mut Value, names: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            let prefix = text.split_once('_').map_or("", |(prefix, _)| prefix);
            let is_name = ["pay", "re", "cus", "pm", "tok", "sub", "txn", "evt", "req"]
                .contains(&prefix)
                && text.len() > prefix.len() + 10;
            if is_name {
                let number = names.len();
                let name = names.entry(text.clone());
                *text = name.or_insert_with(|| format!("{prefix}_{number}")).clone();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        Value::Object(fields) => {
            for name in OF_THE_RUN {
                fields.remove(name);
            }
            fields.values_mut().for_each(|item| rename(item, names));
        }
        _ => {}
    }
}
