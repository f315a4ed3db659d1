//! The rule for texts that shops choose.

use crate::error::{Error, Result};

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
