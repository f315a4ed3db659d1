//! Many at once on one payment of iPay: the sandbox's books say what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kessai::ipay::{Client, PaymentResult, PublishableClient};
use kessai::{Code, Error, Outcome, Secret};
use kessai_tests::Sandbox;
use serde_json::{Value, json};

const THREADS: u32 = 32;
const AMOUNT: i64 = 10_000;
/// 32 of these are more than there is.
const PART: i64 = 700;

/// What goes wrong meanwhile, beside nothing: answers that are lost, and calls that
/// take so long that the others come while they run.
fn troubles(route: &str) -> [(&'static str, Vec<Value>); 4] {
    let lost = json!({"service": "ipay", "route": route, "probability": 400});
    let slow = json!({"service": "ipay", "route": route});
    let slowly = json!({"match": slow, "fault": "latency", "ms": 300});
    [
        ("nothing", vec![]),
        (
            "lost answers",
            vec![json!({"match": lost, "fault": "reset_after_execute"})],
        ),
        ("slowness", vec![slowly.clone()]),
        (
            "slowness and second copies",
            vec![slowly, json!({"match": lost, "fault": "delivered_twice"})],
        ),
    ]
}

struct Shop {
    sandbox: Sandbox,
    client: Client,
    method: String,
}

impl Shop {
    fn new() -> Self {
        let sandbox = Sandbox::start();
        let named = |name: &str| sandbox.ipay[name].as_str().unwrap();
        let secret = |name| Secret::from(named(name));
        let base = named("base_url");
        let client = Client::builder(secret("key"), secret("secret")).base_url(base);
        let client = client.timeout(Duration::from_secs(60)).max_retries(50);
        let client = client.build().unwrap();
        let page = PublishableClient::builder(secret("publishable_key")).base_url(base);
        let page = page.build().unwrap();
        let token = page.create_token("4242424242424242", 12, 2099, "123");
        let token = token.send().unwrap().id;
        let method = client.create_payment_method("card").token(token);
        let method = method.send().unwrap().id;
        Self {
            sandbox,
            client,
            method,
        }
    }

    fn payment(&self, capture: &str) -> String {
        let call = self.client.create_payment(AMOUNT, "JPY").confirm(true);
        let call = call.payment_method(&self.method).capture_method(capture);
        call.send().unwrap().payment().id.clone()
    }

    fn play(&self, rules: &[Value]) {
        rules.iter().for_each(|rule| self.sandbox.fault(rule));
    }

    /// Makes a call in each of 32 threads at the same time.
    fn crowd<T: Send>(&self, call: impl Fn(&Client, u32) -> T + Sync) -> Vec<T> {
        let start = std::sync::Barrier::new(usize::try_from(THREADS).unwrap());
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|number| {
                    let (start, call) = (&start, &call);
                    scope.spawn(move || {
                        start.wait();
                        call(&self.client, number)
                    })
                })
                .collect();
            threads.into_iter().map(|it| it.join().unwrap()).collect()
        })
    }

    fn made(&self, kind: &str) -> Vec<Value> {
        let mut ledger = self.sandbox.ledger();
        serde_json::from_value(ledger["ipay"][kind].take()).unwrap()
    }

    fn executed(&self, route: &str) -> usize {
        let rows = self.sandbox.rows();
        let own = rows.iter().filter(|row| row["method"] == route);
        own.filter(|row| row["executed"] == true).count()
    }

    /// What the account's history says went each way.
    fn moved(&self) -> BTreeMap<String, i64> {
        let mut sums = BTreeMap::new();
        for row in self.made("transactions") {
            let kind = row["type"].as_str().unwrap().to_owned();
            *sums.entry(kind).or_insert(0) += row["amount"].as_i64().unwrap();
        }
        sums
    }
}

/// What there is not enough for was refused for just that reason, and for certain; but
/// where the answer to an earlier try of the call was lost, that one is not known.
fn refused(error: &Error, trouble: &str, codes: &[Code]) {
    let said = if error.outcome() == Outcome::Unknown && trouble == "lost answers" {
        assert!(error.resume().is_some(), "{error:?}");
        error.cause().unwrap()
    } else {
        error
    };
    assert_eq!(said.outcome(), Outcome::NotDone, "{trouble}: {error:?}");
    assert!(codes.contains(&said.code()), "{trouble}: {error:?}");
    assert!(!said.is_retryable() && said.resume().is_none(), "{error:?}");
}

#[test]
fn of_32_threads_with_one_key_comes_one_payment() {
    for (trouble, rules) in troubles("POST /payments") {
        let shop = Shop::new();
        shop.play(&rules);
        let paid = shop.crowd(|client, _| {
            let call = client.create_payment(AMOUNT, "JPY").confirm(true);
            let call = call.payment_method(&shop.method).idempotency_key("order-1");
            call.send().unwrap()
        });
        let ids: BTreeSet<_> = paid
            .iter()
            .map(|paid| match paid {
                PaymentResult::Succeeded(paid) => paid.id.as_str(),
                other => panic!("{trouble}: {other:?}"),
            })
            .collect();
        let payments = shop.made("payments");
        let known: BTreeSet<_> = payments
            .iter()
            .map(|it| it["id"].as_str().unwrap())
            .collect();
        assert_eq!((ids.len(), ids), (1, known), "{trouble}");
        assert_eq!(shop.executed("POST /payments"), 1, "{trouble}");
        let first = paid.iter().filter(|paid| !paid.payment().replayed).count();
        assert!(
            first <= 1,
            "{trouble}: {first} were told that they were first"
        );
        let moved = shop.moved();
        assert_eq!(moved.values().sum::<i64>(), AMOUNT, "{trouble}: {moved:?}");
    }
}

