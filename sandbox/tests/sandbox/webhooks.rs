//! What the shop is told, and how often.

use serde_json::{Value, json};

use crate::running::Running;
use crate::shop::Shop;

fn deliveries(sandbox: &Running) -> Vec<Value> {
    let all = sandbox.get("/_sandbox/deliveries");
    all["deliveries"].as_array().unwrap().clone()
}

/// Waits until the books show `count` tries of delivery `id`: a shop hears of a
/// try before its answer has reached the sandbox.
pub(crate) fn tries(sandbox: &Running, id: usize, count: usize) -> Value {
    loop {
        let delivery = deliveries(sandbox)[id - 1].clone();
        if delivery["tries"].as_array().unwrap().len() >= count {
            return delivery;
        }
        std::thread::yield_now();
    }
}

#[test]
fn every_change_is_told_in_order_with_the_fields_of_get_invoice() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    let id = client.create(&[("webhookUrl", &shop.url("/hook/1")), ("orderNumber", "A-1")]);
    sandbox.pay(&id, Some("0.1"));
    sandbox.pay(&id, None);
    sandbox.mine("btc", 3);
    let told: Vec<Value> = (0..4)
        .map(|_| {
            let received = shop.next_answered(200);
            assert_eq!(received.line(), "POST /hook/1 HTTP/1.1");
            assert!(
                received.head.contains("application/json"),
                "{}",
                received.head
            );
            received.json()
        })
        .collect();
    let statuses: Vec<&str> = told
        .iter()
        .map(|it| it["status"].as_str().unwrap())
        .collect();
    assert_eq!(statuses, ["paid", "paid", "confirmed", "complete"]);
    assert_eq!(told[3], client.look(&id));
    assert!(shop.heard_nothing());
}

#[test]
fn expiry_late_money_and_cancelation_are_told_too() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    let url = shop.url("/");
    let id = client.create(&[("webhookUrl", &url)]);
    sandbox.advance(600);
    assert_eq!(shop.next_answered(200).json()["status"], "expired");
    sandbox.pay(&id, None);
    assert_eq!(shop.next_answered(200).json()["status"], "invalid");
    let id = client.create(&[("webhookUrl", &url)]);
    client.call("cancelInvoice", &[("invoiceId", &id)]).unwrap();
    assert_eq!(shop.next_answered(200).json()["status"], "canceled");
}

#[test]
fn repeats_until_exactly_200_at_growing_intervals_of_virtual_time() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    sandbox.freeze();
    let id = client.create(&[("webhookUrl", &shop.url("/"))]);
    sandbox.pay(&id, None);
    sandbox.mine("btc", 1);
    let answers = [(500, 10), (201, 20), (204, 40), (404, 80)];
    for (count, (status, pause)) in answers.into_iter().enumerate() {
        assert_eq!(shop.next_answered(status).json()["status"], "paid");
        let delivery = tries(&sandbox, 1, count + 1);
        let last = &delivery["tries"][count];
        assert_eq!(last["status"], status);
        let next = delivery["next_try"].as_u64().unwrap();
        assert_eq!(next - last["at"].as_u64().unwrap(), pause);
        sandbox.advance(pause);
    }
    // A redirect is not followed, and it is not 200 either.
    shop.next();
    let location = shop.url("/elsewhere");
    shop.answer(&format!(
        "HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n"
    ));
    assert_eq!(tries(&sandbox, 1, 5)["tries"][4]["status"], 302);
    sandbox.advance(160);
    // The second webhook of the invoice waited for the first.
    assert_eq!(shop.next_answered(200).json()["status"], "paid");
    assert_eq!(shop.next_answered(200).json()["status"], "confirmed");
    assert_eq!(tries(&sandbox, 2, 1)["state"], "delivered");
    let first = tries(&sandbox, 1, 6);
    assert_eq!(
        (&first["state"], &first["next_try"]),
        (&json!("delivered"), &Value::Null)
    );
}

