//! What a step can do: the client's methods, and what needs no client.

use std::sync::{Arc, Mutex};

use kessai::argument::{Arg, Args};
use kessai::model::Model as _;
use kessai::returned::Returned;
use kessai::service::AnyClient;
use kessai::zaif::{Client, ClientBuilder, Hint, Invoice, PaymentUri, Webhooks};
use kessai::{Error, Event, Qr, Result};
use serde_json::{Map, Value, json};

use crate::stage::Account;
use crate::told;

pub(crate) type Given = Map<String, Value>;

/// What a call gave, to be told and to be asked.
pub(crate) enum Thing {
    Returned(Returned),
    Text(String),
    Value(Value),
    Hooks(Webhooks),
    Code(Qr),
    Failed(Error),
}

impl Thing {
    pub(crate) fn told(&self) -> Value {
        match self {
            Self::Returned(returned) => told::returned(returned),
            Self::Text(text) => json!(text),
            Self::Value(value) => value.clone(),
            Self::Hooks(hooks) => json!(format!("{hooks:?}")),
            Self::Code(code) => told::qr(code),
            Self::Failed(error) => told::failure(error),
        }
    }

    /// What it stands for in later steps.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Returned(Returned::Model(model)) => model.id(),
            Self::Returned(Returned::Text(text)) | Self::Text(text) => text,
            Self::Failed(error) => error.resume().unwrap(),
            other => panic!("{} has no name", other.told()),
        }
    }

    fn invoice(&self) -> &Invoice {
        match self {
            Self::Returned(Returned::Model(model)) => model.of().unwrap(),
            other => panic!("{} is no invoice", other.told()),
        }
    }

    fn hooks(&self) -> &Webhooks {
        match self {
            Self::Hooks(hooks) => hooks,
            other => panic!("{} are no webhooks", other.told()),
        }
    }
}

/// Makes the calls of one case.
pub(crate) struct Calls {
    account: Account,
    options: Given,
    client: Client,
    events: Arc<Mutex<Vec<Value>>>,
}

impl Calls {
    pub(crate) fn new(account: Account, options: Given) -> Result<Self> {
        let events = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&events);
        let builder = builder(&account, &options)?;
        let hook = move |event: &Event<'_>| heard.lock().unwrap().push(told::event(event));
        Ok(Self {
            client: builder.on_event(hook).build()?,
            account,
            options,
            events,
        })
    }

    /// Everything that the hook was told.
    pub(crate) fn events(&self) -> Value {
        json!(*self.events.lock().unwrap())
    }

    pub(crate) fn make(&self, name: &str, of: Option<&Thing>, given: &Given) -> Result<Thing> {
        let text = |name: &str| given[name].as_str().unwrap();
        if let Some(thing) = of {
            return asked(thing, name, given);
        }
        Ok(match name {
            "client" => {
                let mut options = self.options.clone();
                options.extend(given.clone());
                let client = builder(&self.account, &options)?.build()?;
                Thing::Text(format!("{client:?}"))
            }
            "hint.about" => hint(&Hint::about(text("invoice_id"))?),
            "hint.about_order" => hint(&Hint::about_order(text("order_number"))?),
            "hint.parse" => hint(&Hint::parse(&body(given))?),
            "hint.read" => hint(&text("text").parse()?),
            "invoice.restore" => {
                Thing::Returned(Returned::model(Invoice::restore(text("stored"))?))
            }
            "payment_uri.make" => link(&PaymentUri::from_args(args(given))?),
            "payment_uri.parse" => link(&PaymentUri::parse(text("uri"))?),
            "qr" => Thing::Code(Qr::new(text("text"))?),
            "webhooks" => Thing::Hooks(webhooks(given)?),
            "webhooks.mask" => Thing::Text(Webhooks::mask(text("path"))),
            "webhooks.status" => Thing::Value(json!(Webhooks::status_of(text("code")))),
            method => {
                Thing::Returned(AnyClient::zaif(self.client.clone()).invoke(method, args(given))?)
            }
        })
    }
}

/// Asks what an earlier step gave.
fn asked(thing: &Thing, name: &str, given: &Given) -> Result<Thing> {
    let text = |name: &str| given[name].as_str().unwrap();
    Ok(match (name, thing) {
        ("raw", thing) => Thing::Text(thing.invoice().raw().to_owned()),
        ("payment_uri.for_invoice", thing) => link(&PaymentUri::for_invoice(thing.invoice())?),
        ("svg", Thing::Code(code)) => Thing::Text(match given.get("label") {
            None => code.to_svg(),
            Some(_) => code.to_svg_labelled(text("label")),
        }),
        ("webhooks.address", thing) => Thing::Text(thing.hooks().address(text("order_number"))?),
        ("webhooks.receive", thing) => {
            let notice = thing.hooks().receive(text("path"), &body(given))?;
            Thing::Value(told::notice(&notice))
        }
        (name, thing) => Thing::Returned(thing.invoice().ask(name, args(given))?),
    })
}

fn builder(account: &Account, options: &Given) -> Result<ClientBuilder> {
    let builder = Client::builder(account.key.as_str(), account.secret.as_str());
    let mut options = options.iter();
    options.try_fold(builder.endpoint(&account.endpoint), |builder, option| {
        builder.set(option.0, arg(option.1))
    })
}

fn webhooks(given: &Given) -> Result<Webhooks> {
    let secrets = given["secrets"].as_array().unwrap().iter();
    let secrets = secrets.map(|secret| secret.as_str().unwrap().into());
    let hooks = Webhooks::new(given["base"].as_str().unwrap(), secrets)?;
    let limit = |name: &str, default| given.get(name).map_or(default, |n| n.as_i64().unwrap());
    hooks.limits_of(limit("per_order", 10), limit("per_process", 120))
}

/// A notification's body: text, or bytes in hex where it is none.
fn body(given: &Given) -> Vec<u8> {
    let Some(hex) = given.get("hex").and_then(Value::as_str) else {
        return given["body"].as_str().unwrap().as_bytes().to_vec();
    };
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn hint(hint: &Hint) -> Thing {
    Thing::Text(hint.to_string())
}

fn link(uri: &PaymentUri) -> Thing {
    Thing::Value(told::payment_uri(uri))
}

fn args(given: &Given) -> Args {
    let given = given.iter();
    Args::new(
        given
            .map(|(name, value)| (name.clone(), arg(value)))
            .collect(),
    )
}

fn arg(value: &Value) -> Arg {
    match value {
        Value::Bool(yes) => Arg::Bool(*yes),
        Value::Number(whole) => Arg::Int(whole.as_i64().unwrap().into()),
        Value::String(text) => Arg::Text(text.clone()),
        Value::Object(all) => Arg::Map(
            all.iter()
                .map(|(name, value)| (name.clone(), arg(value)))
                .collect(),
        ),
        Value::Array(all) if all.iter().all(Value::is_string) => {
            let texts = all.iter().map(|text| text.as_str().unwrap().to_owned());
            Arg::Texts(texts.collect())
        }
        // Names that may stand more than once.
        Value::Array(pairs) => {
            let pairs = pairs.iter().map(|pair| {
                let name = pair[0].as_str().unwrap().to_owned();
                (name, arg(&pair[1]))
            });
            Arg::Map(pairs.collect())
        }
        Value::Null => panic!("null is no argument"),
    }
}
