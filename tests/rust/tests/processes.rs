//! Many processes with one key, against a server that is as strict about
//! nonces as the service.
//!
//! `KESSAI_CALLS=100000 cargo test --release -p kessai-tests --test processes -- --nocapture`
//! makes as many calls as the figure that this project promises.

use std::collections::BTreeSet;
use std::time::Instant;

use kessai_tests::{Shop, Strict, show};

const SHOP: &str = env!("CARGO_BIN_EXE_shop");
const PROCESSES: usize = 16;

/// A file of this test's own.
fn scratch(name: &str) -> String {
    let path = std::env::temp_dir().join(format!("kessai-{name}-{}", std::process::id()));
    path.to_str().unwrap().to_owned()
}

/// Starts shops that share the key and lets them all make `calls`.
fn crowd(server: &Strict, processes: usize, nonces: &str, calls: usize) {
    let url = server.url();
    let account = [url.as_str(), "sandbox_key", "sandbox_secret"];
    let calls = calls.to_string();
    let start = |_| Shop::start(SHOP, account, nonces, &["calls", &calls]);
    let mut shops: Vec<Shop> = (0..processes).map(start).collect();
    shops.iter_mut().for_each(Shop::go);
    for mut shop in shops {
        assert_eq!(shop.line(), "done");
        shop.finish();
    }
}

#[test]
fn sixteen_processes_lose_no_call_and_use_no_nonce_twice() {
    let all = std::env::var("KESSAI_CALLS").map_or(8_000, |n| n.parse().unwrap());
    let path = scratch("sixteen");
    let server = Strict::start();
    let began = Instant::now();
    crowd(&server, PROCESSES, &format!("file:{path}"), all / PROCESSES);
    let took = began.elapsed();
    std::fs::remove_file(path).unwrap();

    let arrived = server.arrived();
    let distinct: BTreeSet<_> = arrived.iter().collect();
    assert_eq!(distinct.len(), arrived.len(), "a nonce was used twice");
    assert_eq!(server.accepted(), all / PROCESSES * PROCESSES);
    let rejected = arrived.len() - server.accepted();
    show(&format!(
        "{all} calls, {rejected} rejected and repeated, in {took:?}"
    ));
}

#[test]
fn two_hundred_nonces_in_a_row_are_distinct_and_rise() {
    let server = Strict::start();
    crowd(&server, 1, "clock", 200);
    let arrived = server.arrived();
    assert_eq!(arrived.len(), 200);
    assert!(arrived.is_sorted_by(|a, b| a < b));
}

#[test]
fn two_hundred_nonces_in_each_of_eight_processes_are_distinct() {
    let path = scratch("eight");
    let server = Strict::start();
    crowd(&server, 8, &format!("file:{path}"), 200);
    std::fs::remove_file(path).unwrap();
    let arrived = server.arrived();
    assert!(arrived.len() >= 8 * 200);
    assert_eq!(arrived.iter().collect::<BTreeSet<_>>().len(), arrived.len());
}
