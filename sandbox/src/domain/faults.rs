//! Fault rules: which requests go wrong, and how.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::draw::Draw;
use super::faults_text::{RuleText, Service};

/// What is done to the exchange in place of, or after, carrying the request out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Harm {
    /// The API's failure answer with this message.
    Message(String),
    /// An HTTP status, with headers and a body of the rule's choosing.
    Status {
        /// The status.
        status: u16,
        /// Headers such as `Retry-After`.
        headers: Vec<(String, String)>,
        /// The body; without one iPay's own for that status, and Zaif's is empty.
        body: Option<String>,
    },
    /// The connection is reset.
    Reset,
    /// The connection is held and nothing more is said.
    Silence,
    /// The answer ends in the middle of its body.
    Cut,
    /// The connection is reset in the middle of the answer's body.
    CutByReset,
    /// The answer promises so many bytes more (or fewer) than it has.
    WrongLength(i64),
    /// The answer comes byte by byte, with so many milliseconds between two of them.
    Drip(u64),
    /// A body of so many bytes.
    HugeBody(u64),
    /// Header fields without end.
    EndlessHeaders,
    /// A small compressed body that unpacks to at least so many bytes.
    GzipBomb(u64),
    /// JSON arrays within each other, so many deep.
    DeepJson(usize),
    /// A page of HTML with status 200.
    Garbage,
    /// A 302 to this address.
    Redirect(String),
}

/// How a TLS handshake goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handshake {
    /// The server refuses it with a fatal alert.
    Refused,
    /// The server never answers.
    Silent,
}

/// One kind of fault with its details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Instead of execution.
    Before(Harm),
    /// After execution, instead of the answer.
    After(Harm),
    /// Waits before the request is looked at, with up to `jitter_ms` on top.
    Latency {
        /// At least this long.
        ms: u64,
        /// And up to this much longer.
        jitter_ms: u64,
    },
    /// Executed at arrival, found by lookups only so many real seconds later.
    CommitLag {
        /// How many.
        seconds: u64,
    },
    /// The request arrives twice, back to back.
    Twice,
    /// Executed only so many real seconds after it arrived, with nobody left to answer to.
    Late {
        /// How many.
        seconds: u64,
        /// What the client sees at once.
        meanwhile: Harm,
    },
    /// The connection is reset while the request is still being read.
    Unread,
    /// The connection ends before a request can be sent.
    Handshake(Handshake),
}

/// A rule with its counts.
#[derive(Debug, Clone, Serialize)]
#[serde(into = "StoredRule")]
pub struct Rule {
    /// As it was written.
    pub text: RuleText,
    /// The name of its fault.
    pub name: &'static str,
    fault: Fault,
    permille: u64,
    seen: u64,
    used: u64,
}

/// A rule as control and snapshots show it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredRule {
    rule: RuleText,
    seen: u64,
    used: u64,
}

impl From<Rule> for StoredRule {
    fn from(rule: Rule) -> Self {
        Self {
            rule: rule.text,
            seen: rule.seen,
            used: rule.used,
        }
    }
}

// Derived, this would ask that the document outlive the program: a rule's name does.
impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let stored = StoredRule::deserialize(deserializer)?;
        let rule = stored.rule.check().map_err(D::Error::custom)?;
        Ok(Self {
            seen: stored.seen,
            used: stored.used,
            ..rule
        })
    }
}

impl Rule {
    /// A rule that has seen nothing yet.
    pub(super) const fn new(
        text: RuleText,
        name: &'static str,
        fault: Fault,
        permille: u64,
    ) -> Self {
        Self {
            text,
            name,
            fault,
            permille,
            seen: 0,
            used: 0,
        }
    }

    /// How many requests it was for so far.
    #[must_use]
    pub const fn seen(&self) -> u64 {
        self.seen
    }

    /// How many requests it was played on.
    #[must_use]
    pub const fn used(&self) -> u64 {
        self.used
    }

