//! A caller who wants to stop, wherever the call is waiting.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use kessai::interrupt::interruptible;
use kessai::zaif::{Client, CreateInvoice};
use kessai::{Code, Outcome, Yen};
use kessai_tests::Sandbox;
use serde_json::json;

/// How long a call may go on after it was asked to stop: three slices.
const AT_ONCE: Duration = Duration::from_millis(300);

/// Makes a create, asks it to stop once `reached` says that it waits, and gives
/// its code, its outcome and whether it can be resumed.
fn stopped(client: &Client, reached: impl Fn() -> bool + Sync + Send) -> (Code, Outcome, bool) {
    let order = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number("A-1");
    let flag = Arc::new(AtomicBool::new(false));
    let question = Arc::clone(&flag);
    let stop = move || question.load(Ordering::Relaxed);
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| {
            while !reached() {
                std::thread::yield_now();
            }
            flag.store(true, Ordering::Relaxed);
            Instant::now()
        });
        let error = interruptible(stop, || client.create_invoice(&order)).unwrap_err();
        let ended = Instant::now();
        let after = ended.duration_since(asking.join().unwrap());
        assert!(after < AT_ONCE, "{after:?}: {error}");
        (error.code(), error.outcome(), error.resume().is_some())
    })
}

fn after_half_a_second() -> impl Fn() -> bool + Sync + Send {
    let began = Instant::now();
    move || began.elapsed() > Duration::from_millis(500)
}

fn client(scheme: &str, port: u16) -> Client {
    Client::builder("sandbox_key", "sandbox_secret")
        .endpoint(format!("{scheme}://127.0.0.1:{port}/ecapi"))
        .trust_clock(true)
        .build()
        .unwrap()
}

#[test]
fn while_a_connection_hangs() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    // Nobody accepts: once the queue is full, connections hang.
    let mut queue = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
        queue.push(stream);
    }
    let told = stopped(&client("http", address.port()), after_half_a_second());
    assert_eq!(told, (Code::Interrupted, Outcome::NotDone, false));
}

#[test]
fn while_a_handshake_hangs() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let told = stopped(&client("https", port), after_half_a_second());
    assert_eq!(told, (Code::Interrupted, Outcome::NotDone, false));
}

#[test]
fn while_an_answer_is_awaited() {
    let sandbox = Sandbox::start();
    sandbox.fault(&json!({"match": {"method": "createInvoice"}, "fault": "timeout_after_execute", "times": 1}));
    let client = sandbox.client().build().unwrap();
    let told = stopped(&client, || !sandbox.invoices_of("A-1").is_empty());
    assert_eq!(told, (Code::Interrupted, Outcome::Unknown, true));
}

#[test]
fn while_a_lost_create_settles() {
    let sandbox = Sandbox::start();
    sandbox.fault(
        &json!({"match": {"method": "createInvoice"}, "fault": "reset_before_execute", "times": 1}),
    );
    let client = sandbox
        .client()
        .timeout(Duration::from_secs(90))
        .build()
        .unwrap();
    let looked = || {
        sandbox
            .calls()
            .iter()
            .any(|m| m == "getInvoiceIdsByOrderNumber")
    };
    let told = stopped(&client, looked);
    assert_eq!(told, (Code::Interrupted, Outcome::Unknown, true));
}
