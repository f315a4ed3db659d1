//! The nonce book, also under many hands at once.

use std::collections::BTreeSet;
use std::thread;

use serde_json::json;

use crate::running::Running;

#[test]
fn nonces_are_compared_exactly() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let call = |nonce| client.call("get_info", &[("nonce", nonce)]).map(|_| ());
    let stale = Err("nonce not incremented".to_owned());
    assert_eq!(call("1732291200.123456"), Ok(()));
    assert_eq!(call("1732291200.1234560"), stale);
    assert_eq!(call("1732291200.1234561"), Ok(()));
    assert_eq!(call("1732291200.7"), Ok(()));
    assert_eq!(call("1732291200.123457"), stale);
    assert_eq!(call("01732291200.70"), stale);
    for bad in ["0", "0.5", "-1", "1e12", "abc", "", "NaN", "1.2.3"] {
        assert_eq!(call(bad), Err("invalid parameter nonce".into()), "{bad}");
    }
    assert_eq!(call("1732291201"), Ok(()));
}

#[test]
fn a_nonce_is_used_up_once_accepted_whatever_the_method_says() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let stale = Err("nonce not incremented".to_owned());
    for (nonce, method) in [("5", "noSuchMethod"), ("6", "getInvoice")] {
        assert!(client.call(method, &[("nonce", nonce)]).is_err());
        assert_eq!(client.call("get_info", &[("nonce", nonce)]), stale);
    }
    sandbox.post("/_sandbox/zaif/keys/key_1", &json!({"permission": false}));
    assert!(client.call("get_info", &[("nonce", "7")]).is_err());
    sandbox.post("/_sandbox/zaif/keys/key_1", &json!({"permission": true}));
    assert_eq!(client.call("get_info", &[("nonce", "7")]), stale);
}

#[test]
fn a_refused_call_uses_up_nothing() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let wrong = [("nonce", "9"), ("sha1secret", "0")];
    assert_eq!(
        client.call("get_info", &wrong),
        Err("signature mismatch".into())
    );
    assert!(client.call("get_info", &[("nonce", "9")]).is_ok());
    let beyond = [("nonce", "1000000000000000")];
    assert_eq!(
        client.call("get_info", &beyond),
        Err("nonce out of range".into())
    );
    assert!(client.call("get_info", &[("nonce", "10")]).is_ok());
}

#[test]
fn keys_have_nonce_books_of_their_own() {
    let sandbox = Running::start();
    let (one, two) = (sandbox.client(), sandbox.client_with(&json!({})));
    assert!(one.call("get_info", &[("nonce", "100")]).is_ok());
    assert!(two.call("get_info", &[("nonce", "1")]).is_ok());
}

#[test]
fn of_sixteen_copies_of_each_nonce_exactly_one_is_carried_out() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let mut accepted = 0;
    for round in 1..=20 {
        let nonce = round.to_string();
        accepted += thread::scope(|scope| {
            let threads: Vec<_> = (0..16)
                .map(|_| {
                    scope.spawn(|| {
                        let coin = [("currency", "btc"), ("amount", "100")];
                        let pairs = [&coin[..], &[("nonce", &nonce)]].concat();
                        client.call("createInvoice", &pairs).is_ok()
                    })
                })
                .collect();
            let results = threads.into_iter().map(|thread| thread.join().unwrap());
            results.filter(|accepted| *accepted).count()
        });
    }
    assert_eq!(accepted, 20);
    assert_eq!(sandbox.invoices().len(), 20);
}

#[test]
fn sixteen_threads_see_one_order_on_the_wire_and_in_the_book() {
    let sandbox = Running::start();
    let client = sandbox.client();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let _ = client.call("get_info", &[]);
                }
            });
        }
    });
    let rows = sandbox.requests();
    assert_eq!(rows.len(), 320);
    let mut last = 0;
    let mut orders = BTreeSet::new();
    for row in &rows {
        let nonce: u64 = row["nonce"].as_str().unwrap().parse().unwrap();
        // In the order of arrival a call is carried out exactly if its nonce is a new highest.
        assert_eq!(row["executed"], nonce > last, "{row}");
        assert_eq!(row["nonce_consumed"], nonce > last);
        if nonce > last {
            last = nonce;
            assert!(orders.insert(row["order"].as_u64().unwrap()));
        } else {
            assert_eq!(row["message"], "nonce not incremented");
        }
    }
    assert_eq!(orders.last().copied(), u64::try_from(orders.len()).ok());
}
