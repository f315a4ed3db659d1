//! The program `shop` as a child of the test.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running shop.
#[derive(Debug)]
pub struct Shop {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Shop {
    /// Starts the program at `path` for an account, with these arguments.
    /// `nonces` is the option of that name.
    #[must_use]
    pub fn start(path: &str, account: [&str; 3], nonces: &str, arguments: &[&str]) -> Self {
        Self::start_in(path, account, nonces, arguments, &[])
    }

    /// The same, with more in its environment.
    #[must_use]
    pub fn start_in(
        path: &str,
        account: [&str; 3],
        nonces: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let [endpoint, key, secret] = account;
        let mut child = Command::new(path)
            .args(arguments)
            .envs(environment.iter().copied())
            .env("ZAIF_ENDPOINT", endpoint)
            .env("ZAIF_API_KEY", key)
            .env("ZAIF_API_SECRET", secret)
            .env("KESSAI_NONCES", nonces)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Lets it go on.
    pub fn go(&mut self) {
        let stdin = self.child.stdin.as_mut().unwrap();
        stdin.write_all(b"go\n").unwrap();
    }

    /// The next line that it tells; empty when it ended.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Ends it with SIGKILL, and waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Waits for its own end, which must be a good one.
    pub fn finish(mut self) {
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // Where a test stopped in the middle; otherwise it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
