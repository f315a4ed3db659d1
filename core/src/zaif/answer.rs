//! Reads what an exchange brought: the envelope, the message or the content,
//! in every spelling seen (spec of Zaif Payment, sections 1, 3 and 5).

use serde_json::value::RawValue;

use super::decide::{Answer, Ask, Refusal, Reply};
use super::{Invoice, message};
use crate::error::{Code, Error, Outcome};
use crate::json::{self, Members};
use crate::transport::{Exchange, HttpAnswer};

/// What became of a request, judged by what its exchange brought.
#[must_use]
pub fn read(ask: &Ask, exchange: Exchange) -> Reply {
    match exchange {
        Exchange::NotSent(error) => Reply::NotSent(error),
        Exchange::Broken(error) => Reply::Unknown(error),
        Exchange::Answered(answer) => judge(ask, &answer),
    }
}

fn judge(ask: &Ask, answer: &HttpAnswer) -> Reply {
    let facts = |error: Error| {
        error
            .with_http(Some(answer.status), answer.request_id.clone())
            .with_retry_after(answer.retry_after)
    };
    let unknown =
        |code, why: String| Reply::Unknown(facts(Error::new(code, Outcome::Unknown, why)));
    match answer.status {
        200 => {}
        429 => {
            let error = Error::new(
                Code::TransportRateLimited,
                Outcome::NotDone,
                "too many calls (HTTP 429)",
            );
            return Reply::Refused(Refusal::RateLimited, facts(error));
        }
        status @ 300..=399 => {
            return unknown(
                Code::TransportRedirect,
                format!(
                    "the service answered with a redirect (HTTP {status}), which is not followed: \
                     it would carry the credentials elsewhere"
                ),
            );
        }
        status => {
            return unknown(
                Code::TransportHttpStatus,
                format!("the service, or a proxy before it, answered with HTTP {status}"),
            );
        }
    }
    let malformed = |why: &str| unknown(Code::TransportMalformed, why.to_owned());
    let Ok(body) = std::str::from_utf8(&answer.body) else {
        return malformed("the answer is not UTF-8");
    };
    let Ok(envelope) = Members::parse(body) else {
        return malformed("the answer is not a JSON object");
    };
    let reply = match envelope.get("success").and_then(success) {
        Some(true) => match envelope.get("return") {
            Some(content) => self::content(ask, content),
            None => Reply::Unusable(unusable("it has no return")),
        },
        Some(false) => match failure_message(&envelope) {
            Some(text) => message::read(&text),
            None => Reply::Unlisted(Error::new(
                Code::ZaifApiError,
                Outcome::Unknown,
                "Zaif Payment answered with a failure without a message",
            )),
        },
        None => return malformed("the answer does not say whether it is a success"),
    };
    match reply {
        Reply::Refused(refusal, error) => Reply::Refused(refusal, facts(error)),
        Reply::Unlisted(error) => Reply::Unlisted(facts(error)),
        Reply::Unusable(error) => Reply::Unusable(facts(error)),
        other => other,
    }
}

/// `1`, `"1"` or `true`; `0`, `"0"` or `false`.
fn success(raw: &RawValue) -> Option<bool> {
    match raw.get() {
        "true" => Some(true),
        "false" => Some(false),
        _ => match json::integer(raw) {
            Some(1) => Some(true),
            Some(0) => Some(false),
            _ => None,
        },
    }
}

/// From `return` when it is a string, else from `error`.
fn failure_message(envelope: &Members<'_>) -> Option<String> {
    ["return", "error"]
        .into_iter()
        .find_map(|name| envelope.get(name).and_then(json::text))
}

fn content(ask: &Ask, content: &RawValue) -> Reply {
    let read = match ask {
        Ask::Create => Invoice::read(content.get()).map(boxed),
        Ask::Get(id) | Ask::Cancel(id) => Invoice::read(content.get()).and_then(|invoice| {
            if invoice.invoice_id == *id {
                Ok(boxed(invoice))
            } else {
                Err(unusable("it is about another invoice"))
            }
        }),
        Ask::Find => ids(content).map(Answer::Ids).map_err(unusable),
        Ask::Other => Ok(Answer::Other(content.get().to_owned())),
    };
    match read {
        Ok(answer) => Reply::Answer(answer),
        Err(error) => Reply::Unusable(error),
    }
}

fn boxed(invoice: Invoice) -> Answer {
    Answer::Invoice(Box::new(invoice))
}

