//! Many callers at once through one client: `bench-crowd PORT THREADS CALLS`.
//!
//! Prints calls a second, nanoseconds of processor for a call, and by how many
//! bytes the resident memory grew from one connection to all of them.

#![expect(clippy::print_stdout, reason = "the figures are its output")]

use std::error::Error;
use std::fs;
use std::time::Instant;

use kessai::Yen;
use kessai::zaif::{Client, Coin, CreateInvoice};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or("usage: bench-crowd PORT THREADS CALLS")
    };
    let (port, threads, calls): (String, u32, u32) = (next()?, next()?.parse()?, next()?.parse()?);
    let client = Client::builder("sandbox_key", "sandbox_secret")
        .endpoint(format!("http://localhost:{port}/ecapi"))
        .window(threads)
        .build()?;
    let order = CreateInvoice::new(Coin::BTC, Yen::new(10_800)).order_number("A-1");
    client.create_invoice(&order)?;

    let (memory, began, processor) = (resident()?, Instant::now(), on_cpu()?);
    let each = calls / threads;
    std::thread::scope(|scope| {
        let crowd: Vec<_> = (0..threads)
            .map(|_| {
                scope
                    .spawn(|| (0..each).try_for_each(|_| client.create_invoice(&order).map(|_| ())))
            })
            .collect();
        crowd.into_iter().try_for_each(|caller| {
            caller
                .join()
                .map_err(|_| "a caller panicked")?
                .map_err(<Box<dyn Error>>::from)
        })
    })?;
    let made = u64::from(each.saturating_mul(threads)).max(1);
    let wall = u64::try_from(began.elapsed().as_nanos())?.max(1);
    println!(
        "{} {} {}",
        made.saturating_mul(1_000_000_000) / wall,
        on_cpu()?.saturating_sub(processor) / made,
        resident()?.saturating_sub(memory)
    );
    Ok(())
}

/// The most memory that this process has had resident so far, in bytes.
fn resident() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: u64 = line
        .and_then(|line| line.trim().strip_suffix(" kB"))
        .ok_or("no memory is told")?
        .trim()
        .parse()?;
    Ok(kib.saturating_mul(1_024))
}

/// The time that this process and its threads have been on a processor, in
/// nanoseconds, to a hundredth of a second.
fn on_cpu() -> Result<u64, Box<dyn Error>> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let (_, rest) = text.rsplit_once(')').ok_or("no time is told")?;
    let mut fields = rest.split_whitespace().skip(11);
    let mut ticks =
        || -> Result<u64, Box<dyn Error>> { Ok(fields.next().ok_or("no time")?.parse()?) };
    Ok((ticks()?.saturating_add(ticks()?)).saturating_mul(10_000_000))
}
