//! Every method of the client in one table: what bindings call and document.
//!
//! A binding hands over a method's name and its arguments and gets back what
//! it returns; a method added here is one in every language.

use std::time::Duration;

use super::client::Client;
use super::options::ClientBuilder;
use super::{CreateInvoice, Expected, Hint, Invoice, Resumed};
use crate::argument::{Arg, ArgInfo, Args, Takes};
use crate::doc::Doc;
use crate::error::{Error, Result};
use crate::hook::Hook;
use crate::method::{Limit, MethodInfo};
use crate::returned::{Returned, Returns};
use crate::service::{AN_HOUR, AnyClient, ClientInfo, Given, Service};

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
        Limit::Clients
    };
    ($usual:expr, $most:expr) => {
        Limit::Own($most)
    };
}

macro_rules! usual_limit {
    () => {
        |client| client.timeout()
    };
    ($usual:expr, $most:expr) => {
        $usual
    };
}

macro_rules! order {
    () => {
        None
    };
    ($any:ident) => {
        Some(order_arguments)
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

/// Everything that an invoice can be made with.
fn order_arguments() -> Vec<ArgInfo> {
    let mut all = CreateInvoice::FIRST.to_vec();
    all.extend(CreateInvoice::PARAMETERS.iter().map(|parameter| ArgInfo {
        name: parameter.name,
        doc: parameter.doc,
        takes: parameter.rule.takes(),
        required: false,
    }));
    all
}

/// What the call is about, and for the generic one its parameters.
const fn positional(takes_order: bool, mut args: &[ArgInfo]) -> usize {
    let (mut about, mut map) = (0, 0);
    while let [arg, rest @ ..] = args {
        if arg.required {
            about = 1;
        }
        if matches!(arg.takes, Takes::Map) {
            map = 1;
        }
        args = rest;
    }
    if takes_order { 0 } else { about + map }
}

/// How a row is run, and the limit of a call that was given none.
type Row = (
    fn(&Client, &mut Args) -> Result<Returned>,
    fn(&Client) -> Duration,
);

macro_rules! methods {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident($($order:ident)?) {
            $($(#[doc = $arg_doc:literal])+ $arg:ident: $need:ident $takes:ident,)*
        } -> $returns:expr, $limit:ident $(($usual:expr, $most:expr))?, |$client:ident, $args:ident| $run:expr;
    )+) => {
        impl Client {
            /// Every method.
            #[doc(hidden)]
            pub const METHODS: &'static [MethodInfo] = &[$({
                const ARGS: &[ArgInfo] = &[$(ArgInfo {
                    name: stringify!($arg),
                    doc: $crate::doc::Doc::of(concat!($($arg_doc, "\n"),+)),
                    takes: Takes::$takes,
                    required: required!($need),
                },)*];
                const ORDER: Option<fn() -> Vec<ArgInfo>> = order!($($order)?);
                MethodInfo {
                    name: stringify!($name),
                    doc: $crate::doc::Doc::of(concat!($($doc, "\n"),+)),
                    order: ORDER,
                    needs_order_number: numbered!($($order)?),
                    args: ARGS,
                    positional: positional(ORDER.is_some(), ARGS),
                    each: &[],
                    returns: $returns,
                    limit: own_limit!($($usual, $most)?),
                }
            },)+];

            /// How the rows are run.
            fn row(method: &str) -> Option<Row> {
                Some(match method {
                    $(stringify!($name) => (
                        |$client, $args| $run,
                        usual_limit!($($usual, $most)?),
                    ),)+
                    _ => return None,
                })
            }
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
    } -> Returns::Model("Invoice"), Clients, |client, args| {
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
    } -> Returns::Model("Invoice"), Clients, |client, args| {
        let min_left = args.span_or_none("min_left")?.unwrap_or(Client::MIN_LEFT);
        invoice(client.ensure_invoice(&request(args)?, min_left))
    };
    /// Give the handle for `resume` before a create is sent.
    ///
    /// Takes what `create_invoice` takes, and asks for the order's invoices.
    /// Store the handle with the order, and a process that is killed in
    /// mid-call leaves nothing behind that cannot be found.
    resume_handle(numbered) {
    } -> Returns::Text, Clients, |client, args| {
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
    } -> Returns::Resumed("Invoice"), Own(Client::enough_to_resume, AN_HOUR), |client, args| {
        let handle = args.text("handle")?;
        match args.span_or_none("timeout")? {
            None => client.resume(&handle),
            Some(timeout) => client.resume_within(&handle, timeout),
        }
        .map(resumed)
    };
    /// Read an invoice (`getInvoice`).
    ///
    /// Where there is none of this id the error is an `InvalidRequestError`
    /// whose `param` is `invoice_id`.
    get_invoice() {
        /// The invoice's identifier.
        invoice_id: needs Text,
    } -> Returns::Model("Invoice"), Clients, |client, args| {
        invoice(client.get_invoice(&args.text("invoice_id")?))
    };
    /// Find the ids of an order's invoices (`getInvoiceIdsByOrderNumber`).
    ///
    /// Empty when it has none; an order can have several.
    find_invoice_ids() {
        /// The shop's own order number.
        order_number: needs Text,
    } -> Returns::Texts, Clients, |client, args| {
        client.find_invoice_ids(&args.text("order_number")?).map(Returned::Texts)
    };
    /// Read every invoice of an order, oldest first.
    ///
    /// Empty when it has none.
    find_invoices() {
        /// The shop's own order number.
        order_number: needs Text,
    } -> Returns::Models("Invoice"), Clients, |client, args| {
        client.find_invoices(&args.text("order_number")?).map(Returned::models)
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
    } -> Returns::Model("Invoice"), Clients, |client, args| {
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
    } -> Returns::Model("Invoice"), Clients, |client, args| {
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
    } -> Returns::Model("Invoice"), Own(|_| AN_HOUR, A_DAY), |client, args| {
        let invoice_id = args.text("invoice_id")?;
        let until = args.text_or_none("until")?.map_or(Ok(super::Until::Settled), |u| u.parse())?;
        let timeout = args.span_or_none("timeout")?.unwrap_or(AN_HOUR);
        invoice(client.wait_for(&invoice_id, until, timeout))
    };
    /// Ask what the service tells of the account (`get_info`).
    ///
    /// The documents name the method but not its answer.
    get_info() {
    } -> Returns::Json, Clients, |client, _args| client.get_info().map(Returned::Json);
    /// Ask for the coins that invoices can be paid in: names by code.
    ///
    /// Sends neither key nor nonce (`getSupportedCurrencies`).
    get_supported_currencies() {
    } -> Returns::Map, Clients, |client, _args| client.get_supported_currencies().map(Returned::Map);
    /// Call any method, present or future, and give its `return`.
    ///
    /// Methods whose names begin with `get` count as reads and are repeated; any
    /// other is treated like a create that cannot be looked up.
    call() {
        /// The method as the service names it.
        method: needs Text,
        /// Its parameters as the service names them.
        params: may Map,
    } -> Returns::Json, Clients, |client, args| {
        let method = args.text("method")?;
        let given = parameters(args.take("params"))?;
        let given: Vec<_> = given.iter().map(|(n, v)| (n.as_str(), v.clone())).collect();
        client.call(&method, &given).map(Returned::Json)
    };
}

