//! Each method under a fault, and what the ledger must say of it afterwards.

use kessai::Outcome;
use kessai::zaif::{Client, CreateInvoice, Expected, Hint, Resumed, Status};
use kessai::{Error, Yen};
use serde_json::{Value, json};

use crate::stage::{Stage, Verdict, denies, ensure, request, shown};

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Create,
    Ensure,
    /// In place of an invoice of another amount.
    EnsureInstead,
    CreateWithoutOrder,
    CallWrite,
    Cancel,
    Get,
    Find,
    Confirm,
    CallRead,
    ResumeHandle,
    ResumeMade,
    ResumeLost,
}

/// The order of every case.
pub const ORDER: &str = "A-1";

impl Method {
    pub const ALL: [Self; 13] = [
        Self::Create,
        Self::Ensure,
        Self::EnsureInstead,
        Self::CreateWithoutOrder,
        Self::CallWrite,
        Self::Cancel,
        Self::Get,
        Self::Find,
        Self::Confirm,
        Self::CallRead,
        Self::ResumeHandle,
        Self::ResumeMade,
        Self::ResumeLost,
    ];

    /// Its heading in the table of results.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Ensure => "ensure",
            Self::EnsureInstead => "ensure, replacing",
            Self::CreateWithoutOrder => "create, no order",
            Self::CallWrite => "call, writing",
            Self::Cancel => "cancel",
            Self::Get => "get",
            Self::Find => "find",
            Self::Confirm => "confirm",
            Self::CallRead => "call, reading",
            Self::ResumeHandle => "resume_handle",
            Self::ResumeMade => "resume, made",
            Self::ResumeLost => "resume, not made",
        }
    }

    /// The request of its that changes something, as the service calls it.
    pub fn writes(self) -> Option<&'static str> {
        match self {
            Self::Create | Self::Ensure | Self::CreateWithoutOrder | Self::CallWrite => {
                Some("createInvoice")
            }
            Self::Cancel | Self::EnsureInstead => Some("cancelInvoice"),
            _ => None,
        }
    }

    /// Whether another call with the same key comes before it.
    pub fn comes_second(self) -> bool {
        matches!(self, Self::ResumeMade | Self::ResumeLost)
    }

    /// Whether nobody can look up what became of it.
    pub fn is_made_once(self) -> bool {
        matches!(self, Self::CreateWithoutOrder | Self::CallWrite)
    }

    /// Makes the call under these rules, on a client that has (`warm`) or has
    /// not yet been told the service's time, and judges it.
    pub fn run(self, on_rejection: &str, warm: bool, rules: &[Value]) -> Verdict {
        let mut stage = Stage::new(on_rejection);
        if warm {
            stage.client.find_invoice_ids(ORDER).unwrap();
        }
        match self {
            Self::Create => create(&mut stage, rules),
            Self::Ensure | Self::EnsureInstead => ensure_one(self, &mut stage, rules),
            Self::CreateWithoutOrder | Self::CallWrite => once(self, &mut stage, rules),
            Self::Cancel => cancel(&mut stage, rules),
            Self::ResumeMade => resume("reset_after_execute", &mut stage, rules),
            Self::ResumeLost => resume("reset_before_execute", &mut stage, rules),
            _ => read(self, &mut stage, rules),
        }
    }
}

fn create(stage: &mut Stage, rules: &[Value]) -> Verdict {
    stage.play(rules);
    let order = request().order_number(ORDER);
    let result = stage.timed(|client| client.create_invoice(&order))?;
    stage.let_it_pass();
    let books = stage.sandbox.invoices_of(ORDER);
    ensure!(books.len() <= 1, "doubled: {books:?} after {result:?}");
    match result {
        Ok(invoice) => {
            ensure!(!books.is_empty(), "a success that is in no book");
            let id = &books[0]["invoice_id"];
            ensure!(
                *id == json!(invoice.invoice_id),
                "another invoice than {id}"
            );
            let said = if invoice.adopted { "adopted" } else { "made" };
            Ok(said.to_owned())
        }
        Err(error) => {
            let said = shown(&error);
            let nothing = books.is_empty();
            ensure!(nothing || !denies(&error), "said {said}, but made");
            let done = error.outcome() == Outcome::Done;
            ensure!(!done || !nothing, "said {said}, but nothing was made");
            ensure!(
                denies(&error) == error.resume().is_none(),
                "handle of {said}"
            );
            let said = match error.resume() {
                None => said,
                Some(handle) => format!("{said}, resumed: {}", stage.resume(handle, ORDER)?),
            };
            if nothing {
                // What is said to be undone may be done again: that makes one.
                stage.client.create_invoice(&order).unwrap();
                let books = stage.sandbox.invoices_of(ORDER);
                ensure!(books.len() == 1, "{said}, created again: {books:?}");
            }
            Ok(said)
        }
    }
}

