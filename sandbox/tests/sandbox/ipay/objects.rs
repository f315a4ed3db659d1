//! Objects, lists, and how strictly bodies are read.

use serde_json::{Value, json};

use super::merchant::{JSON, Merchant, refusal};
use crate::running::Running;

fn invalid(param: &str) -> (u16, String, String) {
    (400, "invalid_request".into(), param.into())
}

fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}

#[test]
fn a_payment_is_told_with_the_documented_fields_and_no_others() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let more = json!({
        "description": "Order A-1", "metadata": {"orderId": "A-1"},
        "statement_descriptor": "MYCOMPANY INC", "capture_method": "automatic"
    });
    let paid = shop.pay(&shop.card("4242424242424242"), &more);
    let text = paid.body.clone();
    let payment = paid.json();
    for (name, value) in more.as_object().unwrap() {
        assert_eq!(&payment[name], value);
    }
    let mut names: Vec<&String> = payment.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "amount",
            "amount_captured",
            "amount_refunded",
            "capture_method",
            "client_secret",
            "created",
            "currency",
            "customer",
            "description",
            "failure_code",
            "failure_message",
            "id",
            "metadata",
            "next_action",
            "object",
            "payment_method",
            "statement_descriptor",
            "status",
        ]
    );
    assert!(id(&payment).starts_with("pay_"), "{text}");
    assert_eq!(shop.get(&format!("/payments/{}", id(&payment))), payment);
}

#[test]
fn wrong_fields_are_named() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let payment = |name: &str, value: Value| {
        let mut body = json!({"amount": 1, "currency": "USD"});
        body[name] = value;
        body
    };
    for (name, value) in [
        ("amount", json!(0)),
        ("amount", json!(-1)),
        ("amount", json!(29.99)),
        ("amount", json!(2999.0)),
        ("amount", json!("2999")),
        ("amount", json!(1_000_000_000_000_u64)),
        ("amount", Value::Null),
        ("currency", json!("XXY")),
        ("currency", json!("US")),
        ("currency", Value::Null),
        ("customer", json!("cus_none")),
        ("payment_method", json!("pm_none")),
        ("confirm", json!("true")),
        ("confirmation_token", json!(1)),
        ("description", json!(5)),
        ("capture_method", json!("later")),
        ("statement_descriptor", json!("12345678901234567890123")),
        ("metadata", json!([])),
        ("amuont", json!(1)),
    ] {
        let refused = shop.refused("/payments", &payment(name, value.clone()));
        assert_eq!(refused, invalid(name), "{name}: {value}");
    }
    let metadata = shop.refused("/payments", &payment("metadata", json!({"n": 1})));
    assert_eq!(metadata, invalid("metadata.n"));
    let unconfirmed = shop.refused("/payments", &payment("confirm", json!(true)));
    assert_eq!(unconfirmed, invalid("payment_method"));
    let headers = [shop.basic.as_str(), JSON];
    for body in ["nonsense", "[]", "{\"amount\":"] {
        assert_eq!(shop.raw("POST", "/payments", &headers, body).status, 400);
    }
    let form = [shop.basic.as_str(), "Content-Type: text/plain"];
    assert_eq!(shop.raw("POST", "/payments", &form, "{}").status, 415);
    assert_eq!(shop.raw("PUT", "/payments", &headers, "{}").status, 405);
    let nowhere = shop.raw("GET", "/nowhere", &[&shop.basic], "");
    assert_eq!(refusal(&nowhere), (404, "not_found".into(), String::new()));
    let huge = format!("{{\"description\":\"{}\"}}", "x".repeat(300_000));
    assert_eq!(shop.raw("POST", "/payments", &headers, &huge).status, 413);
    assert_eq!(shop.get("/payments")["data"], json!([]));
}

#[test]
fn customers_are_made_changed_listed_and_deleted() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let made = shop.post(
        "/customers",
        &json!({
            "email": "customer@example.com", "name": "John Doe", "phone": "+1-555-0123",
            "metadata": {"internalId": "USR-12345", "tier": "premium"}
        }),
    );
    assert_eq!(
        (&made["object"], &made["name"]),
        (&json!("customer"), &json!("John Doe"))
    );
    let path = format!("/customers/{}", id(&made));
    let changed = shop.post(&path, &json!({"name": "Jane Doe", "phone": null}));
    assert_eq!(
        (&changed["name"], &changed["phone"], &changed["email"]),
        (
            &json!("Jane Doe"),
            &json!(null),
            &json!("customer@example.com")
        )
    );
    assert_eq!(shop.get(&path), changed);
    assert_eq!(shop.get("/customers")["data"], json!([changed]));
    assert_eq!(
        shop.refused("/customers", &json!({"email": "nobody"})),
        invalid("email")
    );
    let card = shop.card("4242424242424242");
    shop.post(
        &format!("/payment_methods/{card}/attach"),
        &json!({"customer": id(&made)}),
    );
    let gone = shop.send("DELETE", &path, &json!({})).json();
    assert_eq!(
        gone,
        json!({"id": id(&made), "object": "customer", "deleted": true})
    );
    assert_eq!(shop.raw("GET", &path, &[&shop.basic], "").status, 404);
    assert_eq!(shop.send("DELETE", &path, &json!({})).status, 404);
    let later = json!({"amount": 1, "currency": "USD", "customer": id(&made)});
    assert_eq!(shop.refused("/payments", &later), invalid("customer"));
}

