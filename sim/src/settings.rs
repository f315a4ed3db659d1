//! The fixed world: every key of `sim.toml`, in whole microseconds and whole
//! millionths.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use kessai::world::Micros;
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};

use crate::faults::Table;

/// The world of `sim.toml`.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// How many schedules the long run has.
    pub schedules: u64,
    /// The client's settings.
    pub client: ClientSettings,
    /// The server's habits.
    pub server: ServerSettings,
    /// The hosts' clocks.
    pub clock: ClockSettings,
    /// What goes wrong, and how often.
    pub faults: Table,
    /// Killed processes.
    pub crash: Crash,
    /// Within how many schedules each bad policy must be caught.
    pub known_bad: BTreeMap<String, u64>,
}

/// How the client is set up.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientSettings {
    /// The time limit of each money call.
    pub timeout: Span,
    /// How long a lost create is given to become visible.
    pub settle: Span,
    /// How far a rejection is believed.
    pub on_rejection: Rejection,
    /// How many workers share the key.
    pub workers: usize,
}

/// The option `on_rejection`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rejection {
    /// Look once.
    Look,
    /// Settle too.
    Settle,
}

/// How the server behaves.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerSettings {
    /// How late a create becomes visible.
    pub commit_lag: CommitLag,
    /// How long a request travels, each way.
    pub latency: Latency,
    /// When a nonce counts as used.
    pub nonce_consumed: Consumed,
}

/// How late a create becomes visible: up to `slow_from` for most, from there
/// to `max` for the slow.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitLag {
    /// The latest.
    pub max: Span,
    /// How many are slow.
    pub share_slow: Share,
    /// Where slow begins.
    pub slow_from: Span,
}

/// How long a request travels, each way.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Latency {
    /// As a rule.
    pub median: Span,
    /// More or less.
    pub jitter: Span,
    /// The rare long ones.
    pub tail: Tail,
}

/// The rare long journeys.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tail {
    /// How many.
    pub share: Share,
    /// How long at most.
    pub max: Span,
}

/// When a nonce counts as used: one way is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consumed {
    /// Checked and used up in one step, when the request is accepted.
    OnAcceptance,
}

/// The hosts' clocks.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockSettings {
    /// How they are off.
    pub skew: Skew,
}

/// How the hosts' clocks are off.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skew {
    /// Each host's, from the beginning.
    pub hosts: Vec<Offset>,
    /// By how much a clock jumps.
    pub jumps: Vec<Offset>,
    /// In how many requests the sender's host finds that its clock jumped.
    pub jump_share: Share,
}

/// Killed processes.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crash {
    /// In how many schedules.
    pub kill_share: Share,
}

/// A share, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share(u64);

impl Share {
    /// All of it.
    pub const WHOLE: u64 = 1_000_000;

    /// So many millionths.
    #[must_use]
    pub const fn millionths(self) -> u64 {
        self.0
    }
}

/// A span of time, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span(Micros);

impl Span {
    /// The microseconds.
    #[must_use]
    pub const fn micros(self) -> Micros {
        self.0
    }
}

/// A difference between clocks, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset(i64);

impl Offset {
    /// The microseconds.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }
}

/// A world that cannot be read.
#[derive(Debug)]
pub struct BadWorld(String);

impl BadWorld {
    pub(crate) const fn new(why: String) -> Self {
        Self(why)
    }
}

impl fmt::Display for BadWorld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadWorld {}

impl FromStr for World {
    type Err = BadWorld;

    fn from_str(text: &str) -> Result<Self, BadWorld> {
        toml::from_str(text).map_err(|e| BadWorld(e.to_string()))
    }
}

/// A number in millionths, exact: it is read by the digits that spell it.
struct Millionths;

impl Visitor<'_> for Millionths {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number with at most six decimals")
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<i64, E> {
        millionths(&value.to_string()).ok_or_else(|| E::custom("more than six decimals"))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<i64, E> {
        millionths(&value.to_string()).ok_or_else(|| E::custom("too large"))
    }
}

fn millionths(digits: &str) -> Option<i64> {
    let scaled = Decimal::from_str(digits)
        .ok()?
        .checked_mul(Decimal::from(1_000_000))?;
    scaled
        .fract()
        .is_zero()
        .then(|| scaled.trunc())?
        .try_into()
        .ok()
}

fn natural<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let value = deserializer.deserialize_any(Millionths)?;
    u64::try_from(value).map_err(|_| D::Error::custom("below nothing"))
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match natural(deserializer)? {
            share @ 0..=Self::WHOLE => Ok(Self(share)),
            _ => Err(D::Error::custom("more than the whole")),
        }
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        natural(deserializer).map(Self)
    }
}

impl<'de> Deserialize<'de> for Offset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Millionths).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIXED: &str = include_str!("../../tests/sim.toml");

    #[test]
    fn the_fixed_world_is_read_to_the_last_digit() {
        let world: World = FIXED.parse().unwrap();
        assert_eq!(world.client.timeout, Span(90_000_000));
        assert_eq!(world.server.latency.jitter, Span(20_000));
        assert_eq!(world.clock.skew.jump_share, Share(500));
        assert_eq!(
            world.clock.skew.jumps,
            [Offset(3_600_000_000), Offset(-3_600_000_000)]
        );
    }

    #[test]
    fn what_it_does_not_say_or_says_too_much_is_refused() {
        for (from, to) in [
            ("settle = 30.0", ""),
            ("settle = 30.0", "settle = 30.0\nsettel = 1.0"),
            ("settle = 30.0", "settle = -1.0"),
            ("dns_hang = 0.005", ""),
            ("dns_hang = 0.005", "dns_hung = 0.005"),
            ("dns_hang = 0.005", "dns_hang = 0.0000005"),
            ("dns_hang = 0.005", "dns_hang = 0.9"),
            ("on_acceptance", "on_answer"),
        ] {
            let text = FIXED.replacen(from, to, 1);
            assert_ne!(text, FIXED);
            assert!(text.parse::<World>().is_err(), "{from} -> {to}");
        }
    }
}
