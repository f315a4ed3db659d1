//! A shop in a process of its own, to be killed, crowded or measured. It reads
//! endpoint, key and secret from the environment, its orders from its
//! arguments, and tells its parent on standard output.

use std::io::{BufRead as _, Write as _};
use std::time::Duration;

use kessai::Yen;
use kessai::zaif::{Client, ClientBuilder, CreateInvoice, Resumed};

/// Far above what any test needs: nothing here may end for want of time.
const PATIENCE: Duration = Duration::from_secs(600);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["create", order, settle, timeout] => create(order, millis(settle), millis(timeout)),
        ["ensure", order, settle, timeout] => ensure(order, millis(settle), millis(timeout)),
        ["resume", handle, settle] => resume(handle, millis(settle)),
        ["calls", count] => calls(count.parse().unwrap()),
        ["find", timeout] => find(millis(timeout)),
        other => panic!("what is {other:?}?"),
    }
}

fn millis(text: &str) -> Duration {
    Duration::from_millis(text.parse().unwrap())
}

fn builder() -> ClientBuilder {
    ClientBuilder::from_env().unwrap()
}

fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

/// Waits until the parent says so.
fn wait() {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).unwrap();
    assert_eq!(line, "go\n");
}

/// Stores a handle, then makes an invoice of 500 yen.
fn create(order: &str, settle: Duration, timeout: Duration) {
    let client = builder().settle(settle).timeout(timeout).build().unwrap();
    let request = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number(order);
    tell(&client.resume_handle(&request).unwrap());
    wait();
    match client.create_invoice(&request) {
        Ok(invoice) => tell(&format!("made {}", invoice.invoice_id)),
        Err(error) => tell(&format!("{error:?}")),
    }
}

/// Wants an invoice of 500 yen, whether or not there is one already.
fn ensure(order: &str, settle: Duration, timeout: Duration) {
    let client = builder().settle(settle).timeout(timeout).build().unwrap();
    let request = CreateInvoice::new("btc".parse().unwrap(), Yen::new(500)).order_number(order);
    wait();
    match client.ensure_invoice(&request, Client::MIN_LEFT) {
        Ok(invoice) => tell(&format!("ensured {}", invoice.invoice_id)),
        Err(error) => tell(&format!("{error:?}")),
    }
}

/// Says what became of it.
fn resume(handle: &str, settle: Duration) {
    let client = builder().settle(settle).build().unwrap();
    match client.resume(handle) {
        Ok(Resumed::Done { invoice, others }) => {
            tell(&format!("done {} {}", invoice.invoice_id, others.len()));
        }
        Ok(Resumed::NotDone) => tell("not_done"),
        Err(error) => tell(&format!("{error:?}")),
    }
}

/// Makes so many calls, each of which must succeed.
fn calls(count: u32) {
    let client = builder().timeout(PATIENCE).build().unwrap();
    wait();
    for _ in 0..count {
        client.find_invoice_ids("A-1").unwrap();
    }
    tell("done");
}

/// Tells what a call came to, how long it took in milliseconds, and by how many
/// bytes the process grew for it at most.
fn find(timeout: Duration) {
    let client = builder().timeout(timeout).max_retries(0).trust_clock(true);
    let client = client.build().unwrap();
    // What any first call needs is not the answer's doing.
    client.find_invoice_ids("A-1").unwrap();
    let before = memory("VmRSS:");
    let began = std::time::Instant::now();
    let result = client.find_invoice_ids("A-1");
    let took = began.elapsed().as_millis();
    let grew = memory("VmHWM:").saturating_sub(before);
    let code = match result {
        Ok(_) => "read",
        Err(error) => error.code().as_str(),
    };
    tell(&format!("{code} {took} {grew}"));
}

/// A figure of this process, in bytes.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib << 10
}