const A_DAY: Duration = Duration::from_secs(86_400);

fn request(args: &mut Args) -> Result<CreateInvoice> {
    CreateInvoice::from_args(args.rest())
}

fn invoice(result: Result<Invoice>) -> Result<Returned> {
    result.map(Returned::model)
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

fn resumed(resumed: Resumed) -> Returned {
    Returned::Resumed(match resumed {
        Resumed::Done { invoice, others } => Some((invoice, others)),
        Resumed::NotDone => None,
    })
}

impl Service for Client {
    const INFO: ClientInfo = ClientInfo {
        module: "zaif",
        name: "Client",
        doc: Doc::of("Calls Zaif Payment with one API key."),
        credentials: &[
            ArgInfo {
                name: "key",
                doc: Doc::of("The API key."),
                takes: Takes::Secret,
                required: true,
            },
            ArgInfo {
                name: "secret",
                doc: Doc::of("The key's secret."),
                takes: Takes::Secret,
                required: true,
            },
        ],
        env: (
            &["ZAIF_API_KEY", "ZAIF_API_SECRET"],
            &["ZAIF_ENDPOINT", "KESSAI_NONCES"],
        ),
        takes_token_source: false,
        options: ClientBuilder::OPTIONS,
        methods: Self::METHODS,
        build,
    };

    fn limit(&self) -> Duration {
        self.timeout()
    }

    fn own_limit(&self, method: &str) -> Duration {
        Self::row(method).map_or_else(|| self.timeout(), |(_, usual)| usual(self))
    }

    fn limited(&self, limit: Duration) -> Result<Self> {
        self.with_timeout(limit)
    }

    fn place(&self) -> String {
        self.endpoint().to_string()
    }

    fn hook(&self) -> &Hook {
        self.told()
    }

    fn run(&self, info: &'static MethodInfo, args: &mut Args) -> Result<Returned> {
        match Self::row(info.name) {
            Some((run, _)) => run(self, args),
            None => Err(Error::of_a_defect()),
        }
    }
}

fn build(mut given: Given) -> Result<AnyClient> {
    let from_env = given.from_env;
    let [key, secret] = given.credentials("zaif.Client", ["key", "secret"])?;
    let needed = |name, secret: Option<_>| secret.ok_or_else(|| Error::of_missing_input(name));
    let mut builder = if from_env {
        ClientBuilder::from_env()?
    } else {
        Client::builder(needed("key", key)?, needed("secret", secret)?)
    };
    for (name, value) in given.named {
        builder = builder.set(&name, value)?;
    }
    if let Some(listener) = given.on_event {
        builder = builder.on_event(listener);
    }
    builder.build().map(AnyClient::new)
}
