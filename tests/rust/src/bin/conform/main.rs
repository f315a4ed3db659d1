//! Plays the cases of one data file, and tells on a line each how it went.
//!
//!     conform scenarios/journeys.json
//!
//! `tests/conformance/README.md` tells what a case is.

mod calls;
mod player;
mod stage;
mod surface;
mod told;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::{Value, json};

use crate::player::Player;
use crate::stage::Stage;
use crate::told::Difference;

fn main() {
    let file = std::env::args().nth(1).expect("which file?");
    let folder = std::env::var("KESSAI_TEST_DATA").unwrap();
    let text = std::fs::read_to_string(Path::new(&folder).join(&file)).unwrap();
    let read: Value = serde_json::from_str(&text).unwrap();
    let group = Path::new(&file).file_stem().unwrap().to_str().unwrap();
    if group == "surface" {
        for (part, played) in surface::compare(&read) {
            tell(group, &part, played);
        }
        return;
    }
    let matching = std::env::var("KESSAI_TEST_MATCH").unwrap_or_default();
    for (number, case) in read["cases"].as_array().unwrap().iter().enumerate() {
        let name = case["name"].as_str().unwrap();
        let ours = case["in"]
            .as_array()
            .is_none_or(|languages| languages.contains(&json!("rust")));
        if ours && format!("{group}/{name}").contains(&matching) {
            tell(group, name, play(case, number));
        }
    }
}

/// Plays a case; the next one is not to blame for a panic.
fn play(case: &Value, number: usize) -> Result<(), Difference> {
    catch_unwind(AssertUnwindSafe(|| {
        Player::new(Stage::new(number + 1)).play(case)
    }))
    .unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let said = text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        Err(format!("it panicked: {}", said.unwrap_or_default()))
    })
}

fn tell(group: &str, name: &str, played: Result<(), Difference>) {
    let line = json!({
        "case": format!("{group}/{name}"),
        "ok": played.is_ok(),
        "why": played.err(),
    });
    kessai_tests::show(&line.to_string());
}
