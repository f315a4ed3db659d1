//! The clients, and their calls.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use kessai::returned::Returns;
use kessai::service::AnyClient;

use crate::boundary::{Out, Utf8};
use crate::client::{self, Call};
use crate::error::Error;
use crate::generated::zaif_given::{ZaifCallOptions, ZaifOptions};
use crate::generated::zaif_models::{ZaifInvoice, ZaifInvoices};
use crate::given::{Given, ZaifOrder};
use crate::guard;
use crate::hint::ZaifHint;
use crate::returned::ZaifResumed;
use crate::table;
use crate::text::{Map, Text, Texts};

/// Calls Zaif Payment with one API key.
///
/// Threads may share it freely, and it survives a `fork`: a child makes its own
/// connections. Every call blocks until its result is known or its time limit has
/// passed, or until it is canceled.
#[derive(Debug)]
pub struct ZaifClient(AnyClient);

/// Build a client. Every option is checked, nothing is sent. `options` may be NULL.
/// Free it with `kessai_zaif_client_free`.
///
/// * `key`: The API key.
/// * `secret`: The key's secret.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_new(
    key: Utf8<'_>,
    secret: Utf8<'_>,
    options: Option<&ZaifOptions>,
    client: Out<'_, *mut ZaifClient>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = client.needed("client")?;
        let mut told = Given::default();
        let given = &mut told;
        key.needed("key")?;
        given.secret("key", key);
        secret.needed("secret")?;
        given.secret("secret", secret);
        let options = options.map(|options| &options.0);
        let built = client::build("zaif", "Client", false, told.read()?, options)?;
        place.give(ZaifClient(built));
        Ok(())
    })
}

/// Build a client from the environment: `ZAIF_API_KEY` and `ZAIF_API_SECRET`, and where
/// they are set `ZAIF_ENDPOINT` and `KESSAI_NONCES`. Options given here prevail; they
/// may be NULL. Free it with `kessai_zaif_client_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_from_env(
    options: Option<&ZaifOptions>,
    client: Out<'_, *mut ZaifClient>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = client.needed("client")?;
        let options = options.map(|options| &options.0);
        let built = client::build("zaif", "Client", true, Vec::new(), options)?;
        place.give(ZaifClient(built));
        Ok(())
    })
}

/// Free a client, once no call of it is under way. NULL is allowed. What it gave
/// lives on.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_free(client: Option<Box<ZaifClient>>) {
    guard::get((), || drop(client));
}

/// Make any call of this header by its name, such as `"create_invoice"`, with its
/// arguments and what it gives as JSON.
///
/// The arguments are one JSON object, under the names of the parameters and setters
/// here, with an order's among them; NULL stands for none. Spans of time are whole
/// milliseconds, with names that lack `_ms`. Amounts may be numbers or texts, and are
/// taken as they are spelled. In what it gives, exact amounts are texts, yen and times
/// are numbers. `options` may be NULL, and prevail.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_call_json(
    client: Option<&ZaifClient>,
    method: Utf8<'_>,
    arguments: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    json: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = json.needed("json")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        place.give(client::call_json(client, method, arguments, options)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "create_invoice", Returns::Model("Invoice"));

/// Make an invoice (`createInvoice`).
///
/// With an `order_number` one call makes one invoice, whatever happens on the way; one
/// that was found rather than made is marked `adopted`. Where the time limit is too
/// short to find out, the error is an `OutcomeUnknownError` with a handle for `resume`:
/// never make the call again instead. A second call for the same order makes a second
/// invoice: for a page that customers reload use `ensure_invoice`. Everything is
/// checked before anything is sent.
///
/// * `options`: may be NULL.
/// * `invoice`: what it gives; free it with `kessai_zaif_invoice_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_create_invoice(
    client: Option<&ZaifClient>,
    order: Option<&ZaifOrder>,
    options: Option<&ZaifCallOptions>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "create_invoice", options)?.order(order)?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "ensure_invoice", Returns::Model("Invoice"));

/// Give the one invoice of an order, made only where none will do.
///
/// For pages that reload. One with money seen is given whatever its amount (marked
/// `differs` where coin or amount are not those asked for); else a new one of this coin
/// and amount with `min_left` to go; else one is made, and new ones of another coin or
/// amount are canceled first. Calls for one order take turns, between processes too
/// where they share `file:` nonces. The call may be repeated whatever it ended with.
/// Several invoices with money are a `DuplicateInvoiceError` (`zaif.paid_twice`).
///
/// * `options`: may be NULL.
/// * `invoice`: what it gives; free it with `kessai_zaif_invoice_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_ensure_invoice(
    client: Option<&ZaifClient>,
    order: Option<&ZaifOrder>,
    options: Option<&ZaifCallOptions>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "ensure_invoice", options)?.order(order)?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "resume_handle", Returns::Text);

