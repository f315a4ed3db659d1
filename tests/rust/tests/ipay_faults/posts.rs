//! Every call of iPay that changes something: what must be there before, and the
//! call itself.

use kessai::ipay::{Client, PublishableClient};
use kessai::{Error, Secret};
use kessai_tests::Sandbox;
use serde_json::Value;

const CARD: &str = "4242424242424242";
const LAST_YEAR: i64 = 2099;

/// The shop on its server, and the page in its customer's browser.
#[derive(Debug)]
pub struct Shop {
    pub client: Client,
    pub page: PublishableClient,
}

/// What was there before the call, by the letters that calls use.
#[derive(Debug, Default)]
pub struct Before {
    method: String,
    id: String,
}

/// One call that changes something.
#[derive(Clone, Copy)]
pub struct Post {
    /// What the sandbox's books call it.
    pub route: &'static str,
    /// Which of its ways this is.
    pub heading: &'static str,
    /// Where faults are played, if not on the call itself.
    pub faulted: Option<&'static str>,
    pub before: fn(&Shop) -> Before,
    /// Makes the call under a key of the shop's own, or one that is drawn.
    pub call: fn(&Shop, &Before, Option<&str>) -> Result<(), Error>,
}

macro_rules! keyed {
    ($call:expr, $key:expr) => {{
        let call = $call;
        match $key {
            Some(key) => call.idempotency_key(key),
            None => call,
        }
        .send()
        .map(drop)
    }};
}

const fn post(
    route: &'static str,
    heading: &'static str,
    before: fn(&Shop) -> Before,
    call: fn(&Shop, &Before, Option<&str>) -> Result<(), Error>,
) -> Post {
    Post {
        route,
        heading,
        faulted: None,
        before,
        call,
    }
}

fn token(shop: &Shop) -> String {
    let made = shop.page.create_token(CARD, 12, LAST_YEAR, "123").send();
    made.unwrap().id
}

fn method(shop: &Shop) -> String {
    let made = shop.client.create_payment_method("card");
    made.token(token(shop)).send().unwrap().id
}

fn a_card(shop: &Shop) -> Before {
    Before {
        method: method(shop),
        id: String::new(),
    }
}

fn payment(shop: &Shop, confirm: bool, capture: &str) -> Before {
    let method = method(shop);
    let call = shop.client.create_payment(2_999, "JPY").confirm(confirm);
    let made = call.payment_method(&method).capture_method(capture).send();
    let id = made.unwrap().payment().id.clone();
    Before { method, id }
}

fn customer(shop: &Shop) -> Before {
    let made = shop.client.create_customer().name("A").send().unwrap();
    Before {
        method: method(shop),
        id: made.id,
    }
}

fn customer_with_card(shop: &Shop) -> Before {
    let before = customer(shop);
    let attached = shop
        .client
        .attach_payment_method(&before.method, &before.id);
    attached.send().unwrap();
    before
}

fn subscription(shop: &Shop) -> Before {
    let Before { method, id } = customer_with_card(shop);
    let made = shop
        .client
        .create_subscription(id, &method, 980, "JPY", "month");
    Before {
        method,
        id: made.send().unwrap().id,
    }
}

fn pay(shop: &Shop, before: &Before, key: Option<&str>) -> Result<(), Error> {
    let call = shop.client.create_payment(2_999, "JPY").confirm(true);
    let call = call.payment_method(&before.method);
    keyed!(call.metadata([("orderId", "A-1")]), key)
}

