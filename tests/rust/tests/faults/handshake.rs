//! Faults of the handshake: whatever the method, nothing was sent, so it is
//! certain that nothing was done, and safe to try again.

use std::time::{Duration, Instant};

use kessai::zaif::{Client, ClientBuilder, CreateInvoice, Expected, Hint};
use kessai::{Code, Error, Outcome, Yen};
use kessai_sandbox::hub::Hub;
use kessai_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::stage::request;
use kessai_tests::faults::{Fault, of_handshakes};

/// A sandbox that speaks https.
struct Encrypted {
    hub: Hub,
    account: Value,
    /// Stopped at the end, and with it goes the folder of the authority.
    _runtime: Runtime,
}

impl Encrypted {
    fn start() -> Self {
        let runtime = Runtime::new().unwrap();
        let options = Options {
            tls: true,
            ..Options::default()
        };
        let sandbox = runtime.block_on(Sandbox::bind(options)).unwrap();
        let account = serde_json::from_str(sandbox.start_line()).unwrap();
        let hub = sandbox.hub();
        runtime.spawn(sandbox.serve());
        Self {
            hub,
            account,
            _runtime: runtime,
        }
    }

    /// A client with connections of its own.
    fn client(&self) -> ClientBuilder {
        let zaif = &self.account["zaif"];
        let [endpoint, key, secret] =
            ["endpoint", "key", "secret"].map(|n| zaif[n].as_str().unwrap());
        let ca_file = self.account["ca_file"].as_str().unwrap();
        Client::builder(key, secret)
            .endpoint(endpoint)
            .ca_file(ca_file)
    }

    /// The next so many handshakes go wrong.
    fn play(&self, fault: &Fault, times: u64) {
        let rule = fault.on(&json!({}), times).to_string();
        let rules = kessai_sandbox::domain::faults_text::parse(rule.as_bytes()).unwrap();
        self.hub.with(|world, _| world.faults.add(rules));
    }

    fn books(&self) -> Value {
        self.hub.with(|world, _| json!(world.books()))
    }
}

type Call = fn(&Client, &str) -> Result<(), Error>;

fn order(number: &str) -> CreateInvoice {
    request().order_number(number)
}

/// Each method, and how many invoices there are once it succeeded beside one
/// that was there before, of order `A-1`.
const CALLS: [(&str, usize, Call); 9] = [
    ("create", 2, |c, _| {
        c.create_invoice(&order("B-1")).map(drop)
    }),
    ("create, no order", 2, |c, _| {
        c.create_invoice(&request()).map(drop)
    }),
    ("ensure", 2, |c, _| {
        c.ensure_invoice(&order("B-1"), Client::MIN_LEFT).map(drop)
    }),
    ("call, writing", 2, |c, _| {
        let parameters = [("currency", "btc"), ("amount", "500")];
        c.call("createInvoice", &parameters.map(|(n, v)| (n, v.to_owned())))
            .map(drop)
    }),
    ("cancel", 1, |c, id| c.cancel_invoice(id).map(drop)),
    ("get", 1, |c, id| c.get_invoice(id).map(drop)),
    ("find", 1, |c, _| c.find_invoice_ids("A-1").map(drop)),
    ("confirm", 1, |c, id| {
        let expected = Expected::new("A-1", Yen::new(500));
        c.confirm(&Hint::about(id).unwrap(), &expected).map(drop)
    }),
    ("resume_handle", 1, |c, _| {
        c.resume_handle(&order("B-1")).map(drop)
    }),
];

fn run(fault: &Fault, times: u64, (method, invoices, call): (&str, usize, Call)) {
    let name = format!("{}, {times} times x {method}", fault.label);
    let sandbox = Encrypted::start();
    let made = sandbox
        .client()
        .build()
        .unwrap()
        .create_invoice(&order("A-1"))
        .unwrap();
    let before = sandbox.books();
    let limit = Duration::from_secs(if times == 1 { 11 } else { 2 });
    // A connection that is open already has its handshake behind it.
    let client = sandbox.client().timeout(limit).build().unwrap();
    sandbox.play(fault, times);
    let began = Instant::now();
    let result = call(&client, &made.invoice_id);
    let took = began.elapsed();
    assert!(
        took <= limit + Duration::from_secs(1),
        "{name}: took {took:?}"
    );
    let after = sandbox.books();
    if times == 1 {
        assert!(result.is_ok(), "{name}: {result:?}");
        assert_eq!(
            after["invoices"].as_array().unwrap().len(),
            invoices,
            "{name}"
        );
    } else {
        let error = result.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotDone, "{name}: {error:?}");
        let codes = [Code::TransportTls, Code::TransportTimeout];
        assert!(codes.contains(&error.code()), "{name}: {error:?}");
        assert_eq!(error.resume(), None, "{name}");
        assert_eq!(after, before, "{name}");
    }
}

#[test]
fn a_handshake_that_fails_is_tried_again_and_one_that_never_works_did_nothing() {
    let faults = of_handshakes();
    assert!(!faults.is_empty());
    std::thread::scope(|scope| {
        for fault in &faults {
            for times in [1, 1_000] {
                for call in CALLS {
                    scope.spawn(move || run(fault, times, call));
                }
            }
        }
    });
}
