//! The client: the four methods, the generic call, confirm and resume.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::credentials::Credentials;
use super::decide::{
    Answer, Ask, Cancel, Create, Intent, Limits, Machine, Once, Read, Resume, Resumed, Sent,
};
use super::drive::Drive;
use super::handle::Handle;
use super::key::KeyState;
use super::options::{ClientBuilder, Options, check_timeout};
use super::rules::{check_invoice_id, check_order_number};
use super::{CreateInvoice, Expected, Hint, Invoice};
use crate::error::{Code, Error, Outcome, Result};
use crate::secret::Secret;
use crate::transport::{Network, Transport};
use crate::world::{Clock, SystemClock, micros};

/// The most that the parameters of a generic call may hold.
const MOST_PARAMETERS: usize = 64 << 10;

/// Calls Zaif Payment with one API key.
///
/// Cheap to clone, safe to share between threads, and safe after a fork: a
/// child makes its own connections. Every method blocks until its result is
/// known or its time limit has passed.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    options: Options,
    form_base: String,
    credentials: Credentials,
    key: Arc<KeyState>,
    clock: Arc<dyn Clock>,
    network: Arc<dyn Network>,
}

impl Client {
    /// Begins to build a client for an API key and its secret.
    pub fn builder(key: impl Into<Secret>, secret: impl Into<Secret>) -> ClientBuilder {
        ClientBuilder::new(key.into(), secret.into())
    }

    pub(super) fn assemble(options: Options, credentials: Credentials) -> Self {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let key = KeyState::of(
            options.endpoint.to_string(),
            credentials.fingerprint.clone(),
            &options.nonces,
            &*clock,
        );
        Self(Arc::new(Inner {
            form_base: options.form_base(),
            network: Arc::new(Transport::new(options.window)),
            options,
            credentials,
            key,
            clock,
        }))
    }

    /// The same client with another time limit: connections, nonces and turns
    /// stay shared.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) when it is not above
    /// nothing and at most an hour.
    pub fn with_timeout(&self, timeout: Duration) -> Result<Self> {
        let timeout = check_timeout(timeout)?;
        let inner = &self.0;
        Ok(Self(Arc::new(Inner {
            options: Options {
                timeout,
                ..inner.options.clone()
            },
            form_base: inner.form_base.clone(),
            credentials: inner.credentials.clone(),
            key: Arc::clone(&inner.key),
            clock: Arc::clone(&inner.clock),
            network: Arc::clone(&inner.network),
        })))
    }

    /// Makes an invoice (`createInvoice`).
    ///
    /// With an order number one call makes one invoice, whatever happens on
    /// the way: when the answer is lost, the client makes sure that the lost
    /// request can no longer begin, looks for what it made, waits for it
    /// to become visible (`settle`), looks again, and only then makes another.
    /// An invoice found this way is marked `adopted`. If that takes longer
    /// than the time limit, the error's outcome is
    /// [`Outcome::Unknown`] and it carries a handle for [`Self::resume`].
    ///
    /// Zero doubles holds while the service shows a create within `settle`. A
    /// *second call* for the same order makes a second invoice: the service
    /// does not check order numbers.
    ///
    /// ```no_run
    /// use kessai::{Yen, zaif::{Client, Coin, CreateInvoice}};
    /// let client = Client::builder("sandbox_key", "sandbox_secret").build()?;
    /// let order = CreateInvoice::new(Coin::BTC, Yen::new(10_800)).order_number("A-1001");
    /// let invoice = client.create_invoice(&order)?;
    /// println!("pay {:?} BTC to {}", invoice.coin_amount, invoice.address);
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Any kind of the Zaif table; ask [`Error::outcome`] before anything else.
    pub fn create_invoice(&self, request: &CreateInvoice) -> Result<Invoice> {
        request.check(self.0.options.allow_any_order_number)?;
        let options = &self.0.options;
        let parameters: Vec<_> = request.wire().collect();
        let mut drive = self.drive("createInvoice", &parameters);
        let limits = self.limits();
        let intent = Intent {
            order: request.order().unwrap_or_default().to_owned(),
            currency: request.currency().clone(),
            amount: request.amount(),
        };
        let Some(order) = request.order() else {
            let once = Once::new(Ask::Create, limits, options.on_rejection);
            return self.invoice(drive.guarded(&mut once.expecting(intent))?);
        };
        drive.order = order;
        let settle = micros(options.settle);
        let mut create = Create::new(intent.clone(), limits, settle, options.on_rejection);
        match drive.guarded(&mut create) {
            Ok(invoice) => Ok(invoice.with_form_base(&self.0.form_base)),
            Err(error) if error.outcome() == Outcome::NotDone => Err(error),
            Err(error) => {
                let known = create.known_before().clone();
                let handle = self.handle(request, &intent, drive.last_create, known);
                Err(error.with_resume(handle.ok()))
            }
        }
    }

