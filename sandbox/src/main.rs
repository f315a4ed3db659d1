//! `kessai-sandbox`: starts the sandbox, says where it is in one line of JSON and
//! runs until it is told to stop.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use kessai_sandbox::{Options, Sandbox, StartError};
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

/// How long open connections and deliveries may hold up the end.
const END_LIMIT: Duration = Duration::from_millis(200);

/// Plays Zaif Payment and iPay on this machine: APIs, pages, webhooks, clock, faults.
///
/// When ready it prints one line of JSON on standard output with its address and
/// the credentials of its account. Without --data everything is kept in memory.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen; beyond loopback only with --tls. Port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Speaks https; the file of the authority that clients have to trust is in the line of JSON.
    #[arg(long)]
    tls: bool,
    /// Goes on from this file if it exists; written at the end and on every snapshot.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Makes ids, keys and addresses the same at every start.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Logs requests and deliveries on standard error.
    #[arg(long)]
    log: bool,
    /// Lets webhooks go to this host too, not only to loopback (repeatable).
    #[arg(long, value_name = "HOST")]
    allow_delivery_to: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&format!("cannot start: {error}"), 1),
    };
    let code = runtime.block_on(run(arguments));
    // Silent clients and pending webhooks do not hold up the end.
    runtime.shutdown_timeout(END_LIMIT);
    code
}

async fn run(arguments: Arguments) -> ExitCode {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return complain("cannot listen for signals", 1);
    };
    let kept = arguments.data.is_some();
    let options = Options {
        listen: arguments.listen,
        seed: arguments.seed,
        log: arguments.log,
        allow_delivery_to: arguments.allow_delivery_to,
        data: arguments.data,
        tls: arguments.tls,
    };
    let sandbox = match Sandbox::bind(options).await {
        Ok(sandbox) => sandbox,
        Err(error @ StartError::NotLoopback(_)) => return complain(&error.to_string(), 2),
        Err(error) => return complain(&error.to_string(), 1),
    };
    let mut out = io::stdout().lock();
    if writeln!(out, "{}", sandbox.start_line())
        .and_then(|()| out.flush())
        .is_err()
    {
        return complain("nobody reads the start line", 1);
    }
    drop(out);
    // For people; a closed standard error is no reason to stop.
    let _ = writeln!(
        io::stderr(),
        "kessai-sandbox: dashboard at {}/ (Ctrl-C ends it)",
        sandbox.url()
    );
    let hub = sandbox.hub();
    tokio::select! {
        () = sandbox.serve() => {}
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    match kept.then(|| hub.save()) {
        Some(Err(error)) => complain(&format!("the state could not be saved: {error}"), 1),
        _ => ExitCode::SUCCESS,
    }
}

/// Said on standard error even without `--log`: what went wrong.
fn complain(reason: &str, code: u8) -> ExitCode {
    let _ = writeln!(io::stderr(), "kessai-sandbox: {reason}");
    ExitCode::from(code)
}