#[test]
fn of_32_threads_with_one_key_and_other_bodies_comes_one_payment() {
    let shop = Shop::new();
    let results = shop.crowd(|client, number| {
        let call = client.create_payment(AMOUNT + i64::from(number), "JPY");
        let call = call.confirm(true).payment_method(&shop.method);
        call.idempotency_key("order-1").send()
    });
    let paid: Vec<_> = results.iter().flatten().collect();
    assert_eq!((paid.len(), shop.made("payments").len()), (1, 1));
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        refused(error, "other bodies", &[Code::IpayIdempotencyMismatch]);
    }
}

/// Each with a key of its own: what is reserved is taken once, whoever comes first.
#[test]
fn of_32_captures_of_parts_one_takes_its_part() {
    for (trouble, rules) in troubles("POST /payments/{id}/capture") {
        let shop = Shop::new();
        let id = shop.payment("manual");
        shop.play(&rules);
        let results = shop.crowd(|client, number| {
            let part = PART + i64::from(number);
            let call = client.capture_payment(&id).amount(part);
            call.send().map(|paid| (part, paid))
        });
        let taken: Vec<_> = results.iter().flatten().collect();
        assert_eq!(taken.len(), 1, "{trouble}: {taken:?}");
        let (part, paid) = taken[0];
        assert_eq!(paid.payment().amount_captured, Some(*part), "{trouble}");
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            refused(error, trouble, &[Code::IpayInvalidState]);
        }
        let payment = &shop.made("payments")[0];
        assert_eq!(payment["amount_captured"], *part, "{trouble}");
        assert_eq!(shop.executed("POST /payments/{id}/capture"), 1, "{trouble}");
        let moved = shop.moved();
        assert_eq!(moved.values().sum::<i64>(), *part, "{trouble}: {moved:?}");
    }
}

#[test]
fn captures_and_cancellations_at_once_leave_one_of_the_two() {
    let shop = Shop::new();
    let id = shop.payment("manual");
    let results = shop.crowd(|client, number| {
        let result = if number % 2 == 0 {
            client.capture_payment(&id).send()
        } else {
            client.cancel_payment(&id).send()
        };
        result.map(|paid| paid.payment().status.to_string())
    });
    let done: Vec<_> = results.iter().flatten().collect();
    assert_eq!(done.len(), 1, "{done:?}");
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        refused(error, "a race", &[Code::IpayInvalidState]);
    }
    assert_eq!(shop.made("payments")[0]["status"], done[0].as_str());
}

/// Each with a key of its own: together never more than was captured.
#[test]
fn refunds_of_parts_come_to_no_more_than_was_captured() {
    for (trouble, rules) in troubles("POST /refunds") {
        let shop = Shop::new();
        let id = shop.payment("automatic");
        shop.play(&rules);
        let results = shop.crowd(|client, _| client.create_refund(&id).amount(PART).send());
        let told: BTreeSet<_> = results.iter().flatten().map(|it| it.id.clone()).collect();
        let count = usize::try_from(AMOUNT / PART).unwrap();
        assert_eq!(told.len(), count, "{trouble}");
        let errors: Vec<_> = results.iter().filter_map(|it| it.as_ref().err()).collect();
        assert_eq!(errors.len() + count, results.len(), "{trouble}");
        for error in errors {
            refused(
                error,
                trouble,
                &[Code::IpayInvalidRequest, Code::IpayInvalidState],
            );
        }
        let refunds = shop.made("refunds");
        let known: BTreeSet<_> = refunds
            .iter()
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(told, known, "{trouble}");
        let sum: i64 = refunds
            .iter()
            .map(|it| it["amount"].as_i64().unwrap())
            .sum();
        assert_eq!(sum, AMOUNT / PART * PART, "{trouble}");
        assert_eq!(
            shop.made("payments")[0]["amount_refunded"],
            sum,
            "{trouble}"
        );
        assert_eq!(shop.executed("POST /refunds"), count, "{trouble}");
    }
}

/// Of a payment that was captured in part, and of all that is left.
#[test]
fn of_32_refunds_of_all_that_is_left_one_gets_it() {
    for (trouble, rules) in troubles("POST /refunds") {
        let shop = Shop::new();
        let id = shop.payment("manual");
        shop.client
            .capture_payment(&id)
            .amount(PART)
            .send()
            .unwrap();
        shop.play(&rules);
        let results = shop.crowd(|client, _| client.create_refund(&id).send());
        let told: Vec<_> = results.iter().flatten().map(|it| it.amount).collect();
        assert_eq!(told, [PART], "{trouble}");
        for error in results.iter().filter_map(|it| it.as_ref().err()) {
            refused(
                error,
                trouble,
                &[Code::IpayInvalidRequest, Code::IpayInvalidState],
            );
        }
        let refunds = shop.made("refunds");
        assert_eq!((refunds.len(), &refunds[0]["amount"]), (1, &json!(PART)));
    }
}
