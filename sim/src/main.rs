//! `kessai-sim`: plays schedules and says what came of them.
#![allow(
    clippy::print_stdout,
    reason = "a program's output is what it is run for"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use kessai_sim::policy::{Policy, Shop};
use kessai_sim::run::run;
use kessai_sim::schedule::play;
use kessai_sim::settings::World;

/// Judges the client's decisions in an invented world.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// How many schedules; as many as the world says when not given.
    #[arg(long)]
    schedules: Option<u64>,
    /// The seed that everything is drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Who decides: core, look, or one of the bad ones.
    #[arg(long, default_value = "core")]
    policy: Policy,
    /// What the shop's workers do.
    #[arg(long, value_enum, default_value_t = Shop::Creates)]
    shop: Shop,
    /// The settings of the world.
    #[arg(long, default_value = "tests/sim.toml")]
    world: PathBuf,
    /// Plays this schedule alone.
    #[arg(long)]
    only: Option<u64>,
    /// Prints every event; of one schedule.
    #[arg(long, requires = "only")]
    trace: bool,
}

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let world: World = std::fs::read_to_string(&arguments.world)?.parse()?;
    let (seed, policy, shop) = (arguments.seed, arguments.policy, arguments.shop);
    let name = shop.name();
    println!("seed {seed}, shop {name}, policy {policy}");
    let range = match arguments.only {
        Some(index) => index..index.saturating_add(1),
        None => 0..arguments.schedules.unwrap_or(world.schedules),
    };
    if let (Some(index), true) = (arguments.only, arguments.trace) {
        for line in play(&world, policy, shop, seed, index, true).words {
            println!("{line}");
        }
    }
    let report = run(&world, policy, shop, seed, &range);
    println!("{report}");
    if report.violations() == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    println!("replay one: --seed {seed} --shop {name} --policy {policy} --only INDEX --trace");
    Ok(ExitCode::FAILURE)
}
