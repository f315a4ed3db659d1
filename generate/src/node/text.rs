//! Rust's documentation as JSDoc.

use std::fmt::Write as _;

use kessai::naming::{in_camel, is_known};

/// How long a line may be.
const WIDTH: usize = 96;

/// A comment of paragraphs; lines that begin with `@` stand for themselves.
pub(super) fn jsdoc(doc: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let paragraphs = paragraphs(doc);
    if let [only] = paragraphs.as_slice() {
        let line = format!("{pad}/** {only} */\n");
        if line.len() <= WIDTH {
            return line;
        }
    }
    let mut out = format!("{pad}/**\n");
    for (number, paragraph) in paragraphs.iter().enumerate() {
        if number > 0 {
            let _ = writeln!(out, "{pad} *");
        }
        for line in wrap(paragraph, WIDTH.saturating_sub(indent.saturating_add(4))) {
            let _ = writeln!(out, "{pad} * {line}");
        }
    }
    let _ = writeln!(out, "{pad} */");
    out
}

/// The first paragraph, as a comment.
pub(super) fn summary(doc: &str, indent: usize) -> String {
    jsdoc(&paragraphs(doc).swap_remove(0), indent)
}

/// Functions that no table holds.
const FUNCTIONS: [&str; 3] = ["minor_units", "major_units", "order_key"];

fn paragraphs(doc: &str) -> Vec<String> {
    let known = |word: &str| is_known(word) || FUNCTIONS.contains(&word);
    let doc = in_camel(doc, known).replace("**", "*");
    let mut all = vec![String::new()];
    for line in doc.lines().map(str::trim) {
        match all.last_mut() {
            Some(last) if line.is_empty() && last.is_empty() => {}
            Some(_) if line.is_empty() => all.push(String::new()),
            Some(last) => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            None => {}
        }
    }
    if all.len() > 1 && all.last().is_some_and(String::is_empty) {
        all.pop();
    }
    all
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
