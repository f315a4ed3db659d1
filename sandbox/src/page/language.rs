//! Which language a visitor reads.

use super::words::{EN, JA, Words};

/// The words for a visitor: `?lang=` decides, then `Accept-Language`, then Japanese.
#[must_use]
pub fn choose(wanted: Option<&str>, accepted: Option<&str>) -> &'static Words {
    wanted
        .and_then(known)
        .or_else(|| accepted.and_then(preferred))
        .unwrap_or(&JA)
}

/// The words of a language tag, if it is one of ours.
fn known(tag: &str) -> Option<&'static Words> {
    let primary = tag.split('-').next().unwrap_or_default().trim();
    [&JA, &EN]
        .into_iter()
        .find(|words| primary.eq_ignore_ascii_case(words.lang))
}

/// The first of our languages in the visitor's order of preference.
fn preferred(accepted: &str) -> Option<&'static Words> {
    let mut best: Option<(u32, &'static Words)> = None;
    for part in accepted.split(',') {
        let (tag, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight = thousandths(weight);
        if let Some(words) = known(tag)
            && weight > best.map_or(0, |(most, _)| most)
        {
            best = Some((weight, words));
        }
    }
    best.map(|(_, words)| words)
}

/// `q=0.8` as 800; certain when absent or not understood.
fn thousandths(weight: &str) -> u32 {
    let Some(value) = weight.trim().strip_prefix("q=") else {
        return 1000;
    };
    match value.split_once('.') {
        Some(("0", digits)) => format!("{digits:0<3}").parse().unwrap_or(0),
        None if value == "0" => 0,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_decides_before_the_browser_does() {
        assert_eq!(choose(Some("en"), Some("ja")).lang, "en");
        assert_eq!(choose(Some("xx"), Some("en-US,en;q=0.9")).lang, "en");
        assert_eq!(choose(None, Some("fr, en;q=0.3, ja;q=0.8")).lang, "ja");
        assert_eq!(choose(None, Some("en;q=0, ja;q=0.1")).lang, "ja");
        assert_eq!(choose(None, Some("fr")).lang, "ja");
        assert_eq!(choose(None, None).lang, "ja");
    }
}