/// Every one of them.
pub const POSTS: [Post; 18] = [
    post("POST /payments", "pay", a_card, pay),
    post(
        "POST /payments/{id}/confirm",
        "confirm",
        |shop| payment(shop, false, "automatic"),
        |shop, it, key| keyed!(shop.client.confirm_payment(&it.id), key),
    ),
    post(
        "POST /payments/{id}/capture",
        "capture",
        |shop| payment(shop, true, "manual"),
        |shop, it, key| keyed!(shop.client.capture_payment(&it.id), key),
    ),
    post(
        "POST /payments/{id}/capture",
        "capture a part",
        |shop| payment(shop, true, "manual"),
        |shop, it, key| keyed!(shop.client.capture_payment(&it.id).amount(1_000), key),
    ),
    post(
        "POST /payments/{id}/cancel",
        "cancel",
        |shop| payment(shop, true, "manual"),
        |shop, it, key| keyed!(shop.client.cancel_payment(&it.id), key),
    ),
    post(
        "POST /refunds",
        "refund all",
        |shop| payment(shop, true, "automatic"),
        |shop, it, key| keyed!(shop.client.create_refund(&it.id), key),
    ),
    post(
        "POST /refunds",
        "refund a part",
        |shop| payment(shop, true, "automatic"),
        |shop, it, key| keyed!(shop.client.create_refund(&it.id).amount(1_000), key),
    ),
    post(
        "POST /customers",
        "customer",
        |_| Before::default(),
        |shop, _, key| keyed!(shop.client.create_customer().name("A"), key),
    ),
    post(
        "POST /customers/{id}",
        "change a customer",
        customer,
        |shop, it, key| keyed!(shop.client.update_customer(&it.id).name("B"), key),
    ),
    post(
        "DELETE /customers/{id}",
        "delete a customer",
        customer,
        |shop, it, key| keyed!(shop.client.delete_customer(&it.id), key),
    ),
    post(
        "POST /tokens",
        "token",
        |_| Before::default(),
        |shop, _, key| keyed!(shop.page.create_token(CARD, 12, LAST_YEAR, "123"), key),
    ),
    post(
        "POST /payment_methods",
        "payment method",
        |shop| Before {
            method: String::new(),
            id: token(shop),
        },
        |shop, it, key| {
            let call = shop.client.create_payment_method("card");
            keyed!(call.token(&it.id), key)
        },
    ),
    post(
        "POST /payment_methods/{id}/attach",
        "attach",
        customer,
        |shop, it, key| keyed!(shop.client.attach_payment_method(&it.method, &it.id), key),
    ),
    post(
        "POST /payment_methods/{id}/detach",
        "detach",
        customer_with_card,
        |shop, it, key| keyed!(shop.client.detach_payment_method(&it.method), key),
    ),
    post(
        "POST /subscriptions",
        "subscription",
        customer_with_card,
        |shop, it, key| {
            let call = shop
                .client
                .create_subscription(&it.id, &it.method, 980, "JPY", "month");
            keyed!(call, key)
        },
    ),
    post(
        "POST /subscriptions/{id}",
        "change a subscription",
        subscription,
        |shop, it, key| keyed!(shop.client.update_subscription(&it.id).amount(1_980), key),
    ),
    post(
        "DELETE /subscriptions/{id}",
        "end a subscription",
        subscription,
        |shop, it, key| keyed!(shop.client.cancel_subscription(&it.id), key),
    ),
    // The token that the payment needs is what goes wrong.
    Post {
        faulted: Some("POST /oauth/token"),
        ..post("POST /payments", "pay, with OAuth", a_card, pay)
    },
];

/// An account's credentials, by their names in the line of a sandbox that is ready.
fn named(ipay: &Value, name: &str) -> String {
    ipay[name].as_str().unwrap().to_owned()
}

/// A shop with connections of its own.
pub fn shop(sandbox: &Sandbox, timeout: std::time::Duration, with_oauth: bool) -> Shop {
    let secret = |name| Secret::from(named(&sandbox.ipay, name));
    let client = if with_oauth {
        Client::with_client_credentials(secret("client_id"), secret("client_secret"))
    } else {
        Client::builder(secret("key"), secret("secret"))
    };
    let base = named(&sandbox.ipay, "base_url");
    let mut client = client.base_url(&base).timeout(timeout);
    let mut page = PublishableClient::builder(secret("publishable_key"));
    page = page.base_url(&base).timeout(timeout);
    if let Some(file) = &sandbox.ca_file {
        client = client.ca_file(file);
        page = page.ca_file(file);
    }
    Shop {
        client: client.build().unwrap(),
        page: page.build().unwrap(),
    }
}