#[test]
fn methods_are_made_of_tokens_once_and_belong_to_customers() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let (one, two) = (
        shop.post("/customers", &json!({})),
        shop.post("/customers", &json!({})),
    );
    let token = shop.token("378282246310005").json();
    let card = json!({"brand": "amex", "last4": "0005", "exp_month": 12, "exp_year": 2099});
    assert_eq!((&token["object"], &token["card"]), (&json!("token"), &card));
    let wanted = json!({"type": "card", "token": token["id"], "customer": one["id"]});
    let made = shop.post("/payment_methods", &wanted);
    assert_eq!((&made["type"], &made["card"]), (&json!("card"), &card));
    assert_eq!(shop.refused("/payment_methods", &wanted), invalid("token"));
    let listed = shop.get(&format!("/customers/{}/payment_methods", id(&one)));
    assert_eq!(listed["data"], json!([made]));
    let path = |act: &str| format!("/payment_methods/{}/{act}", id(&made));
    let other = json!({"customer": two["id"]});
    assert_eq!(shop.refused(&path("attach"), &other).0, 409);
    let foreign = shop.pay(id(&made), &other);
    assert_eq!(refusal(&foreign), invalid("payment_method"));
    assert_eq!(
        shop.post(&path("detach"), &json!({}))["customer"],
        Value::Null
    );
    assert_eq!(shop.refused(&path("detach"), &json!({})).0, 409);
    assert_eq!(shop.post(&path("attach"), &other)["customer"], two["id"]);
    assert_eq!(shop.pay(id(&made), &other).status, 200);
    for kind in ["digital_wallet", "buy_now_pay_later"] {
        let made = shop.post("/payment_methods", &json!({"type": kind}));
        assert_eq!(
            shop.pay(id(&made), &json!({})).json()["status"],
            "succeeded"
        );
    }
    for (body, param) in [
        (json!({"type": "card"}), "token"),
        (json!({"type": "cash"}), "type"),
        (json!({"type": "card", "token": "tok_none"}), "token"),
        (json!({"type": "bank_transfer", "token": "tok_x"}), "token"),
        (
            json!({"type": "card", "card": {"number": "4242424242424242"}}),
            "card",
        ),
    ] {
        assert_eq!(shop.refused("/payment_methods", &body), invalid(param));
    }
}

#[test]
fn only_test_cards_become_tokens() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let ask = |name: &str, value: Value| {
        let mut card = json!({
            "number": "4242 4242 4242 4242", "exp_month": "12", "exp_year": "99", "cvc": "123"
        });
        card[name] = value;
        let body = json!({"card": card}).to_string();
        shop.raw("POST", "/tokens", &[&shop.browser, JSON], &body)
    };
    assert_eq!(ask("cvc", json!("000")).status, 200);
    for (name, value, code) in [
        ("number", json!("4242424242424241"), "incorrect_number"),
        ("number", json!("4111111111111111"), "test_card_required"),
        ("number", Value::Null, "parameter_missing"),
        ("exp_month", json!(13), "invalid_expiry"),
        ("exp_year", json!(2020), "invalid_expiry"),
        ("exp_year", json!("x"), "parameter_invalid"),
        ("cvc", json!("12"), "parameter_invalid"),
        ("cvc", Value::Null, "parameter_missing"),
        ("name", json!("x"), "parameter_unknown"),
    ] {
        let reply = ask(name, value.clone());
        assert_eq!(refusal(&reply), invalid(&format!("card.{name}")), "{value}");
        assert_eq!(reply.json()["code"], code, "{value}");
        assert!(!reply.body.contains("411111") && !reply.body.contains("424242"));
    }
    for card in sandbox.get("/_sandbox/ipay/cards")["cards"]
        .as_array()
        .unwrap()
    {
        let reply = shop.token(card["number"].as_str().unwrap());
        assert_eq!(reply.json()["card"]["brand"], card["brand"], "{card}");
    }
}

#[test]
fn lists_go_page_by_page_newest_first() {
    let sandbox = Running::start();
    let shop = Merchant::of(&sandbox);
    let wanted = json!({"amount": 1, "currency": "USD"});
    let mut made: Vec<String> = (0..12)
        .map(|_| id(&shop.post("/payments", &wanted)).to_owned())
        .collect();
    made.reverse();
    let ids = |page: &Value| -> Vec<String> {
        let data = page["data"].as_array().unwrap();
        data.iter().map(|it| id(it).to_owned()).collect()
    };
    let first = shop.get("/payments");
    assert_eq!(
        (&first["object"], &first["has_more"]),
        (&json!("list"), &json!(true))
    );
    assert_eq!(ids(&first), made[..10]);
    let rest = shop.get(&format!("/payments?limit=100&starting_after={}", made[9]));
    assert_eq!(
        (ids(&rest), &rest["has_more"]),
        (made[10..].to_vec(), &json!(false))
    );
    let exact = shop.get("/payments?limit=12");
    assert_eq!((ids(&exact).len(), &exact["has_more"]), (12, &json!(false)));
    for (query, param) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=x", "limit"),
        ("starting_after=pay_none", "starting_after"),
        ("ending_before=x", "ending_before"),
        ("limit=1&limit=2", "limit"),
    ] {
        let reply = shop.raw("GET", &format!("/payments?{query}"), &[&shop.basic], "");
        assert_eq!(refusal(&reply), invalid(param), "{query}");
    }
}
