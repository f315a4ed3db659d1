//! Reads a payment link.

use percent_encoding::percent_decode_str;

use super::{PaymentUri, coin_of, free, printable, shown};
use crate::error::{Error, Result};

pub(super) fn link(uri: &str) -> Result<PaymentUri> {
    if uri.len() > PaymentUri::MOST_BYTES {
        return Err(Error::input(
            "uri",
            format!("uri is longer than {} bytes", PaymentUri::MOST_BYTES),
        ));
    }
    let (scheme, rest) = uri.split_once(':').ok_or_else(|| {
        Error::input(
            "uri",
            "uri is no payment link: write it as bitcoin:ADDRESS?amount=0.1",
        )
    })?;
    let coin = coin_of(&scheme.to_ascii_lowercase())?;
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut link = PaymentUri::new(coin, address)?;
    // A bare "?" at the end asks for nothing.
    let pairs = Some(query).filter(|query| !query.is_empty());
    for pair in pairs.into_iter().flat_map(|query| query.split('&')) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded("uri", name)?;
        let value = decoded(&name, value)?;
        link.take(name, value)?;
    }
    // Its own form escapes more, and must be readable again.
    link.fitting("uri")
}

impl PaymentUri {
    fn take(&mut self, name: String, value: String) -> Result<()> {
        let again = match name.as_str() {
            "amount" => self.amount.replace(value.parse()?).is_some(),
            "label" => self.label.replace(value).is_some(),
            "message" => self.message.replace(value).is_some(),
            _ => {
                if let Err(why) = free(&name) {
                    let param = if name.is_empty() { "uri" } else { &name };
                    return Err(Error::input(param, why));
                }
                self.parameters.push((name, value));
                return Ok(());
            }
        };
        if again {
            return Err(Error::input(
                &name,
                format!("{name} stands twice: a payment link has it once"),
            ));
        }
        Ok(())
    }
}

/// What BIP21 lets stand without an escape: RFC 3986's characters of a query,
/// `=` being common in values.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$'()*+,;:@/?=%".contains(&byte)
}

/// One name or value, as `param` of the link.
fn decoded(param: &str, text: &str) -> Result<String> {
    let bad = |why| {
        let param = if param.is_empty() { "uri" } else { param };
        Error::input(param, format!("{} {why}", shown(param)))
    };
    if !text.bytes().all(is_plain) {
        return Err(bad(
            "contains a character that must be percent-encoded, such as %20 for a space",
        ));
    }
    // The decoder would let a broken escape stand as text.
    let escapes_fit = text.split('%').skip(1).all(|after| {
        let hex = after.as_bytes().get(..2);
        hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    });
    if !escapes_fit {
        return Err(bad("contains a bad escape: write a percent sign as %25"));
    }
    let text = percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| bad("is not UTF-8 when decoded"))?;
    printable(if param.is_empty() { "uri" } else { param }, &text)
}
