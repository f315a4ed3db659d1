//! Reads what an exchange brought: an answer, or which of the failures it is.

use serde_json::value::RawValue;

use super::decide::Reply;
use crate::error::{Code, Error, Outcome};
use crate::json::{self, Members};
use crate::text::one_line;
use crate::transport::{Exchange, HttpAnswer};

/// What became of a request, judged by what its exchange brought.
pub(super) fn read(exchange: Exchange) -> Reply {
    match exchange {
        Exchange::NotSent(error) => Reply::NotSent(error),
        Exchange::Broken(error) if is_lasting(error.code()) => Reply::Strange(error),
        Exchange::Broken(error) => Reply::Lost(error),
        Exchange::Answered(answer) => judge(&answer),
    }
}

/// Whether the same request would bring the same again.
const fn is_lasting(code: Code) -> bool {
    matches!(code, Code::TransportTooLarge)
}

/// A failure as the service describes it.
#[derive(Debug, Default)]
struct Failure {
    message: Option<String>,
    kind: Option<String>,
    code: Option<String>,
    param: Option<String>,
    decline_code: Option<String>,
    request_id: Option<String>,
    payment: Option<String>,
}

impl Failure {
    /// At the top level, or under `error`; none where it is not the service's.
    fn read(body: &[u8]) -> Option<Self> {
        let body = std::str::from_utf8(body).ok()?;
        let top = Members::parse(body).ok()?;
        let inner = top
            .get("error")
            .and_then(|raw| Members::parse(raw.get()).ok());
        let text = |name: &str| {
            let within = inner.as_ref().and_then(|inner| inner.get(name));
            within.or_else(|| top.get(name)).and_then(json::text)
        };
        let payment = |name: &str| {
            let within = inner.as_ref().and_then(|inner| inner.get(name));
            let raw = within.or_else(|| top.get(name))?;
            let object = Members::parse(raw.get()).ok();
            object
                .and_then(|payment| payment.get("id").and_then(json::text))
                .or_else(|| json::text(raw))
        };
        let failure = Self {
            message: text("message").or_else(|| top.get("error").and_then(json::text)),
            kind: text("type"),
            code: text("code"),
            param: text("param"),
            decline_code: text("decline_code"),
            request_id: text("request_id"),
            payment: payment("payment"),
        };
        failure.message.is_some().then_some(failure)
    }

    /// Whether its type or code has all of these words, which underscores part.
    fn speaks_of(&self, words: &[&str]) -> bool {
        let texts = [&self.kind, &self.code];
        texts.into_iter().flatten().any(|text| {
            let mut wanted = words.iter();
            wanted.all(|word| text.split('_').any(|part| part == *word))
        })
    }

    fn is_running(&self) -> bool {
        self.speaks_of(&["in", "progress"]) || self.speaks_of(&["running"])
    }

    fn is_mismatch(&self) -> bool {
        self.speaks_of(&["idempotency"]) && !self.is_running()
    }

    /// Whether it says in so many words that the key belongs to another request.
    fn is_plain_mismatch(&self) -> bool {
        let words = ["reused", "reuse", "mismatch"];
        self.is_mismatch() && words.iter().any(|word| self.speaks_of(&[word]))
    }

    /// The error that tells all of it.
    fn error(self, code: Code, outcome: Outcome, answer: &HttpAnswer) -> Error {
        let message = one_line(&self.message.unwrap_or_default());
        let short = |text: Option<String>| text.map(|text| one_line(&text));
        let request_id = answer.request_id.clone().or_else(|| short(self.request_id));
        let error = Error::new(code, outcome, format!("the service says: {message}"))
            .with_http(Some(answer.status), request_id)
            .with_retry_after(answer.retry_after)
            .with_service_code(short(self.code.or(self.kind)))
            .with_decline(short(self.decline_code), short(self.payment));
        match short(self.param) {
            Some(param) => error.with_param(param),
            None => error,
        }
    }
}

