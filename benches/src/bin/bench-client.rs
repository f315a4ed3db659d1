//! Makes the same call with kessai's core or with bare ureq: `bench-client
//! WHICH PORT CALLS`. Prints nanoseconds of processor and of wall for a call.

#![expect(clippy::print_stdout, reason = "the figures are its output")]

use std::error::Error;

use kessai::zaif::{Client, Coin, CreateInvoice};
use kessai::{Yen, ipay};
use kessai_benches::measure;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or("usage: bench-client WHICH PORT CALLS")
    };
    let (which, port, calls) = (next()?, next()?, next()?.parse()?);
    let cost = match which.as_str() {
        // With a host name and with every limit that kessai always has.
        "kessai" => {
            let client = Client::builder("sandbox_key", "sandbox_secret")
                .endpoint(format!("http://localhost:{port}/ecapi"))
                .build()?;
            let order = CreateInvoice::new(Coin::BTC, Yen::new(10_800)).order_number("A-1");
            measure(calls, || client.create_invoice(&order).map(|_| ()))?
        }
        // The same of iPay: a card payment with its key.
        "payment" => {
            let client = ipay::Client::builder("test_key", "secret_key")
                .base_url(format!("http://localhost:{port}/api"))
                .build()?;
            let payment = client
                .create_payment(10_800, "JPY")
                .customer("cus_3c1d0000000000000001")
                .payment_method("pm_3c1d0000000000000001")
                .confirm(true)
                .metadata([("orderId", "A-1")]);
            measure(calls, || payment.clone().send().map(|_| ()))?
        }
        // A literal address, no limit of any kind, credentials written out.
        "ureq" => {
            let agent: ureq::Agent = ureq::Agent::config_builder().proxy(None).build().into();
            let address = format!("http://127.0.0.1:{port}/ecapi");
            measure(calls, || -> Result<(), Box<dyn Error>> {
                let text = agent
                    .post(&address)
                    .header("key", "sandbox_key")
                    .header("sha1secret", "da39a3ee5e6b4b0d3255bfef95601890afd80709")
                    .header("content-type", "application/x-www-form-urlencoded")
                    .send(
                        "method=createInvoice&nonce=1732291200.123456&currency=btc&amount=10800\
                         &orderNumber=A-1&key=sandbox_key\
                         &sha1secret=da39a3ee5e6b4b0d3255bfef95601890afd80709",
                    )?
                    .body_mut()
                    .read_to_string()?;
                let read: serde_json::Value = serde_json::from_str(&text)?;
                match read.get("success") {
                    Some(_) => Ok(()),
                    None => Err("no success".into()),
                }
            })?
        }
        other => return Err(format!("no client {other}").into()),
    };
    println!("{} {}", cost.cpu, cost.wall);
    Ok(())
}
