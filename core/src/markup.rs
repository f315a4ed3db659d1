//! Text inside HTML and SVG.

/// `text` inside a quoted attribute of HTML or SVG. What XML forbids even
/// when escaped becomes a space.
pub(crate) fn attribute(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => safe.push(' '),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::attribute;

    #[test]
    fn nothing_ends_the_attribute_or_the_document() {
        assert_eq!(
            attribute("<a href=\"x\" id='y'>&amp;</a>\u{0}\n\u{ffff}店"),
            "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;   店"
        );
    }
}