    /// Whether the rule applies to this request, which it counts.
    fn applies(&mut self, target: Target<'_>, draw: &mut Draw) -> bool {
        if !self.text.matches.is_for(target) {
            return false;
        }
        self.seen += 1;
        let nth = self.text.matches.nth.is_none_or(|nth| nth == self.seen);
        let left = self.text.times.is_none_or(|times| self.used < times);
        nth && left && (self.permille >= 1000 || draw.below("fault chance", 1000) < self.permille)
    }
}

/// What a request is about, as far as that is known when a rule is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// A connection, before anything was said on it.
    Connection,
    /// A call of Zaif's method.
    Zaif(Option<&'a str>),
    /// A call of iPay's route.
    Ipay(Option<&'a str>),
}

impl Target<'_> {
    /// Whose request it is.
    #[must_use]
    pub const fn service(self) -> Option<Service> {
        match self {
            Self::Connection => None,
            Self::Zaif(_) => Some(Service::Zaif),
            Self::Ipay(_) => Some(Service::Ipay),
        }
    }
}

/// Everything that will go wrong with one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Wait this long first.
    pub delay_ms: u64,
    /// Hide what it makes for so many real seconds.
    pub lag_seconds: u64,
    /// Run it a second time.
    pub twice: bool,
    /// Run it only so many seconds after it was answered with `before`.
    pub late_seconds: Option<u64>,
    /// Do this instead of running it.
    pub before: Option<Harm>,
    /// Do this instead of answering.
    pub after: Option<Harm>,
    /// The faults' names, for the books.
    pub names: Vec<&'static str>,
}

impl Plan {
    /// Takes a fault in if there is room for it: a request can end in one way only.
    fn admit(&mut self, fault: &Fault, draw: &mut Draw) -> bool {
        match fault {
            Fault::Before(harm) if self.before.is_none() && self.after.is_none() => {
                self.before = Some(harm.clone());
            }
            Fault::After(harm) if self.before.is_none() && self.after.is_none() => {
                self.after = Some(harm.clone());
            }
            Fault::Late { seconds, meanwhile } if self.before.is_none() && self.after.is_none() => {
                self.before = Some(meanwhile.clone());
                self.late_seconds = Some(*seconds);
            }
            Fault::Before(_)
            | Fault::After(_)
            | Fault::Late { .. }
            | Fault::Unread
            | Fault::Handshake(_) => return false,
            Fault::Latency { ms, jitter_ms } => {
                let jitter = draw.below("jitter", jitter_ms.saturating_add(1));
                self.delay_ms = self.delay_ms.saturating_add(*ms).saturating_add(jitter);
            }
            Fault::CommitLag { seconds } => self.lag_seconds = self.lag_seconds.max(*seconds),
            Fault::Twice => self.twice = true,
        }
        true
    }
}

/// The rules in force, in the order they were posted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rules {
    rules: Vec<Rule>,
}

impl Rules {
    /// Adds rules after those in force.
    pub fn add(&mut self, rules: Vec<Rule>) {
        self.rules.extend(rules);
    }

    /// Ends all rules.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// The rules with their counts.
    #[must_use]
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// What is to go wrong with a request.
    pub fn plan(&mut self, target: Target<'_>, draw: &mut Draw) -> Plan {
        let mut plan = Plan::default();
        for rule in &mut self.rules {
            if matches!(rule.fault, Fault::Unread | Fault::Handshake(_)) {
                continue;
            }
            if rule.applies(target, draw) && plan.admit(&rule.fault, draw) {
                rule.used += 1;
                plan.names.push(rule.name);
            }
        }
        plan
    }

    /// Whether a request is cut off before its body, and with it Zaif's method, is read.
    pub fn cuts_off(&mut self, target: Target<'_>, draw: &mut Draw) -> bool {
        let unread = |rule: &&mut Rule| rule.fault == Fault::Unread;
        for rule in self.rules.iter_mut().filter(unread) {
            if rule.applies(target, draw) {
                rule.used += 1;
                return true;
            }
        }
        false
    }

