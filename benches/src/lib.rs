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

/// The answer to every request below `/api/`: a payment of 10,800 yen for order
/// `A-1`.
pub const PAYMENT: &str = concat!(
    r#"{"id":"pay_3c1d0000000000000001","object":"payment","amount":10800,"currency":"JPY","#,
    r#""status":"succeeded","customer":"cus_3c1d0000000000000001","#,
    r#""payment_method":"pm_3c1d0000000000000001","description":"Order A-1","#,
    r#""metadata":{"orderId":"A-1","customerId":"C-17"},"capture_method":"automatic","#,
    r#""statement_descriptor":"SHOP","client_secret":"pay_3c1d0000000000000001_secret","#,
    r#""next_action":null,"amount_captured":10800,"amount_refunded":0,"created":1732291200}"#,
);

/// A webhook of 2,048 bytes: a payment that succeeded, with a description that fills
/// it up.
#[must_use]
pub fn webhook() -> String {
    let with = |description: &str| {
        let payment = PAYMENT.replace("Order A-1", description);
        format!(
            r#"{{"id":"evt_3c1d0000000000000001","type":"payment.succeeded","created":1732291200,"data":{payment}}}"#
        )
    };
    let missing = WEBHOOK_BYTES.saturating_sub(with("").len());
    with(&"x".repeat(missing))
}

/// How long a webhook is.
const WEBHOOK_BYTES: usize = 2_048;

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
