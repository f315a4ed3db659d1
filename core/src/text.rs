//! The rules for texts that others choose.

use crate::error::{Error, Result};

/// What a service says, on one line and not for ever.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(300)
        .collect()
}

/// Text of 1 to `most` characters without control characters.
pub(crate) fn plain_text(name: &str, value: &str, most: usize) -> Result<()> {
    let length = value.chars().count();
    if length == 0 {
        Err(Error::input(
            name,
            format!("{name} is empty: leave it out instead"),
        ))
    } else if length > most {
        Err(Error::input(
            name,
            format!("{name} is longer than {most} characters"),
        ))
    } else if value.chars().any(char::is_control) {
        Err(Error::input(
            name,
            format!("{name} contains a control character"),
        ))
    } else {
        Ok(())
    }
}
