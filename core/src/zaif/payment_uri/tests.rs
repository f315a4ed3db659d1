use super::*;
use crate::numbers::Numbers;

const ADDRESS: &str = "19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb";

fn invoice(change: impl Fn(&str) -> String) -> Invoice {
    let text = format!(
        r#"{{"invoiceId":"a-1","created":1434696690,"expired":1434698490,"amount":10800,
        "currency":"btc","rate":"30012","btc":"0.359856","address":"{ADDRESS}",
        "BIP21":"bitcoin:{ADDRESS}?amount=0.359856"}}"#
    );
    Invoice::read(&change(&text)).unwrap()
}

#[test]
fn what_is_made_is_read_back() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let pieces = [
        "a", "Z", "0", " ", "+", "%", "&", "=", "?", "#", "%41", "/", ":", "é", "店", "👛", "\"",
        "<", "'", "~", "\u{a0}", "\u{202e}",
    ];
    let coins = ["btc", "mona", "xym", "b2"];
    for _ in 0..3000 {
        let coin: Coin = numbers.pick(&coins).parse().unwrap();
        let mut link = PaymentUri::new(coin, ADDRESS).unwrap();
        if numbers.below(2) == 0 {
            let decimals = usize::try_from(numbers.below(9)).unwrap();
            let digits = format!("{:0>9}", numbers.below(21_000_000_000));
            let (whole, fraction) = digits.split_at(digits.len() - 8);
            let amount = match decimals {
                0 => whole.to_owned(),
                some => format!("{whole}.{}", &fraction[..some]),
            };
            link = link.with_amount(amount.parse().unwrap()).unwrap();
            assert_eq!(link.amount().unwrap(), amount.parse().unwrap());
        }
        if numbers.below(2) == 0 {
            link = link.with_label(&numbers.text(&pieces, 12)).unwrap();
        }
        if numbers.below(2) == 0 {
            link = link.with_message(&numbers.text(&pieces, 12)).unwrap();
        }
        for _ in 0..numbers.below(4) {
            let name = format!("x{}", numbers.text(&pieces, 4));
            let value = numbers.text(&pieces, 6);
            link = link.with_parameter(&name, &value).unwrap();
        }
        let text = link.to_string();
        assert!(text.is_ascii() && !text.contains([' ', '"', '<', '#', '+', '\'']));
        assert_eq!(PaymentUri::parse(&text).unwrap(), link, "{text}");
    }
}

#[test]
fn hostile_text_is_read_or_refused_and_stays_what_it_was_read_as() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let pieces = [
        "bitcoin",
        "BitCoin",
        "btc",
        ":",
        "?",
        "&",
        "=",
        "amount",
        "label",
        "message",
        "req-",
        "0.1",
        "1e3",
        "-",
        "%",
        "%2",
        "%00",
        "%ff",
        "%E5%BA%97",
        "%zz",
        "店",
        " ",
        "\u{0}",
        "é",
        "1abc",
        "javascript",
        "99999999999999999999999999999",
        "#",
        "+",
        ",",
    ];
    let (mut read, mut refused) = (0, 0);
    for round in 0..20_000 {
        let start = ["", "bitcoin:1abc", "bitcoin:1abc?", "monacoin:1abc?x=1&"][round % 4];
        let text = format!("{start}{}", numbers.text(&pieces, 8));
        match PaymentUri::parse(&text) {
            Ok(link) => {
                read += 1;
                assert_eq!(PaymentUri::parse(&link.to_string()).unwrap(), link);
            }
            Err(error) => {
                refused += 1;
                assert_eq!(error.code(), Code::InputInvalid);
                assert!(error.param().is_some_and(|p| !p.is_empty()), "{text:?}");
                assert!(!error.to_string().contains(char::is_control), "{text:?}");
            }
        }
    }
    assert!(read > 1000 && refused > 1000, "{read} {refused}");
}

