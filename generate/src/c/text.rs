//! The core's documentation as that of C functions.

/// How wide a line of documentation may be.
const WIDTH: usize = 84;

/// Paragraphs as lines of documentation.
pub(super) fn doc(paragraphs: &[String]) -> String {
    let mut out = String::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let is_item = paragraph.starts_with("* ");
        let after_item = number
            .checked_sub(1)
            .and_then(|before| paragraphs.get(before))
            .is_some_and(|before| before.starts_with("* "));
        if number > 0 && !(is_item && after_item) {
            out.push_str("///\n");
        }
        for (number, line) in wrap(paragraph).iter().enumerate() {
            let lead = if is_item && number > 0 {
                "/// \u{20} "
            } else {
                "/// "
            };
            out.push_str(lead);
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The paragraphs of a documentation in Rust.
pub(super) fn paragraphs(doc: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for line in doc.lines().map(str::trim).chain([""]) {
        if line.is_empty() {
            if !open.is_empty() {
                paragraphs.push(open.join(" ").replace("**", ""));
            }
            open.clear();
        } else {
            open.push(line);
        }
    }
    paragraphs
}

/// A documentation in Rust as one paragraph.
pub(super) fn flow(doc: &str) -> String {
    paragraphs(doc).join(" ")
}

fn wrap(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len().saturating_add(1).saturating_add(word.len()) <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The line that imports those of a module's names that a source uses.
pub(super) fn import(source: &str, module: &str, names: &[&str]) -> String {
    let is_used = |name: &&&str| {
        let mut words = source.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.any(|word| word == **name)
    };
    let used: Vec<&str> = names.iter().filter(is_used).copied().collect();
    match used.as_slice() {
        [] => String::new(),
        [one] => format!("use {module}::{one};\n"),
        several => format!("use {module}::{{{}}};\n", several.join(", ")),
    }
}
