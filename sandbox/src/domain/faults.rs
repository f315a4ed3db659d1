//! Fault rules: which requests go wrong.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::draw::Draw;
use super::fault::{Fault, Handshake, Plan};
use super::faults_text::{RuleText, Service};

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
