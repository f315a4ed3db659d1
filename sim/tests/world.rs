//! The fixed world, played in every run of the tests.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by panicking, and its figures are read"
)]

use kessai_sim::faults::Fault;
use kessai_sim::judge::Rule;
use kessai_sim::policy::{Policy, Shop};
use kessai_sim::run::run;
use kessai_sim::settings::World;

/// Printed with every figure; any other would do.
const SEED: u64 = 20_261_122;

const SCHEDULES: u64 = 10_000;

/// A page is loaded a dozen times in each.
const PAGES: u64 = 300;

fn fixed() -> World {
    include_str!("../../tests/sim.toml").parse().unwrap()
}

#[test]
fn ten_thousand_schedules_without_a_violation() {
    let report = run(&fixed(), Policy::Core, Shop::Creates, SEED, &(0..SCHEDULES));
    println!("seed {SEED}\n{report}");
    assert_eq!(report.violations(), 0, "seed {SEED}\n{report}");
    for fault in Fault::ALL {
        assert!(report.tally.of("faults", fault.name()) > 0, "{fault}");
    }
    for event in ["kills", "clock jumps"] {
        assert!(report.tally.of("events", event) > 0, "{event}");
    }
    for ending in ["ok", "adopted", "not_done"] {
        assert!(report.tally.of("calls, create", ending) > 0, "{ending}");
    }
    for ending in ["ok", "ok, not done"] {
        assert!(report.tally.of("calls, resume", ending) > 0, "{ending}");
    }
}

#[test]
fn pages_are_loaded_in_every_way_and_lose_no_money() {
    let report = run(&fixed(), Policy::Core, Shop::Pages, SEED, &(0..PAGES));
    println!("seed {SEED}\n{report}");
    let wrong = |rule: Rule| report.tally.of("violations", rule.name());
    for rule in [
        Rule::Success,
        Rule::Money,
        Rule::Canceled,
        Rule::Nonce,
        Rule::Deadline,
        Rule::Astray,
    ] {
        assert_eq!(wrong(rule), 0, "seed {SEED}\n{report}");
    }
    for ending in ["ok", "adopted", "not_done", "unknown"] {
        let group = "calls, load of a page";
        assert!(report.tally.of(group, ending) > 0, "{ending}");
    }
    for code in ["zaif.order_busy", "zaif.order_in_doubt"] {
        assert!(report.tally.of("loads that failed", code) > 0, "{code}");
    }
}

#[test]
fn pages_without_a_violation() {
    let report = run(&fixed(), Policy::Core, Shop::Pages, SEED, &(0..PAGES));
    println!("seed {SEED}\n{report}");
    assert_eq!(report.violations(), 0, "seed {SEED}\n{report}");
}

#[test]
fn the_default_leaves_a_residue_that_is_told() {
    let report = run(&fixed(), Policy::Look, Shop::Creates, SEED, &(0..1_000));
    println!("seed {SEED}, on_rejection = look\n{report}");
}

#[test]
fn the_same_seed_plays_the_same_events() {
    let world = fixed();
    for shop in [Shop::Creates, Shop::Pages] {
        let play = |seed| run(&world, Policy::Core, shop, seed, &(0..200));
        let (first, second, other) = (play(SEED), play(SEED), play(SEED + 1));
        assert_eq!(first.digest, second.digest);
        assert_eq!(first.tally, second.tally);
        assert_ne!(first.digest, other.digest);
    }
}
