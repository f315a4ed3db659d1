//! Where one call is made and judged: a sandbox of its own, a client, and the
//! ledger afterwards.

use std::time::{Duration, Instant};

use kessai::zaif::{Client, CreateInvoice, Resumed};
use kessai::{Error, Outcome, Yen};
use kessai_tests::Sandbox;
use serde_json::{Value, json};

/// Longer than the sandbox hides what `commit_lag` makes.
pub const SETTLE: Duration = Duration::from_millis(1_200);
/// Enough to lose a create, settle, and make another.
pub const LIMIT: Duration = Duration::from_secs(11);
/// How much later than promised a call may end over real sockets.
const GRACE: Duration = Duration::from_secs(1);

/// What a call came to, or what was wrong about it.
pub type Verdict = Result<String, String>;

/// Ends a judgment that finds something wrong.
macro_rules! ensure {
    ($holds:expr, $($why:tt)+) => {
        if !$holds {
            return Err(format!($($why)+));
        }
    };
}
pub(crate) use ensure;

/// One call's surroundings.
pub struct Stage {
    pub sandbox: Sandbox,
    pub client: Client,
    /// Another key of the same account, for what must be there before the call:
    /// the call's own key has not been used by then.
    pub before: Client,
    late: Duration,
}

impl Stage {
    pub fn new(on_rejection: &str) -> Self {
        let sandbox = Sandbox::start();
        let client = sandbox.client().settle(SETTLE).timeout(LIMIT);
        let client = client.on_rejection(on_rejection).build().unwrap();
        let issued = sandbox.act("zaif/keys", &json!({}));
        let [key, secret] = ["key", "secret"].map(|name| issued[name].as_str().unwrap());
        let before = sandbox.client_of(key, secret).build().unwrap();
        Self {
            sandbox,
            client,
            before,
            late: Duration::ZERO,
        }
    }

    /// Lets these go wrong from now on.
    pub fn play(&mut self, rules: &[Value]) {
        let late = |rule: &Value| {
            let millis = rule["seconds"].as_u64().unwrap_or(0) * 1_000;
            Duration::from_millis(millis + rule["ms"].as_u64().unwrap_or(0))
        };
        self.late = rules.iter().map(late).sum();
        self.sandbox.act("faults", &json!(rules));
    }

    /// Makes the call and holds it to its limit.
    pub fn timed<T>(&self, call: impl FnOnce(&Client) -> T) -> Result<T, String> {
        let began = Instant::now();
        let result = call(&self.client);
        let took = began.elapsed();
        ensure!(took <= LIMIT + GRACE, "took {took:?}");
        Ok(result)
    }

    /// Ends the faults, and waits for what a fault may still carry out.
    pub fn let_it_pass(&self) {
        self.sandbox.heal();
        let over = Instant::now() + self.late + GRACE;
        let open = |row: &Value| {
            let faults = row["faults"].as_array().unwrap();
            let late = faults
                .iter()
                .any(|f| f == "latency" || f == "execute_later");
            late && row["executed"] == false && row["message"].is_null()
        };
        // Some are never carried out: those that are delayed and then lost.
        while Instant::now() < over && self.sandbox.rows().iter().any(open) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// How many requests of this method were carried out so far.
    pub fn executed(&self, method: &str) -> usize {
        let rows = self.sandbox.rows().into_iter();
        rows.filter(|row| row["method"] == method && row["executed"] == true)
            .count()
    }

    /// Resumes, with nothing in its way, and compares what it says with the books.
    pub fn resume(&self, handle: &str, order: &str) -> Verdict {
        let resumed = self.client.resume(handle);
        let resumed = resumed.map_err(|error| format!("cannot be resumed: {error:?}"))?;
        self.judge_resumed(&resumed, order)
    }

    /// Compares what a resume says with the books.
    pub fn judge_resumed(&self, resumed: &Resumed, order: &str) -> Verdict {
        let books = self.sandbox.invoices_of(order);
        match resumed {
            Resumed::NotDone => {
                ensure!(books.is_empty(), "resumed as not done, but {books:?}");
                Ok("not_done".to_owned())
            }
            Resumed::Done { invoice, others } => {
                ensure!(others.is_empty(), "resumed with others: {others:?}");
                ensure!(books.len() == 1, "resumed as done, but {books:?}");
                let id = &books[0]["invoice_id"];
                ensure!(
                    *id == json!(invoice.invoice_id),
                    "resumed another than {id}"
                );
                Ok("done".to_owned())
            }
        }
    }
}

/// The request that every case makes.
pub fn request() -> CreateInvoice {
    CreateInvoice::new("btc".parse().unwrap(), Yen::new(500))
}

/// An error as the table shows it.
pub fn shown(error: &Error) -> String {
    format!("{} ({})", error.outcome(), error.code())
}

/// Whether an error claims that nothing happened.
pub fn denies(error: &Error) -> bool {
    error.outcome() == Outcome::NotDone
}
