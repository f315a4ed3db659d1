//! What an invoice can be asked, in one table: questions that need no service.

use super::{Invoice, Reason, Status};
use crate::argument::{Arg, ArgInfo, Args, Takes};
use crate::error::{Error, Result};
use crate::exchange::{self, Names};
use crate::json::{self, Members};
use crate::model::{self, AskInfo, Member as _, Model as _, Own, Value};
use crate::returned::{Returned, Returns};

macro_rules! is_field {
    () => {
        false
    };
    (field) => {
        true
    };
}

macro_rules! asks {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident($($(#[doc = $arg_doc:literal])+ $arg:ident: $takes:ident)?)
            -> $returns:expr, $($field:ident)? |$invoice:ident, $args:ident| $run:expr;
    )+) => {
        impl Invoice {
            /// Every question.
            #[doc(hidden)]
            pub const ASKS: &'static [AskInfo] = &[$(AskInfo {
                name: stringify!($name),
                doc: $crate::doc::Doc::of(concat!($($doc, "\n"),+)),
                is_field: is_field!($($field)?),
                args: &[$(ArgInfo {
                    name: stringify!($arg),
                    doc: $crate::doc::Doc::of(concat!($($arg_doc, "\n"),+)),
                    takes: Takes::$takes,
                    required: true,
                })?],
                returns: $returns,
            },)+];

            /// Answers a question of the table.
            #[doc(hidden)]
            pub fn ask(&self, name: &str, mut args: Args) -> Result<Returned> {
                match name {
                    $(stringify!($name) => {
                        let known: &[&str] = &[$(stringify!($arg))?];
                        args.only(name, |name| known.contains(&name))?;
                        let $invoice = self;
                        let $args = &mut args;
                        $run
                    })+
                    _ => Err(model::no_question("Invoice", name)),
                }
            }
        }
    };
}

asks! {
    /// Give the key of the event that this reading is: 64 hex digits.
    ///
    /// The same for every delivery that finds the invoice in this state, another
    /// one as soon as anything changes that matters. Store it as unique, and each
    /// event is handled once.
    event_key() -> Returns::Text, field |invoice, _args| Ok(Returned::Text(invoice.event_key()));
    /// Tell why the payment did not settle, as far as the states allow to say.
    ///
    /// Gives the set of causes that are possible, never a guess: empty while it
    /// may still settle, where nothing is known to have been paid, and where the
    /// documents know no cause. That too much was paid cannot be told at all.
    reasons(
        /// The states that the shop has seen of this invoice before.
        seen: Texts
    ) -> Returns::Words("Reason"), |invoice, args| {
        let seen = match args.need("seen")? {
            Arg::Texts(words) => words,
            _ => return Err(Error::input("seen", "seen must be several texts")),
        };
        let seen: Vec<Status> = seen.into_iter().map(Status::from).collect();
        let reasons = invoice.reasons(&seen).into_iter();
        Ok(Returned::Texts(reasons.map(|reason: Reason| reason.to_string()).collect()))
    };
    /// Tell whether this state can have come after an earlier one.
    ///
    /// An older state must never overwrite a newer one, whatever the order in
    /// which two notifications were worked off: store this reading only when
    /// the answer is yes for the state in the shop's books. It may be "don't
    /// know".
    follows(
        /// The state in the shop's books.
        earlier: Text
    ) -> Returns::Answer, |invoice, args| {
        let earlier = Status::from(args.text("earlier")?);
        let status = invoice.status.as_ref();
        Ok(Returned::Answer(status.and_then(|status| status.follows(&earlier))))
    };
    /// Give the documented snippet that embeds the payment page, escaped.
    iframe_html() -> Returns::Text, |invoice, _args| invoice.iframe_html().map(Returned::Text);
    /// Give all of it as one text, for a cache or a queue; `restore` reads it.
    store() -> Returns::Text, |invoice, _args| Ok(Returned::Text(invoice.store()));
}

/// What kessai knew besides what the service sent.
const KNOWN: [&str; 4] = ["adopted", "differs", "invoice_uri", "invoice_iframe_uri"];

impl Own for Invoice {
    const MODULE: &'static str = "zaif";
    const QUESTIONS: &'static [AskInfo] = Self::ASKS;

    fn own_id(&self) -> &str {
        &self.invoice_id
    }

    fn to_store(&self) -> String {
        self.store()
    }

    fn from_store(stored: &str) -> Result<Self> {
        Self::restore(stored)
    }

    fn answer(&self, name: &str, args: Args) -> Result<Returned> {
        self.ask(name, args)
    }
}

impl Invoice {
    /// All of it as one text, for a cache or a queue: what the service sent, and
    /// what kessai knew besides. [`Self::restore`] reads it.
    #[must_use]
    pub fn store(&self) -> String {
        let known = KNOWN
            .iter()
            .filter_map(|name| Some((*name, self.field(name)?)));
        let all = [("raw", Value::Text(self.raw()))].into_iter().chain(known);
        exchange::object(all, Names::Snake)
    }

    /// An invoice as it was when [`Self::store`] gave this text.
    ///
    /// # Errors
    ///
    /// [`Code::InputInvalid`](crate::Code::InputInvalid) when the text is no stored invoice.
    pub fn restore(stored: &str) -> Result<Self> {
        let bad = || Error::input("stored", "stored must be the text of a stored invoice");
        let members = Members::parse(stored).map_err(|_| bad())?;
        let [adopted, differs, form, iframe] = KNOWN.map(|name| members.get(name));
        let raw = members.get("raw").and_then(json::text).ok_or_else(bad)?;
        let flag = |raw| Option::<bool>::read(raw).map(Option::unwrap_or_default);
        let mut invoice = Self::read(&raw).map_err(|_| bad())?;
        invoice.adopted = flag(adopted).ok_or_else(bad)?;
        invoice.differs = flag(differs).ok_or_else(bad)?;
        invoice.invoice_uri = Option::read(form).ok_or_else(bad)?;
        invoice.invoice_iframe_uri = Option::read(iframe).ok_or_else(bad)?;
        Ok(invoice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn every_question_has_an_answer() {
        let raw = r#"{"invoiceId":"a","created":1,"expired":2,"amount":5,"currency":"btc","rate":1,"address":"x","status":"paid"}"#;
        let members = [
            ("raw", Value::Text(raw)),
            ("invoice_iframe_uri", Value::Text("https://x.example/a")),
        ];
        let invoice = Invoice::restore(&exchange::object(members, Names::Snake)).unwrap();
        for info in Invoice::ASKS {
            let given = info.args.iter().map(|arg| {
                let value = match arg.takes {
                    Takes::Texts => Arg::Texts(vec!["new".to_owned()]),
                    _ => Arg::Text("new".to_owned()),
                };
                (arg.name.to_owned(), value)
            });
            invoice.ask(info.name, Args::new(given.collect())).unwrap();
        }
        let unknown = invoice.ask("colour", Args::default()).unwrap_err();
        assert_eq!(unknown.code(), Code::InputUnknown);
        assert!(Invoice::restore("{}").is_err());
    }
}
