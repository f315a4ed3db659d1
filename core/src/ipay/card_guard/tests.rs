//! Cards in every place, and everything else that is digits.

use std::collections::BTreeMap;

use super::*;
use crate::numbers::Numbers;

/// The numbers that card networks and processors publish for tests.
fn cards() -> Vec<String> {
    let vectors = include_str!("../../../../tests/vectors/ipay_card_guard.json");
    let vectors: serde_json::Value = serde_json::from_str(vectors).unwrap();
    let networks = vectors["cards"].as_object().unwrap().values();
    let numbers = networks.flat_map(|numbers| numbers.as_array().unwrap());
    numbers.map(|n| n.as_str().unwrap().to_owned()).collect()
}

fn refused_at(body: &str, allow_paths: &[&str]) -> Option<String> {
    let allow_paths: Vec<String> = allow_paths.iter().map(|p| (*p).to_owned()).collect();
    let error = check(body, &allow_paths).err()?;
    assert_eq!(error.code(), Code::IpayCardData, "{body}: {error}");
    assert_eq!(error.outcome(), Outcome::NotDone);
    Some(error.param().unwrap().to_owned())
}

#[test]
fn every_published_test_card_is_refused_in_every_place() {
    for card in cards() {
        let spaced: Vec<_> = card
            .as_bytes()
            .chunks(4)
            .map(|c| String::from_utf8_lossy(c))
            .collect();
        for written in [card.clone(), spaced.join(" "), spaced.join("-")] {
            for (body, path) in [
                (
                    format!(r#"{{"metadata":{{"note":"{written}"}}}}"#),
                    "metadata.note",
                ),
                (format!(r#"{{"description":" {written} "}}"#), "description"),
                (
                    format!(r#"{{"items":[{{}},{{}},{{"x":"{written}"}}]}}"#),
                    "items[2].x",
                ),
                (format!(r#"{{"metadata":{{"{written}":1}}}}"#), "metadata.*"),
                (format!(r#"{{"a":[[["{written}"]]]}}"#), "a[0][0][0]"),
                (format!(r#"[{{"a":1}},"{written}"]"#), "[1]"),
                (format!(r#""{written}""#), "body"),
                (
                    format!(r#"{{"payment_method":"{}"}}"#, escaped(&written)),
                    "payment_method",
                ),
            ] {
                assert_eq!(refused_at(&body, &[]).as_deref(), Some(path), "{body}");
                assert_eq!(refused_at(&body, &[path]), None, "{body}");
            }
            let error = check(
                &format!(r#"{{"{written}":{{"{written}":1}}}}"#),
                &["*".to_owned()],
            );
            let shown = format!("{0} {0:?}", error.unwrap_err());
            assert!(
                !shown.contains(&written) && shown.contains("*.*"),
                "{shown}"
            );
            assert!(check_text("idempotency_key", &written).is_err());
        }
        for body in [
            format!("{{\"a\":{card}}}"),
            format!("{{\"a\":{card}.0}}"),
            format!("{{\"a\":{card}e0}}"),
        ] {
            assert_eq!(refused_at(&body, &[]).as_deref(), Some("a"), "{body}");
        }
    }
}

/// The text with its first letter as an escape of JSON.
fn escaped(text: &str) -> String {
    let first = text.chars().next().map_or(0, u32::from);
    format!("\\u{first:04x}{}", &text[1..])
}

#[test]
fn no_allowance_lets_a_card_out_under_its_own_name() {
    let body = r#"{"card":{"number":"4242424242424242","exp_month":12,"cvc":"123"}}"#;
    let all = ["card", "card.number", "card.cvc"];
    assert_eq!(refused_at(body, &all).as_deref(), Some("card.cvc"));
    let body = r#"{"card":{"number":"4242424242424242"}}"#;
    assert_eq!(refused_at(body, &all).as_deref(), Some("card.number"));
    let deeper = r#"{"card":{"details":{"number":"1"}}}"#;
    assert_eq!(
        refused_at(deeper, &[]).as_deref(),
        Some("card.details.number")
    );
    for long in [
        "4242424242424242.00000000000000000000",
        "4242424242424242000000000000000e-15",
    ] {
        let body = format!(r#"{{"x":{long}}}"#);
        assert_eq!(refused_at(&body, &[]).as_deref(), Some("x"), "{long}");
    }
}

#[test]
fn names_of_card_data_are_refused_and_their_neighbours_are_not() {
    for (body, path) in [
        (r#"{"cvc":"123"}"#, "cvc"),
        (r#"{"card":{"cvv":null}}"#, "card.cvv"),
        (r#"{"metadata":{"pan":"x"}}"#, "metadata.pan"),
        (r#"{"number":"1","exp_month":12}"#, "number"),
        (r#"{"exp_year":30,"number":1}"#, "number"),
        (r#"{"card":{"number":"tok"}}"#, "card.number"),
        (r#"{"card":[{"number":"tok"}]}"#, "card[0].number"),
        (r#"{"\u0063vc":1}"#, "cvc"),
        (r#"{"a":1,"a":{"cvc":1}}"#, "a.cvc"),
        (r#"{"a.b":{"cvc":1}}"#, r#"["a.b"].cvc"#),
        (r#"{"x":{"":{"cvc":1}}}"#, r#"x[""].cvc"#),
        (r#"{"注文":{"cvc":1}}"#, "注文.cvc"),
        (r#"{"*":{"cvc":1}}"#, r#"["*"].cvc"#),
        (r#"{"card 4242424242424242":{"cvc":1}}"#, "*.cvc"),
    ] {
        assert_eq!(refused_at(body, &[]).as_deref(), Some(path), "{body}");
        // Nothing else is called a CVC; a number and a PAN may be other things.
        let never = path.ends_with("cvc") || path.ends_with("cvv");
        let allowed = refused_at(body, &[path]);
        assert_eq!(allowed.as_deref(), never.then_some(path), "{body}");
        assert_eq!(refused_at(body, &["", "cv", "*"]).as_deref(), Some(path));
    }
    for body in [
        r#"{"company":"pan & co","phone_number":"+81 90-1234-5678","expand":1}"#,
        r#"{"number":"1001","order":{"exp_month":1}}"#,
        r#"{"metadata":{"number":"A-1","CVC":"1","cvc_check":"pass","span":1,"PAN":"x"}}"#,
        r#"{"card":{"brand":"visa","last4":"4242","exp_month":12,"exp_year":2030}}"#,
        r#"{"card":"4242","holder":{"number":1}}"#,
        r#"{"amount":2999,"rate":1.5e3,"neg":-4242424242424242,"big":1e400,"null":null}"#,
        "{}",
        "[]",
        "null",
        "12",
    ] {
        assert_eq!(refused_at(body, &[]), None, "{body}");
    }
}

#[test]
fn depth_is_bounded_and_what_is_no_json_is_said_to_be_none() {
    let nested = |depth| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(refused_at(&nested(DEEPEST - 1), &[]), None);
    for (body, word) in [
        (nested(DEEPEST), "deeper"),
        (nested(1_000_000), "deeper"),
        (r#"{"a":"#.repeat(1_000_000), "JSON"),
        (String::new(), "JSON"),
        ("{".to_owned(), "JSON"),
        (r#"{"a":1} x"#.to_owned(), "JSON"),
        (r#"{"a":"\ud800"}"#.to_owned(), "JSON"),
        ("{a:1}".to_owned(), "JSON"),
    ] {
        let error = check(&body, &[]).unwrap_err();
        assert_eq!(error.param(), Some("body"));
        assert!(error.message().contains(word), "{error}");
    }
    // A number beyond all bounds is met at once.
    assert_eq!(
        refused_at(r#"{"a":1e999999999999,"b":1e-4294967296}"#, &[]),
        None
    );
}

/// How many of a class's texts the guard refuses, in ten thousandths.
fn refused_of(texts: &[String]) -> usize {
    let refused = |text: &&String| check_text("orderId", text).is_err();
    texts.iter().filter(refused).count() * 10_000 / texts.len()
}

fn article(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[test]
fn articles_order_numbers_and_timestamps_pass() {
    const EACH: u64 = 100_000;
    let mut chance = Numbers(0x2545_f491_4f6c_dd1d);
    let jan = |prefix: &str, rest: u64| article(&format!("{prefix}{rest:010}"));
    for prefix in ["45", "49"] {
        let codes: Vec<_> = (0..EACH)
            .map(|_| jan(prefix, chance.below(10_000_000_000)))
            .collect();
        for code in codes {
            let body = format!(r#"{{"metadata":{{"jan":"{code}","also":{code}}}}}"#);
            assert_eq!(refused_at(&body, &[]), None, "{code}");
        }
    }
    // Days from 2020 to 2039, and a moment of each; microseconds to 2037, when
    // they begin as some cards do.
    let mut moment = || {
        let (year, rest) = (2020 + chance.below(20), chance.below(86_400));
        let day = format!(
            "{year}{:02}{:02}",
            1 + chance.below(12),
            1 + chance.below(28)
        );
        let time = format!("{:02}{:02}{:02}", rest / 3600, rest / 60 % 60, rest % 60);
        (day, time, chance.below(10_000_000_000))
    };
    let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for _ in 0..EACH {
        let (day, time, n) = moment();
        let texts = [
            ("day and 5 digits", format!("{day}{:05}", n % 100_000)),
            ("day and 8 digits", format!("{day}{:08}", n % 100_000_000)),
            ("day-8 digits", format!("{day}-{:08}", n % 100_000_000)),
            ("day and time", format!("{day}{time}")),
            ("day, time, 3 digits", format!("{day}{time}{:03}", n % 1000)),
            ("day-time-3 digits", format!("{day}-{time}-{:03}", n % 1000)),
            ("padded to 13", format!("{:013}", n)),
            ("padded to 16", format!("{:016}", n)),
            ("padded to 19", format!("{:019}", n)),
            ("seconds", (1_577_836_800 + n % 631_152_000).to_string()),
            (
                "milliseconds",
                (1_577_836_800_000 + n * 63 % 631_152_000_000).to_string(),
            ),
            (
                "microseconds",
                (1_577_836_800_000_000 + n * 55_000).to_string(),
            ),
            (
                "nanoseconds",
                (1_577_836_800_000_000_000 + n * 60_000_000).to_string(),
            ),
            ("phone", format!("+8190{:08}", n % 100_000_000)),
            ("letters", format!("A-{n:016}")),
        ];
        for (class, text) in texts {
            classes.entry(class.to_owned()).or_default().push(text);
        }
    }
    for (class, texts) in classes {
        assert_eq!(refused_of(&texts), 0, "{class}");
    }
}

/// What passes Luhn's check and begins like a card by chance cannot be told
/// from one: a tenth of each such class, for which there is `allow_paths`.
#[test]
fn a_tenth_of_what_begins_like_a_card_is_taken_for_one() {
    let mut chance = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut tenth = |text: &dyn Fn(u64) -> String| {
        let texts: Vec<_> = (0..20_000)
            .map(|_| text(chance.below(10_000_000_000)))
            .collect();
        refused_of(&texts)
    };
    for (class, share) in [
        (
            "yymmdd of 2023 to 2026 and 10 digits",
            tenth(&|n| format!("2{}{:02}15{n:010}", 3 + n % 4, 1 + n % 12)),
        ),
        (
            "European articles, 400 to 449",
            tenth(&|n| article(&format!("4{}{:010}", n % 5, n))),
        ),
    ] {
        assert!((900..1_100).contains(&share), "{class}: {share}");
    }
    // Other lengths of the same order numbers are no card's.
    assert_eq!(tenth(&|n| format!("2611{:010}", n)), 0);
}

#[test]
fn the_vectors_of_all_languages_hold() {
    let vectors = include_str!("../../../../tests/vectors/ipay_card_guard.json");
    let vectors: serde_json::Value = serde_json::from_str(vectors).unwrap();
    for case in vectors["cases"].as_array().unwrap() {
        // Each makes one call, which the guard lets out or not.
        let step = &case["steps"][0];
        assert_eq!(step["do"], "request");
        let with = &step["with"];
        let paths = with["allow_paths"].as_array().into_iter().flatten();
        let paths: Vec<_> = paths.map(|p| p.as_str().unwrap().to_owned()).collect();
        let body = with["body_text"].as_str().map(str::to_owned);
        let told = match check(&body.unwrap_or_else(|| with["body"].to_string()), &paths) {
            Ok(()) => (Code::IpayNotFound.as_str(), None),
            Err(error) => (error.code().as_str(), error.param().map(str::to_owned)),
        };
        let fails = &step["fails"];
        let param = fails["param"].as_str().map(str::to_owned);
        assert_eq!(told, (fails["code"].as_str().unwrap(), param), "{case}");
    }
}

fn holds_card(value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::Array(items) => items.iter().any(holds_card),
        Value::Object(members) => members.values().any(holds_card),
        Value::Number(number) => number.as_u64() == Some(4_242_424_242_424_242),
        Value::String(text) => text == "4242 4242 4242 4242",
        _ => false,
    }
}

/// Anything at all is checked or said to be no JSON, and no card gets through.
#[test]
fn hostile_bodies_are_checked_or_refused() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\"a\"",
        "\"cvc\"",
        "\"number\"",
        "\"card\"",
        "\"exp_\"",
        "1",
        "-",
        ".",
        "e9",
        "null",
        "4242424242424242",
        "\"4242 4242 4242 4242\"",
        "\\u0034",
        "\\",
        " ",
        "注",
        "{\"a\":",
        "{\"a\":[",
        "}",
        "]}",
    ];
    let (mut passed, mut refused) = (0_u32, 0_u32);
    for _ in 0..100_000 {
        let body = numbers.text(&pieces, 7);
        match check(&body, &[]) {
            Ok(()) => {
                passed += 1;
                // A number beyond any float is JSON all the same.
                let read = serde_json::from_str(&body);
                assert!(!read.is_ok_and(|value| holds_card(&value)), "{body}");
            }
            Err(error) if error.code() == Code::IpayCardData => {
                refused += 1;
                assert!(!error.to_string().contains("4242"), "{error}");
            }
            Err(error) => assert_eq!(error.param(), Some("body"), "{body}"),
        }
    }
    assert!(passed > 300 && refused > 300, "{passed} {refused}");
}
