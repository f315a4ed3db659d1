//! Two faults in one call that makes an invoice, in every order.

use serde_json::{Value, json};

use crate::crowd::{Case, play};
use crate::method::Method;
use kessai_tests::faults::{Fault, all};

/// The second fault's turn comes with the second request. Those that are cut
/// off unread are counted by rules of their own kind only.
fn one_after_the_other(first: &Fault, second: &Fault) -> Vec<Value> {
    let nth = if first.is_unread() { 1 } else { 2 };
    vec![
        first.on(&json!({"nth": 1}), 1),
        second.on(&json!({"nth": nth}), 1),
    ]
}

fn pairs(method: Method, rules: impl Fn(&Fault, &Fault) -> Option<Vec<Value>>) -> Vec<Case> {
    let mut cases = Vec::new();
    for first in all() {
        for second in all() {
            let name = format!("{} then {}", first.label, second.label);
            cases.extend(rules(&first, &second).map(|rules| Case {
                name,
                method,
                on_rejection: "settle",
                warm: true,
                rules,
            }));
        }
    }
    cases
}

#[test]
fn any_fault_and_any_other_on_the_next_request() {
    let cases = pairs(Method::Create, |first, second| {
        Some(one_after_the_other(first, second))
    });
    assert_eq!(play(&cases).len(), all().len().pow(2));
}

#[test]
fn any_fault_on_an_ensured_create_and_any_other_on_the_next_request() {
    let create = json!({"method": "createInvoice"});
    let find = |nth: u64| json!({"method": "getInvoiceIdsByOrderNumber", "nth": nth});
    let cases = pairs(Method::Ensure, |first, second| {
        // The first find is the look before the create.
        let named = !first.is_unread() && !second.is_unread();
        named.then(|| vec![first.on(&create, 1), second.on(&find(2), 1)])
    });
    assert_eq!(play(&cases).len(), (all().len() - 1).pow(2));
}

#[test]
fn any_fault_on_one_create_and_any_other_on_the_next() {
    let create = |nth: u64| json!({"method": "createInvoice", "nth": nth});
    let cases = pairs(Method::Create, |first, second| {
        // Only what makes nothing is followed by another create.
        let follows = !first.is_unread() && !second.is_unread();
        follows.then(|| vec![first.on(&create(1), 1), second.on(&create(2), 1)])
    });
    assert_eq!(play(&cases).len(), (all().len() - 1).pow(2));
}

#[test]
fn what_delays_or_doubles_a_create_and_any_other_fault_at_once() {
    let adds = ["latency", "commit_lag", "delivered_twice"];
    let both = json!({"nth": 1});
    let cases = pairs(Method::Create, |first, second| {
        let adds = adds.contains(&first.name()) && !second.is_unread();
        (adds && first.name() != second.name())
            .then(|| vec![first.on(&both, 1), second.on(&both, 1)])
    });
    assert_eq!(play(&cases).len(), adds.len() * (all().len() - 2));
}
