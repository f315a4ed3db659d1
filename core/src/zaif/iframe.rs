//! The service's payment page inside a shop's own page.

use super::Invoice;
use super::rules::is_web_address;
use crate::error::{Error, Result};
use crate::markup::attribute;

/// An address longer than this is none that the service makes.
const MOST_ADDRESS: usize = 2048;

/// The documented `<iframe>` for an address of the payment page, as one line
/// of HTML, escaped.
///
/// Its `style` is the documented one: a page whose content security policy
/// has no `'unsafe-inline'` for styles must size `#zaif_ec_iframe` in its own
/// style sheet, and needs `frame-src` for the service's host in any case.
///
/// ```
/// use kessai::zaif::iframe_html;
/// let html = iframe_html("https://zaif.jp/invoice/iframe/d7dd735c-1650")?;
/// assert!(html.contains(r#"src="https://zaif.jp/invoice/iframe/d7dd735c-1650""#));
/// assert!(iframe_html("javascript:alert(1)").is_err());
/// # Ok::<(), kessai::Error>(())
/// ```
///
/// # Errors
///
/// [`ErrorKind::Input`](crate::ErrorKind::Input) for `invoice_iframe_uri` that
/// is no plain `https://` or `http://` address of at most 2,048 bytes.
pub fn iframe_html(invoice_iframe_uri: &str) -> Result<String> {
    let fits = invoice_iframe_uri.len() <= MOST_ADDRESS
        && is_web_address(invoice_iframe_uri)
        && !invoice_iframe_uri.chars().any(char::is_control);
    if !fits {
        return Err(Error::input(
            "invoice_iframe_uri",
            "invoice_iframe_uri must be an http:// or https:// address without credentials, \
             spaces and control characters, at most 2048 bytes",
        ));
    }
    let address = attribute(invoice_iframe_uri);
    Ok(format!(
        "<iframe id=\"zaif_ec_iframe\" scrolling=\"no\" allowtransparency=\"true\" \
         frameborder=\"0\" src=\"{address}\" \
         style=\"width:500px; overflow: hidden; padding:10px;\"></iframe>"
    ))
}

impl Invoice {
    /// The documented `<iframe>` that shows this invoice's payment page inside
    /// the shop's own page. See [`iframe_html`].
    ///
    /// ```no_run
    /// # let client = kessai::zaif::Client::builder("your key", "your secret").build()?;
    /// let html = client.get_invoice("d7dd735c-1650-11e5-b412-4437e6999eec")?.iframe_html()?;
    /// # Ok::<(), kessai::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Input`](crate::ErrorKind::Input), naming
    /// `invoice_iframe_uri`, when the invoice has none or one that is no web
    /// address.
    pub fn iframe_html(&self) -> Result<String> {
        let address = self.invoice_iframe_uri.as_deref().ok_or_else(|| {
            Error::input(
                "invoice_iframe_uri",
                "the invoice tells no invoice_iframe_uri: read it with a client, which builds it \
                 from form_base",
            )
        })?;
        iframe_html(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_documented_snippet() {
        let html = iframe_html("https://zaif.jp/invoice/iframe/a-1").unwrap();
        let documented = "<iframe id=\"zaif_ec_iframe\"\nscrolling=\"no\"\n\
            allowtransparency=\"true\"\nframeborder=\"0\"  \
            src='https://zaif.jp/invoice/iframe/a-1'\n\
            style='width:500px; overflow: hidden; padding:10px;'></iframe>";
        let words = |text: &str| {
            let text = text.replace('\'', "\"");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words(&html), words(documented));
    }

    #[test]
    fn an_address_cannot_leave_its_attribute() {
        let html = iframe_html("https://zaif.jp/x\"onload=\"alert(1)\"'><script>?a=1&b=2").unwrap();
        assert_eq!(html.matches('"').count(), 12);
        assert_eq!(html.matches(['<', '>']).count(), 4);
        assert!(html.contains("?a=1&amp;b=2"));
        assert!(!html.contains('\''));
    }

    #[test]
    fn only_web_addresses_are_framed() {
        let long = format!("https://zaif.jp/{}", "a".repeat(MOST_ADDRESS));
        for bad in [
            "",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " https://zaif.jp/x",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//zaif.jp/invoice",
            "/invoice/iframe/a",
            "https://",
            "https://user:pass@zaif.jp/x",
            "https://zaif.jp/a b",
            "https://zaif.jp/a\u{0}b",
            &long,
        ] {
            let error = iframe_html(bad).unwrap_err();
            assert_eq!(error.param(), Some("invoice_iframe_uri"), "{bad:?}");
        }
    }

    #[test]
    fn an_invoice_brings_its_address() {
        let text = r#"{"invoiceId":"a-1","created":1,"expired":2,"amount":1,"currency":"btc",
            "rate":"1","btc":"1","address":"19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb"}"#;
        let invoice = Invoice::read(text).unwrap();
        let error = invoice.iframe_html().unwrap_err();
        assert_eq!(error.param(), Some("invoice_iframe_uri"));
        let invoice = invoice.with_form_base("https://zaif.jp");
        assert_eq!(
            invoice.iframe_html().unwrap(),
            iframe_html("https://zaif.jp/invoice/iframe/a-1").unwrap()
        );
    }
}