    /// A handle for [`Self::resume`] from before the call: store it with the
    /// order, and a process that is killed in mid-call leaves nothing behind
    /// that cannot be found. Asks for the order's invoices, so that none that
    /// is there already is taken for the one to come.
    ///
    /// # Errors
    ///
    /// As [`Self::find_invoice_ids`]; the request needs an order number.
    pub fn resume_handle(&self, request: &CreateInvoice) -> Result<String> {
        request.check(self.0.options.allow_any_order_number)?;
        let order = request.order().ok_or_else(|| {
            Error::input("order_number", "only an order with a number can be resumed")
        })?;
        let intent = Intent {
            order: order.to_owned(),
            currency: request.currency().clone(),
            amount: request.amount(),
        };
        let known = self.find_invoice_ids(order)?.into_iter().collect();
        self.handle(request, &intent, None, known)
    }

    fn handle(
        &self,
        request: &CreateInvoice,
        intent: &Intent,
        sent: Option<Sent>,
        known_before: std::collections::BTreeSet<String>,
    ) -> Result<String> {
        let credentials = &self.0.credentials;
        let endpoint = self.0.options.endpoint.to_string();
        Handle::new(endpoint, credentials, intent, request, sent, known_before).seal(credentials)
    }

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
        let options = &self.0.options;
        let enough = options.settle.saturating_add(Duration::from_secs(15));
        self.resume_within(handle, options.timeout.max(enough))
    }

    /// The same within a time limit of its own. Below `settle` it can find the
    /// invoice, but never that there is none.
    ///
    /// # Errors
    ///
    /// As [`Self::resume`].
    pub fn resume_within(&self, handle: &str, timeout: Duration) -> Result<Resumed> {
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
        let mut drive = self.drive("", &[]);
        drive.order = &order;
        match drive.guarded(&mut resume) {
            Ok(Resumed::Done { invoice, others }) => Ok(Resumed::Done {
                invoice: Box::new(invoice.with_form_base(&self.0.form_base)),
                others,
            }),
            Ok(Resumed::NotDone) => Ok(Resumed::NotDone),
            Err(error) => Err(error.with_resume(Some(handle.to_owned()))),
        }
    }

    /// Reads an invoice (`getInvoice`).
    ///
    /// # Errors
    ///
    /// `zaif.invalid_parameter` with `invoice_id` when there is none of this
    /// id; whatever else the service or the network brings.
    pub fn get_invoice(&self, invoice_id: &str) -> Result<Invoice> {
        check_invoice_id(invoice_id)?;
        let read = self.read(Ask::Get(invoice_id.to_owned()), "", "", &[])?;
        self.invoice(read)
    }

    /// The identifiers of an order's invoices (`getInvoiceIdsByOrderNumber`),
    /// in the service's order; empty when it has none. One order can have
    /// several: an expired one, another coin.
    ///
    /// # Errors
    ///
    /// As [`Self::get_invoice`].
    pub fn find_invoice_ids(&self, order_number: &str) -> Result<Vec<String>> {
        let any = self.0.options.allow_any_order_number;
        check_order_number("order_number", order_number, any)?;
        match self.read(Ask::Find, order_number, "", &[])? {
            Answer::Ids(ids) => Ok(ids),
            _ => Err(defect()),
        }
    }

    /// Takes an invoice back (`cancelInvoice`), after re-reading it: once
    /// money has been seen it refuses (`zaif.money_seen`). Repeating a cancel
    /// is safe. Keep watching a canceled invoice: its address can still
    /// receive money.
    ///
    /// # Errors
    ///
    /// As [`Self::get_invoice`]; `zaif.money_seen` as said;
    /// `zaif.invalid_parameter` when it is expired or invalid.
    pub fn cancel_invoice(&self, invoice_id: &str) -> Result<Invoice> {
        self.cancel(invoice_id, false)
    }

    /// The same even if money has been seen, which then counts as overpaid.
    ///
    /// # Errors
    ///
    /// As [`Self::cancel_invoice`], without its refusal.
    pub fn cancel_invoice_even_if_money_seen(&self, invoice_id: &str) -> Result<Invoice> {
        self.cancel(invoice_id, true)
    }

    fn cancel(&self, invoice_id: &str, even_if_money_seen: bool) -> Result<Invoice> {
        check_invoice_id(invoice_id)?;
        let mut cancel = Cancel::new(invoice_id.to_owned(), even_if_money_seen, self.limits());
        let canceled = self.drive("", &[]).guarded(&mut cancel)?;
        Ok(canceled.with_form_base(&self.0.form_base))
    }

    /// Re-reads the invoice that a notification hints at and compares it with
    /// what the shop expects. Only the invoice returned here may be believed;
    /// ship when [`Invoice::is_settled`] is `Some(true)`.
    ///
    /// ```no_run
    /// # use kessai::{Yen, zaif::{Client, Expected, Hint}};
    /// # fn webhook(client: &Client, body: &[u8]) -> Result<(), kessai::Error> {
    /// let hint = Hint::parse(body)?;
    /// let invoice = client.confirm(&hint, &Expected::new("A-1001", Yen::new(10_800)))?;
    /// if invoice.is_settled() == Some(true) {
    ///     // Ship, once.
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Mismatch`](crate::ErrorKind::Mismatch), naming what
    /// differs; otherwise as [`Self::get_invoice`].
    pub fn confirm(&self, hint: &Hint, expected: &Expected) -> Result<Invoice> {
        let invoice = self.get_invoice(hint.invoice_id())?;
        expected.check(&invoice)?;
        Ok(invoice)
    }

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
            self.read(Ask::Other, "", method, parameters)?
        } else {
            let mut once = Once::new(Ask::Other, self.limits(), self.0.options.on_rejection);
            self.drive(method, parameters).guarded(&mut once)?
        };
        match answer {
            Answer::Other(json) => Ok(json),
            _ => Err(defect()),
        }
    }

    fn read(
        &self,
        ask: Ask,
        order: &str,
        method: &str,
        parameters: &[(&str, String)],
    ) -> Result<Answer> {
        let mut drive = self.drive(method, parameters);
        drive.order = order;
        let mut read = Read::new(ask, self.limits());
        let read = drive.guarded(&mut read).map_err(Error::of_a_read)?;
        Ok(read.1)
    }

    fn invoice(&self, answer: Answer) -> Result<Invoice> {
        match answer {
            Answer::Invoice(invoice) => Ok(invoice.with_form_base(&self.0.form_base)),
            _ => Err(defect()),
        }
    }

    fn limits(&self) -> Limits {
        let options = &self.0.options;
        Limits::new(
            self.0.clock.monotonic(),
            micros(options.timeout),
            options.max_retries,
        )
    }

    fn drive<'a>(&'a self, method: &'a str, parameters: &'a [(&'a str, String)]) -> Drive<'a> {
        let inner = &*self.0;
        Drive {
            network: &*inner.network,
            clock: &*inner.clock,
            endpoint: &inner.options.endpoint,
            credentials: &inner.credentials,
            key: &inner.key,
            window: inner.options.window,
            trust_clock: inner.options.trust_clock,
            order: "",
            method,
            parameters,
            last_create: None,
            has_written: false,
        }
    }
}

impl Drive<'_> {
    /// Runs the machine; a defect of kessai ends the call as unknown, never as
    /// failed and never as an abort.
    fn guarded<M: Machine>(&mut self, machine: &mut M) -> Result<M::Output> {
        catch_unwind(AssertUnwindSafe(|| self.run(machine))).unwrap_or_else(|_| Err(defect()))
    }
}

fn defect() -> Error {
    Error::new(
        Code::Internal,
        Outcome::Unknown,
        "a defect in kessai ended the call: please report it",
    )
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.0.options.endpoint)
            .field("timeout", &self.0.options.timeout)
            .finish_non_exhaustive()
    }
}
