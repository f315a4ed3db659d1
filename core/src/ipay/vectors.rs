//! Plays the vectors of all languages on functions that need no client.

use serde_json::{Value, json};

use crate::error::Result;

/// Plays every step of every case: what it must give, or what its error must
/// tell.
pub(crate) fn play(text: &str, mut make: impl FnMut(&str, &Value) -> Result<Value>) {
    let vectors: Value = serde_json::from_str(text).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let name = case["name"].as_str().unwrap();
        for step in case["steps"].as_array().unwrap() {
            match (
                make(step["do"].as_str().unwrap(), &step["with"]),
                &step["fails"],
            ) {
                (Ok(given), Value::Null) => {
                    // Of an object more may be told than is expected.
                    if let (Some(told), Some(asked)) =
                        (given.as_object(), step["gives"].as_object())
                    {
                        for (member, value) in asked {
                            assert_eq!(told.get(member), Some(value), "{name}: {member}");
                        }
                    } else {
                        assert_eq!(given, step["gives"], "{name}");
                    }
                }
                (Ok(given), fails) => panic!("{name}: {given} and not {fails}"),
                (Err(error), fails) => {
                    let told = json!({
                        "code": error.code().as_str(),
                        "kind": error.kind().as_str(),
                        "outcome": error.outcome().as_str(),
                        "param": error.param(),
                    });
                    let fails = fails
                        .as_object()
                        .unwrap_or_else(|| panic!("{name}: {error}"));
                    for (fact, value) in fails {
                        assert_eq!(&told[fact], value, "{name}: {fact}");
                    }
                }
            }
        }
    }
}
