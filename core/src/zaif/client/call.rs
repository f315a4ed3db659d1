//! Any method of the service, present or future.

use super::{Client, defect};
use crate::error::{Error, Result};
use crate::zaif::decide::{Answer, Ask, Once};

/// The most that the parameters of a generic call may hold.
const MOST_PARAMETERS: usize = 64 << 10;

impl Client {
    /// Calls any method, present or future, and gives the JSON of its
    /// `return`. Methods whose names begin with `get` count as reads and are
    /// repeated; any other is treated like a create that cannot be looked up.
    ///
    /// ```no_run
    /// # let client = kessai::zaif::Client::builder("k", "s").build()?;
    /// let coins = client.call("getSupportedCurrencies", &[])?;
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Self::create_invoice`].
    pub fn call(&self, method: &str, parameters: &[(&str, String)]) -> Result<String> {
        self.observed("call", |attempts| {
            let is_name = |name: &str| {
                (1..=64).contains(&name.len())
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            };
            if !is_name(method) {
                return Err(Error::input(
                    "method",
                    "method must be 1 to 64 letters, digits or _",
                ));
            }
            for (name, _) in parameters {
                if !is_name(name)
                    || ["method", "nonce", "key", "md5secret", "sha1secret"].contains(name)
                {
                    return Err(Error::input(
                        name,
                        format!("{name:?} cannot be a parameter: it is reserved, or not a name"),
                    ));
                }
            }
            let size: usize = parameters.iter().map(|(n, v)| n.len() + v.len()).sum();
            if size > MOST_PARAMETERS {
                return Err(Error::input(
                    "parameters",
                    "the parameters are larger than 64 KiB",
                ));
            }
            let answer = if method.starts_with("get") {
                self.read(attempts, self.limits(), Ask::Other, "", method, parameters)?
            } else {
                let mut once = Once::new(Ask::Other, self.limits(), self.0.options.on_rejection);
                let mut drive = self.drive(attempts, method, parameters);
                let answer = drive.guarded(&mut once);
                answer?
            };
            match answer {
                Answer::Other(json) => Ok(json),
                _ => Err(defect()),
            }
        })
    }
}
