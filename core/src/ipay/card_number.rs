//! What looks like the number of a payment card, and what only nearly does.

/// The fewest and the most digits that a card's number has here.
const FEWEST: usize = 13;
const MOST: usize = 19;

/// Lengths of networks that number their cards as ISO 7812 allows.
const LONG: &[usize] = &[16, 17, 18, 19];

/// Which first digits belong to a network, and how many digits follow them
/// altogether: the first prefix of a range, the last, the lengths.
///
/// Ranges are as wide as any table that processors publish. What no network
/// uses any more is left out where today's order numbers begin like that
/// (enRoute's 2014, British Maestro's 0604).
const NETWORKS: &[(u32, u32, &[usize])] = &[
    // Visa, and what is branded with it.
    (4, 4, &[13, 16, 19]),
    // Mastercard.
    (51, 55, &[16]),
    (2221, 2720, &[16]),
    // American Express.
    (34, 34, &[15]),
    (37, 37, &[15]),
    // Diners Club.
    (300, 305, &[14, 15, 16, 17, 18, 19]),
    (3095, 3095, &[14, 15, 16, 17, 18, 19]),
    (36, 36, &[14, 15, 16, 17, 18, 19]),
    (38, 39, &[14, 15, 16, 17, 18, 19]),
    // JCB: today's range, and the older ones.
    (3528, 3589, LONG),
    (3088, 3094, &[16]),
    (3096, 3102, &[16]),
    (3112, 3120, &[16]),
    (3158, 3159, &[16]),
    (3337, 3349, &[16]),
    (1800, 1800, &[15]),
    (2131, 2131, &[15, 16]),
    // Discover.
    (6011, 6011, LONG),
    (644, 649, LONG),
    (65, 65, LONG),
    // UnionPay.
    (62, 62, LONG),
    (81, 81, LONG),
    // Maestro, and the national networks that it took in or that number their
    // cards among its own: Dankort, Bancontact, Switch, Solo, Laser, Verve, Elo.
    (50, 50, &[13, 14, 15, 16, 17, 18, 19]),
    (56, 59, &[13, 14, 15, 16, 17, 18, 19]),
    (63, 63, &[13, 14, 15, 16, 17, 18, 19]),
    (67, 67, &[13, 14, 15, 16, 17, 18, 19]),
    // RuPay, Hipercard, Cabal.
    (60, 60, &[16]),
    (82, 82, &[16]),
    // Mir and BORICA, Troy, Carnet, Uzcard, Humo.
    (2200, 2205, LONG),
    (9792, 9792, &[16]),
    (2869, 2869, &[16]),
    (8600, 8600, &[16]),
    (9860, 9860, &[16]),
    // UATP: 1 and the number of an airline.
    (1001, 1999, &[15]),
];

/// Whether a text, as a whole, reads as a card's number: 13 to 19 digits,
/// alone or with single blanks or hyphens between them, that pass Luhn's check
/// and begin as a network's cards of that length do.
pub(super) fn looks_like_one(text: &str) -> bool {
    digits(text).is_some_and(|digits| {
        let digits = digits.as_slice();
        passes_luhn(digits) && is_of_a_network(digits) && !is_article_number(digits)
    })
}

/// Whether a text has digits enough to hold a card's number among other letters.
pub(super) fn may_hold_one(text: &str) -> bool {
    text.chars()
        .filter(|letter| digit(*letter).is_some())
        .count()
        >= FEWEST
}

/// Up to 19 digits.
struct Digits([u8; MOST], usize);

impl Digits {
    fn as_slice(&self) -> &[u8] {
        self.0.get(..self.1).unwrap_or_default()
    }
}

/// The digits of a text that has nothing else but what people put between a
/// card's digits, and around them when they paste it.
fn digits(text: &str) -> Option<Digits> {
    let mut found = Digits([0; MOST], 0);
    // A separator stands between two digits: none before the first.
    let mut after_digit = false;
    for letter in text.trim().chars() {
        if let Some(digit) = digit(letter) {
            *found.0.get_mut(found.1)? = digit;
            found.1 += 1;
            after_digit = true;
        } else if after_digit && is_separator(letter) {
            after_digit = false;
        } else {
            return None;
        }
    }
    (after_digit && found.1 >= FEWEST).then_some(found)
}

/// A digit's value; Japanese keyboards also write them wide.
fn digit(letter: char) -> Option<u8> {
    let narrow = match letter {
        '０'..='９' => u32::from(letter) - u32::from('０'),
        _ => letter.to_digit(10)?,
    };
    u8::try_from(narrow).ok()
}

/// Blanks and hyphens, as keyboards and word processors write them.
const fn is_separator(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' | '-' | '\u{2010}'
            ..='\u{2014}' | '\u{2212}' | '－'
    )
}

/// Luhn's check (ISO 7812-1, annex B).
fn passes_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(*digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => 2 * digit - 9,
            (_, digit) => 2 * digit,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn is_of_a_network(digits: &[u8]) -> bool {
    // The number's first one to four digits, as numbers.
    let mut starts = [0; 4];
    let mut start = 0;
    for (slot, digit) in starts.iter_mut().zip(digits) {
        start = start * 10 + u32::from(*digit);
        *slot = start;
    }
    NETWORKS.iter().any(|(first, last, lengths)| {
        let start = usize::try_from(first.ilog10())
            .ok()
            .and_then(|n| starts.get(n));
        start.is_some_and(|start| (first..=last).contains(&start))
            && lengths.contains(&digits.len())
    })
}

/// Whether thirteen digits are an article's number (EAN-13, in Japan JAN) and
/// not a card's. No network issues numbers of thirteen digits any more; but old
/// numbers of Visa are published for tests, and some of them are European
/// articles' numbers as well. So of what begins with Visa's 4 only Japan's
/// prefixes, 45 and 49, count as articles'.
fn is_article_number(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(place, digit)| u32::from(*digit) * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    digits.len() == 13 && sum.is_multiple_of(10) && !matches!(digits, [4, 0..=4 | 6..=8, ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_however_people_write_it() {
        for text in [
            "4242424242424242",
            "4242 4242 4242 4242",
            "4242-4242-4242-4242",
            " 4242424242424242\n",
            "42 4242-4242 424242",
            "4242\u{a0}4242\u{a0}4242\u{a0}4242",
            "４２４２４２４２４２４２４２４２",
            "４２４２　４２４２　４２４２　４２４２",
            "４２４２－４２４２－４２４２－４２４２",
            "3782 822463 10005",
            "3056 930902 5904",
            "4222 222 222 222",
        ] {
            assert!(looks_like_one(text), "{text}");
        }
    }

    #[test]
    fn what_only_nearly_is_one_is_none() {
        for text in [
            "",
            "4242424242424241",
            "424242424242",
            "42424242424242424242",
            "4242  4242 4242 4242",
            "4242--4242-4242-4242",
            "-4242424242424242",
            "4242424242424242-",
            "+4242424242424242",
            "4242.4242.4242.4242",
            "x4242424242424242",
            "4242424242424242 x",
            "0000000000000000",
            "9999999999999995",
            "visa",
        ] {
            assert!(!looks_like_one(text), "{text}");
        }
    }

    #[test]
    fn luhn_and_the_articles_check_digit_are_the_standards() {
        assert!(passes_luhn(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 3]));
        assert!(!passes_luhn(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1, 0]));
        assert!(is_article_number(&[4, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 4]));
        assert!(!is_article_number(&[4, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 5]));
    }
}
