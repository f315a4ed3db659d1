//! What goes wrong on the way, one draw for each request.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::dice::Dice;
use crate::settings::Share;
use kessai::world::Chance as _;

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
        /// One way in which a request fails.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault { $($(#[doc = $doc])+ $variant,)+ }

        impl Fault {
            /// Every fault.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in the settings.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

faults! {
    /// The name lookup fails.
    DnsFail = "dns_fail";
    /// The name lookup hangs until the time limit.
    DnsHang = "dns_hang";
    /// The connection is refused.
    Refused = "refused";
    /// Nobody answers the connection until the time limit.
    ConnectTimeout = "connect_timeout";
    /// The TLS handshake fails.
    TlsFail = "tls_fail";
    /// The connection is reset before a byte was handed to it.
    ResetBeforeSend = "reset_before_send";
    /// The connection is reset while the request is sent: never executed.
    ResetMidSend = "reset_mid_send";
    /// Executed; the connection is reset before the answer.
    ResetBeforeAnswer = "reset_before_answer";
    /// The request arrives after the client gave up.
    DeliveredAfterGiveUp = "delivered_after_give_up";
    /// Something on the way delivers it twice.
    DeliveredTwice = "delivered_twice";
    /// Never executed, never answered.
    TimeoutBeforeExecute = "timeout_before_execute";
    /// Executed, never answered.
    TimeoutAfterExecute = "timeout_after_execute";
    /// An outage before execution.
    Error500Before = "error_500_before";
    /// An outage after execution.
    Error500After = "error_500_after";
    /// Too many calls, says the server or a proxy.
    RateLimited = "rate_limited";
    /// Executed; the answer is cut off.
    AnswerCut = "answer_cut";
    /// Executed; the answer is HTML with status 200.
    AnswerGarbage = "answer_garbage";
    /// Redirected elsewhere, not executed.
    Redirect = "redirect";
    /// Executed; the answer drips in for longer than the time limit.
    SlowDrip = "slow_drip";
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The share of every fault among all requests.
#[derive(Debug, Clone)]
pub struct Table(Vec<(u64, Fault)>);

impl Table {
    /// What befalls the next request: nothing, as a rule.
    pub fn draw(&self, dice: &mut Dice) -> Option<Fault> {
        let drawn = dice.below(Share::WHOLE);
        self.0
            .iter()
            .find(|(below, _)| drawn < *below)
            .map(|(_, fault)| *fault)
    }
}

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut shares = BTreeMap::<String, Share>::deserialize(deserializer)?;
        let mut sum = 0_u64;
        let mut table = Vec::with_capacity(Fault::ALL.len());
        for fault in Fault::ALL {
            let share = shares
                .remove(fault.name())
                .ok_or_else(|| D::Error::missing_field(fault.name()))?;
            sum = sum.saturating_add(share.millionths());
            table.push((sum, *fault));
        }
        if let Some(name) = shares.keys().next() {
            return Err(D::Error::custom(format!("there is no fault {name}")));
        }
        if sum > Share::WHOLE {
            return Err(D::Error::custom("the faults are more than all requests"));
        }
        Ok(Self(table))
    }
}
