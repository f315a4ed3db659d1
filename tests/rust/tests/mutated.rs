//! What comes from outside, changed at random in every way that there is: no
//! forged webhook gets in, no card gets out, no amount is rounded, and nothing
//! panics.
//!
//! A million forged webhooks and a tenth as many of all else, or as many of each
//! as `KESSAI_MUTATIONS` says:
//!
//! ```text
//! KESSAI_MUTATIONS=10000000 cargo test --release -p kessai-tests --test mutated -- --nocapture
//! ```

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use kessai::ipay::{Webhooks, card_guard};
use kessai::{Code, ErrorKind, major_units, minor_units_of};
use kessai_tests::show;
use serde_json::Value;

const SECRETS: [&str; 2] = ["whsec_of_today", "whsec_of_yesterday"];
const DATA: &str = concat!(
    r#"{"id":"evt_1","type":"payment.succeeded","created":1763856000,"data":{"id":"pay_1","#,
    r#""amount":2999,"currency":"JPY","metadata":{"orderId":"A-1001"},"note":"注文"}}"#,
);

/// The same numbers in every run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        let most = u64::try_from(most.max(1)).unwrap();
        usize::try_from(self.next() % most).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_be_bytes()[0]
    }

    /// Up to `most` pieces in a row.
    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        let many = self.below(most + 1);
        (0..many)
            .map(|_| pieces[self.below(pieces.len())])
            .collect()
    }
}

fn many(unless_told: u64) -> u64 {
    std::env::var("KESSAI_MUTATIONS").map_or(unless_told, |many| many.parse().unwrap())
}

/// Tries so many, each from a seed of its own, on every core. Gives how many of
/// each of two ways they went.
fn try_many(name: &str, many: u64, attempt: impl Fn(&mut Numbers) -> bool + Sync) -> (u64, u64) {
    let threads = thread::available_parallelism().unwrap().get();
    let (next, ways) = (AtomicU64::new(0), [AtomicU64::new(0), AtomicU64::new(0)]);
    let start = Instant::now();
    show(&format!("{name}: seeds 0 to {many}, on {threads} threads"));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut counts = [0, 0];
                loop {
                    // A thousand at a time: the counter is not what is tried.
                    let first = next.fetch_add(1000, Ordering::Relaxed);
                    if first >= many {
                        break;
                    }
                    for seed in first..many.min(first + 1000) {
                        let way = usize::from(attempt(&mut Numbers(seed)));
                        counts[way] += 1;
                    }
                }
                for (way, count) in ways.iter().zip(counts) {
                    way.fetch_add(count, Ordering::Relaxed);
                }
            });
        }
    });
    let [no, yes] = ways.map(AtomicU64::into_inner);
    assert_eq!(no + yes, many);
    show(&format!("{name}: {no} and {yes} in {:?}", start.elapsed()));
    (no, yes)
}

/// Changes bytes: one or some of them, or their number, or their order.
fn change(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    let at = numbers.below(bytes.len());
    match numbers.below(8) {
        0 if !bytes.is_empty() => bytes[at] ^= 1 << numbers.below(8),
        1 if !bytes.is_empty() => bytes[at] = numbers.byte(),
        2 if !bytes.is_empty() => drop(bytes.remove(at)),
        3 => bytes.insert(at, numbers.byte()),
        4 => bytes.truncate(at),
        5 => bytes.extend_from_slice(&vec![numbers.byte(); 1 + numbers.below(64)]),
        6 if bytes.len() > 1 => {
            let other = numbers.below(bytes.len());
            bytes.swap(at, other);
        }
        _ => {
            for byte in bytes.iter_mut() {
                *byte = numbers.byte();
            }
        }
    }
}

/// A webhook that differs from a true one: in its body, in the 32 bytes of its
/// signature, or in the text of them by more than the case of letters. The true
/// one itself where the change changed nothing.
fn forged(numbers: &mut Numbers, true_one: &str) -> (Vec<u8>, Option<String>) {
    let mut body = DATA.as_bytes().to_vec();
    let signature = match numbers.below(3) {
        0 => {
            change(&mut body, numbers);
            Some(true_one.to_owned())
        }
        1 => {
            let mut bytes: Vec<u8> = (0..64)
                .step_by(2)
                .map(|at| u8::from_str_radix(&true_one[at..at + 2], 16).unwrap())
                .collect();
            change(&mut bytes, numbers);
            Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
        }
        _ => {
            let mut text = true_one.as_bytes().to_vec();
            for _ in 0..=numbers.below(3) {
                change(&mut text, numbers);
            }
            // A header is text; what is none reaches nobody.
            Some(String::from_utf8_lossy(&text).into_owned()).filter(|_| numbers.below(1000) != 0)
        }
    };
    (body, signature)
}

