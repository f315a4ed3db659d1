//! What the measured programs share: the answer that every client reads, and
//! the clock that counts only the work of this program.

use std::time::{Duration, Instant};

/// The answer to every request: an invoice of 10,800 yen for order `A-1`.
pub const ANSWER: &str = concat!(
    r#"{"success":1,"return":{"invoiceId":"d7dd735c-1650-11e5-b412-4437e6999eec","#,
    r#""invoiceUri":"https://zaif.jp/invoice/form/d7dd735c-1650-11e5-b412-4437e6999eec","#,
    r#""invoiceIframeUri":"https://zaif.jp/invoice/iframe/d7dd735c-1650-11e5-b412-4437e6999eec","#,
    r#""created":1434696690,"expired":1434698490,"amount":10800,"currency":"btc","#,
    r#""rate":"30012","btc":"0.359856","address":"19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb","#,
    r#""BIP21":"bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856","#,
    r#""speed":"medium","orderNumber":"A-1"}}"#,
);

/// What a run of calls cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Time on the processor for each call, in nanoseconds.
    pub cpu: u128,
    /// Time on the wall for each call, in nanoseconds.
    pub wall: u128,
}

/// Makes `calls` calls, after a tenth as many to warm up.
///
/// # Errors
///
/// Whatever the first failing call says.
pub fn measure<E>(calls: u32, mut call: impl FnMut() -> Result<(), E>) -> Result<Cost, E> {
    for _ in 0..calls / 10 {
        call()?;
    }
    let (cpu, wall) = (on_cpu(), Instant::now());
    for _ in 0..calls {
        call()?;
    }
    let (cpu, wall) = (on_cpu().saturating_sub(cpu), wall.elapsed());
    let each = |span: Duration| span.as_nanos() / u128::from(calls.max(1));
    Ok(Cost {
        cpu: each(cpu),
        wall: each(wall),
    })
}

/// The time that this thread has been on a processor, as Linux counts it.
fn on_cpu() -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok())
        .map_or(Duration::ZERO, Duration::from_nanos)
}
