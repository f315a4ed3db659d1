//! Checks a signed webhook of 2 KB with kessai's core, or computes the bare
//! HMAC: `bench-webhook WHICH CALLS`. Prints nanoseconds of processor for one.

#![expect(clippy::print_stdout, reason = "the figures are its output")]

use std::error::Error;

use kessai::Secret;
use kessai::ipay::Webhooks;
use kessai_benches::{measure, webhook};

const SECRET: &str = "whsec_sandbox";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("usage: bench-webhook WHICH CALLS");
    let (which, calls) = (next()?, next()?.parse()?);
    let body = webhook();
    let secret = Secret::from(SECRET);
    let signature = Webhooks::sign(body.as_bytes(), &secret)?;
    let webhooks = Webhooks::new([secret])?;
    let cost = match which.as_str() {
        "check" => measure(calls, || {
            webhooks
                .check(body.as_bytes(), Some(&signature))
                .map(|_| ())
        })?,
        "verify" => measure(calls, || {
            webhooks
                .verify(body.as_bytes(), Some(&signature))
                .map(|_| ())
        })?,
        other => return Err(format!("no way called {other}").into()),
    };
    println!("{}", cost.cpu);
    Ok(())
}
