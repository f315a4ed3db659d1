//! The options of a client.
//!
//! Generated from the core's tables by `make generate`: do not edit.

use crate::boundary::Utf8;
use crate::given::ZaifOptions;
use crate::guard;

/// Where the API is: `https://api.zaif.jp/ecapi` by default. Plain http is for loopback
/// addresses only.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_endpoint(
    options: Option<&mut ZaifOptions>,
    endpoint: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("endpoint", endpoint);
        }
    });
}

/// Where the payment pages are, for invoices whose answer does not tell it:
/// `https://zaif.jp`, or the endpoint's own origin where that is on loopback.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_form_base(
    options: Option<&mut ZaifOptions>,
    form_base: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("form_base", form_base);
        }
    });
}

/// Where the credentials go: `both` (the default), `headers` or `body`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_credentials_in(
    options: Option<&mut ZaifOptions>,
    credentials_in: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("credentials_in", credentials_in);
        }
    });
}

/// Which digest of the secret is sent: `sha1` (the default) or `md5`.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_digest(
    options: Option<&mut ZaifOptions>,
    digest: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("digest", digest);
        }
    });
}

/// Where nonces are kept: `clock` (the default) for one process, or `file:` and an
/// absolute path for several processes of one host.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_nonces(
    options: Option<&mut ZaifOptions>,
    nonces: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("nonces", nonces);
        }
    });
}

/// How long a call may take, everything included: name lookup, repeats, waits. 15 s by
/// default; give calls that must settle a lost answer 90 s.
///
/// In whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_timeout_ms(
    options: Option<&mut ZaifOptions>,
    timeout_ms: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.millis("timeout", timeout_ms);
        }
    });
}

/// How long the service is given to show a create whose answer was lost: 30 s by
/// default. Nothing is doubled while it needs no longer.
///
/// In whole milliseconds.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_settle_ms(
    options: Option<&mut ZaifOptions>,
    settle_ms: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.millis("settle", settle_ms);
        }
    });
}

/// What a rejected nonce means for a create: `look` (the default) looks once before
/// creating again, `settle` also waits for `settle`. Where there is nothing to look up
/// (no order number, a generic call) `look` believes the rejection and `settle` reports
/// the outcome as unknown.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_on_rejection(
    options: Option<&mut ZaifOptions>,
    on_rejection: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("on_rejection", on_rejection);
        }
    });
}

/// How often one request of a call is repeated where repeating is safe: 20 by default;
/// 0 repeats nothing.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_max_retries(
    options: Option<&mut ZaifOptions>,
    max_retries: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.whole("max_retries", max_retries);
        }
    });
}

/// How many requests of this process may be on their way at once with one API key: 4 by
/// default. More overtake one another more often.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_window(
    options: Option<&mut ZaifOptions>,
    window: i64,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.whole("window", window);
        }
    });
}

/// A proxy to reach the service through: `http://user:password@host:port`. None by
/// default: the environment's is not used.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_proxy(
    options: Option<&mut ZaifOptions>,
    proxy: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("proxy", proxy);
        }
    });
}

/// A PEM file with the certificates to trust instead of the bundled roots. There is no
/// switch that turns checking off.
///
/// NULL unsets it.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_ca_file(
    options: Option<&mut ZaifOptions>,
    ca_file: Utf8<'_>,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.text("ca_file", ca_file);
        }
    });
}

/// Spares the question for the service's time that comes before the first nonce of a
/// process. Off by default: a nonce from a clock that is an hour ahead locks every
/// other user of the key out for an hour.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_trust_clock(
    options: Option<&mut ZaifOptions>,
    trust_clock: bool,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.flag("trust_clock", trust_clock);
        }
    });
}

/// Allows order numbers beyond 1 to 64 of `[A-Za-z0-9._-]`. Off by default: how the
/// service treats others is not documented.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_allow_any_order_number(
    options: Option<&mut ZaifOptions>,
    allow_any_order_number: bool,
) {
    guard::get((), || {
        if let Some(options) = options {
            let given = &mut options.given;
            given.flag("allow_any_order_number", allow_any_order_number);
        }
    });
}
