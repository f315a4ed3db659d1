//! Every fault of the sandbox on every method, over real sockets: judged by the
//! ledger, never by the client's own word.
//!
//! What each call came to is written to `target/faults.md`.

mod crowd;
mod expect;
mod handshake;
mod method;
mod pairs;
mod stage;

use std::fmt::Write as _;

use serde_json::json;

use crowd::{Case, play};
use kessai_tests::faults::with_variants;
use method::Method;

/// Which requests of a call go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Its first.
    First,
    /// Its first two.
    FirstTwo,
    /// Its first, which asks for the time.
    Cold,
    /// The first two that change something.
    Writes,
}

fn cases(scope: Scope) -> Vec<Case> {
    let mut cases = Vec::new();
    for fault in with_variants() {
        for method in Method::ALL {
            let matching = match (scope, method.writes()) {
                (Scope::Writes, Some(name)) if !fault.is_unread() => json!({"method": name}),
                (Scope::Writes, _) => continue,
                (Scope::Cold, _) if method.comes_second() => continue,
                _ => json!({}),
            };
            let times = if matches!(scope, Scope::First | Scope::Cold) {
                1
            } else {
                2
            };
            cases.push(Case {
                name: fault.label.clone(),
                method,
                on_rejection: "settle",
                warm: scope != Scope::Cold,
                rules: vec![fault.on(&matching, times)],
            });
        }
    }
    cases
}

#[test]
fn one_fault_on_any_method_is_recovered_or_told_as_it_is() {
    let cases = cases(Scope::First);
    let verdicts = play(&cases);
    let faults = with_variants();
    let mut wrong = Vec::new();
    for (case, said) in cases.iter().zip(&verdicts) {
        let fault = faults.iter().find(|f| f.label == case.name).unwrap();
        let expected = expect::after_one(fault, case.method);
        if !expected.iter().any(|e| said.starts_with(e)) {
            wrong.push(format!("{}: {said}, not {expected:?}", case.title()));
        }
    }
    let table = as_table(&cases, &verdicts);
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/../faults.md");
    std::fs::write(path, &table).unwrap();
    kessai_tests::show(&table);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fault_twice_doubles_nothing_and_loses_nothing() {
    let cases = cases(Scope::FirstTwo);
    assert_eq!(play(&cases).len(), cases.len());
}

#[test]
fn a_fault_on_both_writes_doubles_nothing_and_loses_nothing() {
    let cases = cases(Scope::Writes);
    assert_eq!(play(&cases).len(), cases.len());
}

#[test]
fn a_fault_while_the_time_is_asked_for_harms_nothing() {
    let cases = cases(Scope::Cold);
    let mut wrong = Vec::new();
    for (case, said) in cases.iter().zip(play(&cases)) {
        // Nothing that changes something goes out before the time is known.
        let fine = ["made", "ensured", "canceled", "read"]
            .iter()
            .any(|f| said.starts_with(f));
        // The connection ends unannounced after its whole answer, and the write
        // that follows at once may be lost with it.
        let ends = case.name.starts_with("slow_drip") && case.method.is_made_once();
        let may_be_lost = ends && said.starts_with("unknown");
        if !fine && !may_be_lost {
            wrong.push(format!("{}: {said}", case.title()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rejection_that_is_believed_doubles_only_what_was_sent_twice_and_has_no_order() {
    let mut cases = cases(Scope::First);
    // Nobody can look for it, so "look", the default, has nothing to look at.
    cases.retain(|case| {
        let doubled = case.name == "delivered_twice" && case.method.is_made_once();
        case.method.writes().is_some() && !doubled
    });
    for case in &mut cases {
        case.on_rejection = "look";
    }
    assert_eq!(play(&cases).len(), cases.len());
}

fn as_table(cases: &[Case], verdicts: &[String]) -> String {
    let mut text = String::from("| fault on the first request |");
    for method in Method::ALL {
        write!(text, " {} |", method.heading()).unwrap();
    }
    text.push_str("\n| --- |");
    text.push_str(&" --- |".repeat(Method::ALL.len()));
    for row in cases
        .iter()
        .zip(verdicts)
        .collect::<Vec<_>>()
        .chunks(Method::ALL.len())
    {
        write!(text, "\n| {} |", row[0].0.name).unwrap();
        for (_, said) in row {
            write!(text, " {said} |").unwrap();
        }
    }
    text.push('\n');
    text
}
