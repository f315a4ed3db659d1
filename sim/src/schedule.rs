//! One schedule: a small world, made from a seed and an index, and played to
//! its end.

use std::collections::BTreeMap;
use std::sync::Arc;

use kessai::nonce::{ClockNonces, Nonce, NonceStore};
use kessai::transport::HttpAnswer;
use kessai::world::{Micros, SECOND};
use kessai::zaif::decide::{Ask, Send};

use crate::call::Call;
use crate::crash::Doom;
use crate::dice::Dice;
use crate::faults::Fault;
use crate::host::{Host, Process};
use crate::judge::Violation;
use crate::orders::Intent;
use crate::pages::Page;
use crate::pages::locks::Locks;
use crate::pages::store::FileNonces;
use crate::policy::{Policy, Shop};
use crate::queue::Queue;
use crate::server::{Request, Server, Treatment};
use crate::settings::World;
use crate::shop::{CallId, IntentId, Work, Worker, WorkerId};
use crate::tally::Tally;
use crate::trace::{START, Trace};
use crate::wire::Passage;

/// More events than any schedule has: it must have gone astray.
const MOST_EVENTS: u32 = 200_000;

/// What can happen.
#[derive(Debug)]
pub enum Happening {
    /// A worker begins something.
    Work(WorkerId, Work),
    /// A request arrives, or its second copy.
    Arrive(usize, Treatment, Copy),
    /// What it brought gets back to its sender.
    Land(usize),
    /// A wait is over.
    Wake(CallId, u64),
    /// A call has waited for its turn as long as it may.
    TurnLimit(CallId, u64),
    /// A turn became free.
    Pump(usize),
    /// A call's turn at its order has come.
    OrderTurn(CallId, u64),
    /// A call has waited for its order as long as it may.
    OrderLimit(CallId, u64),
    /// An order's invoices are judged, if it is quiet.
    Inspect(IntentId),
    /// A process is killed.
    Kill(usize),
    /// Its successor starts.
    Restart(usize),
}

/// Which copy of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    /// The first.
    First,
    /// The second.
    Second,
}

/// A request under way.
#[derive(Debug)]
pub struct Flight {
    /// What arrives.
    pub request: Request,
    /// What it goes through.
    pub passage: Passage,
    /// Whether the nonce after its own is reserved for what follows.
    pub pair: bool,
    /// What befalls it.
    pub fault: Option<Fault>,
    /// When it was sent.
    pub sent: Micros,
    /// The answer that its sender will read.
    pub answer: Option<HttpAnswer>,
}

/// A schedule in play.
#[derive(Debug)]
pub struct Schedule<'w> {
    pub(crate) world: &'w World,
    pub(crate) policy: Policy,
    pub(crate) now: Micros,
    pub(crate) dice: Dice,
    pub(crate) queue: Queue<Happening>,
    pub(crate) server: Server<'w>,
    pub(crate) hosts: Vec<Host>,
    /// The file that a host's processes share, where they do.
    pub(crate) files: Vec<Option<Arc<FileNonces>>>,
    pub(crate) locks: Locks,
    pub(crate) pages: BTreeMap<IntentId, Page>,
    pub(crate) processes: Vec<Process>,
    pub(crate) workers: Vec<Worker>,
    pub(crate) intents: Vec<Intent>,
    pub(crate) calls: Vec<Call>,
    pub(crate) flights: Vec<Flight>,
    pub(crate) trace: Trace,
    pub(crate) tally: Tally,
    pub(crate) violations: Vec<Violation>,
    pub(crate) index: u64,
    /// Calls that said that nothing was made by these.
    pub(crate) denied: Vec<(CallId, Vec<CallId>)>,
    /// Calls that said that an invoice was not canceled.
    pub(crate) not_canceled: Vec<(CallId, String)>,
    pub(crate) doom: Option<Doom>,
}