    /// How the handshake of a new connection goes wrong, if it does.
    pub fn handshake(&mut self, draw: &mut Draw) -> Option<Handshake> {
        for rule in &mut self.rules {
            if let Fault::Handshake(handshake) = rule.fault
                && rule.applies(Target::Connection, draw)
            {
                rule.used += 1;
                return Some(handshake);
            }
        }
        None
    }

    /// Whether any rule needs connections to be encrypted.
    #[must_use]
    pub fn need_tls(rules: &[Rule]) -> bool {
        let needs = |rule: &Rule| matches!(rule.fault, Fault::Handshake(_));
        rules.iter().any(needs)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::faults_text::parse;

    fn rules(value: &serde_json::Value) -> Rules {
        let mut rules = Rules::default();
        rules.add(parse(value.to_string().as_bytes()).unwrap());
        rules
    }

    fn names(rules: &mut Rules, method: &str, count: usize) -> Vec<Vec<&'static str>> {
        let mut draw = Draw::from_number(1);
        (0..count)
            .map(|_| rules.plan(Target::Zaif(Some(method)), &mut draw).names)
            .collect()
    }

    #[test]
    fn the_nth_call_of_a_method_and_no_other() {
        let mut rules = rules(&json!([
            {"match": {"method": "createInvoice", "nth": 2}, "fault": "reset_after_execute"}
        ]));
        assert!(names(&mut rules, "getInvoice", 3).concat().is_empty());
        let played = names(&mut rules, "createInvoice", 3);
        assert_eq!(played, [vec![], vec!["reset_after_execute"], vec![]]);
    }

    #[test]
    fn each_service_has_faults_of_its_own() {
        let mut all = rules(&json!([
            {"match": {"service": "ipay", "route": "POST /payments"}, "fault": "garbage"},
            {"match": {"service": "zaif"}, "fault": "cut_answer"},
            {"match": {"service": "ipay"}, "fault": "delivered_twice"}
        ]));
        let mut draw = Draw::from_number(1);
        let mut names = |target| all.plan(target, &mut draw).names;
        assert_eq!(names(Target::Zaif(Some("POST /payments"))), ["cut_answer"]);
        assert_eq!(
            names(Target::Ipay(Some("POST /payments"))),
            ["garbage", "delivered_twice"]
        );
        assert_eq!(names(Target::Ipay(None)), ["delivered_twice"]);
        assert_eq!(names(Target::Connection), [""; 0]);
    }

    #[test]
    fn times_bounds_a_rule_and_without_it_there_is_no_end() {
        let mut bounded = rules(&json!([{"fault": "garbage", "times": 2}]));
        assert_eq!(names(&mut bounded, "a", 3).concat().len(), 2);
        let mut endless = rules(&json!([{"fault": "garbage"}]));
        assert_eq!(names(&mut endless, "a", 30).concat().len(), 30);
    }

    #[test]
    fn chance_is_drawn_from_the_seed() {
        let text = json!([{"match": {"probability": 250}, "fault": "garbage"}]);
        let played = names(&mut rules(&text), "a", 400);
        assert_eq!(played, names(&mut rules(&text), "a", 400));
        assert!((60..140).contains(&played.concat().len()));
    }

    #[test]
    fn a_request_ends_in_one_way_but_may_be_slow_as_well() {
        let mut rules = rules(&json!([
            {"fault": "latency", "ms": 5, "times": 1},
            {"fault": "garbage", "times": 1},
            {"fault": "reset_before_execute", "times": 1}
        ]));
        let played = names(&mut rules, "a", 3);
        assert_eq!(
            played,
            [
                vec!["latency", "garbage"],
                vec!["reset_before_execute"],
                vec![]
            ]
        );
    }
}