#[test]
fn the_notification_on_completion_is_sent_once_as_a_form() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    let id = client.create(&[
        ("notificationUri", &shop.url("/done?order=A-1")),
        ("orderNumber", "A 1&b"),
        ("referenceNumber", "R"),
        ("buyerId", "B"),
    ]);
    sandbox.pay(&id, None);
    sandbox.mine("btc", 3);
    let received = shop.next_answered(500);
    assert_eq!(received.line(), "POST /done?order=A-1 HTTP/1.1");
    let settled = client.look(&id)["settled"].as_u64().unwrap();
    let id = id.replace('-', "%2D");
    assert_eq!(
        received.body,
        format!(
            "invoiceId={id}&settled={settled}&amount=10800&btc=0%2E359856\
             &orderNumber=A%201%26b&referenceNumbe=R&buyerId=B"
        )
    );
    let delivery = tries(&sandbox, 1, 1);
    assert_eq!(
        (&delivery["kind"], &delivery["state"]),
        (&json!("notification"), &json!("failed"))
    );
    sandbox.advance(1_000_000);
    assert_eq!(
        deliveries(&sandbox)[0]["tries"].as_array().unwrap().len(),
        1
    );
    assert!(shop.heard_nothing());
}

#[test]
fn or_as_a_get_without_any_fields() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    let uri = shop.url("/done/A-1");
    let id = client.create(&[("notificationUri", &uri), ("notificationMethod", "GET")]);
    sandbox.pay(&id, None);
    sandbox.mine("btc", 3);
    let received = shop.next_answered(200);
    assert_eq!(received.line(), "GET /done/A-1 HTTP/1.1");
    assert_eq!(received.body, "");
}

#[test]
fn a_delivery_can_be_sent_once_more() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    let id = client.create(&[("webhookUrl", &shop.url("/"))]);
    sandbox.pay(&id, None);
    let first = shop.next_answered(200).body;
    tries(&sandbox, 1, 1);
    let made = sandbox.post("/_sandbox/deliveries/1/redeliver", &json!({}));
    assert_eq!(
        (&made["id"], &made["redelivery_of"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(shop.next_answered(503).body, first);
    assert_eq!(tries(&sandbox, 2, 1)["state"], "failed");
    let missing = sandbox.http("POST", "/_sandbox/deliveries/9/redeliver", &[], "");
    assert_eq!(missing.status, 404);
}

#[test]
fn only_loopback_is_delivered_to() {
    let sandbox = Running::start();
    let client = sandbox.client();
    for (number, url, reason) in [
        (1, "http://192.0.2.1/hook", "not loopback"),
        (2, "http://0.0.0.0:1/hook", "not loopback"),
        (3, "https://127.0.0.1/hook", "only http"),
    ] {
        let id = client.create(&[("webhookUrl", url)]);
        sandbox.pay(&id, None);
        let delivery = tries(&sandbox, number, 1);
        let error = delivery["tries"][0]["error"].as_str().unwrap();
        assert!(error.contains(reason), "{error}");
        assert_eq!(delivery["tries"][0]["status"], Value::Null);
    }
}

#[test]
fn other_hosts_must_be_allowed_by_name() {
    let sandbox = Running::with(&["--allow-delivery-to", "0.0.0.0"]);
    let client = sandbox.client();
    let shop = Shop::open();
    // 0.0.0.0 is no loopback address, yet leads to this machine.
    let port = shop.host.split(':').nth(1).unwrap();
    let id = client.create(&[("webhookUrl", &format!("http://0.0.0.0:{port}/hook"))]);
    sandbox.pay(&id, None);
    assert_eq!(shop.next_answered(200).line(), "POST /hook HTTP/1.1");
}

#[test]
fn expiry_needs_nobody_to_look() {
    let sandbox = Running::start();
    let (client, shop) = (sandbox.client(), Shop::open());
    client.create(&[("webhookUrl", &shop.url("/"))]);
    sandbox.advance(599);
    // The last second passes by itself.
    assert_eq!(shop.next_answered(200).json()["status"], "expired");
}