/// What a schedule came to.
#[derive(Debug)]
pub struct Outcome {
    /// Counts.
    pub tally: Tally,
    /// What must not be.
    pub violations: Vec<Violation>,
    /// The digest of every event.
    pub digest: u64,
    /// Every event in words, when asked for.
    pub words: Vec<String>,
}

/// Plays schedule `index` of `seed`.
#[must_use]
pub fn play(
    world: &World,
    policy: Policy,
    shop: Shop,
    seed: u64,
    index: u64,
    words: bool,
) -> Outcome {
    let dice = Dice::of(seed, index);
    let mut schedule = Schedule::new(world, policy, shop, dice, index, words);
    match shop {
        Shop::Creates => schedule.open_shop(),
        Shop::Pages => schedule.open_pages(),
    }
    schedule.run();
    schedule.judge();
    let (digest, words) = schedule.trace.finish();
    Outcome {
        tally: schedule.tally,
        violations: schedule.violations,
        digest,
        words,
    }
}

impl<'w> Schedule<'w> {
    fn new(
        world: &'w World,
        policy: Policy,
        shop: Shop,
        mut dice: Dice,
        index: u64,
        words: bool,
    ) -> Self {
        let hosts: Vec<_> = world
            .clock
            .skew
            .hosts
            .iter()
            .map(|offset| Host {
                off: offset.micros(),
            })
            .collect();
        let doom = Doom::draw(world.crash.kill_share, &mut dice);
        let mut schedule = Self {
            world,
            policy,
            now: START,
            dice,
            queue: Queue::default(),
            server: Server::new(&world.server.commit_lag),
            hosts,
            files: Vec::new(),
            locks: Locks::default(),
            pages: BTreeMap::new(),
            processes: Vec::new(),
            workers: Vec::new(),
            intents: Vec::new(),
            calls: Vec::new(),
            flights: Vec::new(),
            trace: Trace::new(words),
            tally: Tally::default(),
            violations: Vec::new(),
            index,
            denied: Vec::new(),
            not_canceled: Vec::new(),
            doom,
        };
        if shop == Shop::Pages {
            schedule.share_files();
        }
        schedule.populate();
        schedule
    }

    /// Puts the workers on their hosts, in processes of their own or in one.
    fn populate(&mut self) {
        let hosts = self.hosts.len().max(1);
        let mut shared = Vec::with_capacity(hosts);
        for host in 0..hosts {
            let together = self.dice.once_in(2);
            shared.push(together.then(|| self.start(host)));
        }
        for worker in 0..self.world.client.workers {
            let host = worker.checked_rem(hosts).unwrap_or(0);
            let process = match shared.get(host).copied().flatten() {
                Some(process) => process,
                None => self.start(host),
            };
            self.workers.push(Worker {
                process,
                orders: std::collections::VecDeque::new(),
            });
        }
    }

    pub(crate) fn start(&mut self, host: usize) -> usize {
        // Long up or just booted: monotonic clocks begin anywhere.
        let back = self.dice.between(0, START.saturating_sub(SECOND));
        let origin = i64::try_from(back).unwrap_or(0).saturating_neg();
        let id = self.processes.len();
        let nonces: Arc<dyn NonceStore> = match self.files.get(host) {
            Some(Some(file)) => Arc::<FileNonces>::clone(file),
            _ => Arc::<ClockNonces>::default(),
        };
        if let Some(clock) = self.hosts.get(host) {
            self.processes
                .push(Process::start(host, clock, origin, self.now, nonces));
        }
        id
    }

    fn run(&mut self) {
        let mut events = 0;
        while let Some((at, what)) = self.queue.take() {
            self.now = at;
            self.happen(what);
            events += 1;
            if events > MOST_EVENTS {
                self.astray();
                return;
            }
        }
    }

