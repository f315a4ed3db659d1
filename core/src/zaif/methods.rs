//! Every method of the client in one table: what bindings call and document.
//!
//! A binding hands over a method's name and its arguments and gets back what
//! it returns; a method added here is one in every language.

use std::time::Duration;

use super::client::Client;
pub use super::returned::{Returned, Returns};
use super::{CreateInvoice, Expected, Hint, Invoice};
use crate::argument::{Arg, ArgInfo, Args, Takes};
use crate::error::{Error, Result};

/// Where a call's time limit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The client's, unless the call is given one.
    Clients,
    /// The method has a rule of its own.
    Own,
}

/// A rule of its own: the limit of a call that was given none, and the longest
/// that may be given.
pub(super) type OwnLimit = (fn(&Client) -> Duration, Duration);

/// One method: what bindings and the generator need to know.
#[derive(Debug)]
pub struct MethodInfo {
    /// Its name in Rust and Python.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Whether it takes everything that an invoice can be made with.
    pub takes_order: bool,
    /// Whether the order must have its number.
    pub needs_order_number: bool,
    /// Its other arguments.
    pub args: &'static [ArgInfo],
    /// What it gives.
    pub returns: Returns,
    /// Where its time limit comes from.
    pub limit: Limit,
    pub(super) own_limit: Option<OwnLimit>,
    pub(super) run: fn(&Client, &mut Args) -> Result<Returned>,
}

impl MethodInfo {
    /// Everything it can be given, in the order in which it is documented: an
    /// order's parameters, its own arguments, the call's time limit.
    #[must_use]
    pub fn arguments(&self) -> Vec<ArgInfo> {
        let mut all = Vec::new();
        if self.takes_order {
            all.extend(CreateInvoice::FIRST);
            all.extend(CreateInvoice::PARAMETERS.iter().map(|parameter| ArgInfo {
                name: parameter.name,
                doc: parameter.doc,
                takes: parameter.rule.takes(),
                required: false,
            }));
        }
        all.extend(self.args);
        if !all.iter().any(|argument| argument.name == TIMEOUT) {
            all.push(ArgInfo {
                name: TIMEOUT,
                doc: match self.limit {
                    Limit::Clients => "The time limit of this call, instead of the client's.",
                    Limit::Own => "The time limit of this call.",
                },
                takes: Takes::Span,
                required: false,
            });
        }
        all
    }

    /// How many of them are what the call is about, and stand first without
    /// their names. A long list of parameters is told by name only.
    #[must_use]
    pub fn positional(&self) -> usize {
        if self.takes_order {
            return 0;
        }
        let map = self.args.iter().any(|arg| arg.takes == Takes::Map);
        let about = self.args.iter().any(|arg| arg.required);
        usize::from(about).saturating_add(usize::from(map))
    }
}

/// The one argument that every method has.
pub(super) const TIMEOUT: &str = "timeout";

macro_rules! required {
    (needs) => {
        true
    };
    (may) => {
        false
    };
}

macro_rules! own_limit {
    () => {
        None
    };
    ($usual:expr, $most:expr) => {
        Some(($usual, $most))
    };
}

macro_rules! order {
    () => {
        false
    };
    ($any:ident) => {
        true
    };
}

macro_rules! numbered {
    (numbered) => {
        true
    };
    ($($other:ident)?) => {
        false
    };
}

macro_rules! methods {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident($($order:ident)?) {
            $($(#[doc = $arg_doc:literal])+ $arg:ident: $need:ident $takes:ident,)*
        } -> $returns:ident, $limit:ident $(($usual:expr, $most:expr))?, |$client:ident, $args:ident| $run:expr;
    )+) => {
        impl Client {
            /// Every method.
            #[doc(hidden)]
            pub const METHODS: &'static [MethodInfo] = &[$(MethodInfo {
                name: stringify!($name),
                doc: concat!($($doc, "\n"),+),
                takes_order: order!($($order)?),
                needs_order_number: numbered!($($order)?),
                args: &[$(ArgInfo {
                    name: stringify!($arg),
                    doc: concat!($($arg_doc, "\n"),+),
                    takes: Takes::$takes,
                    required: required!($need),
                },)*],
                returns: Returns::$returns,
                limit: Limit::$limit,
                own_limit: own_limit!($($usual, $most)?),
                run: |$client, $args| $run,
            },)+];
        }
    };
}

