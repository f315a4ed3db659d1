//! QR codes.

use kessai::Qr as Core;

use crate::boundary::{Out, Utf8, needed};
use crate::error;
use crate::guard;
use crate::text::Text;

/// A QR code of any text, at error correction level M. Immutable: threads may
/// share it.
#[derive(Debug)]
pub struct Qr(Core);

/// The code of a text, the smallest that holds it: at most 2,331 bytes.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_qr_new(
    text: Utf8<'_>,
    qr: Out<'_, *mut Qr>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = qr.needed("qr")?;
        place.give(Qr(Core::new(text.needed("text")?)?));
        Ok(())
    })
}

/// Modules on a side, 21 to 177, without the four of white that scanners need
/// around it; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_qr_size(qr: Option<&Qr>) -> usize {
    guard::get(0, || qr.map_or(0, |qr| qr.0.size()))
}

/// Whether the module in column `x` and row `y`, counted from 0 at the top left, is
/// dark. What lies outside is not.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_qr_module(qr: Option<&Qr>, x: usize, y: usize) -> bool {
    guard::get(false, || {
        let row = qr.and_then(|qr| qr.0.modules().nth(y));
        row.and_then(|row| row.get(x)).copied().unwrap_or(false)
    })
}

/// The code as one `<svg>` element, without script, style or reference. `label` is
/// its name for those who cannot see it, as plain text; NULL: "QR code".
#[unsafe(no_mangle)]
pub extern "C" fn kessai_qr_svg(
    qr: Option<&Qr>,
    label: Utf8<'_>,
    svg: Out<'_, *mut Text>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = svg.needed("svg")?;
        let qr = needed(qr, "qr")?;
        let drawn = match label.read("label")? {
            None => qr.0.to_svg(),
            Some(label) => qr.0.to_svg_labelled(label),
        };
        place.give(drawn.into());
        Ok(())
    })
}

/// The code for a terminal with colours, readable whatever they are.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_qr_terminal(
    qr: Option<&Qr>,
    text: Out<'_, *mut Text>,
    error: Out<'_, *mut error::Error>,
) -> i32 {
    guard::call(error, || {
        let place = text.needed("text")?;
        place.give(needed(qr, "qr")?.0.to_terminal().into());
        Ok(())
    })
}

/// Free a QR code. NULL is allowed.
#[unsafe(no_mangle)]
pub extern "C" fn kessai_qr_free(qr: Option<Box<Qr>>) {
    guard::get((), || drop(qr));
}
