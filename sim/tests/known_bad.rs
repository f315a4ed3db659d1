//! A judge that never condemns proves nothing: each bad policy must be caught.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and its figures are read"
)]

use kessai_sim::policy::{Policy, Shop};
use kessai_sim::run::run;
use kessai_sim::settings::World;

const SEED: u64 = 20_261_122;

/// Far fewer schedules than allowed do for most; they are played in portions.
const PORTION: u64 = 100;

/// Within how many schedules a bad way to serve pages must be caught.
const PAGES: u64 = 10_000;

fn is_caught(policy: Policy) {
    let world: World = include_str!("../../tests/sim.toml").parse().unwrap();
    let within = world.known_bad.get(policy.name()).copied();
    let (shop, within) = within.map_or((Shop::Pages, PAGES), |w| (Shop::Creates, w));
    let mut played = 0;
    while played < within {
        let range = played..within.min(played + PORTION);
        played = range.end;
        let report = run(&world, policy, shop, SEED, &range);
        let doubled = report.tally.of("violations", "doubled");
        if doubled > 0 {
            println!("seed {SEED}, {policy}: {doubled} doubled within {played} schedules");
            return;
        }
    }
    panic!("seed {SEED}, {policy}: not caught within {within} schedules");
}

#[test]
fn retry_on_timeout() {
    is_caught(Policy::RetryOnTimeout);
}

#[test]
fn create_right_after_fence() {
    is_caught(Policy::CreateRightAfterFence);
}

#[test]
fn transport_resends() {
    is_caught(Policy::TransportResends);
}

#[test]
fn adopt_by_created_time() {
    is_caught(Policy::AdoptByCreatedTime);
}

#[test]
fn hasty_pages() {
    is_caught(Policy::HastyPages);
}

#[test]
fn pages_on_fresh_nonces() {
    is_caught(Policy::PagesOnFreshNonces);
}

#[test]
fn pages_without_doubt() {
    is_caught(Policy::PagesWithoutDoubt);
}

#[test]
fn every_bad_policy_of_the_world_is_played_here() {
    let world: World = include_str!("../../tests/sim.toml").parse().unwrap();
    let names: Vec<&str> = world.known_bad.keys().map(String::as_str).collect();
    let played = [
        Policy::AdoptByCreatedTime,
        Policy::CreateRightAfterFence,
        Policy::RetryOnTimeout,
        Policy::TransportResends,
    ];
    assert_eq!(names, played.map(Policy::name));
}