fn ensure_one(method: Method, stage: &mut Stage, rules: &[Value]) -> Verdict {
    if method == Method::EnsureInstead {
        let other = CreateInvoice::new("btc".parse().unwrap(), Yen::new(700));
        let other = other.order_number(ORDER);
        stage.before.create_invoice(&other).unwrap();
    }
    stage.play(rules);
    let order = request().order_number(ORDER);
    let result = stage.timed(|client| client.ensure_invoice(&order, Client::MIN_LEFT))?;
    stage.let_it_pass();
    let live = || {
        let mut books = stage.sandbox.invoices_of(ORDER);
        books.retain(|invoice| invoice["status"] == "new");
        books
    };
    let ours = || live().iter().filter(|i| i["amount"] == 500).count();
    ensure!(live().len() <= 1, "doubled: {:?} after {result:?}", live());
    let said = match result {
        Ok(invoice) => {
            let books = live();
            ensure!(books.len() == 1, "a success that is in no book");
            let id = &books[0]["invoice_id"];
            ensure!(
                *id == json!(invoice.invoice_id),
                "another invoice than {id}"
            );
            ensure!(invoice.amount == Yen::new(500).into(), "{}", invoice.amount);
            return Ok("ensured".to_owned());
        }
        Err(error) => {
            let said = shown(&error);
            ensure!(ours() == 0 || !denies(&error), "said {said}, but made");
            match error.resume() {
                None => said,
                Some(handle) => {
                    let resumed = stage.client.resume(handle);
                    let found = matches!(resumed, Ok(Resumed::Done { .. }));
                    ensure!(resumed.is_ok(), "cannot be resumed: {resumed:?}");
                    ensure!(found == (ours() == 1), "{said}, resumed as {resumed:?}");
                    format!(
                        "{said}, resumed: {}",
                        if found { "done" } else { "not_done" }
                    )
                }
            }
        }
    };
    // It may be repeated whatever it ended with.
    let again = stage.client.ensure_invoice(&order, Client::MIN_LEFT);
    ensure!(again.is_ok(), "{said}, again: {again:?}");
    ensure!(
        live().len() == 1 && ours() == 1,
        "{said}, again: {:?}",
        live()
    );
    Ok(said)
}

fn once(method: Method, stage: &mut Stage, rules: &[Value]) -> Verdict {
    stage.play(rules);
    let parameters = [("currency", "btc"), ("amount", "500")].map(|(n, v)| (n, v.to_owned()));
    let result: Result<String, Error> = stage.timed(|client| {
        if method == Method::CallWrite {
            client.call("createInvoice", &parameters)
        } else {
            client
                .create_invoice(&request())
                .map(|invoice| invoice.invoice_id)
        }
    })?;
    stage.let_it_pass();
    let books = stage.sandbox.invoices();
    let id = books
        .first()
        .and_then(|invoice| invoice["invoice_id"].as_str());
    ensure!(
        books.len() <= 1,
        "doubled: {} after {result:?}",
        books.len()
    );
    match result {
        Ok(text) => {
            let is_it = id.is_some_and(|id| text.contains(id) || is_as_it_came(&text));
            ensure!(is_it, "not in the books: {text:.99}");
            Ok("made".to_owned())
        }
        Err(error) => {
            let said = shown(&error);
            ensure!(id.is_none() || !denies(&error), "said {said}, but made");
            let done = error.outcome() == Outcome::Done;
            ensure!(id.is_some() || !done, "said {said}, but nothing was made");
            ensure!(error.resume().is_none(), "a handle that finds nothing");
            Ok(said)
        }
    }
}

