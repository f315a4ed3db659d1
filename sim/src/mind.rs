//! The decision machines behind one face: the core's, and two of our own for
//! comparison.

use kessai::nonce::Nonce;
use kessai::transport::Exchange;
use kessai::world::{Chance, Micros, SECOND};
use kessai::zaif::decide::{
    Answer, Ask, Cancel, Create, Ensure, Event, Limits, Machine, Once, Read, Refusal, Reply,
    Resume, Resumed, Send, Step, Take,
};
use kessai::zaif::{Invoice, answer};
use kessai::{Code, Error, Result};

use crate::pages::hasty::Hasty;

/// What decides a call.
#[derive(Debug)]
pub enum Mind {
    /// The core's create.
    Create(Box<Create>),
    /// The core's create, with a lost one's own nonce tried first.
    Fenced(Box<FenceByOwnNonce>),
    /// A bad create of our own.
    Careless(RetryOnTimeout),
    /// The core's cancel.
    Cancel(Box<Cancel>),
    /// The core's read.
    Read(Box<Read>),
    /// The core's write that cannot be looked up.
    Once(Box<Once>),
    /// The core's resume.
    Resume(Box<Resume>),
    /// The core's one invoice of an order.
    Ensure(Box<Ensure>),
    /// A bad one of our own.
    Hasty(Box<Hasty>),
    /// None yet: the call waits for its turn at the order.
    Waiting,
}

/// What a call brought.
#[derive(Debug)]
pub enum Brought {
    /// An invoice.
    Invoice(Box<Invoice>),
    /// What a resume found out.
    Resumed(Resumed),
    /// Something that is not judged.
    Else,
}

impl Mind {
    /// Decides the next step.
    pub fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Brought> {
        match self {
            Self::Create(create) => end(create.step(event, now, chance), invoice),
            Self::Fenced(create) => end(create.step(event, now, chance), invoice),
            Self::Careless(create) => end(create.step(event, now, chance), invoice),
            Self::Cancel(cancel) => end(cancel.step(event, now, chance), invoice),
            Self::Read(read) => end(read.step(event, now, chance), |_| Brought::Else),
            Self::Once(once) => end(once.step(event, now, chance), |answer| match answer {
                Answer::Invoice(invoice) => Brought::Invoice(invoice),
                Answer::Ids(_) | Answer::Other(_) => Brought::Else,
            }),
            Self::Ensure(ensure) => end(ensure.step(event, now, chance), invoice),
            Self::Hasty(hasty) => end(hasty.step(event, now, chance), invoice),
            Self::Waiting => Step::Wait(SECOND),
            Self::Resume(resume) => end(resume.step(event, now, chance), Brought::Resumed),
        }
    }
}

fn invoice(invoice: Invoice) -> Brought {
    Brought::Invoice(Box::new(invoice))
}

fn end<T>(step: Step<T>, brought: impl FnOnce(T) -> Brought) -> Step<Brought> {
    match step {
        Step::Send(send) => Step::Send(send),
        Step::Wait(span) => Step::Wait(span),
        Step::Ask => Step::Ask,
        Step::End(result) => Step::End(result.map(brought)),
    }
}

/// An error of something that was not sent. Only the core can make errors, so
/// it is asked to read one.
#[must_use]
pub fn unsent(code: Code, message: &str) -> Option<Error> {
    match answer::read(&Ask::Other, Exchange::not_sent(code, message)) {
        Reply::NotSent(error) => Some(error),
        _ => None,
    }
}

/// Bad: makes the invoice again whenever nobody knows.
#[derive(Debug)]
pub struct RetryOnTimeout {
    limits: Limits,
}

impl RetryOnTimeout {
    /// Tries until the limits.
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self { limits }
    }
}

impl Machine for RetryOnTimeout {
    type Output = Invoice;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        let error = match event {
            Event::Begin | Event::Waited => {
                return Step::Send(Send {
                    ask: Ask::Create,
                    nonce: Take::Fresh(0),
                    above: None,
                    until: self.limits.deadline,
                    one_try: self.limits.one_try,
                });
            }
            Event::Reply(_, Reply::Answer(Answer::Invoice(invoice))) => {
                return Step::End(Ok(*invoice));
            }
            Event::Reply(_, Reply::Answer(_)) | Event::Told(_) => return Step::Wait(SECOND),
            Event::Blocked(error) => return Step::End(Err(error)),
            Event::Reply(
                _,
                Reply::Refused(_, error)
                | Reply::NotSent(error)
                | Reply::Unknown(error)
                | Reply::Unlisted(error)
                | Reply::Unusable(error),
            ) => error,
        };
        let wait = chance.below(SECOND);
        if now.saturating_add(wait) >= self.limits.deadline {
            return Step::End(Err(error));
        }
        Step::Wait(wait)
    }
}

/// What if a lost create were first tried to be fenced by a lookup on its own
/// nonce? If the service accepts that, it never accepted the create and never
/// will: the create counts as not sent, and nothing need settle.
#[derive(Debug)]
pub struct FenceByOwnNonce {
    inner: Create,
    limits: Limits,
    creating: bool,
    lost: Option<(Nonce, Reply)>,
}

impl FenceByOwnNonce {
    /// The core's create behind this fence.
    #[must_use]
    pub const fn new(inner: Create, limits: Limits) -> Self {
        Self {
            inner,
            limits,
            creating: false,
            lost: None,
        }
    }

    /// What the create behind it says.
    #[must_use]
    pub const fn known_before(&self) -> &std::collections::BTreeSet<String> {
        self.inner.known_before()
    }

    fn pass(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        let step = self.inner.step(event, now, chance);
        self.creating = matches!(&step, Step::Send(send) if send.ask == Ask::Create);
        step
    }
}

impl Machine for FenceByOwnNonce {
    type Output = Invoice;

    fn step(&mut self, event: Event, now: Micros, chance: &mut dyn Chance) -> Step<Invoice> {
        if let Some((nonce, reply)) = self.lost.take() {
            let reply = match event {
                Event::Reply(_, Reply::Answer(_)) => {
                    unsent(Code::TransportBroken, "fenced by its own nonce")
                        .map_or(reply, Reply::NotSent)
                }
                _ => reply,
            };
            return self.pass(Event::Reply(nonce, reply), now, chance);
        }
        match event {
            Event::Reply(
                nonce,
                reply @ (Reply::Unknown(_) | Reply::Refused(Refusal::RateLimited, _)),
            ) if self.creating && now < self.limits.deadline => {
                self.lost = Some((nonce, reply));
                Step::Send(Send {
                    ask: Ask::Find,
                    nonce: Take::Exactly(nonce),
                    above: None,
                    until: self.limits.deadline,
                    one_try: self.limits.one_try,
                })
            }
            event => self.pass(event, now, chance),
        }
    }
}

/// How a result is told.
#[must_use]
pub fn told(result: &Result<Brought>) -> &'static str {
    match result {
        Ok(Brought::Invoice(invoice)) if invoice.adopted => "adopted",
        Ok(Brought::Resumed(Resumed::NotDone)) => "ok, not done",
        Ok(_) => "ok",
        Err(error) => error.outcome().as_str(),
    }
}