/// The ids of an order, in every shape seen: an array or null, under
/// `invoiceIds` or `invoideIds`, beside a count that is a number or a string.
/// Any other shape is an error, never "none".
fn ids(content: &RawValue) -> Result<Vec<String>, &'static str> {
    let members = Members::parse(content.get()).map_err(|_| "it is not an object")?;
    let raw = match (members.get("invoiceIds"), members.get("invoideIds")) {
        (Some(raw), None) | (None, Some(raw)) => raw,
        _ => return Err("it has no list of invoices"),
    };
    let ids = if json::is_null(raw) {
        Vec::new()
    } else {
        serde_json::from_str::<Vec<String>>(raw.get())
            .map_err(|_| "its list is of another shape")?
    };
    let count = match members.get("counts") {
        Some(raw) => json::integer(raw).ok_or("its count cannot be read")?,
        None => return Err("it has no count"),
    };
    if usize::try_from(count) != Ok(ids.len()) {
        return Err("its count is not the length of its list");
    }
    if ids
        .iter()
        .any(|id| super::rules::check_invoice_id(id).is_err())
    {
        return Err("an invoice id in it has no known form");
    }
    Ok(ids)
}

fn unusable(why: &str) -> Error {
    Error::new(
        Code::ZaifBadAnswer,
        Outcome::Done,
        format!("the service answered with a success that cannot be used: {why}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(ask: &Ask, status: u16, body: &str) -> Reply {
        let answer = HttpAnswer {
            status,
            body: body.as_bytes().to_vec(),
            date: None,
            request_id: Some("r-7".into()),
            retry_after: None,
            replayed: false,
        };
        read(ask, Exchange::Answered(answer))
    }

    fn found(content: &str) -> Reply {
        reply(
            &Ask::Find,
            200,
            &format!(r#"{{"success":1,"return":{content}}}"#),
        )
    }

    #[test]
    fn ids_in_every_spelling() {
        for (content, expected) in [
            (r#"{"invoiceIds":["a","b"],"counts":2}"#, &["a", "b"][..]),
            (r#"{"invoideIds":["a"],"counts":"1"}"#, &["a"]),
            (r#"{"invoiceIds":null,"counts":0}"#, &[]),
            (r#"{"invoiceIds":[],"counts":"0"}"#, &[]),
        ] {
            let Reply::Answer(Answer::Ids(ids)) = found(content) else {
                panic!("{content}");
            };
            assert_eq!(ids, expected);
        }
    }

    #[test]
    fn any_other_shape_is_never_no_invoice() {
        for content in [
            r#"{"invoiceIds":{},"counts":0}"#,
            r#"{"invoiceIds":[],"counts":3}"#,
            r#"{"invoiceIds":["a"],"counts":0}"#,
            r#"{"invoiceIds":[1],"counts":1}"#,
            r#"{"invoiceIds":["a b"],"counts":1}"#,
            r#"{"invoiceIds":null}"#,
            r#"{"counts":0}"#,
            "[]",
            "null",
            "\"\"",
        ] {
            assert!(matches!(found(content), Reply::Unusable(_)), "{content}");
        }
    }

    #[test]
    fn success_zero_is_always_a_failure() {
        for body in [
            r#"{"success":0,"return":"nonce not incremented"}"#,
            r#"{"success":"0","error":"nonce not incremented"}"#,
            r#"{"success":false,"return":{},"error":"nonce not incremented"}"#,
        ] {
            let reply = reply(&Ask::Create, 200, body);
            assert!(
                matches!(reply, Reply::Refused(Refusal::StaleNonce, _)),
                "{body}"
            );
        }
        assert!(matches!(
            reply(&Ask::Create, 200, r#"{"success":0}"#),
            Reply::Unlisted(_)
        ));
    }

    #[test]
    fn what_is_no_answer_is_unknown_and_keeps_its_request_id() {
        for (status, body) in [
            (200, "<html>busy</html>"),
            (200, ""),
            (200, r#"{"success":2,"return":{}}"#),
            (200, r#"{"success":1,"return":{"#),
            (200, r#"{"success":1,"success":0,"return":{}}"#),
            (302, ""),
            (403, ""),
            (502, "<html>"),
            (500, r#"{"success":0,"return":"nonce not incremented"}"#),
        ] {
            let Reply::Unknown(error) = reply(&Ask::Create, status, body) else {
                panic!("{status} {body}");
            };
            assert_eq!(error.http_status(), Some(status));
            assert_eq!(error.request_id(), Some("r-7"));
            assert_eq!(error.outcome(), Outcome::Unknown);
        }
        let limited = reply(&Ask::Create, 429, "");
        assert!(matches!(limited, Reply::Refused(Refusal::RateLimited, _)));
    }

    #[test]
    fn an_executed_call_without_usable_content_is_done() {
        let Reply::Unusable(error) = reply(&Ask::Create, 200, r#"{"success":1,"return":{}}"#)
        else {
            panic!();
        };
        assert_eq!(error.outcome(), Outcome::Done);
    }
}