#[test]
fn every_cut_and_every_changed_byte_is_met_without_a_panic() {
    let whole = format!("bitcoin:{ADDRESS}?amount=0.359856&label=%E5%BA%97&x=%25");
    for at in 0..whole.len() {
        let _ = PaymentUri::parse(&whole[..at]);
        for byte in 0..=127_u8 {
            let mut bytes = whole.clone().into_bytes();
            bytes[at] = byte;
            let _ = PaymentUri::parse(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

#[test]
fn no_link_is_longer_than_4_kib() {
    let link = || PaymentUri::new(Coin::BTC, ADDRESS).unwrap();
    let room = PaymentUri::MOST_BYTES - link().to_string().len() - "?label=".len();
    let full = link().with_label(&"a".repeat(room)).unwrap();
    assert_eq!(full.to_string().len(), PaymentUri::MOST_BYTES);
    assert_eq!(PaymentUri::parse(&full.to_string()).unwrap(), full);

    let param = |result: Result<PaymentUri>| result.unwrap_err().param().map(str::to_owned);
    let long = format!("{full}a");
    assert_eq!(param(PaymentUri::parse(&long)).as_deref(), Some("uri"));
    // Short as it came, but not as it would be written again.
    let slashes = format!("bitcoin:1abc?x={}", "/".repeat(4000));
    assert_eq!(param(PaymentUri::parse(&slashes)).as_deref(), Some("uri"));
    let longer = link().with_label(&"a".repeat(room + 1));
    assert_eq!(param(longer).as_deref(), Some("label"));
    // Three bytes of UTF-8 are nine in a link.
    let longer = link().with_message(&"店".repeat(455));
    assert_eq!(param(longer).as_deref(), Some("message"));
    let longer = full.clone().with_amount("1".parse().unwrap());
    assert_eq!(param(longer).as_deref(), Some("amount"));
    assert_eq!(param(full.with_parameter("x", "")).as_deref(), Some("x"));
}

#[test]
fn the_last_of_two_texts_given_stands() {
    let link = PaymentUri::new(Coin::BTC, "1abc").unwrap();
    let link = link.with_label("a").unwrap().with_label("b").unwrap();
    assert_eq!(link.to_string(), "bitcoin:1abc?label=b");
}

#[test]
fn a_made_link_refuses_what_a_read_one_would() {
    let link = || PaymentUri::new(Coin::BTC, "1abc").unwrap();
    for (result, param) in [
        (link().with_label("a\nb"), "label"),
        (link().with_message("\u{7f}"), "message"),
        (link().with_parameter("", "x"), "name"),
        (link().with_parameter("a\u{0}", "x"), "name"),
        (link().with_parameter("x", "\u{85}"), "x"),
        (link().with_parameter("Amount", "1"), "Amount"),
        (link().with_parameter("req-x", "1"), "req-x"),
        (PaymentUri::new(Coin::BTC, ""), "address"),
        (PaymentUri::new(Coin::BTC, "1abc?amount=5"), "address"),
        (PaymentUri::new(Coin::BTC, &"a".repeat(129)), "address"),
        (
            PaymentUri::new("bitcoin".parse().unwrap(), "1abc"),
            "currency",
        ),
        (
            PaymentUri::new("1inch".parse().unwrap(), "1abc"),
            "currency",
        ),
        (PaymentUri::new("data".parse().unwrap(), "1abc"), "currency"),
    ] {
        assert_eq!(result.unwrap_err().param(), Some(param));
    }
}

#[test]
fn an_invoice_s_link_is_the_service_s_own() {
    let worked = invoice(str::to_owned);
    let link = PaymentUri::for_invoice(&worked).unwrap();
    assert_eq!(Some(link.to_string()), worked.bip21);

    let mona = invoice(|t| {
        t.replace("\"btc\"", "\"mona\"")
            .replace("bitcoin:", "monacoin:")
            .replace("0.359856", "500.000000")
    });
    let link = PaymentUri::for_invoice(&mona).unwrap();
    assert_eq!(
        link.to_string(),
        format!("monacoin:{ADDRESS}?amount=500.000000")
    );
    assert_eq!(Some(link.to_string()), mona.bip21);
}

#[test]
fn a_link_that_disagrees_with_its_invoice_is_not_hidden() {
    let service = format!("bitcoin:{ADDRESS}?amount=0.359856");
    for other in [
        format!("monacoin:{ADDRESS}?amount=0.359856"),
        "bitcoin:1abc?amount=0.359856".to_owned(),
        format!("bitcoin:{ADDRESS}?amount=0.359857"),
    ] {
        let error = PaymentUri::for_invoice(&invoice(|t| t.replace(&service, &other)));
        let error = error.unwrap_err();
        assert_eq!(error.code(), Code::ZaifBadAnswer);
        assert_eq!(error.param(), Some("bip21"));
    }
    for same in [
        format!("BITCOIN:{ADDRESS}?label=x&amount=0.35985600"),
        format!("bitcoin:{ADDRESS}"),
        "not a link".to_owned(),
    ] {
        let invoice = invoice(|t| t.replace(&service, &same));
        let link = PaymentUri::for_invoice(&invoice).unwrap();
        assert_eq!(link.to_string(), service);
    }
}

#[test]
fn an_invoice_that_cannot_be_paid_by_link_says_why() {
    for (from, to, param) in [
        ("\"btc\":\"0.359856\",", "", "coin_amount"),
        ("\"address\":\"19yhwo", "\"address\":\"19 yhwo", "address"),
        (
            "\"currency\":\"btc\",",
            "\"currency\":\"data\",\"data\":\"1\",",
            "currency",
        ),
    ] {
        let error = PaymentUri::for_invoice(&invoice(|t| t.replace(from, to))).unwrap_err();
        assert_eq!(error.code(), Code::ZaifBadAnswer);
        assert_eq!(error.param(), Some(param));
    }
}
