//! The way between client and server: how long a request takes, whether and
//! how often it arrives, and what its sender gets to see.

use kessai::Code;
use kessai::world::{Chance as _, Micros, SECOND};

use crate::dice::Dice;
use crate::faults::Fault;
use crate::server::Treatment;
use crate::settings::Latency;

/// What one request will go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// When it arrives, and what happens to it there.
    pub arrives: Option<(Micros, Treatment)>,
    /// When a second copy of it arrives.
    pub again: Option<Micros>,
    /// What its sender gets to see.
    pub brings: Brings,
    /// When.
    pub at: Micros,
}

/// What the sender of a request gets to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brings {
    /// It could not be sent.
    NotSent(Code),
    /// It broke off on the way.
    Broken(Code),
    /// The answer to the first copy.
    Answer,
    /// The answer to the second copy.
    SecondAnswer,
}

impl Brings {
    /// Whether some answer comes back.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Answer | Self::SecondAnswer)
    }
}

/// One journey.
pub fn journey(latency: &Latency, dice: &mut Dice) -> Micros {
    let (median, jitter) = (latency.median.micros(), latency.jitter.micros());
    if dice.hits(latency.tail.share) {
        return dice.between(median, latency.tail.max.micros());
    }
    dice.between(median.saturating_sub(jitter), median.saturating_add(jitter))
}

/// What a request that is sent `now` goes through, if it is given up at
/// `until`.
pub fn passage(
    fault: Option<Fault>,
    now: Micros,
    until: Micros,
    latency: &Latency,
    dice: &mut Dice,
) -> Passage {
    let arrival = now.saturating_add(journey(latency, dice));
    let back = journey(latency, dice);
    let answered = arrival.saturating_add(back);
    let mut passage = Passage {
        arrives: Some((arrival, Treatment::Serve)),
        again: None,
        brings: Brings::Answer,
        at: answered,
    };
    if let Some(fault) = fault {
        befall(&mut passage, fault, now, until, back, latency, dice);
    }
    if passage.at > until {
        // Nothing is waited for beyond the limit; the request goes its way.
        passage.at = until;
        if !matches!(passage.brings, Brings::NotSent(_)) {
            passage.brings = Brings::Broken(Code::TransportTimeout);
        }
    }
    passage
}

fn befall(
    passage: &mut Passage,
    fault: Fault,
    now: Micros,
    until: Micros,
    back: Micros,
    latency: &Latency,
    dice: &mut Dice,
) {
    let arrival = passage.arrives.map_or(now, |(at, _)| at);
    let mut treat = |treatment| passage.arrives = Some((arrival, treatment));
    match fault {
        Fault::DnsFail => unsent(passage, Code::TransportLookup, now.saturating_add(back)),
        Fault::DnsHang => unsent(passage, Code::TransportTimeout, until),
        Fault::Refused => unsent(passage, Code::TransportConnect, now.saturating_add(back)),
        Fault::ConnectTimeout => unsent(passage, Code::TransportTimeout, until),
        Fault::TlsFail => unsent(passage, Code::TransportTls, passage.at),
        Fault::ResetBeforeSend => unsent(passage, Code::TransportConnect, passage.at),
        Fault::ResetMidSend => {
            passage.arrives = None;
            passage.brings = Brings::Broken(Code::TransportBroken);
        }
        Fault::ResetBeforeAnswer => passage.brings = Brings::Broken(Code::TransportBroken),
        Fault::DeliveredAfterGiveUp => {
            let late = late(dice);
            passage.arrives = Some((until.saturating_add(late), Treatment::Serve));
            passage.at = until;
            passage.brings = Brings::Broken(Code::TransportTimeout);
        }
        Fault::DeliveredTwice => {
            let second = arrival.saturating_add(dice.between(1, 3 * SECOND));
            passage.again = Some(second);
            if dice.once_in(2) {
                passage.brings = Brings::SecondAnswer;
                passage.at = second.saturating_add(journey(latency, dice));
            }
        }
        Fault::TimeoutBeforeExecute => {
            treat(Treatment::Vanish);
            passage.at = until;
            passage.brings = Brings::Broken(Code::TransportTimeout);
        }
        Fault::TimeoutAfterExecute | Fault::SlowDrip => {
            passage.at = until;
            passage.brings = Brings::Broken(Code::TransportTimeout);
        }
        Fault::Error500Before => treat(Treatment::Fail),
        Fault::Error500After => treat(Treatment::ServeThenFail),
        Fault::RateLimited => treat(Treatment::Limit),
        // The connection tells that something is missing, or it does not.
        Fault::AnswerCut if dice.once_in(2) => {
            passage.brings = Brings::Broken(Code::TransportBroken);
        }
        Fault::AnswerCut => treat(Treatment::ServeThenCut),
        Fault::AnswerGarbage => treat(Treatment::ServeThenGarbage),
        Fault::Redirect => treat(Treatment::Redirect),
    }
}

fn unsent(passage: &mut Passage, code: Code, at: Micros) {
    passage.arrives = None;
    passage.brings = Brings::NotSent(code);
    passage.at = at;
}

/// How long after the client gave up a delayed request arrives: at once, soon,
/// or when nobody thinks of it any more.
fn late(dice: &mut Dice) -> Micros {
    match dice.below(4) {
        0 => dice.between(1, SECOND),
        1 | 2 => dice.between(1, 30 * SECOND),
        _ => dice.between(1, 120 * SECOND),
    }
}

/// What becomes of a passage under a transport that sends the same bytes again
/// when an answer fails to come, or takes long.
pub fn resent(
    mut passage: Passage,
    now: Micros,
    until: Micros,
    latency: &Latency,
    dice: &mut Dice,
) -> Passage {
    /// How long it waits for an answer before it sends again.
    const PATIENCE: Micros = 2 * SECOND;
    let impatient = now.saturating_add(PATIENCE);
    let failed = matches!(passage.brings, Brings::Broken(_));
    if matches!(passage.brings, Brings::NotSent(_)) || (!failed && passage.at <= impatient) {
        return passage;
    }
    let second = passage
        .at
        .min(impatient)
        .saturating_add(journey(latency, dice));
    passage.again = Some(second);
    passage.at = second.saturating_add(journey(latency, dice));
    passage.brings = Brings::SecondAnswer;
    if passage.at > until {
        passage.at = until;
        passage.brings = Brings::Broken(Code::TransportTimeout);
    }
    passage
}
