//! What a step can do: the client's methods, and what needs no client.

use std::sync::{Arc, Mutex};

use kessai::argument::{Arg, Args, Takes};
use kessai::model::Model;
use kessai::returned::Returned;
use kessai::service::{AnyClient, CLIENTS, Given as BuildGiven, Listener, TokenSource};
use kessai::zaif::{Hint, Invoice, PaymentUri, Webhooks};
use kessai::{Error, Event, Qr, Result, ipay};
use serde_json::{Map, Value, json};

use crate::stage::{Account, jwt};
use crate::told;

pub(crate) type Given = Map<String, Value>;

/// What a call gave, to be told and to be asked.
pub(crate) enum Thing {
    Returned(Returned),
    Text(String),
    Value(Value),
    Hooks(Webhooks),
    Code(Qr),
    /// A webhook of iPay, as the sandbox sent it.
    Delivered {
        body: String,
        signature: String,
    },
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
            Self::Delivered { body, .. } => json!(body),
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

/// How far a list is walked through, and what is told of each of its items.
pub(crate) struct Walk {
    take: usize,
    each: Option<Vec<String>>,
}

impl Walk {
    pub(crate) fn of(step: &Value) -> Self {
        let take = step["take"]
            .as_u64()
            .map_or(usize::MAX, |take| take.try_into().unwrap());
        let each = step["each"].as_array().map(|names| {
            let names = names.iter();
            names
                .map(|name| name.as_str().unwrap().to_owned())
                .collect()
        });
        Self { take, each }
    }

    /// What is told of one item.
    fn told(&self, item: &dyn Model) -> Value {
        match &self.each {
            None => json!(item.id()),
            Some(names) => {
                let all = told::model(item);
                names.iter().map(|name| all[name].clone()).collect()
            }
        }
    }
}

/// Makes the calls of one case.
pub(crate) struct Calls {
    account: Account,
    options: Given,
    client: AnyClient,
    events: Arc<Mutex<Vec<Value>>>,
}

impl Calls {
    pub(crate) fn new(account: Account, options: Given) -> Result<Self> {
        let events = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&events);
        let hook = move |event: &Event<'_>| heard.lock().unwrap().push(told::event(event));
        let mut named = account.named.clone();
        named.extend(options.clone());
        Ok(Self {
            client: built(&account.client, &named, Some(Box::new(hook)))?,
            account,
            options,
            events,
        })
    }

    /// Everything that the hook was told.
    pub(crate) fn events(&self) -> Value {
        json!(*self.events.lock().unwrap())
    }

    pub(crate) fn make(
        &self,
        name: &str,
        of: Option<&Thing>,
        given: &Given,
        walk: &Walk,
    ) -> Result<Thing> {
        if let Some(Thing::Returned(Returned::Model(model))) = of
            && model.info().name == "Event"
        {
            let mut given = given.clone();
            given.insert("event".to_owned(), json!(model.raw()));
            return self.call(name, &given, walk);
        }
        if let Some(Thing::Delivered { body, signature }) = of {
            let hooks = ipay::Webhooks::new([self.account.webhook_secret.as_str().into()])?;
            let event = hooks.verify(body.as_bytes(), Some(signature))?;
            return Ok(Thing::Returned(Returned::model(event)));
        }
        if let Some(thing) = of {
            return asked(thing, name, given);
        }
        if let Some(thing) = free(name, given) {
            return thing;
        }
        if name == "client" {
            let mut named = self.account.named.clone();
            named.extend(self.options.clone());
            // Credentials are those of the case, or others as a whole.
            if let Some(others) = given.get("credentials") {
                named.retain(|name, _| name == "base_url");
                named.extend(others.as_object().unwrap().clone());
            }
            let more = given.iter().filter(|(name, _)| *name != "credentials");
            named.extend(more.map(|(name, value)| (name.clone(), value.clone())));
            let client = built(&self.account.client, &named, None)?;
            return Ok(Thing::Text(format!("{client:?}")));
        }
        self.call(name, given, walk)
    }

