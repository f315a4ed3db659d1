//! What a caller sets before a call: an order, a client's options, a call's
//! options. All three are named arguments; what the names mean is the core's.

use kessai::argument::Arg;
use kessai::exchange;
use kessai::{Error, Result};

use crate::boundary::{Utf8, Utf8s, owned};
use crate::cancel::Flag;
use crate::event::Listener;
use crate::generated::ipay_models::IpayEvent;
use crate::guard;
use crate::hint::ZaifHint;
use crate::token_source::Source;

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

    /// Sets a text that is never shown; NULL unsets it.
    pub(crate) fn secret(&mut self, name: &'static str, text: Utf8<'_>) {
        let text = text.read(name).transpose();
        self.put(
            name,
            text.map(|text| Ok(Arg::Secret(text?.to_owned().into()))),
        );
    }

    /// Sets JSON; NULL unsets it.
    pub(crate) fn json(&mut self, name: &'static str, json: Utf8<'_>) {
        let json = json.read(name).transpose();
        self.put(name, json.map(|json| Ok(Arg::Json(json?.to_owned()))));
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

    /// Sets a verified event; NULL unsets it.
    pub(crate) fn event(&mut self, name: &'static str, event: Option<&IpayEvent>) {
        self.put(
            name,
            event.map(|event| Ok(Arg::Text(event.0.core().raw().to_owned()))),
        );
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

/// The options of a client.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) given: Given,
    pub(crate) listener: Option<Listener>,
    pub(crate) token_source: Option<Source>,
}

/// What a call can be told besides what it needs.
#[derive(Debug, Default)]
pub(crate) struct CallOptions {
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