#[test]
fn no_forged_webhook_gets_in() {
    let webhooks = Webhooks::new(SECRETS.map(Into::into)).unwrap();
    let body = DATA.as_bytes();
    let true_ones = SECRETS.map(|secret| Webhooks::sign(body, &secret.into()).unwrap());
    for (index, signature) in true_ones.iter().enumerate() {
        let event = webhooks.verify(body, Some(signature)).unwrap();
        assert_eq!(event.secret_index(), index);
    }
    let all = many(1_000_000);
    let told = webhooks.verify(body, None).unwrap_err().to_string();
    let (forgeries, unchanged) = try_many("webhooks", all, |numbers| {
        let true_one = &true_ones[numbers.below(2)];
        let (changed, signature) = loop {
            let (changed, signature) = forged(numbers, true_one);
            let same = signature
                .as_ref()
                .is_some_and(|s| s.eq_ignore_ascii_case(true_one));
            if changed != body || !same {
                break (changed, signature);
            }
        };
        match webhooks.verify(&changed, signature.as_deref()) {
            Ok(event) => panic!("seed {}: {event:?} got in", numbers.0),
            Err(error) => {
                assert_eq!(error.code(), Code::IpayBadSignature);
                assert_eq!(error.kind(), ErrorKind::Signature);
                assert_eq!(error.to_string(), told, "each is refused alike");
                false
            }
        }
    });
    assert_eq!((forgeries, unchanged), (all, 0));
}

/// Signed with a true secret, so that what lies behind the signature is met.
#[test]
fn whatever_is_signed_is_an_event_or_said_to_be_none() {
    let webhooks = Webhooks::new([SECRETS[0].into()]).unwrap();
    let (refused, read) = try_many("signed", many(100_000), |numbers| {
        let mut body = DATA.as_bytes().to_vec();
        for _ in 0..numbers.below(3) {
            change(&mut body, numbers);
        }
        let signature = Webhooks::sign(&body, &SECRETS[0].into()).unwrap();
        match webhooks.verify(&body, Some(&signature)) {
            Ok(event) => {
                assert_eq!(event.raw().as_bytes(), body);
                assert!(event.data().is_none_or(|data| event.raw().contains(data)));
                assert!(!event.key().is_empty());
                true
            }
            Err(error) => {
                assert_eq!(error.code(), Code::IpayBadEvent);
                false
            }
        }
    });
    assert!(refused > 0 && read > 0);
}

#[test]
fn no_card_gets_out_of_a_changed_body() {
    const CARD: &str = "4242424242424242";
    let whole = format!(
        r#"{{"amount":2999,"items":[{{"x":1}},{{"y":"{CARD}"}}],"metadata":{{"{CARD}":[{CARD},"\u0034242-4242-4242-4242"]}}}}"#
    );
    let (refused, passed) = try_many("card guard", many(100_000), |numbers| {
        let mut body = whole.clone().into_bytes();
        for _ in 0..=numbers.below(40) {
            change_a_little(&mut body, numbers);
        }
        let body = String::from_utf8_lossy(&body);
        match card_guard::check(&body, &[]) {
            Ok(()) => {
                // A number beyond any float is JSON all the same.
                let read = serde_json::from_str(&body);
                assert!(!read.is_ok_and(|value| holds(&value, CARD)), "{body}");
                true
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Input);
                assert!(!format!("{error} {error:?}").contains(CARD), "{error}");
                false
            }
        }
    });
    assert!(refused > 0 && passed > 0);
}

fn holds(value: &Value, card: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| holds(item, card)),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name == card || holds(value, card)),
        Value::Number(number) => number.to_string() == card,
        Value::String(text) => text == card || text == "4242-4242-4242-4242",
        _ => false,
    }
}

/// Changes that leave most of it JSON: a digit, or a stretch left out.
fn change_a_little(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    let at = numbers.below(bytes.len());
    if bytes.get(at).is_some_and(u8::is_ascii_digit) {
        bytes[at] = b'0' + numbers.byte() % 10;
    } else if numbers.below(200) == 0 {
        change(bytes, numbers);
    }
}

#[test]
fn no_amount_is_rounded() {
    let pieces = [
        "0",
        "1",
        "9",
        "00",
        "5",
        ".",
        ".",
        "-",
        "e",
        "E5",
        ",",
        " ",
        "０",
        "٣",
        "NaN",
        "\0",
        "999999999999",
        "9007199254740991",
    ];
    let currencies = ["USD", "jpy", "KWD", "CLF", "XXX", "", "ＵＳＤ"];
    let (refused, taken) = try_many("minor units", many(100_000), |numbers| {
        let text = numbers.text(&pieces, 6);
        let currency = currencies[numbers.below(currencies.len())];
        match minor_units_of(&text, currency) {
            Ok(minor) => {
                let back = major_units(minor, currency).unwrap().to_string();
                let trimmed = |text: &str| {
                    let text = text.trim_start_matches('0');
                    match text.split_once('.') {
                        None => (text.to_owned(), String::new()),
                        Some((a, b)) => (a.to_owned(), b.trim_end_matches('0').to_owned()),
                    }
                };
                assert_eq!(trimmed(&back), trimmed(&text), "{text} {currency}");
                true
            }
            Err(error) => {
                assert!(matches!(error.param(), Some("amount" | "currency")));
                false
            }
        }
    });
    assert!(refused > 0 && taken > 0);
}