fn cancel(stage: &mut Stage, rules: &[Value]) -> Verdict {
    let made = stage
        .before
        .create_invoice(&request().order_number(ORDER))
        .unwrap();
    stage.play(rules);
    let result = stage.timed(|client| client.cancel_invoice(&made.invoice_id))?;
    stage.let_it_pass();
    let is_canceled = || stage.sandbox.invoices_of(ORDER)[0]["status"] == "canceled";
    match result {
        Ok(invoice) => {
            ensure!(is_canceled(), "a success that is in no book");
            ensure!(invoice.status == Some(Status::Canceled), "says {invoice:?}");
            Ok("canceled".to_owned())
        }
        Err(error) => {
            let said = shown(&error);
            ensure!(
                !is_canceled() || !denies(&error),
                "said {said}, but canceled"
            );
            let done = error.outcome() == Outcome::Done;
            ensure!(is_canceled() || !done, "said {said}, but not canceled");
            // Repeating it is safe, and ends it.
            let again = stage.client.cancel_invoice(&made.invoice_id);
            ensure!(again.is_ok() && is_canceled(), "again: {again:?}");
            Ok(said)
        }
    }
}

fn read(method: Method, stage: &mut Stage, rules: &[Value]) -> Verdict {
    let order = request().order_number(ORDER);
    let id = stage.before.create_invoice(&order).unwrap().invoice_id;
    stage.play(rules);
    let said: Result<bool, Error> = stage.timed(|client| match method {
        Method::Get => client.get_invoice(&id).map(|read| read.invoice_id == id),
        Method::Find => client
            .find_invoice_ids(ORDER)
            .map(|ids| ids == [id.as_str()]),
        Method::Confirm => {
            let expected = Expected::new(ORDER, Yen::new(500));
            let read = client.confirm(&Hint::about(&id).unwrap(), &expected);
            read.map(|read| read.invoice_id == id && read.is_settled() == Some(false))
        }
        Method::CallRead => {
            let read = client.call("getInvoice", &[("invoiceId", id.clone())]);
            read.map(|json| json.contains(&id) || is_as_it_came(&json))
        }
        Method::ResumeHandle => client
            .resume_handle(&order)
            .map(|handle| !handle.is_empty()),
        other => panic!("{other:?} does not read"),
    })?;
    stage.let_it_pass();
    ensure!(
        stage.executed("createInvoice") == 1,
        "reading made an invoice"
    );
    match said {
        Ok(true) => Ok("read".to_owned()),
        Ok(false) => Err("read something else".to_owned()),
        Err(error) => Ok(shown(&error)),
    }
}

fn resume(lost_by: &str, stage: &mut Stage, rules: &[Value]) -> Verdict {
    // The call that is resumed lost its create, and every look after it.
    let create = json!({"match": {"method": "createInvoice"}, "fault": lost_by, "times": 1});
    let mut find = json!({"fault": "status", "status": 503, "headers": {"Retry-After": "60"}});
    find["match"] = json!({"method": "getInvoiceIdsByOrderNumber"});
    stage.play(&[create, find]);
    let order = request().order_number(ORDER);
    let error = stage.client.create_invoice(&order).unwrap_err();
    let handle = error.resume().unwrap().to_owned();
    stage.sandbox.heal();
    let creates = |stage: &Stage| {
        let calls = stage.sandbox.calls().into_iter();
        calls.filter(|method| method == "createInvoice").count()
    };
    let before = creates(stage);

    stage.play(rules);
    let resumed = stage.timed(|client| client.resume_within(&handle, crate::stage::LIMIT))?;
    stage.let_it_pass();
    ensure!(creates(stage) == before, "a resume created");
    match resumed {
        Ok(resumed) => stage.judge_resumed(&resumed, ORDER),
        Err(error) => {
            let said = shown(&error);
            ensure!(error.outcome() == Outcome::Unknown, "a resume said {said}");
            ensure!(
                error.resume() == Some(handle.as_str()),
                "its handle is gone"
            );
            Ok(format!(
                "{said}, resumed: {}",
                stage.resume(&handle, ORDER)?
            ))
        }
    }
}

/// The generic call hands over whatever a success contains, however deep.
fn is_as_it_came(json: &str) -> bool {
    json.starts_with("[[[") && json.ends_with("]]]")
}
