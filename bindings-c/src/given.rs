//! What a caller sets before a call: an order, a client's options, a call's
//! options. All three are named arguments; what the names mean is the core's.

use kessai::argument::Arg;
use kessai::exchange;
use kessai::{Error, Result};

use crate::boundary::{Utf8, Utf8s, owned};
use crate::cancel::{Cancel, Flag};
use crate::event::{Listener, OnEvent};
use crate::guard;
use crate::hint::ZaifHint;

/// Named arguments. What is wrong with one is told by the call that takes them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given(Vec<(&'static str, Result<Arg>)>);

impl Given {
    fn put(&mut self, name: &'static str, value: Option<Result<Arg>>) {
        self.0.retain(|(n, _)| *n != name);
        self.0.extend(value.map(|value| (name, value)));
    }

    /// Sets a text; NULL unsets it.
    pub(crate) fn text(&mut self, name: &'static str, text: Utf8<'_>) {
        let text = text.read(name).transpose();
        self.put(name, text.map(|text| Ok(Arg::Text(text?.to_owned()))));
    }

    /// Sets a whole number.
    pub(crate) fn whole(&mut self, name: &'static str, whole: i64) {
        self.put(name, Some(Ok(Arg::Int(whole.into()))));
    }

    /// Sets yes or no.
    pub(crate) fn flag(&mut self, name: &'static str, yes: bool) {
        self.put(name, Some(Ok(Arg::Bool(yes))));
    }

    /// Sets a span of time.
    pub(crate) fn millis(&mut self, name: &'static str, millis: i64) {
        self.put(name, Some(Arg::of_millis(name, millis.into())));
    }

    /// Sets named values, written as one JSON object; NULL unsets them.
    pub(crate) fn map(&mut self, name: &'static str, json: Utf8<'_>) {
        let json = json.read(name).transpose();
        self.put(name, json.map(|json| map(name, json?)));
    }

    /// Sets a hint; NULL unsets it.
    pub(crate) fn hint(&mut self, name: &'static str, hint: Option<&ZaifHint>) {
        self.put(name, hint.map(|hint| Ok(Arg::Text(hint.to_string()))));
    }

    /// Sets several texts; NULL is one way to say that there are none.
    ///
    /// # Safety
    ///
    /// There must be `count` of them, unless it is NULL.
    pub(crate) unsafe fn texts(&mut self, name: &'static str, texts: Utf8s<'_>, count: usize) {
        // SAFETY: as the caller says.
        let texts = unsafe { texts.needed(count, name) };
        self.put(name, Some(texts.map(Arg::Texts)));
    }

    /// What this sets.
    pub(crate) fn of(tell: impl FnOnce(&mut Self)) -> Result<Vec<(&'static str, Arg)>> {
        let mut given = Self::default();
        tell(&mut given);
        given.read()
    }

    /// Everything that was set, or what is wrong with it.
    pub(crate) fn read(&self) -> Result<Vec<(&'static str, Arg)>> {
        let each = self.0.iter();
        each.map(|(name, value)| Ok((*name, value.clone()?)))
            .collect()
    }
}

/// Named values written as one JSON object.
fn map(name: &str, json: &str) -> Result<Arg> {
    let bad = |_| {
        let why = format!("{name} must be one JSON object of texts and numbers");
        Error::of_bad_input(name, why)
    };
    let all = exchange::arguments(json, |_| None).map_err(bad)?;
    Ok(Arg::Map(all))
}

/// What to make an invoice with: every parameter of `createInvoice`.
///
/// Its setters never fail: what is wrong with a value is told, by its name, by
/// the call that takes the order, before anything is sent. For one thread at a
/// time; a call takes what is set when it begins, and changes nothing, so that
/// one order may be used for several calls.
#[derive(Debug, Default)]
pub struct ZaifOrder(pub(crate) Given);

/// The options of a client. As with an order, setters never fail, and the
/// function that builds the client tells what is wrong. For one thread at a time;
/// may be freed once the client is built.
#[derive(Debug, Default)]
pub struct ZaifOptions {
    pub(crate) given: Given,
    pub(crate) listener: Option<Listener>,
}

/// What a call can be told besides what it needs. As with an order, setters
/// never fail, and the call tells what is wrong; one that does not take what is
/// set here says so. For one thread at a time; may be used for several calls.
#[derive(Debug, Default)]
pub struct ZaifCallOptions {
    pub(crate) given: Given,
    pub(crate) cancel: Option<Flag>,
}

/// A new, empty order. Free it with `kessai_zaif_order_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_new() -> *mut ZaifOrder {
    guard::get(std::ptr::null_mut(), || owned(ZaifOrder::default()))
}

/// Unset all of an order, as if it were new: for the next one. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_clear(order: Option<&mut ZaifOrder>) {
    guard::get((), || {
        if let Some(order) = order {
            *order = ZaifOrder::default();
        }
    });
}

/// Free an order. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_order_free(order: Option<Box<ZaifOrder>>) {
    guard::get((), || drop(order));
}

/// New options for a client, with nothing set. Free them with
/// `kessai_zaif_options_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_new() -> *mut ZaifOptions {
    guard::get(std::ptr::null_mut(), || owned(ZaifOptions::default()))
}

/// Unset all the options of a client, the hook too, as if they were new. NULL is
/// allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_clear(options: Option<&mut ZaifOptions>) {
    guard::get((), || {
        if let Some(options) = options {
            *options = ZaifOptions::default();
        }
    });
}

/// Free the options of a client. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_free(options: Option<Box<ZaifOptions>>) {
    guard::get((), || drop(options));
}

/// Set what is called for every request and every call, and for a clock that is
/// wrong: for logs and metrics. `user_data` is handed on as it is. NULL as
/// `on_event` unsets it.
///
/// It is called on the thread of the call, so on several threads at once where
/// several make calls, for as long as the client lives. It should be quick, and
/// make no call of its own: one could wait for the other. Neither `longjmp` nor a
/// C++ exception may leave it. No event holds a credential.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_options_set_on_event(
    options: Option<&mut ZaifOptions>,
    on_event: OnEvent,
    user_data: *mut std::ffi::c_void,
) {
    guard::get((), || {
        if let Some(options) = options {
            options.listener = Listener::new(on_event, user_data);
        }
    });
}

/// New options for calls, with nothing set. Free them with
/// `kessai_zaif_call_options_free`.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_new() -> *mut ZaifCallOptions {
    guard::get(std::ptr::null_mut(), || owned(ZaifCallOptions::default()))
}

/// Unset all the options of calls, the cancel too, as if they were new. NULL is
/// allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_clear(options: Option<&mut ZaifCallOptions>) {
    guard::get((), || {
        if let Some(options) = options {
            *options = ZaifCallOptions::default();
        }
    });
}

/// Free the options of calls. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_free(options: Option<Box<ZaifCallOptions>>) {
    guard::get((), || drop(options));
}

/// Set what can end the calls early, from another thread or from a signal
/// handler. NULL unsets it. It may be freed before the options are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_zaif_call_options_set_cancel(
    options: Option<&mut ZaifCallOptions>,
    cancel: Option<&Cancel>,
) {
    guard::get((), || {
        if let Some(options) = options {
            options.cancel = cancel.map(Cancel::flag);
        }
    });
}