methods! {
    /// Make an invoice (`createInvoice`).
    ///
    /// With an `order_number` one call makes one invoice, whatever happens on
    /// the way; one that was found rather than made is marked `adopted`. Where
    /// the time limit is too short to find out, the error is an
    /// `OutcomeUnknownError` with a handle for `resume`: never make the call
    /// again instead. A second call for the same order makes a second invoice:
    /// for a page that customers reload use `ensure_invoice`. Everything is
    /// checked before anything is sent.
    create_invoice(order) {
    } -> Invoice, Clients, |client, args| {
        invoice(client.create_invoice(&request(args)?))
    };
    /// Give the one invoice of an order, made only where none will do.
    ///
    /// For pages that reload. One with money seen is given whatever its amount
    /// (marked `differs` where coin or amount are not those asked for); else a
    /// new one of this coin and amount with `min_left` to go; else one is made,
    /// and new ones of another coin or amount are canceled first. Calls for one
    /// order take turns, between processes too where they share `file:` nonces.
    /// The call may be repeated whatever it ended with. Several invoices with
    /// money are a `DuplicateInvoiceError` (`zaif.paid_twice`).
    ensure_invoice(numbered) {
        /// How long an invoice must still be payable to be given again: 120 s by
        /// default.
        min_left: may Span,
    } -> Invoice, Clients, |client, args| {
        let min_left = args.span_or_none("min_left")?.unwrap_or(Client::MIN_LEFT);
        invoice(client.ensure_invoice(&request(args)?, min_left))
    };
    /// Give the handle for `resume` before a create is sent.
    ///
    /// Takes what `create_invoice` takes, and asks for the order's invoices.
    /// Store the handle with the order, and a process that is killed in
    /// mid-call leaves nothing behind that cannot be found.
    resume_handle(numbered) {
    } -> Text, Clients, |client, args| {
        client.resume_handle(&request(args)?).map(Returned::Text)
    };
    /// Find out what became of a create whose outcome was unknown.
    ///
    /// Never creates. Where nothing is to be seen it must wait for `settle`, so
    /// without a `timeout` it may take 15 s more than that; with a shorter one
    /// it can find the invoice, but never that there is none. While it is still
    /// not known the error is an `OutcomeUnknownError` with the handle.
    resume() {
        /// The error's `resume`, or what `resume_handle` gave.
        handle: needs Text,
    } -> Resumed, Own(Client::enough_to_resume, AN_HOUR), |client, args| {
        let handle = args.text("handle")?;
        match args.span_or_none("timeout")? {
            None => client.resume(&handle),
            Some(timeout) => client.resume_within(&handle, timeout),
        }
        .map(Returned::Resumed)
    };
    /// Read an invoice (`getInvoice`).
    ///
    /// Where there is none of this id the error is an `InvalidRequestError`
    /// whose `param` is `invoice_id`.
    get_invoice() {
        /// The invoice's identifier.
        invoice_id: needs Text,
    } -> Invoice, Clients, |client, args| {
        invoice(client.get_invoice(&args.text("invoice_id")?))
    };
    /// Find the ids of an order's invoices (`getInvoiceIdsByOrderNumber`).
    ///
    /// Empty when it has none; an order can have several.
    find_invoice_ids() {
        /// The shop's own order number.
        order_number: needs Text,
    } -> Texts, Clients, |client, args| {
        client.find_invoice_ids(&args.text("order_number")?).map(Returned::Texts)
    };
    /// Read every invoice of an order, oldest first.
    ///
    /// Empty when it has none.
    find_invoices() {
        /// The shop's own order number.
        order_number: needs Text,
    } -> Invoices, Clients, |client, args| {
        client.find_invoices(&args.text("order_number")?).map(Returned::Invoices)
    };
    /// Take an invoice back (`cancelInvoice`), after re-reading it.
    ///
    /// Once money has been seen it refuses (`zaif.money_seen`). Repeating a
    /// cancel is safe. Keep watching a canceled invoice: its address can still
    /// receive money.
    cancel_invoice() {
        /// The invoice's identifier.
        invoice_id: needs Text,
        /// Cancel it although money has been seen, which then counts as
        /// overpaid.
        even_if_money_seen: may Bool,
    } -> Invoice, Clients, |client, args| {
        let invoice_id = args.text("invoice_id")?;
        invoice(if args.flag("even_if_money_seen")? {
            client.cancel_invoice_even_if_money_seen(&invoice_id)
        } else {
            client.cancel_invoice(&invoice_id)
        })
    };
    /// Re-read the invoice that a notification hints at, and compare it.
    ///
    /// Only the invoice given here may be believed: ship when its `is_settled`
    /// is true. What is expected comes from the shop's own books, never from
    /// the notification; what differs is a `MismatchError`. Once money is seen
    /// the order's other invoices are looked at too: two with money are a
    /// `DuplicateInvoiceError` (`zaif.paid_twice`).
    confirm() {
        /// What the notification was read as.
        hint: needs Hint,
        /// The order's number.
        order_number: needs Text,
        /// Its amount in whole yen, or in the coin with `billing_currency`.
        amount: needs Money,
        /// The coin it must be paid in, where the shop cares.
        currency: may Text,
        /// The coin it is billed in, where it is billed in coin.
        billing_currency: may Text,
    } -> Invoice, Clients, |client, args| {
        let hint: Hint = args.text("hint")?.parse()?;
        let (currency, billing) = (
            args.text_or_none("currency")?,
            args.text_or_none("billing_currency")?,
        );
        let expected = Expected::from_args(
            &args.text("order_number")?,
            &args.need("amount")?,
            currency.as_deref(),
            billing.as_deref(),
        )?;
        invoice(client.confirm(&hint, &expected))
    };
    /// Wait until an invoice gets somewhere, asking ever more slowly.
    ///
    /// For scripts and jobs; shops have webhooks. Once the invoice is expired,
    /// invalid or canceled it is given as it is, so look at it (`final` waits on
    /// for an expired one, which a late payment still makes invalid). When the
    /// time limit passes first, the error is a `KessaiTimeoutError`
    /// (`zaif.still_waiting`).
    wait_for() {
        /// The invoice's identifier.
        invoice_id: needs Text,
        /// `settled` (the default), `money_seen` or `final`.
        until: may Text,
        /// How long to wait at most: an hour by default, at most a day.
        timeout: may Span,
    } -> Invoice, Own(|_| AN_HOUR, A_DAY), |client, args| {
        let invoice_id = args.text("invoice_id")?;
        let until = args.text_or_none("until")?.map_or(Ok(super::Until::Settled), |u| u.parse())?;
        let timeout = args.span_or_none("timeout")?.unwrap_or(AN_HOUR);
        invoice(client.wait_for(&invoice_id, until, timeout))
    };
    /// Ask what the service tells of the account (`get_info`).
    ///
    /// The documents name the method but not its answer.
    get_info() {
    } -> Json, Clients, |client, _args| client.get_info().map(Returned::Json);
    /// Ask for the coins that invoices can be paid in: names by code.
    ///
    /// Sends neither key nor nonce (`getSupportedCurrencies`).
    get_supported_currencies() {
    } -> Map, Clients, |client, _args| client.get_supported_currencies().map(Returned::Map);
    /// Call any method, present or future, and give its `return`.
    ///
    /// Methods whose names begin with `get` count as reads and are repeated; any
    /// other is treated like a create that cannot be looked up.
    call() {
        /// The method as the service names it.
        method: needs Text,
        /// Its parameters as the service names them.
        params: may Map,
    } -> Json, Clients, |client, args| {
        let method = args.text("method")?;
        let given = parameters(args.take("params"))?;
        let given: Vec<_> = given.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
        client.call(&method, &given).map(Returned::Json)
    };
}

/// The longest that a call may take.
pub(super) const AN_HOUR: Duration = Duration::from_secs(3_600);

const A_DAY: Duration = Duration::from_secs(86_400);

fn request(args: &mut Args) -> Result<CreateInvoice> {
    CreateInvoice::from_args(args.rest())
}

fn invoice(result: Result<Invoice>) -> Result<Returned> {
    result.map(|invoice| Returned::Invoice(Box::new(invoice)))
}

/// The parameters of a generic call: texts, whole numbers and exact decimals.
fn parameters(given: Option<Arg>) -> Result<Vec<(String, String)>> {
    let given = match given {
        None => Vec::new(),
        Some(Arg::Map(given)) => given,
        Some(_) => {
            return Err(Error::input("params", "params must be names with values"));
        }
    };
    given
        .into_iter()
        .map(|(name, value)| match value {
            Arg::Int(whole) => Ok((name, whole.to_string())),
            value => value.text(&name).map(|text| (name, text)),
        })
        .collect()
}