/// Give the handle for `resume` before a create is sent.
///
/// Takes what `create_invoice` takes, and asks for the order's invoices. Store the
/// handle with the order, and a process that is killed in mid-call leaves nothing
/// behind that cannot be found.
///
/// * `options`: may be NULL.
/// * `text`: what it gives; free it with `kessai_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_resume_handle(
    client: Option<&ZaifClient>,
    order: Option<&ZaifOrder>,
    options: Option<&ZaifCallOptions>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "resume_handle", options)?.order(order)?;
        place.give(table::text(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "resume", Returns::Resumed("Invoice"));

/// Find out what became of a create whose outcome was unknown.
///
/// Never creates. Where nothing is to be seen it must wait for `settle`, so without a
/// `timeout` it may take 15 s more than that; with a shorter one it can find the
/// invoice, but never that there is none. While it is still not known the error is an
/// `OutcomeUnknownError` with the handle.
///
/// * `handle`: The error's `resume`, or what `resume_handle` gave.
/// * `options`: may be NULL.
/// * `resumed`: what it gives; free it with `kessai_zaif_resumed_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_resume(
    client: Option<&ZaifClient>,
    handle: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    resumed: Out<'_, *mut ZaifResumed>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = resumed.needed("resumed")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "resume", options)?.told(|given| {
            given.text("handle", handle);
        })?;
        place.give(table::resumed(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "get_invoice", Returns::Model("Invoice"));

/// Read an invoice (`getInvoice`).
///
/// Where there is none of this id the error is an `InvalidRequestError` whose `param`
/// is `invoice_id`.
///
/// * `invoice_id`: The invoice's identifier.
/// * `options`: may be NULL.
/// * `invoice`: what it gives; free it with `kessai_zaif_invoice_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_get_invoice(
    client: Option<&ZaifClient>,
    invoice_id: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "get_invoice", options)?.told(|given| {
            given.text("invoice_id", invoice_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "find_invoice_ids", Returns::Texts);

/// Find the ids of an order's invoices (`getInvoiceIdsByOrderNumber`).
///
/// Empty when it has none; an order can have several.
///
/// * `order_number`: The shop's own order number.
/// * `options`: may be NULL.
/// * `texts`: what it gives; free it with `kessai_texts_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_find_invoice_ids(
    client: Option<&ZaifClient>,
    order_number: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    texts: Out<'_, *mut Texts>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = texts.needed("texts")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "find_invoice_ids", options)?.told(|given| {
            given.text("order_number", order_number);
        })?;
        place.give(table::texts(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "find_invoices", Returns::Models("Invoice"));

/// Read every invoice of an order, oldest first.
///
/// Empty when it has none.
///
/// * `order_number`: The shop's own order number.
/// * `options`: may be NULL.
/// * `invoices`: what it gives; free it with `kessai_zaif_invoices_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_find_invoices(
    client: Option<&ZaifClient>,
    order_number: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    invoices: Out<'_, *mut ZaifInvoices>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoices.needed("invoices")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "find_invoices", options)?.told(|given| {
            given.text("order_number", order_number);
        })?;
        place.give(table::several(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "cancel_invoice", Returns::Model("Invoice"));

/// Take an invoice back (`cancelInvoice`), after re-reading it.
///
/// Once money has been seen it refuses (`zaif.money_seen`). Repeating a cancel is safe.
/// Keep watching a canceled invoice: its address can still receive money.
///
/// * `invoice_id`: The invoice's identifier.
/// * `options`: may be NULL.
/// * `invoice`: what it gives; free it with `kessai_zaif_invoice_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_cancel_invoice(
    client: Option<&ZaifClient>,
    invoice_id: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "cancel_invoice", options)?.told(|given| {
            given.text("invoice_id", invoice_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "confirm", Returns::Model("Invoice"));

/// Re-read the invoice that a notification hints at, and compare it.
///
/// Only the invoice given here may be believed: ship when its `is_settled` is true.
/// What is expected comes from the shop's own books, never from the notification; what
/// differs is a `MismatchError`. Once money is seen the order's other invoices are
/// looked at too: two with money are a `DuplicateInvoiceError` (`zaif.paid_twice`).
///
/// * `hint`: What the notification was read as.
/// * `order_number`: The order's number.
/// * `amount`: Its amount in whole yen, or in the coin with `billing_currency`. An
///   exact decimal.
/// * `options`: may be NULL.
/// * `invoice`: what it gives; free it with `kessai_zaif_invoice_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_confirm(
    client: Option<&ZaifClient>,
    hint: Option<&ZaifHint>,
    order_number: Utf8<'_>,
    amount: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "confirm", options)?.told(|given| {
            given.hint("hint", hint);
            given.text("order_number", order_number);
            given.text("amount", amount);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "confirm", Returns::Model("Invoice"));

/// Re-read the invoice that a notification hints at, and compare it.
///
/// Only the invoice given here may be believed: ship when its `is_settled` is true.
/// What is expected comes from the shop's own books, never from the notification; what
/// differs is a `MismatchError`. Once money is seen the order's other invoices are
/// looked at too: two with money are a `DuplicateInvoiceError` (`zaif.paid_twice`).
///
/// * `hint`: What the notification was read as.
/// * `order_number`: The order's number.
/// * `amount_yen`: Its amount in whole yen.
/// * `options`: may be NULL.
/// * `invoice`: what it gives; free it with `kessai_zaif_invoice_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_confirm_yen(
    client: Option<&ZaifClient>,
    hint: Option<&ZaifHint>,
    order_number: Utf8<'_>,
    amount_yen: i64,
    options: Option<&ZaifCallOptions>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "confirm", options)?.told(|given| {
            given.hint("hint", hint);
            given.text("order_number", order_number);
            given.whole("amount", amount_yen);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "wait_for", Returns::Model("Invoice"));

/// Wait until an invoice gets somewhere, asking ever more slowly.
///
/// For scripts and jobs; shops have webhooks. Once the invoice is expired, invalid or
/// canceled it is given as it is, so look at it (`final` waits on for an expired one,
/// which a late payment still makes invalid). When the time limit passes first, the
/// error is a `KessaiTimeoutError` (`zaif.still_waiting`).
///
/// * `invoice_id`: The invoice's identifier.
/// * `options`: may be NULL.
/// * `invoice`: what it gives; free it with `kessai_zaif_invoice_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_wait_for(
    client: Option<&ZaifClient>,
    invoice_id: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    invoice: Out<'_, *mut ZaifInvoice>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = invoice.needed("invoice")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "wait_for", options)?.told(|given| {
            given.text("invoice_id", invoice_id);
        })?;
        place.give(table::model(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "get_info", Returns::Json);

/// Ask what the service tells of the account (`get_info`).
///
/// The documents name the method but not its answer.
///
/// * `options`: may be NULL.
/// * `json`: what it gives; free it with `kessai_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_get_info(
    client: Option<&ZaifClient>,
    options: Option<&ZaifCallOptions>,
    json: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = json.needed("json")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "get_info", options)?;
        place.give(table::text(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "get_supported_currencies", Returns::Map);

/// Ask for the coins that invoices can be paid in: names by code.
///
/// Sends neither key nor nonce (`getSupportedCurrencies`).
///
/// * `options`: may be NULL.
/// * `map`: what it gives; free it with `kessai_map_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_get_supported_currencies(
    client: Option<&ZaifClient>,
    options: Option<&ZaifCallOptions>,
    map: Out<'_, *mut Map>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = map.needed("map")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "get_supported_currencies", options)?;
        place.give(table::map(call.make()?)?.into());
        Ok(())
    })
}

const _: () = table::method("zaif", "Client", "call", Returns::Json);

/// Call any method, present or future, and give its `return`.
///
/// Methods whose names begin with `get` count as reads and are repeated; any other is
/// treated like a create that cannot be looked up.
///
/// * `method`: The method as the service names it.
/// * `params_json`: Its parameters as the service names them. One JSON object of texts
///   and numbers. May be NULL.
/// * `options`: may be NULL.
/// * `json`: what it gives; free it with `kessai_text_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_client_call(
    client: Option<&ZaifClient>,
    method: Utf8<'_>,
    params_json: Utf8<'_>,
    options: Option<&ZaifCallOptions>,
    json: Out<'_, *mut Text>,
    error: Out<'_, *mut Error>,
) -> i32 {
    guard::call(error, || {
        let place = json.needed("json")?;
        let (client, options) = (client.map(|c| &c.0), options.map(|o| &o.0));
        let call = Call::new(client, "call", options)?.told(|given| {
            given.text("method", method);
            given.map("params", params_json);
        })?;
        place.give(table::text(call.make()?)?.into());
        Ok(())
    })
}
