//! The messages with which the service refuses a call (spec of Zaif Payment,
//! section 5), and what each means.

use super::decide::{Refusal, Reply};
use super::request::CreateInvoice;
use crate::error::{Code, Error, Outcome};
use crate::text::one_line;

/// Turns a failure message into what it says of the call.
pub(crate) fn read(message: &str) -> Reply {
    let message = message.trim();
    let refused = |refusal, code| Reply::Refused(refusal, error(code, Outcome::NotDone, message));
    match message.trim_end_matches('.') {
        "nonce not incremented" => refused(Refusal::StaleNonce, Code::ZaifNonceNotIncremented),
        "nonce out of range" => refused(Refusal::Final, Code::ZaifNonceOutOfRange),
        "account has not permission to use ec api" => {
            refused(Refusal::Final, Code::ZaifNoPermission)
        }
        "no data found for the key" => refused(Refusal::Final, Code::ZaifUnknownKey),
        "signature mismatch" => refused(Refusal::Final, Code::ZaifSignatureMismatch),
        "method not found" => refused(Refusal::Final, Code::ZaifMethodNotFound),
        "time wait restriction, please try later" => {
            refused(Refusal::RateLimited, Code::ZaifRateLimited)
        }
        other => match invalid_parameter(other) {
            Some(name) => {
                let refusal = error(Code::ZaifInvalidParameter, Outcome::NotDone, message);
                Reply::Refused(Refusal::Final, refusal.with_param(our_name(name)))
            }
            None => Reply::Unlisted(error(Code::ZaifApiError, Outcome::Unknown, message)),
        },
    }
}

fn error(code: Code, outcome: Outcome, message: &str) -> Error {
    let shown = one_line(message);
    Error::new(code, outcome, format!("Zaif Payment answered: {shown}"))
}

/// The parameter that `invalid parameter {}` or `invalid {} parameter` names.
fn invalid_parameter(message: &str) -> Option<&str> {
    let rest = message.strip_prefix("invalid ")?;
    let name = rest
        .strip_prefix("parameter ")
        .or_else(|| rest.strip_suffix(" parameter"))?
        .trim();
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(name)
}

/// The name that callers know a parameter by.
fn our_name(wire: &str) -> &str {
    match wire {
        "invoiceId" => "invoice_id",
        "billingCurrency" => "billing_currency",
        _ => CreateInvoice::PARAMETERS
            .iter()
            .find(|p| p.wire == wire)
            .map_or(wire, |p| p.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_message_is_known() {
        let table = [
            ("nonce not incremented", "zaif.nonce_not_incremented", None),
            ("nonce out of range", "zaif.nonce_out_of_range", None),
            (
                "account has not permission to use ec api",
                "zaif.no_permission",
                None,
            ),
            (
                "invalid parameter orderNumber",
                "zaif.invalid_parameter",
                Some("order_number"),
            ),
            (
                "invalid invoiceId parameter",
                "zaif.invalid_parameter",
                Some("invoice_id"),
            ),
            (
                "invalid parameter brandNew",
                "zaif.invalid_parameter",
                Some("brandNew"),
            ),
            ("no data found for the key", "zaif.unknown_key", None),
            ("signature mismatch", "zaif.signature_mismatch", None),
            ("method not found", "zaif.method_not_found", None),
            (
                "time wait restriction, please try later.",
                "zaif.rate_limited",
                None,
            ),
        ];
        for (message, code, param) in table {
            let Reply::Refused(_, error) = read(message) else {
                panic!("{message}");
            };
            assert_eq!(error.code().as_str(), code);
            assert_eq!(error.param(), param);
            assert_eq!(error.outcome(), Outcome::NotDone);
        }
    }

    #[test]
    fn anything_else_is_unlisted_and_unknown() {
        for message in [
            "",
            "internal error",
            "invalid parameter",
            "invalid  parameter",
            "invalid parameter a b",
        ] {
            let Reply::Unlisted(error) = read(message) else {
                panic!("{message}");
            };
            assert_eq!(error.outcome(), Outcome::Unknown);
        }
    }
}
