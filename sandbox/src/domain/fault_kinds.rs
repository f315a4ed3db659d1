//! The one table of faults.

use super::fault::{Fault, Handshake, Harm};
use super::faults_text::RuleText;

/// A name, the fields it needs, the fields it may have, and what it stands for.
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) needs: &'static [&'static str],
    pub(super) takes: &'static [&'static str],
    pub(super) read: fn(&RuleText) -> Result<Fault, String>,
}

impl Kind {
    const fn plain(name: &'static str, read: fn(&RuleText) -> Result<Fault, String>) -> Self {
        Self::of(name, &[], &[], read)
    }

    const fn of(
        name: &'static str,
        needs: &'static [&'static str],
        takes: &'static [&'static str],
        read: fn(&RuleText) -> Result<Fault, String>,
    ) -> Self {
        Self {
            name,
            needs,
            takes,
            read,
        }
    }
}

/// Every fault there is.
pub(super) const KINDS: [Kind; 27] = [
    Kind::of("message", &["message"], &[], |rule| {
        Ok(Fault::Before(rule.message_harm()))
    }),
    Kind::of("message_after", &["message"], &[], |rule| {
        Ok(Fault::After(rule.message_harm()))
    }),
    Kind::of("status", &["status"], &["headers", "body"], |rule| {
        Ok(Fault::Before(rule.status_harm()?))
    }),
    Kind::of(
        "status_after_execute",
        &["status"],
        &["headers", "body"],
        |rule| Ok(Fault::After(rule.status_harm()?)),
    ),
    Kind::plain("reset_in_request", |rule| {
        rule.before_reading(Fault::Unread)
    }),
    Kind::plain("tls_fails", |rule| {
        rule.before_speaking(Fault::Handshake(Handshake::Refused))
    }),
    Kind::plain("tls_hangs", |rule| {
        rule.before_speaking(Fault::Handshake(Handshake::Silent))
    }),
    Kind::plain("reset_before_execute", |_| Ok(Fault::Before(Harm::Reset))),
    Kind::plain("reset_after_execute", |_| Ok(Fault::After(Harm::Reset))),
    Kind::plain("reset_in_answer", |_| Ok(Fault::After(Harm::CutByReset))),
    Kind::plain("timeout_before_execute", |_| {
        Ok(Fault::Before(Harm::Silence))
    }),
    Kind::plain("timeout_after_execute", |_| Ok(Fault::After(Harm::Silence))),
    Kind::of("execute_later", &["seconds"], &["reset"], |rule| {
        Ok(Fault::Late {
            seconds: rule.whole_seconds()?,
            meanwhile: if rule.wants_reset() {
                Harm::Reset
            } else {
                Harm::Silence
            },
        })
    }),
    Kind::plain("cut_answer", |_| Ok(Fault::After(Harm::Cut))),
    Kind::of("wrong_length", &["by"], &[], |rule| {
        Ok(Fault::After(Harm::WrongLength(rule.difference()?)))
    }),
    Kind::of("slow_drip", &["ms"], &[], |rule| {
        Ok(Fault::After(Harm::Drip(rule.millis()?)))
    }),
    Kind::plain("garbage", |_| Ok(Fault::After(Harm::Garbage))),
    Kind::plain("garbage_before_execute", |_| {
        Ok(Fault::Before(Harm::Garbage))
    }),
    Kind::of("huge_body", &[], &["bytes"], |rule| {
        Ok(Fault::After(Harm::HugeBody(rule.size()?)))
    }),
    Kind::plain("endless_headers", |_| {
        Ok(Fault::After(Harm::EndlessHeaders))
    }),
    Kind::of("gzip_bomb", &[], &["bytes"], |rule| {
        Ok(Fault::After(Harm::GzipBomb(rule.size()?)))
    }),
    Kind::of("deep_json", &[], &["depth"], |rule| {
        Ok(Fault::After(Harm::DeepJson(rule.levels()?)))
    }),
    Kind::of("redirect", &["location"], &[], |rule| {
        Ok(Fault::Before(rule.redirect_harm()?))
    }),
    Kind::of("redirect_after_execute", &["location"], &[], |rule| {
        Ok(Fault::After(rule.redirect_harm()?))
    }),
    Kind::of("latency", &["ms"], &["jitter_ms"], |rule| {
        Ok(Fault::Latency {
            ms: rule.millis()?,
            jitter_ms: rule.jitter_millis()?,
        })
    }),
    Kind::of("commit_lag", &["seconds"], &[], |rule| {
        Ok(Fault::CommitLag {
            seconds: rule.whole_seconds()?,
        })
    }),
    Kind::plain("delivered_twice", |_| Ok(Fault::Twice)),
];