    fn happen(&mut self, what: Happening) {
        match what {
            Happening::Work(worker, work) => self.work(worker, work),
            Happening::Arrive(flight, treatment, copy) => self.arrive(flight, treatment, copy),
            Happening::Land(flight) => self.land(flight),
            Happening::Wake(call, ticket) => self.wake(call, ticket),
            Happening::TurnLimit(call, ticket) => self.turn_limit(call, ticket),
            Happening::Pump(process) => self.pump(process),
            Happening::OrderTurn(call, ticket) => self.order_turn(call, ticket),
            Happening::OrderLimit(call, ticket) => self.order_limit(call, ticket),
            Happening::Inspect(order) => self.inspect(order),
            Happening::Kill(process) => self.kill(process),
            Happening::Restart(process) => self.restart(process),
        }
    }

    /// Puts a request on its way.
    pub(crate) fn launch(&mut self, call: CallId, send: &Send, nonce: Nonce, flight: Flight) {
        let id = self.flights.len();
        let passage = flight.passage;
        self.trace.note(
            self.now,
            "sends",
            &[
                ("call", as_u64(call)),
                ("nonce", nonce.as_micros()),
                ("flight", as_u64(id)),
            ],
        );
        let fault = flight.fault;
        self.trace.say(|| {
            let fault = fault.map_or("in peace", Fault::name);
            format!("{:?}, {fault}", send.ask)
        });
        if let Some((at, treatment)) = passage.arrives {
            self.queue
                .put(at, Happening::Arrive(id, treatment, Copy::First));
        }
        if let Some(at) = passage.again {
            let again = Happening::Arrive(id, Treatment::Serve, Copy::Second);
            self.queue.put(at, again);
        }
        self.queue.put(passage.at, Happening::Land(id));
        self.flights.push(flight);
    }

    fn arrive(&mut self, id: usize, treatment: Treatment, copy: Copy) {
        let Some(flight) = self.flights.get_mut(id) else {
            return;
        };
        let Some(intent) = self.intents.get(flight.request.intent) else {
            return;
        };
        let (rows, highest) = (self.server.rows.len(), self.server.book.last());
        let answer =
            self.server
                .receive(&flight.request, treatment, intent, self.now, &mut self.dice);
        self.trace
            .note(self.now, "arrives", &[("flight", as_u64(id))]);
        self.trace.say(|| {
            let made = self.server.rows.get(rows).map_or(String::new(), |row| {
                format!(
                    " made {} visible in {} us",
                    row.id(),
                    row.visible - row.created
                )
            });
            let text = answer.as_ref().map_or(String::new(), |a| {
                format!("{} {}", a.status, String::from_utf8_lossy(&a.body))
            });
            format!("{copy:?} {treatment:?}{made}: {text}")
        });
        if let Some(row) = self.server.rows.get(rows)
            && self.pages.contains_key(&row.intent)
        {
            self.queue.put(row.visible, Happening::Inspect(row.intent));
        }
        if self.server.book.last() != highest {
            self.tally
                .count("nonces accepted", lead(flight.request.nonce, self.now));
        }
        let wanted = match copy {
            Copy::First => crate::wire::Brings::Answer,
            Copy::Second => crate::wire::Brings::SecondAnswer,
        };
        if flight.passage.brings == wanted {
            flight.answer = answer;
        }
    }
}

/// How far an accepted nonce was ahead of the server's time.
const fn lead(nonce: Nonce, now: Micros) -> &'static str {
    match nonce.as_micros().saturating_sub(now) / SECOND {
        0..2 => "less than 2 s ahead",
        2..10 => "less than 10 s ahead",
        10..60 => "less than 60 s ahead",
        60..=300 => "up to 300 s ahead",
        _ => "farther ahead",
    }
}

/// A place in a list as a fact.
pub(crate) fn as_u64(place: usize) -> u64 {
    u64::try_from(place).unwrap_or(u64::MAX)
}

/// A request's name in counts.
pub(crate) const fn name_of(ask: &Ask) -> &'static str {
    match ask {
        Ask::Create => "create",
        Ask::Find => "find",
        Ask::Get(_) => "get",
        Ask::Cancel(_) => "cancel",
        Ask::Other => "other",
    }
}
