//! Writes the files that other languages need of the core's tables, or, with
//! `--check`, says which of them have drifted.
//!
//! ```text
//! cargo run -p kessai-generate [-- --check]
//! ```

mod c;
mod node;
mod python;
mod surface;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let check = std::env::args().any(|argument| argument == "--check");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut failed = false;
    let c = c::files().unwrap_or_else(|problem| {
        complain(&problem);
        failed = true;
        Vec::new()
    });
    let files = [python::files(), c, node::files(), surface::files()];
    for (path, text) in files.into_iter().flatten() {
        let whole = root.join(path);
        if let Err(problem) = one(&whole, path, &text, check) {
            complain(&problem);
            failed = true;
        }
    }
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn one(whole: &PathBuf, path: &str, text: &str, check: bool) -> Result<(), String> {
    if check {
        match std::fs::read_to_string(whole) {
            Ok(there) if there == text => Ok(()),
            _ => Err(format!(
                "{path} has drifted from the core: run `make generate`"
            )),
        }
    } else {
        std::fs::write(whole, text).map_err(|e| format!("{path}: {e}"))
    }
}

#[expect(clippy::print_stderr, reason = "a command-line tool speaks to people")]
fn complain(problem: &str) {
    eprintln!("{problem}");
}
