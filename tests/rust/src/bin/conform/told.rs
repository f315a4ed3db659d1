//! What a call gave, in the form in which the data tells it, and the comparison.

use kessai::model::{Model, Value as Field};
use kessai::returned::Returned;
use kessai::zaif::{Notice, PaymentUri};
use kessai::{Code, Error, Event, Qr};
use serde_json::{Map, Value, json};

/// It is not as the data says: where.
pub(crate) type Difference = String;

/// Compares what was told with what is expected; more may be told.
pub(crate) fn compare(expected: &Value, told: &Value) -> Result<(), Difference> {
    let found = differences(expected, told, "it");
    if found.is_empty() {
        Ok(())
    } else {
        Err(found.join("; "))
    }
}

fn differences(expected: &Value, told: &Value, place: &str) -> Vec<Difference> {
    if let (Some(wanted), Some(here)) = (expected.as_array(), told.as_array())
        && wanted.len() == here.len()
    {
        let pairs = wanted.iter().zip(here).enumerate();
        return pairs
            .flat_map(|(at, (one, other))| differences(one, other, &format!("{place}[{at}]")))
            .collect();
    }
    let (Some(wanted), Some(here)) = (expected.as_object(), told.as_object()) else {
        return if expected == told {
            Vec::new()
        } else {
            vec![format!("{place} is {told}, not {expected}")]
        };
    };
    wanted
        .iter()
        .flat_map(|(name, expected)| match here.get(name) {
            None => vec![format!("nothing is told of {name}")],
            Some(told) => differences(expected, told, name),
        })
        .collect()
}

/// One field, money as text.
fn field(field: &Field<'_>) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(yes) => json!(yes),
        Field::Int(whole) => json!(whole.to_string()),
        Field::Time(seconds) => json!(seconds),
        Field::Decimal(exact) => json!(exact.to_string()),
        Field::Text(text) => json!(text),
        Field::Span(span) => json!(span.as_secs()),
        Field::Texts(texts) => json!(texts),
        Field::Map(map) => json!(map),
        Field::Json(text) => serde_json::from_str(text).unwrap(),
        Field::Model(inner) => model(*inner),
    }
}

fn fields<'a>(all: impl IntoIterator<Item = (&'a str, Field<'a>)>) -> Map<String, Value> {
    let all = all.into_iter();
    all.map(|(name, value)| (name.to_owned(), field(&value)))
        .collect()
}

/// All that a model tells, and which of several classes it is of.
pub(crate) fn model(model: &dyn Model) -> Value {
    let names = model.info().fields.iter().map(|field| field.name);
    let mut told = fields(names.map(|name| (name, model.field(name).unwrap())));
    if !model.info().variants.is_empty() {
        told.insert("class".to_owned(), json!(model.class()));
    }
    if model.info().name == "Event" {
        told.insert("raw".to_owned(), json!(model.raw()));
    }
    Value::Object(told)
}

pub(crate) fn payment_uri(uri: &PaymentUri) -> Value {
    let mut told = fields(uri.fields());
    told.insert("parameters".into(), json!(uri.parameters()));
    told.insert("text".into(), json!(uri.to_string()));
    Value::Object(told)
}

pub(crate) fn qr(code: &Qr) -> Value {
    let row = |row: &[bool]| -> String {
        let modules = row.iter().map(|dark| if *dark { '#' } else { '.' });
        modules.collect()
    };
    json!({"size": code.size(), "rows": code.modules().map(row).collect::<Vec<_>>()})
}

pub(crate) fn notice(notice: &Notice) -> Value {
    json!({
        "order_number": notice.order_number,
        "hint": notice.hint.to_string(),
        "secret_index": notice.secret_index,
    })
}

pub(crate) fn returned(returned: &Returned) -> Value {
    match returned {
        Returned::Model(one) => model(&**one),
        Returned::Models(all) => all.iter().map(|one| json!(one.id())).collect(),
        Returned::Page(page) => {
            let items: Vec<_> = page.items.iter().map(|one| one.id()).collect();
            json!({"items": items, "next": page.next})
        }
        Returned::Resumed(None) => json!({"outcome": "not_done"}),
        Returned::Resumed(Some((made, others))) => {
            json!({"outcome": "done", "invoice_id": made.id(), "others": others})
        }
        Returned::Text(text) => json!(text),
        Returned::Texts(texts) => json!(texts),
        Returned::Map(map) => json!(map),
        Returned::Json(text) => serde_json::from_str(text).unwrap(),
        Returned::Answer(answer) => json!(answer),
    }
}

/// What the hook was told; of times and handles only whether they are there.
pub(crate) fn event(event: &Event<'_>) -> Value {
    json!({
        "name": event.name.as_str(),
        "method": event.method,
        "attempt": event.attempt,
        "outcome": event.outcome.as_str(),
        "code": event.code.map(Code::as_str),
        "http_status": event.http_status,
        "request_id": event.request_id,
        "resume": event.resume.is_some(),
        "times": event.local_time.is_some() && event.server_time.is_some(),
    })
}

/// Everything of an error; of a handle only whether there is one.
pub(crate) fn failure(error: &Error) -> Value {
    let mut told = fields(error.facts());
    told.insert("class".into(), json!(error.kind().class_name()));
    told.insert("http_status".into(), json!(error.http_status()));
    told.insert("resume".into(), json!(error.resume().is_some()));
    let cause = error.cause().map(|cause| cause.code().as_str());
    told.insert("cause".into(), json!(cause));
    Value::Object(told)
}