fn judge(answer: &HttpAnswer) -> Reply {
    let plain = |code, outcome, why: String| {
        Error::new(code, outcome, why)
            .with_http(Some(answer.status), answer.request_id.clone())
            .with_retry_after(answer.retry_after)
    };
    match answer.status {
        200..=299 => return success(answer, plain),
        status @ 300..=399 => {
            let why = format!(
                "the service answered with a redirect (HTTP {status}), which is not followed: it \
                 would carry the credentials elsewhere"
            );
            return Reply::Strange(plain(Code::TransportRedirect, Outcome::Unknown, why));
        }
        _ => {}
    }
    let failure = Failure::read(&answer.body);
    let by_status = |failure: Failure| {
        let no = Outcome::NotDone;
        let error = |failure: Failure, code, outcome| failure.error(code, outcome, answer);
        match answer.status {
            // What it is called says more than its number does.
            400 | 422 if failure.is_mismatch() => {
                Reply::Refused(error(failure, Code::IpayIdempotencyMismatch, no))
            }
            // Otherwise it may be the first try with this key, which still runs.
            409 if failure.is_plain_mismatch() => {
                Reply::Refused(error(failure, Code::IpayIdempotencyMismatch, no))
            }
            400 => Reply::Refused(error(failure, Code::IpayInvalidRequest, no)),
            401 => Reply::Unauthorized(error(failure, Code::IpayAuthentication, no)),
            402 => Reply::Declined(error(failure, Code::IpayCardDeclined, no)),
            403 => Reply::Refused(error(failure, Code::IpayPermission, no)),
            404 => Reply::Refused(error(failure, Code::IpayNotFound, no)),
            409 if failure.speaks_of(&["state"]) => {
                Reply::Refused(error(failure, Code::IpayInvalidState, no))
            }
            409 => Reply::Running(error(failure, Code::IpayInProgress, Outcome::Unknown)),
            // The usual meaning, where it is called nothing.
            422 if failure.kind.is_none() && failure.param.is_none() => {
                Reply::Refused(error(failure, Code::IpayIdempotencyMismatch, no))
            }
            422 => Reply::Refused(error(failure, Code::IpayInvalidRequest, no)),
            429 => Reply::Limited(error(failure, Code::IpayRateLimited, no)),
            408 | 425 | 500.. => {
                Reply::Lost(error(failure, Code::TransportHttpStatus, Outcome::Unknown))
            }
            _ => Reply::Strange(error(failure, Code::IpayApiError, Outcome::Unknown)),
        }
    };
    match failure {
        Some(failure) => by_status(failure),
        None => {
            let status = answer.status;
            let why = format!("the service, or a proxy before it, answered with HTTP {status}");
            match status {
                429 => Reply::Limited(plain(Code::TransportRateLimited, Outcome::NotDone, why)),
                401 => Reply::Unauthorized(plain(Code::IpayAuthentication, Outcome::NotDone, why)),
                408 | 409 | 425 | 500.. => {
                    Reply::Lost(plain(Code::TransportHttpStatus, Outcome::Unknown, why))
                }
                _ => Reply::Strange(plain(Code::TransportHttpStatus, Outcome::Unknown, why)),
            }
        }
    }
}

