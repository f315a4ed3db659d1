//! Many cases at once: they wait far more than they work.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::method::Method;

/// How many are played at once by each test.
const AT_ONCE: usize = 32;

/// One call under some rules.
#[derive(Debug)]
pub struct Case {
    pub name: String,
    pub method: Method,
    pub on_rejection: &'static str,
    pub warm: bool,
    pub rules: Vec<Value>,
}

impl Case {
    pub fn title(&self) -> String {
        format!("{} x {}", self.name, self.method.heading())
    }
}

/// Plays all of them and gives what each came to, in their order. Stops the
/// test when any broke a promise, and names all that did.
pub fn play(cases: &[Case]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let verdicts = Mutex::new(vec![None; cases.len()]);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(cases.len()) {
            scope.spawn(|| {
                while let Some((index, case)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    cases.get(index).map(|case| (index, case))
                } {
                    let run = || case.method.run(case.on_rejection, case.warm, &case.rules);
                    let verdict = catch_unwind(AssertUnwindSafe(run))
                        .unwrap_or_else(|_| Err("panicked, as printed".to_owned()));
                    verdicts.lock().unwrap()[index] = Some(verdict);
                }
            });
        }
    });
    let mut broken = Vec::new();
    let mut said = Vec::new();
    for (case, verdict) in cases.iter().zip(verdicts.into_inner().unwrap()) {
        match verdict.unwrap() {
            Ok(verdict) => said.push(verdict),
            Err(why) => broken.push(format!("{}: {why}", case.title())),
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    said
}
