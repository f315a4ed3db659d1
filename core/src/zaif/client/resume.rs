//! Finding out what became of a create.

use std::time::Duration;

use super::Client;
use crate::error::{Error, Outcome, Result};
use crate::option::check_timeout;
use crate::world::micros;
use crate::zaif::decide::{Limits, Resume, Resumed};
use crate::zaif::handle::Handle;

impl Client {
    /// Finds out what became of a create whose outcome was unknown. Never
    /// creates. Where nothing is to be seen it must wait for `settle`, so its
    /// time limit is the client's, or `settle` and 15 s where that is more: a
    /// call for a background job. In a web request use
    /// [`Self::resume_within`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::OutcomeUnknown`](crate::ErrorKind::OutcomeUnknown), with
    /// the handle, when it is still not known;
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a handle that is not
    /// of this key and endpoint.
    pub fn resume(&self, handle: &str) -> Result<Resumed> {
        self.resume_within(handle, self.enough_to_resume())
    }

    /// How long a resume may take that is told no limit.
    pub(in crate::zaif) fn enough_to_resume(&self) -> Duration {
        let options = &self.0.options;
        let enough = options.settle.saturating_add(Duration::from_secs(15));
        options.timeout.max(enough)
    }

    /// The same within a time limit of its own. Below `settle` it can find the
    /// invoice, but never that there is none.
    ///
    /// # Errors
    ///
    /// As [`Self::resume`].
    pub fn resume_within(&self, handle: &str, timeout: Duration) -> Result<Resumed> {
        self.observed("resume", |attempts| {
            let timeout = check_timeout(timeout)?;
            let options = &self.0.options;
            let endpoint = options.endpoint.to_string();
            // Whatever is wrong with the handle: of the call nothing is known.
            let unknown = |error: Error| error.with_outcome(Outcome::Unknown);
            let opened = Handle::open(handle, &self.0.credentials, &endpoint).map_err(unknown)?;
            let intent = opened.intent().map_err(unknown)?;
            let sent = opened.sent().map_err(unknown)?;
            let order = intent.order.clone();
            let limits = Limits::new(
                self.0.clock.monotonic(),
                micros(timeout),
                options.max_retries,
            );
            let settle = micros(options.settle);
            let mut resume = Resume::new(intent, sent, opened.into_known_before(), limits, settle);
            let mut drive = self.drive(attempts, "", &[]);
            drive.order = &order;
            let resumed = drive.guarded(&mut resume);
            match resumed {
                Ok(Resumed::Done { invoice, others }) => Ok(Resumed::Done {
                    invoice: Box::new(invoice.with_form_base(&self.0.form_base)),
                    others,
                }),
                Ok(Resumed::NotDone) => Ok(Resumed::NotDone),
                Err(error) => {
                    // Not found out, whatever stopped it: of the create that it
                    // is about that says nothing.
                    let error = match error.outcome() {
                        Outcome::NotDone => unknown(error),
                        _ => error,
                    };
                    Err(error.with_resume(Some(handle.to_owned())))
                }
            }
        })
    }
}
