//! Making invoices.

use std::collections::BTreeSet;
use std::time::Duration;

use super::Client;
use crate::error::{Error, Outcome, Result};
use crate::world::micros;
use crate::zaif::decide::{Ask, Create, Ensure, Intent, Once, Sent};
use crate::zaif::handle::Handle;
use crate::zaif::orders::{Now, OrderTurn};
use crate::zaif::{CreateInvoice, Invoice};

/// How long a call that is over waits to leave a note.
const A_MOMENT: Duration = Duration::from_millis(200);

impl Client {
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
    /// does not check order numbers. For a page that customers reload use
    /// [`Self::ensure_invoice`].
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
        self.observed("create_invoice", |attempts| {
            request.check(self.0.options.allow_any_order_number)?;
            let options = &self.0.options;
            let parameters: Vec<_> = request.wire().collect();
            let mut drive = self.drive(attempts, "createInvoice", &parameters);
            let limits = self.limits();
            let intent = intent(request);
            let Some(order) = request.order() else {
                let once = Once::new(Ask::Create, limits, options.on_rejection);
                let made = drive.guarded(&mut once.expecting(intent));
                return self.invoice(made?);
            };
            drive.order = order;
            let settle = micros(options.settle);
            let mut create = Create::new(intent, limits, settle, options.on_rejection);
            let made = drive.guarded(&mut create);
            let unknown = |e: &Error| e.outcome() == Outcome::Unknown;
            if drive.last_create.is_some() && made.as_ref().is_err_and(unknown) {
                self.warn(order);
            }
            self.made(made, request, drive.last_create, || {
                create.known_before().clone()
            })
        })
    }

    fn turn<'a>(&'a self, order: &str, within: Duration) -> Result<OrderTurn<'a>> {
        let (key, clock) = (&self.0.key, &self.0.clock);
        let now: Now<'a> = if key.orders.are_shared() {
            Box::new(move || key.time.now(&**clock))
        } else {
            Box::new(move || clock.monotonic())
        };
        key.orders.turn(order, now, within)
    }

    /// Lets later calls that ensure an invoice of the order know that one may
    /// still become visible. Whoever is at the order right now sees to that
    /// itself.
    fn warn(&self, order: &str) {
        if let Ok(mut turn) = self.turn(order, A_MOMENT) {
            let _ = turn.create_begins();
        }
    }

    /// The one invoice of an order, for pages that reload: found where there is
    /// one that will do, made where there is none.
    ///
    /// * One with money seen, or settled, is given whatever its amount; where
    ///   coin or amount are not those asked for it is marked `differs`. Others
    ///   that are still new are canceled.
    /// * Else one that is new, of this coin and amount, with at least `min_left`
    ///   to go, or half of its life where that is less. Of several the oldest;
    ///   the others are canceled.
    /// * Else one is made. New ones of another coin or amount are canceled
    ///   first; one with less than `min_left` to go runs out by itself, since a
    ///   customer may just be paying it.
    ///
    /// Calls for one order take turns: within a process, and with `file:` nonces
    /// between the processes of a host, also where one of them was killed in
    /// mid-call. The call may be repeated whatever it ended with. It wants an
    /// order number.
    ///
    /// ```no_run
    /// # use kessai::{Yen, zaif::{Client, Coin, CreateInvoice}};
    /// # use std::time::Duration;
    /// # let client = Client::builder("sandbox_key", "sandbox_secret").build()?;
    /// let order = CreateInvoice::new(Coin::BTC, Yen::new(10_800)).order_number("A-1001");
    /// let invoice = client.ensure_invoice(&order, Client::MIN_LEFT)?;
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Self::create_invoice`]; `zaif.paid_twice` when several invoices of
    /// the order have money; `zaif.order_busy` and `zaif.order_in_doubt` when
    /// it is another call's turn, or an earlier create may still show.
    pub fn ensure_invoice(&self, request: &CreateInvoice, min_left: Duration) -> Result<Invoice> {
        self.observed("ensure_invoice", |attempts| {
            request.check(self.0.options.allow_any_order_number)?;
            let order = numbered(request)?;
            let options = &self.0.options;
            let limits = self.limits();
            let parameters: Vec<_> = request.wire().collect();
            let settle = micros(options.settle);
            let turn = self.turn(order, options.timeout)?;
            let mut ensure = Ensure::new(
                intent(request),
                limits,
                settle,
                options.on_rejection,
                micros(min_left),
            );
            let mut drive = self.drive(attempts, "createInvoice", &parameters);
            drive.order = order;
            drive.turn = Some((turn, settle));
            let made = drive.guarded(&mut ensure);
            let is_certain = match &made {
                Ok(_) => ensure.shows_what_was_made(),
                Err(error) => error.outcome() == Outcome::NotDone,
            };
            if let Some((turn, _)) = &mut drive.turn
                && drive.last_create.is_some()
                && is_certain
            {
                turn.is_certain();
            }
            let made = made.map_err(|error| match error.outcome() {
                Outcome::Unknown => error.with_note("to ensure it again is safe, too"),
                _ => error,
            });
            self.made(made, request, drive.last_create, || ensure.known_before())
        })
    }

    /// What [`Self::ensure_invoice`] is usually given as `min_left`: time enough
    /// for a customer to open a wallet and pay.
    pub const MIN_LEFT: Duration = Duration::from_secs(120);

    /// A handle for [`Self::resume`] from before the call: store it with the
    /// order, and a process that is killed in mid-call leaves nothing behind
    /// that cannot be found. Asks for the order's invoices, so that none that
    /// is there already is taken for the one to come. Resume it only when the
    /// create has ended or its process is gone: of one that is yet to be sent a
    /// resume says, truly, that nothing was made.
    ///
    /// # Errors
    ///
    /// As [`Self::find_invoice_ids`]; the request needs an order number.
    pub fn resume_handle(&self, request: &CreateInvoice) -> Result<String> {
        request.check(self.0.options.allow_any_order_number)?;
        let order = numbered(request)?;
        let known = self.find_invoice_ids(order)?.into_iter().collect();
        self.handle(request, None, known)
    }

    fn made(
        &self,
        made: Result<Invoice>,
        request: &CreateInvoice,
        sent: Option<Sent>,
        known_before: impl FnOnce() -> BTreeSet<String>,
    ) -> Result<Invoice> {
        match made {
            Ok(invoice) => Ok(invoice.with_form_base(&self.0.form_base)),
            // Nothing was sent that could have made one.
            Err(error) if error.outcome() == Outcome::NotDone || sent.is_none() => Err(error),
            Err(error) => {
                let handle = self.handle(request, sent, known_before());
                Err(error.with_resume(handle.ok()))
            }
        }
    }

    fn handle(
        &self,
        request: &CreateInvoice,
        sent: Option<Sent>,
        known_before: BTreeSet<String>,
    ) -> Result<String> {
        let credentials = &self.0.credentials;
        let endpoint = self.0.options.endpoint.to_string();
        let intent = intent(request);
        Handle::new(endpoint, credentials, &intent, request, sent, known_before).seal(credentials)
    }
}

fn intent(request: &CreateInvoice) -> Intent {
    Intent {
        order: request.order().unwrap_or_default().to_owned(),
        currency: request.currency().clone(),
        amount: request.amount(),
    }
}

fn numbered(request: &CreateInvoice) -> Result<&str> {
    request.order().ok_or_else(|| {
        Error::input(
            "order_number",
            "this needs an order_number: without one its invoices cannot be found",
        )
    })
}