    /// Calls a method; what gives a list is walked through.
    fn call(&self, name: &str, given: &Given, walk: &Walk) -> Result<Thing> {
        let info = self.client.info();
        let named = |given: &Given| {
            let each = given.iter().map(|(argument, value)| {
                let json = info.takes(name, argument) == Some(Takes::Json);
                // To the letter, where JSON of the data cannot be it.
                let arg = match (json, argument.as_str()) {
                    (_, "body_text") => Arg::Json(value.as_str().unwrap().to_owned()),
                    (true, _) => Arg::Json(value.to_string()),
                    _ => arg(value),
                };
                let argument = argument.strip_suffix("_text").unwrap_or(argument);
                (argument.to_owned(), arg)
            });
            Args::new(each.collect())
        };
        let mut given = given.clone();
        let mut told = Vec::new();
        loop {
            let page = match self.client.invoke(name, named(&given))? {
                Returned::Page(page) => page,
                other => return Ok(Thing::Returned(other)),
            };
            let left = walk.take - told.len();
            told.extend(page.items.iter().take(left).map(|item| walk.told(&**item)));
            match page.next {
                Some(next) if told.len() < walk.take => {
                    given.insert("starting_after".to_owned(), json!(next));
                }
                _ => return Ok(Thing::Value(json!(told))),
            }
        }
    }
}

/// What needs no client; nothing where it is no such thing.
fn free(name: &str, given: &Given) -> Option<Result<Thing>> {
    let text = |name: &str| given[name].as_str().unwrap();
    let make = || -> Result<Option<Thing>> {
        Ok(Some(match name {
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
            "ipay.sign" => Thing::Text(ipay::Webhooks::sign(&body(given), &text("secret").into())?),
            "ipay.status" => Thing::Value(json!(ipay::Webhooks::status_of(text("code")))),
            "ipay.verify" => {
                let secrets = given["secrets"].as_array().unwrap().iter();
                let hooks = ipay::Webhooks::new(secrets.map(|s| s.as_str().unwrap().into()))?;
                let signature = given.get("signature").and_then(Value::as_str);
                Thing::Returned(Returned::model(hooks.verify(&body(given), signature)?))
            }
            "ipay.order_key" => {
                let attempt = given["attempt"].as_u64().unwrap().try_into().unwrap();
                Thing::Text(ipay::order_key(text("order"), text("purpose"), attempt)?)
            }
            "minor_units" => {
                let amount = match &given["amount"] {
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                Thing::Text(kessai::minor_units_of(&amount, text("currency"))?.to_string())
            }
            "major_units" => {
                let minor = given["minor"].as_i64().unwrap();
                Thing::Text(kessai::major_units(minor, text("currency"))?.to_string())
            }
            "currency_exponent" => {
                Thing::Text(kessai::currency_exponent(text("currency"))?.to_string())
            }
            _ => return Ok(None),
        }))
    };
    make().transpose()
}

/// Asks what an earlier step gave.
fn asked(thing: &Thing, name: &str, given: &Given) -> Result<Thing> {
    let text = |name: &str| given[name].as_str().unwrap();
    let model = match thing {
        Thing::Returned(Returned::Model(model)) if model.info().module == "ipay" => Some(model),
        _ => None,
    };
    if let Some(model) = model {
        return Ok(match name {
            "raw" => Thing::Text(model.raw().to_owned()),
            "restored" => Thing::Returned(Returned::Model((model.info().restore)(&model.store())?)),
            name => Thing::Returned(model.ask(name, args(given))?),
        });
    }
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

/// A client of the class that the data calls so.
fn built(client: &str, named: &Given, on_event: Option<Box<Listener>>) -> Result<AnyClient> {
    let (module, name) = match client {
        "zaif" => ("zaif", "Client"),
        "ipay" => ("ipay", "Client"),
        _ => ("ipay", "PublishableClient"),
    };
    let mut clients = CLIENTS.iter();
    let info = clients.find(|info| info.module == module && info.name == name);
    let each = named.iter().filter(|(_, value)| !value.is_null());
    let each = each.filter(|(name, _)| *name != "token_source");
    let token_source = named.get("token_source").cloned();
    (info.unwrap().build)(BuildGiven {
        named: each
            .map(|(name, value)| (name.clone(), arg(value)))
            .collect(),
        on_event,
        token_source: token_source
            .map(|account| -> Box<TokenSource> { Box::new(move |_| Ok(jwt(&account).into())) }),
        ..BuildGiven::default()
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
