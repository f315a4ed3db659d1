//! QR codes as one SVG path.

use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the code: what scanners need to find it.
const QUIET: usize = 4;

/// A QR code ready for an inline SVG.
#[derive(Debug)]
pub struct Qr {
    /// Modules on a side, the quiet zone included.
    pub side: usize,
    /// The dark modules.
    pub path: String,
}

/// `text` as a QR code with error correction level M. `None` when it is too long.
#[must_use]
pub fn draw(text: &str) -> Option<Qr> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        for (column, _) in modules
            .iter()
            .enumerate()
            .filter(|(_, color)| **color == Color::Dark)
        {
            path.push_str(&format!("M{} {}h1v1h-1z", column + QUIET, row + QUIET));
        }
    }
    Some(Qr {
        side: width + 2 * QUIET,
        path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_example_is_version_4_with_a_quiet_zone() {
        let qr = draw("bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856").unwrap();
        assert_eq!(qr.side, 33 + 8);
        assert!(qr.path.starts_with("M4 4h1v1h-1z"));
    }
}
