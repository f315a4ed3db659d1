//! JSON for eyes.

use serde::de::IgnoredAny;

/// Deeper than this nobody reads, and every level costs its indent again.
const DEEPEST: usize = 20;

/// JSON with a line for every field, in the order it was written; anything else as it is.
#[must_use]
pub fn indented(text: &str) -> String {
    if serde_json::from_str::<IgnoredAny>(text).is_err() {
        return text.to_owned();
    }
    let mut out = String::new();
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if quoted {
            out.push(letter);
            quoted = escaped || letter != '"';
            escaped = !escaped && letter == '\\';
            continue;
        }
        let empty = matches!(letters.peek(), Some(']' | '}'));
        match letter {
            '{' | '[' => {
                out.push(letter);
                depth += 1;
                if !empty {
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !out.ends_with(['{', '[']) {
                    new_line(&mut out, depth);
                }
                out.push(letter);
            }
            ',' => {
                out.push(',');
                new_line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            other if other.is_whitespace() => {}
            other => {
                quoted = other == '"';
                out.push(other);
            }
        }
    }
    out
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.push_str(&"  ".repeat(depth.min(DEEPEST)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_order_and_strings_their_letters() {
        let text = r#"{"success":1,"return":{"b":"a:\\\"{,}","a":[],"c":[1,null]}}"#;
        let expected = r#"{
  "success": 1,
  "return": {
    "b": "a:\\\"{,}",
    "a": [],
    "c": [
      1,
      null
    ]
  }
}"#;
        assert_eq!(indented(text), expected);
        assert_eq!(indented("<html>"), "<html>");
    }
}
