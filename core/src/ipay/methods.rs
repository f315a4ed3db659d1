//! What bindings see: the calls of the table, and what is more than one call.

use super::calls::EACH;
use super::client::{Client, PublishableClient};
use super::confirm::Expected;
use super::event::Event;
use super::gives::Gives;
use super::options::{ClientBuilder, Who};
use crate::argument::{ArgInfo, Args, Takes};
use crate::doc::Doc;
use crate::error::{Error, Result};
use crate::hook::Hook;
use crate::method::{Limit, MethodInfo};
use crate::option::OptionInfo;
use crate::returned::{Returned, Returns};
use crate::service::{AnyClient, ClientInfo, Given, Service};
use std::sync::Arc;
use std::time::Duration;

const fn argument(name: &'static str, doc: &'static str, takes: Takes, required: bool) -> ArgInfo {
    ArgInfo {
        name,
        doc: Doc::of(doc),
        takes,
        required,
    }
}

/// What no row of the table can say.
const OWN: [MethodInfo; 4] = [
    MethodInfo {
        name: "request",
        doc: Doc::of(
            "Call any endpoint, present or future, and give its answer as JSON.\n\n\
              Credentials, idempotency, repeats and errors are those of every call, and the body \
              is looked at for card data. A `GET` counts as a read.\n",
        ),
        order: None,
        needs_order_number: false,
        args: &[
            argument(
                "method",
                "`GET`, `POST`, `PUT`, `PATCH` or `DELETE`.",
                Takes::Text,
                true,
            ),
            argument(
                "path",
                "The path below the base address, such as `/payments?limit=3`.",
                Takes::Text,
                true,
            ),
            argument("body", "What is sent, as JSON.", Takes::Json, false),
        ],
        positional: 3,
        each: EACH,
        returns: Returns::Json,
        limit: Limit::Clients,
    },
    MethodInfo {
        name: "confirm",
        doc: Doc::of(
            "Read the payment that a verified event is about, and give it once it fits what the \
              shop expects.\n\nA genuine event need not be the right one, nor the newest: an old \
              delivery can be sent again, and a late `payment.failed` may follow a success. What \
              this gives is how the payment is now. What differs is a `MismatchError` \
              (`ipay.mismatch`).\n",
        ),
        order: None,
        needs_order_number: false,
        args: &[
            argument(
                "event",
                "The event that `Webhooks.verify` gave.",
                Takes::Event,
                true,
            ),
            argument(
                "order_id",
                "The order: `orderId` in the payment's metadata.",
                Takes::Text,
                true,
            ),
            argument(
                "amount",
                "What it must be for, in the currency's smallest unit.",
                Takes::Int,
                true,
            ),
            argument(
                "currency",
                "The currency's code (ISO 4217).",
                Takes::Text,
                true,
            ),
            argument(
                "status",
                "The status it must have, where that matters.",
                Takes::Text,
                false,
            ),
        ],
        positional: 1,
        each: &[],
        returns: Returns::Model("Payment"),
        limit: Limit::Clients,
    },
    MethodInfo {
        name: "resume_payment",
        doc: Doc::of(
            "Find out what became of a payment's call whose outcome was unknown.\n\nOf a create, \
              a confirm, a capture or a cancel. Within 23 hours of its first try the same request \
              goes out once more with the same idempotency key, so the call is executed once \
              whatever happened; later the payment is looked for, by `orderId` in its metadata or \
              by its identifier. While it is still not known the error is an \
              `OutcomeUnknownError` with the handle.\n",
        ),
        order: None,
        needs_order_number: false,
        args: &[argument(
            "handle",
            "The error's `resume`.",
            Takes::Text,
            true,
        )],
        positional: 1,
        each: &[],
        returns: Returns::Model("Payment"),
        limit: Limit::Clients,
    },
    MethodInfo {
        name: "resume_refund",
        doc: Doc::of(
            "Find out what became of a refund whose outcome was unknown: see `resume_payment`.\n",
        ),
        order: None,
        needs_order_number: false,
        args: &[argument(
            "handle",
            "The error's `resume`.",
            Takes::Text,
            true,
        )],
        positional: 1,
        each: &[],
        returns: Returns::Model("Refund"),
        limit: Limit::Clients,
    },
];

const COUNT: usize = Client::CALLS.len() + OWN.len();

/// The table's rows, and then the others.
#[expect(
    clippy::indexing_slicing,
    reason = "worked out when this is compiled, which an index too far would stop"
)]
const ALL: [MethodInfo; COUNT] = {
    let mut all = [OWN[0]; COUNT];
    let mut at = 0;
    while at < COUNT {
        all[at] = if at < Client::CALLS.len() {
            Client::CALLS[at]
        } else {
            OWN[at - Client::CALLS.len()]
        };
        at += 1;
    }
    all
};

impl Client {
    /// Every method.
    #[doc(hidden)]
    pub const METHODS: &'static [MethodInfo] = &ALL;
}

