//! The state as a document: taken from one process, given to another.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::{Value, json};

use crate::client::Client;
use crate::running::Running;
use crate::shop::Shop;

/// Somebody with the same credentials at another sandbox.
fn at(sandbox: &Running, line: &Value) -> Client {
    let text = |name: &str| line["zaif"][name].as_str().unwrap().to_owned();
    Client::new(&sandbox.host, &text("key"), &text("secret"))
}

/// A sandbox in the middle of many things.
fn lived_in(sandbox: &Running, shop: &Shop) -> String {
    let client = sandbox.client();
    sandbox.post("/_sandbox/deliveries/hold", &json!({}));
    sandbox.post("/_sandbox/zaif/modes", &json!({"short_at_end": "expired"}));
    sandbox.post("/_sandbox/zaif/rates", &json!({"mona": "12.50"}));
    sandbox.advance(500);
    let id = client.create(&[("webhookUrl", &shop.url("/")), ("orderNumber", "A-1")]);
    client.create(&[("currency", "mona"), ("buyerName", "山田")]);
    sandbox.pay(&id, None);
    sandbox.mine("btc", 1);
    sandbox.faults(&json!({
        "match": {"method": "getInvoice", "nth": 2},
        "fault": "message", "message": "second", "times": 1
    }));
    client.look(&id);
    id
}

#[test]
fn a_fresh_process_goes_on_where_another_was() {
    let (first, shop) = (Running::start(), Shop::open());
    let id = lived_in(&first, &shop);
    let snapshot = first.get("/_sandbox/snapshot");
    let second = Running::start();
    let restored = second.post("/_sandbox/restore", &snapshot);
    assert_eq!(restored, json!({"restored": true}));
    assert_eq!(second.get("/_sandbox/snapshot"), snapshot);
    for path in ["ledger", "deliveries", "faults", "zaif/modes", "zaif/rates"] {
        let path = format!("/_sandbox/{path}");
        assert_eq!(first.get(&path), second.get(&path), "{path}");
    }
    let (before, after) = ["/_sandbox/clock"; 2]
        .map(|path| (first.get(path), second.get(path)))
        .map(|pair| (pair.0["now"].as_u64(), pair.1["now"].as_u64()))
        .into();
    assert!(before.0.unwrap().abs_diff(after.1.unwrap()) <= 1);
    // Nonces, faults, draws, blocks and webhooks all go on.
    let client = at(&second, &first.line);
    let stale = client.call("get_info", &[]);
    assert_eq!(stale, Err("nonce not incremented".into()));
    let look = |nonce| client.call("getInvoice", &[("invoiceId", &id), ("nonce", nonce)]);
    assert_eq!(look("100"), Err("second".into()));
    assert_eq!(look("101").unwrap()["status"], "confirmed");
    let made = client.create(&[("nonce", "102")]);
    assert!(!snapshot.to_string().contains(&made));
    second.mine("btc", 2);
    second.post("/_sandbox/deliveries/release", &json!({}));
    let told: Vec<Value> = (0..3)
        .map(|_| shop.next_answered(200).json()["status"].clone())
        .collect();
    assert_eq!(json!(told), json!(["paid", "confirmed", "complete"]));
    // The old key of the second process is gone with its account.
    let own = second.client().call("get_info", &[("nonce", "200")]);
    assert_eq!(own, Err("no data found for the key".into()));
}

#[test]
fn what_is_no_snapshot_is_refused_by_name_and_changes_nothing() {
    let sandbox = Running::start();
    sandbox.client().create(&[]);
    let snapshot = sandbox.get("/_sandbox/snapshot");
    let changed = |path: &str, value: Value| {
        let mut document = snapshot.clone();
        *document.pointer_mut(path).unwrap() = value;
        document
    };
    let mut more = snapshot.clone();
    more["colour"] = json!(1);
    let mut less = snapshot.clone();
    less.as_object_mut().unwrap().remove("ledger");
    for (document, named) in [
        (json!({}), "kessai_sandbox"),
        (json!([]), "expected"),
        (changed("/kessai_sandbox", json!(2)), "kessai_sandbox"),
        (changed("/clock", json!({"ahead": 1})), "clock"),
        (changed("/keys", json!([])), "keys"),
        (changed("/keys/0/nonce_max", json!("x")), "keys"),
        (changed("/invoices/0/due", json!("much")), "invoices"),
        (
            changed(
                "/faults",
                json!([{"rule": {"fault": "x"}, "seen": 0, "used": 0}]),
            ),
            "faults",
        ),
        (changed("/outbox/lanes", json!({"a": [1]})), "outbox"),
        (more, "colour"),
        (less, "ledger"),
    ] {
        let reply = sandbox.http("POST", "/_sandbox/restore", &[], &document.to_string());
        assert_eq!(reply.status, 400, "{named}");
        assert!(reply.body.contains(named), "{}", reply.body);
    }
    assert_eq!(sandbox.get("/_sandbox/snapshot"), snapshot);
}

#[test]
fn a_file_carries_the_state_from_one_start_to_the_next() {
    let name = format!("kessai-sandbox-{}.json", std::process::id());
    let path = std::env::temp_dir().join(name);
    let file = path.to_str().unwrap();
    let mut first = Running::with(&["--data", file]);
    let id = first.client().create(&[]);
    assert!(!path.exists());
    first.get("/_sandbox/snapshot");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    first.pay(&id, None);
    let pid = first.child.id().to_string();
    Command::new("kill").arg(&pid).status().unwrap();
    assert!(first.child.wait().unwrap().success());

    let second = Running::with(&["--data", file]);
    assert_eq!(second.line["zaif"]["key"], first.line["zaif"]["key"]);
    let looked = second
        .client()
        .call("getInvoice", &[("invoiceId", &id), ("nonce", "9")]);
    assert_eq!(looked.unwrap()["status"], "paid");
    drop(second);

    fs::write(&path, "{}").unwrap();
    let refused = Command::new(env!("CARGO_BIN_EXE_kessai-sandbox"))
        .args(["--data", file])
        .output()
        .unwrap();
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(1), 0));
    let err = String::from_utf8(refused.stderr).unwrap();
    assert!(err.contains("kessai_sandbox"), "{err}");
    fs::remove_file(&path).unwrap();
}
