//! An event's class is the same whether or not its object was made.

use super::*;
use crate::model::{Described as _, Model as _};

const TYPES: [&str; 8] = [
    "payment.succeeded",
    "payment.failed",
    "payment.refunded",
    "payment.disputed",
    "customer.created",
    "customer.subscription.updated",
    "customer.retired",
    "another.thing",
];

const DATA: [(&str, &str); 9] = [
    ("id", r#""pay_1""#),
    ("status", r#""succeeded""#),
    ("amount", "2999"),
    ("currency", r#""JPY""#),
    ("metadata", r#"{"orderId":"A-1"}"#),
    ("next_action", "null"),
    ("email", r#""a@shop.example""#),
    ("deleted", "false"),
    ("created", "1763856000"),
];

const VALUES: [&str; 10] = [
    "null",
    "0",
    "-1.5",
    "1e400",
    r#""""#,
    r#""x\u0041""#,
    r#""\ud800""#,
    "[]",
    r#"{"a":1,"a":2}"#,
    "true",
];

fn classes(event_type: &str, data: &str) -> (&'static str, &'static str) {
    let raw = format!(r#"{{"type":"{event_type}","data":{data}}}"#);
    let event = Event::of_verified(&raw).unwrap();
    let alone = event.class_alone();
    let class = event.class();
    assert_eq!(event.class_alone(), class, "once it was made: {raw}");
    (alone, class)
}

fn object<'a>(members: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let each = members
        .into_iter()
        .map(|(name, value)| format!("{name:?}:{value}"));
    format!("{{{}}}", each.collect::<Vec<_>>().join(","))
}

#[test]
fn the_class_is_told_without_making_the_object() {
    let mut told = std::collections::BTreeSet::new();
    let mut check = |event_type: &str, data: &str| {
        let (alone, class) = classes(event_type, data);
        assert_eq!(alone, class, "{event_type} {data}");
        told.insert(class);
    };
    for event_type in TYPES {
        check(event_type, &object(DATA));
        check(event_type, &object(DATA.into_iter().chain([("id", "2")])));
        check(
            event_type,
            &object(DATA.into_iter().chain([("payment", "2")])),
        );
        for value in VALUES {
            check(event_type, value);
            for (changed, _) in DATA {
                let all = DATA.map(|(name, was)| (name, if name == changed { value } else { was }));
                check(event_type, &object(all));
                let others = DATA.into_iter().filter(|(name, _)| *name != changed);
                check(event_type, &object(others));
            }
        }
    }
    // Every class was among them.
    assert_eq!(told.len(), Event::INFO.variants.len(), "{told:?}");
}
