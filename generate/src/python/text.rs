//! Rust's documentation as Python's.

use std::fmt::Write as _;

/// One entry of a list of parameters.
pub(super) fn item(out: &mut String, name: &str, doc: &str) {
    let text = flow(doc);
    for (number, line) in wrap(&format!("``{name}``: {text}"), 84).iter().enumerate() {
        let lead = if number == 0 { "* " } else { "  " };
        let _ = writeln!(out, "        {lead}{line}");
    }
}

/// A docstring in the shape that linters want: a summary line, a blank line,
/// the rest.
pub(super) fn docstring(doc: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let text = flow(doc);
    let (head, rest) = summary(&text, 96 - indent);
    let mut out = format!("{pad}\"\"\"{head}");
    let more = wrap(&rest, 98 - indent);
    let more: Vec<String> = more.into_iter().filter(|l| !l.is_empty()).collect();
    if more.is_empty() {
        out.push_str("\"\"\"\n");
    } else {
        out.push_str("\n\n");
        for line in more {
            let _ = writeln!(out, "{pad}{line}");
        }
        let _ = writeln!(out, "{pad}\"\"\"");
    }
    out
}

/// The summary that fits a line, and the rest: the first sentence, or of a long
/// one what stands before its explanation.
fn summary(text: &str, width: usize) -> (String, String) {
    let (first, rest) = match text.split_once(". ") {
        Some((first, rest)) => (format!("{first}."), rest.to_owned()),
        None => (text.to_owned(), String::new()),
    };
    if first.len() <= width {
        return (first, rest);
    }
    let parts = first
        .strip_suffix(").")
        .and_then(|first| first.split_once(" ("))
        .or_else(|| first.strip_suffix('.').and_then(|f| f.split_once(": ")));
    let parts = parts.or_else(|| first.strip_suffix('.').and_then(|f| f.split_once(", and ")));
    match parts {
        Some((head, more)) => (
            format!("{head}."),
            format!("{more}. {rest}").trim().to_owned(),
        ),
        None => (first, rest),
    }
}

/// One paragraph.
pub(super) fn paragraph(text: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let lines = wrap(text, 96 - indent).into_iter();
    lines.map(|line| format!("{pad}{line}\n")).collect()
}

/// A comment.
pub(super) fn comment(doc: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let text = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines = wrap(&text, 96 - indent).into_iter();
    lines.map(|line| format!("{pad}# {line}\n")).collect()
}

/// Rust's documentation as one flowing text for Python.
fn flow(doc: &str) -> String {
    let text = doc.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("**", "*").replace('`', "``")
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let Some(line) = lines.last_mut() else {
            continue;
        };
        if line.is_empty() {
            line.push_str(word);
        } else if line.len().saturating_add(1).saturating_add(word.len()) <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// The beginning of a method's docstring: a summary line, the rest in
/// paragraphs, and the word before the list of its arguments.
pub(super) fn prose(out: &mut String, doc: &str) {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in doc.lines().map(str::trim) {
        match paragraphs.last_mut() {
            _ if line.is_empty() => open = false,
            Some(paragraph) if open => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            _ => {
                paragraphs.push(line.to_owned());
                open = true;
            }
        }
    }
    let mut paragraphs = paragraphs.iter().map(|paragraph| flow(paragraph));
    let (head, rest) = summary(&paragraphs.next().unwrap_or_default(), 85);
    let _ = writeln!(out, "        \"\"\"{head}\n");
    for paragraph in Some(rest)
        .filter(|rest| !rest.is_empty())
        .into_iter()
        .chain(paragraphs)
    {
        for line in wrap(&paragraph, 88) {
            let _ = writeln!(out, "        {line}");
        }
        out.push('\n');
    }
    out.push_str("        The arguments:\n\n");
}
