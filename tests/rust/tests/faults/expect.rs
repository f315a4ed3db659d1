//! How a call must end after one fault on its first request, with time enough:
//! from section 6 of the service's description, not from the client.

use crate::method::Method;
use kessai_tests::faults::{Fault, LONG_MS};

/// How what is said may begin.
pub fn after_one(fault: &Fault, method: Method) -> Vec<&'static str> {
    // Certainly not executed, or executed and answered.
    let is_plain = match fault.name() {
        "latency" => fault.rule["ms"] != LONG_MS,
        "commit_lag" => true,
        "message" => fault.rule["message"] == "time wait restriction, please try later.",
        "status" => fault.rule["status"] == 429,
        _ => false,
    };
    // A success, of which only the generic call can make anything.
    let is_strange = fault.name() == "deep_json";
    let unlisted = fault.is_unlisted_message();
    match method {
        Method::Create if fault.name() == "message" && unlisted => {
            vec!["not_done (zaif.api_error)"]
        }
        Method::Create => vec!["made", "adopted"],
        // Its first request only looks.
        Method::Ensure | Method::EnsureInstead if unlisted => vec!["not_done (zaif.api_error)"],
        Method::Ensure | Method::EnsureInstead if is_strange => vec!["not_done (zaif.bad_answer)"],
        Method::Ensure | Method::EnsureInstead => vec!["ensured"],
        Method::CallWrite if is_strange => vec!["made"],
        Method::CallRead if is_strange => vec!["read"],
        Method::ResumeMade if is_strange => vec!["unknown (zaif.outcome_unknown), resumed: done"],
        Method::ResumeLost if is_strange => {
            vec!["unknown (zaif.outcome_unknown), resumed: not_done"]
        }
        Method::Cancel if is_strange => vec!["not_done (zaif.bad_answer)"],
        _ if is_strange => vec!["done (zaif.bad_answer)"],
        _ if method.is_made_once() && is_plain => vec!["made"],
        // How fast "at once" is, byte by byte, is this machine's affair.
        _ if method.is_made_once() && fault.rule["ms"] == 0 => vec!["made", "unknown"],
        _ if method.is_made_once() => vec!["unknown"],
        // Nothing but a look so far.
        Method::Cancel if unlisted => vec!["not_done (zaif.api_error)"],
        Method::Cancel => vec!["canceled"],
        Method::ResumeMade if unlisted => vec!["unknown (zaif.outcome_unknown), resumed: done"],
        Method::ResumeMade => vec!["done"],
        Method::ResumeLost if unlisted => vec!["unknown (zaif.outcome_unknown), resumed: not_done"],
        Method::ResumeLost => vec!["not_done"],
        _ if unlisted => vec!["unknown (zaif.api_error)"],
        _ => vec!["read"],
    }
}
