//! QR codes as one SVG path.

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// Modules of white around the code: what scanners need to find it.
const QUIET: usize = 4;

/// What a wallet takes: a payment address, and the same as a QR code for an inline SVG.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Wallet {
    /// The payment address (BIP21).
    pub address: String,
    /// Modules on a side of the code, the quiet zone included.
    pub side: usize,
    /// The dark modules.
    pub path: String,
}

/// `address` with its QR code, error correction level M. An address longer than
/// any code comes with an empty one.
#[must_use]
pub fn draw(address: String) -> Wallet {
    let Ok(code) = QrCode::with_error_correction_level(&address, EcLevel::M) else {
        return Wallet {
            address,
            ..Wallet::default()
        };
    };
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
    Wallet {
        address,
        side: width + 2 * QUIET,
        path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_example_is_version_4_with_a_quiet_zone() {
        let address = "bitcoin:19yhwoY8ysDNy1J1JBZf6nRBsUfLTe2Lvb?amount=0.359856";
        let qr = draw(address.to_owned());
        assert_eq!(qr.side, 33 + 8);
        assert!(qr.path.starts_with("M4 4h1v1h-1z"));
    }
}