impl Service for Client {
    const INFO: ClientInfo = ClientInfo {
        module: "ipay",
        name: "Client",
        doc: Doc::of("Calls iPay for one account: from the shop's server."),
        credentials: &[
            argument(
                "key",
                "The API key, such as `live_...`.",
                Takes::Secret,
                false,
            ),
            argument("secret", "The key's secret.", Takes::Secret, false),
            argument(
                "client_id",
                "Instead of a key: the client that fetches tokens (OAuth 2.0).",
                Takes::Secret,
                false,
            ),
            argument(
                "client_secret",
                "That client's secret.",
                Takes::Secret,
                false,
            ),
            argument(
                "token",
                "Instead of a key: a bearer token, such as a JWT.",
                Takes::Secret,
                false,
            ),
        ],
        env: (
            &["IPAY_API_KEY", "IPAY_API_SECRET"],
            &["IPAY_SANDBOX", "IPAY_BASE_URL"],
        ),
        takes_token_source: true,
        options: OPTIONS,
        methods: Self::METHODS,
        build,
    };

    fn limit(&self) -> Duration {
        self.engine().timeout()
    }

    fn own_limit(&self, _method: &str) -> Duration {
        self.engine().timeout()
    }

    fn limited(&self, limit: Duration) -> Result<Self> {
        self.with_timeout(limit)
    }

    fn place(&self) -> String {
        self.base_url().to_string()
    }

    fn hook(&self) -> &Hook {
        self.engine().hook()
    }

    fn run(&self, info: &'static MethodInfo, args: &mut Args) -> Result<Returned> {
        match info.name {
            "request" => self.request_with(args).map(Gives::returned),
            "confirm" => {
                let event = Event::of_verified(&args.text("event")?)?;
                let amount = args.need("amount")?.whole("amount")?;
                let expected =
                    Expected::new(args.text("order_id")?, amount, args.text("currency")?);
                let expected = match args.text_or_none("status")? {
                    Some(status) => expected.status(status),
                    None => expected,
                };
                self.confirm(&event, &expected).map(Gives::returned)
            }
            "resume_payment" => self
                .resume_payment(&args.text("handle")?)
                .map(Gives::returned),
            "resume_refund" => self
                .resume_refund(&args.text("handle")?)
                .map(Gives::returned),
            name => self
                .run_call(name, args)
                .unwrap_or_else(|| Err(Error::of_a_defect())),
        }
    }
}

const OPTIONS: &[OptionInfo] = ClientBuilder::<Client>::OPTIONS;

fn build(mut given: Given) -> Result<AnyClient> {
    let names = ["key", "secret", "client_id", "client_secret", "token"];
    let [key, secret, id, id_secret, token] = given.credentials("ipay.Client", names)?;
    let source = given.token_source.take();
    let needed = |name, secret: Option<_>| secret.ok_or_else(|| Error::of_missing_input(name));
    let several = "give one of: key and secret, client_id and client_secret, token, token_source";
    let kinds = [
        key.is_some() || secret.is_some(),
        id.is_some() || id_secret.is_some(),
        token.is_some(),
        source.is_some(),
        given.from_env,
    ];
    if kinds.iter().filter(|kind| **kind).count() > 1 {
        return Err(Error::input("key", several));
    }
    let mut builder = if given.from_env {
        ClientBuilder::<Client>::from_env()?
    } else if let Some(source) = source {
        ClientBuilder::new(Who::Source(Arc::from(source)))
    } else if let Some(token) = token {
        Client::with_token(token)
    } else if kinds[1] {
        Client::with_client_credentials(
            needed("client_id", id)?,
            needed("client_secret", id_secret)?,
        )
    } else {
        Client::builder(needed("key", key)?, needed("secret", secret)?)
    };
    for (name, value) in given.named {
        builder = builder.set(&name, value)?;
    }
    if let Some(listener) = given.on_event {
        builder = builder.on_event(listener);
    }
    builder.build().map(AnyClient::new)
}

impl Service for PublishableClient {
    const INFO: ClientInfo = ClientInfo {
        module: "ipay",
        name: "PublishableClient",
        doc: Doc::of("Makes tokens of cards with the publishable key, and can do nothing else."),
        credentials: &[argument(
            "publishable_key",
            "The publishable key, such as `pk_live_...`.",
            Takes::Secret,
            true,
        )],
        env: (
            &["IPAY_PUBLISHABLE_KEY"],
            &["IPAY_SANDBOX", "IPAY_BASE_URL"],
        ),
        takes_token_source: false,
        options: OPTIONS,
        methods: Self::CALLS,
        build: build_publishable,
    };

    fn limit(&self) -> Duration {
        self.engine().timeout()
    }

    fn own_limit(&self, _method: &str) -> Duration {
        self.engine().timeout()
    }

    fn limited(&self, limit: Duration) -> Result<Self> {
        Ok(Self::of(self.engine().with_timeout(limit)))
    }

    fn place(&self) -> String {
        self.base_url().to_string()
    }

    fn hook(&self) -> &Hook {
        self.engine().hook()
    }

    fn run(&self, info: &'static MethodInfo, args: &mut Args) -> Result<Returned> {
        self.run_call(info.name, args)
            .unwrap_or_else(|| Err(Error::of_a_defect()))
    }
}

fn build_publishable(mut given: Given) -> Result<AnyClient> {
    let [key] = given.credentials("ipay.PublishableClient", ["publishable_key"])?;
    let mut builder = if given.from_env {
        ClientBuilder::<PublishableClient>::from_env()?
    } else {
        PublishableClient::builder(key.ok_or_else(|| Error::of_missing_input("publishable_key"))?)
    };
    for (name, value) in given.named {
        builder = builder.set(&name, value)?;
    }
    if let Some(listener) = given.on_event {
        builder = builder.on_event(listener);
    }
    builder.build().map(AnyClient::new)
}
