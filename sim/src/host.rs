//! Hosts with clocks of their own, and the processes on them.

use std::sync::Arc;

use kessai::nonce::{MOST_AHEAD, Nonce, NonceStore, ServerTime, within_reach};
use kessai::world::{Clock, Micros, SECOND};
use kessai::zaif::decide::{Send, Take};

use crate::turns::Turns;

/// A machine whose clock is off.
#[derive(Debug, Clone, Copy)]
pub struct Host {
    /// By how much, in microseconds.
    pub off: i64,
}

/// What a process's clocks show at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Hands {
    monotonic: Micros,
    unix: Micros,
}

impl Clock for Hands {
    fn monotonic(&self) -> Micros {
        self.monotonic
    }

    fn unix(&self) -> Micros {
        self.unix
    }

    fn sleep(&self, _: Micros) {}
}

/// One process: what the core keeps in it for one API key.
#[derive(Debug)]
pub struct Process {
    /// Where it runs.
    pub host: usize,
    /// Whether it still runs.
    pub alive: bool,
    /// Whose turn it is.
    pub turns: Turns,
    nonces: Arc<dyn NonceStore>,
    time: ServerTime,
    /// By how much the server's time may be wrong as its answers tell it, once
    /// there was one: `Date` is cut to the second and written on the way.
    heard: Option<Micros>,
    /// Its monotonic clock less the true time.
    origin: i64,
    last_sent: Option<Nonce>,
}

/// What a nonce taken did wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadNonce {
    /// It is not above the one sent before it.
    NotAbove,
    /// It is more than 300 s above the server's time, as well as answers can
    /// tell it.
    TooFarAhead,
}

impl Process {
    /// A process that starts `now`, its monotonic clock somewhere and its
    /// nonces in `nonces`.
    #[must_use]
    pub fn start(
        host: usize,
        clock: &Host,
        origin: i64,
        now: Micros,
        nonces: Arc<dyn NonceStore>,
    ) -> Self {
        let hands = Hands {
            monotonic: now.saturating_add_signed(origin),
            unix: now.saturating_add_signed(clock.off),
        };
        Self {
            host,
            alive: true,
            turns: Turns::default(),
            nonces,
            time: ServerTime::new(&hands),
            heard: None,
            origin,
            last_sent: None,
        }
    }

    /// What its clocks show.
    #[must_use]
    pub fn hands(&self, clock: &Host, now: Micros) -> Hands {
        Hands {
            monotonic: self.monotonic(now),
            unix: now.saturating_add_signed(clock.off),
        }
    }

    /// Its monotonic clock.
    #[must_use]
    pub const fn monotonic(&self, now: Micros) -> Micros {
        now.saturating_add_signed(self.origin)
    }

    /// The true time at which its monotonic clock shows this.
    #[must_use]
    pub const fn true_time(&self, monotonic: Micros) -> Micros {
        monotonic.saturating_add_signed(self.origin.saturating_neg())
    }

    /// The server's time in seconds, once it has told it.
    #[must_use]
    pub fn told(&self, clock: &Host, now: Micros) -> Option<u64> {
        let told = self.time.told(&self.hands(clock, now))?;
        Some(told / SECOND)
    }

    /// The server's time as far as it is known, in microseconds.
    #[must_use]
    pub fn server_time(&self, clock: &Host, now: Micros) -> Micros {
        self.time.now(&self.hands(clock, now))
    }

    /// Takes a nonce as the core's driver does.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub fn nonce(&self, send: &Send, clock: &Host, now: Micros) -> kessai::Result<Nonce> {
        let server = self.time.now(&self.hands(clock, now));
        let (raise, count) = match send.nonce {
            Take::Exactly(nonce) => return within_reach(nonce, 1, server),
            Take::Fresh(raise) => (raise, 1),
            Take::Pair(raise) => (raise, 2),
        };
        let above = send.above.map_or(Nonce::from_micros(0), Nonce::next);
        let floor = Nonce::from_micros(server.saturating_add(raise)).max(above);
        self.nonces.take(server, floor, count)
    }

    /// Judges a nonce that is about to be sent.
    ///
    /// # Errors
    ///
    /// What is wrong with it. Before its first answer a process knows only
    /// its own clock, and is judged by that.
    pub fn judge(&mut self, nonce: Nonce, clock: &Host, now: Micros) -> Result<(), BadNonce> {
        let before = self.last_sent.replace(nonce);
        // What a file says is not believed when it is from the far future: those
        // that share it would all be stuck.
        let far = |before: Nonce| before.as_micros() > now.saturating_add(MOST_AHEAD - SECOND * 5);
        if before.is_some_and(|before| nonce <= before && !far(before)) {
            return Err(BadNonce::NotAbove);
        }
        let time = match self.heard {
            Some(doubt) => now.saturating_add(doubt),
            None => now.saturating_add_signed(clock.off),
        };
        if nonce.as_micros() > time.saturating_add(MOST_AHEAD) {
            return Err(BadNonce::TooFarAhead);
        }
        Ok(())
    }

    /// Learns the server's time from an answer to what was asked at `asked`.
    pub fn learn(&mut self, date: Option<u64>, asked: Micros, now: Micros) {
        if let Some(date) = date {
            let doubt = SECOND.saturating_add(now.saturating_sub(asked));
            self.heard = Some(self.heard.map_or(doubt, |least| least.min(doubt)));
            self.time
                .learn(date, self.monotonic(asked), self.monotonic(now));
        }
    }
}