/// An answer that is cut or is no JSON is asked for again: the key is the same.
fn success(answer: &HttpAnswer, plain: impl Fn(Code, Outcome, String) -> Error) -> Reply {
    let malformed = |why: &str| {
        Reply::Lost(plain(
            Code::TransportMalformed,
            Outcome::Unknown,
            why.to_owned(),
        ))
    };
    let Ok(body) = std::str::from_utf8(&answer.body) else {
        return malformed("the answer is not UTF-8");
    };
    // Nothing to say, as some say after a delete.
    let body = if body.trim().is_empty() && answer.status == 204 {
        "null"
    } else {
        body
    };
    let Ok(json) = serde_json::from_str::<&RawValue>(body) else {
        return malformed("the answer is not JSON");
    };
    Reply::Answer {
        // Without blanks around it, which not everybody's parser skips.
        body: json.get().to_owned(),
        replayed: answer.replayed,
        status: answer.status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Reply {
        read(Exchange::Answered(HttpAnswer {
            status,
            body: body.as_bytes().to_vec(),
            date: None,
            request_id: None,
            retry_after: None,
            replayed: false,
        }))
    }

    #[test]
    fn a_failure_is_read_at_the_top_or_under_error() {
        for body in [
            r#"{"message":"no","type":"card_error","code":"card_declined","decline_code":"insufficient_funds","request_id":"req_1","payment":{"id":"pay_1","status":"failed"}}"#,
            r#"{"error":{"message":"no","type":"card_error","code":"card_declined","decline_code":"insufficient_funds","request_id":"req_1","payment":"pay_1"}}"#,
        ] {
            let Reply::Declined(error) = reply(402, body) else {
                panic!("{body}");
            };
            assert_eq!(error.decline_code(), Some("insufficient_funds"));
            assert_eq!(error.payment_id(), Some("pay_1"));
            assert_eq!(error.service_code(), Some("card_declined"));
            assert_eq!(error.request_id(), Some("req_1"));
            assert_eq!(error.outcome(), Outcome::NotDone);
        }
    }

    #[test]
    fn an_answer_is_one_value_and_nothing_around_it() {
        let Reply::Answer { body, .. } = reply(200, "\r\n {\"id\": 1} \n") else {
            panic!("no answer");
        };
        assert_eq!(body, "{\"id\": 1}");
        assert!(matches!(reply(200, "{} {}"), Reply::Lost(_)));
    }

    #[test]
    fn only_the_service_itself_refuses_for_certain() {
        let own = r#"{"message":"no"}"#;
        assert!(matches!(reply(400, own), Reply::Refused(_)));
        assert!(matches!(reply(403, own), Reply::Refused(_)));
        assert!(matches!(reply(409, own), Reply::Running(_)));
        for running in [
            "idempotency_key_in_use",
            "idempotency_error",
            "idempotency_locked",
        ] {
            let told = format!(r#"{{"message":"no","code":"{running}"}}"#);
            assert!(matches!(reply(409, &told), Reply::Running(_)), "{running}");
        }
        for mismatch in ["idempotency_key_reused", "idempotency_mismatch"] {
            let told = format!(r#"{{"message":"no","code":"{mismatch}"}}"#);
            assert!(matches!(reply(409, &told), Reply::Refused(_)), "{mismatch}");
        }
        assert!(matches!(
            reply(409, r#"{"message":"no","type":"invalid_state"}"#),
            Reply::Refused(_)
        ));
        assert!(matches!(
            reply(
                422,
                r#"{"message":"no","param":"amount","type":"invalid_request"}"#
            ),
            Reply::Refused(_)
        ));
        for status in [400, 402, 403, 404, 418, 422] {
            let html = "<html>canary</html>";
            assert!(matches!(reply(status, html), Reply::Strange(_)), "{status}");
        }
        for status in [408, 409, 500, 502, 503, 504] {
            assert!(
                matches!(reply(status, "<html>"), Reply::Lost(_)),
                "{status}"
            );
        }
        assert!(matches!(reply(302, own), Reply::Strange(_)));
        assert!(matches!(reply(418, own), Reply::Strange(_)));
        assert!(matches!(reply(429, ""), Reply::Limited(_)));
        assert!(matches!(reply(200, "<html>"), Reply::Lost(_)));
        assert!(matches!(reply(200, r#"{"a":"#), Reply::Lost(_)));
        assert!(matches!(reply(204, ""), Reply::Answer { .. }));
        assert!(matches!(reply(200, ""), Reply::Lost(_)));
    }
}
