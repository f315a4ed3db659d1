//! The life of an invoice, arrow by arrow, on the virtual clock.

use crate::running::Running;

#[test]
fn new_paid_confirmed_complete_in_bitcoin() {
    let sandbox = Running::start();
    let client = sandbox.client();
    sandbox.freeze();
    let id = client.create(&[]);
    assert_eq!(client.status(&id), "new");
    sandbox.pay(&id, None);
    assert_eq!(client.status(&id), "paid");
    sandbox.mine("mona", 5);
    assert_eq!(client.status(&id), "paid");
    sandbox.mine("btc", 2);
    assert_eq!(client.status(&id), "confirmed");
    assert!(client.look(&id)["settled"].is_null());
    sandbox.advance(7);
    sandbox.mine("btc", 1);
    let looked = client.look(&id);
    assert_eq!(looked["status"], "complete");
    let [created, settled] = ["created", "settled"].map(|name| looked[name].as_u64().unwrap());
    assert_eq!(settled - created, 7);
    sandbox.advance(100_000);
    assert_eq!(client.status(&id), "complete");
}

#[test]
fn monacoin_is_complete_after_a_hundred_blocks() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[("currency", "mona")]);
    sandbox.pay(&id, None);
    sandbox.mine("mona", 99);
    assert_eq!(client.status(&id), "confirmed");
    sandbox.mine("mona", 1);
    assert_eq!(client.status(&id), "complete");
}

#[test]
fn an_unpaid_invoice_expires_to_the_second_and_late_money_is_invalid() {
    let sandbox = Running::start();
    let client = sandbox.client();
    sandbox.freeze();
    let id = client.create(&[]);
    sandbox.advance(599);
    assert_eq!(client.status(&id), "new");
    sandbox.advance(1);
    assert_eq!(client.status(&id), "expired");
    sandbox.pay(&id, None);
    assert_eq!(client.status(&id), "invalid");
    sandbox.mine("btc", 3);
    assert_eq!(client.status(&id), "invalid");
}

#[test]
fn a_short_payment_stays_paid_until_time_runs_out() {
    let sandbox = Running::start();
    let client = sandbox.client();
    sandbox.freeze();
    let id = client.create(&[]);
    sandbox.pay(&id, Some("0.1"));
    sandbox.mine("btc", 6);
    sandbox.advance(599);
    assert_eq!(client.status(&id), "paid");
    sandbox.advance(1);
    assert_eq!(client.status(&id), "invalid");
}

#[test]
fn the_rest_may_follow_in_time() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[]);
    sandbox.pay(&id, Some("0.1"));
    sandbox.mine("btc", 1);
    sandbox.pay(&id, None);
    assert_eq!(sandbox.invoices()[0]["received"], "0.359856");
    sandbox.mine("btc", 2);
    assert_eq!(client.status(&id), "confirmed");
    sandbox.mine("btc", 1);
    assert_eq!(client.status(&id), "complete");
}

#[test]
fn money_seen_in_time_has_fifty_more_minutes_to_its_first_confirmation() {
    let sandbox = Running::start();
    let client = sandbox.client();
    sandbox.freeze();
    let ids = [client.create(&[]), client.create(&[])];
    for id in &ids {
        sandbox.pay(id, None);
    }
    sandbox.advance(3_599);
    assert_eq!(client.status(&ids[0]), "paid");
    let late = client.create(&[("currency", "mona")]);
    sandbox.pay(&late, None);
    sandbox.mine("mona", 1);
    sandbox.advance(1);
    assert_eq!(client.status(&ids[0]), "invalid");
    assert_eq!(client.status(&late), "confirmed");
    sandbox.advance(100_000);
    assert_eq!(client.status(&late), "confirmed");
}

#[test]
fn too_much_money_completes_all_the_same() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[]);
    sandbox.pay(&id, Some("1"));
    sandbox.mine("btc", 3);
    assert_eq!(client.status(&id), "complete");
    sandbox.pay(&id, Some("0.00000001"));
    assert_eq!(client.status(&id), "complete");
    assert_eq!(sandbox.invoices()[0]["received"], "1.00000001");
}

#[test]
fn only_open_invoices_can_be_canceled() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let cancel = |id: &str| client.call("cancelInvoice", &[("invoiceId", id)]);
    let refused = Err("invalid parameter invoiceId".to_owned());
    for (pay, blocks, works) in [
        (false, 0, true),
        (true, 0, true),
        (true, 1, true),
        (true, 3, false),
    ] {
        let id = client.create(&[]);
        if pay {
            sandbox.pay(&id, None);
        }
        if blocks > 0 {
            sandbox.mine("btc", blocks);
        }
        assert_eq!(cancel(&id).is_ok(), works);
        assert_eq!(cancel(&id), refused);
    }
    let id = client.create(&[]);
    sandbox.advance(600);
    assert_eq!(cancel(&id), refused);
    sandbox.pay(&id, None);
    assert_eq!(client.status(&id), "invalid");
    assert_eq!(cancel(&id), refused);
    assert_eq!(cancel("no-such-invoice"), refused);
}

#[test]
fn a_canceled_invoice_stays_canceled_whatever_arrives() {
    let sandbox = Running::start();
    let client = sandbox.client();
    let id = client.create(&[]);
    client.call("cancelInvoice", &[("invoiceId", &id)]).unwrap();
    sandbox.pay(&id, None);
    sandbox.mine("btc", 3);
    assert_eq!(client.status(&id), "canceled");
    assert_eq!(sandbox.invoices()[0]["received"], "0.359856");
}
